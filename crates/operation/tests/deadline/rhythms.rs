//! The data of the program, and what an organisation lays over them.

use operation::deadline::{ClosedDays, PeriodicAnchor, Rhythms};

use crate::plans::day;

#[test]
fn the_standard_can_be_read() {
    let standard = Rhythms::standard();
    assert!(standard.rules().iter().all(|rule| !rule.source.ja.is_empty() && !rule.source.en.is_empty() && !rule.title.ja.is_empty()));
    // what is not verified says what is doubtful
    assert!(standard.rules().iter().all(|rule| rule.unverified == rule.doubt.is_some()));
    assert!(standard.rules().iter().any(|rule| rule.unverified));
}

#[test]
fn versions_follow_one_another() {
    let standard = Rhythms::standard();
    let due = |day| standard.rule("periodic-safety-report", day).unwrap().length("due").unwrap().to_string();
    assert_eq!((due(day("2013-05-16")), due(day("2013-05-17"))), ("2 months".to_owned(), "70 days".to_owned()));
    assert!(standard.rule("new-activity-notice", day("2022-03-17")).is_none());
}

#[test]
fn what_an_organisation_states_counts_and_the_rest_stays() {
    let standard = Rhythms::standard();
    let own = standard
        .laid_over(
            "format = 1\n[options]\nclosed_days = \"next-open-day\"\nperiodic_anchor = \"2020-03-01\"\n[[rule]]\nid = \"evaluation-report\"\n\
             title = { ja = \"評価報告\", en = \"evaluation\" }\nsource = { ja = \"社内\", en = \"own\" }\nlengths = { due = { months = 3 } }\n",
        )
        .unwrap();
    assert_eq!(
        (own.options().closed_days, own.options().periodic_anchor),
        (ClosedDays::NextOpenDay, PeriodicAnchor::Day(day("2020-03-01")))
    );
    assert_eq!(own.options().horizon_years, standard.options().horizon_years);
    assert_eq!(own.rule("evaluation-report", day("2030-01-01")).unwrap().length("due").unwrap().to_string(), "3 months");
    assert_eq!(own.rules().len(), standard.rules().len());
}

#[test]
fn mistakes_name_their_line_and_what_to_do() {
    let rule = "title = { ja = \"a\", en = \"a\" }\nsource = { ja = \"a\", en = \"a\" }\n";
    for (text, line, word) in [
        ("format = 2".to_owned(), 1, "format"),
        ("format = 1\n[options]\nclosed_days = \"never\"".to_owned(), 3, "never"),
        ("format = 1\n[options]\nclosed = true".to_owned(), 3, "closed"),
        ("format = 1\n[options]\nhorizon_years = 0".to_owned(), 3, "horizon_years"),
        ("format = 1\n[options]\nperiodic_anchor = \"2023-02-30\"".to_owned(), 3, "2023-02-30"),
        (format!("format = 1\n[[rule]]\nid = \"no-such\"\n{rule}"), 3, "no-such"),
        (format!("format = 1\n[[rule]]\nid = \"eppv\"\n{rule}"), 3, "lengths.period"),
        (format!("format = 1\n[[rule]]\nid = \"milestone\"\n{rule}warn = {{ days = 1, months = 1 }}"), 6, ""),
        (format!("format = 1\n[[rule]]\nid = \"milestone\"\n{rule}warn = {{ days = 0 }}"), 6, ""),
        (format!("format = 1\n[[rule]]\nid = \"milestone\"\n{rule}[[rule]]\nid = \"milestone\"\n{rule}"), 6, "milestone"),
        (
            format!("format = 1\n[[rule]]\nid = \"infection\"\n{rule}lengths = {{ unit = {{ days = 180 }}, due = {{ months = 1 }} }}"),
            3,
            "infection",
        ),
        ("format = 1\n[[office_closed]]\non = 12:00:00\nname = \"a\"".to_owned(), 3, "12:00"),
        ("format = ".to_owned(), 1, ""),
    ] {
        let mistake = Rhythms::standard().laid_over(&text).expect_err(&text);
        assert_eq!(mistake.line, Some(line), "{text}\n{mistake:?}");
        assert!(mistake.what.ja.contains(word) && mistake.what.en.contains(word), "{mistake:?}");
        assert!(!mistake.hint.ja.is_empty() && !mistake.hint.en.is_empty());
    }
}
