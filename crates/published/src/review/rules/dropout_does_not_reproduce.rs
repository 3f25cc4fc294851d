//! The size with those who drop out does not follow from the size without.

use std::ops::Range;
use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;

use crate::review::designs::{patients, rationales};
use crate::review::periods::{self, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP508",
    name: "dropout-does-not-reproduce",
    severity: Severity::Warning,
    title: ("脱落を見込んだ例数が計算と合わない", "the size with dropouts does not reproduce"),
    why: (
        "必要な例数 n と脱落割合 d から、登録する例数は n/(1−d)（又は n(1+d)）である。",
        "of n needed and a share d that drops out, n / (1 − d) are to be registered, or n (1 + d)",
    ),
    reference: periods::DESIGN,
    manual: include_str!("dropout_does_not_reproduce.md"),
    check,
};

/// 脱落率を10%と見込み, 1割が除かれると, 10%の脱落
static SHARE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?:脱落|除外|不適格|追跡不能|中止例)[^0-9。]{0,10}?([0-9]+(?:\.[0-9]+)?)(%|割)|([0-9]+(?:\.[0-9]+)?)(%|割)(?:程度)?(?:の|が|は)?[^0-9。、]{0,8}?(?:脱落|除外|除か|不適格|追跡不能|解析から外)",
    )
    .ok()
});

fn check(context: &Context<'_>, sink: &mut Sink) {
    for rationale in rationales(context) {
        let all = rationale.text.as_str();
        let numbers = patients(all);
        for sentence in &rationale.sentences {
            let Some((share, at)) = share(all, sentence) else { continue };
            // needed before the share, in this sentence or the one before it
            let needed = numbers.iter().rfind(|(_, r)| {
                r.end <= at.start && ["が必要", "必要", "を要"].iter().any(|w| all[r.end..].starts_with(w)) && adjoins(all, r.end, at.start)
            });
            let registered = numbers.iter().find(|(_, r)| r.start >= at.end && r.end <= sentence.end);
            let (Some((needed, needed_at)), Some((registered, registered_at))) = (needed, registered) else { continue };
            sink.looked_at(1);
            #[expect(clippy::cast_precision_loss, reason = "counts of patients are far below 2^52")]
            let (n, stated) = (*needed as f64, *registered as f64);
            let (quotient, product) = (n / (1.0 - share), n * (1.0 + share));
            let exact = ["となり", "となる", "が必要"].iter().any(|w| all[registered_at.end..].starts_with(w));
            // what is set is rounded up, what a computation gives is not
            let most = if exact { quotient * 1.01 + 1.0 } else { quotient * 1.25 + 10.0 };
            if stated >= product.floor() - 1.0 && stated <= most {
                continue;
            }
            let name = rationale.activity.name.as_str();
            let right = quotient.ceil();
            let mark = |range: &Range<usize>| Mark::part(rationale.text, range.clone(), rationale.section, name);
            sink.report(
                context,
                words(
                    format!("{needed} 例に脱落 {:.0}% を見込むと {right} 例であり、{registered} 例ではありません", share * 100.0),
                    format!("{needed} needed and {:.0} % dropping out make {right}, not {registered}", share * 100.0),
                ),
                words("必要な例数、脱落割合、登録する例数を確かめてください。", "check the size needed, the share and the size registered"),
                &[
                    mark(registered_at).label(format!("計算では {right}"), format!("computed {right}")),
                    mark(needed_at).label("必要な例数", "needed"),
                    mark(&at).label("脱落割合", "dropping out"),
                ],
            );
        }
    }
}

/// The share that drops out, and where it stands.
fn share(all: &str, sentence: &Range<usize>) -> Option<(f64, Range<usize>)> {
    let found = SHARE.as_ref()?.captures(&all[sentence.clone()])?;
    let (digits, unit) = (found.get(1).or(found.get(3))?, found.get(2).or(found.get(4))?);
    let share = digits.as_str().parse::<f64>().ok()? / if unit.as_str() == "割" { 10.0 } else { 100.0 };
    (share > 0.0 && share < 0.9).then(|| (share, sentence.start + digits.start()..sentence.start + unit.end()))
}

/// True where at most one sentence ends between the two places.
fn adjoins(all: &str, from: usize, to: usize) -> bool {
    all[from..to].matches('。').count() <= 1
}
