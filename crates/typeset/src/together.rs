//! What stays on the page of what follows it: a line that announces the next one, a row that names the rows below.

use crate::grid::{Grid, Placed};
use crate::measure::letters;
use crate::names::plain;
use crate::{Block, Inline, Mark};

/// A sentence before a list announces it if it is at most so many letters long; a longer one has lines enough to stand alone.
const SENTENCE: f64 = 50.0;

/// Whether the first of these blocks announces the next: a sub-heading in bold or in 【】, words that end in a colon, a short
/// sentence before a list.
pub(crate) fn announces(blocks: &[Block]) -> bool {
    let [Block::Paragraph(content), after @ ..] = blocks else { return false };
    let Some(next) = after.iter().find(|block| !matches!(block, Block::Note(_))) else { return false };
    let words = plain(content);
    let words = words.trim();
    match next {
        Block::PageBreak => false,
        Block::List { .. } if letters(words) <= SENTENCE => true,
        _ => {
            words.ends_with(['：', ':'])
                || (words.starts_with('【') && words.ends_with('】'))
                || (!words.is_empty() && content.iter().all(is_strong))
        }
    }
}

fn is_strong(inline: &Inline) -> bool {
    match inline {
        Inline::Marked(Mark::Strong, _) | Inline::Anchor(_) | Inline::Break => true,
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Marked(_, content) | Inline::Link { content, .. } | Inline::Traced { content, .. } | Inline::Sourced { content, .. } => {
            content.iter().all(is_strong)
        }
        Inline::PageOf(_) => false,
    }
}

/// Whether this row of the body names what is below it in full: all its cells are headings, and none reaches over its ends.
pub(crate) fn names_below(grid: &Grid<'_>, row: usize) -> bool {
    let cells: &[Placed<'_>] = grid.rows.get(row).map_or(&[], Vec::as_slice);
    row >= grid.head
        && cells.iter().all(|placed| placed.cell.heading && placed.rows == 1)
        && cells.iter().map(|placed| placed.columns).sum::<usize>() == grid.columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Align, Cell, Column, Row, Rules, Table, Weight};

    fn paragraph(words: &str) -> Block {
        Block::Paragraph(vec![Inline::text(words)])
    }

    #[test]
    fn lines_that_announce_stay_with_what_they_announce() {
        let list = || Block::List { ordered: false, items: vec![vec![paragraph("一")]] };
        let bold = Block::Paragraph(vec![Inline::Marked(Mark::Strong, vec![Inline::text("期間")])]);
        for (first, next, expected) in [
            (paragraph("【目的】"), paragraph("知る。"), true),
            (paragraph("理由："), paragraph("知る。"), true),
            (bold, paragraph("知る。"), true),
            (paragraph("次のとおり行う。"), list(), true),
            (paragraph("次のとおり行う。"), paragraph("知る。"), false),
            (paragraph(&"長い文であり、".repeat(20)), list(), false),
            (paragraph("【目的】"), Block::PageBreak, false),
        ] {
            assert_eq!(announces(&[first.clone(), next]), expected, "{first:?}");
            assert!(!announces(&[first]), "nothing follows");
        }
    }

    #[test]
    fn rows_of_headings_name_what_is_below() {
        let column = Column { width: Weight::Parts(1.0), align: Align::Start };
        let wide = Cell { columns: 2, ..Cell::heading(vec![]) };
        let rows = [
            vec![Cell::heading(vec![]), Cell::heading(vec![])],
            vec![wide],
            vec![Cell::heading(vec![]), Cell::new(vec![])],
            vec![Cell { rows: 2, ..Cell::heading(vec![]) }, Cell::heading(vec![])],
            vec![Cell::heading(vec![])],
        ];
        let rows = rows.into_iter().map(|cells| Row { cells, breakable: false }).collect();
        let table = Table { caption: vec![], columns: vec![column; 2], head: 1, rows, rules: Rules::All };
        let grid = Grid::of(&table);
        assert_eq!((0..5).map(|row| names_below(&grid, row)).collect::<Vec<_>>(), [false, true, false, false, false]);
    }
}
