//! An excerpt with carets under what matters.

mod clip;
mod lines;

use super::Page;
use crate::text::cell::{Cell, cells, width, write_line};
use crate::text::style::Style;
use crate::text::wrap::wrap;
use crate::{Severity, Span};

const GUTTER: &str = "    │ ";
/// Lines of context shown before the first underlined line and after the last.
const CONTEXT: usize = 2;
/// At most so many underlined lines are shown; of more, the beginning and the end.
const UNDERLINED: usize = 6;

impl Page {
    pub(super) fn excerpt(&mut self, span: &Span, severity: Severity) {
        let label = span.label.get(self.language);
        let lines = lines::lines(span, !label.is_empty());
        let underlined: Vec<usize> = (0..lines.len()).filter(|&index| lines[index].iter().any(is_underlined)).collect();
        let first = underlined.first().copied().unwrap_or(0);
        let last = underlined.last().copied().unwrap_or(0);
        let mut skipping = false;
        for (index, line) in lines.iter().enumerate() {
            let outside = index + CONTEXT < first || index > last + CONTEXT;
            let inside = last - first >= UNDERLINED && index >= first + UNDERLINED / 2 && index + UNDERLINED / 2 <= last;
            if outside || inside {
                if !skipping {
                    self.gutter(cells("…", Style::Quiet));
                }
                skipping = true;
                continue;
            }
            skipping = false;
            let note = if index == last { label } else { "" };
            self.excerpt_line(line, &cells(note, Style::Weight(severity)), severity);
        }
    }

    fn excerpt_line(&mut self, line: &[Cell], note: &[Cell], severity: Severity) {
        let room = self.width - width(&cells(GUTTER, Style::Plain));
        let shown = clip::clip(line, room, width(note));
        let Some(start) = shown.iter().position(is_underlined) else {
            self.gutter(shown);
            return;
        };
        let end = shown.iter().rposition(is_underlined).map_or(start, |index| index + 1);
        let column = width(&shown[..start]);
        let length = width(&shown[start..end]).max(1);
        let weight = Style::Weight(severity);

        let mut carets = cells(&" ".repeat(column), Style::Plain);
        carets.extend(cells(&"^".repeat(length), weight));
        self.gutter(shown);
        if column + length + 1 + width(note) <= room {
            carets.extend(cells(" ", Style::Plain));
            carets.extend(note.iter().cloned());
            self.gutter(carets);
            return;
        }
        self.gutter(carets);
        let indent = column.min(room.saturating_sub(width(note)));
        for row in wrap(note, room - indent) {
            let mut below = cells(&" ".repeat(indent), Style::Plain);
            below.extend(row);
            self.gutter(below);
        }
    }

    fn gutter(&mut self, line: Vec<Cell>) {
        let mut row = cells(GUTTER, Style::Quiet);
        row.extend(line);
        write_line(&mut self.out, &row, self.colour);
    }
}

/// What is underlined is also the only strong text of an excerpt.
fn is_underlined(cell: &Cell) -> bool {
    cell.style == Style::Strong
}
