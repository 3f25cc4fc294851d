//! Links that lead somewhere: a name is given once, and what leads to a name that is not there stays as words.

use std::collections::BTreeSet;

use typeset::{Block, Inline};

use crate::flat::paragraphs_mut;

/// Mends the links of a body.
pub fn mend(blocks: &mut [Block]) {
    let mut names = BTreeSet::new();
    headings(blocks, &mut names);
    for inlines in paragraphs_mut(blocks) {
        keep(inlines, &mut |inline| match inline {
            Inline::Anchor(name) => names.insert(name.clone()),
            _ => true,
        });
    }
    for inlines in paragraphs_mut(blocks) {
        lead(inlines, &names);
    }
}

fn headings(blocks: &mut [Block], names: &mut BTreeSet<String>) {
    for block in blocks {
        match block {
            Block::Heading(heading) => heading.id = heading.id.take().filter(|id| names.insert(id.clone())),
            Block::List { items, .. } => items.iter_mut().for_each(|item| headings(item, names)),
            Block::Table(table) => {
                table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| headings(&mut cell.blocks, names));
            }
            Block::Box(inner) | Block::Foreign(_, inner) => headings(inner, names),
            _ => {}
        }
    }
}

fn keep(inlines: &mut Vec<Inline>, good: &mut dyn FnMut(&Inline) -> bool) {
    inlines.retain(|inline| good(inline));
    for inline in inlines {
        if let Inline::Marked(_, content)
        | Inline::Link { content, .. }
        | Inline::Traced { content, .. }
        | Inline::Sourced { content, .. } = inline
        {
            keep(content, good);
        }
    }
}

fn lead(inlines: &mut Vec<Inline>, names: &BTreeSet<String>) {
    let mut out = Vec::with_capacity(inlines.len());
    for mut inline in inlines.drain(..) {
        if let Inline::Marked(_, content)
        | Inline::Link { content, .. }
        | Inline::Traced { content, .. }
        | Inline::Sourced { content, .. } = &mut inline
        {
            lead(content, names);
        }
        match inline {
            Inline::Link { to, content } if !to.contains(':') && !names.contains(&to) => out.extend(content),
            Inline::PageOf(to) if !names.contains(&to) => {}
            other => out.push(other),
        }
    }
    *inlines = out;
}
