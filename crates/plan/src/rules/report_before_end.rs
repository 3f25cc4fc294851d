//! A survey whose last report, or a milestone, does not fit its end.

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::model::{Plan, is_of_kind};
use crate::tables::{ReportKind, When};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN410",
    name: "report-before-end",
    severity: Severity::Warning,
    title: ("最後の報告書が調査の終わりより前", "the last report is before the end of the survey"),
    why: ("最終の報告書は、調査が終わってから作成する。", "the final report is made after the survey has ended"),
    reference: notice::DATES,
    manual: include_str!("report_before_end.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let plan = context.plan;
    for activity in plan.activities.iter().filter(|activity| activity.kind.as_ref().is_some_and(|kind| kind.is_study())) {
        let Some(end) = Plan::stated_end(activity) else { continue };
        let day = |when: &When| Some((plan.day_of(when, activity)?, when.at()));
        // one that says it is final is the last, whatever stands beside it
        let stated: Vec<_> = activity.report.iter().filter(|report| is_of_kind(report, ReportKind::Final)).collect();
        let reports = if stated.is_empty() { activity.report.iter().collect() } else { stated };
        let reports = reports.into_iter().map(|report| match &report.made {
            Some(made) => Some((made.value.last(), made.at)),
            None => report.due.as_ref().and_then(day),
        });
        // a report without a day may be the last
        let Some(days) = reports.collect::<Option<Vec<_>>>() else { continue };
        let Some((last, at)) = days.into_iter().max_by_key(|(day, _)| *day) else { continue };
        sink.looked_at(1);
        if last < end.value.first() {
            sink.report(
                Mistake::new(
                    (
                        format!(
                            "「{}」の最後の報告書は {} で、調査の終わり {} より前です",
                            activity.name.value,
                            notice::ja(last),
                            end.value.in_japanese()
                        ),
                        format!("the last report of “{}” is on {last}, before its end on {}", activity.name.value, end.value),
                    ),
                    (
                        "最終報告書を加えるか、日付を直してください。早く終わったなら ended に書きます。",
                        "add the final report, or mend a date; if it ended early write ended",
                    ),
                    Mark::at(at).label("最後の報告書", "last report"),
                )
                .mark(Mark::at(end.at).label("調査の終わり", "end of the survey")),
            );
        }
        for (milestone, at) in activity.milestone.iter().filter_map(|milestone| milestone.when.as_ref().and_then(day)) {
            sink.looked_at(1);
            if milestone > last.max(end.value.last()) {
                sink.report(
                    Mistake::new(
                        (
                            format!("節目 {} は、調査の終わりと最後の報告書より後です", notice::ja(milestone)),
                            format!("the milestone on {milestone} is after the end and the last report"),
                        ),
                        ("節目か調査期間を直してください。", "mend the milestone or the period"),
                        Mark::at(at).label("節目", "milestone"),
                    )
                    .mark(Mark::at(end.at).label("調査の終わり", "end of the survey")),
                );
            }
        }
    }
}
