use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::clean::visible;
use super::style::{END, Style};

/// The smallest piece of text that takes room on a terminal: a character with what combines with it.
///
/// Widths follow Unicode Standard Annex 11; a character of ambiguous width takes one column, as terminals do by default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) width: usize,
    pub(crate) style: Style,
}

impl Cell {
    /// The character the cell begins with.
    pub(crate) fn first(&self) -> char {
        self.text.chars().next().unwrap_or(' ')
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.first().is_whitespace()
    }
}

/// A row of cells under construction.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cells(Vec<Cell>);

impl Cells {
    /// Adds one character, which joins the cell before it if it takes no room of its own.
    pub(crate) fn push(&mut self, character: char, style: Style) {
        let character = visible(character);
        let mut buffer = [0; 4];
        let text = character.encode_utf8(&mut buffer);
        let width = text.width();
        if width == 0
            && let Some(last) = self.0.last_mut()
        {
            last.text.push(character);
            last.width = last.text.width();
        } else {
            let text = text.to_owned();
            self.0.push(Cell { text, width, style });
        }
    }

    pub(crate) fn push_str(&mut self, text: &str, style: Style) {
        for character in text.chars() {
            self.push(character, style);
        }
    }

    /// Whether `text` follows without a blank: both sides of the joint are full width.
    pub(crate) fn joins(&self, text: &str) -> bool {
        let wide = |character: char| character.width().unwrap_or(0) > 1;
        self.0.last().is_some_and(|cell| wide(cell.first())) && text.chars().next().is_some_and(wide)
    }

    pub(crate) fn into_vec(self) -> Vec<Cell> {
        self.0
    }
}

/// A text as cells, on one line.
pub(crate) fn cells(text: &str, style: Style) -> Vec<Cell> {
    let mut cells = Cells::default();
    cells.push_str(text, style);
    cells.into_vec()
}

/// Display columns.
pub(crate) fn width(cells: &[Cell]) -> usize {
    cells.iter().map(|cell| cell.width).sum()
}

/// Writes a line of cells and its end; blanks at the end are left out.
pub(crate) fn write_line(out: &mut String, cells: &[Cell], colour: bool) {
    let length = cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |index| index + 1);
    let mut style = Style::Plain;
    for cell in &cells[..length] {
        if colour && cell.style != style {
            if style != Style::Plain {
                out.push_str(END);
            }
            out.push_str(cell.style.begin());
            style = cell.style;
        }
        out.push_str(&cell.text);
    }
    if style != Style::Plain {
        out.push_str(END);
    }
    out.push('\n');
}
