//! The names of the document, as Word's bookmarks. Word takes letters, digits and `_`, 40 of them, and hides what begins with `_`.

use std::collections::HashMap;

use crate::{Block, Document, Inline, Mark};

/// A heading for the contents.
pub(super) struct Listed {
    pub level: u8,
    pub words: String,
    pub bookmark: String,
}

/// The names and headings of a document.
#[derive(Default)]
pub(super) struct Places {
    /// Bookmark of each name.
    names: HashMap<String, String>,
    /// The headings, in their order.
    pub headings: Vec<Listed>,
}

impl Places {
    /// Of a document.
    pub fn of(document: &Document) -> Self {
        let mut places = Self::default();
        places.blocks(&document.body);
        places
    }

    /// The bookmark of a name.
    pub fn bookmark(&self, name: &str) -> Option<&str> {
        self.names.get(name).map(String::as_str)
    }

    fn name(&mut self, name: &str, bookmark: String) {
        self.names.entry(name.to_owned()).or_insert(bookmark);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading(heading) => {
                    let bookmark = format!("_Toc{:08}", self.headings.len() + 1);
                    if let Some(id) = &heading.id {
                        self.name(id, bookmark.clone());
                    }
                    self.headings.push(Listed { level: heading.level, words: plain(&heading.content), bookmark });
                    self.inlines(&heading.content);
                }
                Block::Paragraph(content) => self.inlines(content),
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
                Block::Table(table) => {
                    self.inlines(&table.caption);
                    table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| self.blocks(&cell.blocks));
                }
                Block::Picture(picture) => self.inlines(&picture.caption),
                Block::Box(blocks) | Block::Foreign(_, blocks) => self.blocks(blocks),
                Block::Contents { .. } | Block::PageBreak | Block::Note(_) => {}
            }
        }
    }

    fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Anchor(name) => {
                    let bookmark = format!("_Ref{:08}", self.names.len() + 1);
                    self.name(name, bookmark);
                }
                Inline::Marked(_, content)
                | Inline::Link { content, .. }
                | Inline::Traced { content, .. }
                | Inline::Sourced { content, .. } => self.inlines(content),
                Inline::Text(_) | Inline::PageOf(_) | Inline::Break => {}
            }
        }
    }
}

/// The words as they stand, without what was taken out; lines parted by a line feed.
pub(super) fn plain(content: &[Inline]) -> String {
    let mut words = String::new();
    for inline in content {
        match inline {
            Inline::Text(text) => words.push_str(text),
            Inline::Break => words.push('\n'),
            Inline::PageOf(_) => words.push_str("00"),
            Inline::Marked(Mark::Deleted, _) | Inline::Anchor(_) => {}
            Inline::Marked(_, content)
            | Inline::Link { content, .. }
            | Inline::Traced { content, .. }
            | Inline::Sourced { content, .. } => words.push_str(&plain(content)),
        }
    }
    words
}
