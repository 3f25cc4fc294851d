//! Findings, the places they point at, and their rendering.
//!
//! This crate knows nothing of what is diagnosed. Whoever examines something fills a [`Report`]; the functions [`human`],
//! [`jsonl`], [`sarif`] and [`html`] render it for a terminal, for programs, for code-scanning services and for a reader.
//! [`markdown`] sets a manual page for a terminal, and a [`Problem`] says why something could not be examined at all.
//!
//! Two promises hold for every renderer. It never panics, whatever strings and ranges the report holds. And text of an
//! examined document cannot act on the reader's terminal or page: control characters, direction overrides and markup come
//! out as visible text or as escapes.

mod finding;
mod html;
mod human;
mod json;
mod jsonl;
mod language;
mod markdown;
pub mod page;
mod phrase;
mod problem;
mod report;
mod rule;
mod sarif;
mod severity;
mod span;
mod text;

pub use finding::{Finding, Note};
pub use html::html;
pub use human::human;
pub use json::line as json_line;
pub use jsonl::jsonl;
pub use language::{Language, UnknownLanguage, Words};
pub use markdown::markdown;
pub use problem::Problem;
pub use report::{Checked, Report, Tool};
pub use rule::{Reference, Rule};
pub use sarif::sarif;
pub use severity::Severity;
pub use span::Span;
pub use text::clean::inline as harmless;
