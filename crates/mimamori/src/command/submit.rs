//! `mimamori submit`.

use std::path::Path;

use diagnostic::{Problem, Severity, Words};
use operation::organisation::Command as OrganisationCommand;
use operation::product::{Command, Event, FileSent, ValueChanged};
use operation::{Desk, product::Product};
use plan::Folder;
use plan::difference::trail;
use plan::rules::code;

use crate::data;
use crate::delivery::Destination;
use crate::folder;
use crate::outcome::Outcome;
use crate::record_arguments::Submit;
use crate::speech::say;

/// Records a revision of a plan.
///
/// # Errors
/// The folder is no plan, or the record refuses it.
pub fn run(options: &Submit) -> Result<Outcome, Problem> {
    let opened = folder::open(&options.folder)?;
    if let Some(problem) = opened.problems.first() {
        // half a plan is not recorded
        return Err(problem.clone());
    }
    let checked = plan::check::check_on_its_day(&opened.folder, jiff::Zoned::now().date());
    if checked.report.findings.iter().any(|finding| finding.code == code::NOT_A_PLAN) {
        return Err(folder::no_plan(&options.folder));
    }
    let count =
        |severity| u32::try_from(checked.report.findings.iter().filter(|finding| finding.severity == severity).count()).unwrap_or(u32::MAX);
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));

    let desk = data::desk(&options.data)?;
    let product = match &options.product {
        Some(product) => product.clone(),
        None => named(&options.folder)?,
    };
    let files: Vec<_> = opened.folder.iter().map(|(path, bytes)| FileSent { path: path.to_owned(), bytes: bytes.to_vec() }).collect();
    if !desk.snapshot().organisation.products.contains_key(&product) {
        let list = OrganisationCommand::ListProduct { product: product.clone(), name: checked.plan.name().to_owned() };
        desk.organisation(&list, &data::context(&options.actor, 0)?).map_err(data::undone)?;
    }
    let standing = desk.snapshot().products.get(&product).cloned().unwrap_or_default();
    let parent = options.from.or_else(|| standing.lines.get(&options.draft).map(|line| line.head));
    let before = parent.map(|parent| earlier(&desk, &standing, parent)).transpose()?;
    let changes = trail(before.as_ref(), &checked.plan)
        .into_iter()
        .map(|change| ValueChanged { path: change.path, old: change.old, new: change.new })
        .collect();
    let context = data::context(&options.actor, files.len())?;
    let program = concat!("mimamori ", env!("CARGO_PKG_VERSION")).to_owned();
    let command = Command::RecordRevision { line: options.draft.clone(), parent, files, errors, warnings, program, changes };
    let entries = desk.product(&product, &command, &context).map_err(data::undone)?;
    let Some(Ok(Event::RevisionRecorded(revision))) = entries.first().map(Event::read) else { return Ok(Outcome::Failed) };
    let (number, values, hash) = (revision.revision, revision.changes.len(), entries[0].hash);
    Destination::Standard.write(&match say("ja", "en") {
        "ja" => {
            format!("{product} の改訂{number}を記録しました（値の変更 {values} 件、要修正 {errors} 件、要確認 {warnings} 件）\n{hash}\n")
        }
        _ => format!("revision {number} of {product} is recorded: {values} values changed, {errors} errors, {warnings} warnings\n{hash}\n"),
    })?;
    Ok(if errors > 0 { Outcome::Findings } else { Outcome::Clean })
}

/// The product that a plan's folder is named after.
fn named(folder: &Path) -> Result<String, Problem> {
    let path = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    path.file_name().map(|name| name.to_string_lossy().into_owned()).ok_or_else(|| {
        Problem::new(
            Words::new("フォルダーの名前から製品が分かりません", "the folder's name tells no product"),
            Words::new("--product で指定してください", "name it with --product"),
        )
    })
}

/// The plan of an earlier revision, from its files.
fn earlier(desk: &Desk, product: &Product, number: u32) -> Result<plan::Plan, Problem> {
    let Some(revision) = product.revisions.get(&number) else {
        return Err(Problem::new(
            Words::new(format!("改訂{number}はありません"), format!("there is no revision {number}")),
            Words::new("`mimamori log` で確かめてください", "look with `mimamori log`"),
        ));
    };
    let mut folder = Folder::new();
    for file in &revision.files {
        if let Some(blob) = desk.blob(file.address)? {
            folder.insert(file.path.clone(), blob.bytes);
        }
    }
    Ok(plan::read::read(&folder).plan)
}
