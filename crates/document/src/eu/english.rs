//! Words in English, or the Japanese ones and a finding.

use std::collections::BTreeSet;

use diagnostic::{Finding, Words};
use minijinja::{Value, context};
use plan::model::{English, Entry};
use plan::prose::SectionKind;
use plan::shape::Markdown;
use plan::source::{Place, Spanned};
use typeset::{Block, Inline, Language, Mark};

use super::NO_ENGLISH;
use super::values::European;
use crate::figures::is_international;
use crate::fragment::Fragment;
use crate::prose;

/// What has no English.
#[derive(Debug, Default)]
pub struct Gaps {
    /// The findings, each passage once.
    pub found: Vec<Finding>,
    told: BTreeSet<(String, usize, String)>,
}

/// Words as they are, told to be Japanese if they are.
pub fn tagged(text: &str) -> Inline {
    let words = Inline::text(text);
    if is_international(text) { words } else { Inline::Marked(Mark::Foreign(Language::Japanese), vec![words]) }
}

fn beside(file: &str, key: &str) -> Words {
    Words::new(format!("{file} のこの項目のそばに {key} を書き足してください。"), format!("Write {key} beside it in {file}."))
}

fn said(text: Value, missing: bool) -> Value {
    context! { text, missing }
}

impl European<'_> {
    /// A fact in words. `key` is where its English belongs.
    pub fn words(&self, japanese: &Spanned<String>, english: Option<&Spanned<String>>, key: &str) -> Value {
        let english = english.map(|english| english.value.as_str()).filter(|english| !english.trim().is_empty());
        let own = english.or_else(|| is_international(japanese).then_some(japanese.value.as_str()));
        if let Some(text) = own {
            return said(Fragment::inlines(vec![Inline::text(text)]), false);
        }
        self.gap(japanese.at, &japanese.value, key, || beside(self.plan.sources.path(japanese.at), key));
        said(Fragment::inlines(vec![tagged(&japanese.value)]), true)
    }

    /// A number or a code that has no English beside it: it is to be written in letters that everybody reads.
    pub fn code(&self, written: &Spanned<String>, key: &str) -> Value {
        if !is_international(written) {
            let hint = || {
                let file = self.plan.sources.path(written.at);
                Words::new(
                    format!("{file} の {key} を英数字で書いてください（例：1.0、III）。"),
                    format!("Write {key} in Latin letters and figures in {file}, such as 1.0 or III."),
                )
            };
            self.gap(written.at, &written.value, key, hint);
        }
        said(Fragment::inlines(vec![tagged(&written.value)]), !is_international(written))
    }

    /// A fact in Markdown.
    pub fn markdown(&self, japanese: Option<&Spanned<Markdown>>, english: Option<&Spanned<Markdown>>, key: &str) -> Value {
        let blocks = |text: &Spanned<Markdown>| prose::markdown(&text.0);
        if let Some(english) = english.filter(|english| !english.0.trim().is_empty()) {
            return said(Fragment::blocks(blocks(english), None), false);
        }
        let Some(japanese) = japanese.filter(|japanese| !japanese.0.trim().is_empty()) else {
            return said(Fragment::blocks(Vec::new(), None), false);
        };
        if is_international(&japanese.0) {
            return said(Fragment::blocks(blocks(japanese), None), false);
        }
        self.gap(japanese.at, &japanese.0, key, || beside(self.plan.sources.path(japanese.at), key));
        said(Fragment::blocks(vec![Block::Foreign(Language::Japanese, blocks(japanese))], None), true)
    }

    /// The name of a concern or an activity.
    pub fn name<Id, Facts>(&self, entry: &Entry<Id, Facts>, japanese: &Spanned<String>, english: Option<&Spanned<String>>) -> Value {
        let title = entry.english.as_ref().and_then(|english| english.title.as_ref());
        self.words(japanese, english.or(title), "name_en")
    }

    /// A section of prose; empty if the plan has none.
    pub fn section<Id, Facts>(&self, entry: &Entry<Id, Facts>, kind: SectionKind) -> Value {
        let english = |english: &English| english.prose.section(kind).filter(|section| !section.body.is_empty()).cloned();
        let set = |body, language| prose::passage(self.plan, body, &mut self.figures.borrow_mut(), language);
        if let Some(section) = entry.english.as_ref().and_then(english) {
            return said(Fragment::blocks(set(&section.body, diagnostic::Language::English), None), false);
        }
        let Some(section) = entry.prose.section(kind).filter(|section| !section.body.is_empty()) else {
            return said(Fragment::blocks(Vec::new(), None), false);
        };
        let (ja, en) = kind.words();
        let file = self.plan.sources.path(section.heading);
        let translation = file.strip_suffix(".md").map_or_else(|| file.to_owned(), |stem| format!("{stem}.en.md"));
        self.found(
            section.heading,
            &translation,
            Words::new(format!("{file} の節「{ja}」に英語がありません"), format!("the section “{en}” of {file} has no English")),
            Words::new(
                format!("{translation} の「# {en}」の下に英語で書いてください。"),
                format!("Write it in English below “# {en}” in {translation}."),
            ),
        );
        let blocks = set(&section.body, diagnostic::Language::Japanese);
        said(Fragment::blocks(vec![Block::Foreign(Language::Japanese, blocks)], None), true)
    }

    fn gap(&self, at: Place, text: &str, key: &str, hint: impl FnOnce() -> Words) {
        let line = text.trim().lines().next().unwrap_or_default();
        let short: String = line.chars().take(30).collect();
        let more = if short.len() < text.trim().len() { "…" } else { "" };
        self.found(at, key, Words::new(format!("「{short}{more}」に英語がありません"), format!("“{short}{more}” has no English")), hint());
    }

    fn found(&self, at: Place, key: &str, message: Words, hint: Words) {
        let gaps = &mut *self.gaps.borrow_mut();
        if !gaps.told.insert((self.plan.sources.path(at).to_owned(), at.start, key.to_owned())) {
            return;
        }
        gaps.found.push(Finding {
            code: NO_ENGLISH.code,
            name: NO_ENGLISH.name,
            severity: NO_ENGLISH.severity,
            message,
            why: Words::new(NO_ENGLISH.why.0, NO_ENGLISH.why.1),
            hint,
            source: Words::new(NO_ENGLISH.reference.ja, NO_ENGLISH.reference.en),
            spans: vec![self.plan.sources.span(at, Words::same(String::new()))],
        });
    }
}
