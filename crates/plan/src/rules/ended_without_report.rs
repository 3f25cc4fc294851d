//! A survey past its end that plans no report.

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::model::{Plan, is_of_kind};
use crate::tables::ReportKind;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN406",
    name: "ended-without-report",
    severity: Severity::Warning,
    title: ("報告書のない、終わった調査", "a survey has ended and has no report"),
    why: (
        "最終報告書が作成されるまで調査は終了とならず、一覧では実施中のままになる。",
        "without its final report a survey is not completed and stays ongoing in the lists",
    ),
    reference: notice::DATES,
    manual: include_str!("ended_without_report.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let plan = context.plan;
    for activity in plan.activities.iter().filter(|activity| activity.kind.as_ref().is_some_and(|kind| kind.watches())) {
        let Some(end) = plan.end_of(activity) else { continue };
        sink.looked_at(1);
        if end >= context.as_of || activity.report.iter().any(|report| !is_of_kind(report, ReportKind::Interim)) {
            continue;
        }
        let stated = Plan::stated_end(activity);
        sink.report(Mistake::new(
            (
                format!("「{}」は {} に終わりましたが、最終報告書がありません", activity.name.value, notice::ja(end)),
                format!("“{}” ended on {end} and has no final report", activity.name.value),
            ),
            ("[[report]] に作成日 made か、予定 due を書いてください。", "write [[report]] with made, or with due"),
            Mark::at(stated.map_or(activity.name.at, |date| date.at)).label("終わり", "the end"),
        ));
    }
}
