//! `mimamori new`.

use diagnostic::Problem;

use crate::delivery::Destination;
use crate::folder;
use crate::outcome::Outcome;
use crate::plan_arguments::New;
use crate::speech::say;

/// Makes a minimal plan.
///
/// # Errors
/// Something stands there already, or it cannot be written.
pub fn run(options: &New) -> Result<Outcome, Problem> {
    let template = plan::template::template();
    folder::create(&options.folder, &template)?;
    let mut text = String::new();
    for (path, _) in template.iter() {
        text.push_str(&format!("{}: {}\n", say("作成", "made"), diagnostic::harmless(&folder::path(&options.folder, path))));
    }
    let folder = diagnostic::harmless(&options.folder.display().to_string());
    text.push_str(&format!("{}: mimamori check {folder}\n", say("次に", "next")));
    Destination::Standard.write(&text)?;
    Ok(Outcome::Clean)
}
