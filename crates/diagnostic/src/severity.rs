use std::fmt;

use crate::Language;

/// How much a finding weighs. The most severe comes first in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// What was examined contradicts itself or its required form.
    Error,
    /// Very likely an error; a person has to look.
    Warning,
    /// Worth knowing, arguable, or a matter of style.
    Info,
}

impl Severity {
    /// Every severity, the most severe first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Info];

    /// The word that stands in data: `error`, `warning` or `info`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }

    /// The word a reader sees. In Japanese it says what the reader has to do: 要修正 (correct it), 要確認 (look at it),
    /// 参考 (for information).
    #[must_use]
    pub const fn word(self, language: Language) -> &'static str {
        match (language, self) {
            (Language::English, severity) => severity.as_str(),
            (Language::Japanese, Self::Error) => "要修正",
            (Language::Japanese, Self::Warning) => "要確認",
            (Language::Japanese, Self::Info) => "参考",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
