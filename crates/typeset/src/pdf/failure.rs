//! Why a document could not be set as PDF.

use std::collections::BTreeMap;
use std::fmt;

use super::raised::small;
use super::world::drawable;
use crate::Document;
use crate::names::texts;

/// Why a document could not be set as PDF, and what to do, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// In Japanese.
    pub japanese: String,
    /// In English.
    pub english: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} / {}", self.japanese, self.english)
    }
}

impl std::error::Error for Failure {}

impl Failure {
    /// From what Typst says.
    pub(super) fn of<'a>(messages: impl Iterator<Item = &'a str>) -> Self {
        let told = messages.collect::<Vec<_>>().join("; ");
        Self {
            japanese: format!("PDFに組めません。この原因を除いてください（{told}）"),
            english: format!("this cannot be set as PDF; remove the cause: {told}"),
        }
    }
}

/// Characters that no shipped font has, told with the words they stand in: a document with holes must not be handed in.
pub(super) fn check(document: &Document) -> Result<(), Failure> {
    if document.title.trim().is_empty() {
        return Err(Failure {
            japanese: "文書に表題がありません。読み上げにも保存にも表題が要ります。表題を付けてください".to_owned(),
            english: "the document has no title, which readers and archives need; give it one".to_owned(),
        });
    }
    let mut missing: BTreeMap<char, String> = BTreeMap::new();
    texts(document, &mut |text| {
        for (at, c) in text.char_indices() {
            // combining and invisible signs are the shaper's business
            if !c.is_ascii()
                && unicode_width::UnicodeWidthChar::width(c).is_some_and(|width| width > 0)
                && !drawable(c)
                && small(c).is_none_or(|(_, plain)| !drawable(plain))
            {
                missing.entry(c).or_insert_with(|| around(text, at));
            }
        }
    });
    if missing.is_empty() {
        return Ok(());
    }
    let signs = missing.iter().map(|(c, text)| format!("「{c}」(U+{:04X}、「{text}」)", u32::from(*c))).collect::<Vec<_>>().join("、");
    let told = missing.iter().map(|(c, text)| format!("“{c}” (U+{:04X}, in “{text}”)", u32::from(*c))).collect::<Vec<_>>().join(", ");
    Err(Failure {
        japanese: format!("書体にない文字があります: {signs}。別の文字に書き換えてください"),
        english: format!("the fonts lack signs: {told}; write them otherwise"),
    })
}

/// Ten characters on each side.
fn around(text: &str, at: usize) -> String {
    let before = text[..at].chars().rev().take(10).collect::<Vec<_>>().into_iter().rev();
    before.chain(text[at..].chars().take(11)).filter(|c| !c.is_control()).collect()
}
