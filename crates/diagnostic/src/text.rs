//! Text for people: made harmless, measured in display columns, broken into lines.

pub(crate) mod cell;
pub(crate) mod clean;
pub(crate) mod style;
pub(crate) mod wrap;
