//! Which bytes of the document were carried over.

use std::ops::Range;

use terminology::{Text, is_blank};

/// What was carried over so far.
pub struct Coverage<'a> {
    source: &'a str,
    seen: Vec<bool>,
}

impl<'a> Coverage<'a> {
    /// Nothing yet.
    pub fn new(source: &'a str) -> Self {
        Self { source, seen: vec![false; source.len()] }
    }

    /// All of a text is carried over.
    pub fn add(&mut self, text: &Text) {
        for place in text.places(0..text.len(), self.source) {
            self.seen[place].fill(true);
        }
    }

    /// The parts of a text that are not carried over, as ranges of its normalised bytes.
    pub fn open_parts(&self, text: &Text) -> Vec<Range<usize>> {
        let mut parts: Vec<Range<usize>> = Vec::new();
        for (at, c) in text.as_str().char_indices() {
            let end = at + c.len_utf8();
            if text.origin(at).is_some_and(|origin| self.seen[origin]) {
                continue;
            }
            match parts.last_mut() {
                Some(last) if last.end == at => last.end = end,
                _ => parts.push(at..end),
            }
        }
        parts
    }

    /// The stretches of a range that are not carried over; blanks do not part them and none begins or ends with one.
    pub fn open(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut parts: Vec<Range<usize>> = Vec::new();
        let mut goes_on = false;
        for (at, c) in self.source[range.clone()].char_indices() {
            let at = range.start + at;
            if is_blank(c) {
                continue;
            }
            let end = at + c.len_utf8();
            if self.seen[at] {
                goes_on = false;
                continue;
            }
            match parts.last_mut() {
                Some(last) if goes_on => last.end = end,
                _ => parts.push(at..end),
            }
            goes_on = true;
        }
        parts
    }
}
