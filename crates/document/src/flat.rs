//! The tree as a row of paragraphs, and paragraphs as plain text.

use typeset::{Block, Inline};

/// The words of a part of a line, without marks; a new line within it is `\n`.
#[must_use]
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push(inlines, &mut out);
    out
}

fn push(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.push_str(text),
            Inline::Marked(_, content)
            | Inline::Link { content, .. }
            | Inline::Traced { content, .. }
            | Inline::Sourced { content, .. } => push(content, out),
            Inline::Break => out.push('\n'),
            Inline::PageOf(_) | Inline::Anchor(_) => {}
        }
    }
}

/// The paragraphs and headings of blocks, those in lists, tables and boxes too, in the order in which they are read.
#[must_use]
pub fn paragraphs(blocks: &[Block]) -> Vec<&Vec<Inline>> {
    let mut all = Vec::new();
    collect(blocks, &mut all);
    all
}

fn collect<'a>(blocks: &'a [Block], all: &mut Vec<&'a Vec<Inline>>) {
    for block in blocks {
        match block {
            Block::Paragraph(content) => all.push(content),
            Block::Heading(heading) => all.push(&heading.content),
            Block::List { items, .. } => items.iter().for_each(|item| collect(item, all)),
            Block::Table(table) => {
                if !table.caption.is_empty() {
                    all.push(&table.caption);
                }
                table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| collect(&cell.blocks, all));
            }
            Block::Box(inner) | Block::Foreign(_, inner) => collect(inner, all),
            Block::Picture(picture) => all.push(&picture.caption),
            Block::Contents { .. } | Block::PageBreak | Block::Note(_) => {}
        }
    }
}

/// The same, to be changed; in the same order.
pub fn paragraphs_mut(blocks: &mut [Block]) -> Vec<&mut Vec<Inline>> {
    let mut all = Vec::new();
    collect_mut(blocks, &mut all);
    all
}

fn collect_mut<'a>(blocks: &'a mut [Block], all: &mut Vec<&'a mut Vec<Inline>>) {
    for block in blocks {
        match block {
            Block::Paragraph(content) => all.push(content),
            Block::Heading(heading) => all.push(&mut heading.content),
            Block::List { items, .. } => items.iter_mut().for_each(|item| collect_mut(item, all)),
            Block::Table(table) => {
                if !table.caption.is_empty() {
                    all.push(&mut table.caption);
                }
                table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| collect_mut(&mut cell.blocks, all));
            }
            Block::Box(inner) | Block::Foreign(_, inner) => collect_mut(inner, all),
            Block::Picture(picture) => all.push(&mut picture.caption),
            Block::Contents { .. } | Block::PageBreak | Block::Note(_) => {}
        }
    }
}
