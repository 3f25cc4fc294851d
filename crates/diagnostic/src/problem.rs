use std::fmt;

use crate::text::clean::inline;
use crate::{Language, Words};

/// An operational error: why something could not be done, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What went wrong, in a line without a full stop.
    pub message: Words,
    /// What to do; may be empty.
    pub hint: Words,
}

impl Problem {
    /// A problem and its remedy.
    #[must_use]
    pub const fn new(message: Words, hint: Words) -> Self {
        Self { message, hint }
    }

    /// The problem for a terminal, in one language: `error: …` and, below it, `do: …`. Ends without a line break.
    #[must_use]
    pub fn human(&self, language: Language) -> String {
        let (error, remedy) = language.pick(("エラー", "対処"), ("error", "do"));
        let mut text = format!("{error}: {}", inline(self.message.get(language)));
        let hint = self.hint.get(language);
        if !hint.is_empty() {
            text.push_str(&format!("\n  {remedy}: {}", inline(hint)));
        }
        text
    }
}

impl fmt::Display for Problem {
    /// Writes the problem in Japanese and then in English, for where the reader's language is not known.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}\n{}", self.human(Language::Japanese), self.human(Language::English))
    }
}

impl std::error::Error for Problem {}
