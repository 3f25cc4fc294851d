//! What is kept beside the record and is no part of it: credentials, second factors, sessions, tokens. It can be lost without loss to the
//! record; whoever has it can act as others, so only the owner of the folder can read it.
//!
//! One table of keys and values. It stands in a file of the folder, or, where several servers share a record in PostgreSQL, in a schema
//! beside the journal.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use diagnostic::{Problem, Words};
use postgres::NoTls;
use rusqlite::OptionalExtension;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The file in the folder.
pub const FILE: &str = "keep.sqlite";

const TABLE: &str = "CREATE TABLE IF NOT EXISTS kept (kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, key))";

/// Kept values by kind and key.
pub struct Keep(Mutex<Place>);

enum Place {
    File(Box<rusqlite::Connection>),
    Database { address: String, client: Option<Box<postgres::Client>> },
}

impl std::fmt::Debug for Keep {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Keep").finish_non_exhaustive()
    }
}

impl Keep {
    /// What is kept in a folder, made when it is first needed.
    ///
    /// # Errors
    /// It cannot be read or made.
    pub fn in_folder(data: &Path) -> Result<Self, Problem> {
        let path: PathBuf = data.join(FILE);
        let open = || -> Result<rusqlite::Connection, Box<dyn std::error::Error>> {
            secret(&path)?;
            let connection = rusqlite::Connection::open(&path)?;
            connection.busy_timeout(std::time::Duration::from_secs(10))?;
            connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")?;
            connection.execute_batch(TABLE)?;
            Ok(connection)
        };
        let name = path.display().to_string();
        open().map(|connection| Self(Mutex::new(Place::File(Box::new(connection))))).map_err(|error| unreadable(&name, &error))
    }

    /// What is kept in memory alone: for tests.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn in_memory() -> Result<Self, Problem> {
        let open = || {
            let connection = rusqlite::Connection::open_in_memory()?;
            connection.execute_batch(TABLE)?;
            Ok(connection)
        };
        open().map(|connection| Self(Mutex::new(Place::File(Box::new(connection))))).map_err(|error: rusqlite::Error| failed(&error))
    }

    /// What several servers keep together beside the record in a database.
    ///
    /// # Errors
    /// The database cannot be reached, or [`Keep::create`] was not called.
    pub fn in_database(address: &str) -> Result<Self, Problem> {
        let mut client = connected(address)?;
        client.execute("SELECT 1 FROM mimamori_keep.kept LIMIT 1", &[]).map_err(|error| failed(&error))?;
        Ok(Self(Mutex::new(Place::Database { address: address.to_owned(), client: Some(Box::new(client)) })))
    }

    /// Makes the schema as the owner of the database, for the role of the servers, which may read and change it, as it is no record.
    ///
    /// # Errors
    /// The database refuses.
    pub fn create(owner: &str, role: &str) -> Result<(), Problem> {
        let mut client = connected(owner)?;
        let quoted: String = client.query_one("SELECT quote_ident($1)", &[&role]).map_err(|error| failed(&error))?.get(0);
        let table = TABLE.replace("kept (", "mimamori_keep.kept (");
        let sql = format!(
            "CREATE SCHEMA IF NOT EXISTS mimamori_keep; {table}; GRANT USAGE ON SCHEMA mimamori_keep TO {quoted}; \
             GRANT SELECT, INSERT, UPDATE, DELETE ON mimamori_keep.kept TO {quoted};"
        );
        client.batch_execute(&sql).map_err(|error| failed(&error))
    }

    /// A value.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn get<T: DeserializeOwned>(&self, kind: &str, key: &str) -> Result<Option<T>, Problem> {
        let text = match &mut *self.place() {
            Place::File(connection) => connection
                .prepare_cached("SELECT value FROM kept WHERE kind = ?1 AND key = ?2")
                .and_then(|mut statement| statement.query_row((kind, key), |row| row.get::<_, String>(0)).optional())
                .map_err(|error| failed(&error))?,
            Place::Database { address, client } => with(address, client, |client| {
                let row = client.query_opt("SELECT value FROM mimamori_keep.kept WHERE kind = $1 AND key = $2", &[&kind, &key])?;
                Ok(row.map(|row| row.get::<_, String>(0)))
            })?,
        };
        text.map(|text| serde_json::from_str(&text).map_err(|error| failed(&error))).transpose()
    }

    /// Every value of a kind, by key.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn all<T: DeserializeOwned>(&self, kind: &str) -> Result<Vec<(String, T)>, Problem> {
        let rows: Vec<(String, String)> = match &mut *self.place() {
            Place::File(connection) => connection
                .prepare_cached("SELECT key, value FROM kept WHERE kind = ?1 ORDER BY key")
                .and_then(|mut statement| statement.query_map([kind], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
                .map_err(|error| failed(&error))?,
            Place::Database { address, client } => with(address, client, |client| {
                let rows = client.query("SELECT key, value FROM mimamori_keep.kept WHERE kind = $1 ORDER BY key", &[&kind])?;
                Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
            })?,
        };
        // what another version of the program kept and this one cannot read counts as lost
        Ok(rows.into_iter().filter_map(|(key, value)| Some((key, serde_json::from_str(&value).ok()?))).collect())
    }

    /// Changes a value as it stands now, one program and one person after another; `None` takes it away. What `change` refuses changes
    /// nothing.
    ///
    /// # Errors
    /// It is refused, or cannot be kept.
    pub fn change<T: Serialize + DeserializeOwned, R>(
        &self,
        kind: &str,
        key: &str,
        change: impl FnOnce(Option<T>) -> Result<(Option<T>, R), Problem>,
    ) -> Result<R, Problem> {
        let decide = |before: Option<String>| -> Result<(Option<String>, R), Problem> {
            let before = before.map(|text| serde_json::from_str(&text).map_err(|error| failed(&error))).transpose()?;
            let (after, answer) = change(before)?;
            Ok((after.map(|value| serde_json::to_string(&value).map_err(|error| failed(&error))).transpose()?, answer))
        };
        match &mut *self.place() {
            Place::File(connection) => {
                let transaction =
                    connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(|error| failed(&error))?;
                let before = transaction
                    .query_row("SELECT value FROM kept WHERE kind = ?1 AND key = ?2", (kind, key), |row| row.get(0))
                    .optional()
                    .map_err(|error| failed(&error))?;
                let (after, answer) = decide(before)?;
                match after {
                    Some(value) => transaction.execute("INSERT OR REPLACE INTO kept VALUES (?1, ?2, ?3)", (kind, key, value)),
                    None => transaction.execute("DELETE FROM kept WHERE kind = ?1 AND key = ?2", (kind, key)),
                }
                .map_err(|error| failed(&error))?;
                transaction.commit().map_err(|error| failed(&error))?;
                Ok(answer)
            }
            Place::Database { address, client } => {
                // a connection that was lost meanwhile is made anew before anything is decided
                with(address, client, |client| client.simple_query("SELECT 1").map(drop))?;
                let Some(client) = client else { return Err(failed(&"no connection")) };
                let mut transaction = client.transaction().map_err(|error| failed(&error))?;
                // also of what is not there yet: two who make it at once come one after the other
                let lock = "SELECT pg_advisory_xact_lock(hashtextextended($1, 1296649537))";
                transaction.execute(lock, &[&format!("{kind}/{key}")]).map_err(|error| failed(&error))?;
                let row = transaction
                    .query_opt("SELECT value FROM mimamori_keep.kept WHERE kind = $1 AND key = $2", &[&kind, &key])
                    .map_err(|error| failed(&error))?;
                let (after, answer) = decide(row.map(|row| row.get(0)))?;
                match after {
                    Some(value) => transaction.execute(
                        "INSERT INTO mimamori_keep.kept VALUES ($1, $2, $3) ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value",
                        &[&kind, &key, &value],
                    ),
                    None => transaction.execute("DELETE FROM mimamori_keep.kept WHERE kind = $1 AND key = $2", &[&kind, &key]),
                }
                .map_err(|error| failed(&error))?;
                transaction.commit().map_err(|error| failed(&error))?;
                Ok(answer)
            }
        }
    }

    /// Keeps a value.
    ///
    /// # Errors
    /// It cannot be kept.
    pub fn put<T: Serialize + DeserializeOwned>(&self, kind: &str, key: &str, value: T) -> Result<(), Problem> {
        self.change(kind, key, |_: Option<T>| Ok((Some(value), ())))
    }

    /// Takes a value away.
    ///
    /// # Errors
    /// It cannot be taken away.
    pub fn remove(&self, kind: &str, key: &str) -> Result<(), Problem> {
        self.change(kind, key, |_: Option<serde_json::Value>| Ok((None, ())))
    }

    fn place(&self) -> MutexGuard<'_, Place> {
        // every change is one transaction: whoever panicked left nothing half done
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes the file, for its owner alone, before SQLite makes it for more.
fn secret(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

fn connected(address: &str) -> Result<postgres::Client, Problem> {
    postgres::Client::connect(address, NoTls).map_err(|error| failed(&error))
}

/// Works with a connection, and once more with a new one if it was lost.
fn with<R>(
    address: &str,
    client: &mut Option<Box<postgres::Client>>,
    work: impl Fn(&mut postgres::Client) -> Result<R, postgres::Error>,
) -> Result<R, Problem> {
    if let Some(open) = client.as_deref_mut()
        && !open.is_closed()
    {
        match work(open) {
            Err(error) if open.is_closed() => drop(error),
            result => return result.map_err(|error| failed(&error)),
        }
    }
    let client = client.insert(Box::new(connected(address)?));
    work(client).map_err(|error| failed(&error))
}

fn failed(error: &dyn std::fmt::Display) -> Problem {
    Problem::new(
        Words::new(
            format!("本人確認とセッションの保管庫を使えません（{error}）"),
            format!("credentials and sessions cannot be read or kept ({error})"),
        ),
        Words::new(
            "少し待ってからもう一度試してください。続くときはシステム管理者に知らせてください",
            "try again in a moment; if it goes on, tell an administrator",
        ),
    )
}

fn unreadable(name: &str, error: &dyn std::fmt::Display) -> Problem {
    Problem::new(
        Words::new(format!("{name} を使えません（{error}）"), format!("{name} cannot be used ({error})")),
        Words::new(
            "このファイルを退けると、管理者から順に全員がパスワードを設定し直します。記録には影響しません",
            "if this file is put aside everybody sets a new password, an administrator first; the record is not touched",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keeps_changes_and_takes_away(keep: &Keep) {
        assert_eq!(keep.get::<u32>("n", "a").unwrap(), None);
        keep.put("n", "a", 1_u32).unwrap();
        assert_eq!(keep.change("n", "a", |n: Option<u32>| Ok((n.map(|n| n + 1), n))).unwrap(), Some(1));
        keep.put("n", "b'; DROP TABLE kept; --", 7_u32).unwrap();
        assert_eq!(keep.all::<u32>("n").unwrap(), [("a".to_owned(), 2), ("b'; DROP TABLE kept; --".to_owned(), 7)]);
        let refused: Result<(), _> = keep.change("n", "a", |_: Option<u32>| Err(failed(&"no")));
        refused.unwrap_err();
        assert_eq!(keep.get::<u32>("n", "a").unwrap(), Some(2), "what is refused changes nothing");
        keep.remove("n", "a").unwrap();
        assert_eq!(keep.get::<u32>("n", "a").unwrap(), None);
        assert!(keep.get::<String>("n", "b'; DROP TABLE kept; --").is_err(), "a value of another shape is no value");
    }

    #[test]
    fn in_a_file() {
        let folder = tempfile::tempdir().unwrap();
        keeps_changes_and_takes_away(&Keep::in_folder(folder.path()).unwrap());
        let again = Keep::in_folder(folder.path()).unwrap();
        assert_eq!(again.all::<u32>("n").unwrap().len(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "nobody else can read it: {mode:o}");
        }
    }
}
