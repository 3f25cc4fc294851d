//! Person-years that are not the patients times their follow-up.

use std::ops::Range;
use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;

use crate::review::designs::{Rationale, patients, rationales};
use crate::review::periods::{self, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP507",
    name: "person-years-wrong",
    severity: Severity::Warning,
    title: ("人年が例数と追跡期間から得られない", "person-years that do not follow from patients and follow-up"),
    why: ("観察人年は、例数に平均の追跡期間を乗じたものである。", "person-years are the patients times their mean follow-up"),
    reference: periods::DESIGN,
    manual: include_str!("person_years_wrong.md"),
    check,
};

static FOLLOWED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"平均(?:の|した)?[^0-9。、]{0,14}?([0-9]+(?:\.[0-9]+)?)(年|[かヵカヶケ箇]月)").ok());
static PERSON_YEARS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"([0-9][0-9,]*(?:\.[0-9]+)?)人・?年(当|あた)?").ok());

fn check(context: &Context<'_>, sink: &mut Sink) {
    for rationale in rationales(context) {
        let all = rationale.text.as_str();
        for sentence in &rationale.sentences {
            let Some((years, followed)) = followed(all, sentence) else { continue };
            let times: Vec<(f64, Range<usize>)> = person_years(all, sentence).collect();
            let sizes = sizes(&rationale, sentence.end);
            if sizes.is_empty() {
                continue;
            }
            for (stated, at) in times {
                sink.looked_at(1);
                if sizes.iter().any(|n| (n * years - stated).abs() <= 0.05 * stated) {
                    continue;
                }
                let name = rationale.activity.name.as_str();
                let Some(nearest) = sizes.iter().map(|n| n * years).min_by(|a, b| (a - stated).abs().total_cmp(&(b - stated).abs())) else {
                    continue;
                };
                sink.report(
                    context,
                    words(
                        format!("例数に平均 {years} 年を乗じても {stated} 人年になりません"),
                        format!("no number of patients followed for {years} years on average gives {stated} person-years"),
                    ),
                    words(
                        format!("例数と追跡期間が正しければ {nearest:.0} 人年です。見込まれる例数も確かめてください。"),
                        format!("if patients and follow-up are right it is {nearest:.0}; check the expected cases too"),
                    ),
                    &[
                        Mark::part(rationale.text, at, rationale.section, name)
                            .label(format!("計算では {nearest:.0}"), format!("computed {nearest:.0}")),
                        Mark::part(rationale.text, followed.clone(), rationale.section, name).label("追跡期間", "follow-up"),
                    ],
                );
            }
        }
    }
}

/// The mean follow-up in years.
fn followed(all: &str, sentence: &Range<usize>) -> Option<(f64, Range<usize>)> {
    let found = FOLLOWED.as_ref()?.captures(&all[sentence.clone()])?;
    let (digits, unit) = (found.get(1)?, found.get(2)?);
    let length: f64 = digits.as_str().parse().ok()?;
    let years = if unit.as_str() == "年" { length } else { length / 12.0 };
    // 平均年齢 and the like are no follow-up
    let speaks = ["追跡", "観察", "投与", "処方"].iter().any(|w| all[sentence.clone()].contains(w));
    (speaks && years > 0.0).then(|| (years, sentence.start + digits.start()..sentence.start + unit.end()))
}

/// Person-years that stand for themselves, not 1,000人年当たり.
fn person_years<'t>(all: &'t str, sentence: &Range<usize>) -> impl Iterator<Item = (f64, Range<usize>)> + 't {
    let start = sentence.start;
    let captures = PERSON_YEARS.as_ref().map(|shape| shape.captures_iter(&all[sentence.clone()]));
    captures.into_iter().flatten().filter(|c| c.get(2).is_none()).filter_map(move |c| {
        let whole = c.get(0)?;
        let value = c.get(1)?.as_str().replace(',', "").parse().ok()?;
        Some((value, start + whole.start()..start + whole.end()))
    })
}

/// The numbers of patients the rationale and the target speak of, and the sum of them all.
#[expect(clippy::cast_precision_loss, reason = "counts of patients are far below 2^52")]
fn sizes(rationale: &Rationale<'_>, until: usize) -> Vec<f64> {
    let mut sizes = rationale.targets();
    sizes.extend(patients(&rationale.text.as_str()[..until]).into_iter().map(|p| p.0));
    sizes.sort_unstable();
    sizes.dedup();
    sizes.push(sizes.iter().sum());
    sizes.into_iter().filter(|n| *n >= 10).map(|n| n as f64).collect()
}
