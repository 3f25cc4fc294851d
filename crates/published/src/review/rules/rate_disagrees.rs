//! An incidence per person-years is not that of its counts.

use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;

use crate::prose::counts::number;
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

fn check(context: &Context<'_>, sink: &mut Sink) {
    for paragraph in &context.published.prose.paragraphs {
        let s = paragraph.text.as_str();
        if !s.contains("人年") && !s.contains("人・年") {
            continue;
        }
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
            let Ok(rate) = printed.parse::<f64>() else { continue };
            sink.looked_at(1);
            let decimals = printed.split_once('.').map_or(0, |(_, d)| d.len());
            #[expect(clippy::cast_precision_loss, reason = "counts of patients are far below 2^52")]
            let right = cases as f64 * per as f64 / time;
            // the time itself is rounded: a unit in the last place leaves room for that
            let unit = 10_f64.powi(-i32::try_from(decimals).unwrap_or(0));
            if !right.is_finite() || (right - rate).abs() <= unit * 0.6 {
                continue;
            }
            sink.report(
                context,
                (
                    format!("{per} 人年当たりの発現率は {right:.decimals$} であり、{printed} ではありません"),
                    format!("the rate per {per} person-years is {right:.decimals$}, not {printed}"),
                ),
                (
                    format!("例数と観察人年が正しければ {right:.decimals$} に直してください。"),
                    format!("if cases and time are right, write {right:.decimals$}"),
                ),
                &[Mark::part(&paragraph.text, whole.range(), paragraph.view.section, &paragraph.view.name)],
            );
        }
    }
}
