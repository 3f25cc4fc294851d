//! What a form prints: pieces of the tree, kept at the side while the form is expanded. In its text one character stands for each, so
//! that nothing inserted can be taken for Markdown.

use std::fmt;
use std::sync::Arc;

use minijinja::Value;
use minijinja::value::{Object, ObjectRepr};
use typeset::{Block, Inline, Mark};

use crate::flat;

/// A piece of the tree.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A part of a line.
    Inlines(Vec<Inline>),
    /// Blocks.
    Blocks(Vec<Block>),
}

/// Where something stands in the source of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file, by its path in the folder.
    pub file: String,
    /// Its first line.
    pub first: u32,
    /// Its last line.
    pub last: u32,
}

/// A piece of the tree, and where its words come from.
#[derive(Clone, Debug)]
pub struct Fragment {
    /// The piece.
    pub content: Content,
    /// Where it is written; `None` for what is derived.
    pub origin: Option<Origin>,
}

impl Fragment {
    /// A piece of a line, as a value of a form.
    pub fn inlines(content: Vec<Inline>) -> Value {
        Value::from_object(Self { content: Content::Inlines(content), origin: None })
    }

    /// Blocks, as a value of a form.
    pub fn blocks(content: Vec<Block>, origin: Option<Origin>) -> Value {
        Value::from_object(Self { content: Content::Blocks(content), origin })
    }

    /// What a value prints as: the piece it is, or its text as it stands.
    pub fn of(value: &Value) -> Arc<Self> {
        value.downcast_object::<Self>().unwrap_or_else(|| {
            let text = if value.is_none() || value.is_undefined() { String::new() } else { value.to_string() };
            Arc::new(Self { content: Content::Inlines(vec![Inline::Text(text)]), origin: None })
        })
    }

    /// As a part of a line: blocks are parted by new lines.
    pub fn line(&self) -> Vec<Inline> {
        match &self.content {
            Content::Inlines(inlines) => inlines.clone(),
            Content::Blocks(blocks) => in_a_line(blocks),
        }
    }
}

/// Blocks parted by new lines. What is in another language stays so.
fn in_a_line(blocks: &[Block]) -> Vec<Inline> {
    let mut all = Vec::new();
    for block in blocks {
        let parts = match block {
            Block::Foreign(language, inner) => vec![vec![Inline::Marked(Mark::Foreign(*language), in_a_line(inner))]],
            other => flat::paragraphs(std::slice::from_ref(other)).into_iter().cloned().collect(),
        };
        for part in parts {
            if !all.is_empty() {
                all.push(Inline::Break);
            }
            all.extend(part);
        }
    }
    all
}

impl Object for Fragment {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        match &self.content {
            Content::Inlines(inlines) => !inlines.is_empty(),
            Content::Blocks(blocks) => !blocks.is_empty(),
        }
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&flat::plain(&self.line()))
    }
}
