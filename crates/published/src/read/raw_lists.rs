//! 5.1, 5.2 and 5.3 in text without columns, as `pdftotext` leaves it.
//!
//! The cells of a table come as lines one after another, now row by row, now column by column, wrapped without a mark, and even
//! behind the heading of the next table. What holds is that a line tells by its words which column it is of, that the cells of a
//! column come from top to bottom, and that each row has one of each. So the lines of all three lists are sorted into columns;
//! a column with as many cells as there are names gives each row its cell, and any other column is left out.

use super::raw_cells::{Cell, Column, is_nothing, sorted};
use crate::model::{ActivityList, ListRow, Stated};
use crate::read::name::Hints;
use crate::source::{Line, Source};

/// Reads the lines of those lists that have neither cells nor columns; `bodies` holds nothing for the others.
pub fn read(source: &Source, bodies: &[&[Line]; 3], hints: &Hints, lists: &mut [ActivityList; 3]) {
    let mut cells = sorted(source, bodies, hints);
    turn_to_first(&mut cells);
    for (table, list) in lists.iter_mut().enumerate().filter(|(table, _)| !bodies[*table].is_empty()) {
        let names = places(&cells, Column::Name, Some(table));
        let columns = [Column::Target, Column::Milestones, Column::Status, Column::Report].map(|c| (c, column(&cells, c, table)));
        list.rows = names
            .iter()
            .map(|&n| ListRow { name: Stated { text: cells[n].text.clone(), sure: cells[n].whole }, ..ListRow::default() })
            .collect();
        by_rows(&cells, &names, table, &columns, &mut list.rows);
        for (column, own) in &columns {
            let right: Vec<&[usize]> = columns.iter().filter(|(c, _)| c > column && *c >= Column::Status).map(|c| c.1.as_slice()).collect();
            let left: &[usize] = match column {
                Column::Status => &columns[1].1,
                Column::Report => &columns[2].1,
                _ => &[],
            };
            let order = in_order(&cells, own, left, &right);
            let agrees = own.iter().zip(&list.rows).all(|(&n, row)| agrees(row.name.as_str(), *column, cells[n].text.as_str()));
            for ((row, &n), &name) in list.rows.iter_mut().zip(own).zip(&names) {
                *cell(row, *column) = Some(Stated { text: cells[n].text.clone(), sure: agrees && (order || n == name + 1) });
            }
        }
        list.sure = !list.rows.is_empty() && list.rows.iter().all(|r| r.name.sure && r.status.is_some());
    }
}

fn cell(row: &mut ListRow, column: Column) -> &mut Option<Stated> {
    match column {
        Column::Target => &mut row.target,
        Column::Milestones => &mut row.milestones,
        Column::Status => &mut row.status,
        _ => &mut row.report,
    }
}

/// Fills the columns that do not count out, where the table was read row by row: behind most names stands one cell of each column.
/// Where a column has a cell besides, which may go on with any of its cells, only a dash is certain to be whole.
fn by_rows(cells: &[Cell], names: &[usize], table: usize, columns: &[(Column, Vec<usize>)], rows: &mut [ListRow]) {
    let expected: Vec<Column> =
        columns.iter().map(|c| c.0).filter(|c| table < 2 || matches!(c, Column::Milestones | Column::Status)).collect();
    let whole = |name: usize| {
        let behind = cells[name + 1..].iter().filter(|c| c.column != Column::StatusTitle);
        behind.zip(&expected).take_while(|(c, column)| c.table == table && c.column == **column).count() == expected.len()
    };
    let runs: Vec<bool> = names.iter().map(|&n| whole(n)).collect();
    if runs.iter().filter(|r| **r).count() * 3 < names.len() * 2 || names.len() < 2 {
        return;
    }
    for (nth, column) in expected.iter().enumerate() {
        if columns.iter().any(|(c, own)| c == column && !own.is_empty()) {
            continue;
        }
        let more = places(cells, *column, Some(table)).len() > names.len();
        for ((row, &name), _) in rows.iter_mut().zip(names).zip(&runs).filter(|(_, run)| **run) {
            let Some(own) = cells[name + 1..].iter().filter(|c| c.column != Column::StatusTitle).nth(nth) else { continue };
            *cell(row, *column) = Some(Stated { text: own.text.clone(), sure: !more || is_nothing(own.text.as_str()) });
        }
    }
}

fn places(cells: &[Cell], column: Column, table: Option<usize>) -> Vec<usize> {
    (0..cells.len()).filter(|&n| cells[n].column == column && table.is_none_or(|t| cells[n].table == t)).collect()
}

/// The cells of a column of one table, where there are as many as names: counted over all tables, since the cells of one may
/// stand behind the heading of the next, or, where that does not come out, in this table.
fn column(cells: &[Cell], column: Column, table: usize) -> Vec<usize> {
    let tables = if matches!(column, Column::Target | Column::Report) { 2 } else { 3 };
    if table >= tables {
        return Vec::new();
    }
    let names = |table: usize| places(cells, Column::Name, Some(table)).len();
    let (all, own) = (places(cells, column, None), places(cells, column, Some(table)));
    if all.len() == (0..tables).map(names).sum::<usize>() {
        all.into_iter().skip((0..table).map(names).sum()).take(names(table)).collect()
    } else if own.len() == names(table) {
        own
    } else {
        Vec::new()
    }
}

/// False where the cells of a column are not surely in the order of their rows. Tables are read from left to right, block by
/// block, so that two columns are never apart by a row where a block begins: a left column that is behind, or a right one that is
/// behind when the left begins anew, has a cell that was passed over and comes later. So does a cell that stands behind the foot
/// of its page, while others of the page stand before it.
fn in_order(cells: &[Cell], own: &[usize], left: &[usize], right: &[&[usize]]) -> bool {
    if own.len() > 1 && own.windows(2).all(|w| cells[w[0]].text.as_str() == cells[w[1]].text.as_str()) {
        return true;
    }
    let ahead = right.iter().any(|right| own.iter().zip(*right).any(|(n, r)| r < n));
    let mut counts = (0, 0);
    let mut left_began = true;
    let mut behind = false;
    for (n, cell) in cells.iter().enumerate() {
        if left.contains(&n) {
            behind |= !left_began && counts.0 > counts.1;
            counts.0 += 1;
            left_began = true;
        } else if own.contains(&n) || (cell.column == Column::StatusTitle && own.iter().any(|&o| cells[o].column == Column::Status)) {
            counts.1 += usize::from(cell.column != Column::StatusTitle);
            left_began = false;
        }
    }
    let below = |n: &usize| cells[*n].leftover && own.iter().any(|&o| !cells[o].leftover && cells[o].page == cells[*n].page);
    !ahead && !behind && !own.iter().any(below)
}

/// False where a cell cannot belong to this name: 市販直後調査 has no number of patients and a period in 5.3, and only it has.
fn agrees(name: &str, column: Column, text: &str) -> bool {
    let early = name.contains("市販直後");
    match column {
        Column::Target => early == is_nothing(text),
        Column::Milestones => early || !text.contains("実施期間"),
        _ => true,
    }
}

/// A name in the middle of its row may stand behind all others. Cells before the first name of a table show that it did; the
/// numbers of patients tell whether it was the last one.
fn turn_to_first(cells: &mut Vec<Cell>) {
    for table in 0..2 {
        let names = places(cells, Column::Name, Some(table));
        let (Some(&first), Some(&last)) = (names.first(), names.last()) else { continue };
        let headless = cells[..first].iter().any(|c| c.table == table && c.column == Column::Target);
        let early = |n: usize| cells[n].text.as_str().contains("市販直後");
        if headless && first < last && early(last) && !early(first) {
            let name = cells.remove(last);
            cells.insert(first, name);
        }
    }
}
