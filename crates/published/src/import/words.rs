//! The document's own words as Markdown and as comments.

use std::ops::Range;

use terminology::{Text, is_blank};

use super::draft::Draft;
use crate::model::Passage;
use crate::prose::tables::{Table, tables};

/// A figure in the text: how long it is there, normalised, and how the plan writes it.
#[derive(Clone, Debug)]
pub struct Printed {
    /// As the text writes it, normalised.
    pub stated: String,
    /// `{{ 30/58 SMP-301 }}`, and a comment where it needs one.
    pub figure: String,
}

/// The marks before an entry of a list.
const BULLETS: [char; 12] = ['・', '-', '○', '●', '◆', '■', '➢', '▶', '□', '◇', '►', '〇'];

/// The paragraphs of a passage: its lines, those put together that only the end of a line parts.
pub fn paragraphs(passage: &Passage) -> Vec<Text> {
    paragraphs_of(passage, 0..passage.starts.len())
}

/// The same of some of its lines.
fn paragraphs_of(passage: &Passage, lines: Range<usize>) -> Vec<Text> {
    let mut all = Vec::new();
    let mut open = Text::default();
    let count = lines.end;
    for n in lines {
        let line = passage.line(n);
        open.append(&passage.text.slice(line.clone()));
        let key = &passage.as_str()[line];
        let next = (n + 1 < count).then(|| &passage.as_str()[passage.line(n + 1)]);
        let goes_on = passage.wrapped[n] && !key.ends_with(['。', '】']) && next.is_some_and(|next| !begins(next));
        if !goes_on {
            all.append(&mut parted(&std::mem::take(&mut open)));
        }
    }
    all
}

/// A line that holds several entries of a list in several: a bullet after a stop begins one.
fn parted(text: &Text) -> Vec<Text> {
    let key = text.as_str();
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, stop) in key.match_indices("。") {
        let next = at + stop.len();
        let rest = &key[next..];
        if rest.starts_with(['・', '○', '●']) || rest.starts_with("-・") || number(rest).is_some_and(|(n, _)| n > 1) || is_field(rest)
        {
            parts.push(text.slice(from..next));
            from = next;
        }
    }
    parts.push(text.slice(from..text.len()));
    parts
}

/// True where a line begins a paragraph of its own: an entry of a list, or a field with its label.
fn begins(key: &str) -> bool {
    key.starts_with(['・', '【', '※', '○', '●', '■', '〔', '▶', '◆'])
        || key.starts_with(|c| matches!(c, '①'..='⑳'))
        || number(key).is_some()
        || is_field(key)
}

/// The number of an entry, 1. or (1) or 1), and the length of its mark.
fn number(key: &str) -> Option<(u32, usize)> {
    let open = usize::from(key.starts_with('('));
    let digits = key[open..].bytes().take_while(u8::is_ascii_digit).count();
    let mark = key[open + digits..].chars().next()?;
    let rest = &key[open + digits + mark.len_utf8()..];
    // 1.5mg is no entry, and neither is 12)
    let fits = match mark {
        '.' => open == 0 && !rest.starts_with(|c: char| c.is_ascii_digit()),
        ')' => !rest.is_empty(),
        _ => false,
    };
    (fits && (1..=2).contains(&digits)).then(|| Some((key[open..open + digits].parse().ok()?, open + digits + mark.len_utf8()))).flatten()
}

/// A field of 実施計画 or of the milestones, which begins a line of its own: 登録期間：, 目標症例数の根拠：.
fn is_field(key: &str) -> bool {
    const ENDS: [&str; 17] = [
        "期間",
        "例数",
        "方式",
        "方法",
        "時期",
        "予定",
        "対象",
        "対象者",
        "種類",
        "ベース",
        "項目",
        "根拠",
        "目的",
        "内容",
        "理由",
        "施設数",
        "デザイン",
    ];
    let Some((head, _)) = key.split_once(':') else { return false };
    let length = head.chars().count();
    (3..=16).contains(&length) && !head.contains(['、', '。', '「', '」', '(', ')']) && ENDS.iter().any(|end| head.ends_with(end))
}

/// Without the mark of a list; and whether it had one.
pub fn unbulleted(text: &Text) -> (Text, bool) {
    let key = text.as_str();
    let rest = key.trim_start_matches(BULLETS);
    // a minus sign before a figure is none
    let minus = rest.starts_with(|c: char| c.is_ascii_digit()) && key[..key.len() - rest.len()].ends_with('-');
    if rest.len() == key.len() || rest.is_empty() || minus {
        return (text.clone(), false);
    }
    (text.slice(key.len() - rest.len()..key.len()), true)
}

/// What stands before a paragraph.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    Bullet,
    Number(u32),
}

impl Draft<'_> {
    /// A passage as Markdown: paragraphs, lists, figures. It is carried over.
    pub fn prose(&self, passage: &Passage) -> String {
        let mut parts = Vec::new();
        let mut from = 0;
        for table in tables(passage) {
            parts.push(self.prose_of(&paragraphs_of(passage, from..table.lines.start)));
            parts.push(self.table(&table));
            from = table.lines.end;
        }
        parts.push(self.prose_of(&paragraphs_of(passage, from..passage.starts.len())));
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    }

    /// A table, its first row the head. It is carried over.
    fn table(&self, table: &Table) -> String {
        let cell = |text: &Text| {
            self.coverage.borrow_mut().add(text);
            self.with_figures(text).replace('|', "\\|")
        };
        let mut rows: Vec<String> =
            table.rows.iter().map(|row| format!("| {} |", row.iter().map(cell).collect::<Vec<_>>().join(" | "))).collect();
        rows.insert(1, format!("|{}", "---|".repeat(table.rows[0].len())));
        rows.join("\n")
    }

    /// Paragraphs as Markdown. They are carried over.
    pub fn prose_of(&self, paragraphs: &[Text]) -> String {
        let mut out = String::new();
        let paragraphs: Vec<&Text> = paragraphs.iter().filter(|p| !p.is_empty()).collect();
        let numbers: Vec<Option<(u32, usize)>> = paragraphs.iter().map(|p| self.numbered(p)).collect();
        let mut before = Mark::None;
        for (index, paragraph) in paragraphs.iter().enumerate() {
            let (mut text, bulleted) = unbulleted(paragraph);
            self.coverage.borrow_mut().add(paragraph);
            let mut mark = if bulleted { Mark::Bullet } else { Mark::None };
            if let Some((n, length)) = numbers[index] {
                let next = numbers.get(index + 1).copied().flatten().is_some_and(|(next, _)| next == n + 1);
                // one number alone, or one that does not follow, is no list
                if n == 1 && next || before == Mark::Number(n.saturating_sub(1)) {
                    mark = Mark::Number(n);
                    text = paragraph.slice(length..paragraph.len());
                }
            }
            let words = self.with_figures(&text);
            let goes_on = matches!((before, mark), (Mark::Bullet, Mark::Bullet) | (Mark::Number(_), Mark::Number(_)));
            if !out.is_empty() {
                out.push_str(if goes_on { "\n" } else { "\n\n" });
            }
            match mark {
                Mark::None => {}
                Mark::Bullet => out.push_str("- "),
                Mark::Number(n) => out.push_str(&format!("{n}. ")),
            }
            let set_in = match mark {
                Mark::None => 0,
                Mark::Bullet => 2,
                Mark::Number(n) => n.to_string().len() + 2,
            };
            out.push_str(&guarded(&broken(&words), set_in));
            before = mark;
        }
        out
    }

    /// The number in half width with which an entry of a list begins, and the length of its mark.
    fn numbered(&self, paragraph: &Text) -> Option<(u32, usize)> {
        let (n, length) = number(paragraph.as_str())?;
        let mark = paragraph.slice(0..length);
        (mark.as_str().ends_with('.') && length < paragraph.len() && self.quote(&mark).is_ascii()).then_some((n, length))
    }

    /// A text with its counts as figures.
    fn with_figures(&self, text: &Text) -> String {
        let key = text.as_str();
        let mut out = String::new();
        let mut from = 0;
        let push = |out: &mut String, range: std::ops::Range<usize>| {
            if range.is_empty() {
                return;
            }
            if range.start > 0 && self.blank_before(text, range.start) {
                out.push(' ');
            }
            out.push_str(&escaped(&self.quote(&text.slice(range))));
        };
        let mut at = 0;
        while at < key.len() {
            let width = key[at..].chars().next().map_or(1, char::len_utf8);
            let found = text.origin(at).and_then(|origin| self.figures.get(&origin));
            let Some(printed) = found.filter(|printed| key[at..].starts_with(&printed.stated)) else {
                at += width;
                continue;
            };
            push(&mut out, from..at);
            if at > 0 && self.blank_before(text, at) {
                out.push(' ');
            }
            out.push_str(&printed.figure);
            at += printed.stated.len();
            from = at;
        }
        push(&mut out, from..key.len());
        out
    }

    /// True where the document has a blank on the line before a character.
    fn blank_before(&self, text: &Text, at: usize) -> bool {
        let source = &self.published.source.text;
        let Some(before) = text.origin(at).and_then(|origin| source.get(..origin)) else { return false };
        before.ends_with(|c: char| is_blank(c) && c != '\n' && c != '\t') && !before.trim_end_matches(is_blank).ends_with('>')
    }

    /// The words of a text as a comment of Markdown. They are carried over.
    pub fn comment(&self, label: &str, paragraphs: &[Text]) -> String {
        let mut lines: Vec<String> = paragraphs.iter().filter(|p| !p.is_empty()).map(|p| uncommented(&self.words(p))).collect();
        if lines.len() == 1 {
            return format!("<!-- {label}{} -->", lines.remove(0));
        }
        format!("<!-- {label}\n{}\n-->", lines.join("\n"))
    }
}

/// What a comment of Markdown can hold.
pub fn uncommented(text: &str) -> String {
    text.replace("--", "- -").replace("{{", "{ {").replace("}}", "} }")
}

/// Words that Markdown takes as they are.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut before = None;
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        let special = match c {
            '\\' | '*' | '_' | '`' => true,
            '<' => next.is_some_and(|n| n.is_ascii_alphabetic() || matches!(n, '/' | '!' | '?')),
            '&' => next.is_some_and(|n| n.is_ascii_alphanumeric() || n == '#'),
            '(' => before == Some(']'),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        if c == '{' && before == Some('{') || c == '}' && before == Some('}') {
            out.push(' ');
        }
        out.push(c);
        before = Some(c);
    }
    out
}

/// Japanese sentences on lines of their own, where a line break prints nothing.
fn broken(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut depth = 0_i32;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        out.push(c);
        match c {
            '（' | '(' | '「' | '『' => depth += 1,
            '）' | ')' | '」' | '』' => depth = (depth - 1).max(0),
            '。' if depth == 0 && rest.peek().is_some_and(|n| matches!(n, '一'..='鿿' | 'ぁ'..='ヿ')) => out.push('\n'),
            _ => {}
        }
    }
    out
}

/// A paragraph whose first characters Markdown does not take for a mark; the lines of an entry of a list are set in.
fn guarded(text: &str, set_in: usize) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = digits > 0 && text[digits..].starts_with(['.', ')']);
    let mut out = String::new();
    if numbered {
        out.push_str(&text[..digits]);
        out.push('\\');
        out.push_str(&text[digits..]);
    } else {
        if text.starts_with(['#', '>', '+', '-', '=', '|', '~', ':']) {
            out.push('\\');
        }
        out.push_str(text);
    }
    if set_in > 0 { out.replace('\n', &format!("\n{}", " ".repeat(set_in))) } else { out }
}
