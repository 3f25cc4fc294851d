//! What is wrong with a file of tokens.

use std::fmt;
use std::ops::Range;

/// Something wrong in a file of tokens: what it is and what to do, in both languages, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Bytes of the file that it is about.
    pub at: Range<usize>,
    /// What is wrong and what to do, in Japanese.
    pub japanese: String,
    /// The same in English.
    pub english: String,
}

impl Fault {
    pub(super) fn new(at: Range<usize>, japanese: impl Into<String>, english: impl Into<String>) -> Self {
        Self { at, japanese: japanese.into(), english: english.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} / {}", self.japanese, self.english)
    }
}

impl std::error::Error for Fault {}
