//! A document as a tree, and its renderers. Nothing here knows what is printed.

mod docx;
pub mod fonts;
mod grid;
mod html;
mod measure;
mod names;
#[cfg(feature = "pdf")]
mod pdf;
mod together;
mod tokens;
mod tree;

pub use docx::{PRINTED, Provenance, Unwritable, docx, returnable_docx};
pub use html::{html, piece};
#[cfg(feature = "pdf")]
pub use pdf::{Failure, forget, pages, pdf};
pub use tokens::{Colour, Fault, Fonts, Lines, Margins, Palette, Sizes, Spacing, Token, Tokens};
pub use tree::{
    Align, Attachment, Block, Cell, Column, Document, Heading, Inline, Language, Mark, Note, Page, Picture, Relationship, Revision, Row,
    Rules, Table, Tone, Weight,
};
