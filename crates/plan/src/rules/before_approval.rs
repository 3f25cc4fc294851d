//! A survey or an EPPV that begins before the approval of its indications.

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::tables::ActivityKind;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN409",
    name: "before-approval",
    severity: Severity::Warning,
    title: ("調査が効能の承認より前に始まる", "a survey begins before its indications are approved"),
    why: ("調査は承認された効能で行う。", "a survey is done in an indication that is approved"),
    reference: notice::DATES,
    manual: include_str!("before_approval.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let plan = context.plan;
    for activity in &plan.activities {
        // a database and a laboratory may look back
        let prospective = activity
            .kind
            .as_ref()
            .is_some_and(|kind| kind.value == ActivityKind::Eppv || (kind.is_study() && kind.value != ActivityKind::DatabaseStudy));
        let start = activity.started.as_ref().or(activity.period.as_ref().and_then(|period| period.start.as_ref()));
        let Some(start) = start.filter(|_| prospective) else { continue };
        let own = activity.indications.iter().filter_map(|id| {
            let indication = plan.indication(id.as_str())?;
            Some((plan.approval_of(indication)?, indication.approved.as_ref().or(plan.facts.product.approved.as_ref())?.at))
        });
        let product = plan.facts.product.approved.as_ref().map(|approved| (approved.value, approved.at));
        let Some((approved, at)) = own.min_by_key(|(day, _)| *day).or(product) else { continue };
        sink.looked_at(1);
        if start.value.last() < approved {
            sink.report(
                Mistake::new(
                    (
                        format!(
                            "「{}」は {} に始まり、効能の承認 {} より前です",
                            activity.name.value,
                            start.value.in_japanese(),
                            notice::ja(approved)
                        ),
                        format!("“{}” begins on {}, before the approval on {approved}", activity.name.value, start.value),
                    ),
                    ("始めの日、対象の効能、承認日を確かめてください。", "check the start, the indications and their approval"),
                    Mark::at(start.at).label("始め", "start"),
                )
                .mark(Mark::at(at).label("承認", "approval")),
            );
        }
    }
}
