use std::ops::Range;

use crate::Words;

/// A place in what was examined, and the text that stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The file's name as the reader gave it.
    pub file: String,
    /// The line, counted from 1 by `\n`, where the input has lines.
    pub line: Option<u32>,
    /// The column, counted from 1 in characters (Unicode scalar values), where the input has lines.
    pub column: Option<u32>,
    /// The page, counted from 1, where the input has pages.
    pub page: Option<u32>,
    /// The paragraph or cell, where the input has neither lines nor pages.
    pub path: Option<String>,
    /// The shortest text that shows the matter, verbatim.
    pub quote: String,
    /// The part in which it stands, as a reader would name it, such as `1.1 血球減少`.
    pub view: Words,
    /// The text around the quote, on one or a few lines. If it is empty, the quote is shown instead.
    pub excerpt: String,
    /// The bytes of `excerpt` to underline. A range that does not fit is cut down to whole characters of the excerpt.
    pub mark: Range<usize>,
    /// A short note beside the underline; may be empty. With a label, an empty mark still points at its place.
    pub label: Words,
}

impl Span {
    /// The text to show and the bytes of it to underline, always on character boundaries and in order.
    pub(crate) fn shown(&self) -> (&str, Range<usize>) {
        if self.excerpt.is_empty() {
            return (&self.quote, 0..self.quote.len());
        }
        let start = floor(&self.excerpt, self.mark.start);
        let end = ceiling(&self.excerpt, self.mark.end).max(start);
        let empty = self.mark.start >= self.mark.end;
        (&self.excerpt, start..if empty { start } else { end })
    }
}

fn floor(text: &str, index: usize) -> usize {
    text.floor_char_boundary(index)
}

fn ceiling(text: &str, index: usize) -> usize {
    text.ceil_char_boundary(index.min(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(mark: Range<usize>) -> Range<usize> {
        let span = Span { excerpt: "見本".to_owned(), mark, ..Span::default() };
        span.shown().1
    }

    #[test]
    fn marks_are_cut_down_to_whole_characters() {
        assert_eq!(shown(0..3), 0..3);
        assert_eq!(shown(1..2), 0..3);
        assert_eq!(shown(4..400), 3..6);
        assert_eq!(shown(400..500), 6..6);
        assert_eq!(shown(usize::MAX..usize::MAX), 6..6);
    }

    #[test]
    #[expect(clippy::reversed_empty_ranges, reason = "a careless caller's range")]
    fn a_reversed_mark_is_a_point() {
        assert_eq!(shown(5..1), 3..3);
    }
}
