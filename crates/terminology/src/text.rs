//! Normalised text in which every byte knows where it came from.

use std::ops::Range;

use crate::fold::{fold, is_blank};

/// Text without blanks and differences of width, with the place of each character in the original.
///
/// ```
/// let original = "目標 症例数：４０例";
/// let text = terminology::Text::new(original, 0);
/// assert_eq!(text.as_str(), "目標症例数:40例");
/// let at = text.as_str().find("40").unwrap();
/// let place = text.place(at..at + 2, original);
/// assert_eq!(&original[place], "４０");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    text: String,
    /// For each byte of `text` the byte offset, in the original, of the character it came from.
    origin: Vec<u32>,
}

impl Text {
    /// Text of nothing.
    #[must_use]
    pub const fn empty() -> Self {
        Self { text: String::new(), origin: Vec::new() }
    }

    /// Normalises `part`, which stands at byte `offset` of the original.
    #[must_use]
    pub fn new(part: &str, offset: usize) -> Self {
        let mut text = Self::default();
        text.push(part, offset);
        text
    }

    /// Appends `part`, which stands at byte `offset` of the original. Originals of 4 GiB and more are not supported; the
    /// readers refuse such files.
    pub fn push(&mut self, part: &str, offset: usize) {
        self.text.reserve(part.len());
        self.origin.reserve(part.len());
        for (at, c) in part.char_indices() {
            if is_blank(c) {
                continue;
            }
            let place = u32::try_from(offset + at).unwrap_or(u32::MAX);
            let before = self.text.len();
            fold(c, |c| {
                if !is_blank(c) {
                    self.text.push(c);
                }
            });
            self.origin.extend(std::iter::repeat_n(place, self.text.len() - before));
        }
    }

    /// Appends another text of the same original.
    pub fn append(&mut self, other: &Self) {
        self.text.push_str(&other.text);
        self.origin.extend_from_slice(&other.origin);
    }

    /// The part `range` (bytes of the normalised text, on character boundaries).
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        Self { text: self.text[range.clone()].to_owned(), origin: self.origin[range].to_vec() }
    }

    /// The normalised text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Length in bytes of the normalised text.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// True if nothing but blanks was given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Byte offset in the original of the character at byte `at`; the place of the last one where `at` is past the end.
    #[must_use]
    pub fn origin(&self, at: usize) -> Option<usize> {
        self.origin.get(at).or_else(|| self.origin.last()).map(|&o| o as usize)
    }

    /// From the first to the last character of `range`, as bytes of the original. Empty for an empty range.
    #[must_use]
    pub fn place(&self, range: Range<usize>, original: &str) -> Range<usize> {
        let Some(&start) = self.origin.get(range.start) else {
            let end = self.origin.last().map_or(0, |&o| o as usize);
            return end..end;
        };
        let last = self.origin[range.end.clamp(range.start + 1, self.origin.len()) - 1] as usize;
        let end = last + original[last..].chars().next().map_or(0, char::len_utf8);
        if (start as usize) < end { start as usize..end } else { start as usize..start as usize }
    }

    /// The stretches of the original that `range` covers: one, where only blanks stand between its characters; several, where
    /// the text was put together from a column of a table or over a page break.
    #[must_use]
    pub fn places(&self, range: Range<usize>, original: &str) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = Vec::new();
        let mut previous = None;
        for &at in self.origin.get(range).unwrap_or_default() {
            if previous == Some(at) {
                continue;
            }
            previous = Some(at);
            let at = at as usize;
            let end = at + original.get(at..).and_then(|s| s.chars().next()).map_or(0, char::len_utf8);
            match places.last_mut() {
                Some(place) if place.end <= at && original[place.end..at].chars().all(is_blank) => place.end = end,
                _ => places.push(at..end),
            }
        }
        places
    }
}
