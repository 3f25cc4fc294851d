//! `mimamori submit`.

mod conflict;

use std::path::Path;

use diagnostic::{Problem, Severity, Words};
use operation::organisation::Command as OrganisationCommand;
use operation::product::{Command, Event, FileSent, Product, ValueChanged, handle};
use operation::{Desk, Refusal, Undone};
use plan::difference::trail;
use plan::rules::code;

use conflict::Both;

use crate::delivery::Destination;
use crate::outcome::Outcome;
use crate::record_arguments::Submit;
use crate::speech::say;
use crate::{base, data, folder};

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
    // of what cannot be read the history of every value would say that somebody took it out
    let unreadable = [code::NOT_TEXT, code::SYNTAX_ERROR, code::FRONT_MATTER_BROKEN];
    if let Some(finding) = checked.report.findings.iter().find(|finding| unreadable.contains(&finding.code)) {
        let file = finding.spans.first().map_or_else(String::new, |span| folder::path(&options.folder, &span.file));
        return Err(Problem::new(
            Words::new(
                format!("{file} を読み取れません（{}）。記録していません", finding.message.ja),
                format!("{file} cannot be read ({}); nothing was recorded", finding.message.en),
            ),
            Words::new("`mimamori check` で確かめて直してください", "see `mimamori check`, and mend it"),
        ));
    }
    let count =
        |severity| u32::try_from(checked.report.findings.iter().filter(|finding| finding.severity == severity).count()).unwrap_or(u32::MAX);
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));

    let desk = data::desk(&options.data)?;
    let organisation = desk.snapshot().organisation.id;
    // what the folder says of itself counts more than its name, which a copy does not keep
    let noted = base::of(&options.folder, &organisation);
    let product = match (&options.product, &noted) {
        (Some(product), _) => product.clone(),
        (None, Some((product, _))) => product.clone(),
        (None, None) => named(&options.folder)?,
    };
    let files: Vec<_> = opened.folder.iter().map(|(path, bytes)| FileSent { path: path.to_owned(), bytes: bytes.to_vec() }).collect();
    if !desk.snapshot().organisation.products.contains_key(&product) {
        // what will be refused is refused before a product is begun
        let first = Command::RecordRevision {
            line: options.draft.clone(),
            parent: options.from,
            files: files.clone(),
            errors,
            warnings,
            program: String::new(),
            changes: Vec::new(),
        };
        let context = data::context(&options.actor, files.len())?;
        if let Err(refusal) = handle(&product, &Product::default(), &desk.snapshot().organisation, first, &context) {
            let problem = Problem::from(refusal);
            desk.note("refused", &problem.message, &context);
            return Err(problem);
        }
        let list = OrganisationCommand::ListProduct { product: product.clone(), name: checked.plan.name().to_owned() };
        desk.organisation(&list, &data::context(&options.actor, 0)?).map_err(data::undone)?;
    }
    let standing = desk.snapshot().products.get(&product).cloned().unwrap_or_default();
    let noted = noted.filter(|(noted, _)| *noted == product).map(|(_, revision)| revision);
    if let (None, Some(noted)) = (options.from, noted) {
        same_draft(&standing, noted, &options.draft)?;
    }
    let parent = match options.from.or(noted) {
        None if standing.lines.contains_key(&options.draft) => return Err(unknown_base(&options.folder)),
        parent => parent,
    };
    let before = parent.map(|parent| earlier(&desk, &standing, parent)).transpose()?;
    if let Some(before) = &before {
        same_product(&options.folder, &checked.plan, before, &product)?;
    }
    let changes = trail(before.as_ref(), &checked.plan)
        .into_iter()
        .map(|change| ValueChanged { path: change.path, old: change.old, new: change.new })
        .collect();
    let context = data::context(&options.actor, files.len())?;
    let program = concat!("mimamori ", env!("CARGO_PKG_VERSION")).to_owned();
    let command = Command::RecordRevision { line: options.draft.clone(), parent, files, errors, warnings, program, changes };
    let entries = desk.product(&product, &command, &context).map_err(|undone| {
        if let (Undone::Refused(Refusal::Conflict(_)), Some(parent), Some(base)) = (&undone, parent, &before) {
            let told = both(&desk, &product, &options.draft, (parent, base), &checked.plan);
            let _ = told.and_then(|told| Destination::Standard.write(&told));
            return meanwhile(&options.data, &product);
        }
        data::undone(undone)
    })?;
    let Some(Ok(Event::RevisionRecorded(revision))) = entries.first().map(Event::read) else { return Ok(Outcome::Failed) };
    let (number, values, hash) = (revision.revision, revision.changes.len(), entries[0].hash);
    // where it cannot be noted, the next one is asked what it was made from
    let _ = base::note(&options.folder, &organisation, &product, number);
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

/// That what is recorded is a plan of the product: it may be renamed, but not have another substance at the same time.
fn same_product(folder: &Path, plan: &plan::Plan, before: &plan::Plan, product: &str) -> Result<(), Problem> {
    let substance = |plan: &plan::Plan| plan.facts.product.substance.value.clone();
    if plan.name() == before.name() || substance(plan) == substance(before) {
        return Ok(());
    }
    let (folder, name, other) = (folder.display(), plan.name(), before.name());
    Err(Problem::new(
        Words::new(
            format!("{folder} は「{name}」の計画で、{product} は「{other}」です。記録していません"),
            format!("{folder} is the plan of {name}, but {product} is {other}; nothing was recorded"),
        ),
        Words::new("フォルダーか --product を確かめてください", "check the folder, or --product"),
    ))
}

/// That a folder goes on where it came from: what is of a pending draft does not slip into the plan in force.
fn same_draft(standing: &Product, noted: u32, draft: &str) -> Result<(), Problem> {
    let line = standing.revisions.get(&noted).map(|revision| revision.line.as_str());
    let begins = standing.lines.get(draft).is_some_and(|line| line.head == noted);
    match line.filter(|line| *line != draft && !begins) {
        None => Ok(()),
        Some(line) => Err(Problem::new(
            Words::new(
                format!("このフォルダーは案「{line}」の改訂{noted}から作られています。記録していません"),
                format!("this folder was made from revision {noted}, of the draft “{line}”; nothing was recorded"),
            ),
            Words::new(format!("--draft {line} を付けてください"), format!("add --draft {line}")),
        )),
    }
}

fn unknown_base(folder: &Path) -> Problem {
    let name = folder.display();
    Problem::new(
        Words::new(
            format!("{name} がどの改訂から作られたのか分かりません"),
            format!("{name} does not say which revision it was made from"),
        ),
        Words::new(
            "もとにした改訂の番号を --from で指定してください（`mimamori status` が番号を表示します）",
            "give its number with --from; `mimamori status` shows the numbers",
        ),
    )
}

/// What two people made of one revision, as it stands now.
fn both(desk: &Desk, product: &str, line: &str, base: (u32, &plan::Plan), mine: &plan::Plan) -> Result<String, Problem> {
    let product = desk.snapshot().products.get(product).cloned().unwrap_or_default();
    let head = product.lines.get(line).map_or(0, |line| line.head);
    let theirs = earlier(desk, &product, head)?;
    let Some(revision) = product.revisions.get(&head) else { return Ok(String::new()) };
    Ok(Both { base, theirs: (head, revision, &theirs), mine }.told())
}

fn meanwhile(data: &Path, product: &str) -> Problem {
    let data = data.display();
    Problem::new(
        Words::new(
            format!("{product} は、手元の計画のもとになった改訂の後に変わりました。記録していません。手元の計画はそのままです"),
            format!(
                "{product} has changed since the revision that yours was made from; nothing was recorded, and your folder is as it was"
            ),
        ),
        Words::new(
            format!(
                "両方を一つにし、記録された改訂の番号を --from で指定して、もう一度記録してください。`mimamori export {data} -o 新しいフォルダー` がその改訂のファイルを state/{product}/ に書き出します"
            ),
            format!(
                "make one of both, and record it with --from and the number of the recorded revision; `mimamori export {data} -o FOLDER` writes its files to state/{product}/"
            ),
        ),
    )
}

/// The plan of an earlier revision, from its files.
fn earlier(desk: &Desk, product: &Product, number: u32) -> Result<plan::Plan, Problem> {
    let Some(revision) = product.revisions.get(&number) else {
        return Err(Problem::new(
            Words::new(format!("改訂{number}はありません"), format!("there is no revision {number}")),
            Words::new("`mimamori log` で確かめてください", "look with `mimamori log`"),
        ));
    };
    data::plan(number, revision, &mut |address| desk.blob(address))
}
