//! `mimamori deadlines`, as its users and their scripts meet it.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use icalendar::parser::{read_calendar, unfold};
use serde_json::Value;

const RITUXIMAB: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/rituximab");
const MIHON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/mihon");

fn run_in(language: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mimamori"));
    command.env("MIMAMORI_LANG", language).env_remove("NO_COLOR").stdin(Stdio::null()).arg("deadlines").args(arguments).output().unwrap()
}

fn run(arguments: &[&str]) -> Output {
    run_in("en", arguments)
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// A file of settings of this test.
fn settings(name: &str, text: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("deadlines");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name);
    std::fs::write(&file, text).unwrap();
    file
}

#[test]
fn the_list_says_what_is_late_and_what_is_ahead() {
    let told = run(&[MIHON, "--as-of", "2026-11-22"]);
    assert_eq!((code(&told), err(&told)), (1, ""));
    let text = out(&told);
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} is not in {text}"));
    assert!(at("Overdue (1)") < at("eppv-report/eppv-ra") && at("126 days late") < at("Ahead ("), "{text}");
    assert!(at("periodic-safety-report/2026-09-24") < at("periodic-safety-report/2027-03-24"));
    assert!(!text.contains("activity-report/survey-itp"), "{text}");
    let all = run(&[MIHON, "--as-of", "2026-11-22", "--all"]);
    assert!(out(&all).contains("eppv-report/eppv-sle"), "{}", out(&all));
    // half a year before nothing was late
    assert_eq!(code(&run(&[MIHON, "--as-of", "2026-05-01"])), 0);
    let japanese = run_in("ja", &[MIHON, "--as-of", "2026-11-22"]);
    assert!(out(&japanese).contains("期限超過 (1)") && out(&japanese).contains("126日超過"), "{}", out(&japanese));
}

#[test]
fn a_day_is_explained_step_by_step() {
    let told = run_in("ja", &[RITUXIMAB, "--as-of", "2025-04-09", "--explain", "activity-report/survey-ssc/report-1"]);
    assert_eq!((code(&told), err(&told)), (0, ""));
    // three months from the day after 28 February 2029 are counted from the first of a month
    for part in ["期限: 2029-05-31（木）", "→ 2029-02-28（水）", "→ 2029-03-01（木）", "民法140条本文", "民法141条・143条1項"]
    {
        assert!(out(&told).contains(part), "{part} is not in {}", out(&told));
    }
    let refused = run(&[RITUXIMAB, "--explain", "activity-report/survey-scc/report-1"]);
    assert_eq!((code(&refused), out(&refused)), (2, ""));
    assert!(err(&refused).contains("activity-report/survey-ssc/report-1"), "{}", err(&refused));
}

#[test]
fn programs_and_calendars_read_the_same_days() {
    let json = run(&[RITUXIMAB, "--as-of", "2025-04-09", "--format", "json"]);
    let object: Value = serde_json::from_str(out(&json)).unwrap();
    let deadlines = object["deadlines"].as_array().unwrap();
    let days: Vec<&str> = deadlines.iter().filter_map(|deadline| deadline["due"].as_str()).collect();
    assert!(days.is_sorted() && days.len() > 20, "{days:?}");
    for deadline in deadlines {
        let (id, kind) = (deadline["id"].as_str().unwrap(), deadline["kind"].as_str().unwrap());
        assert!(
            id.starts_with(&format!("{kind}/")) && deadline["rule"]["source"].as_str().is_some_and(|source| !source.is_empty()),
            "{id}"
        );
        assert_eq!(deadline["rule"]["unverified"] == true, deadline["rule"]["doubt"].is_string(), "{id}");
    }
    let told = |day: &str| out(&run(&[RITUXIMAB, "--as-of", day, "--format", "ics"])).to_owned();
    let (now, later) = (told("2025-04-09"), told("2025-06-01"));
    let uids = |text: &str| -> Vec<String> {
        let unfolded = unfold(text);
        let calendar = read_calendar(&unfolded).unwrap();
        calendar.components.iter().map(|event| event.find_prop("UID").unwrap().val.to_string()).collect()
    };
    let told_with_a_day = deadlines.iter().filter(|deadline| deadline["due"].is_string() && deadline["state"] != "unrecorded").count();
    let (mut uids_now, uids_later) = (uids(&now), uids(&later));
    assert_eq!(uids_now.len(), told_with_a_day);
    // what is still ahead keeps its name, so that calendars do not hold it twice
    let ahead = |uid: &&String| uid.starts_with("re-examination-application-20") && !uid.contains("2024");
    assert!(uids_now.iter().filter(ahead).all(|uid| uids_later.contains(uid)));
    uids_now.sort();
    uids_now.dedup();
    assert_eq!(uids_now.len(), told_with_a_day, "each has a name of its own");
}

#[test]
fn an_organisation_lays_its_settings_over_the_rules() {
    let standard = run(&["--show-rhythms"]);
    assert_eq!(code(&standard), 0);
    // the original is itself a file that can be laid over
    let own = settings("own.toml", out(&standard));
    let listed = |file: &Path| run(&[RITUXIMAB, "--as-of", "2025-04-09", "--format", "json", "--rhythms", file.to_str().unwrap()]);
    assert_eq!(out(&listed(&own)), out(&run(&[RITUXIMAB, "--as-of", "2025-04-09", "--format", "json"])));
    let moved = settings("moved.toml", "format = 1\n[options]\nclosed_days = \"next-open-day\"\n");
    let object: Value = serde_json::from_str(out(&listed(&moved))).unwrap();
    // 2026-05-31 is a Sunday
    let due = object["deadlines"].as_array().unwrap().iter().find(|one| one["id"] == "re-examination-application/2026-02-28").unwrap();
    assert_eq!((due["due"].as_str(), due["counted"].as_str()), (Some("2026-06-01"), Some("2026-05-31")));
    for (name, text, word) in [("wrong.toml", "format = 1\n[options]\nclosed_days = \"never\"\n", ":3 "), ("empty.toml", "", "UTF-8")] {
        for language in ["ja", "en"] {
            let refused = run_in(language, &[RITUXIMAB, "--rhythms", settings(name, text).to_str().unwrap()]);
            assert_eq!((code(&refused), out(&refused)), (2, ""), "{name}");
            assert!(err(&refused).contains(word) && err(&refused).lines().count() >= 2, "{}", err(&refused));
        }
    }
    let file = own.to_str().unwrap();
    assert_eq!(code(&run(&[RITUXIMAB, "--rhythms", file, "-o", file])), 2, "the settings are not written over");
}
