//! Writing TOML.

use std::fmt::Write;

use calendar::PartialDate;

/// A basic string.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Text in Markdown: over several lines where it has several.
pub fn markdown(text: &str) -> String {
    let plain = !text.contains("'''") && !text.ends_with('\'') && text.chars().all(|c| !c.is_control() || c == '\n');
    if text.contains('\n') && plain { format!("'''\n{text}\n'''") } else { quoted(text) }
}

/// A date; a month or a year as text.
pub fn date(date: PartialDate) -> String {
    if date.day.is_some() { date.to_string() } else { quoted(&date.to_string()) }
}

/// An array of strings.
pub fn array<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    let items: Vec<String> = items.into_iter().map(quoted).collect();
    format!("[{}]", items.join(", "))
}

/// Lines of TOML.
#[derive(Clone, Debug, Default)]
pub struct Lines(pub String);

impl Lines {
    /// A key with a value as TOML writes it. Of two values for one key the first holds; the other becomes a comment.
    pub fn key(&mut self, key: &str, value: impl std::fmt::Display) {
        let table = self.0.rfind("\n[").map_or(self.0.as_str(), |at| &self.0[at + 1..]);
        if table.lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(" = "))) {
            self.comment(&format!("{key} = {value}"));
            return;
        }
        // writing to a string cannot fail
        let _ = writeln!(self.0, "{key} = {value}");
    }

    /// A key with a text; nothing for an empty one.
    pub fn text(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.key(key, quoted(value));
        }
    }

    /// The header of a table.
    pub fn header(&mut self, header: &str) {
        if !self.0.is_empty() && !self.0.ends_with("\n\n") {
            self.0.push('\n');
        }
        self.0.push_str(header);
        self.0.push('\n');
    }

    /// A comment; each of its lines becomes one.
    pub fn comment(&mut self, comment: &str) {
        for line in comment.lines().filter(|line| !line.trim().is_empty()) {
            let line: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            let _ = writeln!(self.0, "# {}", line.trim());
        }
    }
}
