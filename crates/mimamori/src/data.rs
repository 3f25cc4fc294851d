//! The folder of an organisation's record.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use access::{Action, Subject};
use diagnostic::{Problem, Words};
use jiff::tz::TimeZone;
use journal::{Blob, Damage, Failure, Hash, Moment, Postgres, Source, Sqlite, Store, Verified, verify};
use operation::product::{Product, Revision};
use operation::{Checkpoint, Context, Desk, Past, Point, Snapshot, Undone};
use server::Keep;

use crate::delivery::{Staged, cause};
use crate::folder::unwritten;
use crate::partial::{Partial, is_left_of};
use crate::record_arguments::{Actor, Database, Reader};
use crate::terminal::Progress;
use crate::{base, heads, speech};

/// The file of the entries in the folder.
const FILE: &str = "journal.sqlite";
/// Instead of it, where the entries are in PostgreSQL: the address, with the server's role.
const ADDRESS: &str = "database";

/// A copy of what follows from the entries. Without it, all of them are read.
const CHECKPOINT: &str = "checkpoint";
/// From how many entries on it saves more than it costs: they take about 50 ms to read.
const WORTH_A_CHECKPOINT: u64 = 25_000;

/// Where the journal of a folder is.
pub fn file(data: &Path) -> PathBuf {
    data.join(FILE)
}

/// A record on its way: until it is finished the folder is none, and what was made of it goes again.
#[derive(Debug)]
pub struct New {
    data: PathBuf,
    /// Whether the folder is ours to remove.
    made: bool,
    place: NewPlace,
}

#[derive(Debug)]
enum NewPlace {
    File(Partial),
    /// The address with the server's role.
    Database(String),
    Finished,
}

impl New {
    /// An empty journal for a folder that is new or empty: in a file there, or in a database whose address the folder will hold.
    ///
    /// # Errors
    /// There is something in the folder or the database, or it cannot be made.
    pub fn make(data: &Path, database: &Database) -> Result<Self, Problem> {
        let unmade = |error: &std::io::Error| unmade(data, error);
        let addresses = database.addresses()?;
        let made = !data.exists();
        if made {
            fs::create_dir_all(data).map_err(|error| unmade(&error))?;
        }
        let mut new = Self { data: data.to_owned(), made, place: NewPlace::Finished };
        for entry in fs::read_dir(data).map_err(|error| unmade(&error))? {
            let entry = entry.map_err(|error| unmade(&error))?;
            if !is_left_of(&entry.file_name(), &file(data)) {
                return Err(not_empty(data));
            }
            fs::remove_file(entry.path()).map_err(|error| unmade(&error))?;
        }
        private(data).map_err(|error| unmade(&error))?;
        new.place = match addresses {
            None => {
                let partial = Partial::beside(&file(data));
                drop(Sqlite::create(partial.path())?);
                NewPlace::File(partial)
            }
            Some(Addresses { owner, server, role }) => {
                Postgres::create(owner, &role)?;
                Keep::create(owner, &role)?;
                NewPlace::Database(server.to_owned())
            }
        };
        Ok(new)
    }

    /// Opens the journal to read and write.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn open(&self) -> Result<Box<dyn Store>, Problem> {
        Ok(match &self.place {
            NewPlace::File(partial) => Box::new(Sqlite::open(partial.path())?),
            NewPlace::Database(address) => Box::new(Postgres::open(address)?),
            NewPlace::Finished => open(&self.data)?,
        })
    }

    /// Opens the journal to read.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn open_to_read(&self) -> Result<Box<dyn Store>, Problem> {
        match &self.place {
            NewPlace::File(partial) => Ok(Box::new(Sqlite::open_to_read(partial.path())?)),
            NewPlace::Database(address) => Ok(Box::new(Postgres::open_to_read(address)?)),
            NewPlace::Finished => open_to_read(&self.data),
        }
    }

    /// Makes the folder a record; nobody may have the journal open.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn finish(mut self) -> Result<(), Problem> {
        match std::mem::replace(&mut self.place, NewPlace::Finished) {
            NewPlace::File(partial) => partial.keep_as(&file(&self.data))?,
            NewPlace::Database(address) => {
                let path = self.data.join(ADDRESS);
                Staged::secret(&path, address.as_bytes()).and_then(Staged::commit).map_err(|error| unmade(&self.data, &error))?;
            }
            NewPlace::Finished => {}
        }
        Ok(())
    }
}

impl Drop for New {
    fn drop(&mut self) {
        self.place = NewPlace::Finished;
        if self.made {
            // only what is empty goes
            let _ = fs::remove_dir(&self.data);
        }
    }
}

fn unmade(data: &Path, error: &std::io::Error) -> Problem {
    let (name, cause) = (data.display(), cause(error));
    Problem::new(
        Words::new(format!("{name} を作れません（{}）", cause.ja), format!("{name} cannot be made ({})", cause.en)),
        Words::new("書き込める場所を指定してください", "name a place that can be written"),
    )
}

fn not_empty(data: &Path) -> Problem {
    let name = data.display();
    Problem::new(
        Words::new(format!("{name} は空ではありません。何も変えていません"), format!("{name} is not empty; nothing was changed")),
        Words::new("新しいフォルダーの名前を指定してください", "name a new folder"),
    )
}

/// Where a database is.
struct Addresses<'a> {
    owner: &'a str,
    server: &'a str,
    /// The role that the server's address names.
    role: String,
}

impl Database {
    /// The addresses of the owner and of the server, if a database is asked for.
    fn addresses(&self) -> Result<Option<Addresses<'_>>, Problem> {
        match (&self.database, &self.server) {
            (None, None) => Ok(None),
            (Some(owner), Some(server)) => match Postgres::role_of(server) {
                Some(role) => Ok(Some(Addresses { owner, server, role })),
                None => Err(Problem::new(
                    Words::new("--server の接続先に役割の名前がありません", "the address after --server names no role"),
                    Words::new("postgres://役割@ホスト/データベース の形で指定してください", "give it as postgres://ROLE@HOST/DATABASE"),
                )),
            },
            _ => Err(Problem::new(
                Words::new(
                    "--database（所有者の接続先）と --server（サーバーの接続先）は一緒に指定します",
                    "--database (the owner's address) and --server (the server's address) go together",
                ),
                Words::new(
                    "所有者が表を作り、サーバーの役割は読むことと加えることだけができます",
                    "the owner makes the tables; the server's role may only read and add",
                ),
            )),
        }
    }
}

/// Lets a folder be that of a record in a database that exists already: of one of several servers.
///
/// # Errors
/// The folder is that of another record, there is no record in the database, or the folder cannot be written.
pub fn at_database(data: &Path, given: &str) -> Result<(), Problem> {
    match address(data) {
        Some(known) if known == given => return Ok(()),
        None if !file(data).exists() => {}
        _ => {
            let name = data.display();
            return Err(Problem::new(
                Words::new(format!("{name} には別の記録があります"), format!("{name} is the folder of another record")),
                Words::new("--database を外すか、新しいフォルダーを指定してください", "leave --database out, or name a new folder"),
            ));
        }
    }
    drop(Postgres::open(given)?);
    fs::create_dir_all(data).and_then(|()| private(data)).map_err(|error| unmade(data, &error))?;
    let path = data.join(ADDRESS);
    Staged::secret(&path, given.as_bytes()).and_then(Staged::commit).map_err(|error| unmade(data, &error))
}

/// The address in a folder, if its entries are in a database.
pub fn address(data: &Path) -> Option<String> {
    fs::read_to_string(data.join(ADDRESS)).ok().map(|text| text.trim().to_owned())
}

/// What is kept beside the record of a folder: credentials and sessions.
///
/// # Errors
/// It cannot be read or made.
pub fn keep(data: &Path) -> Result<Keep, Problem> {
    let keep = match address(data) {
        Some(address) => Keep::in_database(&address)?,
        None => Keep::in_folder(data)?,
    };
    // what the program kept in a file before it kept sessions
    let older = data.join("credentials.json");
    if let Some(all) = fs::read(&older).ok().and_then(|bytes| serde_json::from_slice::<BTreeMap<String, Older>>(&bytes).ok()) {
        for (person, Older { hash }) in all.iter().filter(|(_, older)| !older.hash.is_empty()) {
            server::people::credentials::import(&keep, person, hash)?;
        }
        fs::remove_file(&older).map_err(|error| unwritten(&older, &error))?;
    }
    Ok(keep)
}

#[derive(serde::Deserialize)]
struct Older {
    hash: String,
}

/// Whether a folder is that of a record.
pub fn is_record(data: &Path) -> bool {
    file(data).is_file() || data.join(ADDRESS).is_file()
}

/// Opens the journal of a folder to read and write.
pub fn open(data: &Path) -> Result<Box<dyn Store>, Failure> {
    match address(data) {
        Some(address) => Ok(Box::new(Postgres::open(&address)?)),
        None => Ok(Box::new(Sqlite::open(&file(data)).map_err(|failure| named(failure, data))?)),
    }
}

/// Only the owner of the folder may look into it.
///
/// # Errors
/// It is not ours.
#[cfg(unix)]
pub fn private(data: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(data, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
pub fn private(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Opens the journal of a folder, or the file of a backup, to read.
///
/// # Errors
/// It is none, or cannot be read.
pub fn open_to_read(data: &Path) -> Result<Box<dyn Store>, Problem> {
    if let Some(address) = address(data) {
        return Ok(Box::new(Postgres::open_to_read(&address)?));
    }
    let file = if data.is_file() { data.to_owned() } else { file(data) };
    Ok(Box::new(Sqlite::open_to_read(&file).map_err(|failure| named(failure, data))?))
}

/// Opens the journal of a folder to record in it, and reads what follows from it. On a new day its heads are signed first.
///
/// # Errors
/// It is none, or cannot be read.
pub fn desk(data: &Path) -> Result<Desk, Problem> {
    let mut reader = open(data)?;
    let checkpoint = checkpoint(data, &mut *reader);
    let known = checkpoint.snapshot();
    let desk = Desk::open(open(data)?, reader, known.clone())?;
    let state = desk.snapshot();
    if state.entries() - known.entries() >= WORTH_A_CHECKPOINT {
        let bytes = Checkpoint::of(state, &mut *open(data)?)?.bytes();
        // without one, the next start only takes longer
        let _ = Staged::new(&data.join(CHECKPOINT), &bytes).and_then(Staged::commit);
    }
    heads::sign_daily(data, &desk);
    Ok(desk)
}

/// The checkpoint in a folder; the empty one if there is none that can be used.
fn checkpoint(data: &Path, source: &mut dyn Source) -> Checkpoint {
    fs::read(data.join(CHECKPOINT)).ok().and_then(|bytes| Checkpoint::read(&bytes, source)).unwrap_or_default()
}

/// The state at a point of time.
///
/// # Errors
/// The journal cannot be read.
pub fn past(data: &Path, store: &mut dyn Store, point: Point) -> Result<Snapshot, Problem> {
    // the checkpoint is of a state without limits
    match point == Point::default() {
        true => Ok(Past::from(checkpoint(data, store)).at(store, point)?),
        false => Ok(operation::past(store, point)?),
    }
}

/// What is wrong with the checkpoint in a folder, if anything is: it is compared with all entries.
///
/// # Errors
/// The journal cannot be read.
pub fn checkpoint_damage(data: &Path) -> Result<Option<Damage>, Problem> {
    if !data.join(CHECKPOINT).exists() {
        return Ok(None);
    }
    let mut store = open_to_read(data)?;
    if checkpoint(data, &mut *store).holds(&mut *store)? {
        return Ok(None);
    }
    Ok(Some(Damage {
        place: data.join(CHECKPOINT).display().to_string(),
        what: Words::new(
            "記録から求めた状態と違います。写しにすぎないので、削除してください",
            "it is not what follows from the entries; it is only a copy: delete it",
        ),
    }))
}

/// A failure told of the folder that was given.
fn named(failure: Failure, data: &Path) -> Failure {
    match failure {
        Failure::NotAJournal(_) => Failure::NotAJournal(data.display().to_string()),
        other => other,
    }
}

/// Who acts now, having seen everything that stands unless they say otherwise.
///
/// # Errors
/// The system gives no random numbers.
pub fn context(actor: &Actor, files: usize) -> Result<Context, Problem> {
    let zone = TimeZone::system();
    let now = Moment::of(jiff::Timestamp::now());
    Ok(Context {
        command: match &actor.key {
            Some(key) => key.clone(),
            None => server::chance::bytes::<16>()?.iter().map(|byte| format!("{byte:02x}")).collect(),
        },
        actor: actor.person.clone(),
        now,
        zone: zone.iana_name().map_or_else(|| zone.to_offset(now.timestamp()).to_string(), str::to_owned),
        reason: actor.reason.clone(),
        received: None,
        seen: actor.seen.unwrap_or(u64::MAX),
        authenticated: None,
        salts: (0..files).map(|_| server::chance::bytes()).collect::<Result<_, _>>()?,
    })
}

/// The plan of a revision, from its files.
///
/// # Errors
/// The journal cannot be read, or a file is no longer in it.
pub fn plan(number: u32, revision: &Revision, blob: &mut dyn FnMut(Hash) -> Result<Option<Blob>, Failure>) -> Result<plan::Plan, Problem> {
    Ok(plan::read::read(&server::house::files(number, revision, blob)?).plan)
}

/// The files of a revision, all of them.
///
/// # Errors
/// There is no such revision, the journal cannot be read, or a file is no longer in it.
pub fn files(product: &Product, number: u32, blob: &mut dyn FnMut(Hash) -> Result<Option<Blob>, Failure>) -> Result<plan::Folder, Problem> {
    server::house::files(number, product.revisions.get(&number).ok_or_else(|| server::house::no_revision(number))?, blob)
}

/// Writes the files of a revision into a folder, which then says what it was made from. Hands back what is no longer in the record.
///
/// # Errors
/// The journal cannot be read, a path leads out of the folder, or a file cannot be written.
pub fn take_out(
    state: &Snapshot,
    product: &str,
    number: u32,
    blob: &mut dyn FnMut(Hash) -> Result<Option<Blob>, Failure>,
    folder: &Path,
) -> Result<Vec<String>, Problem> {
    let mut missing = Vec::new();
    let Some(revision) = state.products.get(product).and_then(|product| product.revisions.get(&number)) else {
        return Err(server::house::no_revision(number));
    };
    for file in &revision.files {
        let inside = Path::new(&file.path).components().all(|part| matches!(part, Component::Normal(_)));
        let Some(blob) = blob(file.address)?.filter(|_| inside) else {
            missing.push(file.path.clone());
            continue;
        };
        let path = folder.join(&file.path);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).and_then(|()| fs::write(&path, &blob.bytes)).map_err(|error| unwritten(&path, &error))?;
    }
    if missing.is_empty() {
        base::note(folder, &state.organisation.id, product, number).map_err(|error| unwritten(folder, &error))?;
    }
    Ok(missing)
}

/// That somebody reads: whether they may, and a note of it. Of whoever has the folder and says no name, nothing is known.
///
/// # Errors
/// They may not; that is noted too.
pub fn reading(data: &Path, reader: &Reader, action: Action, product: Option<&str>, what: &str) -> Result<(), Problem> {
    // nothing can be noted in a backup
    let Some(person) = reader.person.clone().filter(|_| data.is_dir()) else { return Ok(()) };
    let state = past(data, &mut *open_to_read(data)?, Point::default())?;
    let allowed = state.organisation.role_for(&person, action, &Subject { product, ..Subject::default() }).map_err(Problem::from);
    let (kind, told) = match &allowed {
        Ok(_) => ("read", Words::same(product.map_or_else(|| what.to_owned(), |product| format!("{what} {product}")))),
        Err(problem) => ("refused", problem.message.clone()),
    };
    // where nothing can be written, reading goes on
    match desk(data) {
        Ok(desk) => desk.note(kind, &told, &context(&Actor::named(person), 0)?),
        Err(problem) => speech::tell(&Words::new(
            format!("注意: 閲覧したことは記録できませんでした（{}）", problem.message.ja),
            format!("note: that this was read could not be noted ({})", problem.message.en),
        )),
    }
    allowed.map(|_| ())
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
