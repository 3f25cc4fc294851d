//! Where the entries of a record are kept in a test: in the folder, or in a real PostgreSQL.

use rehearsal::Database;

/// Gives places, each with nothing in it.
pub type NewPlace<'a> = &'a dyn Fn() -> Place;

/// In the folder, or in a database.
pub struct Place(Option<Database>);

impl Place {
    pub fn in_the_folder() -> Self {
        Self(None)
    }

    pub fn in_postgres() -> Self {
        Self(Some(Database::new()))
    }

    #[allow(dead_code, reason = "not every test has a server of its own")]
    pub fn in_database(database: Database) -> Self {
        Self(Some(database))
    }

    /// The options of `init` and `restore` that say so.
    pub fn options(&self) -> Vec<&str> {
        self.0.iter().flat_map(|database| ["--database", &database.owner, "--server", &database.server]).collect()
    }
}

/// Runs each of the tests named in both: the test gets a function that gives it new places.
#[macro_export]
macro_rules! in_both_stores {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[test] fn $name() { super::$name("sqlite", &$crate::places::Place::in_the_folder); })*
        }
        mod postgres {
            $(#[test] fn $name() { super::$name("postgres", &$crate::places::Place::in_postgres); })*
        }
    };
}
