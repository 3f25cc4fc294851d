//! A survey without target, period or report.

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::model::Status;
use crate::tables::ActivityKind;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN608",
    name: "survey-incomplete",
    severity: Severity::Warning,
    title: ("調査に目標症例数、期間、又は報告書がない", "a survey lacks its target, its period or its report"),
    why: ("一覧（5.1、5.2）のこの欄が空のまま印刷される。", "this part of the lists 5.1 and 5.2 would be printed empty"),
    reference: notice::FORM,
    manual: include_str!("survey_incomplete.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for activity in &context.plan.activities {
        let Some(kind) = activity.kind.as_ref().map(|kind| kind.value).filter(|kind| kind.is_study()) else { continue };
        if context.plan.status(activity, context.as_of) == Status::Finished {
            continue;
        }
        // what a database gives is not always told as a number beforehand
        let target = kind == ActivityKind::DatabaseStudy || activity.target.is_some() || activity.target_note.is_some();
        let period = activity.period.is_some() || activity.started.is_some();
        for (there, key, ja, en) in [
            (target, "target", "目標症例数", "target"),
            (period, "[period]", "調査期間", "period"),
            (!activity.report.is_empty(), "[[report]]", "報告書の作成予定", "report"),
        ] {
            sink.looked_at(1);
            if !there {
                sink.report(Mistake::new(
                    (format!("「{}」に{ja}がありません", activity.name.value), format!("“{}” has no {en}", activity.name.value)),
                    (format!("{key} を書いてください。"), format!("write {key}")),
                    Mark::at(activity.name.at),
                ));
            }
        }
        if let Some(target) = &activity.target {
            sink.looked_at(1);
            if activity.counted.is_none() {
                sink.report(
                    Mistake::new(
                        ("目標症例数が何を数えたものかが示されていません", "nothing says what the target counts"),
                        (
                            "counted に registered（登録）、forms（調査票）などと書いてください。",
                            "write counted, such as registered or forms",
                        ),
                        Mark::at(target.at),
                    )
                    .severity(Severity::Info),
                );
            }
        }
    }
}
