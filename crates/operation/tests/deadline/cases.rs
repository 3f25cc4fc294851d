//! Days worked out by hand, with their source.

use calendar::Date;
use diagnostic::Words;
use operation::deadline::{
    Deadline, Evidence, Happened, Kind, Met, Question, Receipt, Record, Rhythms, Status, Submission, Weight, deadlines, unmatched,
};

use crate::plans::{all, day, example, of, one, plan_of};

fn due(deadlines: &[Deadline], id: &str) -> String {
    of(deadlines, id).last_day().map_or_else(|| "none".to_owned(), |day| day.to_string())
}

fn receipt(obligation: &str, on: &str) -> Receipt {
    Receipt { on: day(on), obligation: obligation.to_owned(), number: format!("R-{on}") }
}

/// Unit periods and limits counted from an approval, worked out by hand under 民法140～143条 and 施行規則63条 (70 days).
type Row = (&'static str, &'static str, &'static str);
#[rustfmt::skip]
const NMOSD: &[Row] = &[
    ("2022-06-20", "2022-12-19", "2023-02-27"), ("2022-12-20", "2023-06-19", "2023-08-28"), ("2023-06-20", "2023-12-19", "2024-02-27"),
    ("2023-12-20", "2024-06-19", "2024-08-28"), ("2024-06-20", "2025-06-19", "2025-08-28"), ("2025-06-20", "2026-06-19", "2026-08-28"),
    ("2026-06-20", "2027-06-19", "2027-08-28"), ("2027-06-20", "2028-06-19", "2028-08-28"), ("2028-06-20", "2029-06-19", "2029-08-28"),
    ("2029-06-20", "2030-06-19", "2030-08-28"), ("2030-06-20", "2031-06-19", "2031-08-28"), ("2031-06-20", "2032-06-19", "2032-08-28"),
];
/// The same of an approval on 29 February.
#[rustfmt::skip]
const ABOI: &[Row] = &[
    ("2016-02-29", "2016-08-28", "2016-11-06"), ("2016-08-29", "2017-02-28", "2017-05-09"), ("2017-03-01", "2017-08-28", "2017-11-06"),
    ("2017-08-29", "2018-02-28", "2018-05-09"), ("2018-03-01", "2019-02-28", "2019-05-09"), ("2019-03-01", "2020-02-28", "2020-05-08"),
    ("2020-02-29", "2021-02-28", "2021-05-09"), ("2021-03-01", "2022-02-28", "2022-05-09"), ("2022-03-01", "2023-02-28", "2023-05-09"),
    ("2023-03-01", "2024-02-28", "2024-05-08"), ("2024-02-29", "2025-02-28", "2025-05-09"), ("2025-03-01", "2026-02-28", "2026-05-09"),
];

fn series(deadlines: &[Deadline], kind: Kind) -> Vec<(Date, Date, Date)> {
    let mut series: Vec<_> = deadlines
        .iter()
        .filter(|deadline| deadline.kind == kind)
        .filter_map(|deadline| Some((deadline.period?.0, deadline.period?.1, deadline.due?.counted)))
        .collect();
    series.sort();
    series
}

#[test]
fn one_indication_has_the_series_of_its_approval() {
    for (approved, expected) in [("2022-06-20", NMOSD), ("2016-02-29", ABOI)] {
        let deadlines = all(&one(approved, 10), &Record::default(), "2022-07-01");
        let expected: Vec<_> = expected.iter().map(|(first, last, due)| (day(first), day(last), day(due))).collect();
        assert_eq!(series(&deadlines, Kind::PeriodicSafetyReport), expected, "{approved}");
    }
}

#[test]
fn before_the_amendment_of_2013_two_months() {
    let deadlines = all(&one("2011-06-20", 4), &Record::default(), "2013-07-01");
    assert_eq!(due(&deadlines, "periodic-safety-report/2012-12-19"), "2013-02-19");
    assert_eq!(due(&deadlines, "periodic-safety-report/2013-06-19"), "2013-08-28");
    assert_eq!(of(&deadlines, "periodic-safety-report/2012-12-19").rule.until, Some(day("2013-05-16")));
}

#[test]
fn an_added_indication_has_four_half_yearly_reports_in_step_with_the_product() {
    let plan = plan_of(
        "approved = 2020-09-25",
        "[[indication]]\nid = 1\nname = \"甲\"\nreexamination = { years = 8 }\n[[indication]]\nid = 2\nname = \"乙\"\napproved = 2025-11-20\nreexamination = { years = 4 }",
        &[],
    );
    let ends: Vec<String> =
        series(&all(&plan, &Record::default(), "2026-01-01"), Kind::PeriodicSafetyReport).iter().map(|unit| unit.1.to_string()).collect();
    assert_eq!(
        ends,
        [
            "2021-03-24",
            "2021-09-24",
            "2022-03-24",
            "2022-09-24",
            "2023-09-24",
            "2024-09-24",
            "2025-09-24",
            "2026-03-24",
            "2026-09-24",
            "2027-03-24",
            "2027-09-24",
            "2028-09-24",
            "2029-09-24",
            "2029-11-19",
        ]
    );
}

#[test]
fn the_rest_of_another_period_begins_no_rhythm() {
    let plan = plan_of(
        "approved = 2020-09-25",
        "[[indication]]\nid = 1\nname = \"甲\"\nreexamination = { years = 8 }\n[[indication]]\nid = 2\nname = \"乙\"\napproved = 2025-11-20\nreexamination = { until = 2028-09-24, remaining = true }",
        &[],
    );
    let both = series(&all(&plan, &Record::default(), "2026-01-01"), Kind::PeriodicSafetyReport);
    assert_eq!(both, series(&all(&one("2020-09-25", 8), &Record::default(), "2026-01-01"), Kind::PeriodicSafetyReport));
}

#[test]
fn the_series_follows_the_birth_date_where_the_organisation_says_so() {
    let plan = plan_of(
        "approved = 2022-06-20\nbirth_date = 1997-11-26",
        "[[indication]]\nid = 1\nname = \"甲\"\nreexamination = { years = 4 }",
        &[],
    );
    let rules = Rhythms::standard().laid_over("format = 1\n[options]\nperiodic_anchor = \"birth-date\"").unwrap();
    let deadlines = deadlines(&plan, &Record::default(), &rules, day("2022-07-01"));
    let ends: Vec<String> = series(&deadlines, Kind::PeriodicSafetyReport).iter().map(|unit| unit.1.to_string()).collect();
    assert_eq!(ends, ["2022-11-25", "2023-05-25", "2023-11-25", "2024-05-25", "2024-11-25", "2025-11-25", "2026-06-19"]);
    let last = of(&deadlines, "periodic-safety-report/2026-06-19");
    assert!(last.remarks.iter().any(|remark| remark.ja.contains("再審査申請資料")), "{:?}", last.remarks);
}

#[test]
fn a_foreign_language_takes_three_months_and_is_said_to_be_unverified() {
    let rules = Rhythms::standard().laid_over("format = 1\n[[product]]\nname = \"ミホン\"\nforeign_language = true").unwrap();
    let deadlines = deadlines(&one("2022-08-31", 8), &Record::default(), &rules, day("2022-10-01"));
    let first = of(&deadlines, "periodic-safety-report/2023-02-28");
    assert_eq!((first.last_day(), first.rule.unverified), (Some(day("2023-05-31")), true));
}

/// The days of the plan in `examples/rituximab` that its own document of 2025-04-09 states or implies, worked out by hand.
#[test]
fn the_plan_of_rituximab_on_2025_04_09() {
    let plan = example("rituximab");
    let deadlines = all(&plan, &Record::default(), "2025-04-09");
    for (id, expected) in [
        ("eppv-report/eppv-nephrotic", "2015-04-30"),
        ("eppv-report/eppv-aboi", "2016-10-28"),
        ("eppv-report/eppv-ssc", "2022-05-26"),
        ("eppv-report/eppv-nmosd", "2023-02-19"),
        ("activity-report/survey-cll/report-1", "2028-06-30"),
        ("activity-report/survey-ssc/report-1", "2029-05-31"),
        ("activity-report/survey-pemphigus/report-1", "2030-08-31"),
        ("activity-report/survey-nmosd/report-1", "2031-09-30"),
        ("re-examination-application/2011-06-19", "2011-09-19"),
        ("re-examination-application/2024-08-28", "2024-11-28"),
        ("re-examination-application/2026-02-28", "2026-05-31"),
        ("re-examination-application/2029-03-25", "2029-06-25"),
        ("re-examination-application/2031-09-26", "2031-12-26"),
        ("re-examination-application/2031-12-23", "2032-03-23"),
        ("re-examination-application/2032-06-19", "2032-09-19"),
        ("re-examination-application/2033-12-21", "2034-03-21"),
    ] {
        assert_eq!(due(&deadlines, id), expected, "{id}");
    }
    // handed in in January, which the plan states to the month
    let met = Met { on: calendar::PartialDate::parse_iso("2023-01").unwrap(), exactly: true, by: Evidence::Plan, early: Some(19) };
    assert_eq!(of(&deadlines, "eppv-report/eppv-nmosd").status, Status::Met(met));
    // the result of 2021 shows that there was an application, not when
    let shown = &of(&deadlines, "re-examination-application/2011-06-19").status;
    assert!(matches!(shown, Status::Met(met) if !met.exactly && met.early.is_none()), "{shown:?}");
    // the periods of two indications, of which one is the rest of the other, end on one day
    assert!(of(&deadlines, "re-examination-application/2011-06-19").subject.ja.contains("1、14"));
    // the report under way lists the milestones that are judged with it
    let with = &of(&deadlines, "periodic-safety-report/2025-02-28").with;
    assert!(with.iter().any(|with| with.ja.starts_with("NMOSD における特定使用成績調査")), "{with:?}");
    assert!(!with.iter().any(|with| with.ja.contains("ABOi 腎移植における使用成績調査")), "finished: {with:?}");
}

#[test]
fn a_receipt_meets_what_it_names_and_says_by_how_much() {
    let plan = one("2022-06-20", 10);
    let id = "periodic-safety-report/2022-12-19";
    let with = |receipts: Vec<Receipt>| Record { kept_since: Some(day("2022-01-01")), receipts, ..Record::default() };
    let status = |record: &Record, as_of: &str| of(&all(&plan, record, as_of), id).status.clone();
    assert_eq!(status(&with(vec![]), "2023-02-27"), Status::Open { left: 0 });
    assert_eq!(status(&with(vec![]), "2023-02-28"), Status::Overdue { late: 1 });
    let late = with(vec![receipt(id, "2023-03-02"), receipt("elsewhere/1", "2023-03-01")]);
    assert_eq!(status(&late, "2023-03-01"), Status::Overdue { late: 2 }, "what comes later is not known yet");
    let Status::Met(met) = status(&late, "2023-03-02") else { panic!("it is met") };
    assert_eq!((met.early, met.by), (Some(-3), Evidence::Receipt("R-2023-03-02".to_owned())));
    let unknown: Vec<_> = unmatched(&late, &all(&plan, &late, "2023-04-01")).iter().map(|receipt| receipt.obligation.clone()).collect();
    assert_eq!(unknown, ["elsewhere/1"]);
}

#[test]
fn what_was_due_before_the_record_begins_is_not_called_late() {
    let plan = one("2022-06-20", 10);
    let record = Record { kept_since: Some(day("2023-08-28")), ..Record::default() };
    let deadlines = all(&plan, &record, "2023-09-01");
    assert_eq!(of(&deadlines, "periodic-safety-report/2022-12-19").status, Status::Unrecorded);
    assert_eq!(of(&deadlines, "periodic-safety-report/2023-06-19").status, Status::Overdue { late: 4 });
}

#[test]
fn a_closed_day_moves_a_limit_only_if_the_organisation_says_so() {
    // 2023-02-19 is a Sunday
    let plan = example("rituximab");
    let id = "eppv-report/eppv-nmosd";
    let stays = all(&plan, &Record::default(), "2025-04-09");
    assert_eq!((due(&stays, id), of(&stays, id).due.unwrap().next_open), ("2023-02-19".to_owned(), Some(day("2023-02-20"))));
    let rules = Rhythms::standard()
        .laid_over("format = 1\n[options]\nclosed_days = \"next-open-day\"\n[[office_closed]]\non = 2023-02-20\nname = \"臨時の休日\"")
        .unwrap();
    let moved = deadlines(&plan, &Record::default(), &rules, day("2025-04-09"));
    assert_eq!((due(&moved, id), of(&moved, id).due.unwrap().counted), ("2023-02-21".to_owned(), day("2023-02-19")));
}

#[test]
fn an_eppv_waits_for_the_start_of_sale() {
    let eppv = [("eppv", "kind = \"eppv\"\nindications = [1]")];
    let indication = "[[indication]]\nid = 1\nname = \"甲\"\nreexamination = { years = 8 }\n[[indication]]\nid = 2\nname = \"乙\"\napproved = 2025-08-31\nreexamination = \"none\"";
    let plan = plan_of("approved = 2022-06-20", indication, &eppv);
    let id = "eppv-report/eppv";
    let deadlines = all(&plan, &Record::default(), "2022-07-01");
    assert!(matches!(&of(&deadlines, id).status, Status::Unknown { missing } if missing.ja.contains("販売開始")));
    let sold = Record { sold_from: vec![day("2022-09-01"), day("2022-08-31")], ..Record::default() };
    let deadlines = all(&plan, &sold, "2022-09-01");
    // six months from 31 August with it: there is no 31 February; two months from 1 March
    assert_eq!((due(&deadlines, id), due(&deadlines, "eppv-interim/eppv")), ("2023-04-30".to_owned(), "2022-11-30".to_owned()));
    assert_eq!(of(&deadlines, "eppv-interim/eppv").weight, Weight::Customary);
    let added = plan_of("approved = 2022-06-20", indication, &[("eppv", "kind = \"eppv\"\nindications = [2]")]);
    assert_eq!(of(&all(&added, &sold, "2025-09-01"), id).anchor.as_ref().unwrap().day, day("2025-08-31"));
}

#[test]
fn a_new_activity_is_handed_in_a_month_before() {
    let survey = [
        ("survey", "kind = \"general-survey\"\nperiod = { start = 2026-04-01, end = 2030-03-31 }"),
        ("guide", "kind = \"material\"\nperiod = { start = 2026-04-01 }"),
    ];
    let plan = plan_of("approved = 2022-06-20", "", &survey);
    let deadlines = all(&plan, &Record::default(), "2026-01-01");
    assert_eq!(due(&deadlines, "new-activity-notice/survey"), "2026-02-28");
    assert!(deadlines.iter().all(|deadline| deadline.id != "new-activity-notice/guide"), "materials watch nothing");
    let submission = |on: &str, activities: &[&str]| Submission {
        on: day(on),
        number: "S".to_owned(),
        activities: activities.iter().map(|id| (*id).to_owned()).collect(),
    };
    let record =
        Record { submissions: vec![submission("2026-02-01", &["guide"]), submission("2026-02-20", &["survey"])], ..Record::default() };
    assert!(
        matches!(&of(&all(&plan, &record, "2026-03-01"), "new-activity-notice/survey").status, Status::Met(met) if met.early == Some(8))
    );
}

#[test]
fn a_milestone_waits_for_its_event() {
    let survey = [(
        "survey",
        "kind = \"general-survey\"\nmilestone = [{ when = { on = \"registered\", count = 100, months = 3 }, text = \"100例登録の3か月後\" }]",
    )];
    let plan = plan_of("approved = 2022-06-20", "", &survey);
    let happened =
        |count, on: &str| Happened { on: day(on), activity: "survey".to_owned(), event: plan::tables::AnchorEvent::Registered, count };
    let id = "milestone/survey/1";
    let mut record = Record { events: vec![happened(Some(50), "2024-01-01")], ..Record::default() };
    assert!(matches!(&of(&all(&plan, &record, "2024-12-01"), id).status, Status::Unknown { missing } if missing.ja.contains("100例")));
    record.events.push(happened(Some(100), "2024-11-30"));
    assert_eq!(due(&all(&plan, &record, "2024-12-01"), id), "2025-02-28");
    assert_eq!(due(&all(&plan, &record, "2024-11-29"), id), "none", "it has not happened yet");
}

#[test]
fn questions_are_answered() {
    let question = |id: &str, due: Option<&str>| Question {
        id: id.to_owned(),
        asked: day("2026-03-01"),
        due: due.map(day),
        subject: "用量".to_owned(),
    };
    let record = Record { questions: vec![question("1", Some("2026-03-15")), question("2", None)], ..Record::default() };
    let deadlines = all(&one("2022-06-20", 8), &record, "2026-03-10");
    assert_eq!(of(&deadlines, "question/1").status, Status::Open { left: 5 });
    assert!(matches!(of(&deadlines, "question/2").status, Status::Unknown { .. }));
}

#[test]
fn unexpected_non_serious_reports_go_on_after_re_examination() {
    let deadlines = all(&one("2016-02-29", 4), &Record::default(), "2020-06-01");
    let ends: Vec<String> = series(&deadlines, Kind::UnexpectedNonSerious).iter().map(|unit| unit.1.to_string()).collect();
    assert_eq!(
        ends,
        ["2016-08-28", "2017-02-28", "2017-08-28", "2018-02-28", "2019-02-28", "2020-02-28", "2021-02-28", "2022-02-28", "2023-02-28"]
    );
    // 70 days within, two months after
    assert_eq!(due(&deadlines, "unexpected-non-serious/2020-02-28"), "2020-05-08");
    assert_eq!(due(&deadlines, "unexpected-non-serious/2021-02-28"), "2021-04-30");
}

#[test]
fn infection_reports_are_due_of_biological_products() {
    let plan = one("2022-06-20", 8);
    assert!(matches!(of(&all(&plan, &Record::default(), "2023-01-01"), "infection/not-stated").status, Status::Unknown { .. }));
    let with = |text: &str| Rhythms::standard().laid_over(&format!("format = 1\n[[product]]\nname = \"ミホン\"\n{text}")).unwrap();
    let deadlines_with = |text: &str| deadlines(&plan, &Record::default(), &with(text), day("2023-01-01"));
    assert!(deadlines_with("biological = false").iter().all(|deadline| deadline.kind != Kind::Infection));
    assert_eq!(due(&deadlines_with("biological = true"), "infection/2022-12-19"), "2023-01-19");
    // in step with the birth date: the half year in which it was approved is reported on as a whole
    let birth = deadlines_with("biological = true\ninfection_anchor = 1997-11-26");
    assert_eq!(of(&birth, "infection/2022-11-25").period, Some((day("2022-05-26"), day("2022-11-25"))));
}

/// The computation as a reader sees it; each step that gives a day states it, and the last one is the limit.
#[test]
fn the_steps_tell_the_computation() {
    let plan = example("rituximab");
    let deadlines = all(&plan, &Record::default(), "2025-04-09");
    let told: Vec<String> = of(&deadlines, "eppv-report/eppv-nephrotic")
        .steps
        .iter()
        .map(|step| {
            let basis = step.basis.as_ref().map_or(String::new(), |basis| format!("［{}］", basis.ja));
            format!("{} {}{basis}", step.day.map_or("-".to_owned(), |day| day.to_string()), step.what.ja)
        })
        .collect();
    assert_eq!(
        told,
        [
            "2014-08-29 開始：計画に記す開始日［GVP省令（平成16年厚生労働省令第135号）10条、平成18年3月24日 薬食安発第0324001号］",
            "- 2014年8月29日を算入して6か月を数える［民法140条ただし書］",
            "2015-02-28 最後の月に応当する日がないので、その月の末日をもって満了する［民法141条・143条2項ただし書］",
            "- 終了から2か月以内に報告する［GVP省令（平成16年厚生労働省令第135号）10条、平成18年3月24日 薬食安発第0324001号］",
            "2015-03-01 初日を算入せず、翌日から2か月を数える［民法140条本文］",
            "2015-04-30 月の初めから数えるので、暦に従い月の末日をもって満了する［民法141条・143条1項］",
        ]
    );
    for deadline in &deadlines {
        let last = deadline.steps.iter().filter_map(|step| step.day).next_back();
        assert!(deadline.last_day().is_none() || last == deadline.last_day(), "{}: {:?}", deadline.id, deadline.steps);
        let words = deadline.steps.iter().flat_map(|step| [Some(&step.what), step.basis.as_ref()]).flatten();
        for Words { ja, en } in words.chain([&deadline.title, &deadline.subject]) {
            assert!(!ja.is_empty() && !en.is_empty(), "{}", deadline.id);
        }
    }
}
