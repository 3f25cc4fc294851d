use crate::Span;
use crate::text::cell::{Cell, Cells};
use crate::text::clean::ends_line;
use crate::text::style::Style;

/// Blanks that follow each other are shown up to this number: converters put dozens where a page had room.
const BLANKS: usize = 3;

/// The lines of a span's excerpt; what is marked is strong. With `point`, an empty mark becomes the character at its place.
pub(super) fn lines(span: &Span, point: bool) -> Vec<Vec<Cell>> {
    let (text, mark) = span.shown();
    let mark = if mark.is_empty() && point { pointed(text, mark.start) } else { mark };
    let mut lines = Vec::new();
    let mut line = Cells::default();
    let mut characters = text.char_indices().peekable();
    while let Some((index, character)) = characters.next() {
        let style = if mark.contains(&index) { Style::Strong } else { Style::Plain };
        if ends_line(character) {
            if character == '\r' {
                characters.next_if(|(_, next)| *next == '\n');
            }
            lines.push(tidy(std::mem::take(&mut line)));
        } else if character == '\t' {
            line.push_str("   ", style);
        } else {
            line.push(character, style);
        }
    }
    lines.push(tidy(line));
    while lines.last().is_some_and(Vec::is_empty) {
        lines.pop();
    }
    lines
}

/// The character at `index`, or the one before it at the end of the text or of a line.
fn pointed(text: &str, index: usize) -> std::ops::Range<usize> {
    let (before, after) = text.split_at(index);
    match (after.chars().next(), before.chars().next_back()) {
        (Some(next), _) if !ends_line(next) => index..index + next.len_utf8(),
        (_, Some(last)) => index - last.len_utf8()..index,
        (Some(next), None) => index..index + next.len_utf8(),
        (None, None) => index..index,
    }
}

/// Without blanks at the beginning and without long rows of them; underlined blanks stay.
fn tidy(line: Cells) -> Vec<Cell> {
    let mut tidied: Vec<Cell> = Vec::new();
    let mut blanks = BLANKS;
    for cell in line.into_vec() {
        blanks = if cell.is_blank() { blanks + 1 } else { 0 };
        if blanks <= BLANKS || cell.style == Style::Strong {
            tidied.push(cell);
        }
    }
    tidied
}
