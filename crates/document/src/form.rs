//! Forms: the words and the order of a document, as files of Markdown with placeholders.
//!
//! | in a form | gives |
//! |---|---|
//! | Markdown: headings, paragraphs, lists, `**bold**` | the same in the tree; `#` is the document's title, `##` a part of it |
//! | `{{ value }}`, `{% for … %}`, `{% if … %}`, `{% include "part.md" %}` | values of the plan; an unknown name is a mistake |
//! | `:::table 1 2 1 head=1` … `:::` | a table; the numbers are the widths of its columns |
//! | `\| # label \| <2> words \|` in a table | a row; `#` a cell that names, `<2>` one over two columns, `<2,3>` over three rows too |
//! | `:::row`, then `:::cell` or `:::label` | a row whose cells hold blocks |
//! | `:::box` … `:::` | what is framed |
//! | `:::unmarked` … `:::` | what is never underlined as changed |
//! | `:::spell-out {long}（以下、{short}）` | from here on each abbreviation of the plan is spelt out so where it is first used |
//! | `:::page`, `:::contents 2` | a new page; the contents |
//! | `:::title …`, `:::file …`, `:::head …`, `:::landscape` | properties of the document |

mod expand;
mod layout;

use std::collections::BTreeMap;
use std::ops::Range;

use diagnostic::{Finding, Reference, Rule, Severity, Span, Words};
use minijinja::Value;

pub use layout::Formed;

/// The file of a form that a document begins with.
pub const START: &str = "document.md";

/// What a mistake in a form is reported as. It has no check of its own: filling the form finds it.
pub static MISTAKE: Rule<()> = Rule {
    code: "FRM001",
    name: "form-mistake",
    severity: Severity::Error,
    title: ("様式の誤り", "a mistake in a form"),
    why: ("様式に誤りがあると、文書を作れない。", "a form with a mistake gives no document"),
    reference: Reference::always("様式の書き方", "how forms are written"),
    manual: include_str!("../forms/manual.md"),
    check: (),
};

/// A form: its files by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    files: BTreeMap<String, Text>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Text {
    shown_as: String,
    text: String,
}

macro_rules! shipped {
    ($document:literal: $($file:literal)+) => {
        &[$(($file, include_str!(concat!("../forms/", $document, "/", $file)))),+]
    };
}

const J_RMP: &[(&str, &str)] = shipped!("j-rmp":
    "document.md" "summary.md" "product.md" "history.md" "concerns.md" "efficacy.md" "surveillance.md" "studies.md" "minimisation.md"
    "lists.md" "attachments.md" "activity.md" "plan.md");

const OLD_NEW: &[(&str, &str)] = shipped!("old-new": "document.md");

const CALENDAR: &[(&str, &str)] = shipped!("calendar": "document.md");

const PUBLIC: &[(&str, &str)] = shipped!("public": "document.md");

const EU_RMP: &[(&str, &str)] = shipped!("eu-rmp": "document.md");

const SIGNATURES: &[(&str, &str)] = shipped!("signatures": "document.md");

const EVIDENCE: &[(&str, &str)] = shipped!("evidence": "document.md");

/// The forms that the program brings, by the name of their document.
pub const SHIPPED: &[(&str, &[(&str, &str)])] = &[
    ("j-rmp", J_RMP),
    ("old-new", OLD_NEW),
    ("calendar", CALENDAR),
    ("evidence", EVIDENCE),
    ("public", PUBLIC),
    ("eu-rmp", EU_RMP),
    ("signatures", SIGNATURES),
];

impl Form {
    /// The form that the program brings for a document.
    #[must_use]
    pub fn shipped(document: &str) -> Option<Self> {
        let (_, files) = SHIPPED.iter().find(|(name, _)| *name == document)?;
        let mut form = Self::default();
        for (name, text) in *files {
            form.insert(name, format!("{document}/{name}"), (*text).to_owned());
        }
        Some(form)
    }

    /// Adds a file or replaces it. `shown_as` is what mistakes call it.
    pub fn insert(&mut self, name: &str, shown_as: String, text: String) {
        self.files.insert(name.to_owned(), Text { shown_as, text });
    }

    /// The names of its files.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Fills the form with values. `notes` are set beside the passages they belong to.
    ///
    /// # Errors
    /// What is wrong in the form, and where.
    pub fn fill(&self, values: &Value, notes: &[crate::notes::Remark]) -> Result<Formed, Vec<Finding>> {
        let expanded = expand::expand(self, values).map_err(|finding| vec![*finding])?;
        layout::layout(self, &expanded, notes)
    }

    /// A mistake in a line of one of its files.
    fn mistake(&self, file: &str, line: u32, words: Words, hint: Words) -> Finding {
        let excerpt = self.text(file).lines().nth(line.saturating_sub(1) as usize).unwrap_or_default();
        let begin = excerpt.len() - excerpt.trim_start().len();
        self.mistake_within(file, line, begin..excerpt.trim_end().len(), words, hint)
    }

    /// A mistake in some bytes of a line.
    fn mistake_within(&self, file: &str, line: u32, bytes: Range<usize>, words: Words, hint: Words) -> Finding {
        let shown_as = self.files.get(file).map_or(file, |file| &file.shown_as);
        mistake(shown_as, self.text(file), line, bytes, words, hint)
    }

    fn text(&self, file: &str) -> &str {
        self.files.get(file).map_or("", |file| &file.text)
    }
}

/// A mistake in a file of tokens, by its bytes.
#[must_use]
pub fn mistaken_token(shown_as: &str, text: &str, fault: &typeset::Fault) -> Finding {
    let start = text.floor_char_boundary(fault.at.start.min(text.len()));
    let begin = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line = u32::try_from(1 + text[..begin].matches('\n').count()).unwrap_or(u32::MAX);
    let hint = Words::new(
        "ここを直してください。もとのトークンは `mimamori build --show-form` が tokens.toml に書き出します",
        "mend this; `mimamori build --show-form` writes the original tokens to tokens.toml",
    );
    let words = Words::new(fault.japanese.clone(), fault.english.clone());
    mistake(shown_as, text, line, start - begin..fault.at.end.max(start).saturating_sub(begin), words, hint)
}

fn mistake(shown_as: &str, text: &str, line: u32, bytes: Range<usize>, words: Words, hint: Words) -> Finding {
    let excerpt = text.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default().to_owned();
    let start = excerpt.floor_char_boundary(bytes.start.min(excerpt.len()));
    let end = excerpt.floor_char_boundary(bytes.end.min(excerpt.len())).max(start);
    let column = u32::try_from(1 + excerpt[..start].chars().count()).unwrap_or(u32::MAX);
    Finding {
        code: MISTAKE.code,
        name: MISTAKE.name,
        severity: MISTAKE.severity,
        message: words,
        why: Words::new(MISTAKE.why.0, MISTAKE.why.1),
        hint,
        source: Words::new(MISTAKE.reference.ja, MISTAKE.reference.en),
        spans: vec![Span {
            file: shown_as.to_owned(),
            line: Some(line.max(1)),
            column: Some(column),
            quote: excerpt[start..end].trim().to_owned(),
            mark: start..end,
            excerpt,
            ..Span::default()
        }],
    }
}
