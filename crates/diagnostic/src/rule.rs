//! A rule: what it is called, how grave its findings are, where it comes from and since when.

use calendar::Date;

use crate::{Finding, Severity, Span, Words};

/// A rule. Each has a Markdown page that is its manual, its test and its evidence. `Check` is the function that looks for it, as the
/// examining crate defines it.
#[derive(Debug)]
pub struct Rule<Check> {
    /// Code, such as `RMP301`. Never used for another rule.
    pub code: &'static str,
    /// Name that reads as "allow …", such as `percentage-disagrees`.
    pub name: &'static str,
    /// How grave a finding is, unless the rule says otherwise for one.
    pub severity: Severity,
    /// What it finds, in a few words: Japanese and English.
    pub title: (&'static str, &'static str),
    /// Why that is bad, in one sentence: Japanese and English.
    pub why: (&'static str, &'static str),
    /// The notice it follows.
    pub reference: Reference,
    /// The manual page.
    pub manual: &'static str,
    /// Looks for it.
    pub check: Check,
}

/// A notice and its clause, with the days it is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// In Japanese.
    pub ja: &'static str,
    /// In English.
    pub en: &'static str,
    /// First day it is in force; None where it always was.
    pub from: Option<Date>,
    /// Last day it was in force; None where it still is.
    pub until: Option<Date>,
}

impl Reference {
    /// 薬生薬審発0318第2号・薬生安発0318第1号 (2022-03-18), in force from 2022-05-01, and before it the notices of 2012 that it merged, which
    /// asked for the same form.
    #[must_use]
    pub const fn form(ja: &'static str, en: &'static str) -> Self {
        Self { ja, en, from: None, until: None }
    }
}

impl<Check> Rule<Check> {
    /// True if the rule judges documents of this day.
    #[must_use]
    pub fn in_force(&self, day: Date) -> bool {
        self.reference.from.is_none_or(|from| from <= day) && self.reference.until.is_none_or(|until| day <= until)
    }

    /// A finding of this rule.
    #[must_use]
    pub fn finding(&self, severity: Severity, message: Words, hint: Words, spans: Vec<Span>) -> Finding {
        Finding {
            code: self.code,
            name: self.name,
            severity,
            message,
            why: Words::new(self.why.0, self.why.1),
            hint,
            source: Words::new(self.reference.ja, self.reference.en),
            spans,
        }
    }
}
