//! The folder of an organisation's record.

use std::fs;
use std::path::{Path, PathBuf};

use diagnostic::{Problem, Words};
use jiff::tz::TimeZone;
use journal::{Failure, Moment, Sqlite, Verified, verify};
use operation::{Context, Desk, Snapshot, Undone};

use crate::delivery::cause;
use crate::record_arguments::Actor;
use crate::speech;
use crate::terminal::Progress;

/// The file of the entries in the folder.
const FILE: &str = "journal.sqlite";

/// Where the journal of a folder is.
pub fn file(data: &Path) -> PathBuf {
    data.join(FILE)
}

/// Makes an empty journal in a folder that is new or empty.
///
/// # Errors
/// There is something in the folder, or it cannot be made.
pub fn create(data: &Path) -> Result<Sqlite, Problem> {
    let name = data.display();
    let unmade = |error: &std::io::Error| {
        let cause = cause(error);
        Problem::new(
            Words::new(format!("{name} を作れません（{}）", cause.ja), format!("{name} cannot be made ({})", cause.en)),
            Words::new("書き込める場所を指定してください", "name a place that can be written"),
        )
    };
    match fs::read_dir(data) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                return Err(Problem::new(
                    Words::new(
                        format!("{name} は空ではありません。何も変えていません"),
                        format!("{name} is not empty; nothing was changed"),
                    ),
                    Words::new("新しいフォルダーの名前を指定してください", "name a new folder"),
                ));
            }
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => fs::create_dir_all(data).map_err(|error| unmade(&error))?,
        Err(error) => return Err(unmade(&error)),
    }
    private(data).map_err(|error| unmade(&error))?;
    Ok(Sqlite::create(&file(data))?)
}

/// Only the owner of the folder may look into it.
#[cfg(unix)]
fn private(data: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(data, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn private(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Opens the journal of a folder, or the file of a backup, to read.
///
/// # Errors
/// It is none, or cannot be read.
pub fn open_to_read(data: &Path) -> Result<Sqlite, Problem> {
    let file = if data.is_file() { data.to_owned() } else { file(data) };
    Ok(Sqlite::open_to_read(&file).map_err(|failure| named(failure, data))?)
}

/// Opens the journal of a folder and reads what follows from it.
///
/// # Errors
/// It is none, or cannot be read.
pub fn desk(data: &Path) -> Result<Desk, Problem> {
    let open = || Sqlite::open(&file(data)).map_err(|failure| named(failure, data));
    Ok(Desk::open(Box::new(open()?), Box::new(open()?), Snapshot::default())?)
}

/// A failure told of the folder that was given.
fn named(failure: Failure, data: &Path) -> Failure {
    match failure {
        Failure::NotAJournal(_) => Failure::NotAJournal(data.display().to_string()),
        other => other,
    }
}

/// Who acts now, having seen everything that stands.
///
/// # Errors
/// The system gives no random numbers.
pub fn context(actor: &Actor, files: usize) -> Result<Context, Problem> {
    let zone = TimeZone::system();
    let now = Moment::of(jiff::Timestamp::now());
    Ok(Context {
        command: random::<16>()?.iter().map(|byte| format!("{byte:02x}")).collect(),
        actor: actor.person.clone(),
        now,
        zone: zone.iana_name().map_or_else(|| zone.to_offset(now.timestamp()).to_string(), str::to_owned),
        reason: actor.reason.clone(),
        received: None,
        seen: u64::MAX,
        authenticated: None,
        salts: (0..files).map(|_| random()).collect::<Result<_, _>>()?,
    })
}

/// Random bytes of the system.
///
/// # Errors
/// It gives none.
pub fn random<const N: usize>() -> Result<[u8; N], Problem> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| {
        Problem::new(
            Words::new(format!("システムから乱数を得られません（{error}）"), format!("the system gives no random numbers ({error})")),
            Words::default(),
        )
    })?;
    Ok(bytes)
}

/// Verifies a journal, with what happens on the terminal.
///
/// # Errors
/// It cannot be read at all.
pub fn verified(store: &mut dyn journal::Source, held: &[journal::Head]) -> Result<Verified, Problem> {
    let mut progress = Progress::new(speech::say("検証中", "verifying"));
    Ok(verify(store, held, &mut |entries, blobs| {
        progress.tell(&format!("{entries} + {blobs}"));
        std::ops::ControlFlow::Continue(())
    })?)
}

/// What was not done, told to the user.
pub fn undone(undone: Undone) -> Problem {
    undone.into()
}
