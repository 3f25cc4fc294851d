//! What an event touches.

#![expect(clippy::unwrap_used, reason = "a test")]

mod folders;

use calendar::Date;
use plan::impact::{Cause, Impact, impact};
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
