//! `mimamori check`.

use std::path::Path;

use diagnostic::{Problem, Report, Words};
use plan::check::{Check as Checked, check, check_on_its_day, repaired};
use plan::rules::code::{NOT_A_PLAN, OTHER_FORMAT};

use super::review::{judge, rendered};
use crate::delivery::Destination;
use crate::outcome::Outcome;
use crate::plan_arguments::Check;
use crate::terminal::Surface;
use crate::{folder, speech};

/// Repairs that make room for others: more rounds than any plan needs.
const ROUNDS: usize = 8;

/// Checks a plan and reports; with `--fix` it makes the safe repairs first.
///
/// # Errors
/// The folder cannot be read, a repair cannot be written, or the report cannot be.
pub fn run(options: &Check) -> Result<Outcome, Problem> {
    let mut opened = folder::open(&options.folder)?;
    let destination = Destination::of(options.delivery.output.as_deref(), &folder::files(&options.folder, &opened.folder))?;
    let surface = Surface::of(options.delivery.color, destination.is_file());
    let judged = |folder: &plan::Folder| match options.as_of {
        Some(day) => check(folder, day),
        None => check_on_its_day(folder, jiff::Zoned::now().date()),
    };
    let mut checked = judged(&opened.folder);
    if options.fix {
        let mut mended = 0;
        for _ in 0..ROUNDS {
            let before = opened.folder.clone();
            let changed = repaired(&before, &checked.repairs);
            let changed: plan::Folder = changed.iter().filter(|(path, bytes)| before.get(path) != Some(*bytes)).collect();
            if changed.iter().next().is_none() {
                break;
            }
            opened.write(&changed)?;
            let left = judged(&opened.folder);
            mended += checked.repairs.len().saturating_sub(left.repairs.len());
            checked = left;
        }
        speech::tell(&match mended {
            0 => Words::new("自動で直せる箇所はありませんでした", "there was nothing to repair"),
            _ => Words::new(format!("{mended} か所を直しました"), format!("{mended} repaired")),
        });
    }
    let report = named(checked, &options.folder);
    let mut outcome =
        if report.findings.iter().any(|f| [NOT_A_PLAN, OTHER_FORMAT].contains(&f.code)) { Outcome::Failed } else { judge(&report) };
    for problem in &opened.problems {
        outcome = outcome.max(Outcome::failed(problem));
    }
    destination.write(&rendered(&[report], options.format, surface))?;
    Ok(outcome)
}

/// The report with paths as the user can open them.
fn named(checked: Checked, root: &Path) -> Report {
    let mut report = checked.report;
    report.file = root.display().to_string();
    let spans = report.findings.iter_mut().flat_map(|finding| &mut finding.spans);
    for span in spans.chain(report.notes.iter_mut().filter_map(|note| note.span.as_mut())) {
        span.file = folder::path(root, &span.file);
    }
    report
}
