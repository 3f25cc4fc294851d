//! Words as they stand in a document, and what they mean: normalised text that remembers its place, names that differ only
//! in writing, and how alike two names are.
//!
//! A Japanese document writes one name in many ways: full or half width, with blanks where a line was broken, in one kind of
//! brackets or another. Everything that compares text compares [`Text`]; everything that is shown to a person is the
//! original, found again through the offsets.

mod fold;
mod name;
mod text;

pub use fold::{fold, is_blank};
pub use name::{Likeness, core, distance, key, likeness, likeness_of_keys, similarity};
pub use text::Text;
