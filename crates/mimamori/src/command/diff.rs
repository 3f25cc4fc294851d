//! `mimamori diff`.

mod page;

use std::path::Path;

use diagnostic::{Problem, Words, harmless};
use plan::difference::{Change, Piece, Side, difference};
use serde_json::{Value, json};

use crate::delivery::Destination;
use crate::folder;
use crate::outcome::Outcome;
use crate::plan_arguments::{Diff, DiffFormat};
use crate::speech::{language, say};
use crate::terminal::Surface;

/// Shows what changed between two plans.
///
/// # Errors
/// One of the folders is no plan, or the list cannot be written.
pub fn run(options: &Diff) -> Result<Outcome, Problem> {
    let (old, one, mut files) = folder::plan(&options.old)?;
    let (new, other, more) = folder::plan(&options.new)?;
    files.extend(more);
    let destination = Destination::of(options.delivery.output.as_deref(), &files)?;
    let surface = Surface::of(options.delivery.color, destination.is_file());
    let found = difference(&old, &new);
    let list = List { changes: &found.changes, old: &options.old, new: &options.new };
    let text = match options.format {
        DiffFormat::Human => list.human(surface.colour),
        DiffFormat::Jsonl => found.changes.iter().map(|change| diagnostic::json_line(&list.object(change)) + "\n").collect(),
        DiffFormat::Html => list.page(),
    };
    destination.write(&text)?;
    Ok(one.max(other))
}

/// The changes, and where the two plans are.
struct List<'a> {
    changes: &'a [Change],
    old: &'a Path,
    new: &'a Path,
}

fn words(words: &Words) -> &str {
    words.get(language())
}

impl List<'_> {
    /// How many changes there are, and how many of them are minor.
    fn summary(&self) -> String {
        let (all, minor) = (self.changes.len(), self.changes.iter().filter(|change| change.minor.is_some()).count());
        match (all, say("ja", "en")) {
            (0, "ja") => "違いはありません".to_owned(),
            (0, _) => "no difference".to_owned(),
            (_, "ja") => format!("変更 {all} 件（うち軽微変更に当たりうるもの {minor} 件）"),
            _ => format!("{all} change{}, {minor} of them possibly minor", if all == 1 { "" } else { "s" }),
        }
    }

    fn place(side: &Side, root: &Path) -> Option<String> {
        let span = side.span.as_ref()?;
        Some(format!("{}:{}", folder::path(root, &span.file), span.line.unwrap_or(1)))
    }

    fn human(&self, colour: bool) -> String {
        let styled = |code: &str, text: &str| if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() };
        let mut text = String::new();
        for change in self.changes {
            text.push_str(&format!("{}  {}\n", styled("1", &harmless(words(&change.message))), styled("2", &format!("[{}]", change.kind))));
            for (sign, code, side, root) in [("-", "31", &change.old, self.old), ("+", "32", &change.new, self.new)] {
                if let Some(place) = Self::place(side, root) {
                    text.push_str(&format!("  {}\n", styled("2", &harmless(&place))));
                }
                if let Some(stated) = side.stated.as_ref().filter(|_| change.pieces.is_empty()) {
                    text.push_str(&format!("  {}\n", styled(code, &format!("{sign} {}", harmless(words(stated))))));
                }
            }
            if !change.pieces.is_empty() {
                let pieces = change.pieces.iter().map(|piece| match piece {
                    Piece::Same(same) => harmless(same),
                    Piece::Removed(gone) => styled("31", &format!("[-{}-]", harmless(gone))),
                    Piece::Added(come) => styled("32", &format!("{{+{}+}}", harmless(come))),
                });
                text.push_str(&format!("  {}\n", pieces.collect::<String>()));
            }
            if let Some(minor) = change.minor {
                let (title, source) = (say(minor.title.0, minor.title.1), say(minor.reference.ja, minor.reference.en));
                text.push_str(&format!("  {}: {title} ({source})\n", say("軽微変更に当たりうる", "possibly minor")));
            }
            text.push('\n');
        }
        text.push_str(&self.summary());
        text.push('\n');
        text
    }

    fn object(&self, change: &Change) -> Value {
        let side = |side: &Side, root: &Path| {
            json!({
                "stated": side.stated.as_ref().map(words),
                "place": side.span.as_ref().map(|span| json!({ "file": folder::path(root, &span.file), "line": span.line, "column": span.column })),
            })
        };
        let minor = change.minor.map(|minor| {
            json!({ "rule": minor.name, "title": say(minor.title.0, minor.title.1), "source": say(minor.reference.ja, minor.reference.en) })
        });
        let pieces = change.pieces.iter().map(|piece| match piece {
            Piece::Same(same) => json!({ "same": same }),
            Piece::Removed(gone) => json!({ "removed": gone }),
            Piece::Added(come) => json!({ "added": come }),
        });
        json!({
            "change": change.kind,
            "subject": { "kind": change.subject.kind, "id": change.subject.id, "name": words(&change.subject.words) },
            "path": change.path,
            "message": words(&change.message),
            "minor": minor,
            "old": side(&change.old, self.old),
            "new": side(&change.new, self.new),
            "pieces": pieces.collect::<Vec<_>>(),
        })
    }
}
