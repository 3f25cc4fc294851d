//! One canonical layout of a plan's files.
//!
//! Keys and tables stand in the order of the language, known tables as `[key]` and `[[key]]`, values that may be a table or
//! something else inline. Comments stay with what they are about: those at the end of a line with their value, those above a key or a
//! header with that key or header, and the first ones of a file, up to a blank line, at its head. Prose has one blank line between
//! blocks, figures in one spelling, lists with `-` and tables in columns; its lines are not wrapped anew.

mod comments;
mod emit;
mod layout;
mod prose;
mod scalar;
mod table;

use diagnostic::Language;
use toml::de::DeTable;

use crate::model::{English, Plan};
use crate::prose::{Passage, Prose, blocks};
use crate::read::read;
use crate::rules::code;
use crate::shape::{Shape, Table};
use crate::source::{FileKind, Folder, FrontMatter, split};
use crate::tables::{ActivityFacts, ConcernFacts, EfficacyFacts, FormFacts, PlanFacts, StudyFacts, SurveyFacts, TranslationFacts};

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
        FileKind::Plan | FileKind::Studies | FileKind::Survey(_) | FileKind::Form(..) => {
            tables(text.strip_prefix('\u{feff}').unwrap_or(text), shape)?
        }
        FileKind::English(..) => document(text, shape, true)?,
        _ => document(text, shape, false)?,
    };
    // what would state something else, by whatever mistake of this module, is not written
    let alone = |text: &str| {
        let mut folder: Folder = [(path, text)].into_iter().collect();
        if let FileKind::English(folder_of, id) = FileKind::of(path) {
            // a translation is nothing without the file that it translates
            folder.insert(format!("{folder_of}/{id}.md"), "+++\n+++\n");
        }
        read(&folder).plan
    };
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
        FileKind::Survey(_) => Some(SurveyFacts::SHAPE),
        FileKind::Form(..) => Some(FormFacts::SHAPE),
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
    let body = prose::laid_out(&text[parts.body]);
    match parts.front {
        FrontMatter::Found(range) => Ok(format!("+++\n{}+++\n{body}", tables(&text[range], shape)?)),
        // words that look like front matter once their indentation is gone keep it
        FrontMatter::Absent if bare && split(&body).front != FrontMatter::Absent => Ok(text.to_owned()),
        FrontMatter::Absent if bare => Ok(body),
        FrontMatter::Absent | FrontMatter::Unclosed(_) => Err(code::FRONT_MATTER_BROKEN),
    }
}

/// True if two plans state and print the same.
fn same(a: &Plan, b: &Plan) -> bool {
    let prose = |one: &Prose, other: &Prose| {
        one.sections.len() == other.sections.len()
            && one.sections.iter().zip(&other.sections).all(|(one, other)| {
                let figures = |passage: &Passage| -> Vec<_> {
                    passage
                        .figures
                        .iter()
                        .map(|figure| figure.kind.as_ref().map(ToString::to_string).map_err(|wrong| wrong.message))
                        .collect()
                };
                let printed = |plan: &Plan, passage: &Passage| blocks(&plan.printed(passage, Language::Japanese));
                one.kind == other.kind && printed(a, &one.body) == printed(b, &other.body) && figures(&one.body) == figures(&other.body)
            })
    };
    let english = |one: &Option<English>, other: &Option<English>| match (one, other) {
        (Some(one), Some(other)) => one.title == other.title && prose(&one.prose, &other.prose),
        (None, None) => true,
        _ => false,
    };
    fn all<T>(a: &[T], b: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
    }
    a.facts == b.facts
        && a.studies == b.studies
        && a.surveys == b.surveys
        && all(&a.concerns, &b.concerns, |a, b| {
            a.id == b.id && a.facts == b.facts && prose(&a.prose, &b.prose) && english(&a.english, &b.english)
        })
        && all(&a.efficacy, &b.efficacy, |a, b| {
            a.id == b.id && a.facts == b.facts && prose(&a.prose, &b.prose) && english(&a.english, &b.english)
        })
        && all(&a.activities, &b.activities, |a, b| {
            a.id == b.id && a.facts == b.facts && prose(&a.prose, &b.prose) && english(&a.english, &b.english)
        })
}
