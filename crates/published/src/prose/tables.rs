//! Tables within running text: by their cells, or by columns that stand below each other.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use terminology::Text;

use crate::model::Passage;

/// A table of a passage.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Its lines in the passage.
    pub lines: Range<usize>,
    /// Its rows, all of the same length; a cell without words is empty. A cell that covers several columns stands in the first.
    pub rows: Vec<Vec<Text>>,
    /// How many columns each cell covers, at least 1.
    spans: Vec<Vec<usize>>,
}

/// A table has so many columns at most; more of them are the blanks of something else.
const WIDEST: usize = 24;
/// Longest cell of a table, in characters; longer ones are text that was laid out in a table.
const LONGEST: usize = 240;
/// How far a cell may begin from its column, in characters.
const NEAR: u16 = 4;

/// The tables of a passage, in its order.
#[must_use]
pub fn tables(passage: &Passage) -> Vec<Table> {
    let mut all = Vec::new();
    let mut at = 0;
    let parted = parted_rows(passage);
    while at < passage.starts.len() {
        let found = match passage.places[at].cell {
            Some(_) if is_whole(passage, at, &parted) => None,
            Some(cell) => {
                let same =
                    |n: usize| passage.places[n].cell.is_some_and(|other| other.table == cell.table) && !is_whole(passage, n, &parted);
                let end = (at..passage.starts.len()).find(|&n| !same(n)).unwrap_or(passage.starts.len());
                Some((of_cells(passage, at..end), end))
            }
            None if passage.places[at].columns.len() > 1 => {
                let end = (at..passage.starts.len())
                    .find(|&n| passage.places[n].cell.is_some() || !is_row(passage, n))
                    .unwrap_or(passage.starts.len());
                Some((of_columns(passage, at..end), end))
            }
            None => None,
        };
        let Some((table, end)) = found else {
            at += 1;
            continue;
        };
        all.extend(table);
        at = end;
    }
    all
}

fn text_of(passage: &Passage, n: usize) -> Text {
    passage.text.slice(passage.line(n))
}

/// The rows of tables that have several cells.
fn parted_rows(passage: &Passage) -> HashSet<(u32, u32)> {
    let mut columns: HashMap<(u32, u32), u32> = HashMap::new();
    let mut parted = HashSet::new();
    for cell in passage.places.iter().filter_map(|place| place.cell) {
        let row = (cell.table, cell.row);
        if *columns.entry(row).or_insert(cell.column) != cell.column {
            parted.insert(row);
        }
    }
    parted
}

/// A line in a cell as wide as its table, which is laid out by it: its text stands between tables.
fn is_whole(passage: &Passage, n: usize, parted: &HashSet<(u32, u32)>) -> bool {
    let Some(cell) = passage.places[n].cell else { return false };
    !parted.contains(&(cell.table, cell.row)) && (cell.span > 1 || passage.as_str()[passage.line(n)].contains('。'))
}

fn of_cells(passage: &Passage, lines: Range<usize>) -> Option<Table> {
    let cell = |n: usize| passage.places[n].cell.unwrap_or_default();
    let mut columns: Vec<u32> = lines.clone().map(|n| cell(n).column).collect();
    columns.sort_unstable();
    columns.dedup();
    let mut numbers: Vec<u32> = lines.clone().map(|n| cell(n).row).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if !(2..=WIDEST).contains(&columns.len()) || numbers.len() < 2 {
        return None;
    }
    let mut rows = vec![vec![Text::default(); columns.len()]; numbers.len()];
    let mut spans = vec![vec![1; columns.len()]; numbers.len()];
    for n in lines.clone() {
        let at = cell(n);
        let row = numbers.binary_search(&at.row).ok()?;
        let column = columns.binary_search(&at.column).ok()?;
        rows[row][column].append(&text_of(passage, n));
        let end = at.column.saturating_add(at.span);
        spans[row][column] = columns[column..].iter().take_while(|&&c| c < end).count().max(1);
    }
    Table { lines, rows, spans }.checked()
}

/// A line that belongs to a table laid out by blanks: several parts, or one that goes on in a column.
fn is_row(passage: &Passage, n: usize) -> bool {
    let columns = &passage.places[n].columns;
    let short = passage.line(n).len() < 60;
    columns.len() > 1 || (columns.len() == 1 && short && !passage.as_str()[passage.line(n)].contains('。'))
}

fn of_columns(passage: &Passage, lines: Range<usize>) -> Option<Table> {
    let parts = |n: usize| passage.places[n].columns.as_slice();
    let width = lines.clone().map(|n| parts(n).len()).max()?;
    let whole = lines.clone().find(|&n| parts(n).len() == width)?;
    let mut edges: Vec<u16> = parts(whole).iter().map(|(x, _)| *x).collect();
    if !(2..=WIDEST).contains(&width) {
        return None;
    }
    let mut rows: Vec<Vec<Text>> = Vec::new();
    let mut end = lines.start;
    for n in lines.clone() {
        let found = parts(n);
        let line = passage.line(n);
        let mut row = vec![Text::default(); width];
        let mut last = None;
        for (index, (x, from)) in found.iter().enumerate() {
            let to = found.get(index + 1).map_or(line.len(), |(_, next)| *next);
            let column = if found.len() == width {
                index
            } else {
                // right of the columns that are taken, the nearest one
                let from = last.map_or(0, |last: usize| last + 1);
                (from..width).min_by_key(|&column| edges[column].abs_diff(*x))?
            };
            last = Some(column);
            row[column] = passage.text.slice(line.start + from..line.start + to);
        }
        let goes_on = found.len() < width
            && !rows.is_empty()
            && found.iter().all(|(x, _)| edges.iter().any(|edge| edge.abs_diff(*x) <= NEAR))
            && (!row[0].is_empty() && found.len() == 1 || row[0].is_empty() && rows.len() > 1);
        if goes_on {
            if let Some(above) = rows.last_mut() {
                above.iter_mut().zip(&row).for_each(|(cell, more)| cell.append(more));
            }
        } else if found.len() == 1 {
            break;
        } else {
            if found.len() == width {
                edges = found.iter().map(|(x, _)| *x).collect();
            }
            rows.push(row);
        }
        end = n + 1;
    }
    let numbers =
        |text: &Text| text.is_empty() || text.as_str().contains(|c: char| c.is_ascii_digit()) || matches!(text.as_str(), "-" | "なし");
    let cells: Vec<&Text> = rows.iter().skip(1).flat_map(|row| row.iter().skip(1)).collect();
    if rows.len() < 2 || rows[0].iter().filter(|cell| !cell.is_empty()).count() < 2 || cells.iter().any(|cell| !numbers(cell)) {
        return None;
    }
    // a head of several lines
    let has_figures = |row: &[Text]| row.iter().skip(1).any(|cell| cell.as_str().starts_with(|c: char| c.is_ascii_digit() || c == '-'));
    while rows.len() > 2 && !has_figures(&rows[1]) {
        let more = rows.remove(1);
        rows[0].iter_mut().zip(&more).for_each(|(cell, more)| cell.append(more));
    }
    let spans = vec![vec![1; width]; rows.len()];
    Table { lines: lines.start..end, rows, spans }.checked()
}

impl Table {
    /// Nothing where it is text that was only laid out in a table.
    fn checked(self) -> Option<Self> {
        let fit = |cell: &Text| cell.as_str().chars().count() <= LONGEST && cell.as_str().matches('。').count() <= 2;
        let full = self.rows.iter().filter(|row| row.iter().filter(|cell| !cell.is_empty()).count() > 1).count();
        (full > 1 && self.rows.iter().flatten().all(fit)).then_some(self)
    }

    /// The cells above a cell that are over its column, from the top.
    pub fn above(&self, row: usize, column: usize) -> impl Iterator<Item = &Text> {
        self.rows[..row].iter().zip(&self.spans).filter_map(move |(cells, spans)| {
            let start = (0..=column).rev().find(|&c| !cells[c].is_empty())?;
            (start + spans[start] > column || start == column).then(|| &cells[start])
        })
    }

    /// The cells to the left of a cell in its row; an empty first one stands for that above it.
    #[must_use]
    pub fn beside(&self, row: usize, column: usize) -> Vec<&Text> {
        let mut cells: Vec<&Text> = self.rows[row][..column].iter().collect();
        if let Some(first) = cells.first_mut().filter(|first| first.is_empty())
            && let Some(above) = self.rows[..row].iter().rev().map(|cells| &cells[0]).find(|cell| !cell.is_empty())
        {
            *first = above;
        }
        cells.retain(|cell| !cell.is_empty());
        cells
    }
}
