//! `mimamori review`.

use diagnostic::{Problem, Report, Severity, Words};
use serde_json::Value;

use crate::arguments::{Review, ReviewFormat};
use crate::delivery::Destination;
use crate::outcome::Outcome;
use crate::terminal::Surface;
use crate::{intake, speech};

/// Reviews the plans, each as of its own date, and reports.
///
/// # Errors
/// The report cannot be written. A plan that cannot be read is told of and does not keep the others from being reviewed.
pub fn run(options: &Review) -> Result<Outcome, Problem> {
    if options.format == ReviewFormat::Html && options.files.len() > 1 {
        return Err(Problem::new(
            Words::new("HTML の報告は一つの文書ごとに作ります", "an HTML report is of one document"),
            Words::new("文書ごとに実行し、-o で保存先を分けてください", "run it once for each document, each with its own -o"),
        ));
    }
    let destination = Destination::of(options.delivery.output.as_deref(), &options.files)?;
    let surface = Surface::of(options.delivery.color, destination.is_file());
    // the only clock: for a document that states no date of submission
    let today = jiff::Zoned::now().date();
    let mut outcome = Outcome::Clean;
    let mut reports = Vec::new();
    for file in &options.files {
        let reviewed = intake::plan(file)
            .and_then(|plan| intake::guarded(&file.display().to_string(), || published::review::review(&plan, options.as_of, today)));
        match reviewed {
            Ok(report) => {
                outcome = outcome.max(judge(&report));
                reports.push(report);
            }
            Err(problem) => outcome = outcome.max(Outcome::failed(&problem)),
        }
    }
    if !reports.is_empty() {
        destination.write(&rendered(&reports, options.format, surface))?;
    }
    Ok(outcome)
}

/// Whether a report holds anything to mend.
pub(super) fn judge(report: &Report) -> Outcome {
    if report.worst().is_some_and(|worst| worst <= Severity::Warning) { Outcome::Findings } else { Outcome::Clean }
}

/// Reports in the form asked for.
pub(super) fn rendered(reports: &[Report], format: ReviewFormat, surface: Surface) -> String {
    let language = speech::language();
    match format {
        ReviewFormat::Human => {
            let each: Vec<_> = reports.iter().map(|report| diagnostic::human(report, language, surface.colour, surface.width)).collect();
            each.join("\n")
        }
        ReviewFormat::Jsonl => reports.iter().map(|report| diagnostic::jsonl(report, language)).collect(),
        ReviewFormat::Html => reports.iter().map(|report| diagnostic::html(report, language)).collect(),
        ReviewFormat::Sarif => {
            let logs: Vec<_> = reports.iter().map(|report| diagnostic::sarif(report, language)).collect();
            match logs.as_slice() {
                [log] => log.clone(),
                _ => joined(&logs),
            }
        }
    }
}

/// One SARIF log with the runs of all.
fn joined(logs: &[String]) -> String {
    let mut logs = logs.iter().filter_map(|log| serde_json::from_str::<Value>(log).ok());
    let mut all = logs.next().unwrap_or_default();
    for mut log in logs {
        if let (Some(runs), Some(more)) = (all["runs"].as_array_mut(), log["runs"].as_array_mut()) {
            runs.append(more);
        }
    }
    format!("{all:#}\n")
}
