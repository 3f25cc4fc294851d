//! A point estimate outside its own confidence interval, or limits the wrong way round.

use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;

use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP308",
    name: "estimate-outside-its-interval",
    severity: Severity::Error,
    title: ("点推定値が信頼区間の外にある", "an estimate lies outside its confidence interval"),
    why: (
        "信頼区間は点推定値を含み、下限は上限を超えない。",
        "a confidence interval holds its estimate, and its lower limit is not above the upper",
    ),
    reference: plan::form!(" 1.1", ", section 1.1"),
    manual: include_str!("estimate_outside_its_interval.md"),
    check,
};

/// 1.24(95%信頼区間:0.24~6.38), 5.6%(16/320例、95%CI:3.2~8.9), 1.24、95%信頼区間は0.24~6.38
static INTERVAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?P<e>-?[0-9]+(?:\.[0-9]+)?)(?P<p>%)?(?:[(\[、,;]|であり、)(?:[0-9,]+/[0-9,]+例[、,;(\[])?(?:両側|その)?(?:80|90|95|97\.5|99)%(?:信頼区間|CI)(?:は|が)?[:\[(、,]?(?P<l>-?[0-9]+(?:\.[0-9]+)?)%?(?:~|-|、|,|から|;)(?P<u>-?[0-9]+(?:\.[0-9]+)?)",
    )
    .ok()
});

/// 中央値は52日(範囲:58~214日), 平均値4.2(範囲2.1~3.9)
static RANGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?P<w>中央値|平均値?|最頻値)(?:は|が|:|で)?(?:、)?(?P<e>[0-9]+(?:\.[0-9]+)?)(?P<u>日|週|か月|ヵ月|カ月|ヶ月|箇月|月|年|時間|歳|例|回|kg|mg)?(?:目|間|齢)?[(\[、,](?:最小値?[~-]最大値?|範囲)[:は]?(?P<l>[0-9]+(?:\.[0-9]+)?)(?P<v>日|週|か月|ヵ月|カ月|ヶ月|箇月|月|年|時間|歳|例|回|kg|mg)?(?:目|間|齢)?(?:~|-|から)(?P<h>[0-9]+(?:\.[0-9]+)?)(?P<x>日|週|か月|ヵ月|カ月|ヶ月|箇月|月|年|時間|歳|例|回|kg|mg)?",
    )
    .ok()
});

/// A median or mean outside the range of its values.
fn ranges(context: &Context<'_>, sink: &mut Sink) {
    for paragraph in &context.published.prose.paragraphs {
        for found in RANGE.iter().flat_map(|shape| shape.captures_iter(paragraph.text.as_str())) {
            let figure = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<f64>().ok());
            let (Some(middle), Some(low), Some(high), Some(whole)) = (figure("e"), figure("l"), figure("h"), found.get(0)) else {
                continue;
            };
            let units: Vec<&str> = ["u", "v", "x"].iter().filter_map(|u| Some(found.name(u)?.as_str())).collect();
            if units.windows(2).any(|pair| pair[0] != pair[1]) {
                continue;
            }
            sink.looked_at(1);
            if (low..=high).contains(&middle) {
                continue;
            }
            let word = &found["w"];
            let en = if word == "中央値" { "median" } else { "mean" };
            sink.report(
                context,
                (
                    format!("{word} {middle} が範囲 {low}～{high} の外にあります"),
                    format!("the {en} {middle} lies outside the range from {low} to {high}"),
                ),
                ("原資料で値と範囲を確かめてください。".to_owned(), "check value and range in the study report".to_owned()),
                &[Mark::part(&paragraph.text, whole.range(), paragraph.view.section, &paragraph.view.name)],
            );
        }
    }
}

fn check(context: &Context<'_>, sink: &mut Sink) {
    ranges(context, sink);
    let Some(regex) = INTERVAL.as_ref() else { return };
    for paragraph in &context.published.prose.paragraphs {
        let s = paragraph.text.as_str();
        if !s.contains("信頼区間") && !s.contains("CI") {
            continue;
        }
        for found in regex.captures_iter(s) {
            let figure = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<f64>().ok());
            let (Some(estimate), Some(low), Some(high), Some(whole)) = (figure("e"), figure("l"), figure("u"), found.get(0)) else {
                continue;
            };
            sink.looked_at(1);
            let (ja, en) = if low > high {
                (
                    format!("信頼区間の下限 {low} が上限 {high} を超えています"),
                    format!("the lower limit {low} is above the upper limit {high}"),
                )
            } else if estimate < low || estimate > high {
                (
                    format!("点推定値 {estimate} が信頼区間 {low}～{high} の外にあります"),
                    format!("the estimate {estimate} lies outside its interval from {low} to {high}"),
                )
            } else {
                continue;
            };
            sink.report(
                context,
                (ja, en),
                ("原資料で点推定値と信頼区間を確かめてください。".to_owned(), "check estimate and limits in the study report".to_owned()),
                &[Mark::part(&paragraph.text, whole.range(), paragraph.view.section, &paragraph.view.name)],
            );
        }
    }
}
