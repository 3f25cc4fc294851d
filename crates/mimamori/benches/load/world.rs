//! A record of twenty products and a million entries, each decided by `handle` as if people had asked for it over the years.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Instant;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use journal::{Blob, Chain, Draft, Entry, Head, Moment, SignedHeads, Sqlite, Store, seal};
use operation::Context;
use operation::deadline::{Record, Rhythms, deadlines};
use operation::organisation::{Command, Organisation, PROGRAM, RoleGranted, handle};
use server::Keep;
use server::people::{credentials, second_factor};

use crate::chance::Chance;
use crate::people::{PASSWORD, everybody, secret};
use crate::plan_course::Course;
use crate::product_course::{ProductCourse, ROUND};

/// How large it is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Products.
    pub products: usize,
    /// Entries of all chains.
    pub entries: usize,
}

/// The day on which the record begins: when the first plan of the example was handed in.
const BEGINS: &str = "2020-10-09T00:00:00Z";
/// How many entries are handed to the store at once.
const BATCH: usize = 10_000;

/// The identifier of a product.
pub fn product(number: usize) -> String {
    format!("mihon-{:02}", number + 1)
}

/// Makes the world in a folder that is not there yet; it ends the day before `now`.
pub fn make(data: &Path, size: Size, now: Timestamp) {
    let began = Instant::now();
    fs::create_dir_all(data).unwrap();
    fs::set_permissions(data, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let zone = TimeZone::get("Asia/Tokyo").unwrap();
    let (start, end): (Timestamp, _) = (BEGINS.parse().unwrap(), now - SignedDuration::from_hours(24));
    let today = end.to_zoned(zone.clone()).date();
    let course = Course::of_example(size.entries / size.products / ROUND, today);
    eprintln!("{} steps of a plan read, checked and compared in {:.1?}", course.steps.len(), began.elapsed());
    let obligations = obligations(&course.last, start, today);
    let mut world = World::in_folder(data);
    world.open(start);
    let mut courses: Vec<_> = (0..size.products)
        .map(|number| {
            let name = format!("模擬{}", number + 1);
            world.list(product(number), format!("{name}皮下注"), start);
            ProductCourse::new(product(number), &name, &course, &obligations, 1000 + number as u64)
        })
        .collect();
    let rest = size.entries - world.entries;
    let pause = end.duration_since(start).as_micros() / rest as i128;
    let mut day = start.to_zoned(zone.clone()).date();
    let mut turn = 0;
    for number in 0..rest {
        let at = Moment::of(start + SignedDuration::from_micros(i64::try_from(pause * number as i128).unwrap()));
        let here = at.timestamp().to_zoned(zone.clone()).date();
        if here > day {
            // on each new day the program signs the heads as the day before left them
            day = here;
            let heads: Vec<_> = world.heads.values().cloned().collect();
            let signed = Command::SignDay(SignedHeads::sign(&heads, &world.key));
            world.organise(PROGRAM, signed, at, Some(format!("heads of {day}")));
            continue;
        }
        let course = &mut courses[turn % size.products];
        turn += 1;
        let (draft, blobs) = course.next(&world.organisation, at);
        let entry = world.record(draft, blobs);
        course.state.apply(&entry).unwrap();
    }
    world.flush();
    drop(world.store);
    let_in(data, now);
    eprintln!("{} entries and {} blobs of {} products in {:.0?}", world.entries, world.blobs_kept, size.products, began.elapsed());
}

/// What is due of the plan and was due some time ago: it is met, again and again. What is due about now is left to the people.
fn obligations(plan: &plan::Plan, start: Timestamp, today: jiff::civil::Date) -> Vec<String> {
    let record = Record { kept_since: Some(start.to_zoned(TimeZone::UTC).date()), ..Record::default() };
    let past = today - jiff::Span::new().days(120);
    let due = deadlines(plan, &record, &Rhythms::standard(), today);
    let due: Vec<_> = due.into_iter().filter(|deadline| deadline.last_day().is_some_and(|day| day < past)).map(|it| it.id).collect();
    assert!(due.len() > 10, "the example has deadlines: {}", due.len());
    due
}

/// Gives everybody a password and a second factor, as the server keeps them.
fn let_in(data: &Path, now: Timestamp) {
    let keep = Keep::in_folder(data).unwrap();
    for (place, somebody) in everybody().iter().enumerate() {
        let code = credentials::invite(&keep, &somebody.id, now).unwrap();
        credentials::accept(&keep, &somebody.id, &code, PASSWORD, now).unwrap();
        // the number of an hour ago: that of now is still to be used
        let then = now - SignedDuration::from_hours(1);
        let number = second_factor::number(&secret(place), then).unwrap();
        credentials::set_second_factor(&keep, &somebody.id, &secret(place), &number, then).unwrap();
    }
}

struct World {
    store: Sqlite,
    key: [u8; 32],
    organisation: Organisation,
    heads: BTreeMap<Chain, Head>,
    entries: usize,
    blobs_kept: usize,
    chance: Chance,
    waiting: (Vec<Entry>, Vec<Blob>),
}

impl World {
    fn in_folder(data: &Path) -> Self {
        let mut chance = Chance(2026);
        let key = chance.bytes();
        fs::write(data.join("head.key"), key).unwrap();
        fs::set_permissions(data.join("head.key"), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        let store = Sqlite::create(&data.join("journal.sqlite")).unwrap();
        let (heads, waiting) = (BTreeMap::new(), (Vec::new(), Vec::new()));
        Self { store, key, organisation: Organisation::default(), heads, entries: 0, blobs_kept: 0, chance, waiting }
    }

    /// The organisation, its people and their roles.
    fn open(&mut self, start: Timestamp) {
        let at = Moment::of(start);
        let people = everybody();
        let first = people[0].clone();
        let open =
            Command::Open { id: self.chance.hex(), name: "見本バイオ製薬株式会社".into(), person_name: first.name.clone() };
        self.organise(&first.id, open, at, None);
        for somebody in &people[1..] {
            let register = Command::RegisterPerson { person: somebody.id.clone(), name: somebody.name.clone() };
            self.organise(&first.id, register, at, None);
            let named = |held: bool, name: &str| if held { BTreeSet::from([name.to_owned()]) } else { BTreeSet::new() };
            use access::Role::{ContractResearchOrganisation, MedicalRepresentative, SurveyPhysician};
            let grant = RoleGranted {
                person: somebody.id.clone(),
                role: somebody.role,
                product: None,
                institutions: named(matches!(somebody.role, MedicalRepresentative | SurveyPhysician), "site-001"),
                activities: named(somebody.role == ContractResearchOrganisation, "survey-sle"),
            };
            self.organise(&first.id, Command::GrantRole(grant), at, None);
        }
    }

    fn list(&mut self, product: String, name: String, start: Timestamp) {
        self.organise("safety-manager-01", Command::ListProduct { product, name }, Moment::of(start), None);
    }

    fn organise(&mut self, actor: &str, command: Command, now: Moment, key: Option<String>) {
        let context = Context {
            command: key.unwrap_or_else(|| self.chance.hex()),
            actor: actor.to_owned(),
            now,
            zone: "Asia/Tokyo".into(),
            reason: None,
            received: None,
            seen: u64::MAX,
            authenticated: Some(now),
            salts: Vec::new(),
        };
        for draft in handle(&self.organisation, command, &context).unwrap() {
            let entry = self.record(draft, Vec::new());
            self.organisation.apply(&entry).unwrap();
        }
    }

    /// Gives an entry its place.
    fn record(&mut self, draft: Draft, blobs: Vec<Blob>) -> Entry {
        let chain = draft.chain.clone();
        let entry = seal(draft, self.heads.get(&chain)).unwrap();
        self.heads.insert(chain, entry.head());
        self.entries += 1;
        self.blobs_kept += blobs.len();
        self.waiting.0.push(entry.clone());
        self.waiting.1.extend(blobs);
        if self.waiting.0.len() >= BATCH {
            self.flush();
        }
        entry
    }

    fn flush(&mut self) {
        self.store.append(&self.waiting.0, &self.waiting.1).unwrap();
        self.waiting = (Vec::new(), Vec::new());
        if self.entries.is_multiple_of(100_000) {
            eprintln!("{} entries", self.entries);
        }
    }
}
