//! What must hold for every text and every date.

use calendar::{Counting, Date, PartialDate, Period, Unit, find_dates, find_periods, is_closed, japanese_era, last_day, next_open_day};
use proptest::prelude::*;

/// Texts made of what dates and periods are made of, so that the readers get far into their shapes.
fn nearly_dates() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "2022",
        "２０２２",
        "7",
        "12",
        "31",
        "30",
        "元",
        "年",
        "月",
        "日",
        "間",
        "令和",
        "平成",
        "令",
        "H",
        "Ｒ",
        "㋿",
        "（",
        "）",
        "(",
        ")",
        "西暦",
        "-",
        "/",
        ".",
        "．",
        "半",
        "週",
        "か",
        "ヵ",
        "と",
        ",",
        " ",
        "　",
        "\n",
        "\t",
        "度",
        "第",
        "回",
        "まで",
        "a",
        "é",
        "\u{2f49}",
        "0",
        "00",
        "999999999999",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), nearly_dates()]
}

fn dates(years: std::ops::RangeInclusive<i16>) -> impl Strategy<Value = Date> {
    (years, 1..=12i8, 1..=31i8).prop_filter_map("no such day", |(year, month, day)| Date::new(year, month, day).ok())
}

fn units() -> impl Strategy<Value = Unit> {
    prop::sample::select(vec![Unit::Years, Unit::Months, Unit::Weeks, Unit::Days])
}

fn in_order_and_within<'r>(text: &str, ranges: impl Iterator<Item = &'r std::ops::Range<usize>>) -> bool {
    let mut end = 0;
    for range in ranges {
        if range.start < end || range.is_empty() || text.get(range.clone()).is_none() {
            return false;
        }
        end = range.end;
    }
    true
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn ranges_stand_in_the_text_in_order(text in any_text()) {
        let dates = find_dates(&text);
        let periods = find_periods(&text);
        prop_assert!(in_order_and_within(&text, dates.iter().map(|date| &date.range)));
        prop_assert!(in_order_and_within(&text, periods.iter().map(|period| &period.range)));
        for date in &dates {
            let _ = date.is_broken_off(&text);
            let apart = |range: &std::ops::Range<usize>| range.end <= date.range.start || date.range.end <= range.start;
            prop_assert!(periods.iter().all(|period| apart(&period.range)));
        }
    }

    #[test]
    fn what_is_found_is_found_again_alone(text in nearly_dates()) {
        for date in find_dates(&text) {
            let again = find_dates(&text[date.range.clone()]);
            prop_assert_eq!(again.len(), 1);
            prop_assert_eq!(again[0].value, date.value);
        }
    }

    #[test]
    fn partial_dates_read_what_they_write(day in dates(0..=9999), precision in 0..3) {
        let stated = PartialDate {
            year: day.year(),
            month: (precision > 0).then_some(day.month()),
            day: (precision > 1).then_some(day.day()),
        };
        prop_assert_eq!(PartialDate::parse_iso(&stated.to_string()), Some(stated));
        prop_assert!(stated.contains(day));
        prop_assert!(stated.first() <= stated.last());
    }

    #[test]
    fn dates_are_found_as_they_are_written(day in dates(1900..=2199)) {
        let stated = PartialDate::from(day);
        for written in [japanese_era(day), stated.in_japanese(), stated.to_string(), day.strftime("%Y/%m/%d").to_string()] {
            let text = format!("承認日：{written}（予定）");
            let found = find_dates(&text);
            prop_assert_eq!(found.len(), 1, "in {}", text);
            prop_assert_eq!(&text[found[0].range.clone()], written);
            prop_assert_eq!(found[0].value, Ok(stated));
        }
    }

    #[test]
    fn periods_are_found_as_they_are_written(amount in 2..=999u32, unit in units()) {
        let period = Period { amount, unit };
        let text = format!("観察期間は{}とする", period.in_japanese());
        let found = find_periods(&text);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].period, period);
    }

    #[test]
    fn a_later_start_never_ends_earlier(
        start in dates(1900..=2100), later in 0..400i32, amount in 0..200u32, unit in units(),
    ) {
        let period = Period { amount, unit };
        let second = start.saturating_add(jiff::Span::new().days(later));
        for counting in [Counting::FirstDayCounted, Counting::FirstDayNotCounted] {
            prop_assert!(last_day(start, period, counting) <= last_day(second, period, counting));
        }
    }

    #[test]
    fn not_counting_the_first_day_is_counting_from_the_next(
        start in dates(1900..=2100), amount in 0..200u32, unit in units(),
    ) {
        let period = Period { amount, unit };
        let Ok(tomorrow) = start.tomorrow() else { return Ok(()) };
        let not_counted = last_day(start, period, Counting::FirstDayNotCounted);
        prop_assert_eq!(not_counted, last_day(tomorrow, period, Counting::FirstDayCounted));
    }

    #[test]
    fn a_period_from_the_first_of_a_month_ends_on_the_last_of_one(
        start in dates(1900..=2100), amount in 1..200u32,
    ) {
        let period = Period { amount, unit: Unit::Months };
        let end = last_day(start.first_of_month(), period, Counting::FirstDayCounted);
        prop_assert_eq!(end, end.map(Date::last_of_month));
    }

    #[test]
    fn a_year_is_twelve_months(start in dates(1900..=2100), amount in 0..50u32) {
        let end = |amount, unit| last_day(start, Period { amount, unit }, Counting::FirstDayCounted);
        prop_assert_eq!(end(amount, Unit::Years), end(amount * 12, Unit::Months));
    }

    #[test]
    fn the_next_open_day_is_open_and_the_first(day in dates(-9999..=9998)) {
        let open = next_open_day(day);
        prop_assert!(!is_closed(open) && day <= open);
        let mut closed = day;
        while closed < open {
            prop_assert!(is_closed(closed));
            closed = closed.saturating_add(jiff::Span::new().days(1));
        }
    }
}
