//! The Markdown of a plan: its sections, and the blocks that are printed from it.

mod blocks;
mod comment;
mod join;
mod section;

pub use blocks::{Block, Run, blocks, paragraph_ranges};
pub(crate) use comment::cuts;
pub use comment::{Comments, blanked, comments, without_comments};
pub use join::joined;
pub use section::{Passage, Prose, Section, SectionKind};
