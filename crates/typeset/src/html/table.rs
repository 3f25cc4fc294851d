//! Tables of the page.

use maud::{Markup, html};

use super::{Writer, tone};
use crate::grid::{Grid, Placed};
use crate::measure::Widths;
use crate::names::plain;
use crate::{Align, Block, Inline, Rules, Table, Weight};

/// Letters of a line on a screen.
const LINE: f64 = 42.0;
/// Columns that a telephone shows beside one another; a table of more scrolls inside itself.
const NARROW: usize = 3;

impl<'a> Writer<'a> {
    pub(super) fn table(&mut self, table: &'a Table) -> Markup {
        let grid = Grid::of(table);
        let widths = Widths::of(table, &grid, LINE);
        let (head, body) = grid.rows.split_at(grid.head);
        let left_out = of_pages(&grid);
        let shown = |column: &usize| !left_out.contains(column);
        let scrolls = (0..grid.columns).filter(shown).count() > NARROW;
        let line: f64 = widths.letters.iter().enumerate().filter(|(column, _)| shown(column)).map(|(_, letters)| letters).sum();
        let label = plain(&table.caption);
        let set = html! {
            table class=(match table.rules { Rules::All => "all", Rules::Book => "book" }) {
                @if !table.caption.is_empty() { caption { (self.inlines(&table.caption)) } }
                colgroup {
                    @for column in (0..grid.columns).filter(shown) {
                        @match widths.columns[column] {
                            Weight::Content => col;,
                            Weight::Parts(_) => col width={ (format!("{:.1}", widths.letters[column] / line * 100.0)) "%" };,
                        }
                    }
                }
                @if !head.is_empty() { thead { (self.rows(table, &grid, head, &left_out)) } }
                @if !body.is_empty() { tbody { (self.rows(table, &grid, body, &left_out)) } }
            }
        };
        if scrolls {
            let name = if label.is_empty() { self.words.table } else { &label };
            html! { div.wide role="group" tabindex="0" aria-label=(name) { (set) } }
        } else {
            set
        }
    }

    fn rows(&mut self, table: &Table, grid: &Grid<'a>, rows: &[Vec<Placed<'a>>], left_out: &[usize]) -> Markup {
        html! {
            @for row in rows {
                tr {
                    @for placed in row { (self.cell(table, grid, placed, left_out)) }
                    @if let Some(first) = row.first() {
                        @for _ in grid.holes.iter().filter(|(hole, column)| *hole == first.row && !left_out.contains(column)) { td {} }
                    }
                }
            }
        }
    }

    fn cell(&mut self, table: &Table, grid: &Grid<'a>, placed: &Placed<'a>, left_out: &[usize]) -> Markup {
        let cell = placed.cell;
        let covered = (placed.column..placed.column + placed.columns).filter(|column| !left_out.contains(column)).count();
        if covered == 0 {
            return html! {};
        }
        let align = cell.align.or(table.columns.get(placed.column).map(|column| column.align)).unwrap_or_default();
        let mut class = String::from(tone(cell.tone));
        class.push_str(match align {
            Align::Start => "",
            Align::Centre => " centre",
            Align::End => " end",
        });
        let columns = (covered > 1).then_some(covered);
        let rows = (placed.rows > 1).then_some(placed.rows);
        let inhead = placed.row < grid.head;
        // an empty head names nothing
        let names = (cell.heading || inhead) && !cell.blocks.iter().all(is_empty);
        // a head names all the rows or columns that it spans; one across the whole table names what is below it
        let scope = if inhead || placed.columns == grid.columns { "col" } else { "row" };
        let content = self.item(&cell.blocks);
        if names {
            html! { th scope=(scope) class=(class) colspan=[columns] rowspan=[rows] { (content) } }
        } else {
            html! { td class=(class) colspan=[columns] rowspan=[rows] { (content) } }
        }
    }
}

/// The columns that hold numbers of pages alone, below their heads: a page of the web has none.
fn of_pages(grid: &Grid<'_>) -> Vec<usize> {
    let cells = || grid.rows.iter().skip(grid.head).flatten();
    let told = |column: usize| cells().filter(move |placed| placed.column == column && placed.columns == 1);
    let numbers = |placed: &&Placed<'_>| {
        let words = |block: &Block| matches!(block, Block::Paragraph(content) if is_of_pages(content));
        placed.cell.blocks.iter().all(|block| is_empty(block) || words(block))
    };
    let has_number = |placed: &Placed<'_>| {
        placed.cell.blocks.iter().any(|block| matches!(block, Block::Paragraph(c) if !c.is_empty() && is_of_pages(c)))
    };
    (0..grid.columns)
        .filter(|column| grid.columns > 1 && told(*column).all(|placed| numbers(&placed)) && told(*column).any(has_number))
        .collect()
}

/// Whether a line shows nothing but numbers of pages.
fn is_of_pages(content: &[Inline]) -> bool {
    content.iter().all(|inline| match inline {
        Inline::PageOf(_) => true,
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Marked(_, content) | Inline::Link { content, .. } | Inline::Sourced { content, .. } => is_of_pages(content),
        _ => false,
    })
}

fn is_empty(block: &Block) -> bool {
    matches!(block, Block::Paragraph(content) if plain(content).trim().is_empty())
}
