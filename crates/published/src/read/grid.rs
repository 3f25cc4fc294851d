//! Tables: the cells of one, whether the file tells them or only the blanks between columns do.

use std::collections::BTreeMap;

use terminology::Text;

use crate::source::{Line, Source};

/// A row of a table: for each column the lines in its cell.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Cells by column.
    pub cells: BTreeMap<u32, Vec<Text>>,
}

impl Row {
    /// The text of a cell, its lines joined.
    #[must_use]
    pub fn text(&self, column: u32) -> Text {
        let mut text = Text::default();
        self.cells.get(&column).into_iter().flatten().for_each(|t| text.append(t));
        text
    }
}

/// The rows of all tables among the lines whose cells the file tells.
#[must_use]
pub fn rows(lines: &[Line]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut at = None;
    for line in lines {
        let Some(cell) = line.cell else {
            at = None;
            continue;
        };
        // a converter's rule between head and body; one dash alone is what a cell says
        if line.key().len() > 1 && line.key().bytes().all(|b| b == b'-') {
            continue;
        }
        if at != Some((cell.table, cell.row)) {
            at = Some((cell.table, cell.row));
            rows.push(Row { cells: BTreeMap::new() });
        }
        if let Some(row) = rows.last_mut() {
            row.cells.entry(cell.column).or_default().push(line.text.clone());
        }
    }
    rows
}

/// A word of a line that only blanks part from its neighbours.
#[derive(Clone, Debug)]
pub struct Token {
    /// Where it begins, in characters from the left.
    pub x: usize,
    /// Blanks before it.
    pub gap: usize,
    /// The word.
    pub text: Text,
}

/// The words of a line.
#[must_use]
pub fn tokens(source: &Source, line: &Line) -> Vec<Token> {
    let raw = source.text.get(line.range.clone()).unwrap_or_default();
    let mut tokens = Vec::new();
    let mut start: Option<(usize, usize)> = None;
    let mut gap = 2;
    let mut x = 0;
    for (at, c) in raw.char_indices().chain(std::iter::once((raw.len(), ' '))) {
        if c == '\u{c}' {
            x = 0;
            gap = 2;
            continue;
        }
        if terminology::is_blank(c) {
            if let Some((from, from_x)) = start.take() {
                tokens.push(Token { x: from_x, gap, text: Text::new(&raw[from..at], line.range.start + from) });
                gap = 0;
            }
            gap += 1;
        } else if start.is_none() {
            start = Some((at, x));
        }
        x += 1;
    }
    tokens
}

/// Distributes the words of a line to columns that begin at `starts` (ascending, the first is 0).
#[must_use]
pub fn columns(tokens: &[Token], starts: &[usize]) -> Vec<Text> {
    let mut columns = vec![Text::default(); starts.len()];
    let mut current = 0;
    for (n, token) in tokens.iter().enumerate() {
        let nearest = starts.iter().rposition(|&s| s <= token.x + 2).unwrap_or(0);
        if n == 0 || token.gap >= 2 {
            current = nearest.max(if n == 0 { 0 } else { current });
        } else if let Some(exact) =
            // half-width characters before it push a column to the right
            starts.iter().position(|&s| s <= token.x + 1 && token.x <= s + 3)
            && exact > current
        {
            current = exact;
        }
        // a bullet begins a cell of its own
        let bullet = token.text.as_str().starts_with(super::name::BULLETS) && n > 0 && token.text.len() > '・'.len_utf8();
        if bullet
            && let Some(own) = starts.iter().rposition(|&s| s <= token.x + 4 && token.x <= s + 4)
            && own > current
        {
            current = own;
        }
        columns[current].append(&token.text);
    }
    columns
}
