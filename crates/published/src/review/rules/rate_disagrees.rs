//! An incidence per person-years is not that of its counts.

use std::ops::Range;
use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;

use crate::model::Paragraph;
use crate::prose::counts::number;
use crate::prose::sentence::{before, sentence};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP313",
    name: "rate-disagrees",
    severity: Severity::Error,
    title: ("人年当たりの発現率が例数と合わない", "a rate per person-years is not that of its counts"),
    why: ("人年当たりの発現率は、例数と観察人年から一意に決まる。", "a rate follows from its cases and the time they were observed"),
    reference: plan::form!(" 1.1", ", section 1.1"),
    manual: include_str!("rate_disagrees.md"),
    check,
};

/// 100人年当たり2.3(12例/521.7人年), 2.3/100人年(12例/521.7人年), 2.3件/100人・年(12件/521.7人・年)
static RATES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"(?P<per>[0-9][0-9,]*)人・?年(?:当たり|あたり|当り)(?:の発現率[はが]?|の発現頻度[はが]?|[はがに]?)(?P<r>[0-9]+(?:\.[0-9]+)?)(?:例|件|人)?[(\[](?P<a>[0-9][0-9,]*)(?:例|件|人)?/(?P<t>[0-9][0-9,]*(?:\.[0-9]+)?)人・?年",
        r"(?P<r>[0-9]+(?:\.[0-9]+)?)(?:例|件|人)?/(?P<per>[0-9][0-9,]*)人・?年[(\[](?P<a>[0-9][0-9,]*)(?:例|件|人)?/(?P<t>[0-9][0-9,]*(?:\.[0-9]+)?)人・?年",
    ]
    .into_iter()
    .filter_map(|r| Regex::new(r).ok())
    .collect()
});

/// 23件(100人年当たり2.2件), 23例(2.2/100人年): the time observed stands before.
static CASES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?P<a>[0-9][0-9,]*)(?:例|件)[(\[](?:(?P<per>[0-9][0-9,]*)人・?年(?:当たり|あたり|当り)(?P<r>[0-9]+(?:\.[0-9]+)?)(?:例|件|人)?|(?P<s>[0-9]+(?:\.[0-9]+)?)(?:例|件|人)?/(?P<q>[0-9][0-9,]*)人・?年)[)\]]",
    )
    .ok()
});
static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?P<t>[0-9][0-9,]*(?:\.[0-9]+)?)人・?年(?P<per>当|あた)?").ok());

/// Rates whose time stands before them in the sentence, or alone in the one before.
fn with_time_before(context: &Context<'_>, sink: &mut Sink, paragraph: &Paragraph) {
    let s = paragraph.text.as_str();
    for found in CASES.iter().flat_map(|shape| shape.captures_iter(s)) {
        let Some(whole) = found.get(0) else { continue };
        let any = |one: &str, other: &str| found.name(one).or(found.name(other)).map(|m| m.as_str());
        let (Some(cases), Some(per), Some(printed)) = (number(&found["a"]), any("per", "q").and_then(number), any("r", "s")) else {
            continue;
        };
        let here = sentence(s, whole.start()).start..whole.start();
        let earlier = before(s, here.start);
        let times = |range: Range<usize>| -> Vec<(f64, Range<usize>)> {
            TIME.iter()
                .flat_map(|shape| shape.captures_iter(&s[range.clone()]))
                .filter(|c| c.name("per").is_none())
                .filter_map(|c| {
                    let at = c.get(0)?;
                    let slash = s[..range.start + at.start()].ends_with('/');
                    let value = c["t"].replace(',', "").parse().ok()?;
                    (!slash).then_some((value, range.start + at.start()..range.start + at.end()))
                })
                .collect()
        };
        let mut known = times(here);
        if known.is_empty() {
            known = times(earlier);
        }
        let [(time, at)] = known.as_slice() else { continue };
        sink.looked_at(1);
        let Some(right) = differs(printed, cases, per, *time) else { continue };
        sink.report(
            context,
            (
                format!("{cases} を {time} 人年で除した {per} 人年当たりの発現率は {right} であり、{printed} ではありません"),
                format!("{cases} in {time} person-years is {right} per {per} person-years, not {printed}"),
            ),
            (format!("例数と観察人年が正しければ {right} に直してください。"), format!("if cases and time are right, write {right}")),
            &[
                Mark::part(&paragraph.text, whole.range(), paragraph.view.section, &paragraph.view.name)
                    .label(format!("計算では {right}"), format!("computed {right}")),
                Mark::part(&paragraph.text, at.clone(), paragraph.view.section, &paragraph.view.name)
                    .label("観察期間", "the time observed"),
            ],
        );
    }
}

/// The right rate where the printed one is another.
fn differs(printed: &str, cases: u64, per: u64, time: f64) -> Option<String> {
    let rate: f64 = printed.parse().ok()?;
    let decimals = printed.split_once('.').map_or(0, |(_, d)| d.len());
    #[expect(clippy::cast_precision_loss, reason = "counts of patients are far below 2^52")]
    let right = cases as f64 * per as f64 / time;
    // the time itself is rounded: a unit in the last place leaves room for that
    let unit = 10_f64.powi(-i32::try_from(decimals).unwrap_or(0));
    (right.is_finite() && (right - rate).abs() > unit * 0.6).then(|| format!("{right:.decimals$}"))
}

fn check(context: &Context<'_>, sink: &mut Sink) {
    for paragraph in &context.published.prose.paragraphs {
        let s = paragraph.text.as_str();
        if !s.contains("人年") && !s.contains("人・年") {
            continue;
        }
        with_time_before(context, sink, paragraph);
        for found in RATES.iter().flat_map(|r| r.captures_iter(s)) {
            let text = |name: &str| found.name(name).map(|m| m.as_str());
            let (Some(printed), Some(per), Some(cases), Some(time), Some(whole)) = (
                text("r"),
                text("per").and_then(number),
                text("a").and_then(number),
                text("t").and_then(|t| t.replace(',', "").parse::<f64>().ok()),
                found.get(0),
            ) else {
                continue;
            };
            sink.looked_at(1);
            let Some(right) = differs(printed, cases, per, time) else { continue };
            sink.report(
                context,
                (
                    format!("{per} 人年当たりの発現率は {right} であり、{printed} ではありません"),
                    format!("the rate per {per} person-years is {right}, not {printed}"),
                ),
                (format!("例数と観察人年が正しければ {right} に直してください。"), format!("if cases and time are right, write {right}")),
                &[Mark::part(&paragraph.text, whole.range(), paragraph.view.section, &paragraph.view.name)],
            );
        }
    }
}
