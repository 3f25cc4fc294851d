//! Tables of the page.

use maud::{Markup, html};

use super::{Writer, tone};
use crate::grid::{Grid, Placed};
use crate::measure::Widths;
use crate::names::plain;
use crate::{Align, Block, Rules, Table, Weight};

/// Letters of a line on a screen.
const LINE: f64 = 42.0;
/// Columns that a telephone shows beside one another; a table of more scrolls inside itself.
const NARROW: usize = 4;

impl<'a> Writer<'a> {
    pub(super) fn table(&mut self, table: &'a Table) -> Markup {
        let grid = Grid::of(table);
        let widths = Widths::of(table, &grid, LINE);
        let (head, body) = grid.rows.split_at(grid.head);
        let scrolls = grid.columns > NARROW;
        let label = plain(&table.caption);
        let set = html! {
            table class=(match table.rules { Rules::All => "all", Rules::Book => "book" }) {
                @if !table.caption.is_empty() { caption { (self.inlines(&table.caption)) } }
                colgroup {
                    @for (weight, letters) in widths.columns.iter().zip(&widths.letters) {
                        @match weight {
                            Weight::Content => col;,
                            Weight::Parts(_) => col style={ "width:" (format!("{:.1}", letters / LINE * 100.0)) "%" };,
                        }
                    }
                }
                @if !head.is_empty() { thead { (self.rows(table, &grid, head)) } }
                @if !body.is_empty() { tbody { (self.rows(table, &grid, body)) } }
            }
        };
        if scrolls {
            let name = if label.is_empty() { self.words.table } else { &label };
            html! { div.wide role="group" tabindex="0" aria-label=(name) { (set) } }
        } else {
            set
        }
    }

    fn rows(&mut self, table: &Table, grid: &Grid<'a>, rows: &[Vec<Placed<'a>>]) -> Markup {
        html! {
            @for row in rows {
                tr {
                    @for placed in row { (self.cell(table, grid, placed)) }
                    @if let Some(first) = row.first() {
                        @for _ in grid.holes.iter().filter(|(hole, _)| *hole == first.row) { td {} }
                    }
                }
            }
        }
    }

    fn cell(&mut self, table: &Table, grid: &Grid<'a>, placed: &Placed<'a>) -> Markup {
        let cell = placed.cell;
        let align = cell.align.or(table.columns.get(placed.column).map(|column| column.align)).unwrap_or_default();
        let mut class = String::from(tone(cell.tone));
        class.push_str(match align {
            Align::Start => "",
            Align::Centre => " centre",
            Align::End => " end",
        });
        let columns = (placed.columns > 1).then_some(placed.columns);
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

fn is_empty(block: &Block) -> bool {
    matches!(block, Block::Paragraph(content) if plain(content).trim().is_empty())
}
