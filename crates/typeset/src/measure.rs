//! How wide words are, roughly: enough to choose between ways of setting a table, not to set it.

use unicode_width::UnicodeWidthChar;

use crate::grid::Grid;
use crate::names::plain;
use crate::{Block, Table, Weight};

/// Width of a text in letters: a full-width sign is one.
pub(crate) fn letters(text: &str) -> f64 {
    text.chars().map(letter).sum()
}

/// Width of a sign in letters.
pub(crate) fn letter(c: char) -> f64 {
    match c.width() {
        Some(2) => 1.0,
        Some(1) if c.is_ascii_uppercase() || !c.is_ascii() => 0.75,
        Some(1) => 0.55,
        _ => 0.0,
    }
}

/// Width of the widest line of blocks if nothing is broken, and how many letters they hold, in letters.
pub(crate) fn extent(blocks: &[Block]) -> Extent {
    let mut extent = Extent::default();
    for block in blocks {
        match block {
            Block::Heading(heading) => extent.line(letters(&plain(&heading.content)) * 1.2),
            Block::Paragraph(content) => extent.line(letters(&plain(content))),
            Block::List { items, .. } => items.iter().for_each(|item| extent.within(self::extent(item), 1.5)),
            Block::Box(blocks) | Block::Foreign(_, blocks) => extent.within(self::extent(blocks), 1.0),
            // what has no natural width takes what it gets, and may be parted
            Block::Table(_) | Block::Picture(_) => extent.line(100.0),
            Block::Contents { .. } | Block::PageBreak | Block::Note(_) => {}
        }
    }
    extent
}

/// What blocks would take.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Extent {
    /// Widths of their paragraphs, each on one line.
    lines: Vec<f64>,
}

impl Extent {
    fn line(&mut self, width: f64) {
        self.lines.push(width);
    }

    fn within(&mut self, inner: Self, indent: f64) {
        self.lines.extend(inner.lines.into_iter().map(|line| line + indent));
    }

    /// The widest line, in letters.
    pub(crate) fn widest(&self) -> f64 {
        self.lines.iter().copied().fold(0.0, f64::max)
    }

    #[cfg(feature = "pdf")]
    /// How many lines they take in a column of this many letters.
    pub(crate) fn lines_in(&self, letters: f64) -> f64 {
        self.lines.iter().map(|line| (line / letters.max(1.0)).ceil().max(1.0)).sum()
    }
}

/// Widths of a table's columns.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Widths {
    /// As they are to be set.
    pub(crate) columns: Vec<Weight>,
    /// About how many letters a line of each holds.
    pub(crate) letters: Vec<f64>,
}

impl Widths {
    /// Widths of the columns of a table on lines of so many letters. Columns as wide as their content may together take three
    /// fifths of the line; if they would take more, all share by what they hold, so that none is squeezed to nothing.
    pub(crate) fn of(table: &Table, grid: &Grid<'_>, line: f64) -> Self {
        let columns = grid.columns;
        // of their own cells, with what stands between frame and words
        let mut natural = vec![2.0; columns];
        for placed in grid.rows.iter().flatten().filter(|placed| placed.columns == 1) {
            natural[placed.column] = f64::max(natural[placed.column], extent(&placed.cell.blocks).widest() + 1.0);
        }
        let mut weights: Vec<Weight> =
            (0..columns).map(|column| table.columns.get(column).map_or(Weight::Parts(1.0), |column| column.width)).collect();
        for weight in &mut weights {
            if let Weight::Parts(parts) = weight
                && !(parts.is_finite() && *parts > 0.0)
            {
                *weight = Weight::Parts(1.0);
            }
        }
        let taken: f64 = natural.iter().zip(&weights).filter(|(_, weight)| **weight == Weight::Content).map(|(width, _)| width).sum();
        let parts: f64 = weights.iter().map(|weight| if let Weight::Parts(parts) = weight { *parts } else { 0.0 }).sum();
        let limit = if parts > 0.0 { 0.6 } else { 1.0 };
        if taken > line * limit {
            let rest = line * (1.0 - limit);
            for (weight, natural) in weights.iter_mut().zip(&natural) {
                *weight = match weight {
                    Weight::Content => Weight::Parts(line * limit * natural / taken),
                    Weight::Parts(own) => Weight::Parts(rest * *own / parts),
                };
            }
        }
        let free = (line - if taken > line * limit { 0.0 } else { taken }).max(1.0);
        let all: f64 = weights.iter().map(|weight| if let Weight::Parts(parts) = weight { *parts } else { 0.0 }).sum();
        let letters = weights
            .iter()
            .zip(&natural)
            .map(|(weight, natural)| match weight {
                Weight::Content => *natural,
                Weight::Parts(own) => free * own / all,
            })
            .collect();
        Self { columns: weights, letters }
    }
}
