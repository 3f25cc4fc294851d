use std::ops::{Deref, Range};
use std::sync::Arc;

use diagnostic::{Span, Words};

/// Bytes of a line that are shown before and after a place.
const LONG: usize = 600;

/// A file among the sources of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// Bytes of a file of the plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Place {
    /// Bytes of a file.
    #[must_use]
    pub const fn new(file: FileId, range: Range<usize>) -> Self {
        Self { file, start: range.start, end: range.end }
    }

    /// The bytes.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// A part of it, in bytes from its start.
    #[must_use]
    pub const fn part(self, range: Range<usize>) -> Self {
        Self { file: self.file, start: self.start + range.start, end: self.start + range.end }
    }
}

/// A value and where it is written. Two are equal if their values are, wherever they stand.
#[derive(Clone, Debug, Default)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it is written; of a value that is missing, where it should be.
    pub at: Place,
}

impl<T> Spanned<T> {
    /// A value at a place.
    #[must_use]
    pub const fn new(value: T, at: Place) -> Self {
        Self { value, at }
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// A file of the plan as text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its path in the folder.
    pub path: String,
    /// Its text; of a file that is not UTF-8, with marks of replacement.
    pub text: Arc<str>,
    line_starts: Vec<usize>,
}

/// The texts that the places of a plan point into.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file.
    pub fn add(&mut self, path: &str, text: &str) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        self.files.push(SourceFile { path: path.to_owned(), text: text.into(), line_starts });
        id
    }

    /// Every file with its id.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// A file.
    #[must_use]
    pub fn file(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// The file at a path.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.iter().find(|(_, file)| file.path == path).map(|(id, _)| id)
    }

    /// The path of the file of a place; empty for no file.
    #[must_use]
    pub fn path(&self, place: Place) -> &str {
        self.file(place.file).map_or("", |file| &file.path)
    }

    /// The text at a place, cut down to whole characters.
    #[must_use]
    pub fn text(&self, place: Place) -> &str {
        let Some(file) = self.file(place.file) else { return "" };
        let start = file.text.floor_char_boundary(place.start);
        let end = file.text.ceil_char_boundary(place.end.min(file.text.len())).max(start);
        &file.text[start..end]
    }

    /// Line and column of the first byte of a place, from 1; columns are characters.
    #[must_use]
    pub fn line_and_column(&self, place: Place) -> (u32, u32) {
        let Some(file) = self.file(place.file) else { return (1, 1) };
        let at = file.text.floor_char_boundary(place.start);
        let line = file.line_starts.partition_point(|&start| start <= at).saturating_sub(1);
        let column = file.text[file.line_starts[line]..at].chars().count();
        (u32::try_from(line + 1).unwrap_or(u32::MAX), u32::try_from(column + 1).unwrap_or(u32::MAX))
    }

    /// The place as findings show it: with its line and the line's text.
    #[must_use]
    pub fn span(&self, place: Place, label: Words) -> Span {
        let Some(file) = self.file(place.file) else { return Span { label, ..Span::default() } };
        let text = &file.text;
        let start = text.floor_char_boundary(place.start);
        let end = text.ceil_char_boundary(place.end.min(text.len())).max(start);
        // of a line that is longer than any page is wide, the part around the place is enough
        let near = text.floor_char_boundary(start.saturating_sub(LONG))..text.ceil_char_boundary(end.saturating_add(LONG).min(text.len()));
        let line_start = text[near.start..start].rfind('\n').map_or(near.start, |at| near.start + at + 1);
        let line_end = text[start..near.end].find('\n').map_or(near.end, |at| start + at);
        let (line, column) = self.line_and_column(place);
        let quote = text[start..text.ceil_char_boundary(end.min(start + LONG))].trim_end_matches('\n');
        Span {
            file: file.path.clone(),
            line: Some(line),
            column: Some(column),
            quote: quote.to_owned(),
            excerpt: text[line_start..line_end].trim_end_matches('\r').to_owned(),
            mark: start - line_start..end.min(line_end) - line_start,
            label,
            ..Span::default()
        }
    }
}
