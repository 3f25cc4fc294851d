use std::ops::Range;

use crate::id::is_plain;
use crate::source::{Place, Spanned};

/// A `{{ … }}`.
#[derive(Clone, Debug)]
pub struct Figure {
    /// From `{{` to `}}`, both included.
    pub at: Place,
    /// What it says, or what is wrong with it.
    pub kind: Result<FigureKind, Malformed>,
}

/// What a figure says.
#[derive(Clone, Debug)]
pub enum FigureKind {
    /// Counts, from which a percentage is computed.
    Counts(Counts),
    /// The figure with this name again.
    Name(Spanned<String>),
    /// The name of a concern, an activity, an indication or a study: `@id`.
    Reference(Spanned<String>),
    /// A figure that is computed from the journal when a document is issued: `live survey:incidence`.
    Live(Spanned<String>),
}

/// Numerator and denominator, where they come from and how they are printed.
#[derive(Clone, Debug)]
pub struct Counts {
    /// Numerator.
    pub x: u64,
    /// Denominator.
    pub n: u64,
    /// Where `x/n` is written.
    pub counts_at: Place,
    /// The studies that it counts in; several are pooled.
    pub sources: Vec<Source>,
    /// Decimals of the percentage.
    pub decimals: u32,
    /// What is shown.
    pub shown: Shown,
    /// Whether the denominator comes first: 58例中30例（51.7%）.
    pub among: bool,
    /// What is counted; 例 if nothing is said.
    pub unit: Option<String>,
    /// The name under which it can be printed again.
    pub name: Option<Spanned<String>>,
}

/// A study or a pool, and the part of it that was counted.
#[derive(Clone, Debug)]
pub struct Source {
    /// The study.
    pub study: Spanned<String>,
    /// Arm, phase, or arm/phase.
    pub part: Option<Spanned<String>>,
}

/// What of a figure is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// 51.7%（30/58例）
    #[default]
    Both,
    /// 51.7%
    Percentage,
    /// 30/58例
    Counts,
}

/// Why a `{{ … }}` cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The part that is wrong.
    pub at: Place,
    /// What is wrong: Japanese and English.
    pub message: (&'static str, &'static str),
}

struct Token<'a> {
    text: &'a str,
    range: Range<usize>,
    quoted: bool,
}

/// The figures of a text that begins at a place.
#[must_use]
pub fn figures(text: &str, at: Place) -> Vec<Figure> {
    let mut all = Vec::new();
    let (mut closes, mut gaps) = (Next::new(text, "}}"), Next::new(text, "\n\n"));
    let mut opens = Next::new(text, "{{");
    let mut from = 0;
    while let Some(open) = opens.after(from) {
        let inside = open + 2;
        let close = closes.after(inside);
        let limit = [opens.after(inside), gaps.after(inside)].into_iter().flatten().min();
        match close {
            Some(close) if limit.is_none_or(|limit| close < limit) => {
                all.push(Figure { at: at.part(open..close + 2), kind: figure(&text[inside..close], at.part(inside..close)) });
                from = close + 2;
            }
            _ => {
                all.push(Figure {
                    at: at.part(open..inside),
                    kind: Err(Malformed {
                        at: at.part(open..inside),
                        message: ("「{{」が「}}」で閉じられていません", "“{{” is not closed by “}}”"),
                    }),
                });
                from = inside;
            }
        }
    }
    all
}

/// The next place of a mark; each part of the text is searched once.
struct Next<'a> {
    text: &'a str,
    mark: &'static str,
    found: Option<usize>,
}

impl<'a> Next<'a> {
    fn new(text: &'a str, mark: &'static str) -> Self {
        Self { text, mark, found: text.find(mark) }
    }

    /// The first place at or after `from`, which never goes back.
    fn after(&mut self, from: usize) -> Option<usize> {
        if self.found.is_some_and(|found| found < from) {
            self.found = self.text[from..].find(self.mark).map(|at| from + at);
        }
        self.found
    }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut all = Vec::new();
    let mut start = None;
    let mut in_quotes = false;
    for (at, c) in text.char_indices() {
        if c == '"' {
            in_quotes = !in_quotes;
        }
        let alone = c == '+' && !in_quotes;
        if (c.is_whitespace() && !in_quotes) || alone {
            if let Some(start) = start.take() {
                all.push(token(text, start..at));
            }
            if alone {
                all.push(token(text, at..at + 1));
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    if let Some(start) = start {
        all.push(token(text, start..text.len()));
    }
    all
}

fn token(text: &str, range: Range<usize>) -> Token<'_> {
    Token { text: &text[range.clone()], quoted: text[range.clone()].contains('"'), range }
}

fn figure(text: &str, at: Place) -> Result<FigureKind, Malformed> {
    let tokens = tokens(text);
    let wrong = |token: &Token<'_>, ja, en| Err(Malformed { at: at.part(token.range.clone()), message: (ja, en) });
    let Some(first) = tokens.first() else {
        return Err(Malformed { at, message: ("「{{ }}」の中が空です", "there is nothing between “{{” and “}}”") });
    };
    let word =
        |token: &Token<'_>, skip: usize| Spanned::new(token.text[skip..].to_owned(), at.part(token.range.start + skip..token.range.end));
    if first.text.starts_with('@') {
        return match tokens.get(1) {
            None if first.text.len() > 1 => Ok(FigureKind::Reference(word(first, 1))),
            None => wrong(first, "「@」の後に ID がありません", "there is no id after “@”"),
            Some(more) => wrong(more, "「@ID」の後には何も書けません", "nothing can follow “@id”"),
        };
    }
    if first.text == "live" {
        return match (tokens.get(1), tokens.get(2)) {
            (Some(what), None) => Ok(FigureKind::Live(word(what, 0))),
            (None, _) => wrong(first, "「live」の後に何の値かを書いてください", "say after “live” which figure it is"),
            (_, Some(more)) => wrong(more, "余分な語です", "one word too many"),
        };
    }
    let Some((x, n)) = first.text.split_once('/') else {
        return match tokens.get(1) {
            None if is_plain(first.text) => Ok(FigureKind::Name(word(first, 0))),
            None => wrong(first, "例数（30/58）でも名前（a-z、0-9、-）でもありません", "neither counts (30/58) nor a name (a-z, 0-9, -)"),
            Some(option) if is_plain(first.text) => {
                wrong(option, "名前で引く数値には何も添えられません", "nothing can follow the name of a figure")
            }
            Some(_) => wrong(first, "最初に例数（30/58）を書きます", "counts (30/58) come first"),
        };
    };
    let (Some(x), Some(n)) = (whole(x), whole(n)) else {
        return wrong(first, "例数は 30/58 のように半角の数字で書きます", "counts are written in digits, such as 30/58");
    };
    let mut counts = Counts {
        x,
        n,
        counts_at: at.part(first.range.clone()),
        sources: Vec::new(),
        decimals: 1,
        shown: Shown::Both,
        among: false,
        unit: None,
        name: None,
    };
    let mut rest = tokens[1..].iter();
    let mut joins = true;
    while let Some(token) = rest.next() {
        match token.text {
            "as" if !token.quoted => match rest.next() {
                Some(name) if is_plain(name.text) && !matches!(name.text, "live" | "as" | "among" | "bare" | "percent") => {
                    counts.name = Some(word(name, 0));
                    joins = false;
                    if let Some(more) = rest.next() {
                        return wrong(more, "「as 名前」が最後に来ます", "“as name” comes last");
                    }
                }
                Some(name) => return wrong(name, "名前には a-z、0-9、- を用います", "a name is made of a-z, 0-9 and -"),
                None => return wrong(token, "「as」の後に名前がありません", "there is no name after “as”"),
            },
            "bare" => counts.shown = Shown::Counts,
            "among" => counts.among = true,
            "percent" => counts.shown = Shown::Percentage,
            "+" => {
                if counts.sources.is_empty() || joins {
                    return wrong(token, "「+」は試験と試験の間に書きます", "“+” stands between two studies");
                }
                joins = true;
                continue;
            }
            text if text.starts_with('.') => match text[1..].parse::<u32>() {
                Ok(decimals @ 0..=4) if text.len() == 2 => counts.decimals = decimals,
                _ => return wrong(token, "小数点以下の桁数は .0 から .4 までです", "decimals are .0 to .4"),
            },
            text if text.starts_with("unit=") && text.len() > 5 => counts.unit = Some(text[5..].replace('"', "")),
            _ => {
                if !joins {
                    return wrong(token, "試験を併せるには「+」を間に書きます", "write “+” between studies that are pooled");
                }
                counts.sources.push(source(token, at));
                joins = false;
                continue;
            }
        }
        if joins && !counts.sources.is_empty() {
            return wrong(token, "「+」の後に試験がありません", "there is no study after “+”");
        }
    }
    if joins && !counts.sources.is_empty() {
        return Err(Malformed { at, message: ("「+」の後に試験がありません", "there is no study after “+”") });
    }
    Ok(FigureKind::Counts(counts))
}

fn whole(text: &str) -> Option<u64> {
    (!text.is_empty() && text.len() <= 12 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn source(token: &Token<'_>, at: Place) -> Source {
    let clean = |text: &str| text.replace('"', "");
    match token.text.split_once(':') {
        Some((study, part)) => {
            let colon = token.range.start + study.len();
            Source {
                study: Spanned::new(clean(study), at.part(token.range.start..colon)),
                part: Some(Spanned::new(clean(part), at.part(colon + 1..token.range.end))),
            }
        }
        None => Source { study: Spanned::new(clean(token.text), at.part(token.range.clone())), part: None },
    }
}
