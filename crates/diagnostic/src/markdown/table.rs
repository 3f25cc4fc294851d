use pulldown_cmark::Alignment;

use crate::text::cell::{Cell, cells, width};
use crate::text::style::Style;
use crate::text::wrap::wrap;

/// Columns between the columns of a table.
const BETWEEN: usize = 2;
/// A column is not made narrower than this to fit the page.
const NARROWEST: usize = 4;

/// A table being read; its first row is the head.
pub(super) struct Table {
    alignments: Vec<Alignment>,
    rows: Vec<Vec<Vec<Cell>>>,
    row: Vec<Vec<Cell>>,
}

impl Table {
    pub(super) fn new(alignments: Vec<Alignment>) -> Self {
        Self { alignments, rows: Vec::new(), row: Vec::new() }
    }

    pub(super) fn cell(&mut self, cell: Vec<Cell>) {
        self.row.push(cell);
    }

    pub(super) fn end_row(&mut self) {
        self.rows.push(std::mem::take(&mut self.row));
    }

    /// The table in lines of at most `room` columns, if its columns can be made so narrow; a rule stands under the head.
    pub(super) fn lines(&self, room: usize) -> Vec<Vec<Cell>> {
        let widths = self.widths(room);
        let mut lines = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            lines.append(&mut self.row_lines(row, &widths));
            if index == 0 {
                let rules: Vec<String> = widths.iter().map(|&width| "─".repeat(width)).collect();
                lines.push(cells(&rules.join(&" ".repeat(BETWEEN)), Style::Quiet));
            }
        }
        lines
    }

    /// The widest cell of each column, then the widest columns made narrower until the table fits.
    fn widths(&self, room: usize) -> Vec<usize> {
        let mut widths = vec![1; self.alignments.len()];
        for row in &self.rows {
            for (column, cell) in widths.iter_mut().zip(row) {
                *column = (*column).max(width(cell));
            }
        }
        let room = room.saturating_sub(BETWEEN * widths.len().saturating_sub(1));
        let mut excess = widths.iter().sum::<usize>().saturating_sub(room);
        while excess > 0 {
            let Some(widest) = widths.iter_mut().max().filter(|widest| **widest > NARROWEST) else {
                break;
            };
            *widest -= 1;
            excess -= 1;
        }
        widths
    }

    fn row_lines(&self, row: &[Vec<Cell>], widths: &[usize]) -> Vec<Vec<Cell>> {
        let wrapped: Vec<Vec<Vec<Cell>>> = row.iter().zip(widths).map(|(cell, &width)| wrap(cell, width)).collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0).max(1);
        (0..height)
            .map(|index| {
                let mut line = Vec::new();
                for (column, lines) in wrapped.iter().enumerate() {
                    let text = lines.get(index).map_or(&[][..], Vec::as_slice);
                    let alignment = self.alignments.get(column).unwrap_or(&Alignment::None);
                    line.extend(aligned(text, widths[column], *alignment));
                    line.extend(cells(&" ".repeat(BETWEEN), Style::Plain));
                }
                line
            })
            .collect()
    }
}

fn aligned(text: &[Cell], columns: usize, alignment: Alignment) -> Vec<Cell> {
    let free = columns.saturating_sub(width(text));
    let before = match alignment {
        Alignment::Right => free,
        Alignment::Center => free / 2,
        Alignment::Left | Alignment::None => 0,
    };
    let mut line = cells(&" ".repeat(before), Style::Plain);
    line.extend_from_slice(text);
    line.extend(cells(&" ".repeat(free - before), Style::Plain));
    line
}
