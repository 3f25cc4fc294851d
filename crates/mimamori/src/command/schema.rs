//! `mimamori schema`.

use diagnostic::Problem;

use crate::delivery::Destination;
use crate::folder;
use crate::outcome::Outcome;
use crate::plan_arguments::Schema;
use crate::speech::say;

/// Writes the JSON Schemas of the plan language.
///
/// # Errors
/// Something stands there already, or it cannot be written.
pub fn run(options: &Schema) -> Result<Outcome, Problem> {
    let schemas = plan::tables::schemas();
    folder::create(&options.folder, &schemas)?;
    let mut text = String::new();
    for (path, _) in schemas.iter() {
        text.push_str(&format!("{}: {}\n", say("作成", "made"), diagnostic::harmless(&folder::path(&options.folder, path))));
    }
    Destination::Standard.write(&text)?;
    Ok(Outcome::Clean)
}
