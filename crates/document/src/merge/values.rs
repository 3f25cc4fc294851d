//! Where words that derive are written: the strings of the plan's tables.

use std::ops::Range;

use plan::Plan;
use plan::source::{FileId, Place};

use super::source::string;

/// The strings of the tables of a plan, with the place of each.
pub struct Values {
    all: Vec<(String, Place)>,
}

impl Values {
    /// Of a plan.
    pub fn of(plan: &Plan) -> Self {
        let mut all = Vec::new();
        for (id, file) in plan.sources.iter() {
            let tables = if file.path.ends_with(".toml") { file.text.len() } else { front_matter(&file.text) };
            strings(&file.text[..tables], id, &mut all);
        }
        Self { all }
    }

    /// The longest string that is printed in a text over some of its bytes.
    pub fn printing(&self, text: &str, bytes: &Range<usize>) -> Option<Place> {
        let over = |value: &str| {
            text.match_indices(value).any(|(at, _)| at < bytes.end.max(bytes.start + 1) && bytes.start < (at + value.len()).max(at + 1))
        };
        let found = self.all.iter().filter(|(value, _)| over(value));
        found.max_by_key(|(value, place)| (value.len(), std::cmp::Reverse((place.file, place.start)))).map(|(_, place)| *place)
    }

    /// The one string of a file that says this.
    pub fn only(&self, file: FileId, says: impl Fn(&str) -> bool) -> Option<Place> {
        let mut found = self.all.iter().filter(|(value, place)| place.file == file && says(value));
        let first = found.next()?;
        found.next().is_none().then_some(first.1)
    }
}

/// Where the front matter of a Markdown file ends.
fn front_matter(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("+++") else { return 0 };
    rest.find("\n+++").map_or(0, |end| end + 3)
}

fn strings(text: &str, file: FileId, all: &mut Vec<(String, Place)>) {
    let mut at = 0;
    while let Some(step) = text[at..].find(['"', '\'', '#']) {
        at += step;
        if text[at..].starts_with('#') {
            at += text[at..].find('\n').unwrap_or(text.len() - at);
            continue;
        }
        match string(text, at) {
            Some(inner) => {
                let value = &text[inner.clone()];
                // a single letter stands everywhere
                if value.chars().nth(1).is_some() && !value.contains('\\') {
                    all.push((value.to_owned(), Place::new(file, at..inner.end)));
                }
                let quotes = text[at..].bytes().take_while(|byte| *byte == text.as_bytes()[at]).count();
                at = inner.end + if quotes >= 3 { 3 } else { 1 };
            }
            None => at += 1,
        }
        at = at.min(text.len());
    }
}
