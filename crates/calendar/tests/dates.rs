//! The shapes of dates: what is found, what is left alone, and what is impossible.

use calendar::{Date, Era, ImpossibleDate, PartialDate, find_dates, japanese_era};

/// Writes what was found as `written=value`, with `!` before what is impossible.
fn found(text: &str) -> String {
    let shown = find_dates(text).into_iter().map(|date| {
        let written = &text[date.range.clone()];
        match date.value {
            Ok(value) => format!("{written}={value}"),
            Err(impossible) => match impossible.meant() {
                Some(meant) => format!("{written}=!{meant}"),
                None => format!("{written}=!"),
            },
        }
    });
    shown.collect::<Vec<_>>().join(" | ")
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(found(text), expected, "in {text:?}");
}

/// The whole text is one date.
#[track_caller]
fn whole(text: &str, value: &str) {
    check(text, &format!("{text}={value}"));
    check(&format!("提出日は{text}であり、"), &format!("{text}={value}"));
}

#[test]
fn western_years() {
    whole("2022年3月1日", "2022-03-01");
    whole("2022年5月", "2022-05");
    whole("2021年", "2021");
    whole("２０２１年２月", "2021-02");
    whole("２０２１ 年 １２ 月 ３１ 日", "2021-12-31");
    whole("2022　年　3　月　1　日", "2022-03-01");
    whole("2022年12\n月31日", "2022-12-31");
    whole("2022年\r\n   3月1日", "2022-03-01");
    whole("2022年03月01日", "2022-03-01");
    // Characters that some PDF files hold instead of 年, 月 and 日.
    whole("2022\u{f98e}3\u{2f49}1\u{2f47}", "2022-03-01");
}

#[test]
fn eras() {
    whole("令和7年4月9日", "2025-04-09");
    whole("令和元年", "2019");
    whole("令和元年5月1日", "2019-05-01");
    whole("平成３０年", "2018");
    whole("平成 30 年 6 月", "2018-06");
    whole("昭和62年6月30日", "1987-06-30");
    whole("大正15年12月25日", "1926-12-25");
    whole("昭和元年12月25日", "1926-12-25");
    whole("明治45年7月30日", "1912-07-30");
    whole("㋿7年4月", "2025-04");
    whole("㍻30年", "2018");
    whole("R7年4月9日", "2025-04-09");
    whole("Ｈ３０年６月", "2018-06");
    whole("令7年4月9日", "2025-04-09");
    whole("令和40年", "2058");
    let eras: Vec<_> = find_dates("令和7年、2025年、H30.6.1").into_iter().map(|date| date.era).collect();
    assert_eq!(eras, [Some(Era::Reiwa), None, Some(Era::Heisei)]);
}

#[test]
fn figures() {
    whole("2022/3/1", "2022-03-01");
    whole("2022-03-01", "2022-03-01");
    whole("2022.3.1", "2022-03-01");
    whole("２０２２／３／１", "2022-03-01");
    whole("令和7.4.9", "2025-04-09");
    whole("平30.6.1", "2018-06-01");
    whole("昭和62/6/30", "1987-06-30");
    check("(2022.3.1.)", "2022.3.1=2022-03-01");
    check("2022-03-01T09:00", "2022-03-01=2022-03-01");
    check("2022/3/1～2022/4/1", "2022/3/1=2022-03-01 | 2022/4/1=2022-04-01");
    // One separator only.
    check("2022/3-1", "");
    // Figures that no month has are no date; a missing day of a real month is an impossible one.
    check("2022-13-01, 2022-12-32, 2022-0-1", "");
    check("2022/2/30", "2022/2/30=!");
}

#[test]
fn initials_of_eras_only_when_they_have_one_reading() {
    whole("H30.6.1", "2018-06-01");
    whole("R7.4.9", "2025-04-09");
    whole("Ｒ７．４．９", "2025-04-09");
    whole("S62/6/30", "1987-06-30");
    whole("R4.03.01", "2022-03-01");
    whole("R4.3.25", "2022-03-25");
    whole("R5.3.1", "2023-03-01");
    // A version of a program, headings, sections of a CTD, a date outside the era, a longer number.
    for text in
        ["R4.3.1", "H2.1.3", "S2.2.1", "M2.7.4", "M5.3.5", "T4.1.2", "H32.6.1", "H30.6.31", "H30.6.1.2", "XR7.4.9", "CH30.6.1", "R7.4"]
    {
        check(text, "");
    }
}

#[test]
fn a_year_in_both_calendars() {
    whole("2019年（令和元年）5月1日", "2019-05-01");
    whole("2019年（平成31年）4月", "2019-04");
    whole("2019（令和元）年5月", "2019-05");
    whole("令和4年（2022年）3月1日", "2022-03-01");
    whole("令和4（2022）年3月1日", "2022-03-01");
    whole("令和4年(西暦2022年)3月", "2022-03");
    check("2019年（平成30年）4月", "2019年（平成30年）4月=!");
    let disagrees = find_dates("2019年（平成30年）4月")[0].value;
    let expected = ImpossibleDate::YearsDisagree { first: 2019, second: 2018 };
    assert_eq!(disagrees, Err(expected));
    // Without a month the two stand for themselves.
    check("2019年（令和元年）", "2019年=2019 | 令和元年=2019");
    check("2019年（n=12）5月", "2019年=2019");
}

#[test]
fn a_year_alone_needs_to_be_one() {
    for text in [
        "10年",
        "3年間",
        "2022年度",
        "平成30年度",
        "2000年間",
        "2000年以上",
        "2000年以内",
        "2000年未満",
        "2000年後",
        "2000年前",
        "1990年代",
        "1899年",
        "2200年",
        "12022年",
        "022年",
        "B2021年",
        "2022",
        "令和7",
        "平成",
        "令和 第7年",
    ] {
        check(text, "");
    }
    check("2021年以降", "2021年=2021");
    check("2021年前半と2022年後半", "2021年=2021 | 2022年=2022");
    check("1900年と2199年", "1900年=1900 | 2199年=2199");
}

#[test]
fn numbers_of_studies_and_volumes_are_no_dates() {
    for text in [
        "NCT2019-01-02x",
        "NCT2019-01-02",
        "2019-01-02x",
        "ABC-2019-01-02",
        "2019-01-02-03",
        "2016-500123-12-00",
        "vol.56",
        "1.2022.3.1",
        "12022.3.1",
        "2022.3.12345",
        "2022.3",
        "/2022/3/1/abc",
        "30600AMX00123",
        "2022.3.1%",
    ] {
        check(text, "");
    }
}

#[test]
fn what_follows_a_month_may_be_no_day() {
    check("2022年10か月", "2022年=2022");
    check("2022年3月 1日2回", "2022年3月=2022-03");
    check("2022年3月1日2回目の投与", "2022年3月1日=2022-03-01");
    check("2022年3月5日間", "2022年3月=2022-03");
    check("2022年3月1日目", "2022年3月=2022-03");
    check("2022年3月\t1日", "2022年3月=2022-03");
    check("2022年3月1日本剤を投与", "2022年3月1日=2022-03-01");
    check("2022年\n\n3月", "2022年=2022");
    check("2022年3月1日2023年4月", "2022年3月1日=2022-03-01 | 2023年4月=2023-04");
}

#[test]
fn impossible_dates_say_why() {
    check("2023年2月30日", "2023年2月30日=!");
    check("2022年13月", "2022年13月=!");
    check("2023年2月29日と2024年2月29日", "2023年2月29日=! | 2024年2月29日=2024-02-29");
    check("平成32年3月31日", "平成32年3月31日=!2020-03-31");
    check("平成31年4月30日", "平成31年4月30日=2019-04-30");
    check("平成31年5月1日", "平成31年5月1日=!2019-05-01");
    check("昭和70年", "昭和70年=!1995");
    check("昭和64年1月8日", "昭和64年1月8日=!1989-01-08");
    check("昭和100年", "昭和100年=!2025");
    check("令和元年4月", "令和元年4月=!2019-04");
    check("令和0年", "令和0年=!");

    let said = |text: &str| find_dates(text).remove(0).value.map_err(|wrong| (wrong.to_string(), wrong.in_japanese()));
    let both = |english: &str, japanese: &str| Err((english.to_owned(), japanese.to_owned()));
    assert_eq!(
        said("平成32年3月"),
        both(
            "2020-03 lies outside the era: Heisei ended on 2019-04-30 (written as year 32)",
            "平成32年3月という日付はありません（西暦2020年3月、令和2年3月）"
        )
    );
    assert_eq!(
        said("令和元年4月"),
        both(
            "2019-04 lies outside the era: Reiwa began on 2019-05-01 (written as year 1)",
            "令和元年4月という日付はありません（西暦2019年4月、平成31年4月）"
        )
    );
    assert_eq!(said("令和0年"), both("Reiwa has no year 0: it begins with year 1", "令和0年はありません（令和元年から始まります）"));
    assert_eq!(said("2022年13月"), both("2022 has no month 13", "2022年に13月はありません"));
}

#[test]
fn partial_dates_are_ordered_by_their_first_day() {
    let mut dates: Vec<_> =
        ["2022-05-02", "2022-05", "2023", "2022", "2022-05-01", "2021-12-31"].into_iter().filter_map(PartialDate::parse_iso).collect();
    dates.sort();
    let written: Vec<_> = dates.iter().map(PartialDate::to_string).collect();
    let expected = ["2021-12-31", "2022", "2022-05", "2022-05-01", "2022-05-02", "2023"];
    assert_eq!(written, expected);
}

#[test]
fn only_iso_is_iso() {
    for text in ["", "22", "2022-", "2022-5", "2022-05-1", "2022-05-01-01", "２０２２", "2022/05", "+022", "2022--01"] {
        assert_eq!(PartialDate::parse_iso(text), None, "{text:?}");
    }
}

#[test]
fn a_partial_date_put_together_wrongly_is_clamped() {
    let wrong = PartialDate { year: i16::MAX, month: Some(13), day: Some(0) };
    assert_eq!(wrong.first().to_string(), "9999-12-01");
    assert_eq!(wrong.day(), None);
}

#[test]
fn the_japanese_calendar_at_its_turns() {
    for (day, expected) in [
        (Date::constant(2026, 11, 22), "令和8年11月22日"),
        (Date::constant(2019, 4, 30), "平成31年4月30日"),
        (Date::constant(2019, 5, 1), "令和元年5月1日"),
        (Date::constant(1989, 1, 7), "昭和64年1月7日"),
        (Date::constant(1989, 1, 8), "平成元年1月8日"),
        (Date::constant(1926, 12, 24), "大正15年12月24日"),
        (Date::constant(1926, 12, 25), "昭和元年12月25日"),
        (Date::constant(1912, 7, 30), "大正元年7月30日"),
        (Date::constant(1868, 1, 24), "1868年1月24日"),
    ] {
        assert_eq!(japanese_era(day), expected);
    }
}
