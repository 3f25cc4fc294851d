//! `mimamori backup` and `mimamori restore`.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use access::{Action, Subject};
use diagnostic::{Problem, Words};
use journal::{Source, Sqlite, Store, copy};

use super::verify::told;
use crate::data;
use crate::delivery::Destination;
use crate::outcome::Outcome;
use crate::record_arguments::{Backup, Restore};
use crate::speech::say;
use crate::terminal::Progress;

/// Takes a backup into one file and verifies it; others go on working meanwhile.
///
/// # Errors
/// It may not be taken, the record is damaged, or the file cannot be written; then there is no file.
pub fn backup(options: &Backup) -> Result<Outcome, Problem> {
    let start = Instant::now();
    let desk = data::desk(&options.data)?;
    let context = data::context(&options.actor, 0)?;
    desk.allowed(Action::TakeBackup, &Subject::default(), &context).map_err(data::undone)?;
    if options.file.exists() {
        let name = options.file.display();
        return Err(Problem::new(
            Words::new(format!("{name} はすでにあります。上書きしません"), format!("{name} exists and is not overwritten")),
            Words::new("新しいファイルの名前を指定してください", "name a new file"),
        ));
    }
    let partial = Partial::beside(&options.file);
    let mut copied = copied(&mut *data::open_to_read(&options.data)?, Box::new(Sqlite::create(&partial.0)?))?;
    let heads = copied.heads()?;
    drop(copied);
    let verified = data::verified(&mut Sqlite::open_to_read(&partial.0)?, &heads)?;
    if verified.damage.is_empty() {
        partial.keep_as(&options.file)?;
        desk.note("backup-taken", &Words::same(options.file.display().to_string()), &context);
    }
    Destination::Standard.write(&told(&verified, start.elapsed().as_secs_f64()))?;
    Ok(if verified.damage.is_empty() { Outcome::Clean } else { Outcome::Failed })
}

/// Restores a backup into a new folder and verifies it.
///
/// # Errors
/// The file is damaged or no backup, or the folder is not empty or cannot be written.
pub fn restore(options: &Restore) -> Result<Outcome, Problem> {
    let start = Instant::now();
    let mut from = Sqlite::open_to_read(&options.file)?;
    let heads = from.heads()?;
    let before = data::verified(&mut from, &heads)?;
    if !before.damage.is_empty() {
        Destination::Standard.write(&told(&before, start.elapsed().as_secs_f64()))?;
        return Ok(Outcome::Failed);
    }
    let to = copied(&mut from, data::create(&options.data, &options.place)?)?;
    drop(to);
    let after = data::verified(&mut *data::open_to_read(&options.data)?, &heads)?;
    let desk = data::desk(&options.data)?;
    desk.note("restored", &Words::same(options.file.display().to_string()), &data::context(&options.actor, 0)?);
    drop(desk);
    Destination::Standard.write(&told(&after, start.elapsed().as_secs_f64()))?;
    if after != before {
        return Err(Problem::new(
            Words::new("復元した記録がバックアップと一致しません", "what was restored is not what the backup holds"),
            Words::new("このフォルダーは使わず、ディスクを確かめてください", "do not use this folder, and look at the disk"),
        ));
    }
    Ok(Outcome::Clean)
}

fn copied(from: &mut dyn Source, mut to: Box<dyn Store>) -> Result<Box<dyn Store>, Problem> {
    let mut progress = Progress::new(say("複写中", "copying"));
    copy(from, &mut *to, &mut |copied| {
        progress.tell(&format!("{} + {}", copied.entries, copied.blobs));
        ControlFlow::Continue(())
    })?;
    Ok(to)
}

/// A file that is not whole yet; gone if it does not become so.
struct Partial(PathBuf);

impl Partial {
    fn beside(file: &Path) -> Self {
        let mut name = file.as_os_str().to_owned();
        name.push(".partial");
        let partial = Self(name.into());
        partial.remove();
        partial
    }

    fn keep_as(self, file: &Path) -> Result<(), Problem> {
        let written = std::fs::File::open(&self.0)
            .and_then(|partial| partial.sync_all())
            .and_then(|()| std::fs::rename(&self.0, file))
            .and_then(|()| {
                std::fs::File::open(file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))?.sync_all()
            });
        written.map_err(|error| crate::folder::unwritten(file, &error))
    }

    fn remove(&self) {
        for ending in ["", "-wal", "-shm", "-journal"] {
            let mut name = self.0.as_os_str().to_owned();
            name.push(ending);
            let _ = std::fs::remove_file(name);
        }
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        self.remove();
    }
}
