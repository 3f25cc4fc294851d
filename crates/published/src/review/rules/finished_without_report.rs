//! A finished activity without the date of its report.

use diagnostic::Severity;

use crate::review::activities::LISTS;
use crate::review::periods::{self, Status, report, status, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP418",
    name: "finished-without-report",
    severity: Severity::Error,
    title: ("終了した活動に報告書の日付がない", "a finished activity without the date of its report"),
    why: (
        "終了した調査には、報告書を作成し提出した日（月）があるはずである。",
        "a finished survey has a report, made and submitted on some day",
    ),
    reference: periods::LISTS,
    manual: include_str!("finished_without_report.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for (list, section) in context.published.lists.iter().zip(LISTS).take(2) {
        for row in &list.rows {
            let (Some(state), Some(cell)) = (&row.status, &row.report) else { continue };
            if !state.sure || !cell.sure || status(state.as_str()) != Some(Status::Finished) {
                continue;
            }
            sink.looked_at(1);
            let made = report(cell.as_str());
            if !made.dates.is_empty() || cell.as_str().chars().count() > 60 {
                continue;
            }
            let name = row.name.as_str();
            let marks = [
                Mark::whole(&cell.text, section, name).label("日付がない", "no date"),
                Mark::whole(&state.text, section, name).label("終了", "finished"),
            ];
            if made.done {
                sink.report_as(
                    Severity::Warning,
                    context,
                    words("報告書は作成済みですが、その年月がありません", "the report is said to be made, but not when"),
                    words("作成又は提出の年月を添えてください。", "add the month in which it was submitted"),
                    &marks,
                );
            } else {
                sink.report(
                    context,
                    words(
                        format!("終了した活動の報告書の欄が「{}」のままです", context.verbatim(&cell.text)),
                        format!("the activity is finished, but its report is still “{}”", context.verbatim(&cell.text)),
                    ),
                    words(
                        "報告書を提出した年月を「作成済み（…提出）」のように記載するか、実施状況を直してください。",
                        "state when the report was submitted, or mend the status",
                    ),
                    &marks,
                );
            }
        }
    }
}
