//! A concern for which nothing is done beyond routine, and no reason is given.

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::prose::{Passage, SectionKind};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN601",
    name: "concern-without-activity",
    severity: Severity::Warning,
    title: ("活動も理由もない検討事項", "a concern has neither activity nor reason"),
    why: (
        "通常の活動だけで足りるなら、その理由を示す。示さなければ書き忘れと区別できない。",
        "where routine is enough the plan says why; otherwise nobody can tell it from an omission",
    ),
    reference: notice::FORM,
    manual: include_str!("concern_without_activity.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for concern in &context.plan.concerns {
        let covering = context.index.covering.get(concern.id.as_str());
        let kinds = || covering.into_iter().flatten().filter_map(|activity| activity.kind.as_ref());
        for (section, done, ja, en) in [
            (
                SectionKind::Pharmacovigilance,
                kinds().any(|kind| kind.watches()),
                "追加の医薬品安全性監視活動",
                "additional pharmacovigilance",
            ),
            (SectionKind::Minimisation, kinds().any(|kind| kind.minimises()), "追加のリスク最小化活動", "additional risk minimisation"),
        ] {
            sink.looked_at(1);
            let reason = concern.prose.get(section).is_some_and(|passage: &Passage| !passage.is_empty());
            if done || reason || concern.prose.misspelt.contains(&section) {
                continue;
            }
            let heading = section.words().0;
            let at = concern.prose.section(section).map_or(concern.name.at, |section| section.heading);
            sink.report(Mistake::new(
                (
                    format!("「{}」には{ja}がなく、その理由もありません", concern.name.value),
                    format!("“{}” has no {en}, and no reason is given", concern.name.value),
                ),
                (
                    format!("節「# {heading}」に選択理由を書くか、活動の concerns に \"{}\" を加えてください。", concern.id),
                    format!(
                        "give the reason in the section “# {}”, or add \"{}\" to the concerns of an activity",
                        section.words().1,
                        concern.id
                    ),
                ),
                Mark::at(at),
            ));
        }
    }
    for concern in &context.plan.efficacy {
        sink.looked_at(1);
        if context.plan.activities_for_efficacy(concern).next().is_none() {
            sink.report(Mistake::new(
                (
                    format!("有効性に関する検討事項「{}」を対象とする調査・試験がありません", concern.name.value),
                    format!("no survey or study covers the efficacy concern “{}”", concern.name.value),
                ),
                (
                    format!("調査の efficacy に \"{}\" を加えてください。", concern.id),
                    format!("add \"{}\" to the efficacy of a survey", concern.id),
                ),
                Mark::at(concern.name.at),
            ));
        }
    }
}
