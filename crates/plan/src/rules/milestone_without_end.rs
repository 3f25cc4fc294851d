//! A survey without a milestone at its end, and a milestone by which nothing can be judged.

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::model::{Activity, Status};
use crate::prose::SectionKind;
use crate::tables::{AnchorEvent, When};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN604",
    name: "milestone-without-end",
    severity: Severity::Warning,
    title: ("終わりの節目、又は判断の基準がない", "no milestone at the end, or none by which to judge"),
    why: (
        "節目は、そこで何を判断するかが示されて初めて意味を持つ。調査は終わりに評価される。",
        "a milestone means something once it says what is judged there; a survey is judged at its end",
    ),
    reference: notice::FORM,
    manual: include_str!("milestone_without_end.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for activity in &context.plan.activities {
        if context.plan.status(activity, context.as_of) == Status::Finished {
            continue;
        }
        if activity.kind.as_ref().is_some_and(|kind| kind.is_study()) {
            sink.looked_at(1);
            if !activity.milestone.iter().any(|milestone| milestone.when.as_ref().is_some_and(|when| is_end(context, activity, when))) {
                sink.report(Mistake::new(
                    (
                        format!("「{}」には、終わりの節目がありません", activity.name.value),
                        format!("“{}” has no milestone at its end", activity.name.value),
                    ),
                    (
                        "[[milestone]] when = { on = \"end\" } を加え、最終の評価を示してください。",
                        "add [[milestone]] when = { on = \"end\" } with the final evaluation",
                    ),
                    Mark::at(activity.name.at),
                ));
            }
        }
        // the basis may stand with the milestone, or in the prose for all of them
        let told = [SectionKind::Milestones, SectionKind::Measures];
        let told = told.into_iter().any(|kind| activity.prose.get(kind).is_some_and(|passage| !passage.is_empty()));
        for milestone in &activity.milestone {
            sink.looked_at(1);
            if !told && milestone.criteria.as_ref().is_none_or(|criteria| criteria.trim().is_empty()) {
                sink.report(Mistake::new(
                    (
                        format!("節目「{}」で何を判断するかが示されていません", milestone.text.value),
                        format!("nothing says what is judged at the milestone “{}”", milestone.text.value),
                    ),
                    (
                        "criteria を書くか、節「# 節目」に根拠を書いてください。",
                        "write criteria, or the basis in the section “# milestones”",
                    ),
                    Mark::at(milestone.text.at),
                ));
            }
        }
    }
}

fn is_end(context: &Context<'_>, activity: &Activity, when: &When) -> bool {
    match when {
        When::PeriodicReport(_) => false,
        When::Event(anchor) => anchor.on.as_ref().is_some_and(|on| on.value == AnchorEvent::End),
        When::Date(date) => context.plan.end_of(activity).is_some_and(|end| date.value.last() >= end),
    }
}
