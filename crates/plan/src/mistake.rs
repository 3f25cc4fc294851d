//! What reading and checking find, before it is put into words for a report.

use std::collections::BTreeMap;

use diagnostic::{Severity, Words};

use crate::source::Place;

/// A place to show with a finding, and a short note beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where.
    pub at: Place,
    /// The note; may be empty.
    pub label: Words,
}

impl Mark {
    /// A place without a note.
    #[must_use]
    pub fn at(at: Place) -> Self {
        Self { at, label: Words::default() }
    }

    /// With a note: Japanese and English.
    #[must_use]
    pub fn label(mut self, ja: impl Into<String>, en: impl Into<String>) -> Self {
        self.label = Words::new(ja, en);
        self
    }
}

/// An edit that mends a mistake without changing what the plan says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced; an empty place is where the text is put in.
    pub at: Place,
    /// What stands there afterwards.
    pub text: String,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// How much it weighs, if not as much as its rule says.
    pub severity: Option<Severity>,
    /// What is the matter.
    pub message: Words,
    /// What to do.
    pub hint: Words,
    /// The places concerned.
    pub marks: Vec<Mark>,
    /// How it is mended, where that is safe.
    pub fix: Option<Fix>,
}

impl Mistake {
    /// A mistake at one place. `message` says what is the matter and `hint` what to do: Japanese and English.
    #[must_use]
    pub fn new(message: (impl Into<String>, impl Into<String>), hint: (impl Into<String>, impl Into<String>), mark: Mark) -> Self {
        Self { severity: None, message: Words::new(message.0, message.1), hint: Words::new(hint.0, hint.1), marks: vec![mark], fix: None }
    }

    /// With another severity than its rule's.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// With one more place.
    #[must_use]
    pub fn mark(mut self, mark: Mark) -> Self {
        self.marks.push(mark);
        self
    }

    /// With a safe repair.
    #[must_use]
    pub fn fix(mut self, at: Place, text: impl Into<String>) -> Self {
        self.fix = Some(Fix { at, text: text.into() });
        self
    }
}

/// So many findings of one rule are told; more help nobody, and a file of nothing but mistakes must not fill the memory.
pub const MOST: usize = 1000;

/// The mistakes of one rule, and how much was looked at.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// How many statements were looked at.
    pub of: usize,
    /// How many were found wanting.
    pub found: usize,
    /// The first of them, at most [`MOST`].
    pub mistakes: Vec<Mistake>,
}

impl Tally {
    /// Adds a mistake.
    pub fn add(&mut self, mistake: Mistake) {
        self.found += 1;
        if self.mistakes.len() < MOST {
            self.mistakes.push(mistake);
        }
    }
}

/// What reading found, by the code of the rule that reports it.
#[derive(Clone, Debug, Default)]
pub struct Mistakes {
    by_code: BTreeMap<&'static str, Tally>,
}

impl Mistakes {
    /// Counts a statement that was looked at for this code.
    pub fn looked_at(&mut self, code: &'static str) {
        self.by_code.entry(code).or_default().of += 1;
    }

    /// Adds a mistake.
    pub fn add(&mut self, code: &'static str, mistake: Mistake) {
        self.by_code.entry(code).or_default().add(mistake);
    }

    /// True if so much was found for a code that no more is told.
    #[must_use]
    pub fn is_full(&self, code: &str) -> bool {
        self.by_code.get(code).is_some_and(|tally| tally.mistakes.len() >= MOST)
    }

    /// What was found for a code, and how much was looked at.
    #[must_use]
    pub fn of(&self, code: &str) -> Tally {
        self.by_code.get(code).cloned().unwrap_or_default()
    }

    /// Keeps the mistakes that `keep` is true for.
    pub(crate) fn retain(&mut self, keep: impl Fn(&'static str, &Mistake) -> bool) {
        for (code, tally) in &mut self.by_code {
            let before = tally.mistakes.len();
            tally.mistakes.retain(|mistake| keep(code, mistake));
            tally.found -= before - tally.mistakes.len();
        }
    }
}
