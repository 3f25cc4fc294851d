//! An expected number of cases that is not the percentage of the patients.

use std::ops::Range;
use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;

use crate::review::designs::{Percentage, Rationale, exact, patients, percentages, rationales};
use crate::review::periods::{self, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP503",
    name: "expected-count-wrong",
    severity: Severity::Error,
    title: ("見込まれる例数が割合と合わない", "an expected number of cases is not that of its percentage"),
    why: ("見込まれる例数は、発現割合に例数を乗じたものである。", "the expected number of cases is the percentage of the patients"),
    reference: periods::DESIGN,
    manual: include_str!("expected_count_wrong.md"),
    check,
};

static EXPECTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:期待(?:発現|症例)?(?:数|例数)は?|見込(?:み|まれる)(?:症例|発現)?(?:数|例数)は?)約?([0-9][0-9,]*(?:\.[0-9]+)?)(?:例|件)|([0-9][0-9,]*(?:\.[0-9]+)?)(?:例|件)(?:程度|前後)").ok()
});
static COLLECTED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"([0-9][0-9,]*)(?:症例|例|人|名)(?:の|を)?(?:収集|集積|登録|解析|が集積|が登録)").ok());

fn check(context: &Context<'_>, sink: &mut Sink) {
    for rationale in rationales(context) {
        let targets = rationale.targets();
        let all = rationale.text.as_str();
        for sentence in &rationale.sentences {
            let words_of = &all[sentence.clone()];
            let Some(shape) = EXPECTED.as_ref() else { return };
            let shares = percentages(words_of);
            let mut floor = 0;
            for found in shape.captures_iter(words_of) {
                let Some(whole_match) = found.get(0) else { continue };
                let Some(digits) = found.get(1).or(found.get(2)) else { continue };
                let Ok(k) = digits.as_str().replace(',', "").parse::<f64>() else { continue };
                let before = &words_of[..digits.start()];
                let from = std::mem::replace(&mut floor, whole_match.end());
                // 以降は年間110例程度, 収集例数として70例程度: no expectation of events
                if ["年間", "年間約", "初年度に", "として", "毎年", "月間", "各年", "1群"].iter().any(|w| before.ends_with(w))
                {
                    continue;
                }
                let own: Vec<&Percentage> =
                    shares.iter().filter(|p| p.event && p.range.start >= from && p.range.end <= digits.start()).collect();
                let likened = if own.is_empty() { likened(all, sentence.start, &words_of[from..digits.start()]) } else { Vec::new() };
                let candidates: Vec<(f64, Range<usize>)> = match own.last() {
                    Some(p) => {
                        vec![(exact(context, p, &words_of[p.range.end..]), sentence.start + p.range.start..sentence.start + p.range.end)]
                    }
                    None => likened.iter().map(|p| (exact(context, p, &all[p.range.end..]), p.range.clone())).collect(),
                };
                let sizes = sizes(&rationale, words_of, &targets, sentence.start, digits.start());
                if candidates.is_empty() || sizes.is_empty() {
                    continue;
                }
                sink.looked_at(1);
                let fits = candidates.iter().any(|(p, _)| sizes.iter().any(|n| near(p * *n as f64, k, digits.as_str())));
                if fits {
                    continue;
                }
                let (p, at) = &candidates[0];
                let n = sizes[0];
                let right = p * n as f64;
                let shown = format!("{right:.1}");
                let name = rationale.activity.name.as_str();
                sink.report(
                    context,
                    words(
                        format!("{n} 例の {} は {shown} 例で、{} 例ではありません", &all[at.clone()], digits.as_str()),
                        format!("{} of {n} patients is {shown}, not {}", &all[at.clone()], digits.as_str()),
                    ),
                    words(
                        format!("見込みを {} 例に直すか、割合と例数を確かめてください。", right.round()),
                        format!("write {}, or check percentage and patients", right.round()),
                    ),
                    &[
                        Mark::part(
                            rationale.text,
                            sentence.start + digits.start()..sentence.start + whole_match.end(),
                            rationale.section,
                            name,
                        )
                        .label(format!("計算では {shown}"), format!("computed {shown}")),
                        Mark::part(rationale.text, at.clone(), rationale.section, name).label(format!("{n} 例の"), format!("of {n}")),
                    ],
                );
            }
        }
    }
}

/// 国外臨床試験と同程度であった場合: the percentages that an earlier sentence gives right after those words.
fn likened(all: &str, start: usize, clause: &str) -> Vec<Percentage> {
    let Some(at) = clause.rfind("と同程度").or_else(|| clause.rfind("と同様")) else { return Vec::new() };
    let before = &clause[..at];
    let from = before.rfind(['、', '。', 'が', 'は', 'も']).map_or(0, |n| n + before[n..].chars().next().map_or(1, char::len_utf8));
    let noun = &before[from..];
    if noun.chars().count() < 4 {
        return Vec::new();
    }
    let earlier = &all[..start];
    percentages(earlier)
        .into_iter()
        .filter(|p| {
            let window = earlier[..p.range.start].rfind(noun).map(|n| &earlier[n + noun.len()..p.range.start]);
            p.event && window.is_some_and(|w| w.chars().count() <= 6 && !w.contains('倍') && !w.contains('%'))
        })
        .collect()
}

/// The numbers of patients an expectation may count in: those of the sentence, else the target and what is said before.
fn sizes(rationale: &Rationale<'_>, sentence: &str, targets: &[u64], start: usize, end: usize) -> Vec<u64> {
    let stated: Vec<u64> = COLLECTED
        .as_ref()
        .into_iter()
        .flat_map(|shape| shape.captures_iter(&sentence[..end]))
        .filter_map(|c| periods::whole(c.get(1)?.as_str()))
        .collect();
    if !stated.is_empty() {
        return stated;
    }
    let mut sizes = targets.to_vec();
    let earlier = &rationale.text.as_str()[..start];
    sizes.extend(
        patients(earlier)
            .into_iter()
            .filter(|p| earlier[p.1.end..].starts_with("とし") || earlier[p.1.end..].starts_with("と設定"))
            .map(|p| p.0),
    );
    sizes
}

/// Rounded either way, and 程度.
fn near(right: f64, stated: f64, digits: &str) -> bool {
    let room = if digits.contains('.') { 0.1 } else { 1.0 };
    (right - stated).abs() <= f64::max(room, 0.1 * right)
}
