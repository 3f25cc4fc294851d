//! The named places of a document, and how deep its headings stand.

use std::cell::Cell;
use std::collections::BTreeMap;

use crate::{Block, Document, Heading, Inline};

/// The named places of a document, numbered in their order; of two of one name the first counts.
pub(crate) struct Names<'a>(BTreeMap<&'a str, Place>);

/// A named place.
struct Place {
    number: usize,
    /// Whether it was written: a second one of its name must not bear it.
    written: Cell<bool>,
}

impl<'a> Names<'a> {
    pub(crate) fn of(document: &'a Document) -> Self {
        let mut names = Self(BTreeMap::new());
        document.head.iter().for_each(|inline| names.inline(inline));
        document.body.iter().for_each(|block| names.block(block));
        names
    }

    /// The number of the place of this name.
    pub(crate) fn get(&self, name: &str) -> Option<usize> {
        self.0.get(name).map(|place| place.number)
    }

    /// All of them, with their numbers.
    #[cfg(feature = "pdf")]
    pub(crate) fn all(&self) -> impl Iterator<Item = (&'a str, usize)> {
        self.0.iter().map(|(name, place)| (*name, place.number))
    }

    /// The same for who writes the place, the first time.
    pub(crate) fn claim(&self, name: &str) -> Option<usize> {
        self.0.get(name).filter(|place| !place.written.replace(true)).map(|place| place.number)
    }

    fn add(&mut self, name: &'a str) {
        let number = self.0.len();
        self.0.entry(name).or_insert(Place { number, written: Cell::new(false) });
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading(heading) => {
                heading.id.iter().for_each(|id| self.add(id));
                heading.content.iter().for_each(|inline| self.inline(inline));
            }
            Block::Paragraph(content) => content.iter().for_each(|inline| self.inline(inline)),
            Block::List { items, .. } => items.iter().flatten().for_each(|block| self.block(block)),
            Block::Table(table) => {
                table.caption.iter().for_each(|inline| self.inline(inline));
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                cells.flat_map(|cell| &cell.blocks).for_each(|block| self.block(block));
            }
            Block::Picture(picture) => picture.caption.iter().for_each(|inline| self.inline(inline)),
            Block::Note(note) => note.content.iter().for_each(|inline| self.inline(inline)),
            Block::Box(blocks) | Block::Foreign(_, blocks) => blocks.iter().for_each(|block| self.block(block)),
            Block::Contents { .. } | Block::PageBreak => {}
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        match inline {
            Inline::Anchor(name) => self.add(name),
            Inline::Marked(_, content)
            | Inline::Link { content, .. }
            | Inline::Traced { content, .. }
            | Inline::Sourced { content, .. } => {
                content.iter().for_each(|inline| self.inline(inline));
            }
            Inline::Text(_) | Inline::PageOf(_) | Inline::Break => {}
        }
    }
}

/// Whether a link leads out of the document: it begins with a scheme that is safe to follow.
pub(crate) fn is_address(to: &str) -> bool {
    ["http:", "https:", "mailto:", "tel:"].iter().any(|scheme| to.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)))
}

/// Counts how deep headings stand. A screen reader, and PDF/UA, want the first heading at 1 and none more than one below the one
/// before it, whatever levels the looks ask for.
#[derive(Default)]
pub(crate) struct Depths(Vec<u8>);

impl Depths {
    /// The depth of the next heading, from 1; 0 for the document's title.
    pub(crate) fn next(&mut self, heading: &Heading) -> usize {
        if heading.level == 0 {
            return 0;
        }
        while self.0.last().is_some_and(|level| *level >= heading.level) {
            self.0.pop();
        }
        self.0.push(heading.level);
        self.0.len()
    }
}

/// The words of a content, in plain text.
pub(crate) fn plain(content: &[Inline]) -> String {
    fn push(content: &[Inline], out: &mut String) {
        for inline in content {
            match inline {
                Inline::Text(text) => out.push_str(text),
                Inline::Marked(_, content)
                | Inline::Link { content, .. }
                | Inline::Traced { content, .. }
                | Inline::Sourced { content, .. } => push(content, out),
                Inline::Break => out.push(' '),
                Inline::PageOf(_) | Inline::Anchor(_) => {}
            }
        }
    }
    let mut out = String::new();
    push(content, &mut out);
    out
}

/// Calls a function with every text of a document that is printed.
#[cfg(feature = "pdf")]
pub(crate) fn texts(document: &Document, each: &mut dyn FnMut(&str)) {
    fn inlines(content: &[Inline], each: &mut dyn FnMut(&str)) {
        for inline in content {
            match inline {
                Inline::Text(text) => each(text),
                Inline::Marked(_, content)
                | Inline::Link { content, .. }
                | Inline::Traced { content, .. }
                | Inline::Sourced { content, .. } => inlines(content, each),
                Inline::PageOf(_) | Inline::Anchor(_) | Inline::Break => {}
            }
        }
    }
    fn blocks(content: &[Block], each: &mut dyn FnMut(&str)) {
        for block in content {
            match block {
                Block::Heading(heading) => inlines(&heading.content, each),
                Block::Paragraph(content) => inlines(content, each),
                Block::List { items, .. } => items.iter().for_each(|item| blocks(item, each)),
                Block::Table(table) => {
                    inlines(&table.caption, each);
                    table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| blocks(&cell.blocks, each));
                }
                Block::Picture(picture) => inlines(&picture.caption, each),
                Block::Note(note) => {
                    each(&note.label);
                    inlines(&note.content, each);
                }
                Block::Box(inner) | Block::Foreign(_, inner) => blocks(inner, each),
                Block::Contents { .. } | Block::PageBreak => {}
            }
        }
    }
    inlines(&document.head, each);
    document.watermark.iter().for_each(|mark| each(mark));
    blocks(&document.body, each);
}
