//! Which part of the language the cursor stands in.

use plan::prose::SectionKind;
use plan::shape::{Key, Shape, Table};
use plan::source::{FileKind, FrontMatter, split};
use plan::tables::{ActivityFacts, ConcernFacts, EfficacyFacts, Family, FormFacts, PlanFacts, StudyFacts, SurveyFacts, TranslationFacts};

use super::desk::{Cursor, Desk};
use super::mention::table_of;
use super::toml_cursor::{TomlCursor, find};

/// The cursor in the TOML of a file.
pub struct InToml {
    /// The file's own table.
    pub root: &'static Shape,
    /// Where the cursor stands, in bytes of the file.
    pub cursor: TomlCursor,
}

impl InToml {
    /// The table that a path of keys leads to.
    pub fn table(&self, keys: &[String]) -> Option<&'static Shape> {
        keys.iter().try_fold(self.root, |shape, key| table_of(&shape.key(key)?.kind))
    }

    /// A key of the table around the cursor.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.table(&self.cursor.table)?.key(name)
    }
}

/// The cursor in TOML, if it stands there.
pub fn in_toml(cursor: &Cursor<'_>) -> Option<InToml> {
    let root = match FileKind::of(cursor.path) {
        FileKind::Plan => PlanFacts::SHAPE,
        FileKind::Studies => StudyFacts::SHAPE,
        FileKind::Concern(_) => ConcernFacts::SHAPE,
        FileKind::Efficacy(_) => EfficacyFacts::SHAPE,
        FileKind::Activity(_) => ActivityFacts::SHAPE,
        FileKind::English(..) => TranslationFacts::SHAPE,
        FileKind::Survey(_) => SurveyFacts::SHAPE,
        FileKind::Form(..) => FormFacts::SHAPE,
        FileKind::Misnamed | FileKind::Ignored | FileKind::Unknown => return None,
    };
    let range = if cursor.path.ends_with(".toml") {
        0..cursor.text.len() + 1
    } else {
        match split(cursor.text).front {
            FrontMatter::Found(range) => range,
            FrontMatter::Unclosed(range) => range.start..range.end + 1,
            FrontMatter::Absent => return None,
        }
    };
    if !range.contains(&cursor.offset) {
        return None;
    }
    let mut found = find(&cursor.text[range.start..range.end.min(cursor.text.len())], cursor.offset - range.start);
    found.word = found.word.start + range.start..found.word.end + range.start;
    Some(InToml { root, cursor: found })
}

/// The cursor in a `{{ … }}` that may not be closed yet.
pub struct InFigure<'a> {
    /// The whole words before the cursor's.
    pub before: Vec<&'a str>,
    /// The bytes of the cursor's word; empty where there is none yet.
    pub word: std::ops::Range<usize>,
}

/// The cursor in a figure, if it stands in one.
pub fn in_figure<'a>(cursor: &Cursor<'a>) -> Option<InFigure<'a>> {
    let body = body(cursor)?;
    let text = cursor.text;
    let start = body + text[body..cursor.offset].rfind("{{")? + 2;
    let inside = &text[start..cursor.offset];
    if inside.contains("}}") || inside.contains("\n\n") {
        return None;
    }
    let (mut before, mut word, mut in_quotes) = (Vec::new(), start, false);
    for (at, c) in inside.char_indices() {
        in_quotes ^= c == '"';
        if in_quotes || !(c.is_whitespace() || c == '+') {
            continue;
        }
        before.extend(Some(&text[word..start + at]).filter(|word| !word.is_empty()));
        word = start + at + c.len_utf8();
    }
    let rest = &text[cursor.offset..];
    let end = rest.find(|c: char| c.is_whitespace() || "+}{".contains(c)).map_or(text.len(), |at| cursor.offset + at);
    Some(InFigure { before, word: word..end })
}

/// Where the prose of the cursor's file begins, if the cursor stands in it.
fn body(cursor: &Cursor<'_>) -> Option<usize> {
    let entry =
        matches!(FileKind::of(cursor.path), FileKind::Concern(_) | FileKind::Efficacy(_) | FileKind::Activity(_) | FileKind::English(..));
    let body = entry.then(|| split(cursor.text).body.start)?;
    (body <= cursor.offset).then_some(body)
}

/// The sections that a file may have, and whether they are written in English.
pub fn sections(desk: &Desk<'_>, cursor: &Cursor<'_>) -> Option<(&'static [SectionKind], bool)> {
    body(cursor)?;
    let activity = |id: &str| {
        let kind = desk.check.plan.activity(id).and_then(|activity| activity.kind.as_ref());
        match kind.map(|kind| kind.family()) {
            Some(Family::Minimisation) => SectionKind::MATERIAL,
            _ => SectionKind::SURVEILLANCE,
        }
    };
    match FileKind::of(cursor.path) {
        FileKind::Concern(_) => Some((SectionKind::CONCERN, false)),
        FileKind::Efficacy(_) => Some((SectionKind::EFFICACY, false)),
        FileKind::Activity(id) => Some((activity(&id), false)),
        FileKind::English(folder, id) => Some(match folder.as_str() {
            "concerns" => (SectionKind::CONCERN, true),
            "efficacy" => (SectionKind::EFFICACY, true),
            _ => (activity(&id), true),
        }),
        _ => None,
    }
}
