//! The language that this run of the program speaks.

use std::ffi::OsString;
use std::io::Write;
use std::sync::OnceLock;

use diagnostic::{Language, Words};

static LANGUAGE: OnceLock<Language> = OnceLock::new();

/// Chooses the language before the arguments are parsed, so that help and mistakes are told in it: that of `--lang`, if it is
/// among the arguments and known, else that of the environment.
pub fn choose(arguments: &[OsString]) {
    LANGUAGE.get_or_init(|| asked(arguments).unwrap_or_else(|| Language::from_environment(|name| std::env::var(name).ok())));
}

/// The language chosen.
pub fn language() -> Language {
    LANGUAGE.get().copied().unwrap_or(Language::English)
}

/// The words in the language chosen.
pub fn say(japanese: &'static str, english: &'static str) -> &'static str {
    match language() {
        Language::Japanese => japanese,
        Language::English => english,
    }
}

/// Tells the user something on the error stream, beside what the command puts out.
pub fn tell(words: &Words) {
    // when even the error stream is closed, nobody is there to tell
    let _ = writeln!(std::io::stderr().lock(), "{}", diagnostic::harmless(words.get(language())));
}

fn asked(arguments: &[OsString]) -> Option<Language> {
    let mut words = arguments.iter().skip(1).filter_map(|word| word.to_str()).take_while(|word| *word != "--");
    let mut last = None;
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--lang=") {
            Some(value) => Some(value),
            None if word == "--lang" => words.next(),
            None => None,
        };
        last = value.and_then(|value| value.parse().ok()).or(last);
    }
    last
}

/// A moment as it is told: where the person is, with the distance from UTC.
#[must_use]
pub fn local(moment: journal::Moment) -> String {
    moment.timestamp().to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S %:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[&str]) -> Option<Language> {
        asked(&words.iter().map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn the_last_language_asked_for_counts() {
        assert_eq!(of(&["mimamori", "rules"]), None);
        assert_eq!(of(&["mimamori", "rules", "--lang", "ja"]), Some(Language::Japanese));
        assert_eq!(of(&["mimamori", "--lang=ja", "rules", "--lang=EN"]), Some(Language::English));
        assert_eq!(of(&["mimamori", "rules", "--lang", "fr"]), None);
        assert_eq!(of(&["mimamori", "review", "--", "--lang", "ja"]), None);
    }
}
