//! Tables of two columns, what is asked on the left and the answer on the right, read as headings with the text below them.

use std::collections::HashSet;

use terminology::Text;

use crate::heading;
use crate::source::{Line, Segment};

/// Lines of a label at most: 当該医薬品安全性監視活動の結果に… in a narrow column.
const LONGEST_LABEL: usize = 10;

/// What the labels of a section are.
#[derive(Clone, Copy)]
pub struct Labels {
    /// True for the whole words of a label.
    pub whole: fn(&str) -> bool,
    /// True for the first words of one.
    pub begins: fn(&str) -> bool,
}

/// The labels of an activity.
pub const ACTIVITY: Labels = Labels { whole: |key| heading::label(key).is_some(), begins: heading::begins_label };
/// The labels of a concern in 1.1 and 1.2.
pub const CONCERN: Labels = Labels { whole: heading::box_label, begins: heading::begins_box_label };

/// The lines with each such table unfolded, and which of them are labels.
#[must_use]
pub fn unfold(lines: &[Line], kind: Labels) -> (Vec<Line>, HashSet<usize>) {
    let mut unfolded: Vec<Line> = Vec::with_capacity(lines.len());
    let mut labels = HashSet::new();
    let mut at = 0;
    while at < lines.len() {
        if let Some((label, taken)) = of_cells(&lines[at..], kind) {
            labels.insert(unfolded.len());
            unfolded.push(label);
            at += taken;
        } else if let Some((label, values, taken)) = of_columns(&lines[at..], kind) {
            labels.insert(unfolded.len());
            unfolded.push(label);
            unfolded.extend(values);
            at += taken;
        } else {
            unfolded.push(lines[at].clone());
            at += 1;
        }
    }
    (unfolded, labels)
}

/// A label in a cell of its own, with another cell beside it, and how many lines it takes.
fn of_cells(lines: &[Line], kind: Labels) -> Option<(Line, usize)> {
    let cell = lines[0].cell?;
    let taken = lines.iter().take_while(|l| l.cell == Some(cell)).count();
    let in_row = |l: &&Line| l.cell.is_some_and(|c| (c.table, c.row) == (cell.table, cell.row));
    let beside = lines.get(taken).filter(in_row)?.cell?;
    // three cells and more are a table of something else
    if taken > LONGEST_LABEL || lines[taken..].iter().take_while(in_row).any(|l| l.cell != Some(beside)) {
        return None;
    }
    let mut label = lines[0].clone();
    lines[1..taken].iter().for_each(|l| label.text.append(&l.text));
    (kind.whole)(label.key()).then_some((label, taken))
}

/// A label at the left of lines whose answers begin at one place further right: the label, the lines of the answer, and how many
/// lines they take.
fn of_columns(lines: &[Line], kind: Labels) -> Option<(Line, Vec<Line>, usize)> {
    let first = &lines[0];
    if first.cell.is_some() || first.segments.len() != 2 {
        return None;
    }
    let column = first.segments[1].x;
    let left = |line: &Line| line.segments.first().filter(|s| s.x + 2 < column).map(|s| s.text.clone());
    // the words on the left, line by line, as long as they make up a label
    let mut words = Text::default();
    let (mut label, mut last) = (None, 0);
    for (n, line) in lines.iter().enumerate() {
        if line.cell.is_some() {
            break;
        }
        let Some(part) = left(line) else { continue };
        let ended = label.is_some() && (line.blank_before || (kind.begins)(part.as_str()));
        if n >= LONGEST_LABEL || (n > 0 && ended) {
            break;
        }
        words.append(&part);
        if (kind.whole)(words.as_str()) {
            (label, last) = (Some(words.clone()), n);
        }
    }
    let text = label?;
    let mut values = Vec::new();
    let mut taken = 0;
    for (n, line) in lines.iter().enumerate() {
        let from = usize::from(left(line).is_some());
        // to the left of the answers and behind the label: something else
        if line.cell.is_some() || (n > last && from > 0) || heading::section(line.key()).is_some() {
            break;
        }
        taken = n + 1;
        let rest = &line.segments[from..];
        let mut value = Text::default();
        rest.iter().for_each(|s| value.append(&s.text));
        if !value.is_empty() {
            let segments: Vec<Segment> = rest.to_vec();
            values.push(Line { text: value, indent: segments.first().map_or(line.indent, |s| s.x), segments, ..line.clone() });
        }
    }
    Some((Line { text: text.clone(), segments: vec![Segment { x: first.segments[0].x, text }], ..first.clone() }, values, taken))
}
