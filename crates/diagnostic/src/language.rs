use std::fmt;
use std::str::FromStr;

/// A language in which messages are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// 日本語.
    Japanese,
    /// English.
    English,
}

impl Language {
    /// The language of the first of `MIMAMORI_LANG`, `LC_ALL`, `LC_MESSAGES` and `LANG` that is set and not empty:
    /// Japanese if it begins with `ja`, otherwise English. English too if none is set.
    ///
    /// The order of the last three is that of POSIX (Base Definitions, 8.2 Internationalization Variables).
    #[must_use]
    pub fn from_environment(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let value = ["MIMAMORI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(lookup)
            .find(|value| !value.trim().is_empty())
            .unwrap_or_default();
        if value.trim().to_ascii_lowercase().starts_with("ja") { Self::Japanese } else { Self::English }
    }

    /// The language tag of BCP 47: `ja` or `en`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Japanese => "ja",
            Self::English => "en",
        }
    }

    pub(crate) const fn pick<T: Copy>(self, japanese: T, english: T) -> T {
        match self {
            Self::Japanese => japanese,
            Self::English => english,
        }
    }
}

/// The word given is no language that messages are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownLanguage;

impl fmt::Display for UnknownLanguage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("言語は ja または en で指定してください (give the language as ja or en)")
    }
}

impl std::error::Error for UnknownLanguage {}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads `ja` or `en`, in either case.
    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        match text.to_ascii_lowercase().as_str() {
            "ja" => Ok(Self::Japanese),
            "en" => Ok(Self::English),
            _ => Err(UnknownLanguage),
        }
    }
}

/// The same words in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Words {
    /// In Japanese.
    pub ja: String,
    /// In English.
    pub en: String,
}

impl Words {
    /// Words in Japanese and English.
    #[must_use]
    pub fn new(japanese: impl Into<String>, english: impl Into<String>) -> Self {
        Self { ja: japanese.into(), en: english.into() }
    }

    /// Words that are the same in both languages, such as a name taken from a document.
    #[must_use]
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { ja: text.clone(), en: text }
    }

    /// The words in `language`; if there are none, those in the other, so that no message is lost.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        let (wanted, other) = language.pick((&self.ja, &self.en), (&self.en, &self.ja));
        if wanted.is_empty() { other } else { wanted }
    }
}
