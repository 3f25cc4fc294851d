//! `mimamori sheet`.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use access::Action;
use diagnostic::{Problem, Words, harmless};
use document::signatures::{FileOnSheet as Printed, Line, Sheet};
use jiff::Zoned;
use journal::{Chain, Entry, Hash, Store};
use operation::product::{Event, MAIN, Product, SignatureStatus};
use operation::{Point, Snapshot};

use super::build::{Source, place, signatures, stage};
use super::log::local;
use super::status;
use crate::data;
use crate::delivery::Destination;
use crate::life_arguments::SheetOptions;
use crate::outcome::Outcome;
use crate::plan_arguments::{BuildFormat, Choice};
use crate::speech::say;

/// A file that is issued together with a sheet.
pub struct FileOnSheet(String, Hash);

impl FileOnSheet {
    /// A file by its name and bytes.
    pub fn of(path: &str, bytes: &[u8]) -> Self {
        Self(path.to_owned(), Hash::of(&[bytes]))
    }
}

/// Prints the signatures of a revision, as they stand now.
///
/// # Errors
/// There is no such revision, or the sheet cannot be made or written.
pub fn run(options: &SheetOptions) -> Result<Outcome, Problem> {
    data::reading(&options.data, &options.reader, Action::ReadPlan, Some(&options.product), "sheet")?;
    let format = format(&options.output)?;
    let store = &mut *data::open_to_read(&options.data)?;
    let state = data::past(&options.data, store, Point::default())?;
    let product = state.products.get(&options.product).ok_or_else(|| status::unknown(&options.product))?;
    let revision = options.revision.unwrap_or_else(|| product.lines.get(MAIN).map_or(0, |line| line.head));
    let folder = data::files(product, revision, &mut |address| store.blob(address))?;
    let sheet = sheet(&state, &options.product, revision, store, Vec::new())?;
    let choice = Choice { documents: Vec::new(), formats: vec![format], as_of: None, forms: options.forms.clone() };
    let root = format!("{}-{revision}", options.product);
    let source = Source { root: Path::new(&root), folder: &folder, forms: choice.forms.as_deref(), published: None };
    let Some(made) = signatures(&source, &choice, &sheet, Zoned::now().date())? else { return Ok(Outcome::Failed) };
    let name = options.output.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let files: Vec<_> = made.files.into_iter().map(|(_, bytes)| (name.clone(), bytes)).collect();
    let parent = options.output.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    place(stage(&files, parent, source.root)?)?;
    let path = options.output.display().to_string();
    Destination::Standard.write(&format!("{}: {}\n", say("作成", "built"), harmless(&path)))?;
    Ok(Outcome::Clean)
}

/// The format that the name of a file asks for.
fn format(output: &Path) -> Result<BuildFormat, Problem> {
    match output.extension().and_then(|extension| extension.to_str()) {
        Some("pdf") => Ok(BuildFormat::Pdf),
        Some("docx") => Ok(BuildFormat::Docx),
        Some("html") => Ok(BuildFormat::Html),
        Some("txt") => Ok(BuildFormat::Text),
        _ => {
            let name = output.display();
            Err(Problem::new(
                Words::new(format!("{name} の形式が名前から分かりません"), format!("the name {name} tells no format")),
                Words::new(
                    ".html、.docx、.pdf、.txt のいずれかで終わる名前を指定してください",
                    "give a name that ends in .html, .docx, .pdf or .txt",
                ),
            ))
        }
    }
}

/// What is on record of a revision, in words: each time is told where the person was. `issued` goes out together with the sheet.
///
/// # Errors
/// The record cannot be read.
pub fn sheet(state: &Snapshot, id: &str, number: u32, store: &mut dyn Store, issued: Vec<FileOnSheet>) -> Result<Sheet, Problem> {
    let product = state.products.get(id).ok_or_else(|| status::unknown(id))?;
    let Some(revision) = product.revisions.get(&number) else { return Err(server::house::no_revision(number)) };
    let Entries { recorded, signed, withdrawn, head } = Entries::of(product, id, number, store)?;
    let person = |id: &str| state.organisation.people.get(id).map_or_else(|| id.to_owned(), |known| format!("{}（{id}）", known.name));
    let last = product.lines.get(&revision.line).map_or(number, |line| line.head);
    let of_revision = product.signatures.iter().filter(|(_, signature)| signature.revision == number);
    let signatures = of_revision.map(|(number, signature)| {
        let (ja, en) = signature.meaning.words();
        let (role_ja, role_en) = access::Role::named(&signature.role).map_or(("", ""), |role| role.words());
        // a role of a later program is told as it is recorded
        let role_ja = if role_ja.is_empty() { signature.role.as_str() } else { role_ja };
        Line {
            meaning: both(ja, en),
            name: signature.name.clone(),
            signer: signature.signer.clone(),
            role: both(role_ja, role_en),
            signed: signed.get(number).map(when).unwrap_or_default(),
            entry: signed.get(number).map(place_of).unwrap_or_default(),
            state: match product.status(signature) {
                SignatureStatus::Valid => both("有効", "valid"),
                SignatureStatus::VoidedByChange(by) => both(
                    &format!("この改訂に対して有効（改訂{by}には及ばない）"),
                    &format!("holds for this revision, does not cover revision {by}"),
                ),
                SignatureStatus::Withdrawn => both("取下げ", "withdrawn"),
            },
            withdrawn: withdrawn.get(number).map(when).unwrap_or_default(),
            reason: signature.withdrawn.as_ref().map(|(_, reason)| reason.clone()).unwrap_or_default(),
        }
    });
    let signatures = signatures.collect();
    let mut files: Vec<_> =
        issued.into_iter().map(|FileOnSheet(name, sha256)| Printed { name, sha256: sha256.to_string(), issue: None }).collect();
    // of what was issued before, a sheet names the documents and not the sheets
    for (issue, earlier) in product.issues.iter().filter(|(_, issue)| issue.revision == number) {
        let earlier = earlier.files.iter().filter(|file| file.document != "signatures");
        files.extend(
            earlier.filter_map(|file| Some(Printed { name: file.path.clone(), sha256: file.sha256?.to_string(), issue: Some(*issue) })),
        );
    }
    Ok(Sheet {
        organisation: state.organisation.name.clone(),
        product: id.to_owned(),
        revision: number,
        draft: if revision.line == MAIN { String::new() } else { revision.line.clone() },
        content: revision.content.to_string(),
        author: person(&revision.author),
        recorded: recorded.as_ref().map(when).unwrap_or_default(),
        reason: revision.reason.clone().unwrap_or_default(),
        revised: (last != number).then_some(last),
        head: head.as_ref().map(place_of).unwrap_or_default(),
        printed: told(&Zoned::now()),
        signatures,
        files,
    })
}

/// The entries that a sheet speaks of.
#[derive(Default)]
struct Entries {
    recorded: Option<Entry>,
    signed: BTreeMap<u32, Entry>,
    withdrawn: BTreeMap<u32, Entry>,
    head: Option<Entry>,
}

impl Entries {
    /// Those up to where the state stands, so that all of the sheet is of one moment.
    fn of(product: &Product, id: &str, number: u32, store: &mut dyn Store) -> Result<Self, Problem> {
        let mut entries = Self::default();
        store.read(&Chain::Product(id.to_owned()), 0, &mut |entry| {
            if entry.sequence > product.sequence {
                return ControlFlow::Break(());
            }
            match Event::read(&entry) {
                Ok(Event::RevisionRecorded(revision)) if revision.revision == number => entries.recorded = Some(entry.clone()),
                Ok(Event::Signed(signed)) => _ = entries.signed.insert(signed.signature, entry.clone()),
                Ok(Event::SignatureWithdrawn(withdrawn)) => _ = entries.withdrawn.insert(withdrawn.signature, entry.clone()),
                _ => {}
            }
            entries.head = Some(entry);
            ControlFlow::Continue(())
        })?;
        Ok(entries)
    }
}

/// In both languages.
fn both(ja: &str, en: &str) -> String {
    if en.is_empty() { ja.to_owned() } else { format!("{ja} / {en}") }
}

/// When something was recorded, where the person was.
fn when(entry: &Entry) -> String {
    told(&local(entry))
}

/// A time with its offset and the name of its zone.
fn told(time: &Zoned) -> String {
    let zone = time.time_zone().iana_name().map(|name| format!("（{name}）")).unwrap_or_default();
    format!("{}{zone}", time.strftime("%Y-%m-%d %H:%M:%S %:z"))
}

/// The place of an entry in its chain, with its hash.
fn place_of(entry: &Entry) -> String {
    format!("{}  {}", entry.sequence, entry.hash)
}
