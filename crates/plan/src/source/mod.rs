//! The files of a plan folder: their bytes, their text and the places in it.

mod folder;
mod front_matter;
mod kind;
mod place;
mod sections;

pub use folder::Folder;
pub use front_matter::{FrontMatter, Split, split};
pub use kind::FileKind;
pub use place::{FileId, Place, SourceFile, Sources, Spanned};
pub use sections::{RawSection, sections};
