//! A desk on a store in a folder, with people.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicI64, Ordering};

use access::Role;
use journal::{Entry, Moment, Sqlite};
use operation::organisation::{self, RoleGranted};
use operation::product::{Command, FileSent, Meaning};
use operation::{Context, Desk, Snapshot, Undone};

pub const PRODUCT: &str = "mihonsa";

pub struct World {
    pub desk: Desk,
    pub folder: tempfile::TempDir,
    second: AtomicI64,
}

impl World {
    /// An organisation with an administrator, `admin`, and people of the plan, one a role.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.sqlite");
        let writer = Sqlite::create(&path).unwrap();
        let reader = Sqlite::open(&path).unwrap();
        let desk = Desk::open(Box::new(writer), Box::new(reader), Snapshot::default()).unwrap();
        let world = Self { desk, folder, second: AtomicI64::new(0) };
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
