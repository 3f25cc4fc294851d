//! `mimamori issue`.

use std::path::{Path, PathBuf};

use access::{Action, Subject};
use diagnostic::{Problem, Words};
use document::signatures::{Line, Sheet};
use operation::Desk;
use operation::product::{Command, Event, FileSent, MAIN, Product, SignatureStatus};

use super::build::{self, Built};
use super::status;
use crate::data;
use crate::delivery::Destination;
use crate::folder::unwritten;
use crate::life_arguments::Issue;
use crate::outcome::Outcome;
use crate::plan_arguments::{Build, DocumentName};
use crate::speech::say;

/// Builds documents of a recorded revision, with its signatures, and records that they were issued.
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
    let handed_in = product.submissions.values().map(|submission| submission.revision).rfind(|earlier| *earlier != revision);
    let against = options.against.or(handed_in);

    let published = product.submissions.values().any(|submission| submission.revision == revision && submission.published.is_some());
    if options.documents.contains(&DocumentName::Public) && !published {
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
    let source = Source::new()?;
    let take_out = |number: u32| {
        let folder = source.0.join(format!("revision-{number}"));
        data::take_out(&state, &options.product, number, &mut |address| desk.blob(address), &folder).map(|()| folder)
    };
    let build = Build {
        folder: take_out(revision)?,
        documents: options.documents.clone(),
        formats: options.formats.clone(),
        as_of: options.as_of,
        against: against.map(take_out).transpose()?,
        output: Some(options.output.clone()),
        forms: options.forms.clone(),
        final_version: false,
        show_form: false,
        is_published: Some(published),
    };
    let Built { outcome, mut documents, as_of } = build::built(&build)?;
    if documents.is_empty() {
        return Ok(outcome);
    }
    documents.push(("signatures", build::signatures(&build, &sheet(product, revision, &desk, options)?, as_of)?));

    let mut text = String::new();
    for (document, paths) in documents {
        let files = paths.iter().map(|path| sent(path)).collect::<Result<Vec<_>, _>>()?;
        let program = concat!("mimamori ", env!("CARGO_PKG_VERSION")).to_owned();
        let context = data::context(&options.actor, files.len())?;
        let command = Command::Issue { document: document.to_owned(), revision, as_of, program, files };
        let entries = desk.product(&options.product, &command, &context).map_err(data::undone)?;
        let Some(Ok(Event::DocumentIssued(issued))) = entries.first().map(Event::read) else { return Ok(Outcome::Failed) };
        for path in paths {
            let path = diagnostic::harmless(&path.display().to_string()).to_string();
            text.push_str(&match say("ja", "en") {
                "ja" => format!("発行{}: {path}\n", issued.issue),
                _ => format!("issue {}: {path}\n", issued.issue),
            });
        }
    }
    Destination::Standard.write(&text)?;
    Ok(outcome)
}

fn sent(path: &Path) -> Result<FileSent, Problem> {
    let bytes = std::fs::read(path).map_err(|error| unwritten(path, &error))?;
    Ok(FileSent { path: path.file_name().unwrap_or_default().to_string_lossy().into_owned(), bytes })
}

/// What is on record of a revision, as it is printed: in Japanese, as the documents beside it.
fn sheet(product: &Product, number: u32, desk: &Desk, options: &Issue) -> Result<Sheet, Problem> {
    let Some(revision) = product.revisions.get(&number) else { return Ok(Sheet::default()) };
    let people = desk.snapshot().organisation.people;
    let name = |person: &str| people.get(person).map_or_else(|| person.to_owned(), |known| format!("{}（{person}）", known.name));
    let signatures = product.signatures.values().filter(|signature| signature.revision == number).map(|signature| Line {
        meaning: signature.meaning.words().0.to_owned(),
        name: signature.name.clone(),
        signer: signature.signer.clone(),
        role: access::Role::named(&signature.role).map_or(signature.role.as_str(), |role| role.words().0).to_owned(),
        signed: status::local(signature.recorded),
        state: match (product.status(signature), &signature.withdrawn) {
            (SignatureStatus::Valid, _) => "有効".to_owned(),
            (SignatureStatus::VoidedByChange(by), _) => format!("改訂{by}により失効"),
            (SignatureStatus::Withdrawn, Some((when, reason))) => format!("{}に取下げ：{reason}", status::local(*when)),
            (SignatureStatus::Withdrawn, None) => "取下げ".to_owned(),
        },
    });
    let heads = data::open_to_read(&options.data)?.heads()?;
    let chain = journal::Chain::Product(options.product.clone());
    let head = heads.iter().find(|head| head.chain == chain).map(|head| format!("{}番　{}", head.sequence, head.hash));
    Ok(Sheet {
        revision: number,
        content: revision.content.to_string(),
        author: name(&revision.author),
        recorded: status::local(revision.recorded),
        reason: revision.reason.clone().unwrap_or_default(),
        head: head.unwrap_or_default(),
        printed: status::local(data::context(&options.actor, 0)?.now),
        signatures: signatures.collect(),
    })
}

/// A folder for the files of revisions while documents are built of them.
struct Source(PathBuf);

impl Source {
    fn new() -> Result<Self, Problem> {
        let name: String = data::random::<8>()?.iter().map(|byte| format!("{byte:02x}")).collect();
        let folder = std::env::temp_dir().join(format!("mimamori-{name}"));
        std::fs::create_dir(&folder).and_then(|()| data::private(&folder)).map_err(|error| {
            Problem::new(
                Words::new(
                    format!("{} を作れません（{error}）", folder.display()),
                    format!("{} cannot be made ({error})", folder.display()),
                ),
                Words::new("環境変数 TMPDIR に書き込める場所を指定してください", "set TMPDIR to a place that can be written"),
            )
        })?;
        Ok(Self(folder))
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
