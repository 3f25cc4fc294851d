use std::ops::Deref;

use crate::prose::{Passage, Prose};
use crate::source::{FileId, Place, Spanned};

/// A Markdown file of the plan: what its front matter states, and its prose. It can be used as its facts:
/// `concern.name`, `activity.kind`.
#[derive(Clone, Debug)]
pub struct Entry<Id, Facts> {
    /// Its id: the name of its file.
    pub id: Id,
    /// The file.
    pub file: FileId,
    /// The first line of the file.
    pub head: Place,
    /// What its front matter states.
    pub facts: Facts,
    /// Its sections.
    pub prose: Prose,
    /// The same in English, if there is a file for it.
    pub english: Option<English>,
}

/// A translation into English (`<id>.en.md`).
#[derive(Clone, Debug, Default)]
pub struct English {
    /// The file.
    pub file: FileId,
    /// The name.
    pub title: Option<Spanned<String>>,
    /// The sections.
    pub prose: Prose,
}

impl<Id, Facts> Entry<Id, Facts> {
    /// The head of the file, its first line, for findings about the whole of it.
    #[must_use]
    pub fn at(&self) -> Place {
        self.head
    }

    /// Every passage, the translation's too.
    pub fn passages(&self) -> impl Iterator<Item = &Passage> {
        self.prose.passages().chain(self.english.iter().flat_map(|english| english.prose.passages()))
    }
}

impl<Id, Facts> Deref for Entry<Id, Facts> {
    type Target = Facts;
    fn deref(&self) -> &Facts {
        &self.facts
    }
}

impl<Id: PartialEq, Facts: PartialEq> PartialEq for Entry<Id, Facts> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.facts == other.facts && self.prose == other.prose && self.english == other.english
    }
}

impl PartialEq for English {
    fn eq(&self, other: &Self) -> bool {
        self.title == other.title && self.prose == other.prose
    }
}
