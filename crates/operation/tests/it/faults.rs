//! The n-th call to the store fails, in each way a store can fail, for every n in a scripted day: the record is then one of the two
//! states that are allowed, the person was told which as far as anybody can know, and doing it again with the same key heals it.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use journal::{Blob, Cause, Chain, Entry, Erasure, Failure, Hash, Head, OwnCheck, Source, Store, Trouble, Visit, Work, verify};
use operation::organisation::Command as OrganisationCommand;
use operation::product::{Command, Meaning, ObligationMet};
use operation::{Context, Desk, Snapshot, Undone};

use crate::world::{Open, PEOPLE, PRODUCT, granted, postgres, revision, sqlite};

/// How a call fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// At once: nothing was written.
    Refused,
    /// The disk is full.
    Full,
    /// It was made durable, but the answer is lost.
    DurableUnheard,
    /// It was not made durable, and the answer is lost.
    LostUnheard,
    /// It was made durable, the answer is lost, and the connection stays away for longer than anybody waits.
    DurableAway,
}

const FAULTS: [Fault; 5] = [Fault::Refused, Fault::Full, Fault::DurableUnheard, Fault::LostUnheard, Fault::DurableAway];

/// A store of which one call fails.
struct Faulty {
    store: Box<dyn Store>,
    fault: Fault,
    /// Calls until it fails, shared by the connections.
    left: Arc<AtomicUsize>,
    /// Calls to `settle` that fail.
    away: usize,
}

fn trouble(cause: Cause) -> Trouble {
    Trouble { cause, detail: "injected".into() }
}

impl Faulty {
    fn strikes(&self) -> bool {
        self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)) == Ok(1)
    }

    fn reading(&self) -> Result<(), Failure> {
        if self.strikes() { Err(Failure::Unreadable(trouble(Cause::Gone))) } else { Ok(()) }
    }
}

impl Source for Faulty {
    fn scan(&mut self, visit: &mut Visit<'_, Result<Entry, Failure>>) -> Result<(), Failure> {
        self.reading()?;
        self.store.scan(visit)
    }
    fn read(&mut self, chain: &Chain, after: u64, visit: &mut Visit<'_, Entry>) -> Result<(), Failure> {
        self.reading()?;
        // cut short: some entries come, then the connection is gone
        let mut cut = false;
        self.store.read(chain, after, &mut |entry| {
            if self.fault == Fault::LostUnheard && self.left.load(Ordering::SeqCst) == 1 {
                cut = true;
                return ControlFlow::Break(());
            }
            visit(entry)
        })?;
        if cut {
            self.left.store(0, Ordering::SeqCst);
            return Err(Failure::Unreadable(trouble(Cause::Gone)));
        }
        Ok(())
    }
    fn blobs(&mut self, visit: &mut Visit<'_, Result<(Hash, Blob), Failure>>) -> Result<(), Failure> {
        self.store.blobs(visit)
    }
    fn erasures(&mut self) -> Result<Vec<Erasure>, Failure> {
        self.store.erasures()
    }
    fn own_check(&mut self) -> OwnCheck {
        self.store.own_check()
    }
    fn at_one_moment(&mut self, work: &mut Work<'_>) -> Result<(), Failure> {
        self.store.at_one_moment(work)
    }
}

impl Store for Faulty {
    fn heads(&mut self) -> Result<Vec<Head>, Failure> {
        self.reading()?;
        self.store.heads()
    }
    fn append(&mut self, entries: &[Entry], blobs: &[Blob]) -> Result<(), Failure> {
        if !self.strikes() {
            return self.store.append(entries, blobs);
        }
        match self.fault {
            Fault::Refused => Err(Failure::NotRecorded(trouble(Cause::Busy))),
            Fault::Full => Err(Failure::NotRecorded(trouble(Cause::Full))),
            Fault::LostUnheard => Err(Failure::Uncertain(trouble(Cause::Gone))),
            Fault::DurableUnheard | Fault::DurableAway => {
                self.store.append(entries, blobs)?;
                self.away = if self.fault == Fault::DurableAway { 5 } else { 0 };
                Err(Failure::Uncertain(trouble(Cause::Gone)))
            }
        }
    }
    fn blob(&mut self, address: Hash) -> Result<Option<Blob>, Failure> {
        self.reading()?;
        self.store.blob(address)
    }
    fn erase(&mut self, erasure: &Erasure) -> Result<(), Failure> {
        self.store.erase(erasure)
    }
    fn settle(&mut self, last: &Entry) -> Result<bool, Failure> {
        if self.away > 0 {
            self.away -= 1;
            return Err(Failure::Unreadable(trouble(Cause::Gone)));
        }
        self.store.settle(last)
    }
}

enum Asked {
    Organisation(OrganisationCommand),
    Product(Command),
}

/// A day: people come, a plan is recorded, signed, revised.
fn day() -> Vec<(&'static str, Asked)> {
    let open = OrganisationCommand::Open { id: "0".repeat(32), name: "見本".into(), person_name: "管理".into() };
    let mut day = vec![("admin", Asked::Organisation(open))];
    for (person, role) in &PEOPLE[..3] {
        let register = OrganisationCommand::RegisterPerson { person: (*person).into(), name: (*person).into() };
        day.push(("admin", Asked::Organisation(register)));
        day.push(("admin", Asked::Organisation(OrganisationCommand::GrantRole(granted(person, *role)))));
    }
    let list = OrganisationCommand::ListProduct { product: PRODUCT.into(), name: "ミホンサ".into() };
    day.push(("manager", Asked::Organisation(list)));
    let met = ObligationMet { obligation: "報告".into(), day: "2027-01-01".parse().unwrap(), receipt: None };
    for (who, command) in [
        ("officer", revision(None, "一", 0)),
        ("officer", Command::Sign { revision: 1, meaning: Meaning::Prepared }),
        ("manager", Command::Sign { revision: 1, meaning: Meaning::Confirmed }),
        ("officer", revision(Some(1), "二", 0)),
        ("manager", Command::Meet(met)),
    ] {
        day.push((who, Asked::Product(command)));
    }
    day
}

fn context(actor: &str, number: usize) -> Context {
    let now = journal::Moment::of(jiff::Timestamp::from_second(1_802_000_000 + i64::try_from(number).unwrap()).unwrap());
    Context {
        command: format!("command-{number}"),
        actor: actor.into(),
        now,
        zone: "Asia/Tokyo".into(),
        reason: Some("試験".into()),
        received: None,
        seen: u64::MAX,
        authenticated: Some(now),
        salts: vec![[7; 32]],
    }
}

/// The commands in the record, by chain.
fn recorded(store: &mut dyn Store) -> Vec<String> {
    let mut commands = Vec::new();
    store
        .scan(&mut |entry| {
            let entry = entry.unwrap();
            if entry.draft.chain != Chain::Reads {
                commands.push(entry.draft.command);
            }
            ControlFlow::Continue(())
        })
        .unwrap();
    commands
}

/// The day with one fault at call `n`; whether the day was long enough to meet it.
fn run(store: &Open, fault: Fault, n: usize) -> bool {
    let mut looking = store();
    let left = Arc::new(AtomicUsize::new(n));
    let open = || Box::new(Faulty { store: store(), fault, left: Arc::clone(&left), away: 0 });
    let desk = || Desk::open(open(), open(), Snapshot::default());
    // who finds the store gone when the program starts, starts it again
    let mut desk = desk().or_else(|_| desk()).unwrap();
    let mut state = desk.snapshot();
    for (number, (who, asked)) in day().iter().enumerate() {
        let mut done = false;
        for attempt in 0..4 {
            let context = context(who, number);
            let answer = match asked {
                Asked::Organisation(command) => desk.organisation(command, &context),
                Asked::Product(command) => desk.product(PRODUCT, command, &context),
            };
            let there = recorded(&mut *looking).contains(&context.command);
            match answer {
                Ok(entries) => {
                    assert!(there, "{fault:?} at {n}: acknowledged, but not recorded: {}", context.command);
                    assert_eq!(entries.len(), 1);
                    done = true;
                }
                Err(Undone::Failed(Failure::Uncertain(_))) => {}
                Err(Undone::Failed(failure @ (Failure::NotRecorded(_) | Failure::Taken(_)))) => {
                    assert!(!there, "{fault:?} at {n}: recorded, but told otherwise ({failure:?}): {}", context.command);
                }
                Err(Undone::Failed(Failure::Unreadable(_))) => {
                    assert!(!there || attempt > 0, "{fault:?} at {n}: recorded, but told nothing was: {}", context.command);
                }
                Err(other) => panic!("{fault:?} at {n}, {}: {other:?}", context.command),
            }
            // a reader never sees less than before
            let now = desk.snapshot();
            assert!(now.organisation.sequence >= state.organisation.sequence);
            state = now;
            if done {
                break;
            }
        }
        assert!(done, "{fault:?} at {n}: command {number} is never done");
    }
    let live = desk.snapshot();
    desk = Desk::open(store(), store(), Snapshot::default()).unwrap();
    assert_eq!(desk.snapshot(), live, "{fault:?} at {n}: started again, the state is another");
    let expected: Vec<_> = (0..day().len()).map(|number| format!("command-{number}")).collect();
    assert_eq!(recorded(&mut *looking), expected, "{fault:?} at {n}: each once, in order");
    let verified = verify(&mut *looking, &[], &mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(verified.damage, []);
    left.load(Ordering::SeqCst) == 0
}

fn every_call_may_fail_in_every_way(empty: fn() -> Open) {
    std::thread::scope(|scope| {
        for fault in FAULTS {
            scope.spawn(move || {
                let met = (1..1000).take_while(|n| run(&empty(), fault, *n)).count();
                assert!(met > 12, "{fault:?}: only {met} calls in a day");
            });
        }
    });
}

#[test]
fn every_call_may_fail_in_every_way_in_sqlite() {
    every_call_may_fail_in_every_way(sqlite);
}

#[test]
fn every_call_may_fail_in_every_way_in_postgres() {
    every_call_may_fail_in_every_way(postgres);
}
