//! `mimamori demo`: an invented world to look around in.

mod story;
mod surveys;
mod world;

use std::path::{Path, PathBuf};

use diagnostic::{Problem, Words};

use super::serve::serve;
use crate::delivery::Destination;
use crate::outcome::Outcome;
use crate::serve_arguments::Demo;
use crate::speech::say;
use crate::{data, folder};

/// The password of everybody in the invented world, which answers on this machine alone.
const PASSWORD: &str = "mimamori demo 2026";
/// Beside a record of invented data; whoever serves it says so on every page.
const MARK: &str = "simulated";

/// Furnishes an invented world in an empty folder, and serves it.
///
/// # Errors
/// The folder is not empty, or the address cannot be listened at.
pub fn run(options: &Demo) -> Result<Outcome, Problem> {
    if !options.listen.listen.is_loopback() {
        return Err(Problem::new(
            Words::new("架空の世界はこの機械からだけ開けます", "the invented world answers on this machine alone"),
            Words::new(
                "--listen を外してください。全員が同じパスワードを使うためです",
                "leave --listen out: everybody there has the same password",
            ),
        ));
    }
    let path = match &options.data {
        Some(path) => path.clone(),
        None => temporary(),
    };
    if !data::is_record(&path) || !is_simulated(&path) {
        world::furnish(&path, PASSWORD)?;
        std::fs::write(path.join(MARK), "").map_err(|error| folder::unwritten(&path.join(MARK), &error))?;
    }
    Destination::Standard.write(&told(&path))?;
    serve(&path, None, &options.listen)
}

/// Whether a folder holds invented data.
pub fn is_simulated(data: &Path) -> bool {
    data.join(MARK).exists()
}

fn temporary() -> PathBuf {
    std::env::temp_dir().join(format!("mimamori-demo-{}", std::process::id()))
}

fn told(path: &Path) -> String {
    let mut text = match say("ja", "en") {
        "ja" => format!("架空の世界（模擬データ）を {} に用意しました。パスワードは全員「{PASSWORD}」です\n", path.display()),
        _ => format!("an invented world (simulated data) stands in {}; everybody's password is “{PASSWORD}”\n", path.display()),
    };
    for person in world::PEOPLE {
        let role = person.role.words();
        text.push_str(&format!("  {:<10} {}（{}）\n", person.id, person.name, say(role.0, role.1)));
    }
    text
}
