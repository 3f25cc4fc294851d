//! Editing plan source by forms: each declared key a field, each section of prose a field; what is changed there becomes the smallest
//! change of the text, as a person would make it. What is not touched stays as it is, letter by letter.
//!
//! | where | what |
//! |---|---|
//! | `fields.rs` | from a file to its fields, by the shapes that the language declares |
//! | `apply.rs` | from fields that were changed to the text |
//! | `sections.rs` | the sections of prose |
//! | `three.rs` | what two people made of one text |

mod apply;
mod fields;
mod sections;
pub mod three;

pub use apply::{Mistake, applied};
pub use fields::{Entry, Field, Group, Kind, fields};
pub use sections::{Section, sections};

use std::ops::Range;

use plan::shape::Shape;
use plan::source::{FileKind, FrontMatter, split};
use plan::tables::FILES;

/// The shape of a file by its path; none where the language says nothing of it.
#[must_use]
pub fn shape(path: &str) -> Option<&'static Shape> {
    let name = match FileKind::of(path) {
        FileKind::Plan => "plan.toml",
        FileKind::Studies => "studies.toml",
        FileKind::Concern(_) => "concerns/<id>.md",
        FileKind::Efficacy(_) => "efficacy/<id>.md",
        FileKind::Activity(_) => "activities/<id>.md",
        FileKind::English(..) => "<folder>/<id>.en.md",
        FileKind::Survey(_) => "forms/<activity>/survey.toml",
        FileKind::Form(..) => "forms/<activity>/<form>.toml",
        _ => return None,
    };
    FILES.iter().find(|(path, _)| *path == name).map(|(_, shape)| *shape)
}

/// The bytes of a file that are TOML.
#[must_use]
pub fn toml_range(path: &str, text: &str) -> Option<Range<usize>> {
    if path.ends_with(".toml") {
        return Some(0..text.len());
    }
    match split(text).front {
        FrontMatter::Found(range) => Some(range),
        _ => None,
    }
}
