//! An all-case condition without a survey, or a survey without the condition.

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::id::IndicationId;
use crate::mistake::{Mark, Mistake};
use crate::model::{Activity, Status};
use crate::source::Spanned;
use crate::tables::{Condition, Method};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN607",
    name: "all-case-unmatched",
    severity: Severity::Warning,
    title: ("全例調査の条件と調査が対応しない", "all-case condition and survey do not match"),
    why: (
        "承認条件の全例調査と、その対象の調査は対になる。",
        "a condition of all-case surveillance and the survey that meets it belong together",
    ),
    reference: notice::FORM,
    manual: include_str!("all_case_unmatched.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let plan = context.plan;
    let asked = |condition: &&Condition| condition.all_case.as_ref().is_some_and(|all| all.value);
    let lifted = |condition: &Condition| condition.lifted.as_ref().is_some_and(|day| day.value <= context.as_of);
    for condition in plan.facts.condition.iter().filter(asked).filter(|condition| !lifted(condition)) {
        sink.looked_at(1);
        if !plan.activities.iter().any(|activity| is_all_case(activity) && meet(&condition.indications, &activity.indications)) {
            sink.report(Mistake::new(
                (
                    format!("全例調査の承認条件「{}」に当たる調査がありません", condition.id.as_str()),
                    format!("no survey meets the all-case condition “{}”", condition.id.as_str()),
                ),
                (
                    "その効能の調査に all_case = true を書くか、解除されたなら lifted に日付を書いてください。",
                    "write all_case = true with the survey of its indications; once it is lifted write lifted",
                ),
                Mark::at(condition.id.at),
            ));
        }
    }
    for activity in plan.activities.iter().filter(|activity| is_all_case(activity)) {
        if let (Some(method), Some(all)) = (&activity.method, &activity.all_case)
            && method.value == Method::AllCase
            && !all.value
        {
            sink.report(
                Mistake::new(
                    ("method は全例調査方式ですが、all_case = false とされています", "method is all-case, and all_case is false"),
                    ("どちらかを直してください。", "mend one of them"),
                    Mark::at(all.at),
                )
                .mark(Mark::at(method.at)),
            );
        }
        if plan.status(activity, context.as_of) == Status::Finished {
            continue;
        }
        sink.looked_at(1);
        if !plan.facts.condition.iter().filter(asked).any(|condition| meet(&condition.indications, &activity.indications)) {
            let at = activity.all_case.as_ref().map(|all| all.at).or(activity.method.as_ref().map(|method| method.at));
            sink.report(Mistake::new(
                (
                    format!("「{}」は全例調査ですが、その承認条件がありません", activity.name.value),
                    format!("“{}” is all-case, and no condition asks for it", activity.name.value),
                ),
                ("[[condition]] に all_case = true の条件を書いてください。", "write the condition in [[condition]] with all_case = true"),
                Mark::at(at.unwrap_or(activity.name.at)),
            ));
        }
    }
}

fn is_all_case(activity: &Activity) -> bool {
    activity.all_case.as_ref().is_some_and(|all| all.value)
        || activity.method.as_ref().is_some_and(|method| method.value == Method::AllCase)
}

/// True if two share an indication; none means all.
fn meet(a: &[Spanned<IndicationId>], b: &[Spanned<IndicationId>]) -> bool {
    a.is_empty() || b.is_empty() || a.iter().any(|one| b.contains(one))
}
