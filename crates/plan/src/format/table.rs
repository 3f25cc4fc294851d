//! A table with its columns below one another.

use std::ops::Range;

use pulldown_cmark::Alignment;
use unicode_width::UnicodeWidthStr;

/// A cell that is wider than so many columns of a terminal does not widen the cells above and below it.
const WIDEST: usize = 60;
/// Rows times columns that a table may have for each of its bytes: a row of one cell is as many as its head has.
const SPARSEST: usize = 4;

/// The rows of a table, the head first.
pub(super) struct Table {
    alignments: Vec<Alignment>,
    range: Range<usize>,
    rows: Vec<(Range<usize>, Vec<Range<usize>>)>,
}

impl Table {
    pub(super) fn new(alignments: Vec<Alignment>, range: Range<usize>) -> Self {
        Self { alignments, range, rows: Vec::new() }
    }

    pub(super) fn row(&mut self, range: Range<usize>) {
        self.rows.push((range, Vec::new()));
    }

    /// Adds a cell to the last row.
    pub(super) fn cell(&mut self, text: &str, range: Range<usize>) {
        let written = text.get(range.clone()).unwrap_or("");
        let start = range.start + (written.len() - written.trim_start_matches([' ', '\t', '|']).len());
        let end = start + text.get(start..range.end).unwrap_or("").trim_end_matches([' ', '\t']).len();
        if let Some((_, cells)) = self.rows.last_mut() {
            cells.push(start..end);
        }
    }

    /// Its lines; `None` if a row has more in it than its cells.
    pub(super) fn lines(&self, text: &str) -> Option<Vec<String>> {
        if self.rows.len() * self.alignments.len() > SPARSEST * self.range.len() {
            return None;
        }
        let letters = |text: &str| text.chars().filter(|c| !matches!(c, ' ' | '\t' | '|' | '\n')).collect::<String>();
        let mut widths = vec![3; self.alignments.len()];
        let mut rows: Vec<Vec<&str>> = Vec::new();
        for (range, cells) in &self.rows {
            let cells: Vec<&str> = cells.iter().map(|cell| &text[cell.clone()]).collect();
            if letters(&cells.concat()) != letters(text[range.clone()].lines().next()?) {
                return None;
            }
            for (width, cell) in widths.iter_mut().zip(&cells) {
                *width = (*width).max(Some(cell.width()).filter(|width| *width <= WIDEST).unwrap_or(0));
            }
            rows.push(cells);
        }
        let mut lines = Vec::new();
        for (index, cells) in rows.iter().enumerate() {
            let padded = widths.iter().zip(&self.alignments).enumerate().map(|(column, (width, alignment))| {
                let cell = cells.get(column).copied().unwrap_or("");
                let blanks = " ".repeat(width.saturating_sub(cell.width()));
                if *alignment == Alignment::Right { format!(" {blanks}{cell} |") } else { format!(" {cell}{blanks} |") }
            });
            lines.push(format!("|{}", padded.collect::<String>()));
            if index == 0 {
                let rules = widths.iter().zip(&self.alignments).map(|(width, alignment)| match alignment {
                    Alignment::None => format!(" {} |", "-".repeat(*width)),
                    Alignment::Left => format!(" :{} |", "-".repeat(width - 1)),
                    Alignment::Right => format!(" {}: |", "-".repeat(width - 1)),
                    Alignment::Center => format!(" :{}: |", "-".repeat(width - 2)),
                });
                lines.push(format!("|{}", rules.collect::<String>()));
            }
        }
        Some(lines)
    }
}
