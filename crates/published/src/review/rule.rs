//! A rule: what it is called, how grave its findings are, where it comes from and since when.

pub use diagnostic::Reference;

use super::{Context, Sink};

/// A rule of the review. Each has a file of its own, and a Markdown page of the same name that is its manual, its test and its
/// evidence.
pub type Rule = diagnostic::Rule<fn(&Context<'_>, &mut Sink)>;
