//! Laws over random histories of several people.

use std::ops::ControlFlow;

use journal::{Chain, Entry, verify};
use operation::organisation::{Command as OrganisationCommand, RoleRevoked};
use operation::product::{
    Command, Confirmed, InquiryAnswered, InquiryRecorded, LineOpened, Meaning, ObligationMet, Published, ReviewRecorded, Verdict,
};
use operation::{Checkpoint, Context, Desk, Past, Point, Snapshot, Undone, past};
use proptest::prelude::*;

use crate::world::{PEOPLE, PRODUCT, World, granted, revision};

/// What somebody tries, having seen something: much of it will be refused.
#[derive(Clone, Debug)]
struct Attempt {
    actor: usize,
    what: u8,
    number: u32,
    other: u32,
    seen: Option<u64>,
    again: bool,
}

fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let one = (0..PEOPLE.len() + 1, 0_u8..14, 0_u32..5, 0_u32..4, prop::option::weighted(0.3, 0_u64..12), prop::bool::weighted(0.1))
        .prop_map(|(actor, what, number, other, seen, again)| Attempt { actor, what, number, other, seen, again });
    prop::collection::vec(one, 1..60)
}

impl Attempt {
    fn run(&self, world: &World, last: &mut Option<Context>) -> Result<Vec<Entry>, Undone> {
        // most work is done by who may do it
        let actor = match self.what {
            11 | 12 => "admin",
            4 => "supervisor",
            _ if self.actor == PEOPLE.len() || self.number > 0 => "manager",
            _ => PEOPLE[self.actor].0,
        };
        let mut context = world.context(actor);
        if let Some(seen) = self.seen {
            context.seen = seen;
        }
        if let Some(last) = last.as_ref().filter(|_| self.again) {
            context.command = last.command.clone();
        }
        *last = Some(context.clone());
        let day = || jiff::civil::date(2026, 12, 1 + i8::try_from(self.number).unwrap());
        context.received = (self.other == 3).then(day);
        let product = |command: Command| world.desk.product(PRODUCT, &command, &context);
        let name = format!("照会{}", self.other);
        match self.what {
            0 | 1 => product(revision((self.number > 0).then_some(self.number), &format!("語{}", self.other), self.other % 2)),
            2 => product(Command::Review(ReviewRecorded {
                revision: self.number,
                verdict: if self.other == 0 { Verdict::Returned } else { Verdict::Accepted },
                remarks: "所見".into(),
            })),
            3 => product(Command::Sign { revision: self.number, meaning: Meaning::Prepared }),
            4 => product(Command::Sign {
                revision: self.number,
                meaning: if self.other < 2 { Meaning::Confirmed } else { Meaning::Approved },
            }),
            5 => product(Command::Withdraw { signature: self.number }),
            6 => product(Command::Submit { revision: self.number, day: day(), receipt: None }),
            7 => product(Command::Ask(InquiryRecorded {
                inquiry: name,
                submission: self.number,
                text: "問".into(),
                asked: day(),
                due: None,
            })),
            8 => product(Command::Answer(InquiryAnswered { inquiry: name, text: "答".into(), day: day() })),
            9 => product(Command::Confirm(Confirmed { submission: self.number, day: day() })),
            10 => product(Command::Publish(Published { submission: self.number, day: day(), address: None })),
            11 => world
                .desk
                .organisation(&OrganisationCommand::GrantRole(granted(PEOPLE[self.actor % PEOPLE.len()].0, PEOPLE[0].1)), &context),
            12 => {
                let (person, role) = PEOPLE[1 + self.actor % (PEOPLE.len() - 1)];
                let revoked = RoleRevoked { person: person.into(), role, product: None };
                world.desk.organisation(&OrganisationCommand::RevokeRole(revoked), &context)
            }
            _ if self.other == 0 => {
                product(Command::OpenLine(LineOpened { line: "申請中".into(), title: "追加効能".into(), base: self.number }))
            }
            _ => product(Command::Meet(ObligationMet { obligation: format!("期限{}", self.other), day: day(), receipt: None })),
        }
    }
}

fn all_entries(world: &World) -> Vec<Entry> {
    let mut store = (world.open)();
    let mut entries = Vec::new();
    for chain in [Chain::Organisation, Chain::Product(PRODUCT.into())] {
        store
            .read(&chain, 0, &mut |entry| {
                entries.push(entry);
                ControlFlow::Continue(())
            })
            .unwrap();
    }
    entries
}

fn replayed(entries: &[Entry]) -> Snapshot {
    let mut state = Snapshot::default();
    for entry in entries {
        state.apply(entry).unwrap();
    }
    state
}

/// Replay equals the live state; what was acknowledged is recorded, what was refused is not; a prefix is the state of that time.
fn replay_is_the_live_state(world: &World, attempts: &[Attempt]) -> Result<(), TestCaseError> {
    let mut last = None;
    let (mut acknowledged, mut past) = (Vec::new(), Vec::new());
    for attempt in attempts {
        let before = world.desk.snapshot();
        match attempt.run(world, &mut last) {
            Ok(entries) => acknowledged.extend(entries),
            Err(Undone::Refused(_)) => prop_assert_eq!(&world.desk.snapshot(), &before, "a refusal changes nothing"),
            Err(failed) => prop_assert!(false, "{:?}", failed),
        }
        let now = world.desk.snapshot();
        past.push((now.organisation.sequence, now.products.get(PRODUCT).map_or(0, |product| product.sequence), now));
    }
    let entries = all_entries(world);
    prop_assert_eq!(&replayed(&entries), &world.desk.snapshot());
    for entry in &acknowledged {
        prop_assert!(entries.contains(entry), "acknowledged, but not recorded: {:?}", entry);
    }
    for (organisation, product, state) in past {
        let prefix: Vec<_> = entries
            .iter()
            .filter(|entry| entry.sequence <= if entry.draft.chain == Chain::Organisation { organisation } else { product })
            .cloned()
            .collect();
        prop_assert_eq!(replayed(&prefix), state);
    }
    // states that are shown are never in contradiction with the rules
    let product = world.desk.snapshot().products.get(PRODUCT).cloned().unwrap_or_default();
    for signature in product.signatures.values() {
        prop_assert_eq!(signature.content, product.revisions[&signature.revision].content);
    }
    for submission in product.submissions.values() {
        prop_assert!(product.revisions.contains_key(&submission.revision));
        prop_assert!(submission.published.is_none() || submission.confirmed.is_some());
    }
    Ok(())
}

/// A state looked back at in any order of points is the one that follows from the entries alone; and a checkpoint taken anywhere, read
/// again, goes on as if every entry had been read.
fn what_is_at_hand_changes_no_answer(world: &World, attempts: &[Attempt], asked: &[(usize, u32)]) -> Result<(), TestCaseError> {
    let (half, rest) = attempts.split_at(attempts.len() / 2);
    let mut last = None;
    for attempt in half {
        let _ = attempt.run(world, &mut last);
    }
    let mut store = (world.open)();
    let checkpoint = Checkpoint::of(world.desk.snapshot(), &mut *store).unwrap();
    for attempt in rest {
        let _ = attempt.run(world, &mut last);
    }
    let bytes = checkpoint.bytes();
    let read = Checkpoint::read(&bytes, &mut *store);
    prop_assert_eq!(read.as_ref(), Some(&checkpoint));
    prop_assert!(checkpoint.holds(&mut *store).unwrap());
    let desk = Desk::open((world.open)(), (world.open)(), checkpoint.snapshot()).unwrap();
    prop_assert_eq!(desk.snapshot(), world.desk.snapshot());

    let entries = all_entries(world);
    let hands = [Past::default(), Past::every(2), Past::from(checkpoint)];
    for (index, day) in asked {
        let point = Point {
            recorded: index.checked_sub(1).map(|index| entries[index % entries.len()].draft.recorded),
            received: day.checked_sub(1).map(|day| jiff::civil::date(2026, 12, 1 + i8::try_from(day).unwrap())),
        };
        let holding: Vec<_> = entries.iter().filter(|entry| point.holds(entry)).cloned().collect();
        for hand in &hands {
            // nobody records in the past
            let known = without_commands(replayed(&holding));
            prop_assert_eq!(&hand.at(&mut *store, point).unwrap(), &known, "{:?}", point);
            let of_product = hand.of_product(&mut *store, PRODUCT, point).unwrap();
            prop_assert_eq!(of_product.organisation, known.organisation, "{:?}", point);
            prop_assert_eq!(of_product.products.get(PRODUCT), known.products.get(PRODUCT), "{:?}", point);
        }
    }
    Ok(())
}

fn without_commands(mut state: Snapshot) -> Snapshot {
    state.organisation.commands = Default::default();
    for id in state.products.keys().cloned().collect::<Vec<_>>() {
        state.products.get_mut(&id).unwrap().commands = Default::default();
    }
    state
}

/// Several people at once: whatever order it comes to, the chains hold and replay is the live state.
fn people_at_once_never_corrupt(world: &World, all: &[Vec<Attempt>]) -> Result<(), TestCaseError> {
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let people: Vec<_> = all
            .iter()
            .map(|mine| {
                let desk = &world.desk;
                scope.spawn(move || {
                    let mut recorded = Vec::new();
                    for attempt in mine {
                        let context = world.context("manager");
                        let seen = desk.snapshot().products.get(PRODUCT).map_or(0, |product| product.sequence);
                        let head =
                            desk.snapshot().products.get(PRODUCT).and_then(|product| product.lines.get("main").map(|line| line.head));
                        let command = match attempt.what % 3 {
                            0 => revision(head, &context.command, 0),
                            1 => Command::Review(ReviewRecorded {
                                revision: head.unwrap_or(1),
                                verdict: Verdict::Accepted,
                                remarks: String::new(),
                            }),
                            _ => Command::Sign { revision: head.unwrap_or(1), meaning: Meaning::Prepared },
                        };
                        match desk.product(PRODUCT, &command, &Context { seen, ..context }) {
                            Ok(entries) => recorded.extend(entries),
                            Err(Undone::Refused(_)) => {}
                            Err(failed) => panic!("{failed:?}"),
                        }
                    }
                    recorded
                })
            })
            .collect();
        people.into_iter().flat_map(|person| person.join().unwrap()).collect()
    });
    let entries = all_entries(world);
    prop_assert_eq!(&replayed(&entries), &world.desk.snapshot());
    for entry in &outcomes {
        prop_assert!(entries.contains(entry));
    }
    prop_assert_eq!(outcomes.len(), entries.iter().filter(|entry| entry.draft.chain != Chain::Organisation).count());
    let mut store = (world.open)();
    let verified = verify(&mut *store, &[], &mut |_, _| ControlFlow::Continue(())).unwrap();
    prop_assert_eq!(verified.damage, Vec::new());
    Ok(())
}

/// The laws in one kind of store.
macro_rules! laws {
    ($store:ident, $world:expr, $cases:literal) => {
        mod $store {
            use super::*;

            #[test]
            fn what_is_recorded_late_was_received_early() {
                super::what_is_recorded_late_was_received_early(&$world);
            }

            proptest! {
                #![proptest_config(ProptestConfig { cases: $cases, ..ProptestConfig::default() })]

                #[test]
                fn replay_is_the_live_state(attempts in attempts()) {
                    super::replay_is_the_live_state(&$world, &attempts)?;
                }

                #[test]
                fn what_is_at_hand_changes_no_answer(
                    attempts in attempts(), asked in prop::collection::vec((0_usize..80, 0_u32..6), 1..20)
                ) {
                    super::what_is_at_hand_changes_no_answer(&$world, &attempts, &asked)?;
                }

                #[test]
                fn people_at_once_never_corrupt(all in prop::collection::vec(attempts(), 2..4)) {
                    super::people_at_once_never_corrupt(&$world, &all)?;
                }
            }
        }
    };
}

laws!(sqlite, World::in_sqlite(), 48);
// a database a case: fewer
laws!(postgres, World::in_postgres(), 12);

/// A question received on the 1st is recorded on the 7th, after one received and recorded between: the two axes answer differently.
// shows items 26
fn what_is_recorded_late_was_received_early(world: &World) {
    world.revise("officer", None, "一").unwrap();
    world.sign("officer", 1, Meaning::Prepared).unwrap();
    world.sign("manager", 1, Meaning::Confirmed).unwrap();
    world.sign("supervisor", 1, Meaning::Approved).unwrap();
    world.product("manager", Command::Submit { revision: 1, day: "2027-01-15".parse().unwrap(), receipt: None }).unwrap();
    let before = world.context("manager").now;
    let ask = |name: &str, received: Option<&str>| {
        let context = Context { received: received.map(|day| day.parse().unwrap()), ..world.context("manager") };
        let asked =
            InquiryRecorded { inquiry: name.into(), submission: 1, text: "問".into(), asked: "2027-02-01".parse().unwrap(), due: None };
        world.desk.product(PRODUCT, &Command::Ask(asked), &context).unwrap();
        context.now
    };
    let between = ask("その場で記録", None);
    let late = ask("遅れて記録", Some("2027-02-01"));
    let mut store = (world.open)();
    let mut known = |recorded: Option<journal::Moment>, received: Option<&str>| {
        let point = Point { recorded, received: received.map(|day| day.parse().unwrap()) };
        past(&mut *store, point)
            .unwrap()
            .products
            .get(PRODUCT)
            .map(|product| product.inquiries.keys().cloned().collect::<Vec<_>>())
            .unwrap_or_default()
    };
    assert_eq!(known(Some(before), None), Vec::<String>::new());
    assert_eq!(known(Some(between), None), ["その場で記録"]);
    assert_eq!(known(Some(late), None), ["その場で記録", "遅れて記録"]);
    assert_eq!(known(None, Some("2027-02-01")), ["遅れて記録"], "received by the 1st, though recorded after the other");
    assert_eq!(known(Some(between), Some("2027-02-01")), Vec::<String>::new(), "and not yet recorded then");
    assert_eq!(past(&mut *store, Point::default()).unwrap(), world.desk.snapshot());
}
