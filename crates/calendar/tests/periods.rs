//! The shapes of periods.

use calendar::find_periods;

#[track_caller]
fn check(text: &str, expected: &str) {
    let shown = find_periods(text).into_iter().map(|found| format!("{}={}", &text[found.range.clone()], found.period));
    assert_eq!(shown.collect::<Vec<_>>().join(" | "), expected, "in {text:?}");
}

/// The whole text is one period.
#[track_caller]
fn whole(text: &str, period: &str) {
    check(text, &format!("{text}={period}"));
    check(&format!("調査は{text}とする。"), &format!("{text}={period}"));
}

#[test]
fn months() {
    for sign in ["ヵ", "か", "カ", "ヶ", "ケ", "箇", "ｶ", "ｹ", "個"] {
        whole(&format!("6{sign}月"), "6 months");
        whole(&format!("６ {sign}月間"), "6 months");
    }
    whole("6月間", "6 months");
    whole("半年", "6 months");
    whole("半年間", "6 months");
    whole("1年6ヵ月", "18 months");
    whole("1 年 6 か月間", "18 months");
    whole("2年と3か月", "27 months");
    whole("1年半", "18 months");
    whole("1か月", "1 month");
    check("終了3\nヵ月後", "3\nヵ月=3 months");
}

#[test]
fn years_weeks_and_days() {
    whole("10年", "10 years");
    whole("10年間", "10 years");
    whole("１０年", "10 years");
    whole("48週", "48 weeks");
    whole("24 週", "24 weeks");
    whole("24週間", "24 weeks");
    whole("90日", "90 days");
    whole("90日間", "90 days");
    whole("1,095日間", "1095 days");
    check("15日以内、30日後、1年後", "15日=15 days | 30日=30 days | 1年=1 year");
    check("1週間間隔と2週間隔", "1週間=1 week | 2週=2 weeks");
    check("5年生存率", "5年=5 years");
    check("4～8年", "8年=8 years");
    check("12,24,48週", "48週=48 weeks");
    check("効能1：10年 効能2：なし", "10年=10 years");
    check("本剤投与24時間、14日間", "14日間=14 days");
}

#[test]
fn what_is_no_period() {
    for text in [
        "2022年",
        "2022年3月1日",
        "3月",
        "3月14日",
        "令和3年",
        "令和3年度",
        "平成30年度",
        "2022年度",
        "3年度",
        "3年目",
        "第3年",
        "第24週",
        "24週目",
        "3年生",
        "10年代",
        "5年齢",
        "2.5年",
        "3か月半",
        "1日2回",
        "1日1回投与",
        "125 日本",
        "250\n日本人",
        "100\n年\t例数",
        "同月15日",
        "半年度",
        "後半",
        "10年3月",
        "x24週",
        "ab3日",
        "令和 3年後",
        "1500年",
        "2022/3/1",
        "2023年2月30日",
        "    28 日まで）",
        "123456789年",
    ] {
        check(text, "");
    }
}

#[test]
fn beside_a_date() {
    check("2022年3月1日から6か月間、2025年まで", "6か月間=6 months");
    check("2022年 3か月", "3か月=3 months");
    check("2022年3月5日間", "5日間=5 days");
}
