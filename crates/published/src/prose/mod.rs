//! What the running text says: counts, studies, abbreviations, dates and periods.

mod abbreviations;
pub mod arms;
pub mod counts;
mod paragraphs;
pub mod sentence;
pub mod sizes;
pub mod studies;
pub mod tables;

use std::ops::Range;

use crate::heading::Section;
pub use crate::model::Prose;
use crate::model::Published;
use crate::source::Line;

/// Reads the running text of all views.
#[must_use]
pub fn read(published: &Published, lines: &[Line], rest: &[(Section, Range<usize>)]) -> Prose {
    let mut prose = Prose { paragraphs: paragraphs::of(published, lines, rest), ..Prose::default() };
    abbreviations::find(&mut prose);
    studies::find(&mut prose);
    counts::find(&mut prose);
    prose
}
