//! Readers of the forms a published plan comes in.

pub mod piece;

pub use piece::{CellAt, Piece};
