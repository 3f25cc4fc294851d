//! `mimamori schema`.

use std::io::Read;
use std::path::{Path, PathBuf};

use diagnostic::{Problem, Words};

use crate::delivery::{Destination, Staged};
use crate::folder::{self, unwritten};
use crate::outcome::Outcome;
use crate::plan_arguments::Schema;
use crate::speech::say;

/// Writes the JSON Schemas of the plan language. Where they were written before, they are written anew.
///
/// # Errors
/// Something else stands there already, or it cannot be written.
pub fn run(options: &Schema) -> Result<Outcome, Problem> {
    let schemas = plan::tables::schemas();
    let again = schemas.iter().any(|(path, _)| is_schema(&options.folder.join(path)));
    if again {
        renew(&options.folder, &schemas)?;
    } else {
        folder::create(&options.folder, &schemas)?;
    }
    let made = if again { say("更新", "renewed") } else { say("作成", "made") };
    let mut text = String::new();
    for (path, _) in schemas.iter() {
        text.push_str(&format!("{made}: {}\n", diagnostic::harmless(&folder::path(&options.folder, path))));
    }
    Destination::Standard.write(&text)?;
    Ok(Outcome::Clean)
}

/// True for an ordinary file that this command wrote: its id stands at the head of it.
fn is_schema(path: &Path) -> bool {
    let mut head = Vec::new();
    let ordinary = std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
    let read = |head: &mut Vec<u8>| std::fs::File::open(path)?.take(HEAD).read_to_end(head);
    ordinary && read(&mut head).is_ok() && String::from_utf8_lossy(&head).contains(ID)
}

/// What every schema of ours has near its beginning.
const ID: &str = "\"$id\": \"urn:mimamori:plan:";
/// So many bytes are its beginning.
const HEAD: u64 = 200;

/// Writes each file in the place of what this command wrote before.
fn renew(folder: &Path, schemas: &plan::Folder) -> Result<(), Problem> {
    let targets: Vec<PathBuf> = schemas.iter().map(|(path, _)| folder.join(path)).collect();
    if let Some(foreign) = targets.iter().find(|target| std::fs::symlink_metadata(target).is_ok() && !is_schema(target)) {
        let name = foreign.display();
        return Err(Problem::new(
            Words::new(format!("{name} はこの言語の JSON Schema ではありません"), format!("{name} is no JSON Schema of this language")),
            Words::new("移すか、別のフォルダーを指定してください", "move it away, or give another folder"),
        ));
    }
    for (target, (_, bytes)) in targets.iter().zip(schemas.iter()) {
        Staged::new(target, bytes).and_then(Staged::commit).map_err(|error| unwritten(target, &error))?;
    }
    Ok(())
}
