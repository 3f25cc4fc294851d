//! One canonical layout of a plan's files.
//!
//! Keys and tables stand in the order of the language, known tables as `[key]` and `[[key]]`, values that may be a table or
//! something else inline. Comments stay with what they are about: those at the end of a line with their value, those above a key or a
//! header with that key or header, and the first ones of a file, up to a blank line, at its head. Prose is kept as it is, but for
//! blanks at the ends of lines and files where they mean nothing.

mod comments;
mod emit;
mod prose;
mod scalar;

use toml::de::DeTable;

use crate::model::{English, Entry, Plan};
use crate::prose::{Prose, blocks};
use crate::read::read;
use crate::rules::code;
use crate::shape::{Shape, Table};
use crate::source::{FileKind, Folder, FrontMatter, split};
use crate::tables::{ActivityFacts, ConcernFacts, EfficacyFacts, PlanFacts, StudyFacts, TranslationFacts};

/// A folder in its canonical layout.
#[derive(Clone, Debug, Default)]
pub struct Formatted {
    /// The files that change, with their new bytes.
    pub changed: Folder,
    /// The files that are left alone because they cannot be read as text or as TOML.
    pub left: Vec<Left>,
    /// How many files of the plan were looked at.
    pub files: usize,
}

/// A file that is left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Its path.
    pub path: String,
    /// The code of the rule of `check` that tells why.
    pub code: &'static str,
}

/// Lays out every file of a plan. Files that are none of the language are not looked at.
#[must_use]
pub fn format(folder: &Folder) -> Formatted {
    let mut formatted = Formatted::default();
    for (path, bytes) in folder.iter() {
        if shape(&FileKind::of(path)).is_none() {
            continue;
        }
        formatted.files += 1;
        match format_file(path, bytes) {
            Ok(text) if text.as_bytes() == bytes => {}
            Ok(text) => formatted.changed.insert(path, text),
            Err(code) => formatted.left.push(Left { path: path.to_owned(), code }),
        }
    }
    formatted
}

/// The canonical layout of one file of a plan; of a file that the language does not know, its text.
///
/// # Errors
/// The code of the rule of `check` that tells why the file is left alone: it is not UTF-8, its TOML cannot be read, or its front
/// matter is missing or not closed.
///
/// ```
/// let text = plan::format::format_file("studies.toml", b"study=[ {  title='t' ,id='A'}]").unwrap();
/// assert_eq!(text, "[[study]]\nid = \"A\"\ntitle = \"t\"\n");
/// ```
pub fn format_file(path: &str, bytes: &[u8]) -> Result<String, &'static str> {
    let text = std::str::from_utf8(bytes).map_err(|_| code::NOT_TEXT)?;
    let kind = FileKind::of(path);
    let Some(shape) = shape(&kind) else { return Ok(text.to_owned()) };
    let new = match kind {
        FileKind::Plan | FileKind::Studies => tables(text.strip_prefix('\u{feff}').unwrap_or(text), shape)?,
        FileKind::English(..) => document(text, shape, true)?,
        _ => document(text, shape, false)?,
    };
    // what would state something else, by whatever mistake of this module, is not written
    let alone = |text: &str| read(&[(path, text)].into_iter().collect()).plan;
    Ok(if same(&alone(text), &alone(&new)) { new } else { text.to_owned() })
}

fn shape(kind: &FileKind) -> Option<&'static Shape> {
    match kind {
        FileKind::Plan => Some(PlanFacts::SHAPE),
        FileKind::Studies => Some(StudyFacts::SHAPE),
        FileKind::Concern(_) => Some(ConcernFacts::SHAPE),
        FileKind::Efficacy(_) => Some(EfficacyFacts::SHAPE),
        FileKind::Activity(_) => Some(ActivityFacts::SHAPE),
        FileKind::English(..) => Some(TranslationFacts::SHAPE),
        FileKind::Misnamed | FileKind::Ignored | FileKind::Unknown => None,
    }
}

/// TOML in canonical layout.
pub(crate) fn tables(text: &str, shape: &'static Shape) -> Result<String, &'static str> {
    let table = DeTable::parse(text).map_err(|_| code::SYNTAX_ERROR)?;
    Ok(emit::document(text, table.get_ref(), shape))
}

fn document(text: &str, shape: &'static Shape, bare: bool) -> Result<String, &'static str> {
    let parts = split(text);
    let written = &text[parts.body];
    let tidy = prose::tidy(written);
    // a file that is a translation is nothing alone, so that what it prints is compared here
    let body = if blocks(&tidy) == blocks(written) { tidy } else { written.to_owned() };
    match parts.front {
        FrontMatter::Found(range) => Ok(format!("+++\n{}+++\n{body}", tables(&text[range], shape)?)),
        FrontMatter::Absent if bare => Ok(body),
        FrontMatter::Absent | FrontMatter::Unclosed(_) => Err(code::FRONT_MATTER_BROKEN),
    }
}

/// True if two plans state and print the same.
fn same(a: &Plan, b: &Plan) -> bool {
    fn prose(a: &Prose, b: &Prose) -> bool {
        a.sections.len() == b.sections.len()
            && a.sections.iter().zip(&b.sections).all(|(a, b)| {
                let good = |passage: &crate::prose::Passage| passage.figures.iter().map(|f| f.kind.is_ok()).collect::<Vec<_>>();
                a.kind == b.kind && blocks(&a.body.text) == blocks(&b.body.text) && good(&a.body) == good(&b.body)
            })
    }
    fn english(a: &Option<English>, b: &Option<English>) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => a.title == b.title && prose(&a.prose, &b.prose),
            (None, None) => true,
            _ => false,
        }
    }
    fn entries<I: PartialEq, F: PartialEq>(a: &[Entry<I, F>], b: &[Entry<I, F>]) -> bool {
        a.len() == b.len()
            && a.iter()
                .zip(b)
                .all(|(a, b)| a.id == b.id && a.facts == b.facts && prose(&a.prose, &b.prose) && english(&a.english, &b.english))
    }
    a.facts == b.facts
        && a.studies == b.studies
        && entries(&a.concerns, &b.concerns)
        && entries(&a.efficacy, &b.efficacy)
        && entries(&a.activities, &b.activities)
}
