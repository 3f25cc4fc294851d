//! A revision of a plan: from files to the command that records them, with the check of the program and what changed.

use calendar::Date;
use diagnostic::{Problem, Report, Severity, Words};
use operation::product::{Command, FileSent, Product, ValueChanged};
use plan::difference::trail;
use plan::rules::code;
use plan::{Folder, Plan};

/// A revision that is ready to be recorded.
#[derive(Debug)]
pub struct Revised {
    /// The command.
    pub command: Command,
    /// How many files it keeps: as many salts are needed.
    pub files: usize,
    /// What it states.
    pub plan: Plan,
    /// What the check found.
    pub report: Report,
}

/// Makes the command that records these files as a revision after `parent`.
///
/// # Errors
/// It is no plan, or the plan of another product.
pub fn revised(line: &str, parent: Option<(u32, &Plan)>, folder: &Folder, today: Date) -> Result<Revised, Problem> {
    let checked = plan::check::check_on_its_day(folder, today);
    if checked.report.findings.iter().any(|finding| [code::NOT_A_PLAN, code::OTHER_FORMAT].contains(&finding.code)) {
        return Err(Problem::new(
            Words::new("これは計画のソースではありません", "this is no plan source"),
            Words::new("plan.toml のある計画を記録してください", "record a plan that has its plan.toml"),
        ));
    }
    if let Some((_, before)) = parent {
        same_product(&checked.plan, before)?;
    }
    let count =
        |severity| u32::try_from(checked.report.findings.iter().filter(|finding| finding.severity == severity).count()).unwrap_or(u32::MAX);
    let changes = trail(parent.map(|(_, plan)| plan), &checked.plan)
        .into_iter()
        .map(|change| ValueChanged { path: change.path, old: change.old, new: change.new })
        .collect();
    let files: Vec<_> = folder.iter().map(|(path, bytes)| FileSent { path: path.to_owned(), bytes: bytes.to_vec() }).collect();
    let number = files.len();
    let command = Command::RecordRevision {
        line: line.to_owned(),
        parent: parent.map(|(number, _)| number),
        files,
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        program: concat!("mimamori ", env!("CARGO_PKG_VERSION")).to_owned(),
        changes,
    };
    Ok(Revised { command, files: number, plan: checked.plan, report: checked.report })
}

/// That it is a plan of the same product: it may be renamed, but not have another substance at the same time.
fn same_product(plan: &Plan, before: &Plan) -> Result<(), Problem> {
    let substance = |plan: &Plan| plan.facts.product.substance.value.clone();
    if plan.name() == before.name() || substance(plan) == substance(before) {
        return Ok(());
    }
    let (name, other) = (plan.name(), before.name());
    Err(Problem::new(
        Words::new(
            format!("「{name}」の計画は、「{other}」の改訂として記録できません"),
            format!("the plan of {name} is no revision of {other}"),
        ),
        Words::new("製品名か有効成分名を確かめてください", "check the name of the product or its substance"),
    ))
}

/// The line of a draft, or that of the plan in force.
#[must_use]
pub fn head<'a>(product: &'a Product, line: &str) -> Option<(u32, &'a operation::product::Revision)> {
    let head = product.lines.get(line)?.head;
    Some((head, product.revisions.get(&head)?))
}
