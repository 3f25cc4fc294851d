//! What an event touches.

#![expect(clippy::unwrap_used, reason = "a test")]

mod folders;

use calendar::Date;
use plan::impact::{Area, Cause, Impact, impact};
use plan::read::read;

fn of(cause: &str) -> Impact {
    let plan = read(&folders::minimal()).plan;
    let found = impact(&plan, &cause.parse().unwrap(), Date::constant(2026, 3, 1)).unwrap();
    for touched in &found.touched {
        assert!(!touched.why.is_empty() && touched.why.iter().all(|why| !why.ja.is_empty() && !why.en.is_empty()), "{touched:?}");
        assert!(!touched.name.ja.is_empty() && !touched.name.en.is_empty(), "{touched:?}");
    }
    found
}

fn told(impact: &Impact) -> Vec<String> {
    let due = |day: Option<Date>| day.map_or(String::new(), |day| format!(" {day}"));
    impact.touched.iter().map(|t| format!("{} {}{}", t.area.as_str(), t.id, due(t.due))).collect()
}

#[test]
fn an_approval() {
    let found = of("approval:1");
    assert_eq!(found.cause.en, "approval of indication 1 Mihon syndrome");
    let told = told(&found);
    for expected in [
        "fact indication:1",
        "fact event",
        "concern infection",
        "activity survey",
        "material guide",
        "deadline survey 2026-02-28",
        "deadline survey 2030-09-30",
        "deadline survey 2030-03-31",
        "deadline indication:1 2033-09-18",
        "deadline indication:1 2026-05-27",
        "document product",
        "document patient-guide",
        "document comparison",
    ] {
        assert!(told.iter().any(|line| line == expected), "{expected}: {told:#?}");
    }
}

#[test]
fn other_events() {
    let told_of = |cause: &str| told(&of(cause));
    assert_eq!(told_of("label:11.1.1").iter().filter(|line| line.starts_with("material")).count(), 1);
    assert!(told_of("condition:rmp").iter().any(|line| line == "fact condition:rmp"));
    let ended = told_of("ended:survey");
    assert!(ended.contains(&"deadline survey 2030-09-30".to_owned()) && ended.contains(&"document reexamination".to_owned()), "{ended:#?}");
    let study = of("study:MHN-301");
    assert_eq!(told(&study)[..3], ["fact study:MHN-301", "concern infection", "activity survey"]);
    assert_eq!(study.touched[1].why[0].en, "cited in “why”, 3 places");
    assert_eq!(study.touched[2].why[0].en, "cited in “rationale”, 1 place");
}

#[test]
fn what_the_plan_does_not_have() {
    let plan = read(&folders::minimal()).plan;
    for wrong in ["approval:2", "condition:rnp", "label:11.1.2", "ended:surwey", "study:MHN-30"] {
        let problem = impact(&plan, &wrong.parse().unwrap(), Date::constant(2026, 3, 1)).unwrap_err();
        assert!(!problem.hint.ja.is_empty() && !problem.hint.en.is_empty(), "{problem:?}");
    }
    for wrong in ["", "approval", "approval:", "recall:1"] {
        assert!(wrong.parse::<Cause>().is_err(), "{wrong}");
    }
    assert_eq!("ended:survey".parse::<Cause>().unwrap().to_string(), "ended:survey");
}

fn in_example(name: &str, cause: &str, as_of: Date) -> Impact {
    let plan = read(&folders::example(name)).plan;
    impact(&plan, &cause.parse().unwrap(), as_of).unwrap()
}

/// Name and first reason of the facts with an id.
fn facts<'a>(impact: &'a Impact, id: &str) -> Vec<(&'a str, &'a str)> {
    let of = impact.touched.iter().filter(|touched| touched.area == Area::Fact && touched.id == id);
    of.map(|t| (t.name.ja.as_str(), t.why[0].en.as_str())).collect()
}

fn ids(impact: &Impact, area: Area, finished: bool) -> Vec<&str> {
    impact.touched.iter().filter(|t| t.area == area && t.finished == finished).map(|t| t.id.as_str()).collect()
}

#[test]
fn an_approval_is_the_last_one_by_the_day() {
    let days = |day: Date| {
        let found = in_example("rituximab", "approval:6", day);
        let told = facts(&found, "event").into_iter().map(|(name, why)| (name.chars().take(10).collect::<String>(), why.to_owned()));
        told.collect::<Vec<_>>()
    };
    let line = |day: &str, why: &str| (day.to_owned(), why.to_owned());
    let (this, before) = ("the event of this approval", "an earlier approval of the same indication");
    let later = "a later approval of the same indication";
    assert_eq!(days(Date::constant(2025, 3, 27)), [line("2025-03-27", this), line("2014-08-29", before), line("2024-09-24", before)]);
    assert_eq!(days(Date::constant(2025, 3, 26)), [line("2024-09-24", this), line("2014-08-29", before), line("2025-03-27", later)]);
    let early = days(Date::constant(2014, 8, 28));
    assert_eq!(early[0].1, "the approval is to be added to the regulatory history");
    assert_eq!(early.len(), 4, "{early:?}");
}

#[test]
fn an_approval_touches_what_is_of_its_indication() {
    let found = in_example("rituximab", "approval:6", Date::constant(2025, 3, 27));
    assert_eq!(ids(&found, Area::Material, false), ["guide-nephrotic"]);
    assert_eq!(ids(&found, Area::Activity, false), [""; 0]);
    assert_eq!(ids(&found, Area::Activity, true), ["eppv-nephrotic", "survey-nephrotic"]);
    // what is finished stands in the lists, and nowhere else
    let why = |id: &str| found.touched.iter().filter(|t| t.area == Area::Document && t.id == id).map(|t| t.why.len()).sum::<usize>();
    assert_eq!((why("2"), why("3"), why("4"), why("5.1"), why("5.2"), why("5.3")), (0, 0, 1, 2, 1, 2));
    assert!(!found.touched.iter().any(|t| t.area == Area::Deadline && t.id.starts_with("survey")), "{:?}", told(&found));
    for touched in &found.touched {
        let reason = touched.reason();
        assert!(reason.ja.chars().count() < 200 && reason.en.chars().count() < 400, "{reason:?}");
    }
    let concerns = found.touched.iter().find(|t| t.id == "1.1").unwrap();
    assert!(concerns.why.len() > 10 && concerns.reason().ja.contains("；ほか "), "{:?}", concerns.reason());
    // an activity for another indication covers the same concerns
    let found = in_example("mihon", "approval:3", Date::constant(2026, 3, 1));
    assert_eq!(ids(&found, Area::Activity, false), ["eppv-ra", "database-ra", "trial-ra", "distribution"]);
    assert_eq!(ids(&found, Area::Activity, true), [""; 0]);
    assert_eq!(ids(&found, Area::Material, false), ["guide", "booklet"]);
    assert!(found.touched.iter().any(|t| t.id == "1.2") && found.touched.iter().any(|t| t.id == "3"), "{:?}", told(&found));
}

#[test]
fn a_condition_is_lifted_by_its_own_event() {
    let lifted = |name: &str, condition: &str| {
        let found = in_example(name, &format!("condition:{condition}"), Date::constant(2026, 3, 1));
        let told = facts(&found, "event").into_iter().map(|(name, why)| (name.chars().take(10).collect::<String>(), why.to_owned()));
        told.collect::<Vec<_>>()
    };
    let own = "the event of the lifting is to be checked";
    assert_eq!(lifted("rituximab", "all-case-nephrotic"), [("2020-06-09".to_owned(), own.to_owned())]);
    assert_eq!(lifted("rituximab", "all-case-aboi-liver"), [("2025-03-27".to_owned(), own.to_owned())]);
    let missing = "the lifting is to be added to the regulatory history";
    assert_eq!(lifted("rituximab", "rmp"), [("備考の経緯".to_owned(), missing.to_owned())]);
    // set for every indication
    let plan = read(&folders::example("rituximab")).plan;
    let found = in_example("rituximab", "condition:rmp", Date::constant(2026, 3, 1));
    let touched = found.touched.iter().filter(|t| matches!(t.area, Area::Activity | Area::Material)).count();
    assert_eq!(touched, plan.activities.len());
    let found = in_example("rituximab", "condition:all-case-aboi-liver", Date::constant(2026, 3, 1));
    assert_eq!(ids(&found, Area::Activity, true), ["eppv-aboi", "survey-aboi-kidney", "survey-aboi-liver"]);
}

#[test]
fn a_study_is_cited_through_pools() {
    let found = in_example("mihon", "study:MZB-201", Date::constant(2026, 3, 1));
    assert_eq!(ids(&found, Area::Fact, false), ["study:MZB-201", "pool:sle-treated", "pool:sle-placebo", "pool:all-treated"]);
    assert_eq!(found.touched[3].why[0].en, "pools a pool with this study");
    let concerns = ids(&found, Area::Concern, false);
    // only {{ … all-treated }} stands there
    assert!(concerns.contains(&"pml") && concerns.contains(&"malignancy"), "{concerns:?}");
    // only {{ sle-infection }}, the name of a figure that counts in a pool
    assert!(ids(&found, Area::Activity, false).contains(&"survey-sle"), "{:?}", told(&found));
    assert_eq!(ids(&found, Area::Material, false), ["guide", "booklet"]);
    assert!(found.touched.iter().any(|t| t.area == Area::Document && t.id == "1.1"));
    let other = in_example("mihon", "study:MZB-302", Date::constant(2026, 3, 1));
    assert_eq!(ids(&other, Area::Fact, false), ["study:MZB-302", "pool:long-term"]);
}
