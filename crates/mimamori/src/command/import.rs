//! `mimamori import`.

use diagnostic::{Problem, Severity};
use plan::Folder;

use crate::arguments::{Import, ReportFormat};
use crate::delivery::Destination;
use crate::outcome::Outcome;
use crate::terminal::Surface;
use crate::{folder, intake, speech};

/// Writes a published plan as plan source and reports what was chosen and what was left.
///
/// # Errors
/// The plan cannot be read, something stands in the folder already, or it cannot be written.
pub fn run(options: &Import) -> Result<Outcome, Problem> {
    let published = intake::plan(&options.file)?;
    let imported = published::import::plan(&published);
    let files: Folder = imported.files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    folder::create(&options.output, &files)?;
    let surface = Surface::of(options.color, false);
    let language = speech::language();
    let report = match options.format {
        ReportFormat::Human => diagnostic::human(&imported.report, language, surface.colour, surface.width),
        ReportFormat::Jsonl => diagnostic::jsonl(&imported.report, language),
    };
    Destination::Standard.write(&report)?;
    let grave = imported.report.worst().is_some_and(|worst| worst <= Severity::Warning);
    Ok(if grave { Outcome::Findings } else { Outcome::Clean })
}
