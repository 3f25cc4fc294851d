//! Text as converters leave it: tables as rows with tabs, stray HTML tags, pages parted by form feeds, or the columns of
//! `pdftotext -layout`.

use terminology::{Text, is_blank};

use super::CellAt;
use super::unreadable::Unreadable;
use crate::source::{Line, Segment, Source};

/// Decodes UTF-8, UTF-16 with its mark, and CP932 (the encoding of Japanese Windows).
///
/// # Errors
/// [`Unreadable::NotText`] for bytes that are none of these.
pub fn decode(bytes: &[u8]) -> Result<String, Unreadable> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return if damaged { Err(Unreadable::NotText) } else { Ok(text.into_owned()) };
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => match encoding_rs::SHIFT_JIS.decode_without_bom_handling(bytes) {
            (text, false) => text.into_owned(),
            (_, true) => return Err(Unreadable::NotText),
        },
    };
    let binary = text.chars().take(4096).filter(|&c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}')).count();
    if binary > 8 { Err(Unreadable::NotText) } else { Ok(text) }
}

/// The lines of a text file.
#[must_use]
pub fn lines(source: &Source) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut table = 0;
    let mut row = 0;
    let mut in_table = false;
    let mut blank_before = false;
    let mut page = u32::from(source.text.contains('\u{c}'));
    let mut start = 0;
    for raw in source.text.split('\n') {
        let offset = start;
        start += raw.len() + 1;
        page += u32::try_from(raw.matches('\u{c}').count()).unwrap_or(0);
        if raw.chars().all(is_blank) {
            blank_before = true;
            in_table = false;
            continue;
        }
        if raw.contains('\t') {
            if in_table {
                row += 1;
            } else {
                table += 1;
                row = 0;
            }
            in_table = true;
            let mut at = offset;
            for (column, cell) in raw.split('\t').enumerate() {
                let cell_at = CellAt { table, row, column: u32::try_from(column).unwrap_or(u32::MAX), span: 1 };
                push(&mut lines, cell, at, Some(cell_at), page, blank_before);
                at += cell.len() + 1;
            }
            // a page break may cut the last cell of a row, which then goes on in the next line
            if let Some(last) = lines.last_mut() {
                last.wrapped = !last.key().ends_with('。');
            }
        } else {
            in_table = false;
            push(&mut lines, raw, offset, None, page, blank_before);
        }
        blank_before = false;
    }
    lines
}

/// One line or cell: at each tag of a paragraph, a list or a break a new line begins; other tags are passed over.
fn push(lines: &mut Vec<Line>, raw: &str, offset: usize, cell: Option<CellAt>, page: u32, blank_before: bool) {
    let mut rest = raw;
    let mut at = offset;
    let mut part = Part::new(at);
    while let Some(open) = rest.find('<') {
        let Some((length, breaks)) = tag(&rest[open..]) else {
            let end = open + 1;
            part.push(&rest[..end], at);
            rest = &rest[end..];
            at += end;
            continue;
        };
        part.push(&rest[..open], at);
        rest = &rest[open + length..];
        at += open + length;
        if breaks {
            part.finish(lines, cell, page, blank_before);
            part = Part::new(at);
        }
    }
    part.push(rest, at);
    part.finish(lines, cell, page, blank_before);
}

/// Length of the HTML tag that `text` begins with, and whether it ends a paragraph. None for other text in angle brackets,
/// such as the names of indications.
fn tag(text: &str) -> Option<(usize, bool)> {
    const LONGEST: usize = 400;
    let end = text.as_bytes().iter().take(LONGEST).position(|&b| b == b'>')?;
    let name = text[1..end].trim_start_matches('/').trim_end_matches('/').trim();
    let name = name.split([' ', '\t']).next().unwrap_or_default();
    if name.len() > 10 || !name.is_ascii() {
        return None;
    }
    match name.to_ascii_lowercase().as_str() {
        "p" | "br" | "ol" | "ul" | "li" | "div" | "table" | "tr" | "td" | "th" | "tbody" | "thead" | "h1" | "h2" | "h3" | "h4" | "h5"
        | "h6" | "hr" | "dl" | "dt" | "dd" => Some((end + 1, true)),
        "b" | "i" | "u" | "s" | "em" | "strong" | "sup" | "sub" | "span" | "font" | "a" | "img" | "del" | "ins" | "small" => {
            Some((end + 1, false))
        }
        _ => None,
    }
}

/// The parts of a line between gaps of two blanks or more, each with the column it begins at.
pub(crate) fn segments(text: &str, offset: usize) -> Vec<Segment> {
    let mut part = Part::new(offset);
    part.push(text, offset);
    part.segments
}

struct Part {
    text: Text,
    segments: Vec<Segment>,
    start: usize,
    end: usize,
    x: u16,
    gap: u16,
}

impl Part {
    fn new(start: usize) -> Self {
        Self { text: Text::default(), segments: Vec::new(), start, end: start, x: 0, gap: 2 }
    }

    /// Appends text and parts it where two or more blanks stand.
    fn push(&mut self, text: &str, offset: usize) {
        let mut from = None;
        for (at, c) in text.char_indices().chain(std::iter::once((text.len(), '\n'))) {
            if is_blank(c) || at == text.len() {
                if let Some(from) = from.take() {
                    self.word(&text[from..at], offset + from);
                }
                if c == '\u{c}' {
                    self.x = 0;
                    continue;
                }
                let wide = if c == '\u{3000}' && self.segments.is_empty() { 2 } else { 1 };
                self.gap = self.gap.saturating_add(u16::from(at < text.len()) * wide);
                self.x = self.x.saturating_add(u16::from(at < text.len()));
            } else {
                if from.is_none() {
                    from = Some(at);
                    if self.gap >= 2 {
                        self.segments.push(Segment { x: self.x, text: Text::default() });
                    }
                    self.gap = 0;
                }
                self.x = self.x.saturating_add(1);
            }
        }
        self.end = offset + text.len();
    }

    fn word(&mut self, word: &str, offset: usize) {
        self.text.push(word, offset);
        if let Some(segment) = self.segments.last_mut() {
            segment.text.push(word, offset);
        }
    }

    fn finish(self, lines: &mut Vec<Line>, cell: Option<CellAt>, page: u32, blank_before: bool) {
        if self.text.is_empty() {
            return;
        }
        let indent = self.segments.first().map_or(0, |s| s.x);
        lines.push(Line {
            text: self.text,
            range: self.start..self.end,
            cell,
            segments: self.segments,
            indent,
            page,
            wrapped: cell.is_none(),
            blank_before,
            leftover: false,
        });
    }
}
