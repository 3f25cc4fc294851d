//! A size for the detection of an event that does not reproduce.

use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;
use statistics::sample_size::{probability_to_detect, to_detect};

use crate::review::designs::{exact, patients, percent, percentages, rationales};
use crate::review::periods::{self, whole, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP501",
    name: "detection-size-wrong",
    severity: Severity::Error,
    title: ("検出確率からの例数が計算と合わない", "a size for detection does not reproduce"),
    why: (
        "「頻度 p の事象を確率 c で 1 例以上検出する」例数は、1−(1−p)^n が c 以上となる最小の n である。",
        "the size to see an event of frequency p at least once with probability c is the least n with 1 − (1 − p)^n at least c",
    ),
    reference: periods::BINOMIAL,
    manual: include_str!("detection_size_wrong.md"),
    check,
};

/// 95%の確率で少なくとも1例以上
static CLAIM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"([0-9]+(?:\.[0-9]+)?)%(?:以上)?の(?:確率|検出確率|信頼度|信頼水準|可能性|検出力)で、?(?:少なくとも|最低でも|最低)?([0-9]+)(?:例|件|人)").ok()
});

/// A size for detection as a sentence states it.
pub struct Claim {
    /// Frequency of the event.
    pub p: f64,
    /// Probability of seeing it.
    pub probability: f64,
    /// So many cases at least.
    pub cases: u64,
    /// The number of patients.
    pub n: u64,
    /// Where the number stands, in the sentence.
    pub n_at: std::ops::Range<usize>,
    /// Where the frequency stands.
    pub p_at: std::ops::Range<usize>,
    /// Where the probability stands.
    pub probability_at: std::ops::Range<usize>,
    /// True where the number comes first: N例を収集することで…検出できる.
    pub given: bool,
    /// True where the number is said to be needed, not only to be enough.
    pub needed: bool,
}

impl Claim {
    /// From the frequency to the probability, whichever comes first.
    fn conditions(&self) -> std::ops::Range<usize> {
        self.p_at.start.min(self.probability_at.start)..self.p_at.end.max(self.probability_at.end)
    }
}

/// The claims of a sentence.
#[must_use]
pub fn claims(context: &Context<'_>, sentence: &str) -> Vec<Claim> {
    let Some(shape) = CLAIM.as_ref() else { return Vec::new() };
    let all = percentages(sentence);
    let numbers = patients(sentence);
    let found: Vec<_> = shape.captures_iter(sentence).collect();
    let mut claims = Vec::new();
    for (index, c) in found.iter().enumerate() {
        let (Some(whole_match), Some(probability), Some(cases)) = (c.get(0), c.get(1), c.get(2)) else { continue };
        let (Ok(probability_value), Some(cases_value)) = (probability.as_str().parse::<f64>(), whole(cases.as_str())) else { continue };
        let floor = if index == 0 { 0 } else { found[index - 1].get(0).map_or(0, |m| m.end()) };
        let ceiling = found.get(index + 1).and_then(|m| m.get(0)).map_or(sentence.len(), |m| m.start());
        let before = all.iter().rfind(|p| p.event && p.range.end <= whole_match.start() && p.range.start >= floor);
        let after = all.iter().find(|p| p.event && p.range.start >= whole_match.end() && p.range.end <= ceiling);
        let Some(p) = before.or(after) else { continue };
        if sentence[p.range.end..].starts_with("以上") && sentence[p.range.start..].contains("以上の患者") {
            continue;
        }
        let first = p.range.start.min(whole_match.start());
        let given = numbers.iter().rfind(|n| {
            n.1.end <= first
                && n.1.start >= floor
                && [
                    "あれば",
                    "を集めれば",
                    "集めれば",
                    "を集めると",
                    "を集積すれば",
                    "を登録すれば",
                    "を確保すれば",
                    "を収集すれば",
                    "を収集",
                    "を集積",
                    "の収集",
                    "の集積",
                    "を登録",
                    "で",
                    "により",
                    "を対象",
                    "の症例",
                    "では",
                    "を確保",
                    "を解析",
                    "の解析",
                    "が集",
                ]
                .iter()
                .any(|w| sentence[n.1.end..].starts_with(w))
        });
        let next = numbers.iter().find(|n| n.1.start >= whole_match.end() && n.1.end <= ceiling);
        let (number, is_given) = match (given, next) {
            (Some(g), _) => (g, true),
            (None, Some(n)) => (n, false),
            _ => continue,
        };
        let between = if is_given { "" } else { &sentence[whole_match.end()..number.1.start] };
        let tail = &sentence[number.1.end..];
        let needed = !is_given
            && (between.contains("必要")
                || between.contains("例数")
                || tail.starts_with("が必要")
                || tail.starts_with("を必要")
                || tail.starts_with("必要"));
        claims.push(Claim {
            p: exact(context, p, &sentence[p.range.end..]),
            probability: probability_value / 100.0,
            cases: cases_value,
            n: number.0,
            n_at: number.1.clone(),
            p_at: p.range.clone(),
            probability_at: probability.start()..whole_match.end(),
            given: is_given,
            needed,
        });
    }
    claims
}

fn check(context: &Context<'_>, sink: &mut Sink) {
    for rationale in rationales(context) {
        for sentence in &rationale.sentences {
            let words_of = &rationale.text.as_str()[sentence.clone()];
            for claim in claims(context, words_of).iter().filter(|c| !c.given) {
                let Some(right) = to_detect(claim.cases, claim.p, claim.probability) else { continue };
                sink.looked_at(1);
                // −ln(1−c)/p, the Poisson form, and 3/p are in use too
                let poisson = (-(1.0 - claim.probability).ln() / claim.p).ceil() as u64;
                let too_few = claim.n + 1 < right;
                let too_many = claim.needed
                    && claim.n > right + 5
                    && claim.n > poisson + 1
                    && (claim.n as f64) > 1.05 * right as f64
                    && !rounds_up(right, claim.n);
                if !too_few && !too_many {
                    continue;
                }
                let at = |r: &std::ops::Range<usize>| sentence.start + r.start..sentence.start + r.end;
                let name = rationale.activity.name.as_str();
                let reached = percent(probability_to_detect(claim.cases, claim.p, claim.n));
                sink.report_as(
                    if too_few { Severity::Error } else { Severity::Warning },
                    context,
                    words(
                        format!("必要な例数は {right} 例であり、{} 例ではありません（{} 例での確率は {reached}%）", claim.n, claim.n),
                        format!("{right} patients are needed, not {} (which give {reached} %)", claim.n),
                    ),
                    words(
                        format!("例数を {right} 例に直すか、頻度と確率を確かめてください。"),
                        format!("write {right}, or check frequency and probability"),
                    ),
                    &[
                        Mark::part(rationale.text, at(&claim.n_at), rationale.section, name)
                            .label(format!("計算では {right} 例"), format!("computed {right}")),
                        Mark::part(rationale.text, at(&claim.conditions()), rationale.section, name)
                            .label("頻度と確率", "frequency and probability"),
                    ],
                );
            }
        }
    }
}

/// True where `n` is `needed` rounded up to tens, fifties, hundreds or thousands.
fn rounds_up(needed: u64, n: u64) -> bool {
    [10, 50, 100, 500, 1000].into_iter().any(|step| n == needed.div_ceil(step) * step && step * 4 <= n.max(1) * 2)
        && (n as f64) <= 1.15 * needed as f64
}
