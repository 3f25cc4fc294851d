//! `mimamori issue`.

use std::path::Path;

use access::{Action, Subject};
use diagnostic::{Problem, Words, harmless};
use operation::product::{Command, DocumentSent, Event, FileSent, MAIN};

use super::build::{Built, Source, built, place, signatures, stage};
use super::sheet::{FileOnSheet, sheet};
use super::status;
use crate::data;
use crate::delivery::Destination;
use crate::life_arguments::Issue;
use crate::outcome::Outcome;
use crate::plan_arguments::DocumentName;
use crate::speech::say;

/// Builds documents of a recorded revision, with its signatures, and records that they were issued. Nothing is put into its place before
/// it is on record.
///
/// # Errors
/// It may not be, there is no such revision, or the documents cannot be built, written or recorded.
pub fn run(options: &Issue) -> Result<Outcome, Problem> {
    let desk = data::desk(&options.data)?;
    let about = Subject { product: Some(&options.product), ..Subject::default() };
    desk.allowed(Action::IssueDocument, &about, &data::context(&options.actor, 0)?).map_err(data::undone)?;
    let state = desk.snapshot();
    let product = state.products.get(&options.product).ok_or_else(|| status::unknown(&options.product))?;
    let last = product.lines.get(MAIN).map_or(0, |line| line.head);
    let revision = options.revision.unwrap_or(last);
    let handed_in = product.submissions.values().map(|submission| submission.revision).filter(|earlier| *earlier < revision).max();
    let against = options.against.or(handed_in);

    let published = product.submissions.values().any(|submission| submission.revision == revision && submission.published.is_some());
    if options.choice.documents.contains(&DocumentName::Public) && !published {
        return Err(Problem::new(
            Words::new(
                format!("改訂{revision}は公表されたと記録されていないため、公表用の頁を発行しません"),
                format!("revision {revision} is not recorded as published; no public page of it is issued"),
            ),
            Words::new(
                "公表したら `mimamori record … published` で記録し、その改訂を --revision で指定してください",
                "once it is public, record so with `mimamori record … published`, and name its revision with --revision",
            ),
        ));
    }
    let files = |number: u32| data::files(product, number, &mut |address| desk.blob(address));
    // what messages call a revision: its files stand in no folder
    let name = |number: u32| format!("{}-{number}", options.product);
    let (root, folder) = (name(revision), files(revision)?);
    let earlier = match against {
        Some(number) => Some((name(number), plan::read::read(&files(number)?).plan)),
        None => None,
    };
    let earlier = earlier.as_ref().map(|(root, plan)| (Path::new(root), plan));
    let source = Source { root: Path::new(&root), folder: &folder, forms: options.choice.forms.as_deref(), published: Some(published) };
    let Some(Built { outcome, documents: mut made, as_of }) = built(&source, earlier, &options.choice, false)? else {
        return Ok(Outcome::Failed);
    };
    let issued: Vec<_> = made.iter().flat_map(|made| &made.files).map(|(path, bytes)| FileOnSheet::of(path, bytes)).collect();
    let store = &mut *data::open_to_read(&options.data)?;
    let sheet = sheet(&state, &options.product, revision, store, issued)?;
    let Some(signatures) = signatures(&source, &options.choice, &sheet, as_of)? else { return Ok(Outcome::Failed) };
    made.push(signatures);

    let (mut written, mut sent) = (Vec::new(), Vec::new());
    for made in made {
        for (path, bytes) in made.files {
            let (document, language) = (made.document.to_owned(), made.language.code().to_owned());
            sent.push(DocumentSent { document, language, file: FileSent { path: path.clone(), bytes: bytes.clone() } });
            written.push((path, bytes));
        }
    }
    let staged = stage(&written, &options.output, source.root)?;
    let context = data::context(&options.actor, sent.len())?;
    let program = concat!("mimamori ", env!("CARGO_PKG_VERSION")).to_owned();
    let command = Command::Issue { revision, against, as_of, program, files: sent };
    let entries = desk.product(&options.product, &command, &context).map_err(data::undone)?;
    let Some(Ok(Event::DocumentsIssued(issued))) = entries.first().map(Event::read) else { return Ok(Outcome::Failed) };
    let mut text = String::new();
    for path in place(staged)? {
        let path = harmless(&path.display().to_string()).to_string();
        text.push_str(&match say("ja", "en") {
            "ja" => format!("発行{}: {path}\n", issued.issue),
            _ => format!("issue {}: {path}\n", issued.issue),
        });
    }
    Destination::Standard.write(&text)?;
    Ok(outcome)
}
