//! A place for a journal in each kind of store, for the tests that hold of both.

use std::path::PathBuf;

use journal::{Failure, Postgres, Sqlite, Store};
use rehearsal::{Database, SERVER_ROLE};

pub type Opened = Result<Box<dyn Store>, Failure>;

/// Where one journal is made, opened, and tampered with.
pub trait Place {
    fn create(&self) -> Opened;
    fn open(&self) -> Opened;
    fn open_to_read(&self) -> Opened;
    /// Somebody with the database in hand, past our triggers, changes one row. The SQL is that of SQLite.
    fn tamper(&self, sql: &str);
    /// A newer program was here.
    fn age(&self);
    /// Tries to change something, past this program but not past the triggers: the words of the refusal, if there is one.
    fn refused(&self, sql: &str) -> Option<String>;
}

/// Runs each of the tests named in SQLite and in PostgreSQL: the test gets a function that gives it new places.
#[macro_export]
macro_rules! in_both_stores {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[test] fn $name() { super::$name(&|| Box::new($crate::places::InSqlite::default())); })*
        }
        mod postgres {
            $(#[test] fn $name() { super::$name(&|| Box::new($crate::places::InPostgres::default())); })*
        }
    };
}

pub type NewPlace<'a> = &'a dyn Fn() -> Box<dyn Place>;

pub struct InSqlite {
    pub path: PathBuf,
    _folder: tempfile::TempDir,
}

impl Default for InSqlite {
    fn default() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { path: folder.path().join("journal.sqlite"), _folder: folder }
    }
}

fn boxed<S: Store + 'static>(store: Result<S, Failure>) -> Opened {
    store.map(|store| Box::new(store) as Box<dyn Store>)
}

impl Place for InSqlite {
    fn create(&self) -> Opened {
        boxed(Sqlite::create(&self.path))
    }

    fn open(&self) -> Opened {
        boxed(Sqlite::open(&self.path))
    }

    fn open_to_read(&self) -> Opened {
        boxed(Sqlite::open_to_read(&self.path))
    }

    fn tamper(&self, sql: &str) {
        let connection = rusqlite::Connection::open(&self.path).unwrap();
        connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        let triggers: Vec<(String, String)> = connection
            .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        for (trigger, _) in &triggers {
            connection.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
        }
        assert_eq!(connection.execute(sql, []).unwrap(), 1, "{sql}");
        // whoever tampers leaves no trace of that
        for (_, sql) in &triggers {
            connection.execute_batch(sql).unwrap();
        }
    }

    fn age(&self) {
        rusqlite::Connection::open(&self.path).unwrap().pragma_update(None, "user_version", 2).unwrap();
    }

    fn refused(&self, sql: &str) -> Option<String> {
        rusqlite::Connection::open(&self.path).unwrap().execute(sql, []).err().map(|error| error.to_string())
    }
}

#[derive(Default)]
pub struct InPostgres {
    pub database: Database,
}

impl InPostgres {
    pub fn superuser(&self) -> postgres::Client {
        let mut client = postgres::Client::connect(&self.database.superuser, postgres::NoTls).unwrap();
        client.batch_execute("SET search_path = mimamori").unwrap();
        client
    }
}

impl Place for InPostgres {
    fn create(&self) -> Opened {
        Postgres::create(&self.database.owner, SERVER_ROLE)?;
        self.open()
    }

    fn open(&self) -> Opened {
        boxed(Postgres::open(&self.database.server))
    }

    fn open_to_read(&self) -> Opened {
        boxed(Postgres::open_to_read(&self.database.server))
    }

    /// Covers the traces: the triggers are as they were.
    fn tamper(&self, sql: &str) {
        let sql = translated(sql);
        let mut client = self.superuser();
        for how in ["DISABLE", "ENABLE", "ENABLE ALWAYS"] {
            if how == "ENABLE" {
                assert_eq!(client.execute(&sql, &[]).unwrap(), 1, "{sql}");
            }
            let which = if how == "ENABLE ALWAYS" { "NOT tgisinternal" } else { "true" };
            let alter = format!(
                "DO $$ DECLARE one record; BEGIN
                    FOR one IN SELECT tgrelid::regclass AS place, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
                        WHERE relnamespace = 'mimamori'::regnamespace AND {which} LOOP
                        EXECUTE format('ALTER TABLE %s {how} TRIGGER %I', one.place, one.tgname);
                    END LOOP; END $$"
            );
            client.batch_execute(&alter).unwrap();
        }
    }

    fn age(&self) {
        self.superuser().batch_execute("INSERT INTO format (version) VALUES (2)").unwrap();
    }

    fn refused(&self, sql: &str) -> Option<String> {
        let words = |error: postgres::Error| error.as_db_error().unwrap().message().to_owned();
        let mut owner = postgres::Client::connect(&self.database.owner, postgres::NoTls).unwrap();
        owner.batch_execute("SET search_path = mimamori").unwrap();
        owner.batch_execute(&translated(sql)).err().map(words)
    }
}

/// From SQLite's dialect.
fn translated(sql: &str) -> String {
    let mut sql = sql.replace("rowid", "position").replace("AS BLOB", "AS BYTEA");
    while let Some((before, rest)) = sql.split_once("zeroblob(") {
        let (count, after) = rest.split_once(')').unwrap();
        sql = format!("{before}decode(repeat('00', {count}), 'hex'){after}");
    }
    sql.replace(" x'", " '\\x").replace("(x'", "('\\x").replace("'\\x00'", "'\\x00'::bytea").replace("'\\xff'", "'\\xff'::bytea")
}
