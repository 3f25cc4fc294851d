//! A statement about the lists of section 5 that does not fit its activity.

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::model::{List, Status};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN605",
    name: "list-unfit",
    severity: Severity::Error,
    title: ("一覧についての記述が活動に合わない", "what is said of the lists does not fit the activity"),
    why: (
        "活動の載る一覧は種類と対象から決まる。対象のなくなった 5.2 に残るのは、終了した調査だけである。",
        "kind and coverage decide in which lists an activity stands; without a concern only a finished survey stays in 5.2",
    ),
    reference: notice::FORM,
    manual: include_str!("list_unfit.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for activity in &context.plan.activities {
        if let Some(former) = activity.former_efficacy.as_ref().filter(|former| former.value) {
            sink.looked_at(1);
            let watches = activity.kind.as_ref().is_some_and(|kind| kind.watches());
            let wrong = match activity.efficacy.first() {
                Some(_) => Some((
                    (
                        "有効性に関する検討事項を対象としているので、former_efficacy は要りません",
                        "it covers an efficacy concern, so former_efficacy is not needed",
                    ),
                    (
                        "former_efficacy を消すか、efficacy から計画にない検討事項を除いてください。",
                        "delete former_efficacy, or take what the plan has no more out of efficacy",
                    ),
                )),
                None if !watches => Some((
                    ("5.2 に載るのは調査と試験だけです", "only surveys and studies stand in 5.2"),
                    ("former_efficacy を消してください。", "delete former_efficacy"),
                )),
                None if context.plan.status(activity, context.as_of) != Status::Finished => Some((
                    (
                        "終了していない調査が、計画にない有効性に関する検討事項のためとされています",
                        "a survey that is not finished is said to be for an efficacy concern that the plan has no more",
                    ),
                    (
                        "検討事項を efficacy/ に書いて efficacy に加えるか、終了した日と報告書を書いてください。",
                        "write the concern in efficacy/ and cover it, or write when the survey ended and its report",
                    ),
                )),
                None => None,
            };
            if let Some((message, hint)) = wrong {
                sink.report(Mistake::new(message, hint, Mark::at(former.at)));
            }
        }
        for list in activity.milestone.iter().flat_map(|milestone| &milestone.lists) {
            sink.looked_at(1);
            if !List::of(list.value).holds(activity) {
                let number = list.value.as_str();
                sink.report(Mistake::new(
                    (
                        format!("「{}」は {number} に載らないので、この節目も載りません", activity.name.value),
                        format!("“{}” does not stand in {number}, and so this milestone does not either", activity.name.value),
                    ),
                    ("lists を直すか、消してください。", "mend lists, or delete it"),
                    Mark::at(list.at),
                ));
            }
        }
    }
}
