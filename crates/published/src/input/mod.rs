//! Readers of the forms a published plan comes in.

pub mod docx;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod piece;
pub mod text;
pub mod unreadable;

pub use piece::{CellAt, Piece};
pub use unreadable::Unreadable;

/// Largest file that is read, in bytes.
pub const LARGEST: usize = 150 << 20;

/// Longest text that is read, in bytes: over a hundred times the longest published plan. A longer file is another document.
pub const LONGEST_TEXT: usize = 16 << 20;

/// Stands for the reader of PDF where it is not built in (feature `pdf`).
#[cfg(not(feature = "pdf"))]
pub mod pdf {
    use super::{Piece, Unreadable};

    /// Reads nothing.
    ///
    /// # Errors
    /// Always [`Unreadable::WithoutPdf`].
    pub fn read(_bytes: &[u8]) -> Result<Vec<Piece>, Unreadable> {
        Err(Unreadable::WithoutPdf)
    }
}
