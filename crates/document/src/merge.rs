//! Changes made in a Word file that was built, taken back into the source.

mod written;

pub use written::Written;
pub(crate) use written::sourced;
