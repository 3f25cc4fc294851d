//! Labels with a value beside them: the head of 概要, and 品目の概要.

use terminology::Text;

use crate::model::{Field, Stated};
use crate::read::grid;
use crate::source::{Line, Source};

/// Finds each label and what stands beside it, be it in a cell, a column, or the lines that follow.
#[must_use]
pub fn read(source: &Source, lines: &[Line], labels: &[&'static str]) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let has_columns = lines.iter().any(|l| l.cell.is_none() && l.segments.len() >= 2);
    let mut left: Option<(usize, usize)> = None; // field, x of its value
    let mut right: Option<(usize, usize)> = None;
    let mut partial = String::new(); // a label that its column cuts
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        if let Some(cell) = line.cell {
            // labels and values take turns in a row
            let row: Vec<&Line> =
                lines[at..].iter().take_while(|l| l.cell.is_some_and(|c| (c.table, c.row) == (cell.table, cell.row))).collect();
            at += row.len();
            let inner = left.is_some() && is_head_of_dosage(&row, labels);
            let mut n = 0;
            while n < row.len() {
                let same: Vec<&&Line> = row[n..].iter().take_while(|l| l.cell == row[n].cell).collect();
                let mut joined = Text::default();
                same.iter().for_each(|l| joined.append(&l.text));
                n += same.len();
                if let Some(label) = label(joined.as_str(), labels).filter(|_| !inner) {
                    fields.push(Field { label, value: Stated::sure(Text::default()), lines: Vec::new() });
                    left = Some((fields.len() - 1, 0));
                } else if let Some((field, _)) = left {
                    for line in same {
                        fields[field].value.text.append(&line.text);
                        fields[field].lines.push(line.text.clone());
                    }
                }
            }
            continue;
        }
        at += 1;
        if !has_columns {
            let key = line.key().trim_end_matches(':');
            if let Some(label) = label(key, labels) {
                fields.push(Field { label, value: Stated { text: Text::default(), sure: source.text.contains('\t') }, lines: Vec::new() });
                left = Some((fields.len() - 1, 0));
                continue;
            }
            if let Some((label, value)) = labelled(&line.text, labels) {
                fields.push(Field { label, value: Stated::sure(value.clone()), lines: vec![value] });
                left = Some((fields.len() - 1, 0));
                continue;
            }
            if let Some((field, _)) = left {
                fields[field].value.text.append(&line.text);
                fields[field].lines.push(line.text.clone());
            }
            continue;
        }
        // columns by the blanks between them
        let tokens = grid::tokens(source, line);
        let mut target = left;
        let mut words: Vec<(Option<(usize, usize)>, Text)> = Vec::new();
        for (n, token) in tokens.iter().enumerate() {
            let key = token.text.as_str();
            let wide = n == 0 || token.gap >= 2;
            if token.x <= 2 && n == 0 {
                let whole = format!("{partial}{key}");
                if let Some(label) = label(&whole, labels) {
                    if partial.is_empty() {
                        fields.push(Field { label, value: Stated::sure(Text::default()), lines: Vec::new() });
                        left = Some((fields.len() - 1, tokens.get(1).map_or(0, |t| t.x)));
                        right = None;
                    } else if let Some((field, _)) = left {
                        fields[field].label = label;
                    }
                    partial.clear();
                    target = left;
                    continue;
                }
                if let Some(&cut) = labels.iter().find(|l| key.chars().count() >= 2 && l.starts_with(key)) {
                    partial = key.to_owned();
                    fields.push(Field { label: cut, value: Stated::sure(Text::default()), lines: Vec::new() });
                    left = Some((fields.len() - 1, tokens.get(1).map_or(0, |t| t.x)));
                    right = None;
                    target = left;
                    continue;
                }
            }
            if n > 0
                && let Some(label) = label(key, labels)
                && (wide || matches!(label, "承認番号" | "薬効分類" | "有効成分"))
            {
                fields.push(Field { label, value: Stated::sure(Text::default()), lines: Vec::new() });
                right = Some((fields.len() - 1, token.x));
                target = right;
                continue;
            }
            if wide && let Some((_, x)) = right {
                target = if token.x + 1 >= x { right } else { left };
            }
            match words.last_mut() {
                Some((field, text)) if *field == target => text.append(&token.text),
                _ => words.push((target, token.text.clone())),
            }
        }
        for (target, text) in words {
            if let Some((field, _)) = target {
                fields[field].value.text.append(&text);
                fields[field].lines.push(text);
            }
        }
    }
    fields
}

/// Whether a row is the head of a table inside of a value: a table of doses by indication says 効能又は効果 or 用法及び用量 over its
/// columns, with other heads beside it, where the form has the label and its value alone.
fn is_head_of_dosage(row: &[&Line], labels: &[&'static str]) -> bool {
    let mut cells: Vec<Text> = Vec::new();
    for lines in row.chunk_by(|one, next| one.cell == next.cell) {
        let mut text = Text::default();
        lines.iter().for_each(|line| text.append(&line.text));
        cells.push(text);
    }
    let said: Vec<_> = cells.iter().map(|cell| label(cell.as_str(), labels)).collect();
    let is_column = |label: &Option<&str>| matches!(label, Some("効能又は効果" | "用法及び用量"));
    said.iter().any(is_column) && (cells.len() > 2 || (cells.len() == 2 && said.iter().all(Option::is_some)))
}

fn label(key: &str, labels: &[&'static str]) -> Option<&'static str> {
    let key = key.trim_end_matches(':').trim_matches(|c| matches!(c, '【' | '】' | '<' | '>'));
    let key = key.strip_prefix('・').unwrap_or(key);
    labels
        .iter()
        .find(|l| {
            **l == key || (l.contains("又は") && l.replace("又は", "・") == key) || (l.contains("及び") && l.replace("及び", "・") == key)
        })
        .copied()
}

fn labelled(text: &Text, labels: &[&'static str]) -> Option<(&'static str, Text)> {
    let colon = text.as_str().find(':')?;
    let label = label(&text.as_str()[..colon], labels)?;
    Some((label, text.slice(colon + 1..text.len())))
}
