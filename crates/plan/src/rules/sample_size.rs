//! What a design of a sample size gives when it is computed again.

use diagnostic::Severity;
use statistics::sample_size::{
    NormalVariant, Sides, exact_test, exact_test_at, expected_cases, for_mean_half_width, for_proportion_half_width, half_width_of_mean,
    half_width_of_proportion, one_proportion, one_proportion_exact_sizes, probability_to_detect, to_detect, two_proportions,
    two_proportions_corrected, two_proportions_unpooled,
};

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::source::{Place, Spanned};
use crate::tables::{DesignKind, DesignMethod, Proportion, SampleSize};

/// See the manual page.
pub static DIFFERS: Rule = Rule {
    code: "PLN501",
    name: "sample-size-differs",
    severity: Severity::Warning,
    title: ("例数が計算と合わない", "a sample size does not follow from its design"),
    why: ("条件が定まれば例数は定まる。", "the conditions determine the size"),
    reference: notice::DESIGN,
    manual: include_str!("sample_size_differs.md"),
    check: |context, sink| each(context, sink, false),
};

/// See the manual page.
pub static INCOMPLETE: Rule = Rule {
    code: "PLN502",
    name: "sample-size-incomplete",
    severity: Severity::Warning,
    title: ("例数設計の条件が足りない、又は範囲の外", "a design lacks a condition, or has one out of range"),
    why: ("条件がそろわなければ、例数を計算し直せない。", "without its conditions a size cannot be computed again"),
    reference: notice::DESIGN,
    manual: include_str!("sample_size_incomplete.md"),
    check: |context, sink| each(context, sink, true),
};

/// Above this size the exact sizes are not searched for; the exact test of the stated size is still computed.
const SEARCHED: u64 = 20_000;

/// Whole numbers up to this are exact as numbers with decimals.
const MOST_PATIENTS: f64 = 9_007_199_254_740_992.0;

fn each(context: &Context<'_>, sink: &mut Sink, incomplete: bool) {
    for design in context.plan.activities.iter().flat_map(|activity| &activity.facts.sample_size) {
        let Some(kind) = &design.kind else { continue };
        sink.looked_at(1);
        let lacking = lacking(design, kind.value);
        if incomplete {
            if !lacking.is_empty() {
                sink.report(Mistake::new(
                    (
                        format!("例数設計（{}）に要る条件が足りないか、範囲の外です：{}", kind.words().0, lacking.join("、")),
                        format!("the design ({}) lacks these, or they are out of range: {}", kind.words().1, lacking.join(", ")),
                    ),
                    (
                        "割合、確率と信頼水準は 0 より大きく 1 より小さい数（95% は 0.95）、sides は 1 か 2、件数、標準偏差と標準誤差は 0 より大きい数で、threshold と alternative は異なる値です。",
                        "proportions, probabilities and levels lie between 0 and 1 (95 % is 0.95); sides is 1 or 2; cases, deviations and errors are above 0; threshold and alternative differ",
                    ),
                    Mark::at(kind.at),
                ));
            }
        } else if lacking.is_empty() {
            differs(sink, design, kind.value);
        }
    }
}

fn inside(value: f64) -> bool {
    value > 0.0 && value < 1.0
}

/// The keys that a design of this kind needs and that are missing or out of range.
fn lacking(design: &SampleSize, kind: DesignKind) -> Vec<&'static str> {
    let proportion = |value: &Option<Proportion>| value.as_ref().and_then(Proportion::value).is_some_and(inside);
    let number = |value: &Option<Spanned<f64>>| value.as_ref().is_some_and(|number| inside(number.value));
    let sides = design.sides.as_ref().is_some_and(|sides| matches!(sides.value, 1 | 2));
    let cases = design.cases.as_ref().is_none_or(|cases| cases.value > 0);
    let level = design.level.as_ref().is_none_or(|level| inside(level.value));
    // two proportions that are the same need endless patients
    let apart = match (&design.threshold, &design.alternative) {
        (Some(one), Some(other)) => one.value() != other.value(),
        _ => true,
    };
    let needed: Vec<(&'static str, bool)> = match kind {
        DesignKind::OneProportion | DesignKind::TwoProportions => vec![
            ("threshold", proportion(&design.threshold)),
            ("alternative", proportion(&design.alternative) && apart),
            ("alpha", number(&design.alpha)),
            ("sides", sides),
            ("power", number(&design.power)),
        ],
        DesignKind::Detection => vec![("rate", proportion(&design.rate)), ("probability", number(&design.probability)), ("cases", cases)],
        DesignKind::Precision => vec![("rate", proportion(&design.rate)), ("half_width", number(&design.half_width)), ("level", level)],
        DesignKind::MeanPrecision => {
            let above = |value: &Option<Spanned<f64>>| value.as_ref().is_some_and(|number| number.value > 0.0);
            vec![("sd", above(&design.sd)), ("half_width", above(&design.half_width) || above(&design.standard_error)), ("level", level)]
        }
        DesignKind::ExpectedCount => {
            vec![("rate", proportion(&design.rate)), ("expected", design.expected.as_ref().is_some_and(|expected| expected.value > 0.0))]
        }
    };
    needed.into_iter().filter(|(_, there)| !there).map(|(key, _)| key).collect()
}

fn differs(sink: &mut Sink, design: &SampleSize, kind: DesignKind) {
    let Some(evaluable) = &design.evaluable else { return };
    if let Some(registered) = design.registered.as_ref().filter(|registered| registered.value < evaluable.value) {
        sink.report(
            Mistake::new(
                (
                    format!("登録 {} 例は評価対象 {} 例より少なくなっています", registered.value, evaluable.value),
                    format!("{} patients are registered, fewer than the {} to evaluate", registered.value, evaluable.value),
                ),
                ("どちらかの例数を直してください。", "mend one of the numbers"),
                Mark::at(registered.at),
            )
            .mark(Mark::at(evaluable.at)),
        );
    }
    let n = evaluable.value;
    let share = |value: &Option<Proportion>| value.as_ref().and_then(Proportion::value).unwrap_or(f64::NAN);
    let number = |value: &Option<Spanned<f64>>, otherwise: f64| value.as_ref().map_or(otherwise, |number| number.value);
    let rate = share(&design.rate);
    match kind {
        DesignKind::OneProportion => one(sink, design, n, evaluable.at),
        DesignKind::TwoProportions => {
            let (p0, p1) = (share(&design.threshold), share(&design.alternative));
            let (alpha, power) = (number(&design.alpha, f64::NAN), number(&design.power, f64::NAN));
            let exact = design.method.as_ref().is_some_and(|method| method.value == DesignMethod::Exact);
            let corrected = two_proportions_corrected(p0, p1, alpha, sides(design), power);
            let sizes: Vec<u64> = [
                two_proportions(p0, p1, alpha, sides(design), power),
                two_proportions_unpooled(p0, p1, alpha, sides(design), power),
                corrected,
            ]
            .into_iter()
            .flatten()
            .flat_map(|size| [size.n, size.exact.round() as u64])
            .collect();
            if let (Some(&first), Some(&least)) = (sizes.first(), sizes.iter().min())
                && !sizes.contains(&n)
            {
                match corrected {
                    // the size of Fisher's exact test is near to the corrected one
                    Some(corrected) if exact && n >= least => not_recomputed(sink, n, corrected.n, evaluable.at),
                    _ => judge(sink, n, first, evaluable.at, ("1 群あたり", " in each group")),
                }
            }
        }
        DesignKind::Detection => {
            let (probability, cases) = (number(&design.probability, f64::NAN), design.cases.as_ref().map_or(1, |cases| cases.value));
            let Some(needed) = to_detect(cases, rate, probability) else { return };
            let reached = probability_to_detect(cases, rate, n);
            // "0.95" may be what 299 patients give, rounded; and more patients than needed detect it too
            if n < needed {
                let rounded = reached >= probability - 0.005;
                wrong(sink, n, needed, evaluable.at, ("", ""), if rounded { Severity::Info } else { Severity::Warning });
            }
        }
        DesignKind::Precision => {
            let (width, level) = (number(&design.half_width, f64::NAN), number(&design.level, 0.95));
            let (Some(needed), Some(reached)) = (for_proportion_half_width(rate, width, level), half_width_of_proportion(rate, n, level))
            else {
                return;
            };
            if n < needed && reached > width * 1.01 {
                wrong(sink, n, needed, evaluable.at, ("", ""), Severity::Warning);
            }
        }
        DesignKind::MeanPrecision => {
            let (sd, level) = (number(&design.sd, f64::NAN), number(&design.level, 0.95));
            // a standard error is the half width at one standard deviation of the mean
            let by_width = design.half_width.as_ref().filter(|width| width.value > 0.0).and_then(|width| {
                Some((for_mean_half_width(sd, width.value, level)?, half_width_of_mean(sd, n, level)? > width.value * 1.01))
            });
            let by_error = design.standard_error.as_ref().filter(|error| error.value > 0.0).map(|error| {
                let needed = (sd / error.value).powi(2).ceil();
                (if needed < MOST_PATIENTS { needed as u64 } else { u64::MAX }, sd / (n as f64).sqrt() > error.value * 1.01)
            });
            for (needed, wide) in [by_width, by_error].into_iter().flatten() {
                if n < needed && wide {
                    wrong(sink, n, needed, evaluable.at, ("", ""), Severity::Warning);
                }
            }
        }
        DesignKind::ExpectedCount => {
            let (expected, stated) = (expected_cases(rate, n), number(&design.expected, f64::NAN));
            if (expected - stated).abs() > (0.1 * stated).max(0.5) {
                let at = design.expected.as_ref().map_or(evaluable.at, |expected| expected.at);
                sink.report(
                    Mistake::new(
                        (
                            format!("{n} 例で期待されるのは {expected:.1} 件で、{stated} 件ではありません"),
                            format!("{n} patients give {expected:.1} cases, not {stated}"),
                        ),
                        ("割合、例数、件数のどれかを直してください。", "mend the proportion, the size or the number of cases"),
                        Mark::at(at),
                    )
                    .mark(Mark::at(evaluable.at)),
                );
            }
        }
    }
}

fn sides(design: &SampleSize) -> Sides {
    if design.sides.as_ref().is_some_and(|sides| sides.value == 2) { Sides::Two } else { Sides::One }
}

/// A size that is not the computed one: one that is somewhat above it was rounded up, one far above may have another reason.
fn judge(sink: &mut Sink, n: u64, needed: u64, at: Place, each: (&str, &str)) {
    if n < needed {
        wrong(sink, n, needed, at, each, Severity::Warning);
    } else if n > needed.saturating_add(needed / 20).saturating_add(1) {
        wrong(sink, n, needed, at, each, Severity::Info);
    }
}

fn not_recomputed(sink: &mut Sink, n: u64, corrected: u64, at: Place) {
    let mistake = Mistake::new(
        (
            format!("正確な検定による 1 群 {n} 例は計算し直していません。連続性の補正をした正規近似では {corrected} 例です"),
            format!(
                "{n} patients in each group by an exact test are not recomputed; the normal approximation with continuity correction gives {corrected}"
            ),
        ),
        (
            "大きく違うときは、用いた検定とソフトウェアの出力を確かめてください。",
            "where they are far apart, check the test and what the software gave",
        ),
        Mark::at(at).label(format!("連続性の補正では {corrected} 例"), format!("with continuity correction {corrected}")),
    );
    sink.report(mistake.severity(Severity::Info));
}

fn wrong(sink: &mut Sink, n: u64, needed: u64, at: Place, each: (&str, &str), severity: Severity) {
    let mistake = Mistake::new(
        (
            format!("計算上の必要例数は{} {needed} 例で、{n} 例と一致しません", each.0),
            format!("the conditions need {needed} patients{}, not {n}", each.1),
        ),
        (
            "条件と方法を確かめ、例数か条件を直してください。余裕を見込んだ例数なら、その理由を本文に示してください。",
            "check the conditions and the method; if the size allows for more, say why in the prose",
        ),
        Mark::at(at).label(format!("計算では {needed} 例"), format!("computed {needed}")),
    );
    sink.report(mistake.severity(severity));
}

fn percent(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}

/// A test of one proportion: right by its method, or wrong; and what the binomial distribution says of it.
fn one(sink: &mut Sink, design: &SampleSize, n: u64, at: Place) {
    let value = |value: &Option<Proportion>| value.as_ref().and_then(Proportion::value);
    let (Some(p0), Some(p1)) = (value(&design.threshold), value(&design.alternative)) else { return };
    let (Some(alpha), Some(power)) = (&design.alpha, &design.power) else { return };
    let (alpha, power, sides) = (alpha.value, power.value, sides(design));
    let usual = one_proportion(p0, p1, alpha, sides, power, NormalVariant::NullAndAlternative).map(|size| size.n);
    let by_normal = || {
        let sizes = NormalVariant::ALL.into_iter().filter_map(|variant| one_proportion(p0, p1, alpha, sides, power, variant));
        sizes.into_iter().any(|size| size.n == n || size.exact.round() as u64 == n)
    };
    let exact_sizes = if usual.is_some_and(|n| n <= SEARCHED) { one_proportion_exact_sizes(p0, p1, alpha, sides, power) } else { None };
    let by_exact = exact_sizes.is_some_and(|sizes| sizes.first == n || sizes.always == n);
    let (right, needed) = match design.method.as_ref().map(|method| method.value) {
        Some(DesignMethod::Normal) => (by_normal(), usual),
        Some(DesignMethod::Exact) => (exact_sizes.is_none() || by_exact, exact_sizes.map(|sizes| sizes.first)),
        None => (by_normal() || by_exact, usual),
    };
    if !right {
        if let Some(needed) = needed {
            judge(sink, n, needed, at, ("", ""));
        }
        return;
    }
    let Some(exact) = exact_test(n, p0, p1, alpha, sides).filter(|exact| exact.power < power - 0.005) else { return };
    let looser = if p1 > p0 { exact.critical.checked_sub(1) } else { exact.critical.checked_add(1) };
    let next = looser.and_then(|critical| exact_test_at(n, critical, p0, p1)).map_or((String::new(), String::new()), |looser| {
        (
            format!("棄却域を {} 例からとすると検出力 {}%、誤り {}% です。", looser.critical, percent(looser.power), percent(looser.error)),
            format!("; rejecting from {} cases gives {} % at {} % error", looser.critical, percent(looser.power), percent(looser.error)),
        )
    });
    sink.report(
        Mistake::new(
            (
                format!(
                    "{n} 例は正規近似による例数です。二項分布では、{} 例から棄却して検出力 {}%、第一種の過誤 {}% です",
                    exact.critical,
                    percent(exact.power),
                    percent(exact.error)
                ),
                format!(
                    "{n} patients follow from the normal approximation; exactly, rejecting from {} cases gives {} % power at {} % error",
                    exact.critical,
                    percent(exact.power),
                    percent(exact.error)
                ),
            ),
            (
                format!("近似によることを本文に示すとよいでしょう。{}", next.0),
                format!("say in the prose that it is an approximation{}", next.1),
            ),
            Mark::at(at).label("正規近似では合う", "right by the normal approximation"),
        )
        .severity(Severity::Info),
    );
}
