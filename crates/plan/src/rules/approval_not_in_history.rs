//! An approval, or a lifted condition, that the history does not tell.

use diagnostic::Severity;

use calendar::Date;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::source::Spanned;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN702",
    name: "approval-not-in-history",
    severity: Severity::Warning,
    title: ("承認又は条件の解除の日が経緯にない", "the day of an approval or of a lifted condition is not in the history"),
    why: ("効能の承認は、備考の経緯にも記される。", "the approval of an indication is also told by the history"),
    reference: notice::FORM,
    manual: include_str!("approval_not_in_history.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let facts = &context.plan.facts;
    // without any history nothing can be missing from it
    if facts.event.is_empty() {
        return;
    }
    let approved = facts.indication.iter().filter_map(|indication| indication.approved.as_ref()).chain(facts.product.approved.as_ref());
    approved.for_each(|day| judge(context, sink, day, ("承認", "approval")));
    facts
        .condition
        .iter()
        .filter_map(|condition| condition.lifted.as_ref())
        .for_each(|day| judge(context, sink, day, ("承認条件の解除", "lifted condition")));
}

fn judge(context: &Context<'_>, sink: &mut Sink, day: &Spanned<Date>, what: (&str, &str)) {
    sink.looked_at(1);
    if context.plan.facts.event.iter().any(|event| event.date.as_ref().is_some_and(|date| date.value == day.value)) {
        return;
    }
    sink.report(Mistake::new(
        (
            format!("{} の{}が経緯にありません", notice::ja(day.value), what.0),
            format!("the history does not tell the {} of {}", what.1, day.value),
        ),
        ("[[event]] に書き足すか、日付を直してください。", "add it as [[event]], or mend the date"),
        Mark::at(day.at),
    ));
}
