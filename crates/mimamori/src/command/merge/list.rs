//! The changes of a Word file, for people and for programs.

use std::path::Path;

use diagnostic::{Words, harmless};
use document::merge::{Change, Verdict};
use plan::Plan;
use plan::source::Place;
use serde_json::{Value, json};

use super::word::Comment;
use crate::folder;
use crate::speech::{language, say};

/// What came back.
pub struct List<'a> {
    /// The plan that the places are of.
    pub plan: &'a Plan,
    /// Its folder.
    pub root: &'a Path,
    /// The changes.
    pub changes: &'a [Change],
    /// The comments.
    pub comments: &'a [Comment],
}

fn styled(colour: bool, code: &str, text: &str) -> String {
    if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// A text in one line.
fn line(text: &str) -> String {
    harmless(&text.replace('\n', "↵"))
}

impl List<'_> {
    fn place(&self, place: Place) -> (String, u32, u32) {
        let (line, column) = self.plan.sources.line_and_column(place);
        (folder::path(self.root, self.plan.sources.path(place)), line, column)
    }

    fn shown(&self, place: Option<Place>) -> String {
        let shown = place.map(|place| self.place(place));
        shown.map_or_else(String::new, |(file, line, _)| harmless(&format!("{file}:{line}")))
    }

    /// The words changed, among those around them.
    fn words(change: &Change, colour: bool) -> String {
        let removed = if change.old.is_empty() { String::new() } else { styled(colour, "31", &format!("[-{}-]", line(&change.old))) };
        let added = if change.new.is_empty() { String::new() } else { styled(colour, "32", &format!("{{+{}+}}", line(&change.new))) };
        format!("{}{removed}{added}{}", line(&change.before), line(&change.after))
    }

    fn authors(change: &Change) -> String {
        if change.authors.is_empty() { String::new() } else { format!("  {}", line(&change.authors.join(say("、", ", ")))) }
    }

    /// A proposal with its number.
    pub fn proposal(&self, number: usize, change: &Change, colour: bool) -> String {
        let head = format!("{number}  {}", self.shown(change.place));
        format!("{}{}\n   {}\n\n", styled(colour, "1", &head), styled(colour, "2", &Self::authors(change)), Self::words(change, colour))
    }

    /// The changes that are not taken over.
    pub fn refusals(&self, colour: bool) -> String {
        let mut text = String::new();
        for change in self.changes {
            if let Verdict::Refused(refusal) = change.verdict {
                let head = format!("×  {}", self.shown(change.place));
                text.push_str(&format!("{}{}\n", styled(colour, "1", head.trim_end()), styled(colour, "2", &Self::authors(change))));
                text.push_str(&format!("   {}\n   {}\n\n", Self::words(change, colour), refusal.words().get(language())));
            }
        }
        text
    }

    /// The comments.
    pub fn comments(&self, colour: bool) -> String {
        let mut text = String::new();
        for Comment { author, date, text: words, about } in self.comments {
            let day = date.split('T').next().unwrap_or_default();
            let head = format!("※  {} {}", line(author), line(day));
            text.push_str(&format!("{}\n", styled(colour, "1", head.trim_end())));
            if !about.is_empty() {
                let short: String = about.chars().take(60).collect();
                text.push_str(&format!(
                    "   {}\n",
                    styled(colour, "2", &format!("「{}{}」", line(&short), if short == *about { "" } else { "…" }))
                ));
            }
            text.push_str(&format!("   {}\n\n", line(words)));
        }
        text
    }

    /// For a person.
    pub fn human(&self, colour: bool) -> String {
        let mut text = String::new();
        let mut number = 0;
        for change in self.changes.iter().filter(|change| matches!(change.verdict, Verdict::Proposed(_))) {
            number += 1;
            text.push_str(&self.proposal(number, change, colour));
        }
        text.push_str(&self.refusals(colour));
        text.push_str(&self.comments(colour));
        text.push_str(Words::new(self.summary_ja(number), self.summary_en(number)).get(language()));
        text.push('\n');
        text
    }

    fn summary_ja(&self, proposed: usize) -> String {
        if self.changes.is_empty() && self.comments.is_empty() {
            return "変更はありません".to_owned();
        }
        format!("取り込める変更 {proposed} 件、取り込めない変更 {} 件、コメント {} 件", self.changes.len() - proposed, self.comments.len())
    }

    fn summary_en(&self, proposed: usize) -> String {
        if self.changes.is_empty() && self.comments.is_empty() {
            return "nothing was changed".to_owned();
        }
        format!(
            "changes that can be taken in: {proposed}; that cannot: {}; comments: {}",
            self.changes.len() - proposed,
            self.comments.len()
        )
    }

    /// For a program: one change or comment a line.
    pub fn json_lines(&self) -> String {
        let mut number = 0;
        let mut text = String::new();
        for change in self.changes {
            let place = change.place.map(|place| self.place(place));
            let place = place.map(|(file, line, column)| json!({ "file": file, "line": line, "column": column }));
            let mut object = json!({
                "before": change.before,
                "old": change.old,
                "new": change.new,
                "after": change.after,
                "place": place,
                "authors": change.authors,
            });
            match &change.verdict {
                Verdict::Proposed(edits) => {
                    number += 1;
                    let edits = edits.iter().map(|edit| {
                        json!({ "file": folder::path(self.root, &edit.file), "start": edit.range.start, "end": edit.range.end, "text": edit.text })
                    });
                    object["kind"] = json!("proposed");
                    object["number"] = json!(number);
                    object["edits"] = Value::Array(edits.collect());
                }
                Verdict::Refused(refusal) => {
                    object["kind"] = json!("refused");
                    object["reason"] = json!(refusal.name());
                    object["message"] = json!(refusal.words().get(language()));
                }
            }
            text.push_str(&diagnostic::json_line(&object));
            text.push('\n');
        }
        for Comment { author, date, text: words, about } in self.comments {
            let object = json!({ "kind": "comment", "author": author, "date": date, "about": about, "text": words });
            text.push_str(&diagnostic::json_line(&object));
            text.push('\n');
        }
        text
    }
}
