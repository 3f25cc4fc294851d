//! Worked examples of periods under the Civil Code and of the rhythm of periodic safety reports.

use calendar::{Counting, Date, Period, Unit, last_day, periodic_safety_reports};

fn day(iso: &str) -> Date {
    iso.parse().expect("the tables hold dates")
}

/// What it is, start, period, whether the first day counts, its last day, and what adding months naively would give.
type Row = (&'static str, &'static str, u32, Unit, Counting, &'static str, &'static str);

const COUNTED: Counting = Counting::FirstDayCounted;
const NOT_COUNTED: Counting = Counting::FirstDayNotCounted;

#[rustfmt::skip]
const PERIODS: &[Row] = &[
    ("re-examination period of 10 years", "2001-06-20", 10, Unit::Years, COUNTED, "2011-06-19", "2011-06-19"),
    ("re-examination period of 10 years", "2014-08-29", 10, Unit::Years, COUNTED, "2024-08-28", "2024-08-28"),
    ("re-examination period of 10 years", "2016-02-29", 10, Unit::Years, COUNTED, "2026-02-28", "2026-02-27"),
    ("re-examination period of 10 years", "2019-03-26", 10, Unit::Years, COUNTED, "2029-03-25", "2029-03-25"),
    ("re-examination period of 10 years", "2021-09-27", 10, Unit::Years, COUNTED, "2031-09-26", "2031-09-26"),
    ("re-examination period of 10 years", "2021-12-24", 10, Unit::Years, COUNTED, "2031-12-23", "2031-12-23"),
    ("re-examination period of 10 years", "2022-06-20", 10, Unit::Years, COUNTED, "2032-06-19", "2032-06-19"),
    ("re-examination period of 10 years", "2023-12-22", 10, Unit::Years, COUNTED, "2033-12-21", "2033-12-21"),
    ("3 months after the end of a survey", "2028-03-31", 3, Unit::Months, NOT_COUNTED, "2028-06-30", "2028-06-30"),
    ("3 months after the end of a survey", "2029-02-28", 3, Unit::Months, NOT_COUNTED, "2029-05-31", "2029-05-28"),
    ("3 months after the end of a survey", "2030-05-31", 3, Unit::Months, NOT_COUNTED, "2030-08-31", "2030-08-31"),
    ("3 months after the end of a survey", "2031-06-30", 3, Unit::Months, NOT_COUNTED, "2031-09-30", "2031-09-30"),
    ("early post-marketing phase vigilance, 6 months", "2014-08-29", 6, Unit::Months, COUNTED, "2015-02-28", "2015-02-27"),
    ("its report within 2 months", "2015-02-28", 2, Unit::Months, NOT_COUNTED, "2015-04-30", "2015-04-28"),
    ("early post-marketing phase vigilance, 6 months", "2016-02-29", 6, Unit::Months, COUNTED, "2016-08-28", "2016-08-28"),
    ("its report within 2 months", "2016-08-28", 2, Unit::Months, NOT_COUNTED, "2016-10-28", "2016-10-28"),
    ("early post-marketing phase vigilance, 6 months", "2021-09-27", 6, Unit::Months, COUNTED, "2022-03-26", "2022-03-26"),
    ("its report within 2 months", "2022-03-26", 2, Unit::Months, NOT_COUNTED, "2022-05-26", "2022-05-26"),
    ("early post-marketing phase vigilance, 6 months", "2022-06-20", 6, Unit::Months, COUNTED, "2022-12-19", "2022-12-19"),
    ("its report within 2 months", "2022-12-19", 2, Unit::Months, NOT_COUNTED, "2023-02-19", "2023-02-19"),
    ("last registration and 48 weeks", "2026-09-30", 48, Unit::Weeks, NOT_COUNTED, "2027-09-01", "2027-09-01"),
];

#[test]
fn periods_end_as_the_civil_code_says() {
    for &(what, start, amount, unit, counting, expected, _) in PERIODS {
        let end = last_day(day(start), Period { amount, unit }, counting);
        assert_eq!(end, Some(day(expected)), "{what} from {start}");
    }
}

/// Guards the table itself: it must hold cases in which the naive sum is wrong.
#[test]
fn the_examples_tell_the_civil_code_from_a_naive_sum() {
    let differing = PERIODS.iter().filter(|row| row.5 != row.6).count();
    assert_eq!((PERIODS.len(), differing), (21, 4));
}

/// First and last day of the unit period, and the day on which the report is due.
type Report = (&'static str, &'static str, &'static str);

#[rustfmt::skip]
const REPORTS: &[&[Report]] = &[
    &[
        ("2022-06-20", "2022-12-19", "2023-02-27"),
        ("2022-12-20", "2023-06-19", "2023-08-28"),
        ("2023-06-20", "2023-12-19", "2024-02-27"),
        ("2023-12-20", "2024-06-19", "2024-08-28"),
        ("2024-06-20", "2025-06-19", "2025-08-28"),
        ("2025-06-20", "2026-06-19", "2026-08-28"),
        ("2026-06-20", "2027-06-19", "2027-08-28"),
        ("2027-06-20", "2028-06-19", "2028-08-28"),
        ("2028-06-20", "2029-06-19", "2029-08-28"),
        ("2029-06-20", "2030-06-19", "2030-08-28"),
        ("2030-06-20", "2031-06-19", "2031-08-28"),
        ("2031-06-20", "2032-06-19", "2032-08-28"),
    ],
    &[
        ("2021-09-27", "2022-03-26", "2022-06-04"),
        ("2022-03-27", "2022-09-26", "2022-12-05"),
        ("2022-09-27", "2023-03-26", "2023-06-04"),
        ("2023-03-27", "2023-09-26", "2023-12-05"),
        ("2023-09-27", "2024-09-26", "2024-12-05"),
        ("2024-09-27", "2025-09-26", "2025-12-05"),
        ("2025-09-27", "2026-09-26", "2026-12-05"),
        ("2026-09-27", "2027-09-26", "2027-12-05"),
        ("2027-09-27", "2028-09-26", "2028-12-05"),
        ("2028-09-27", "2029-09-26", "2029-12-05"),
        ("2029-09-27", "2030-09-26", "2030-12-05"),
        ("2030-09-27", "2031-09-26", "2031-12-05"),
    ],
    &[
        ("2016-02-29", "2016-08-28", "2016-11-06"),
        ("2016-08-29", "2017-02-28", "2017-05-09"),
        ("2017-03-01", "2017-08-28", "2017-11-06"),
        ("2017-08-29", "2018-02-28", "2018-05-09"),
        ("2018-03-01", "2019-02-28", "2019-05-09"),
        ("2019-03-01", "2020-02-28", "2020-05-08"),
        ("2020-02-29", "2021-02-28", "2021-05-09"),
        ("2021-03-01", "2022-02-28", "2022-05-09"),
        ("2022-03-01", "2023-02-28", "2023-05-09"),
        ("2023-03-01", "2024-02-28", "2024-05-08"),
        ("2024-02-29", "2025-02-28", "2025-05-09"),
        ("2025-03-01", "2026-02-28", "2026-05-09"),
    ],
];

#[test]
fn reports_follow_their_rhythm() {
    for expected in REPORTS {
        let from = day(expected[0].0);
        let ten_years = Period { amount: 10, unit: Unit::Years };
        let until = last_day(from, ten_years, COUNTED).expect("within the calendar");
        let reports = periodic_safety_reports(from, until);
        let computed: Vec<_> = reports.iter().map(|report| (report.first, report.last, report.due)).collect();
        let expected: Vec<_> = expected.iter().map(|&(first, last, due)| (day(first), day(last), day(due))).collect();
        assert_eq!(computed, expected, "from {from}");
        assert!(reports.iter().map(|report| report.number).eq(1..=12));
    }
}

#[test]
fn a_last_unit_is_cut_short() {
    let reports = periodic_safety_reports(day("2025-04-01"), day("2026-01-15"));
    let ends: Vec<_> = reports.iter().map(|report| report.last.to_string()).collect();
    assert_eq!(ends, ["2025-09-30", "2026-01-15"]);
    assert!(periodic_safety_reports(day("2025-04-01"), day("2025-03-31")).is_empty());
}

#[test]
fn the_end_of_the_calendar_is_no_end_of_the_program() {
    let end = |start: &str, amount, unit| last_day(day(start), Period { amount, unit }, COUNTED);
    assert_eq!(end("9999-01-01", 1, Unit::Years), Some(Date::MAX));
    assert_eq!(end("9999-12-01", 1, Unit::Months), Some(Date::MAX));
    assert_eq!(end("9999-12-31", 1, Unit::Days), Some(Date::MAX));
    assert_eq!(end("9999-01-02", 1, Unit::Years), None);
    for unit in [Unit::Years, Unit::Months, Unit::Weeks, Unit::Days] {
        assert_eq!(end("2026-04-01", u32::MAX, unit), None);
        assert_eq!(end("2026-04-01", 0, unit), Some(day("2026-03-31")));
    }
    assert_eq!(periodic_safety_reports(day("9990-01-01"), Date::MAX).len(), 11);
}
