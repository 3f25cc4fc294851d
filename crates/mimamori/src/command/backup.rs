//! `mimamori backup` and `mimamori restore`.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use access::{Action, Subject};
use diagnostic::{Problem, Words};
use journal::{Source, Sqlite, Store, copy};
use operation::{Point, past};

use super::verify::told;
use crate::delivery::Destination;
use crate::folder::unwritten;
use crate::outcome::Outcome;
use crate::partial::Partial;
use crate::record_arguments::{Backup, Restore};
use crate::speech::say;
use crate::terminal::Progress;
use crate::{credentials, data};

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
    let folder = options.file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let place = folder.canonicalize().map_err(|error| unwritten(&options.file, &error))?;
    if options.data.canonicalize().is_ok_and(|data| place.starts_with(data)) {
        let name = options.file.display();
        return Err(Problem::new(
            Words::new(format!("{name} は記録そのもののフォルダーの中にあります"), format!("{name} is in the folder of the record itself")),
            Words::new("別の場所、できれば別のディスクを指定してください", "name another place, on another disk if there is one"),
        ));
    }
    let partial = Partial::beside(&options.file);
    let mut from = data::open_to_read(&options.data)?;
    // what others add meanwhile belongs to the next one
    let heads = from.heads()?;
    drop(copied(&mut *from, Box::new(Sqlite::create(partial.path())?))?);
    Sqlite::open(partial.path())?.into_one_file()?;
    let verified = data::verified(&mut Sqlite::open_to_read(partial.path())?, &heads)?;
    if verified.damage.is_empty() {
        partial.keep_as(&options.file)?;
        desk.note("backup-taken", &Words::same(options.file.display().to_string()), &context);
    }
    Destination::Standard.write(&told(&verified, start.elapsed().as_secs_f64()))?;
    Ok(if verified.damage.is_empty() { Outcome::Clean } else { Outcome::Failed })
}

/// Restores a backup into a new folder and verifies it. Until it is whole the folder is no record.
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
    let state = past(&mut from, Point::default())?;
    state.organisation.role_for(&options.actor.person, Action::RestoreBackup, &Subject::default())?;
    let new = data::New::make(&options.data, &options.place)?;
    drop(copied(&mut from, new.open()?)?);
    let after = data::verified(&mut *new.open_to_read()?, &heads)?;
    if after != before {
        return Err(Problem::new(
            Words::new("復元した記録がバックアップと一致しません", "what was restored is not what the backup holds"),
            Words::new("ディスクを確かめてください。フォルダーには何も残していません", "look at the disk; nothing is left in the folder"),
        ));
    }
    new.finish()?;
    let desk = data::desk(&options.data)?;
    let context = data::context(&options.actor, 0)?;
    desk.note("restored", &Words::same(options.file.display().to_string()), &context);
    let mut text = told(&after, start.elapsed().as_secs_f64());
    text.push_str(say(
        "パスワードと先頭値の署名の鍵はバックアップに含まれません。もとのフォルダーがあれば keep.sqlite と head.key を写してください\n",
        "passwords and the key that signs the heads are not in a backup: copy keep.sqlite and head.key from the old folder if there is one\n",
    ));
    text.push_str(&credentials::told(&options.actor.person, &credentials::invite(&options.data, &options.actor.person)?));
    Destination::Standard.write(&text)?;
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
