//! JSON that is safe to show.

use serde::Serialize;

use crate::text::clean::{ends_line, overrides_direction};

/// The value as JSON on one line. What splits lines or acts on a terminal is escaped.
#[must_use]
pub fn line(value: &impl Serialize) -> String {
    escape(&written(serde_json::to_string(value)))
}

/// The value as indented JSON.
pub(crate) fn indented(value: &impl Serialize) -> String {
    written(serde_json::to_string_pretty(value)).lines().map(escape).fold(String::new(), |text, line| text + &line + "\n")
}

/// Strings, numbers and lists of them with named fields: the only errors of the writer, a failing output and a map whose
/// keys are not strings, cannot occur.
fn written(json: serde_json::Result<String>) -> String {
    json.unwrap_or_default()
}

/// Writes as `\u….` what JSON allows to stand bare but what splits lines or acts on a terminal. The value stays the same:
/// outside of strings JSON has none of these characters.
fn escape(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        if character.is_control() || ends_line(character) || overrides_direction(character) {
            escaped.push_str(&format!("\\u{:04x}", character as u32));
        } else {
            escaped.push(character);
        }
    }
    escaped
}
