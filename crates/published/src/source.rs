//! The text of a document, and the place a person would look for each part of it.

use std::ops::Range;

use terminology::Text;

use crate::input::{self, CellAt, Piece};

/// The kind of file a document was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text as a converter left it.
    Text,
    /// A PDF file.
    Pdf,
    /// A word processor's file.
    Docx,
}

/// A document as one text. For a text file it is the file itself; for other files the pieces read from it, one a line.
#[derive(Clone, Debug)]
pub struct Source {
    /// Name of the file, as the user gave it.
    pub file: String,
    /// What kind of file it was.
    pub kind: Kind,
    /// The whole text. Every place in a reading is a range of bytes of it.
    pub text: String,
    line_starts: Vec<usize>,
    marks: Vec<Mark>,
}

#[derive(Clone, Debug)]
struct Mark {
    start: usize,
    page: Option<u32>,
    path: Option<String>,
}

/// Where something stands, as a person would look for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// 1-based line of a text file.
    pub line: Option<u32>,
    /// 1-based column of a text file, in characters.
    pub column: Option<u32>,
    /// 1-based page.
    pub page: Option<u32>,
    /// Paragraph or cell of a DOCX file.
    pub path: Option<String>,
}

impl Source {
    /// A text file that was already decoded.
    #[must_use]
    pub fn from_text(file: &str, text: String) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut marks = vec![Mark { start: 0, page: None, path: None }];
        if text.contains('\u{c}') {
            marks[0].page = Some(1);
            marks.extend((2..).zip(text.match_indices('\u{c}')).map(|(page, (at, _))| Mark { start: at, page: Some(page), path: None }));
        }
        Self { file: file.to_owned(), kind: Kind::Text, text, line_starts, marks }
    }

    /// The pieces that a reader of PDF or DOCX found, and the lines made of them.
    #[must_use]
    pub fn from_pieces(file: &str, kind: Kind, pieces: Vec<Piece>) -> (Self, Vec<Line>) {
        let mut source = Self { file: file.to_owned(), kind, text: String::new(), line_starts: vec![0], marks: Vec::new() };
        let mut lines = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let start = source.text.len();
            // outside of tables a PDF shows what belongs together by its place only
            let placed = kind == Kind::Pdf && piece.cell.is_none();
            if placed {
                source.text.extend(std::iter::repeat_n(' ', piece.indent.into()));
            }
            source.text.push_str(&piece.text);
            let range = start..source.text.len();
            source.text.push('\n');
            source.line_starts.push(source.text.len());
            source.marks.push(Mark { start, page: piece.page, path: piece.path });
            let text = Text::new(&source.text[range.clone()], start);
            if text.is_empty() {
                continue;
            }
            let segments = if placed {
                input::text::segments(&source.text[range.clone()], start)
            } else {
                vec![Segment { x: piece.indent, text: text.clone() }]
            };
            lines.push(Line {
                segments,
                text,
                range,
                cell: piece.cell,
                indent: piece.indent,
                page: piece.page.unwrap_or(0),
                wrapped: piece.wrapped,
                blank_before: false,
                leftover: false,
            });
        }
        (source, lines)
    }

    /// The place of byte `offset`.
    #[must_use]
    pub fn place(&self, offset: usize) -> Place {
        let mark = self.marks.partition_point(|m| m.start <= offset).checked_sub(1).map(|i| &self.marks[i]);
        let (page, path) = mark.map_or((None, None), |m| (m.page, m.path.clone()));
        if self.kind != Kind::Text {
            return Place { line: None, column: None, page, path };
        }
        let line = self.line_starts.partition_point(|&s| s <= offset).saturating_sub(1);
        let start = self.line_starts[line];
        let column = self.text.get(start..offset).map_or(1, |s| s.chars().count() + 1);
        Place { line: u32::try_from(line + 1).ok(), column: u32::try_from(column).ok(), page, path }
    }

    /// The line of text around `range`, without its line end, and where `range` stands in it. Of a very long line what is near.
    #[must_use]
    pub fn excerpt(&self, range: &Range<usize>) -> (String, Range<usize>) {
        const NEAR: usize = 4_000;
        let (from, to) = (range.start.min(self.text.len()), range.end.min(self.text.len()));
        let first = self.text.floor_char_boundary(from.saturating_sub(NEAR));
        let last = self.text.ceil_char_boundary(to.saturating_add(NEAR).min(self.text.len()));
        let start = self.text[first..from].rfind('\n').map_or(first, |at| first + at + 1);
        let end = self.text[to..last].find('\n').map_or(last, |at| to + at);
        (self.text[start..end].to_owned(), range.start - start..range.end - start)
    }
}

/// A paragraph or a visual line of one, as the reading of the form sees it.
#[derive(Clone, Debug)]
pub struct Line {
    /// The whole line, normalised.
    pub text: Text,
    /// The line in the source.
    pub range: Range<usize>,
    /// The cell it stands in, where that is certain.
    pub cell: Option<CellAt>,
    /// The parts of the line between wide gaps; one where the line has none.
    pub segments: Vec<Segment>,
    /// Characters it is set in from the left.
    pub indent: u16,
    /// 1-based page, 0 where unknown.
    pub page: u32,
    /// True where the line's end may be only that of the line, not of the paragraph.
    pub wrapped: bool,
    /// True where an empty line stands before it.
    pub blank_before: bool,
    /// True where it stands behind the foot of its page, and so not in its order.
    pub leftover: bool,
}

/// A part of a line that stands apart from the others.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Where it begins, in characters from the left.
    pub x: u16,
    /// What it says.
    pub text: Text,
}

impl Line {
    /// The normalised text.
    #[must_use]
    pub fn key(&self) -> &str {
        self.text.as_str()
    }
}
