//! A document as a tree, and its renderers. Nothing here knows what is printed.

mod tree;

pub use tree::{
    Align, Attachment, Block, Cell, Column, Document, Heading, Inline, Language, Mark, Note, Page, Picture, Relationship, Revision, Row,
    Rules, Table, Tone, Weight,
};
