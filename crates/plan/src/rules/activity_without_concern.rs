//! An activity that covers nothing.

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::model::Status;
use crate::tables::ActivityKind;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN602",
    name: "activity-without-concern",
    severity: Severity::Warning,
    title: ("対象のない活動", "an activity covers no concern"),
    why: (
        "追加の活動は、安全性検討事項か有効性に関する検討事項のために行う。",
        "an additional activity is done for a safety concern or an efficacy concern",
    ),
    reference: notice::FORM,
    manual: include_str!("activity_without_concern.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for activity in &context.plan.activities {
        // an EPPV watches for everything, and what is finished stands in the lists only
        let eppv = activity.kind.as_ref().is_some_and(|kind| kind.value == ActivityKind::Eppv);
        if eppv || context.plan.status(activity, context.as_of) == Status::Finished {
            continue;
        }
        sink.looked_at(1);
        if activity.concerns.is_empty() && activity.efficacy.is_empty() {
            sink.report(Mistake::new(
                (
                    format!("「{}」は、どの検討事項も対象としていません", activity.name.value),
                    format!("“{}” covers no concern", activity.name.value),
                ),
                ("concerns か efficacy に対象の ID を書いてください。", "write the ids it covers in concerns or efficacy"),
                Mark::at(activity.name.at),
            ));
        }
    }
}
