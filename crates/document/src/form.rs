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

const EVIDENCE: &[(&str, &str)] = shipped!("evidence": "document.md");

/// The forms that the program brings, by the name of their document.
pub const SHIPPED: &[(&str, &[(&str, &str)])] =
    &[("j-rmp", J_RMP), ("old-new", OLD_NEW), ("calendar", CALENDAR), ("evidence", EVIDENCE), ("public", PUBLIC), ("eu-rmp", EU_RMP)];

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
        let Text { shown_as, text } =
            self.files.get(file).cloned().unwrap_or_else(|| Text { shown_as: file.to_owned(), text: String::new() });
        let excerpt = text.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default().to_owned();
        Finding {
            code: MISTAKE.code,
            name: MISTAKE.name,
            severity: MISTAKE.severity,
            message: words,
            why: Words::new(MISTAKE.why.0, MISTAKE.why.1),
            hint,
            source: Words::new(MISTAKE.reference.ja, MISTAKE.reference.en),
            spans: vec![Span {
                file: shown_as,
                line: Some(line.max(1)),
                column: Some(1),
                quote: excerpt.trim().to_owned(),
                mark: 0..excerpt.len(),
                excerpt,
                ..Span::default()
            }],
        }
    }
}
