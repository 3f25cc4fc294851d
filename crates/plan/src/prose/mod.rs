//! The Markdown of a plan: its sections, and the blocks that are printed from it.

mod blocks;
mod join;
mod section;

pub use blocks::{Block, Run, blocks};
pub use join::joined;
pub use section::{Passage, Prose, Section, SectionKind};
