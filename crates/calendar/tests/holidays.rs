//! Years in which the law of holidays did something unusual, written out in full.

use calendar::{Date, holiday, is_closed, next_open_day};

/// Every holiday of the year as `month-day name`.
fn year(year: i16) -> Vec<String> {
    std::iter::successors(Some(Date::constant(year, 1, 1)), |day| day.tomorrow().ok())
        .take_while(|day| day.year() == year)
        .filter_map(|day| Some(format!("{} {}", day.strftime("%m-%d"), holiday(day)?)))
        .collect()
}

/// Checks the days of a year from one day to another.
#[track_caller]
fn check(from: &str, to: &str, expected: &[&str]) {
    let in_year: i16 = from[..4].parse().expect("a year");
    let found: Vec<_> = year(in_year).into_iter().filter(|day| (&from[5..]..=&to[5..]).contains(&&day[..5])).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_year_2019() {
    let expected = [
        "01-01 元日",
        "01-14 成人の日",
        "02-11 建国記念の日",
        "03-21 春分の日",
        "04-29 昭和の日",
        "04-30 国民の休日",
        "05-01 天皇の即位の日",
        "05-02 国民の休日",
        "05-03 憲法記念日",
        "05-04 みどりの日",
        "05-05 こどもの日",
        "05-06 振替休日",
        "07-15 海の日",
        "08-11 山の日",
        "08-12 振替休日",
        "09-16 敬老の日",
        "09-23 秋分の日",
        "10-14 体育の日",
        "10-22 即位礼正殿の儀の行われる日",
        "11-03 文化の日",
        "11-04 振替休日",
        "11-23 勤労感謝の日",
    ];
    assert_eq!(year(2019), expected);
}

#[test]
fn the_year_2020() {
    let expected = [
        "01-01 元日",
        "01-13 成人の日",
        "02-11 建国記念の日",
        "02-23 天皇誕生日",
        "02-24 振替休日",
        "03-20 春分の日",
        "04-29 昭和の日",
        "05-03 憲法記念日",
        "05-04 みどりの日",
        "05-05 こどもの日",
        "05-06 振替休日",
        "07-23 海の日",
        "07-24 スポーツの日",
        "08-10 山の日",
        "09-21 敬老の日",
        "09-22 秋分の日",
        "11-03 文化の日",
        "11-23 勤労感謝の日",
    ];
    assert_eq!(year(2020), expected);
}

#[test]
fn the_year_2021() {
    let expected = [
        "01-01 元日",
        "01-11 成人の日",
        "02-11 建国記念の日",
        "02-23 天皇誕生日",
        "03-20 春分の日",
        "04-29 昭和の日",
        "05-03 憲法記念日",
        "05-04 みどりの日",
        "05-05 こどもの日",
        "07-22 海の日",
        "07-23 スポーツの日",
        "08-08 山の日",
        "08-09 振替休日",
        "09-20 敬老の日",
        "09-23 秋分の日",
        "11-03 文化の日",
        "11-23 勤労感謝の日",
    ];
    assert_eq!(year(2021), expected);
}

#[test]
fn the_year_2024() {
    let expected = [
        "01-01 元日",
        "01-08 成人の日",
        "02-11 建国記念の日",
        "02-12 振替休日",
        "02-23 天皇誕生日",
        "03-20 春分の日",
        "04-29 昭和の日",
        "05-03 憲法記念日",
        "05-04 みどりの日",
        "05-05 こどもの日",
        "05-06 振替休日",
        "07-15 海の日",
        "08-11 山の日",
        "08-12 振替休日",
        "09-16 敬老の日",
        "09-22 秋分の日",
        "09-23 振替休日",
        "10-14 スポーツの日",
        "11-03 文化の日",
        "11-04 振替休日",
        "11-23 勤労感謝の日",
    ];
    assert_eq!(year(2024), expected);
}

#[test]
fn the_year_2025() {
    let expected = [
        "01-01 元日",
        "01-13 成人の日",
        "02-11 建国記念の日",
        "02-23 天皇誕生日",
        "02-24 振替休日",
        "03-20 春分の日",
        "04-29 昭和の日",
        "05-03 憲法記念日",
        "05-04 みどりの日",
        "05-05 こどもの日",
        "05-06 振替休日",
        "07-21 海の日",
        "08-11 山の日",
        "09-15 敬老の日",
        "09-23 秋分の日",
        "10-13 スポーツの日",
        "11-03 文化の日",
        "11-23 勤労感謝の日",
        "11-24 振替休日",
    ];
    assert_eq!(year(2025), expected);
}

#[test]
fn silver_weeks() {
    for year in ["2009", "2015"] {
        check(&format!("{year}-09-01"), &format!("{year}-09-30"), &["09-21 敬老の日", "09-22 国民の休日", "09-23 秋分の日"]);
    }
    for year in ["2026", "2032"] {
        let found = holiday(format!("{year}-09-22").parse().expect("a date"));
        assert_eq!(found, Some(if year == "2026" { "国民の休日" } else { "秋分の日" }));
    }
    assert_eq!(holiday(Date::constant(2032, 9, 21)), Some("国民の休日"));
}

#[test]
fn days_between_holidays_begin_at_the_end_of_1985() {
    check("1985-05-01", "1985-05-31", &["05-03 憲法記念日", "05-05 こどもの日", "05-06 振替休日"]);
    // In 1986 the 4th is a Sunday, in 1987 it makes up for one.
    check("1986-05-01", "1986-05-31", &["05-03 憲法記念日", "05-05 こどもの日"]);
    check("1987-05-01", "1987-05-31", &["05-03 憲法記念日", "05-04 振替休日", "05-05 こどもの日"]);
    check("1988-05-01", "1988-05-31", &["05-03 憲法記念日", "05-04 国民の休日", "05-05 こどもの日"]);
}

#[test]
fn sundays_are_made_up_for_since_april_1973() {
    check("1973-02-01", "1973-04-30", &["02-11 建国記念の日", "03-21 春分の日", "04-29 天皇誕生日", "04-30 振替休日"]);
    // Until 2006 only the Monday; since 2007 the next day that is no holiday.
    check("1998-05-01", "1998-05-31", &["05-03 憲法記念日", "05-04 振替休日", "05-05 こどもの日"]);
    check("2008-05-01", "2008-05-31", &["05-03 憲法記念日", "05-04 みどりの日", "05-05 こどもの日", "05-06 振替休日"]);
    check("2009-05-01", "2009-05-31", &["05-03 憲法記念日", "05-04 みどりの日", "05-05 こどもの日", "05-06 振替休日"]);
}

#[test]
fn single_days() {
    for (day, name) in [
        ("1959-04-10", "皇太子明仁親王の結婚の儀"),
        ("1989-02-24", "昭和天皇の大喪の礼"),
        ("1990-11-12", "即位礼正殿の儀"),
        ("1993-06-09", "皇太子徳仁親王の結婚の儀"),
    ] {
        assert_eq!(holiday(day.parse().expect("a date")), Some(name));
    }
}

/// The equinoxes that fall on another day than most.
#[test]
fn equinoxes() {
    let march = |year| (19..=22).find(|&day| holiday(Date::constant(year, 3, day)) == Some("春分の日"));
    let september = |year| (21..=25).find(|&day| holiday(Date::constant(year, 9, day)) == Some("秋分の日"));
    let vernal: Vec<_> = (1955..=2035).filter_map(march).collect();
    let autumnal: Vec<_> = (1955..=2035).filter_map(september).collect();
    assert_eq!(vernal, VERNAL);
    assert_eq!(autumnal, AUTUMNAL);
}

/// Days of March and September, 1955 to 2035.
#[rustfmt::skip]
const VERNAL: [i8; 81] = [
    21, 21, 21, 21, 21, 20, 21, 21, 21, 20, 21, 21, 21, 20, 21, 21, 21, 20, 21, 21,
    21, 20, 21, 21, 21, 20, 21, 21, 21, 20, 21, 21, 21, 20, 21, 21, 21, 20, 20, 21,
    21, 20, 20, 21, 21, 20, 20, 21, 21, 20, 20, 21, 21, 20, 20, 21, 21, 20, 20, 21,
    21, 20, 20, 21, 21, 20, 20, 21, 21, 20, 20, 20, 21, 20, 20, 20, 21, 20, 20, 20,
    21,
];

#[rustfmt::skip]
const AUTUMNAL: [i8; 81] = [
    24, 23, 23, 23, 24, 23, 23, 23, 24, 23, 23, 23, 24, 23, 23, 23, 24, 23, 23, 23,
    24, 23, 23, 23, 24, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23,
    23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 22, 23, 23,
    23, 22, 23, 23, 23, 22, 23, 23, 23, 22, 23, 23, 23, 22, 23, 23, 23, 22, 23, 23,
    23,
];

#[test]
fn only_the_years_of_the_law() {
    assert_eq!(holiday(Date::constant(1954, 1, 1)), None);
    assert_eq!(holiday(Date::constant(2100, 1, 1)), None);
    assert_eq!(holiday(Date::MIN), None);
    assert_eq!(holiday(Date::MAX), None);
}

#[test]
fn offices() {
    for (day, open) in [
        ("2024-12-27", "2024-12-27"),
        ("2024-12-28", "2025-01-06"),
        ("2025-12-29", "2026-01-05"),
        ("2023-02-19", "2023-02-20"),
        ("2030-08-31", "2030-09-02"),
        ("2019-04-27", "2019-05-07"),
        ("2026-09-19", "2026-09-24"),
    ] {
        let open: Date = open.parse().expect("a date");
        assert_eq!(next_open_day(day.parse().expect("a date")), open, "from {day}");
    }
    assert!(is_closed(Date::constant(2100, 1, 2)));
    assert_eq!(next_open_day(Date::MAX), Date::MAX);
}
