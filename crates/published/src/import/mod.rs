//! From a published plan to plan source.
//!
//! The published form tells the same facts in four views; plan source tells each once. What is imported is therefore chosen: where
//! views disagree one side is taken, and both are quoted in a finding and in a comment at the place. Nothing is dropped silently:
//! every character of the document stands in the source, in a comment of it, or in [`Imported::left`].
//!
//! | where | what |
//! |---|---|
//! | `draft` | what all parts share: what was carried over so far, what was found |
//! | `words` | the document's own words as Markdown and as comments, figures as `{{ n/N STUDY:part }}` |
//! | `studies` | the studies, and the arms and phases whose sizes the denominators are |
//! | `product`, `concerns`, `activities` | the files |
//! | `schedule`, `designs` | periods, targets, milestones, reports and sample sizes as data |
//! | `label` | the sections of the package insert that are named |
//! | `views`, `crossing` | where views disagree |
//! | `left` | what was not placed |
//! | `rules` | the codes of the findings |

mod activities;
mod concerns;
mod coverage;
mod crossing;
mod designs;
mod draft;
mod ids;
mod label;
mod left;
mod product;
mod readme;
pub mod rules;
mod schedule;
mod studies;
mod toml;
mod views;
mod words;

use std::collections::BTreeMap;

use diagnostic::{Report, Tool, Words};

use crate::model::Published;
pub use left::{Left, Why};

/// A published plan as plan source.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// The files of the plan, by path.
    pub files: BTreeMap<String, String>,
    /// Where views disagree and what was chosen, what was read unsurely, what was left.
    pub report: Report,
    /// What stands in no file.
    pub left: Vec<Left>,
}

/// Writes a published plan as plan source.
#[must_use]
pub fn plan(published: &Published) -> Imported {
    let mut draft = draft::Draft::new(published);
    studies::add(&mut draft);
    product::add(&mut draft);
    concerns::add(&mut draft);
    activities::add(&mut draft);
    product::attachments(&mut draft);
    crossing::add(&mut draft);
    let left = left::collect(&mut draft);
    readme::add(&mut draft, &left);
    let report = Report {
        tool: Tool { name: "mimamori".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned(), information_uri: None },
        file: published.source.file.clone(),
        title: Words::new("医薬品リスク管理計画書の取り込み", "Import of a risk management plan"),
        as_of: draft.context.submitted.map_or_else(String::new, |day| day.to_string()),
        checked: draft.checked(),
        findings: draft.findings(),
        notes: Vec::new(),
    };
    let laid_out = |(path, text): (String, String)| {
        let text = ::plan::format::format_file(&path, text.as_bytes()).unwrap_or(text);
        (path, text)
    };
    Imported { files: draft.files.into_iter().map(laid_out).collect(), report, left }
}
