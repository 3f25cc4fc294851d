use std::collections::HashMap;
use std::ops::Range;

/// A comment that stands on a line of its own.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// From its `#`.
    pub text: &'a str,
    /// True if a blank line follows.
    pub blank: bool,
}

/// A thing that comments stand with: a key, a header, or an item of an array.
pub(super) struct Anchor {
    /// Its first and its last byte.
    pub range: Range<usize>,
    /// True for `[header]` and `[[header]]`.
    pub header: bool,
}

/// The comments of a TOML text, each with what it is about. Things are known by their first byte.
#[derive(Debug, Default)]
pub(super) struct Comments<'a> {
    /// At the head of the text, parted by a blank line from what follows.
    pub top: Vec<Line<'a>>,
    /// Above a thing.
    pub above: HashMap<usize, Vec<Line<'a>>>,
    /// On the line on which a thing ends.
    pub beside: HashMap<usize, Vec<&'a str>>,
    /// After the last thing in a table or an array; of the root, below [`ROOT`].
    pub inside: HashMap<usize, Vec<Line<'a>>>,
    /// At the end of the text.
    pub end: Vec<Line<'a>>,
}

/// Stands for the table of the whole text.
pub(super) const ROOT: usize = usize::MAX;

impl<'a> Comments<'a> {
    /// Finds the comments of a text and what they are about. `anchors` are in the order of the text; `brackets` are the ranges of its
    /// arrays and inline tables, each with the first byte of the thing it is the value of.
    pub fn of(text: &'a str, anchors: &[Anchor], brackets: &[(Range<usize>, usize)]) -> Self {
        let mut all = Self::default();
        // comments in a row on lines of their own, outside of brackets, before the next anchor
        let mut row: Vec<(Range<usize>, Line<'a>)> = Vec::new();
        let mut next = usize::MAX;
        for at in comments(text) {
            let written = text[at.clone()].trim_end();
            let bracket =
                brackets.iter().filter(|(range, _)| range.start < at.start && at.start < range.end).max_by_key(|(range, _)| range.start);
            let line = text[..at.start].rfind('\n').map_or(0, |i| i + 1);
            let after = anchors.partition_point(|anchor| anchor.range.start < at.start);
            if !text[line..at.start].trim().is_empty() {
                let from = bracket.map_or(0, |(range, _)| range.start);
                let ends = anchors[..after].iter().filter(|a| a.range.start >= from && line <= a.range.end && a.range.end <= at.start);
                if let Some(anchor) = ends.max_by_key(|a| (a.range.end, usize::MAX - a.range.start)) {
                    all.beside.entry(anchor.range.start).or_default().push(written);
                    continue;
                }
            }
            let line = Line { text: written, blank: blank_after(text, at.end) };
            let following = anchors.get(after).map(|anchor| anchor.range.start);
            if let Some((range, owner)) = bracket {
                match following.filter(|start| *start < range.end) {
                    Some(start) => all.above.entry(start).or_default().push(line),
                    None => all.inside.entry(*owner).or_default().push(line),
                }
                continue;
            }
            let following = following.unwrap_or(usize::MAX);
            if following != next {
                all.place(text, anchors, next, std::mem::take(&mut row));
                next = following;
            }
            row.push((at, line));
        }
        all.place(text, anchors, next, row);
        all
    }

    /// Places comments that stand in a row before the anchor that begins at `next`, or at the end.
    fn place(&mut self, text: &'a str, anchors: &[Anchor], next: usize, row: Vec<(Range<usize>, Line<'a>)>) {
        let Some((first, _)) = row.first() else { return };
        let index = anchors.partition_point(|anchor| anchor.range.start < first.start);
        let header = anchors.get(index).is_none_or(|anchor| anchor.header);
        let blank = row.iter().position(|(_, line)| line.blank);
        // those right below a table, with a blank line before the next one, belong to that table
        let mut own = 0;
        if index > 0 && header && !blank_before(text, first.start) {
            own = match blank {
                Some(blank) => blank + 1,
                None if next == usize::MAX => row.len(),
                None => 0,
            };
        }
        let head = if index == 0 { row.iter().rposition(|(_, line)| line.blank).map_or(0, |last| last + 1) } else { 0 };
        let table = anchors[..index].iter().rev().find(|anchor| anchor.header).map_or(ROOT, |anchor| anchor.range.start);
        for (place, (_, line)) in row.into_iter().enumerate() {
            if place < head {
                self.top.push(line);
            } else if place < own {
                self.inside.entry(table).or_default().push(Line { blank: false, ..line });
            } else if next == usize::MAX {
                self.end.push(line);
            } else {
                self.above.entry(next).or_default().push(line);
            }
        }
    }

    /// True if a comment stands with something in these bytes.
    pub fn within(&self, range: &Range<usize>) -> bool {
        let inner = |start: &usize| range.contains(start);
        self.above.keys().any(inner) || self.beside.keys().any(inner) || self.inside.keys().any(inner)
    }
}

fn blank_after(text: &str, end: usize) -> bool {
    let rest = &text[end..];
    let blanks = &rest[..rest.len() - rest.trim_start().len()];
    blanks.matches('\n').count() > 1 && blanks.len() < rest.len()
}

fn blank_before(text: &str, start: usize) -> bool {
    let before = &text[..start];
    before[before.trim_end().len()..].matches('\n').count() > 1
}

/// The comments of a TOML text that can be read: every `#` outside of a string, up to the end of its line.
fn comments(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(['#', '"', '\'']).map(|i| at + i) {
        let rest = &text[found..];
        let length = match rest.as_bytes()[0] {
            b'#' => {
                let length = rest.find('\n').unwrap_or(rest.len());
                all.push(found..found + length);
                length
            }
            quote => string(rest, quote),
        };
        at = found + length;
    }
    all
}

/// The length of the string that a text begins with.
fn string(text: &str, quote: u8) -> usize {
    let bytes = text.as_bytes();
    let long = bytes.starts_with(&[quote; 3]);
    let mut at = if long { 3 } else { 1 };
    while at < bytes.len() {
        if bytes[at] == b'\\' && quote == b'"' {
            at += 2;
        } else if bytes[at] != quote {
            at += 1;
        } else if !long {
            return at + 1;
        } else if bytes[at..].starts_with(&[quote; 3]) {
            // up to two quotation marks may stand before the closing ones
            let more = bytes[at + 3..].iter().take(2).take_while(|b| **b == quote).count();
            return at + 3 + more;
        } else {
            at += 1;
        }
    }
    bytes.len()
}
