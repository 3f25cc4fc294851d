//! The heads of all chains, signed: whoever keeps them holds the record to everything before.

use std::fs::{self, OpenOptions};
use std::path::Path;

use diagnostic::{Problem, Words};
use jiff::tz::TimeZone;
use journal::{Moment, SignedHeads};
use operation::organisation::{Command, PROGRAM};
use operation::{Context, Desk};

use crate::data;
use crate::delivery::Staged;
use crate::folder::unwritten;
use crate::record_arguments::Actor;
use crate::speech::tell;

/// The file of the secret key, which only the owner of the folder can read.
const KEY: &str = "head.key";
/// Held while it is made.
const LOCK: &str = "head.lock";

/// The heads as they stand, signed.
///
/// # Errors
/// The record or the key cannot be read, or the key cannot be written.
pub fn sign(data: &Path) -> Result<SignedHeads, Problem> {
    Ok(SignedHeads::sign(&data::open_to_read(data)?.heads()?, &key(data)?))
}

/// Signs the heads as the day before left them, when the record is first opened on a day; nobody has to remember it. What cannot be
/// signed today is told, and stops nobody.
pub fn sign_daily(data: &Path, desk: &Desk) {
    if let Err(problem) = sign_if_new(data, desk) {
        tell(&Words::new(
            format!("注意: 今日の先頭値に署名できませんでした（{}）", problem.message.ja),
            format!("note: the heads could not be signed today ({})", problem.message.en),
        ));
    }
}

fn sign_if_new(data: &Path, desk: &Desk) -> Result<(), Problem> {
    let day = |moment: Moment| moment.timestamp().to_zoned(TimeZone::system()).date();
    let context = data::context(&Actor::named(PROGRAM.to_owned()), 0)?;
    let today = day(context.now);
    let last = data::open_to_read(data)?.heads()?.iter().map(|head| day(head.recorded)).max();
    if last.is_none_or(|last| last >= today) {
        return Ok(());
    }
    // two programs that open the record at once sign it once
    let context = Context { command: format!("heads of {today}"), ..context };
    desk.organisation(&Command::SignDay(sign(data)?), &context).map_err(data::undone)?;
    Ok(())
}

/// The secret key, made when it is first needed: by one program, for all.
fn key(data: &Path) -> Result<[u8; 32], Problem> {
    let path = data.join(KEY);
    let lock = data.join(LOCK);
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(&lock).map_err(|error| unwritten(&lock, &error))?;
    lock.lock().map_err(|error| unwritten(&path, &error))?;
    if path.exists() {
        let name = path.display();
        return fs::read(&path).ok().and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| {
            Problem::new(
                Words::new(format!("{name} を鍵として読めません"), format!("{name} cannot be read as a key")),
                Words::new(
                    "バックアップから戻してください。失われたときは、退けると次の署名から新しい鍵になります",
                    "bring it back from a backup; if it is lost and put aside, a new key signs from then on",
                ),
            )
        });
    }
    let key = server::chance::bytes()?;
    Staged::secret(&path, &key).and_then(Staged::commit).map_err(|error| unwritten(&path, &error))?;
    Ok(key)
}
