//! The paragraphs of the views.

use std::ops::Range;

use calendar::{find_dates, find_periods};
use terminology::{Text, is_blank};

use crate::heading::Section;
use crate::model::{Paragraph, Passage, Published, View};
use crate::source::Line;

/// All paragraphs, in the order of the document.
#[must_use]
pub fn of(published: &Published, lines: &[Line], rest: &[(Section, Range<usize>)]) -> Vec<Paragraph> {
    let mut paragraphs = Vec::new();
    let source = published.source.text.as_str();
    for (section, range) in rest {
        if *section == Section::Product {
            let mut passage = Passage::default();
            lines[range.clone()].iter().for_each(|l| passage.push(l, 0));
            push(&mut paragraphs, source, *section, "", &passage);
        }
    }
    for (section, name, passage) in published.passages() {
        push(&mut paragraphs, source, section, name, passage);
    }
    paragraphs
}

fn push(paragraphs: &mut Vec<Paragraph>, source: &str, section: Section, name: &str, passage: &Passage) {
    let mut text = Text::default();
    let count = passage.starts.len();
    for n in 0..count {
        let line = passage.line(n);
        text.append(&passage.text.slice(line.clone()));
        let key = &passage.as_str()[line];
        let goes_on =
            n + 1 < count && passage.wrapped[n] && !key.ends_with(['。', '】']) && !begins(&passage.as_str()[passage.line(n + 1)]);
        if !goes_on {
            let s = text.as_str();
            let dates = find_dates(s);
            let periods = find_periods(s);
            let cell = !s.contains('。') && s.chars().count() <= 60;
            paragraphs.push(Paragraph {
                view: View { section, name: name.to_owned() },
                dates,
                periods,
                cell,
                seams: seams(&text, source),
                text: std::mem::take(&mut text),
            });
        }
    }
}

/// Where a blank of the same line, or the end of a cell that holds a number only, stands between two figures.
fn seams(text: &Text, source: &str) -> Vec<usize> {
    let bytes = text.as_str().as_bytes();
    (1..bytes.len())
        .filter(|&at| bytes[at - 1].is_ascii_digit() && bytes[at].is_ascii_digit())
        .filter(|&at| {
            let (Some(before), Some(after)) = (text.origin(at - 1), text.origin(at)) else { return false };
            let width = source.get(before..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            match source.get(before + width..after) {
                None | Some("") => false,
                Some(between) if between.contains('\n') => {
                    let line = source[..before + width].rsplit('\n').next().unwrap_or_default().trim();
                    line.chars().count() <= 16 && line.chars().all(is_of_number)
                }
                Some(between) => between.chars().all(is_blank),
            }
        })
        .collect()
}

/// True for what the number of a study or of patients is written with, in full or half width.
fn is_of_number(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '－' | '‐' | '−' | '_' | ',' | '，' | '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// True where a line begins a paragraph of its own.
fn begins(key: &str) -> bool {
    key.starts_with(['・', '【', '※', '○', '●', '■']) || key.starts_with(|c| matches!(c, '①'..='⑳'))
}
