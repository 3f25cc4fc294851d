//! Where the cells of a table stand, as HTML counts them.

use crate::{Cell, Table};

/// A cell with its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placed<'a> {
    pub(crate) cell: &'a Cell,
    pub(crate) row: usize,
    pub(crate) column: usize,
    /// Rows it covers, cut at the end of the head and of the table.
    pub(crate) rows: usize,
    /// Columns it covers, cut at the end of the table.
    pub(crate) columns: usize,
}

/// A table as a grid in which every place is covered once.
pub(crate) struct Grid<'a> {
    /// Columns; more than the table names if a row holds more cells.
    pub(crate) columns: usize,
    /// Rows of the head.
    pub(crate) head: usize,
    /// The cells, row by row.
    pub(crate) rows: Vec<Vec<Placed<'a>>>,
    /// Places that no cell covers, as row and column.
    pub(crate) holes: Vec<(usize, usize)>,
}

impl<'a> Grid<'a> {
    pub(crate) fn of(table: &'a Table) -> Self {
        let head = table.head.min(table.rows.len());
        let mut columns = table.columns.len().max(1);
        // for each column, the first row that is free again
        let mut free = vec![0; columns];
        let mut rows = Vec::with_capacity(table.rows.len());
        let mut holes = Vec::new();
        for (row, cells) in table.rows.iter().enumerate() {
            let end = if row < head { head } else { table.rows.len() };
            let mut placed = Vec::with_capacity(cells.cells.len());
            let mut column = 0;
            for cell in &cells.cells {
                while free.get(column).is_some_and(|until| *until > row) {
                    column += 1;
                }
                if column == columns {
                    columns += 1;
                    free.push(row);
                    holes.extend((0..row).map(|above| (above, column)));
                }
                let room = free[column..].iter().take_while(|until| **until <= row).count();
                let (across, down) = (cell.columns.clamp(1, room), cell.rows.clamp(1, end - row));
                free[column..column + across].fill(row + down);
                placed.push(Placed { cell, row, column, rows: down, columns: across });
                column += across;
            }
            holes.extend((0..columns).filter(|column| free[*column] <= row).map(|column| (row, column)));
            rows.push(placed);
        }
        holes.sort_unstable();
        Self { columns, head, rows, holes }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Align, Column, Row, Rules, Weight};

    proptest! {
        #[test]
        fn every_place_is_covered_once(
            spans in prop::collection::vec(prop::collection::vec((0_usize..5, 0_usize..5), 0..5), 0..6),
            columns in 0_usize..5,
            head in 0_usize..4,
        ) {
            let rows: Vec<Row> = spans
                .into_iter()
                .map(|row| Row {
                    cells: row.into_iter().map(|(columns, rows)| Cell { columns, rows, ..Cell::new(vec![]) }).collect(),
                    breakable: true,
                })
                .collect();
            let column = Column { width: Weight::Content, align: Align::Start };
            let table = Table { caption: vec![], columns: vec![column; columns], head, rows, rules: Rules::All };
            let grid = Grid::of(&table);
            let mut covered = vec![vec![0; grid.columns]; table.rows.len()];
            for placed in grid.rows.iter().flatten() {
                prop_assert!(placed.row >= grid.head || placed.row + placed.rows <= grid.head);
                for row in &mut covered[placed.row..placed.row + placed.rows] {
                    row[placed.column..placed.column + placed.columns].iter_mut().for_each(|count| *count += 1);
                }
            }
            grid.holes.iter().for_each(|(row, column)| covered[*row][*column] += 1);
            prop_assert!(covered.iter().flatten().all(|count| *count == 1));
            prop_assert_eq!(grid.rows.iter().map(Vec::len).sum::<usize>(), table.rows.iter().map(|row| row.cells.len()).sum::<usize>());
        }
    }
}
