//! Reads a Word document (Office Open XML, `.docx`) into pieces.
//!
//! What a person sees with all changes accepted is what is read: insertions are kept, deletions dropped, hidden text and field
//! instructions left out, automatic numbers written out. Headers and footers are dropped, and so are the lines of a table of
//! contents, which only repeat headings; footnotes stand at the end. Charts, drawings made of shapes without text boxes, and embedded
//! documents are not read.

mod document;
mod marks;
mod numbering;
mod package;

pub use document::read;
pub use package::unpack;
