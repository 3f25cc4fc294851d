//! The sections of prose of a file.

use std::ops::Range;

use plan::prose::SectionKind;
use plan::source::{FileKind, split};

/// A section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its heading as it is written, or as it would be.
    pub name: String,
    /// What it holds: Japanese and English.
    pub doc: (&'static str, &'static str),
    /// What stands in it, without blank lines around it.
    pub text: String,
}

/// The sections of a file: those that are written, and those that the language knows for such a file.
#[must_use]
pub fn sections(path: &str, text: &str) -> Vec<Section> {
    let known: &[SectionKind] = match FileKind::of(path) {
        FileKind::Concern(_) => SectionKind::CONCERN,
        FileKind::Efficacy(_) => SectionKind::EFFICACY,
        FileKind::Activity(_) => SectionKind::SURVEILLANCE,
        FileKind::English(..) => &[],
        _ => return Vec::new(),
    };
    let written = written(text);
    let mut all: Vec<Section> = written
        .iter()
        .map(|(name, range)| Section {
            name: name.clone(),
            doc: SectionKind::parse(name).map_or(("", ""), SectionKind::doc),
            text: text[range.clone()].trim_matches('\n').to_owned(),
        })
        .collect();
    let missing = known.iter().filter(|kind| !written.iter().any(|(name, _)| SectionKind::parse(name) == Some(**kind)));
    all.extend(missing.map(|kind| Section { name: kind.words().0.to_owned(), doc: kind.doc(), text: String::new() }));
    all
}

/// The text with the sections that were changed.
pub(super) fn applied(text: &str, path: &str, fields: &[(String, String)]) -> String {
    let mut text = text.to_owned();
    let before = sections(path, &text);
    for (name, value) in fields.iter().filter_map(|(name, value)| Some((name.strip_prefix("section:")?, value))) {
        let value = value.replace("\r\n", "\n");
        let value = value.trim_matches('\n').trim_end();
        let Some(section) = before.iter().find(|section| section.name == name && section.text.trim_end() != value) else { continue };
        match written(&text).into_iter().find(|(written, _)| *written == section.name) {
            Some((_, range)) => {
                // blank lines around it stay as they were
                let body = &text[range.clone()];
                let start = range.start + (body.len() - body.trim_start_matches('\n').len());
                let end = range.start + body.trim_end_matches('\n').len();
                text.replace_range(start.min(end)..end.max(start), value);
            }
            None if !value.is_empty() => {
                let parted = if text.ends_with("\n\n") || text.ends_with("+++\n") { "" } else { "\n" };
                text.push_str(&format!("{parted}# {name}\n{value}\n"));
            }
            None => {}
        }
    }
    text
}

/// The headings of level 1, each with the bytes below it.
fn written(text: &str) -> Vec<(String, Range<usize>)> {
    let mut all: Vec<(String, Range<usize>)> = Vec::new();
    let body = split(text).body;
    let mut at = body.start;
    let mut fenced = false;
    for line in text[body].split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if let Some(name) = line.strip_prefix("# ").filter(|_| !fenced) {
            if let Some((_, last)) = all.last_mut() {
                last.end = start;
            }
            all.push((name.trim().to_owned(), at..text.len()));
        }
    }
    all
}
