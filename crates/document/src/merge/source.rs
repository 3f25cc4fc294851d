//! A text of the source: what it prints, paragraph by paragraph, and which bytes print which letter.

use std::ops::Range;

use diagnostic::Language;
use plan::Plan;
use plan::figure::{FigureKind, figures};
use plan::model::printed_by;
use plan::prose::{Passage, Prose, paragraph_ranges};
use plan::source::{FileId, Place};

use super::Written;
use crate::figures::Figures;
use crate::flat::{paragraphs, plain};
use crate::prose;

/// Letters that stand for figures while the text is taken apart.
const STAND_INS: std::ops::RangeInclusive<char> = '\u{F0000}'..='\u{FFFFD}';

/// What kind of text it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Prose with figures.
    Prose,
    /// Markdown in a string of TOML.
    Text,
    /// Words in a string of TOML.
    Words,
}

/// What prints a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// These bytes of the text.
    Bytes(Range<usize>),
    /// A figure: its bytes.
    Figure(Range<usize>),
}

/// A text of the source.
#[derive(Clone, Debug)]
pub struct Source {
    /// What it is.
    pub kind: Kind,
    /// Its file.
    pub file: FileId,
    /// Where it stands in the file.
    pub start: usize,
    /// As it is written.
    pub text: String,
    /// What each of its paragraphs prints.
    pub printed: Vec<String>,
}

impl Source {
    /// The text that a place names. `None` if nothing is written there any more.
    pub fn of(plan: &Plan, written: &Written) -> Option<Self> {
        let file = plan.sources.find(written.file())?;
        match written {
            Written::Section { section, .. } => {
                let passage = prose_of(plan, file)?.get(*section)?;
                Some(Self::new(plan, Kind::Prose, file, passage.at.start, passage.text.clone()))
            }
            Written::Text { at, .. } | Written::Words { at, .. } => {
                let kind = if matches!(written, Written::Words { .. }) { Kind::Words } else { Kind::Text };
                let inner = string(&plan.sources.file(file)?.text, *at)?;
                let text = plan.sources.file(file)?.text[inner.clone()].to_owned();
                // signs written as escapes are not what is printed
                (!text.contains(['\\', '\r'])).then(|| Self::new(plan, kind, file, inner.start, text))
            }
        }
    }

    fn new(plan: &Plan, kind: Kind, file: FileId, start: usize, text: String) -> Self {
        let printed = printed(plan, kind, file, start, &text);
        Self { kind, file, start, text, printed }
    }

    /// What the text would print if it were another.
    pub fn reprinted(&self, plan: &Plan, text: &str) -> Vec<String> {
        printed(plan, self.kind, self.file, self.start, text)
    }

    /// The bytes of each paragraph, and which of them print each letter of it; `None` for a paragraph that cannot be followed.
    pub fn letters(&self, plan: &Plan) -> Vec<(Range<usize>, Option<Vec<By>>)> {
        if self.kind == Kind::Words {
            let all = self.text.char_indices().map(|(at, c)| By::Bytes(at..at + c.len_utf8())).collect();
            return vec![(0..self.text.len(), Some(all))];
        }
        let bare = Bare::of(plan, self);
        let ranges = paragraph_ranges(&bare.text);
        if ranges.len() != self.printed.len() {
            return self.printed.iter().map(|_| (0..0, None)).collect();
        }
        ranges.into_iter().zip(&self.printed).map(|(range, printed)| (bare.back(&range), bare.follow(range, printed))).collect()
    }

    /// The place of bytes of the text.
    pub fn place(&self, range: Range<usize>) -> Place {
        Place::new(self.file, self.start + range.start..self.start + range.end)
    }
}

/// The prose of a file.
fn prose_of(plan: &Plan, file: FileId) -> Option<&Prose> {
    let concerns = plan.concerns.iter().map(|entry| (entry.file, &entry.prose));
    let efficacy = plan.efficacy.iter().map(|entry| (entry.file, &entry.prose));
    let activities = plan.activities.iter().map(|entry| (entry.file, &entry.prose));
    concerns.chain(efficacy).chain(activities).find(|(there, _)| *there == file).map(|(_, prose)| prose)
}

fn printed(plan: &Plan, kind: Kind, file: FileId, start: usize, text: &str) -> Vec<String> {
    let set = match kind {
        Kind::Words => return vec![text.to_owned()],
        Kind::Text => prose::markdown(text),
        Kind::Prose => prose::passage(plan, &passage(file, start, text), &mut Figures::default(), Language::Japanese),
    };
    paragraphs(&set).into_iter().map(|inlines| plain(inlines)).collect()
}

fn passage(file: FileId, start: usize, text: &str) -> Passage {
    let at = Place::new(file, start..start + text.len());
    Passage { at, text: text.to_owned(), figures: figures(text, at) }
}

/// The text without comments, one letter in the place of each figure.
struct Bare {
    text: String,
    /// For each byte of it the byte of the source.
    from: Vec<usize>,
    /// What stands for figures: the letter, what it prints, and its bytes in the source.
    figures: Vec<(char, String, Range<usize>)>,
    end: usize,
}

impl Bare {
    fn of(plan: &Plan, source: &Source) -> Self {
        let mut bare = Self { text: String::new(), from: Vec::new(), figures: Vec::new(), end: source.text.len() };
        if source.kind == Kind::Text {
            bare.text = source.text.clone();
            bare.from = (0..source.text.len()).collect();
            return bare;
        }
        let whole = passage(source.file, source.start, &source.text);
        let mut free = STAND_INS.filter(|c| !source.text.contains(*c));
        let mut figures = Vec::new();
        bare.text = printed_by(&whole, |figure| {
            let kind: &FigureKind = figure.kind.as_ref().ok()?;
            let (c, printed) = (free.next()?, plan.print(kind, Language::Japanese)?);
            figures.push((c, printed, figure.at.start - source.start..figure.at.end - source.start));
            Some(c.to_string())
        });
        // what was left out is found again letter by letter
        let mut at = 0;
        let comments = plan::prose::comments(&source.text).closed;
        for c in bare.text.chars() {
            if let Some((_, _, range)) = figures.iter().find(|(stand_in, ..)| *stand_in == c) {
                bare.from.extend(std::iter::repeat_n(range.start, c.len_utf8()));
                at = range.end;
                continue;
            }
            loop {
                if let Some(comment) = comments.iter().find(|comment| comment.start == at) {
                    at = comment.end;
                } else if source.text[at..].starts_with(c) || at >= source.text.len() {
                    break;
                } else {
                    at += source.text[at..].chars().next().map_or(1, char::len_utf8);
                }
            }
            bare.from.extend(std::iter::repeat_n(at, c.len_utf8()));
            at = (at + c.len_utf8()).min(source.text.len());
        }
        bare.figures = figures;
        bare
    }

    /// Bytes of the source.
    fn back(&self, range: &Range<usize>) -> Range<usize> {
        let at = |byte: usize| self.from.get(byte).copied().unwrap_or(self.end);
        if range.is_empty() {
            return at(range.start)..at(range.start);
        }
        let last = self.text[range.clone()].char_indices().next_back().map_or(range.start, |(offset, _)| range.start + offset);
        let c = self.text[last..].chars().next().unwrap_or(' ');
        let end = match self.figures.iter().find(|(stand_in, ..)| *stand_in == c) {
            Some((_, _, figure)) => figure.end,
            None => at(last) + c.len_utf8(),
        };
        at(range.start)..end
    }

    /// Follows the letters of a paragraph: what Markdown does not print is passed over.
    fn follow(&self, range: Range<usize>, printed: &str) -> Option<Vec<By>> {
        let mut all = Vec::new();
        let mut left = printed;
        let mut blank = false;
        for (offset, c) in self.text[range.clone()].char_indices() {
            let at = *self.from.get(range.start + offset)?;
            if let Some((_, words, figure)) = self.figures.iter().find(|(stand_in, ..)| *stand_in == c) {
                left = left.strip_prefix(words.as_str())?;
                all.extend(words.chars().map(|_| By::Figure(figure.clone())));
                blank = false;
            } else if left.starts_with(c) && !(blank && c == ' ') {
                left = &left[c.len_utf8()..];
                all.push(By::Bytes(at..at + c.len_utf8()));
                blank = false;
            } else if c == '\n' && left.starts_with(' ') {
                left = &left[1..];
                all.push(By::Bytes(at..at + 1));
                blank = true;
            } else {
                blank &= c.is_whitespace();
            }
        }
        left.is_empty().then_some(all)
    }
}

/// The bytes between the quotes of a string of TOML that begins at a byte.
pub fn string(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    for quotes in ["'''", "\"\"\"", "'", "\""] {
        let Some(inner) = rest.strip_prefix(quotes) else { continue };
        let mut start = at + quotes.len();
        let mut length = 0;
        loop {
            let next = inner.get(length..)?.find(quotes)?;
            length += next;
            let slashes = inner[..length].bytes().rev().take_while(|byte| *byte == b'\\').count();
            if quotes.starts_with('\'') || slashes % 2 == 0 {
                break;
            }
            length += 1;
        }
        if quotes.len() == 1 && inner[..length].contains('\n') {
            return None;
        }
        let end = start + length;
        if quotes.len() == 3 && inner.starts_with('\n') {
            start += 1;
        }
        return Some(start..end.max(start));
    }
    None
}
