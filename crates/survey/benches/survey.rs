//! How long it takes to count a survey of 3,000 patients with 8 forms each, to follow a form that was sent, and to decide about it.
#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::civil::{Date, date};
use journal::{Chain, Draft, Entry, Moment, seal};
use plan::expression::parse;
use plan::tables::{ItemKind, VisitFrom};
use survey::view::{Kept, Registered, grid};
use survey::{
    ConcernDesign, ContractRecorded, Design, Event, EventDesign, FormDesign, FormKey, FormSent, ItemDesign, PatientRegistered, Sex,
    SiteJoined, Survey, VisitDesign,
};

const PATIENTS: u32 = 3_000;
const TODAY: Date = date(2026, 11, 1);

/// Seven visits with a form of 60 items, and one for adverse events.
fn design() -> Design {
    let items = (0..60).map(|item| ItemDesign { id: format!("item{item}"), kind: ItemKind::Number, ..ItemDesign::default() });
    let visit = FormDesign { id: "course".into(), version: "1".into(), items: items.collect(), ..FormDesign::default() };
    let event = FormDesign {
        id: "event".into(),
        version: "1".into(),
        repeats: true,
        items: ["term", "onset", "serious"]
            .map(|id| ItemDesign {
                id: id.into(),
                kind: if id == "onset" { ItemKind::PartialDate } else { ItemKind::Text },
                ..ItemDesign::default()
            })
            .to_vec(),
        event: Some(EventDesign {
            term: "term".into(),
            onset: Some("onset".into()),
            serious: parse("serious = 'yes'").ok(),
            reaction: parse("missing(serious) or serious != 'unrelated'").ok(),
            ..EventDesign::default()
        }),
        ..FormDesign::default()
    };
    let visits = (1..=7).map(|visit| VisitDesign {
        id: format!("visit{visit}"),
        name: "".into_words(),
        from: VisitFrom::FirstDose,
        item: None,
        after: Some(calendar::Period { amount: visit * 3, unit: calendar::Unit::Months }),
        every: None,
        until: None,
        window_days: 14,
        due_days: 30,
        forms: vec!["course".into()],
        when: None,
    });
    let concerns = (0..12).map(|concern| ConcernDesign::new(format!("c{concern}"), "".into_words(), vec![format!("事象{concern}")]));
    Design {
        activity: "survey".into(),
        target: Some(3_500),
        registration: (Some(date(2023, 1, 1)), Some(date(2027, 12, 31))),
        period: (Some(date(2023, 1, 1)), Some(date(2031, 12, 31))),
        visits: visits.collect(),
        forms: vec![visit, event],
        concerns: concerns.collect(),
        populations: vec![("all".into(), "".into_words(), None)],
        ..Design::default()
    }
}

trait IntoWords {
    fn into_words(self) -> diagnostic::Words;
}

impl IntoWords for &str {
    fn into_words(self) -> diagnostic::Words {
        diagnostic::Words::same(self)
    }
}

struct World {
    survey: Survey,
    entry: Entry,
}

impl World {
    fn new() -> Self {
        let draft = Draft::new(Chain::Product("p".into()), Moment::of(jiff::Timestamp::UNIX_EPOCH), "somebody", "", "x", 1, &()).unwrap();
        Self { survey: Survey::default(), entry: seal(draft, None).unwrap() }
    }

    fn apply(&mut self, event: Event) {
        self.entry.sequence += 1;
        self.survey.apply(event, &self.entry);
    }

    fn sent(&mut self, patient: u32, visit: &str, form: &str, values: Vec<(String, Option<String>)>) {
        let key = FormKey { visit: visit.into(), turn: 1, form: form.into() };
        self.apply(Event::FormSent(FormSent {
            survey: String::new(),
            patient,
            key,
            version: "1".into(),
            revision: 1,
            values,
            paper: false,
        }));
    }
}

fn world() -> World {
    let mut world = World::new();
    for site in 1..=100 {
        world.apply(Event::SiteJoined(SiteJoined {
            survey: String::new(),
            site,
            institution: format!("h{site}"),
            department: "内科".into(),
            in_charge: None,
        }));
        world.apply(Event::ContractRecorded(ContractRecorded {
            survey: String::new(),
            site,
            from: date(2023, 1, 5),
            until: date(2031, 12, 31),
            patients: 60,
            fee: Some(30_000),
            ethics: None,
            ethics_needed: false,
        }));
    }
    for patient in 1..=PATIENTS {
        let first = date(2023, 1, 10).checked_add(jiff::Span::new().days(i64::from(patient % 1_300))).unwrap();
        world.apply(Event::PatientRegistered(PatientRegistered {
            survey: String::new(),
            patient,
            site: 1 + patient % 100,
            day: first,
            first_dose: first,
            birth_year: 1960,
            sex: Sex::Female,
            criteria: Vec::new(),
            late: None,
            paper: false,
            revision: 1,
        }));
        for visit in 1..=7 {
            let values = (0..60).map(|item| (format!("item{item}"), Some((patient % 97 + item).to_string()))).collect();
            world.sent(patient, &format!("visit{visit}"), "course", values);
        }
        let values = [("term", format!("事象{}", patient % 40)), ("onset", first.to_string()), ("serious", "yes".into())];
        world.sent(patient, "", "event", values.map(|(item, value)| (item.to_owned(), Some(value))).to_vec());
    }
    world
}

fn counts(criterion: &mut Criterion) {
    let design = Arc::new(design());
    let mut world = world();
    let mut group = criterion.benchmark_group("3,000 patients of 8 forms");
    group.sample_size(20);
    group.bench_function("grid", |bencher| bencher.iter(|| grid(&design, &world.survey, TODAY).map(|row| row.cells.len()).sum::<usize>()));
    group.bench_function("count anew", |bencher| {
        bencher.iter(|| Kept::new(Arc::clone(&design), world.survey.clone(), TODAY).progress(&|_| true));
    });
    let kept = Kept::new(Arc::clone(&design), world.survey.clone(), TODAY);
    group.bench_function("what was seen", |bencher| bencher.iter(|| kept.seen("all", Registered::InTime).len()));
    let mut following = kept.clone();
    let mut number = 0;
    group.bench_function("follow a form that was sent", |bencher| {
        bencher.iter(|| {
            number += 1;
            world.sent(1 + number % PATIENTS, "visit3", "course", vec![("item3".into(), Some(number.to_string()))]);
            following.follow(&design, &world.survey, TODAY);
            following.progress(&|_| true)
        });
    });
    let typed: Vec<(String, String)> = (0..60).map(|item| (format!("item{item}"), (item * 7).to_string())).collect();
    group.bench_function("decide about a form of 60 items", |bencher| {
        bencher.iter(|| {
            let key = FormKey { visit: "visit5".into(), turn: 1, form: "course".into() };
            let command = survey::Command::Send { patient: 17, key, typed: typed.clone(), paper: false };
            let context = survey::Context { today: TODAY, seen: u64::MAX, reason: Some("訂正"), revision: 1 };
            black_box(survey::handle(&design, &world.survey, command, &context).unwrap())
        });
    });
    group.finish();
}

criterion_group!(benches, counts);
criterion_main!(benches);
