//! `mimamori read`.

use diagnostic::Problem;

use crate::arguments::{DataFormat, Read};
use crate::delivery::Destination;
use crate::intake;
use crate::outcome::Outcome;

/// Shows what the plan states.
///
/// # Errors
/// The plan cannot be read, or the result cannot be written.
pub fn run(options: &Read) -> Result<Outcome, Problem> {
    let destination = Destination::of(options.output.as_deref(), std::slice::from_ref(&options.file))?;
    let plan = intake::plan(&options.file)?;
    let text = match options.format {
        DataFormat::Text => published::outline::text(&plan),
        DataFormat::Json => format!("{:#}\n", published::outline::json(&plan)),
    };
    destination.write(&text)?;
    Ok(Outcome::Clean)
}
