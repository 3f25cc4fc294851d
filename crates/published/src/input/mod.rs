//! Readers of the forms a published plan comes in.

pub mod piece;
pub mod text;
pub mod unreadable;

pub use piece::{CellAt, Piece};
pub use unreadable::Unreadable;

/// Largest file that is read, in bytes.
pub const LARGEST: usize = 150 << 20;
/// stub
pub mod pdf { use super::*; #[allow(missing_docs)] pub fn read(_:&[u8])->Result<Vec<Piece>,Unreadable>{Err(Unreadable::NoText)} }
/// stub
pub mod docx { use super::*; #[allow(missing_docs)] pub fn read(_:&[u8])->Result<Vec<Piece>,Unreadable>{Err(Unreadable::NoText)} }
