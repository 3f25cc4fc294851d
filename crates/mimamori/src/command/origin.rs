//! `mimamori origin`.

use access::Action;
use diagnostic::{Problem, Words, harmless};
use journal::Hash;
use operation::Point;

use crate::delivery::Destination;
use crate::life_arguments::Origin;
use crate::outcome::Outcome;
use crate::speech::language;
use crate::speech::local;
use crate::{data, intake};

/// Tells when, from which revision and by whom a file in hand was issued, and whether the plan was revised since.
///
/// # Errors
/// The file or the record cannot be read.
pub fn run(options: &Origin) -> Result<Outcome, Problem> {
    let bytes = intake::file(&options.file)?;
    data::reading(&options.data, &options.reader, Action::ReadPlan, None, "origin")?;
    let mut store = data::open_to_read(&options.data)?;
    let state = data::past(&options.data, &mut *store, Point::default())?;
    let sha256 = Hash::of(&[&bytes]);
    let (mut text, mut current) = (String::new(), false);
    for (id, product) in &state.products {
        for (number, issue) in &product.issues {
            for file in issue.files.iter().filter(|file| file.bytes == bytes.len() as u64) {
                let same = match file.sha256 {
                    Some(issued) => issued == sha256,
                    None => store.blob(file.address)?.is_some_and(|blob| blob.bytes == bytes),
                };
                if !same {
                    continue;
                }
                let of = issue.revision;
                let line = product.revisions.get(&of).and_then(|revision| product.lines.get(&revision.line));
                let head = line.map_or(of, |line| line.head);
                current |= head == of;
                let (when, who, document) = (local(issue.last.recorded), &issue.last.actor, &file.document);
                let (stands_ja, stands_en) = if head == of {
                    ("最後の改訂です".to_owned(), "the last revision".to_owned())
                } else {
                    (format!("その後、改訂{head}が記録されました"), format!("revised since: revision {head}"))
                };
                let words = Words::new(
                    format!("{id} の発行{number}（{document}、{}）、改訂{of}、{who}、{when}。{stands_ja}", file.path),
                    format!("issue {number} of {id} ({document}, {}), revision {of}, by {who}, {when}; {stands_en}", file.path),
                );
                text.push_str(&format!("{}\n", harmless(words.get(language()))));
            }
        }
    }
    if text.is_empty() {
        let name = options.file.display();
        let words = Words::new(
            format!("{name} は、この記録から発行されたものと一致しません"),
            format!("{name} is nothing that was issued from this record"),
        );
        text = format!("{}\n", harmless(words.get(language())));
    }
    Destination::Standard.write(&text)?;
    Ok(if current { Outcome::Clean } else { Outcome::Findings })
}
