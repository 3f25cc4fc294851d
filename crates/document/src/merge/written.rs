//! Where words of a document are written in the source.

use std::fmt;
use std::str::FromStr;

use plan::prose::SectionKind;
use typeset::{Block, Inline};

use crate::flat::paragraphs_mut;

/// A place of the source that prints a paragraph, or words of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// A paragraph of a section, counted from 0 as it is printed: `concerns/infection.md#why.3`.
    Section {
        /// The file.
        file: String,
        /// The section.
        section: SectionKind,
        /// The paragraph.
        paragraph: usize,
    },
    /// A paragraph of a text in a table: `plan.toml@120.0`, with the byte where the text begins.
    Text {
        /// The file.
        file: String,
        /// The byte.
        at: usize,
        /// The paragraph.
        paragraph: usize,
    },
    /// Words of a table: `concerns/infection.md@15`.
    Words {
        /// The file.
        file: String,
        /// The byte.
        at: usize,
    },
}

impl Written {
    /// The file.
    #[must_use]
    pub fn file(&self) -> &str {
        match self {
            Self::Section { file, .. } | Self::Text { file, .. } | Self::Words { file, .. } => file,
        }
    }

    /// The paragraph, of a text that has several.
    #[must_use]
    pub fn paragraph(&self) -> Option<usize> {
        match self {
            Self::Section { paragraph, .. } | Self::Text { paragraph, .. } => Some(*paragraph),
            Self::Words { .. } => None,
        }
    }

    /// True if both are parts of the same text.
    #[must_use]
    pub fn is_beside(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Section { file, section, .. }, Self::Section { file: f, section: s, .. }) => file == f && section == s,
            (
                Self::Text { file, at, .. } | Self::Words { file, at },
                Self::Text { file: f, at: a, .. } | Self::Words { file: f, at: a },
            ) => file == f && at == a,
            _ => false,
        }
    }
}

impl fmt::Display for Written {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Section { file, section, paragraph } => write!(formatter, "{file}#{}.{paragraph}", section.words().1),
            Self::Text { file, at, paragraph } => write!(formatter, "{file}@{at}.{paragraph}"),
            Self::Words { file, at } => write!(formatter, "{file}@{at}"),
        }
    }
}

/// The words name no place of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoPlace;

impl FromStr for Written {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        // a file may have any sign in its name; the mark is the last one
        let mark = text.rfind(['#', '@']).ok_or(NoPlace)?;
        let (file, rest) = (text[..mark].to_owned(), &text[mark + 1..]);
        let (place, paragraph) = match rest.split_once('.') {
            Some((place, paragraph)) => (place, Some(paragraph.parse().map_err(|_| NoPlace)?)),
            None => (rest, None),
        };
        if text[mark..].starts_with('#') {
            let section = SectionKind::ALL.into_iter().find(|kind| kind.words().1 == place).ok_or(NoPlace)?;
            return Ok(Self::Section { file, section, paragraph: paragraph.ok_or(NoPlace)? });
        }
        let at = place.parse().map_err(|_| NoPlace)?;
        Ok(match paragraph {
            Some(paragraph) => Self::Text { file, at, paragraph },
            None => Self::Words { file, at },
        })
    }
}

/// Blocks of which each paragraph tells where it is written.
pub(crate) fn sourced(mut blocks: Vec<Block>, written: impl Fn(usize) -> Written) -> Vec<Block> {
    for (n, inlines) in paragraphs_mut(&mut blocks).into_iter().enumerate() {
        if !inlines.is_empty() {
            *inlines = vec![Inline::Sourced { origin: written(n).to_string(), content: std::mem::take(inlines) }];
        }
    }
    blocks
}
