//! The journal in one SQLite file.

mod trouble;

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use diagnostic::Words;
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};

use crate::blob::Blob;
use crate::chain::Chain;
use crate::entry::{Entry, Head};
use crate::failure::{Cause, Failure, Trouble};
use crate::hash::Hash;
use crate::row::{Row, addresses};
use crate::store::{Erasure, FORMAT, OwnCheck, Source, Store, Visit, Work};
use trouble::{not_recorded, trouble, uncertain, unreadable};

/// `MIMA`, so that `file` and we know whose database it is.
const APPLICATION: i64 = 0x4d49_4d41;
/// Bytes of a page: larger than usual, as a record is mostly read from one end to the other.
const PAGE: u32 = 16_384;
const SCHEMA: &str = include_str!("schema.sql");
const COLUMNS: &str = "chain, sequence, recorded, zone, received, actor, role, reason, command, kind, version, body, blobs, previous, hash";

/// A journal in one SQLite file: write-ahead log, a sync before every acknowledgement.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
    /// Where another connection can be made; nothing in memory, and where nobody else may have it open.
    path: Option<PathBuf>,
}

impl Sqlite {
    /// Makes a new journal.
    ///
    /// # Errors
    /// If there is a file already, or it cannot be made.
    pub fn create(path: &Path) -> Result<Self, Failure> {
        if path.exists() {
            return Err(Failure::Exists(path.display().to_string()));
        }
        let connection = Connection::open(path).map_err(not_recorded)?;
        Self::build(connection, Some(path.to_owned()))
    }

    /// A journal in memory, gone with the program: for tests and examples.
    ///
    /// # Errors
    /// If SQLite fails.
    pub fn in_memory() -> Result<Self, Failure> {
        Self::build(Connection::open_in_memory().map_err(not_recorded)?, None)
    }

    fn build(connection: Connection, path: Option<PathBuf>) -> Result<Self, Failure> {
        let schema = format!(
            "PRAGMA page_size = {PAGE}; BEGIN; {SCHEMA} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {FORMAT}; COMMIT;"
        );
        connection.execute_batch(&schema).map_err(not_recorded)?;
        prepare(&connection)?;
        log(&connection)?;
        Ok(Self { connection, path })
    }

    /// Leaves the journal as one file, without a log beside it, so that it can be read from where nothing can be written.
    ///
    /// # Errors
    /// If it cannot be written, or another program has it open.
    pub fn into_one_file(self) -> Result<(), Failure> {
        self.connection.pragma_update(None, "journal_mode", "DELETE").map_err(not_recorded)
    }

    /// Opens a journal to read and write.
    ///
    /// # Errors
    /// If it is none, was made by a newer program, or cannot be opened.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE, Sharing::Shared).map_err(|failure| match failure {
            Failure::Unreadable(trouble) => Failure::NotRecorded(trouble),
            other => other,
        })?;
        Ok(Self { connection, path: Some(path.to_owned()) })
    }

    /// Opens a journal to read only, on a full disk too.
    ///
    /// # Errors
    /// If it is none, was made by a newer program, or cannot be opened.
    pub fn open_to_read(path: &Path) -> Result<Self, Failure> {
        match open(path, OpenFlags::SQLITE_OPEN_READ_ONLY, Sharing::Shared).map_err(Failure::while_reading) {
            Ok(connection) => Ok(Self { connection, path: Some(path.to_owned()) }),
            // the little file through which programs share the log cannot be made: nobody has it, so none is needed
            Err(Failure::Unreadable(trouble)) if trouble.cause == Cause::Full => {
                let connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE, Sharing::Alone);
                Ok(Self { connection: connection.map_err(|_| Failure::Unreadable(trouble))?, path: None })
            }
            Err(failure) => Err(failure),
        }
    }

    /// Copies the log into the file, synced.
    fn checkpoint(&self, how: &str) -> Result<(), Trouble> {
        let all = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)? == row.get::<_, i64>(2)?));
        match self.connection.query_row(&format!("PRAGMA wal_checkpoint({how})"), [], all) {
            Ok((0, true)) => Ok(()),
            // somebody still reads what is older: it is tried again
            Ok(_) => Err(Trouble { cause: Cause::Busy, detail: "wal_checkpoint".into() }),
            Err(error) => Err(trouble(&error)),
        }
    }

    fn visit(
        &mut self,
        condition: &str,
        values: &[&dyn rusqlite::ToSql],
        visit: &mut Visit<'_, Result<Entry, Failure>>,
    ) -> Result<(), Failure> {
        let mut statement = self.connection.prepare_cached(&format!("SELECT {COLUMNS} FROM entry {condition}")).map_err(unreadable)?;
        let mut rows = statement.query(values).map_err(unreadable)?;
        while let Some(row) = rows.next().map_err(unreadable)? {
            let entry = columns(row).map_err(|(place, part)| Failure::Damaged { place, part }).and_then(Row::entry);
            if visit(entry).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// The columns of a row; a value of the wrong type is damage, with its place as far as it can be read.
fn columns<'a>(row: &'a rusqlite::Row<'_>) -> Result<Row<'a>, (String, String)> {
    let place = || {
        let chain = row.get_ref(0).ok().and_then(|value| value.as_bytes().ok()).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        format!("{} {}", chain.as_deref().unwrap_or("?"), row.get::<_, i64>(1).map_or_else(|_| "?".into(), |sequence| sequence.to_string()))
    };
    macro_rules! columns {
        ($($index:literal $name:ident $as:ident),*) => {
            Row { $($name: row.get_ref($index).ok().and_then(|value| value.$as().ok()).ok_or_else(|| (place(), stringify!($name).to_owned()))?),* }
        };
    }
    Ok(columns!(
        0 chain as_str, 1 sequence as_i64, 2 recorded as_str, 3 zone as_str, 4 received as_str_or_null, 5 actor as_str, 6 role as_str,
        7 reason as_str_or_null, 8 command as_str, 9 kind as_str, 10 version as_i64, 11 body as_str, 12 blobs as_blob,
        13 previous as_blob, 14 hash as_blob
    ))
}

/// Whether other programs may have the journal open at the same time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sharing {
    Shared,
    Alone,
}

fn open(path: &Path, flags: OpenFlags, sharing: Sharing) -> Result<Connection, Failure> {
    let not_ours = || Failure::NotAJournal(path.display().to_string());
    if !path.is_file() {
        return Err(not_ours());
    }
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(unreadable)?;
    if sharing == Sharing::Alone {
        connection.execute_batch("PRAGMA locking_mode = EXCLUSIVE; PRAGMA query_only = ON;").map_err(unreadable)?;
    }
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    match number("application_id") {
        Ok(APPLICATION) => {}
        Err(error) if error.sqlite_error_code() != Some(rusqlite::ErrorCode::NotADatabase) => return Err(unreadable(error)),
        _ => return Err(not_ours()),
    }
    match number("user_version").map_err(unreadable)? {
        FORMAT => {}
        found if found > FORMAT => return Err(Failure::Newer { found, known: FORMAT }),
        _ => return Err(not_ours()),
    }
    prepare(&connection)?;
    if flags.contains(OpenFlags::SQLITE_OPEN_READ_WRITE) && sharing == Sharing::Shared {
        log(&connection)?;
    }
    Ok(connection)
}

/// Has what is recorded written to a log, which is synced before anybody is told.
fn log(connection: &Connection) -> Result<(), Failure> {
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;").map_err(not_recorded)
}

fn prepare(connection: &Connection) -> Result<(), Failure> {
    connection.busy_timeout(Duration::from_secs(10)).map_err(not_recorded)?;
    connection.set_prepared_statement_cache_capacity(32);
    connection
        .execute_batch(
            "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;
             PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA cache_size = -32768;",
        )
        .map_err(not_recorded)
}

fn integrity(connection: &Connection) -> Result<Vec<Words>, Failure> {
    let mut statement = connection.prepare("PRAGMA integrity_check").map_err(unreadable)?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0)).map_err(unreadable)?;
    let lines: Vec<_> = lines.collect::<Result<_, _>>().map_err(unreadable)?;
    // the words of SQLite, in whichever language we speak
    let mut found: Vec<_> = lines.into_iter().filter(|line| line != "ok").map(|line| Words::new(line.clone(), line)).collect();
    let fresh = Connection::open_in_memory().map_err(unreadable)?;
    fresh.execute_batch(SCHEMA).map_err(unreadable)?;
    let (ours, expected) = (definitions(connection)?, definitions(&fresh)?);
    for name in expected.iter().filter(|part| !ours.contains(part)).map(|(name, _)| name) {
        found.push(Words::new(
            format!("{name} がないか、変えられています。表の変更と削除を拒むものです"),
            format!("{name}, which guards the tables, is missing or was changed"),
        ));
    }
    for name in ours.iter().filter(|part| !expected.contains(part)).map(|(name, _)| name) {
        found
            .push(Words::new(format!("{name} はこのプログラムの作ったものではありません"), format!("{name} was not made by this program")));
    }
    Ok(found)
}

/// The tables and triggers of a database, each as it was made.
fn definitions(connection: &Connection) -> Result<BTreeSet<(String, String)>, Failure> {
    let mut statement = connection.prepare("SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_master").map_err(unreadable)?;
    let parts = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(unreadable)?;
    parts.collect::<Result<_, _>>().map_err(unreadable)
}

impl Source for Sqlite {
    fn scan(&mut self, visit: &mut Visit<'_, Result<Entry, Failure>>) -> Result<(), Failure> {
        self.visit("ORDER BY rowid", &[], visit)
    }

    fn read(&mut self, chain: &Chain, after: u64, visit: &mut Visit<'_, Entry>) -> Result<(), Failure> {
        let mut failure = None;
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        self.visit("WHERE chain = ? AND sequence > ? ORDER BY sequence", &[&chain.to_string(), &after], &mut |entry| match entry {
            Ok(entry) => visit(entry),
            Err(damage) => {
                failure = Some(damage);
                ControlFlow::Break(())
            }
        })?;
        failure.map_or(Ok(()), Err)
    }

    fn blobs(&mut self, visit: &mut Visit<'_, Result<(Hash, Blob), Failure>>) -> Result<(), Failure> {
        let mut statement = self.connection.prepare_cached("SELECT address, salt, bytes FROM blob ORDER BY rowid").map_err(unreadable)?;
        let mut rows = statement.query([]).map_err(unreadable)?;
        while let Some(row) = rows.next().map_err(unreadable)? {
            let address = row.get::<_, [u8; 32]>(0).map(Hash);
            let place = || address.as_ref().map_or_else(|_| "blob ?".into(), |address| format!("blob {address}"));
            let blob = match (&address, row.get(1), row.get(2)) {
                (Ok(address), Ok(salt), Ok(bytes)) => Ok((*address, Blob { salt, bytes })),
                (Err(_), ..) => Err(Failure::Damaged { place: place(), part: "address".into() }),
                (_, Err(_), _) => Err(Failure::Damaged { place: place(), part: "salt".into() }),
                (_, _, Err(_)) => Err(Failure::Damaged { place: place(), part: "bytes".into() }),
            };
            if visit(blob).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn erasures(&mut self) -> Result<Vec<Erasure>, Failure> {
        let mut statement =
            self.connection.prepare_cached("SELECT address, chain, sequence FROM erasure ORDER BY rowid").map_err(unreadable)?;
        let mut rows = statement.query([]).map_err(unreadable)?;
        let mut erased = Vec::new();
        while let Some(row) = rows.next().map_err(unreadable)? {
            let read = || {
                Some(Erasure {
                    address: Hash(row.get(0).ok()?),
                    chain: row.get::<_, String>(1).ok()?.parse().ok()?,
                    sequence: row.get::<_, i64>(2).ok()?.try_into().ok()?,
                })
            };
            let damaged = || Failure::Damaged { place: format!("erasure {}", erased.len() + 1), part: "address, chain, sequence".into() };
            erased.push(read().ok_or_else(damaged)?);
        }
        Ok(erased)
    }

    fn own_check(&mut self) -> OwnCheck {
        let Some(path) = self.path.clone() else {
            let result = integrity(&self.connection);
            return Box::new(|| result);
        };
        let check = std::thread::spawn(move || integrity(&open(&path, OpenFlags::SQLITE_OPEN_READ_ONLY, Sharing::Shared)?));
        Box::new(|| check.join().unwrap_or_else(|_| Ok(vec![Words::new("検査が途中で止まりました", "the check stopped")])))
    }

    fn at_one_moment(&mut self, work: &mut Work<'_>) -> Result<(), Failure> {
        self.connection.execute_batch("BEGIN").map_err(unreadable)?;
        let result = work(self);
        // nothing was written: how the transaction ends makes no difference
        let _ = self.connection.execute_batch("ROLLBACK");
        result
    }
}

impl Store for Sqlite {
    fn heads(&mut self) -> Result<Vec<Head>, Failure> {
        let mut heads = Vec::new();
        // from chain to chain along the index, whatever their length
        let last = "WHERE (chain, sequence) IN (
                WITH RECURSIVE known (chain) AS (
                    SELECT min(chain) FROM entry
                    UNION ALL SELECT (SELECT min(entry.chain) FROM entry WHERE entry.chain > known.chain) FROM known
                    WHERE known.chain IS NOT NULL)
                SELECT chain, (SELECT max(sequence) FROM entry WHERE entry.chain = known.chain) FROM known WHERE chain IS NOT NULL)
            ORDER BY chain";
        let mut failure = None;
        self.visit(last, &[], &mut |entry| match entry {
            Ok(entry) => {
                heads.push(entry.head());
                ControlFlow::Continue(())
            }
            Err(damage) => {
                failure = Some(damage);
                ControlFlow::Break(())
            }
        })?;
        failure.map_or(Ok(heads), Err)
    }

    fn append(&mut self, entries: &[Entry], blobs: &[Blob]) -> Result<(), Failure> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(not_recorded)?;
        {
            let mut insert =
                transaction.prepare_cached("INSERT INTO blob (address, salt, bytes) VALUES (?, ?, ?)").map_err(not_recorded)?;
            for blob in blobs {
                insert.execute(params![blob.address().0, blob.salt, blob.bytes]).map_err(not_recorded)?;
            }
            let sql = format!("INSERT INTO entry ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
            let mut insert = transaction.prepare_cached(&sql).map_err(not_recorded)?;
            for entry in entries {
                let draft = &entry.draft;
                let sequence = i64::try_from(entry.sequence).unwrap_or(i64::MAX);
                let values = params![
                    draft.chain.to_string(),
                    sequence,
                    draft.recorded.to_string(),
                    draft.zone,
                    draft.received.map(|day| day.to_string()),
                    draft.actor,
                    draft.role,
                    draft.reason,
                    draft.command,
                    draft.kind,
                    draft.version,
                    draft.body,
                    addresses(entry),
                    entry.previous.0,
                    entry.hash.0,
                ];
                insert.execute(values).map_err(|error| match error.sqlite_error().map(|error| error.extended_code) {
                    Some(rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE | rusqlite::ffi::SQLITE_CONSTRAINT_TRIGGER) => {
                        Failure::Taken(draft.chain.clone())
                    }
                    _ => not_recorded(error),
                })?;
            }
        }
        transaction.commit().map_err(uncertain)
    }

    fn blob(&mut self, address: Hash) -> Result<Option<Blob>, Failure> {
        let mut statement = self.connection.prepare_cached("SELECT salt, bytes FROM blob WHERE address = ?").map_err(unreadable)?;
        let blob =
            statement.query_row([address.0], |row| Ok(Blob { salt: row.get(0)?, bytes: row.get(1)? })).optional().map_err(unreadable)?;
        match blob {
            Some(blob) if blob.address() != address => Err(Failure::Damaged { place: format!("blob {address}"), part: "bytes".into() }),
            blob => Ok(blob),
        }
    }

    fn erase(&mut self, erasure: &Erasure) -> Result<(), Failure> {
        let sequence = i64::try_from(erasure.sequence).unwrap_or(i64::MAX);
        let insert = "INSERT INTO erasure (address, chain, sequence) VALUES (?, ?, ?)";
        self.connection.execute(insert, params![erasure.address.0, erasure.chain.to_string(), sequence]).map_err(not_recorded)?;
        // the log may still hold the bytes
        self.checkpoint("TRUNCATE").map_err(Failure::Uncertain)
    }

    fn settle(&mut self, last: &Entry) -> Result<bool, Failure> {
        if let Some(path) = &self.path {
            self.connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE, Sharing::Shared)?;
        }
        let mut recorded = false;
        self.read(&last.draft.chain, last.sequence - 1, &mut |entry| {
            recorded = entry.hash == last.hash;
            ControlFlow::Break(())
        })?;
        if recorded {
            // what is seen may be in memory only: copied into the file and synced before anybody is told
            self.checkpoint("FULL").map_err(Failure::Unreadable)?;
        }
        Ok(recorded)
    }
}
