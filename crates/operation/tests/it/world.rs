//! A desk on a store of either kind, with people.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicI64, Ordering};

use access::Role;
use journal::{Entry, Moment, Postgres, Sqlite, Store};
use operation::organisation::{self, RoleGranted};
use operation::product::{Command, FileSent, Meaning};
use operation::{Context, Desk, Snapshot, Undone};

pub const PRODUCT: &str = "mihonsa";

/// Runs each of the tests named on a desk in SQLite and in PostgreSQL.
#[macro_export]
macro_rules! in_both_stores {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[test] fn $name() { super::$name(&$crate::world::World::in_sqlite()); })*
        }
        mod postgres {
            $(#[test] fn $name() { super::$name(&$crate::world::World::in_postgres()); })*
        }
    };
}

/// Opens another connection to a store, which is there as long as this.
pub type Open = Box<dyn Fn() -> Box<dyn Store> + Sync>;

/// An empty store in a file.
pub fn sqlite() -> Open {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.sqlite");
    drop(Sqlite::create(&path).unwrap());
    Box::new(move || {
        // the folder goes with whoever opens
        Box::new(Sqlite::open(&folder.path().join("journal.sqlite")).unwrap())
    })
}

/// An empty store in a database of its own.
pub fn postgres() -> Open {
    let database = rehearsal::Database::new();
    Postgres::create(&database.owner, rehearsal::SERVER_ROLE).unwrap();
    Box::new(move || Box::new(Postgres::open(&database.server).unwrap()))
}

pub struct World {
    pub desk: Desk,
    /// Opens another connection to the store.
    pub open: Open,
    second: AtomicI64,
}

impl World {
    pub fn in_sqlite() -> Self {
        Self::new(sqlite())
    }

    pub fn in_postgres() -> Self {
        Self::new(postgres())
    }

    /// An organisation with an administrator, `admin`, and people of the plan, one a role.
    fn new(open: Open) -> Self {
        let desk = Desk::open(open(), open(), Snapshot::default()).unwrap();
        let world = Self { desk, open, second: AtomicI64::new(0) };
        let open =
            organisation::Command::Open { id: "0".repeat(32), name: "見本バイオ製薬".into(), person_name: "管理 者".into() };
        world.organisation("admin", open).unwrap();
        for (person, role) in PEOPLE {
            let name = format!("{}さん", role.words().0);
            world.organisation("admin", organisation::Command::RegisterPerson { person: (*person).into(), name }).unwrap();
            world.organisation("admin", organisation::Command::GrantRole(granted(person, *role))).unwrap();
        }
        let list = organisation::Command::ListProduct { product: PRODUCT.into(), name: "ミホンサ".into() };
        world.organisation("manager", list).unwrap();
        world
    }

    /// A context with a clock that moves on and a key of its own, which has seen everything.
    pub fn context(&self, actor: &str) -> Context {
        let second = self.second.fetch_add(1, Ordering::SeqCst);
        let now = Moment::of(jiff::Timestamp::from_millisecond(1_802_000_000_000 + second).unwrap());
        Context {
            command: format!("command-{second}"),
            actor: actor.into(),
            now,
            zone: "Asia/Tokyo".into(),
            reason: Some("試験".into()),
            received: None,
            seen: u64::MAX,
            authenticated: Some(now),
            salts: vec![[7; 32]; 4],
        }
    }

    pub fn organisation(&self, actor: &str, command: organisation::Command) -> Result<Vec<Entry>, Undone> {
        self.desk.organisation(&command, &self.context(actor))
    }

    pub fn product(&self, actor: &str, command: Command) -> Result<Vec<Entry>, Undone> {
        self.desk.product(PRODUCT, &command, &self.context(actor))
    }

    /// A revision whose plan is one word.
    pub fn revise(&self, actor: &str, parent: Option<u32>, word: &str) -> Result<Vec<Entry>, Undone> {
        self.product(actor, revision(parent, word, 0))
    }

    pub fn sign(&self, actor: &str, revision: u32, meaning: Meaning) -> Result<Vec<Entry>, Undone> {
        self.product(actor, Command::Sign { revision, meaning })
    }
}

pub const PEOPLE: &[(&str, Role)] = &[
    ("manager", Role::SafetyManager),
    ("officer", Role::SafetyOfficer),
    ("supervisor", Role::GeneralMarketingSupervisor),
    ("study", Role::PostMarketingStudyManager),
    ("sales", Role::MedicalRepresentative),
    ("inspector", Role::Inspector),
];

pub fn granted(person: &str, role: Role) -> RoleGranted {
    RoleGranted { person: person.into(), role, product: None, institutions: BTreeSet::new(), activities: BTreeSet::new() }
}

pub fn revision(parent: Option<u32>, word: &str, errors: u32) -> Command {
    Command::RecordRevision {
        line: "main".into(),
        parent,
        files: vec![FileSent { path: "plan.toml".into(), bytes: word.as_bytes().to_vec() }],
        errors,
        warnings: 0,
        program: "test".into(),
        changes: Vec::new(),
    }
}
