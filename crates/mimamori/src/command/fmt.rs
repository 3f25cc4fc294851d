//! `mimamori fmt`.

use calendar::Date;
use diagnostic::Problem;
use plan::check::check;
use plan::format::format;

use crate::delivery::Destination;
use crate::folder;
use crate::outcome::Outcome;
use crate::plan_arguments::Fmt;
use crate::speech::{language, say};
use crate::terminal::{Colour, Surface};

/// Brings the files of a plan into their one layout and tells which ones changed.
///
/// # Errors
/// The folder cannot be read or written.
pub fn run(options: &Fmt) -> Result<Outcome, Problem> {
    let mut opened = folder::open(&options.folder)?;
    let formatted = format(&opened.folder);
    let mut outcome = Outcome::Clean;
    for problem in &opened.problems {
        outcome = outcome.max(Outcome::failed(problem));
    }
    if formatted.files == 0 {
        return Ok(outcome.max(Outcome::failed(&folder::no_plan(&options.folder))));
    }
    let mut text = String::new();
    let word = if options.check { say("整っていない", "not laid out") } else { say("整えた", "laid out") };
    for (path, _) in formatted.changed.iter() {
        text.push_str(&format!("{word}: {}\n", diagnostic::harmless(&folder::path(&options.folder, path))));
    }
    if options.check {
        if !text.is_empty() {
            outcome = outcome.max(Outcome::Findings);
        }
    } else {
        opened.write(&formatted.changed)?;
    }
    if !formatted.left.is_empty() {
        outcome = outcome.max(Outcome::Findings);
        // why a file cannot be read does not depend on the day
        let mut report = check(&opened.folder, Date::constant(2026, 1, 1)).report;
        report.findings.retain(|finding| {
            formatted.left.iter().any(|left| left.code == finding.code && finding.spans.first().is_some_and(|span| span.file == left.path))
        });
        report.notes.clear();
        report.as_of.clear();
        report.checked.clear();
        for span in report.findings.iter_mut().flat_map(|finding| &mut finding.spans) {
            span.file = folder::path(&options.folder, &span.file);
        }
        let surface = Surface::of(Colour::Auto, false);
        text.push_str(&diagnostic::human(&report, language(), surface.colour, surface.width));
    }
    Destination::Standard.write(&text)?;
    Ok(outcome)
}
