//! A denominator that is not the size of what was counted.

use diagnostic::Severity;

use super::{Context, Rule, Sink, cited::observed, notice};
use crate::figure::{Counts, FigureKind, Resolved, cite, split};
use crate::mistake::{Mark, Mistake};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN301",
    name: "denominator-disagrees",
    severity: Severity::Error,
    title: ("分母が試験の例数と合わない", "a denominator is not a size of its study"),
    why: (
        "分母は試験、群、時期の例数か、併合した例数の合計である。",
        "a denominator is the size of a study, an arm or a phase, or the sum of those pooled",
    ),
    reference: notice::FORM,
    manual: include_str!("denominator_disagrees.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let studies = &context.plan.studies;
    for figure in context.plan.passages().flat_map(|passage| &passage.figures) {
        let Ok(FigureKind::Counts(counts)) = &figure.kind else { continue };
        if counts.sources.is_empty() {
            continue;
        }
        sink.looked_at(1);
        let sizes: Option<Vec<u64>> = counts.sources.iter().map(|source| source.size(context.plan).ok()).collect();
        let Some(sum) = sizes.map(|sizes| sizes.iter().fold(0_u64, |sum, size| sum.saturating_add(*size))) else { continue };
        if sum != counts.n {
            report(context, sink, counts, sum);
        }
    }
    for observed in observed(context.plan) {
        let (Some(study), Some((_, n))) = (&observed.study, observed.counts()) else { continue };
        sink.looked_at(1);
        let (name, part) = split(&study.value);
        let Ok(size) = studies.size(name, part) else { continue };
        if size != n {
            sink.report(
                Mistake::new(
                    (
                        format!("分母 {n} は「{}」の例数 {size} ではありません", study.value),
                        format!("the denominator {n} is not the size of “{}”, {size}", study.value),
                    ),
                    ("例数か試験を確かめてください。", "check the counts and the study"),
                    Mark::at(observed.count.at),
                )
                .mark(Mark::at(study.at).label(format!("{size} 例"), format!("{size} patients"))),
            );
        }
    }
}

fn report(context: &Context<'_>, sink: &mut Sink, counts: &Counts, sum: u64) {
    let n = counts.n;
    let [source] = counts.sources.as_slice() else {
        sink.report(Mistake::new(
            (
                format!("分母 {n} は併合した例数の合計 {sum} ではありません"),
                format!("the denominator {n} is not the sum of what is pooled, {sum}"),
            ),
            ("分母か、併せる試験を確かめてください。", "check the denominator and the studies pooled"),
            Mark::at(counts.counts_at),
        ));
        return;
    };
    let sizes = match context.plan.studies.find(&source.study) {
        Some(Resolved::Study(study)) => study.sizes(),
        _ => Vec::new(),
    };
    let shown = |part: &str, whole: &str| if part.is_empty() { whole.to_owned() } else { part.to_owned() };
    let known_ja: Vec<String> = sizes.iter().map(|sized| format!("{} {} 例", shown(&sized.part, "全体"), sized.size)).collect();
    let known_en: Vec<String> = sizes.iter().map(|sized| format!("{} {}", shown(&sized.part, "whole"), sized.size)).collect();
    let fitting: Vec<_> = sizes.iter().filter(|sized| sized.size == n).collect();
    let mistake = Mistake::new(
        (
            format!("分母 {n} は「{source}」の例数 {sum} ではありません"),
            format!("the denominator {n} is not the size of “{source}”, {sum}"),
        ),
        (format!("分かっている例数：{}", known_ja.join("、")), format!("sizes known: {}", known_en.join(", "))),
        Mark::at(counts.counts_at),
    );
    let at = source.part.as_ref().map_or(source.study.at, |part| crate::source::Place { start: source.study.at.start, ..part.at });
    sink.report(match fitting.as_slice() {
        // only where no part was named is naming the one that fits no change of what is said
        [only] if source.part.is_none() => mistake.fix(at, cite(&source.study, Some(&only.part))),
        _ => mistake,
    });
}
