//! `mimamori rules`.

use diagnostic::Problem;
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use crate::arguments::{DataFormat, Rules};
use crate::catalogue::{Entry, all};
use crate::delivery::Destination;
use crate::outcome::Outcome;
use crate::speech::{language, say};

/// Lists the rules.
///
/// # Errors
/// The list cannot be written.
pub fn run(options: &Rules) -> Result<Outcome, Problem> {
    let text = match options.format {
        DataFormat::Text => text(),
        DataFormat::Json => format!("{:#}\n", all().iter().map(object).collect::<Value>()),
    };
    Destination::Standard.write(&text)?;
    Ok(Outcome::Clean)
}

fn text() -> String {
    let rules = all();
    let words: Vec<_> = rules.iter().map(|rule| rule.severity.word(language())).collect();
    let severity = words.iter().map(|word| word.width()).max().unwrap_or(0);
    let name = rules.iter().map(|rule| rule.name.width()).max().unwrap_or(0);
    let mut text = String::new();
    for (rule, word) in rules.iter().zip(words) {
        let title = say(rule.title.0, rule.title.1);
        text.push_str(&format!("{}  {}  {}  {title}\n", rule.code, padded(word, severity), padded(rule.name, name)));
    }
    text
}

fn padded(word: &str, width: usize) -> String {
    format!("{word}{}", " ".repeat(width.saturating_sub(word.width())))
}

fn object(rule: &Entry) -> Value {
    json!({
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.as_str(),
        "title": {"ja": rule.title.0, "en": rule.title.1},
        "why": {"ja": rule.why.0, "en": rule.why.1},
        "source": {"ja": rule.reference.ja, "en": rule.reference.en},
        "in_force": {"from": rule.reference.first().from.map(|day| day.to_string()), "until": rule.reference.until.map(|day| day.to_string())},
    })
}
