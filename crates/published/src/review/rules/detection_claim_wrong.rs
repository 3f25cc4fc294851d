//! A size that does not give the probability of detection it is said to give.

use diagnostic::Severity;
use statistics::sample_size::{probability_to_detect, to_detect};

use super::detection_size_wrong::claims;
use crate::review::designs::{percent, rationales};
use crate::review::periods::{self, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP506",
    name: "detection-claim-wrong",
    severity: Severity::Error,
    title: ("例数から得られる検出確率が述べられた確率に届かない", "the size does not give the probability of detection it is said to give"),
    why: (
        "N 例で頻度 p の事象を 1 例以上検出する確率は 1−(1−p)^N である。",
        "N patients show an event of frequency p with probability 1 − (1 − p)^N",
    ),
    reference: periods::BINOMIAL,
    manual: include_str!("detection_claim_wrong.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for rationale in rationales(context) {
        for sentence in &rationale.sentences {
            let words_of = &rationale.text.as_str()[sentence.clone()];
            for claim in claims(context, words_of).iter().filter(|c| c.given) {
                let reached = probability_to_detect(claim.cases, claim.p, claim.n);
                let Some(right) = to_detect(claim.cases, claim.p, claim.probability) else { continue };
                sink.looked_at(1);
                let at = |r: &std::ops::Range<usize>| sentence.start + r.start..sentence.start + r.end;
                let name = rationale.activity.name.as_str();
                let marks = [
                    Mark::part(rationale.text, at(&claim.n_at), rationale.section, name)
                        .label(format!("確率 {}%", percent(reached)), format!("{} %", percent(reached))),
                    Mark::part(rationale.text, at(&claim.p_at), rationale.section, name).label("頻度", "frequency"),
                    Mark::part(rationale.text, at(&claim.probability_at), rationale.section, name).label("述べられた確率", "as stated"),
                ];
                if claim.n + 1 < right {
                    sink.report(
                        context,
                        words(
                            format!(
                                "{} 例での確率は {}% で、{}% に届きません（{right} 例が必要）",
                                claim.n,
                                percent(reached),
                                percent(claim.probability)
                            ),
                            format!(
                                "{} patients give {} %, not {} % (which needs {right})",
                                claim.n,
                                percent(reached),
                                percent(claim.probability)
                            ),
                        ),
                        words("例数、頻度、確率のいずれかを直してください。", "mend the size, the frequency or the probability"),
                        &marks,
                    );
                } else if reached - claim.probability >= 0.03 && claim.probability < 0.99 {
                    sink.report_as(
                        Severity::Info,
                        context,
                        words(
                            format!("{} 例での確率は {}% です（記載は {}%）", claim.n, percent(reached), percent(claim.probability)),
                            format!("{} patients give {} % (stated: {} %)", claim.n, percent(reached), percent(claim.probability)),
                        ),
                        words("記載は控えめで、誤りではありません。", "the statement is cautious, not wrong"),
                        &marks,
                    );
                }
            }
        }
    }
}
