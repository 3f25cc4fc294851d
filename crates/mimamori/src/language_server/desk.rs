//! What an answer is made from: a checked plan, and how the client wants to be answered.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use diagnostic::{Language, Words, harmless};
use lsp_types::{Location, Position, TextEdit, Uri};
use plan::check::Check;
use plan::source::{FileId, Place};

use super::position::{Encoding, Lines};
use super::uri;

/// What the client is and can.
#[derive(Clone, Copy, Debug)]
pub struct Client {
    /// How it counts characters.
    pub encoding: Encoding,
    /// The language of its user.
    pub language: Language,
    /// Whether an edit may name documents one by one, as edits with renamed files must.
    pub document_changes: bool,
    /// Whether it can rename files.
    pub renames_files: bool,
    /// Whether it watches files on request.
    pub watches: bool,
}

/// A plan as it stands at the moment, unsaved changes included.
pub struct Desk<'a> {
    /// The plan, and what was found in it.
    pub check: &'a Check,
    /// Its folder.
    pub root: &'a Path,
    /// The URIs of the files that the client has open, as it writes them.
    pub open: &'a BTreeMap<PathBuf, Uri>,
    /// The client.
    pub client: Client,
}

/// A byte of a file of the plan.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    /// The file.
    pub file: FileId,
    /// Its path in the plan.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// The byte.
    pub offset: usize,
}

impl<'a> Desk<'a> {
    /// The byte at a position of a file.
    pub fn cursor(&self, file: &Path, position: Position) -> Option<Cursor<'a>> {
        let path = relative(self.root, file)?;
        let (file, source) = self.check.plan.sources.iter().find(|(_, source)| source.path == path)?;
        let offset = self.lines(&source.text).offset(position);
        Some(Cursor { file, path: &source.path, text: &source.text, offset })
    }

    /// The lines of a text.
    pub fn lines<'t>(&self, text: &'t str) -> Lines<'t> {
        Lines::new(text, self.client.encoding)
    }

    /// The URI of a file of the plan.
    pub fn uri(&self, path: &str) -> Option<Uri> {
        let path = self.root.join(path);
        self.open.get(&path).cloned().or_else(|| uri::uri(&path))
    }

    /// A place as the protocol names it.
    pub fn location(&self, place: Place) -> Option<Location> {
        let source = self.check.plan.sources.file(place.file)?;
        Some(Location { uri: self.uri(&source.path)?, range: self.lines(&source.text).range(place.range()) })
    }

    /// An edit of a text.
    pub fn edit(&self, text: &str, range: std::ops::Range<usize>, new_text: String) -> TextEdit {
        TextEdit { range: self.lines(text).range(range), new_text }
    }

    /// Words in the user's language.
    pub fn say<'w>(&self, (japanese, english): (&'w str, &'w str)) -> &'w str {
        match self.client.language {
            Language::Japanese => japanese.trim(),
            Language::English => english.trim(),
        }
    }

    /// Words in the user's language, without effect on what shows them.
    pub fn told(&self, words: &Words) -> String {
        harmless(words.get(self.client.language))
    }
}

/// The path of a file within a plan, with `/`.
pub fn relative(root: &Path, file: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = file.strip_prefix(root).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}
