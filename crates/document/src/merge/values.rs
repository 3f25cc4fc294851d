//! Where words that derive are written: the strings and days of the plan's tables.

use std::ops::Range;

use calendar::Date;
use plan::Plan;
use plan::source::{FileId, Place};

use super::source::string;

/// The strings and days of the tables of a plan, with the place of each.
pub struct Values {
    all: Vec<(String, Place)>,
    days: Vec<(Date, Place)>,
}

impl Values {
    /// Of a plan.
    pub fn of(plan: &Plan) -> Self {
        let (mut all, mut all_days) = (Vec::new(), Vec::new());
        for (id, file) in plan.sources.iter() {
            let tables = if file.path.ends_with(".toml") { file.text.len() } else { front_matter(&file.text) };
            strings(&file.text[..tables], id, &mut all);
            days(&file.text[..tables], id, &mut all_days);
        }
        Self { all, days: all_days }
    }

    /// The longest string that is printed in a text over some of its bytes; or the day.
    pub fn printing(&self, text: &str, bytes: &Range<usize>) -> Option<Place> {
        self.string_printing(text, bytes).or_else(|| self.day_printing(text, bytes))
    }

    fn day_printing(&self, text: &str, bytes: &Range<usize>) -> Option<Place> {
        let over = |found: &Range<usize>| found.start < bytes.end.max(bytes.start + 1) && bytes.start < found.end;
        let found = calendar::find_dates(text).into_iter().find(|found| over(&found.range))?;
        let day = found.value.ok()?.day()?;
        self.days.iter().find(|(stated, _)| *stated == day).map(|(_, place)| *place)
    }

    fn string_printing(&self, text: &str, bytes: &Range<usize>) -> Option<Place> {
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

/// The days of a table, which TOML writes without quotes.
fn days(text: &str, file: FileId, all: &mut Vec<(Date, Place)>) {
    const FORM: usize = "2025-04-09".len();
    for (at, _) in text.match_indices(|letter: char| letter.is_ascii_digit()) {
        let stands_alone = !text[..at].ends_with(|before: char| before.is_ascii_digit() || before == '-');
        if let Some(day) = text.get(at..at + FORM).filter(|_| stands_alone).and_then(|day| day.parse().ok()) {
            all.push((day, Place::new(file, at..at + FORM)));
        }
    }
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
