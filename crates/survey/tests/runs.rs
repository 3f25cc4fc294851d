//! The survey of the example plan, run on a clock of the test's own.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use journal::{Chain, Draft, Entry, Moment, seal};
use plan::Folder;
use proptest::prelude::*;
use survey::schedule::{Standing, expected};
use survey::view::{Kept, Progress, Registered, Seen, forecast, grid};
use survey::{Command, Context, ContractRecorded, Design, Event, FormKey, Refused, Sex, Survey, handle};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn folder(path: &Path, under: &str, all: &mut Folder) {
    for entry in std::fs::read_dir(path).unwrap().map(Result::unwrap) {
        let name = format!("{under}{}", entry.file_name().to_string_lossy());
        match entry.path() {
            path if path.is_dir() => folder(&path, &format!("{name}/"), all),
            path => all.insert(name, std::fs::read(path).unwrap()),
        }
    }
}

fn design() -> Design {
    let mut all = Folder::new();
    folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/rituximab"), "", &mut all);
    Design::of(&plan::read::read(&all).plan, "survey-nmosd").unwrap()
}

/// A survey and the entries that made it.
#[derive(Default)]
struct World {
    survey: Survey,
    entries: Vec<Entry>,
}

impl World {
    fn does(&mut self, design: &Design, today: &str, reason: Option<&str>, command: Command) -> Result<Vec<Event>, Refused> {
        let context = Context { today: day(today), seen: u64::MAX, reason, revision: 1 };
        let events = handle(design, &self.survey, command, &context)?;
        for event in &events {
            let at: jiff::Timestamp = format!("{today}T03:00:00Z").parse().unwrap();
            let draft = Draft {
                reason: reason.map(str::to_owned),
                ..Draft::new(Chain::Product("p".into()), Moment::of(at), "somebody", "", "x", 1, &()).unwrap()
            };
            let head = self.entries.last().map(Entry::head);
            let entry = seal(draft, head.as_ref()).unwrap();
            self.survey.apply(event.clone(), &entry);
            self.entries.push(entry);
        }
        Ok(events)
    }

    fn begun(design: &Design, sites: u32, patients: u32) -> Self {
        let mut world = Self::default();
        for site in 1..=sites {
            let join = Command::Join { institution: format!("h{site}"), department: "神経内科".into(), in_charge: None };
            world.does(design, "2023-01-04", None, join).unwrap();
            let contract = ContractRecorded {
                survey: String::new(),
                site,
                from: day("2023-01-05"),
                until: day("2031-06-30"),
                patients,
                fee: None,
                ethics: None,
                ethics_needed: false,
            };
            world.does(design, "2023-01-04", None, Command::Contract(contract)).unwrap();
        }
        world
    }

    fn registered(&mut self, design: &Design, site: u32, first_dose: &str, today: &str) -> Result<Vec<Event>, Refused> {
        let criteria = [("nmosd", true), ("first", true), ("trial", false)].map(|(id, answer)| (id.to_owned(), answer)).to_vec();
        let register = Command::Register { site, first_dose: day(first_dose), birth_year: 1970, sex: Sex::Female, criteria, paper: false };
        self.does(design, today, Some("理由"), register)
    }

    fn sent(&mut self, design: &Design, today: &str, patient: u32, key: &FormKey, values: &[(&str, &str)]) -> Result<Vec<Event>, Refused> {
        let typed = values.iter().map(|(item, value)| ((*item).to_owned(), (*value).to_owned())).collect();
        self.does(design, today, Some("理由"), Command::Send { patient, key: key.clone(), typed, paper: false })
    }
}

/// The counts of a survey on a day.
fn kept(design: &Design, survey: &Survey, today: &str) -> Kept {
    Kept::new(Arc::new(design.clone()), survey.clone(), day(today))
}

fn progress(design: &Design, survey: &Survey, today: &str) -> Progress {
    kept(design, survey, today).progress(&|_| true)
}

fn seen(design: &Design, survey: &Survey, population: &str, today: &str) -> Vec<Seen> {
    kept(design, survey, today).seen(population, Registered::InTime)
}

fn key(visit: &str, turn: u32, form: &str) -> FormKey {
    FormKey { visit: visit.into(), turn, form: form.into() }
}

#[test]
fn visits_are_counted_from_the_first_dose_and_end_with_the_survey() {
    let design = design();
    let mut world = World::begun(&design, 1, 10);
    world.registered(&design, 1, "2025-08-31", "2025-09-01").unwrap();
    let patient = &world.survey.patients[&1];
    let all = expected(&design, patient);
    let days: Vec<String> = all.iter().filter(|form| form.key.visit == "half-year").map(|form| form.day.to_string()).collect();
    // each from the first visit, so that the end of a month comes back: half a year after 31 August is the last of February
    assert_eq!(days[..4], ["2026-02-28", "2026-08-28", "2027-02-28", "2027-08-28"]);
    assert_eq!(days.last().unwrap(), "2031-02-28", "the survey ends on 30 June 2031");
    assert_eq!((all[0].key.form.as_str(), all[0].day, all[0].due), ("background", day("2025-08-31"), day("2025-10-30")));
    let end = all.last().unwrap();
    assert_eq!((end.key.visit.as_str(), end.day), ("end", day("2031-06-30")));
    // who leaves is not waited for, and the last form is due from that day on
    let left = key("end", 1, "end");
    world.sent(&design, "2026-10-01", 1, &left, &[("last_day", "2026-09-30"), ("reason", "moved")]).unwrap();
    let all = expected(&design, &world.survey.patients[&1]);
    let visits: Vec<(&str, String)> = all.iter().map(|form| (form.key.visit.as_str(), form.day.to_string())).collect();
    assert_eq!(visits.len(), 4, "{visits:?}");
    assert_eq!(visits.last().unwrap(), &("end", "2026-09-30".to_owned()));
}

#[test]
fn how_a_form_stands_follows_from_days_and_acts() {
    let design = design();
    let mut world = World::begun(&design, 1, 10);
    world.registered(&design, 1, "2025-01-10", "2025-01-12").unwrap();
    let standing = |world: &World, today: &str| {
        let row = grid(&design, &world.survey, day(today)).next().unwrap();
        row.cells.into_iter().find(|cell| cell.key.form == "background").unwrap().standing
    };
    assert_eq!(standing(&world, "2025-01-12"), Standing::Open);
    assert_eq!(standing(&world, "2025-03-11"), Standing::Open);
    assert_eq!(standing(&world, "2025-03-12"), Standing::Overdue);
    let background = key("start", 1, "background");
    world.sent(&design, "2025-03-20", 1, &background, &[("first_dose_given", "yes"), ("steroid", "yes")]).unwrap();
    assert_eq!(standing(&world, "2025-03-20"), Standing::Queried);
    let whole = [
        ("first_dose_given", "yes"),
        ("diagnosed", "2020-04"),
        ("aqp4", "positive"),
        ("complications", "none"),
        ("hbs_ag", "negative"),
        ("hbc_ab", "negative"),
        ("hbs_ab", "negative"),
        ("steroid", "no"),
    ];
    let events = world.sent(&design, "2025-03-21", 1, &background, &whole).unwrap();
    assert!(events.iter().skip(1).all(|event| matches!(event, Event::QueryClosed(_))), "{events:?}");
    assert_eq!(standing(&world, "2025-03-21"), Standing::Sent);
    world.does(&design, "2025-03-22", None, Command::Sign { patient: 1, key: background.clone(), name: "医師".into() }).unwrap();
    assert_eq!(standing(&world, "2025-03-22"), Standing::Signed);
    world.does(&design, "2025-03-23", None, Command::Lock(vec![(1, background.clone())])).unwrap();
    assert_eq!(standing(&world, "2025-03-23"), Standing::Locked);
    let refused = world.sent(&design, "2025-03-24", 1, &background, &[("first_dose_given", "no")]).unwrap_err();
    assert!(matches!(refused, Refused::Unfit(..)), "{refused:?}");
    let told = progress(&design, &world.survey, "2025-03-24");
    assert_eq!((told.registered, told.sent, told.come, told.overdue, told.queries), (1, 1, 1, 0, 0));
}

#[test]
fn reactions_are_counted_once_a_patient_with_exact_limits() {
    let design = design();
    let mut world = World::begun(&design, 2, 60);
    for number in 0..100_u32 {
        world.registered(&design, 1 + number % 2, "2025-01-10", "2025-01-12").unwrap();
    }
    for patient in 1..=100 {
        world.sent(&design, "2025-01-20", patient, &key("start", 1, "background"), &[("first_dose_given", "yes")]).unwrap();
    }
    for patient in 1..=100 {
        let course = [("seen", "2025-07-10"), ("doses", "2"), ("relapses", "0"), ("adverse_event", "no")];
        world.sent(&design, "2025-07-12", patient, &key("half-year", 1, "course"), &course).unwrap();
    }
    let event = |causality| {
        [("term", "肺炎"), ("onset", "2025-03-01"), ("seriousness", "hospital"), ("causality", causality), ("outcome", "recovered")]
    };
    for number in 1..=6 {
        for turn in 1..=2 {
            world.sent(&design, "2025-07-20", number, &key("", turn, "adverse-event"), &event("possible")).unwrap();
        }
    }
    for number in 7..=9 {
        world.sent(&design, "2025-07-20", number, &key("", 1, "adverse-event"), &event("unrelated")).unwrap();
    }
    let all = &seen(&design, &world.survey, "safety", "2025-08-01")[0];
    assert_eq!((all.patients, all.events.patients, all.reactions.patients, all.serious.patients), (100, 9, 6, 6));
    // scipy.stats.binomtest(6, 100).proportion_ci(0.95, "exact"), and the one-sided limit by alternative="less"
    let (lower, upper) = all.reactions.limits.unwrap();
    assert!((lower - 0.022_334_886_071_316_38).abs() < 1e-12 && (upper - 0.126_029_934_580_822_87).abs() < 1e-12, "{lower} {upper}");
    // each patient is at risk up to the visit half a year later, or up to the first reaction
    let years = (94.0 * 181.0 + 6.0 * 50.0) / 365.25;
    assert!((all.reactions.years - years).abs() < 1e-9, "{} {years}", all.reactions.years);
    // six of a hundred at day 50, nobody left before: the Aalen–Johansen estimate is the share
    assert_eq!(all.onsets, [50.0; 6]);
    let curve = all.cumulative.as_ref().unwrap();
    assert!((curve.at(181.0).unwrap().incidence - 0.06).abs() < 1e-12);
    world.does(&design, "2025-08-02", Some("同意の撤回"), Command::Exclude { patient: 1, population: "safety".into(), out: true }).unwrap();
    let all = &seen(&design, &world.survey, "safety", "2025-08-02")[0];
    assert_eq!((all.patients, all.reactions.patients), (99, 5));
}

#[test]
fn a_forecast_holds_what_is_and_grows_with_time() {
    let design = design();
    let mut world = World::begun(&design, 4, 60);
    for (number, site) in (0..40_u32).zip([1, 1, 2, 1, 3].into_iter().cycle()) {
        let today = day("2023-02-01").checked_add(jiff::Span::new().days(i64::from(number) * 10)).unwrap().to_string();
        world.registered(&design, site, &today, &today).unwrap();
    }
    let today = day("2024-03-10");
    let told = forecast(&design, &world.survey, today).unwrap();
    assert_eq!(told.until, day("2026-11-30"));
    assert!(told.limits.0 >= 40 && told.limits.0 < told.limits.1, "{told:?}");
    // 40 in 400 days at four sites: about 97 more in the 995 days that are left
    assert!((told.mean - 137.0).abs() < 15.0, "{told:?}");
    assert!(told.reaches.unwrap() < 0.05, "{told:?}");
    assert!(forecast(&design, &world.survey, day("2026-11-30")).is_none(), "registration is over");
    assert!(forecast(&design, &Survey::default(), today).is_none(), "nobody is registered");
}

#[test]
fn registration_follows_the_plan() {
    let design = design();
    let mut world = World::begun(&design, 1, 2);
    let refused = |result: Result<Vec<Event>, Refused>| match result.unwrap_err() {
        Refused::Unfit(words, _) | Refused::TooEarly(words, _) | Refused::Unknown(words) => words.en,
        other => format!("{other:?}"),
    };
    assert!(refused(world.registered(&design, 1, "2023-01-04", "2023-01-06")).contains("before the contract"));
    assert!(refused(world.registered(&design, 1, "2022-12-02", "2023-01-04")).contains("no contract"));
    assert!(refused(world.registered(&design, 1, "2026-11-30", "2026-12-01")).contains("registration ended"));
    assert!(refused(world.registered(&design, 9, "2023-02-01", "2023-02-01")).contains("site 9"));
    let late = world.registered(&design, 1, "2023-02-01", "2023-02-16").unwrap();
    assert!(matches!(&late[..], [Event::PatientRegistered(patient)] if patient.late == Some(1)), "{late:?}");
    let in_time = world.registered(&design, 1, "2023-02-02", "2023-02-16").unwrap();
    assert!(matches!(&in_time[..], [Event::PatientRegistered(patient)] if patient.late.is_none() && patient.patient == 2), "{in_time:?}");
    assert!(refused(world.registered(&design, 1, "2023-02-02", "2023-02-16")).contains("the most for this site"));
    let full = Design { target: Some(2), most_per_site: None, ..design };
    let mut more = World::begun(&full, 1, 9);
    more.registered(&full, 1, "2023-02-02", "2023-02-03").unwrap();
    more.registered(&full, 1, "2023-02-02", "2023-02-03").unwrap();
    assert!(refused(more.registered(&full, 1, "2023-02-02", "2023-02-03")).contains("target of 2"));
}

proptest! {
    /// Whatever is typed into a form, it is refused with words or recorded whole: what was recorded reads back, and what is derived agrees.
    #[test]
    fn what_is_typed_is_refused_or_recorded_whole(values in prop::collection::vec((0_usize..22, "[0-9a-z /.-]{0,8}|positive|negative|yes|no|none|2024-05|12.5"), 1..20)) {
        let design = design();
        let mut world = World::begun(&design, 1, 3);
        world.registered(&design, 1, "2025-01-10", "2025-01-12").unwrap();
        let form = design.form("background").unwrap();
        let ids: Vec<&str> = form.items.iter().filter(|item| item.value.is_none()).map(|item| item.id.as_str()).collect();
        let typed: Vec<(&str, &str)> = values.iter().map(|(item, value)| (ids[item % ids.len()], value.as_str())).collect();
        let background = key("start", 1, "background");
        match world.sent(&design, "2025-01-20", 1, &background, &typed) {
            Ok(_) => {
                let sent = world.survey.form(1, &background).unwrap();
                for (item, value) in &sent.values {
                    let item = form.item(item).unwrap();
                    prop_assert!(item.value.is_some() || survey::read(item, value).is_ok(), "{} {}", item.id, value);
                }
                let again: Vec<(&str, &str)> = sent.values.iter().filter(|(item, _)| form.item(item).unwrap().value.is_none()).map(|(item, value)| (item.as_str(), value.as_str())).collect();
                let same = world.survey.clone();
                let mut twice = World { survey: same, entries: world.entries.clone() };
                prop_assert!(matches!(twice.sent(&design, "2025-01-21", 1, &background, &again), Err(Refused::Unfit(..))), "the same once more is no change");
            }
            Err(Refused::Values(wrong)) => prop_assert!(!wrong.is_empty() && wrong.iter().all(|(_, words)| !words.ja.is_empty() && !words.en.is_empty())),
            Err(Refused::Unfit(words, _)) => prop_assert!(words.en.contains("nothing was filled in")),
            Err(other) => prop_assert!(false, "{:?}", other),
        }
    }
}

/// Counts that followed every step are those that are counted anew: nothing is left over of what was.
#[test]
fn counts_that_follow_are_counts_made_anew() {
    let design = Arc::new(design());
    let mut world = World::begun(&design, 2, 60);
    let mut following = Kept::new(Arc::clone(&design), world.survey.clone(), day("2025-01-01"));
    let mut check = |world: &World, today: &str| {
        following.follow(&design, &world.survey, day(today));
        let anew = Kept::new(Arc::clone(&design), world.survey.clone(), day(today));
        assert!(following.tallies().eq(anew.tallies()), "{today}");
        assert_eq!(following.forecast(), anew.forecast(), "{today}");
        assert_eq!(following.progress(&|site| site == 1), anew.progress(&|site| site == 1));
    };
    for number in 0..30_u32 {
        world.registered(&design, 1 + number % 2, "2025-01-10", "2025-01-12").unwrap();
        check(&world, "2025-01-12");
    }
    for patient in 1..=30 {
        // what is missing raises queries; what comes later closes them
        world.sent(&design, "2025-01-20", patient, &key("start", 1, "background"), &[("first_dose_given", "yes")]).unwrap();
        check(&world, "2025-01-20");
    }
    check(&world, "2025-12-01");
    let open: Vec<u32> = world.survey.queries.keys().copied().take(40).collect();
    world.does(&design, "2025-12-01", None, Command::Answer { query: open[0], text: "不明".into() }).unwrap();
    check(&world, "2025-12-01");
    world.does(&design, "2025-12-02", None, Command::Close { queries: open, text: "確認した".into() }).unwrap();
    check(&world, "2025-12-02");
    let fee = ContractRecorded {
        survey: String::new(),
        site: 1,
        from: day("2023-01-05"),
        until: day("2031-06-30"),
        patients: 60,
        fee: Some(20_000),
        ethics: None,
        ethics_needed: false,
    };
    world.does(&design, "2025-12-02", Some("費用"), Command::Contract(fee)).unwrap();
    check(&world, "2025-12-02");
    world.does(&design, "2025-12-02", Some("見込み"), Command::Stop(true)).unwrap();
    check(&world, "2025-12-02");
}

#[test]
fn a_cut_holds_what_was_locked_and_payments_follow_the_contract() {
    let design = design();
    let mut world = World::begun(&design, 1, 10);
    world.registered(&design, 1, "2025-03-01", "2025-03-03").unwrap();
    let background = key("start", 1, "background");
    let refused = world.does(&design, "2025-03-04", None, Command::Cut { name: "第1回".into() }).unwrap_err();
    assert!(matches!(refused, Refused::TooEarly(..)), "{refused:?}");
    world.sent(&design, "2025-03-20", 1, &background, &[("first_dose_given", "yes")]).unwrap();
    let pay = |day: &str| Command::Pay { forms: vec![(1, background.clone())], day: day.parse().unwrap() };
    let refused = world.does(&design, "2025-03-21", None, pay("2025-03-21")).unwrap_err();
    assert!(matches!(refused, Refused::TooEarly(..)), "the contract states no fee: {refused:?}");
    let fee = ContractRecorded {
        survey: String::new(),
        site: 1,
        from: day("2023-01-05"),
        until: day("2031-06-30"),
        patients: 10,
        fee: Some(20_000),
        ethics: None,
        ethics_needed: false,
    };
    world.does(&design, "2025-03-21", Some("費用"), Command::Contract(fee)).unwrap();
    assert_eq!(progress(&design, &world.survey, "2025-03-21").unpaid, 1);
    assert!(matches!(world.does(&design, "2025-03-21", None, pay("2025-03-22")).unwrap_err(), Refused::Unfit(..)), "in the future");
    world.does(&design, "2025-03-22", None, pay("2025-03-22")).unwrap();
    assert_eq!(progress(&design, &world.survey, "2025-03-22").unpaid, 0);
    assert_eq!(world.survey.patients[&1].forms[&background].paid, Some((20_000, day("2025-03-22"))));
    assert!(matches!(world.does(&design, "2025-03-23", None, pay("2025-03-22")).unwrap_err(), Refused::Exists(..)), "once");
    let open: Vec<u32> = world.survey.queries.keys().copied().collect();
    world.does(&design, "2025-03-23", None, Command::Close { queries: open, text: "確認した".into() }).unwrap();
    world.does(&design, "2025-03-23", None, Command::Lock(vec![(1, background)])).unwrap();
    world.does(&design, "2025-03-24", None, Command::Cut { name: " 第1回 ".into() }).unwrap();
    assert_eq!(world.survey.cuts[&1].name, "第1回");
    let again = world.does(&design, "2025-03-24", None, Command::Cut { name: "第1回".into() }).unwrap_err();
    assert!(matches!(again, Refused::Exists(..)), "{again:?}");
    // registration is stopped by a decision with its reason, and goes on by another
    assert_eq!(world.does(&design, "2025-03-25", None, Command::Stop(true)).unwrap_err(), Refused::NoReason);
    world.does(&design, "2025-03-25", Some("目標に達する見込み"), Command::Stop(true)).unwrap();
    assert!(matches!(world.registered(&design, 1, "2025-03-25", "2025-03-26").unwrap_err(), Refused::Unfit(..)));
    world.does(&design, "2025-03-27", Some("見込みが外れた"), Command::Stop(false)).unwrap();
    world.registered(&design, 1, "2025-03-25", "2025-03-28").unwrap();
}

#[test]
fn a_code_stands_as_long_as_the_name_it_was_given_to() {
    let design = design();
    let mut world = World::begun(&design, 1, 10);
    world.registered(&design, 1, "2025-03-01", "2025-03-03").unwrap();
    let event = key("", 1, "adverse-event");
    let told = |term: &'static str| {
        [("term", term), ("onset", "2025-03-10"), ("seriousness", "none"), ("causality", "possible"), ("outcome", "recovered")]
    };
    world.sent(&design, "2025-03-20", 1, &event, &told("はいえん")).unwrap();
    let code = |verbatim: &str| survey::Code {
        verbatim: verbatim.into(),
        code: "90000001".into(),
        lowest: "肺炎".into(),
        preferred: "肺炎".into(),
        class: "呼吸器の見本".into(),
    };
    let codes = |verbatim: &str| Command::Code { dictionary: "見本辞書 1".into(), codes: vec![(1, event.clone(), code(verbatim))] };
    assert_eq!(progress(&design, &world.survey, "2025-03-20").uncoded, 1);
    assert!(matches!(world.does(&design, "2025-03-21", None, codes("肺炎")).unwrap_err(), Refused::Changed(..)), "another name was sent");
    world.does(&design, "2025-03-21", None, codes("はいえん")).unwrap();
    assert_eq!(progress(&design, &world.survey, "2025-03-21").uncoded, 0);
    assert!(matches!(world.does(&design, "2025-03-21", None, codes("はいえん")).unwrap_err(), Refused::Exists(..)));
    world.sent(&design, "2025-03-22", 1, &event, &told("胃腸炎")).unwrap();
    assert_eq!(progress(&design, &world.survey, "2025-03-22").uncoded, 1, "what was coded is no longer what is said");
}
