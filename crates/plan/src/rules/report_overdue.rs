//! A report that was due and is not made.

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN407",
    name: "report-overdue",
    severity: Severity::Warning,
    title: ("期限を過ぎた報告書", "a report is overdue"),
    why: ("作成予定日までに報告書を作成する。", "a report is made by the day for which it is planned"),
    reference: notice::DATES,
    manual: include_str!("report_overdue.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for deadline in context.plan.deadlines(context.as_of) {
        sink.looked_at(1);
        if deadline.due >= context.as_of {
            continue;
        }
        let name = &deadline.activity.name.value;
        let at = deadline.report.due.as_ref().map_or(deadline.report.at, crate::tables::When::at);
        sink.report(Mistake::new(
            (
                format!("「{name}」の報告書は {} が期限でしたが、作成されていません", notice::ja(deadline.due)),
                format!("the report of “{name}” was due on {} and is not made", deadline.due),
            ),
            (
                "作成したら made に日付を書き、予定が変わったら due を直してください。",
                "once it is made write made; if it was put off mend due",
            ),
            Mark::at(at).label(format!("{} まで", notice::ja(deadline.due)), format!("by {}", deadline.due)),
        ));
    }
}
