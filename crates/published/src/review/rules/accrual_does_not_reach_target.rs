//! The expected accrual is not the target.

use std::sync::LazyLock;

use calendar::find_periods;
use diagnostic::Severity;
use regex::Regex;

use crate::review::designs::{Rationale, patients, rationales};
use crate::review::periods::{self, whole, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP505",
    name: "accrual-does-not-reach-target",
    severity: Severity::Warning,
    title: ("集積の見込みが目標症例数と合わない", "the expected accrual is not the target"),
    why: (
        "初年度と以降の年間の見込みに登録期間の年数を掛けると、目標症例数になるはずである。",
        "the first year and those after it, over the years of registration, make up the target",
    ),
    reference: periods::DESIGN,
    manual: include_str!("accrual_does_not_reach_target.md"),
    check,
};

static FIRST: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:初年度|1年目|最初の1年)(?:に|は|で|には)?(?:約)?([0-9][0-9,]*)(?:症例|例|人|名)").ok());
static YEARLY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:年間|毎年|1年間に|1年当たり|1年あたり|各年)(?:に)?(?:約)?([0-9][0-9,]*)(?:症例|例|人|名)").ok());

fn check(context: &Context<'_>, sink: &mut Sink) {
    for rationale in rationales(context) {
        for sentence in &rationale.sentences {
            let words_of = &rationale.text.as_str()[sentence.clone()];
            let Some(yearly) = YEARLY.as_ref().and_then(|r| r.captures(words_of)) else { continue };
            let Some(rate) = yearly.get(1).and_then(|m| whole(m.as_str())) else { continue };
            let first = FIRST.as_ref().and_then(|r| r.captures(words_of));
            let first = first.as_ref().and_then(|c| Some((c.get(1)?.range(), whole(c.get(1)?.as_str())?)));
            let Some(years) = years(&rationale, words_of) else { continue };
            let Some(target) = target(words_of, yearly.get(0).map_or(0, |m| m.end())) else { continue };
            if rate == 0 || years < 1.0 || (first.is_none() && years < 2.0) {
                continue;
            }
            sink.looked_at(1);
            let expected = match &first {
                Some((_, n)) => *n as f64 + rate as f64 * (years - 1.0),
                None => rate as f64 * years,
            };
            let apart = (expected - target as f64).abs() / target as f64;
            if apart <= 0.015 || (expected - target as f64).abs() <= 1.0 {
                continue;
            }
            // a surplus is room to spare; what falls short does not make up the target
            let severity = if expected > target as f64 && apart <= 0.1 { Severity::Info } else { Severity::Warning };
            let name = rationale.activity.name.as_str();
            let total = expected.round();
            let years_text = format!("{years:.1}");
            let years_text = years_text.trim_end_matches(".0");
            let mut marks = Vec::new();
            if let Some((range, n)) = &first {
                marks.push(
                    Mark::part(rationale.text, sentence.start + range.start..sentence.start + range.end, rationale.section, name)
                        .label(format!("初年度 {n}"), format!("{n} in the first year")),
                );
            }
            if let Some(range) = yearly.get(0).map(|m| m.range()) {
                marks.push(
                    Mark::part(rationale.text, sentence.start + range.start..sentence.start + range.end, rationale.section, name)
                        .label(format!("年間 {rate}"), format!("{rate} a year")),
                );
            }
            sink.report_as(
                severity,
                context,
                words(
                    format!("登録期間 {years_text} 年で見込まれるのは {total} 例で、目標の {target} 例と合いません"),
                    format!("{years_text} years of registration bring {total} patients, not the target of {target}"),
                ),
                words(
                    "年ごとの見込み、登録期間、目標症例数を確かめてください。",
                    "check the yearly numbers, the registration period and the target",
                ),
                &marks,
            );
        }
    }
}

/// Years of registration: from the plan, else as the sentence states them.
fn years(rationale: &Rationale<'_>, sentence: &str) -> Option<f64> {
    if let Some(registration) = rationale.schedule().and_then(|s| s.registration).filter(|r| !r.is_reversed()) {
        let days = (registration.until.date.last() - registration.from.date.first()).get_days() + 1;
        let years = f64::from(days) / 365.25;
        // whole but for a few weeks
        return Some(if (years - years.round()).abs() < 0.1 { years.round() } else { years });
    }
    find_periods(sentence)
        .into_iter()
        .filter(|p| p.period.unit == calendar::Unit::Years && p.period.amount > 1)
        .map(|p| f64::from(p.period.amount))
        .next()
}

/// The number that the sentence arrives at after the rates.
fn target(sentence: &str, after: usize) -> Option<u64> {
    let found = patients(&sentence[after..]);
    let (n, range) = found.into_iter().find(|(_, r)| {
        let tail = &sentence[after + r.end..];
        tail.starts_with("と")
            || tail.starts_with('(')
            || tail.starts_with("が収集")
            || tail.starts_with("を収集")
            || tail.starts_with("が集積")
            || tail.starts_with("を目標")
    })?;
    (range.end > 0 && n > 0).then_some(n)
}
