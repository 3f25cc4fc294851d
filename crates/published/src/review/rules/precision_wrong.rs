//! The width of a confidence interval and the size disagree.

use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;
use statistics::interval::{clopper_pearson, wilson};
use statistics::sample_size::{for_proportion_half_width, half_width_of_proportion};

use crate::review::designs::{Percentage, Rationale, patients, percent, percentages, rationales};
use crate::review::periods::{self, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP504",
    name: "precision-wrong",
    severity: Severity::Warning,
    title: ("信頼区間の幅と例数が合わない", "the width of an interval and the size disagree"),
    why: ("割合と例数が定まれば、95%信頼区間の幅は定まる。", "proportion and size determine the width of the interval"),
    reference: periods::BINOMIAL,
    manual: include_str!("precision_wrong.md"),
    check,
};

/// 95%信頼区間の幅が±5%, 95%信頼区間の幅を10%
static WIDTH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(90|95|99)%信頼区間の(片側の?幅|半値?幅|全幅|両側幅|幅|精度)[^0-9%±。]{0,6}(±)?([0-9]+(?:\.[0-9]+)?)%").ok()
});

/// 95%信頼区間は4%±3.1%
static ABOUT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(90|95|99)%信頼区間[^0-9%±。]{0,16}([0-9]+(?:\.[0-9]+)?)%±([0-9]+)(?:\.([0-9]+))?%").ok());

/// An interval written as its estimate and a half width.
fn about(context: &Context<'_>, sink: &mut Sink, rationale: &Rationale<'_>, sentence: &Range<usize>) {
    let words_of = &rationale.text.as_str()[sentence.clone()];
    let Some(found) = ABOUT.as_ref().and_then(|w| w.captures(words_of)) else { return };
    let (Some(all), Some(share), Some(whole)) = (found.get(0), found.get(2), found.get(3)) else { return };
    let decimals = found.get(4).map_or("", |m| m.as_str());
    let (Ok(level), Ok(share), Ok(printed)) =
        (found[1].parse::<f64>(), share.as_str().parse::<f64>(), format!("{}.{decimals}0", whole.as_str()).parse::<f64>())
    else {
        return;
    };
    let (level, share) = (level / 100.0, share / 100.0);
    let numbers = patients(words_of);
    let [(n, at)] = numbers.as_slice() else { return };
    sink.looked_at(1);
    let cases = (share * *n as f64).round() as u64;
    let halves = [
        half_width_of_proportion(share, *n, level),
        wilson(cases, *n, level).map(|i| (i.upper - i.lower) / 2.0),
        clopper_pearson(cases, *n, level).map(|i| (i.upper - i.lower) / 2.0),
    ];
    let unit = 0.1_f64.powi(i32::try_from(decimals.len()).unwrap_or(0));
    if halves.iter().flatten().any(|half| (half * 100.0 - printed).abs() <= unit) {
        return;
    }
    let Some(right) = halves[0] else { return };
    let name = rationale.activity.name.as_str();
    sink.report(
        context,
        words(
            format!("{n} 例で割合 {}% のとき、半幅は {}% であり、±{printed}% ではありません", percent(share), percent(right)),
            format!("with {n} patients and {} %, the half width is {} %, not {printed} %", percent(share), percent(right)),
        ),
        words("割合、例数、半幅のどれが違うかを確かめてください。", "check the proportion, the size and the half width"),
        &[
            Mark::part(rationale.text, sentence.start + all.start()..sentence.start + all.end(), rationale.section, name)
                .label(format!("計算では ±{}%", percent(right)), format!("computed ±{} %", percent(right))),
            Mark::part(rationale.text, sentence.start + at.start..sentence.start + at.end, rationale.section, name).label("例数", "size"),
        ],
    );
}

/// The sizes that a half width may be said to need: for any proportion that rounds to the printed one, give or take a hundredth.
fn sizes_needed(p: &Percentage, half: f64, level: f64) -> Option<RangeInclusive<u64>> {
    let unit = p.printed.split_once('.').map_or(0.0, |(_, decimals)| 0.5 * 0.1_f64.powi(i32::try_from(decimals.len()).unwrap_or(0)));
    let size = |share: f64| for_proportion_half_width(share, half, level);
    let (one, other) = (size((p.share - unit / 100.0).max(0.0001))?, size((p.share + unit / 100.0).min(0.9999))?);
    let (least, most) = (one.min(other), one.max(other));
    Some(least - least / 100 - 1..=most + most / 100 + 1)
}

/// So many bytes stand at most between a proportion and the words on its interval: )は95%信頼区間.
const BESIDE: usize = 12;

fn check(context: &Context<'_>, sink: &mut Sink) {
    for rationale in rationales(context) {
        for sentence in &rationale.sentences {
            about(context, sink, &rationale, sentence);
            let words_of = &rationale.text.as_str()[sentence.clone()];
            let Some(found) = WIDTH.as_ref().and_then(|w| w.captures(words_of)) else { continue };
            let (Some(all), Some(level), Some(kind), Some(width)) = (found.get(0), found.get(1), found.get(2), found.get(4)) else {
                continue;
            };
            // half a unit of the last printed digit
            let decimals = width.as_str().split_once('.').map_or(0, |(_, decimals)| decimals.len());
            let rounding = 0.005 * 0.1_f64.powi(i32::try_from(decimals).unwrap_or(0)) * 1.001;
            let (Ok(level), Ok(width)) = (level.as_str().parse::<f64>(), width.as_str().parse::<f64>()) else { continue };
            let (level, width) = (level / 100.0, width / 100.0);
            // ±5% and 半幅 are half widths; 全幅 is a whole one; a bare 幅 may be either
            let halves: Vec<f64> = match (found.get(3).is_some(), kind.as_str()) {
                (true, _) | (_, "片側幅" | "片側の幅" | "半幅" | "半値幅") => vec![width],
                (_, "全幅" | "両側幅") => vec![width / 2.0],
                _ => vec![width, width / 2.0],
            };
            let shares: Vec<_> = percentages(words_of)
                .into_iter()
                .filter(|p| p.event && (p.range.end <= all.start() || p.range.start >= all.end()))
                .collect();
            // of several proportions the one right before the words
            let beside = shares.iter().rfind(|p| p.range.end <= all.start() && all.start() - p.range.end <= BESIDE);
            let Some(p) = beside.or(match shares.as_slice() {
                [only] => Some(only),
                _ => None,
            }) else {
                continue;
            };
            let numbers = patients(words_of);
            // 241例が必要であり、250例とした: the size that the width needs is the first
            let needed: Vec<_> = numbers.iter().filter(|(_, at)| words_of[at.end..].starts_with("が必要")).collect();
            let ((n, at), needed) = match (numbers.as_slice(), needed.as_slice()) {
                (_, [only]) => (*only, true),
                ([only], _) => (only, false),
                _ => continue,
            };
            sink.looked_at(1);
            let cases = (p.share * *n as f64).round() as u64;
            let widths = [
                half_width_of_proportion(p.share, *n, level),
                wilson(cases, *n, level).map(|i| (i.upper - i.lower) / 2.0),
                clopper_pearson(cases, *n, level).map(|i| (i.upper - i.lower) / 2.0),
            ];
            // enough for the width, and not more than a fifth above the size that the width needs
            let fits = |half: f64| widths.iter().flatten().any(|w| (*w <= half * 1.03 && *w >= half * 0.9) || (w - half).abs() <= rounding);
            // what is needed is computed, not rounded up; the percentage it is computed from may be rounded
            let close = |half: f64| !needed || sizes_needed(p, half, level).is_none_or(|sizes| sizes.contains(n));
            if halves.iter().any(|h| fits(*h) && close(*h)) {
                continue;
            }
            let Some(right) = for_proportion_half_width(p.share, halves[0], level) else { continue };
            let reached = widths[0].unwrap_or(0.0);
            let name = rationale.activity.name.as_str();
            let too_wide = halves.iter().all(|h| reached > *h);
            sink.report_as(
                if too_wide || needed { Severity::Warning } else { Severity::Info },
                context,
                words(
                    format!("{n} 例では半幅は {}% です。半幅 {}% には {right} 例が必要です", percent(reached), percent(halves[0])),
                    format!("{n} patients give a half width of {} %; {} % needs {right}", percent(reached), percent(halves[0])),
                ),
                words("幅（全幅か半幅か）、割合、例数を確かめてください。", "check the width (whole or half), the proportion and the size"),
                &[
                    Mark::part(rationale.text, sentence.start + at.start..sentence.start + at.end, rationale.section, name)
                        .label(format!("計算では {right} 例"), format!("computed {right}")),
                    Mark::part(rationale.text, sentence.start + all.start()..sentence.start + all.end(), rationale.section, name)
                        .label("幅", "width"),
                ],
            );
        }
    }
}
