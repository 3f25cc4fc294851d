//! Word files: what other programs make of them.

#![expect(clippy::unwrap_used, reason = "tests")]

mod parts;
mod programs;
mod sample;

use typeset::{Document, Tokens, docx};

/// The file of a document.
fn written(document: &Document) -> Vec<u8> {
    docx(document, &Tokens::default()).unwrap()
}
