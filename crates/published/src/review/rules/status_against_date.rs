//! A status against the dates of its activity.

use calendar::{Counting, Date, Period, Unit, last_day};
use diagnostic::Severity;
use terminology::Text;

use crate::heading::Section;
use crate::review::activities::{Entry, LISTS, PLANS};
use crate::review::names::Relation;
use crate::review::periods::{self, Interval, Status, eppv, ja, report, schedule, status, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP419",
    name: "status-against-date",
    severity: Severity::Warning,
    title: ("実施状況が期間や日付と合わない", "a status against the dates of its activity"),
    why: (
        "提出日の時点で、期間の終わった調査は実施中ではなく、まだ始まっていない調査も実施中ではない。",
        "on the day of submission a survey whose period has ended is not ongoing, nor is one that has not begun",
    ),
    reference: periods::LISTS_DAYS,
    manual: include_str!("status_against_date.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for entry in &context.activities {
        if entry.names.iter().all(|n| !matches!(n.3, Relation::Near(_) | Relation::Different)) {
            statuses(context, sink, entry);
        }
        for (n, row) in entry.rows.iter().enumerate().take(2) {
            let Some(row) = row else { continue };
            let Some(cell) = row.report.as_ref().filter(|c| c.sure) else { continue };
            let made = report(cell.as_str());
            let planned = cell.as_str().contains("予定");
            for date in made.dates.iter().filter(|d| made.done && !planned && d.date.first() > context.as_of) {
                let mut marks = vec![
                    Mark::part(&cell.text, date.range.clone(), LISTS[n], row.name.as_str()).label("提出日より後", "after the submission"),
                ];
                marks.extend(context.day_of_submission());
                sink.report_as(
                    Severity::Error,
                    context,
                    words(
                        format!("作成済みの報告書の日付 {} が、この計画書の日付 {} より後です", date.date.in_japanese(), ja(context.as_of)),
                        format!(
                            "the report is said to be made, but its date, {}, is later than this document ({})",
                            date.date, context.as_of
                        ),
                    ),
                    words("提出した年月を確かめてください。", "check when it was submitted"),
                    &marks,
                );
            }
        }
    }
}

fn statuses(context: &Context<'_>, sink: &mut Sink, entry: &Entry<'_>) {
    let Some((text, interval, section, name)) = period(entry) else { return };
    if interval.is_reversed() {
        return;
    }
    let as_of = context.as_of;
    let vigilance = entry.name.as_str().contains("市販直後");
    let mut rows = entry
        .rows
        .iter()
        .enumerate()
        .filter_map(|(n, row)| Some((n, (*row)?)))
        .filter_map(|(n, row)| Some((n, row, row.status.as_ref().filter(|s| s.sure)?)));
    let Some((n, row, cell)) = rows.find(|(_, _, cell)| match status(cell.as_str()) {
        Some(Status::Ongoing) => interval.until.date.last() < as_of || interval.from.date.first() > as_of,
        Some(Status::Finished) => interval.from.date.first() > as_of,
        Some(Status::Planned) => interval.from.date.last() < as_of,
        None => false,
    }) else {
        sink.looked_at(1);
        return;
    };
    sink.looked_at(1);
    let said = context.verbatim(&cell.text);
    let planned = status(cell.as_str()) == Some(Status::Planned);
    let (severity, ja_text, en) = if planned && interval.until.date.last() >= as_of {
        (
            Severity::Warning,
            format!("「{said}」とされていますが、{} に始まっています（この計画書は {}）", interval.from.date.in_japanese(), ja(as_of)),
            format!("the status is “{said}”, but it began on {} (this document: {as_of})", interval.from.date),
        )
    } else if interval.from.date.first() > as_of {
        (
            Severity::Error,
            format!(
                "「{said}」とされていますが、開始は {} で、この計画書の日付 {} より後です",
                interval.from.date.in_japanese(),
                ja(as_of)
            ),
            format!("the status is “{said}”, but it begins on {}, after this document ({as_of})", interval.from.date),
        )
    } else {
        let severity = if vigilance && two_months_after(interval.until.date.last()).is_none_or(|due| as_of <= due) {
            Severity::Info
        } else {
            Severity::Warning
        };
        (
            severity,
            format!(
                "「{said}」とされていますが、期間は {} に終わっています（この計画書は {}）",
                interval.until.date.in_japanese(),
                ja(as_of)
            ),
            format!("the status is “{said}”, but the period ended on {} (this document: {as_of})", interval.until.date),
        )
    };
    let mut marks = vec![
        Mark::whole(&cell.text, LISTS[n], row.name.as_str()).label("実施状況", "status"),
        Mark::part(text, interval.range.clone(), section, name).label("期間", "period"),
        Mark::whole(&row.name.text, LISTS[n], ""),
    ];
    marks.extend(context.day_of_submission());
    sink.report_as(
        severity,
        context,
        words(ja_text, en),
        words("実施状況か期間を直してください。", "mend the status or the period"),
        &marks,
    );
}

/// The period of an activity: that of the plan, or, for a 市販直後調査, that of 5.3.
fn period<'a>(entry: &Entry<'a>) -> Option<(&'a Text, Interval, Section, &'a str)> {
    let planned = entry.plan.iter().enumerate().find_map(|(n, activity)| {
        let activity = (*activity)?;
        let plan = schedule(activity)?;
        Some((plan.text, plan.period?, PLANS[n], activity.name.as_str()))
    });
    planned.or_else(|| {
        let row = entry.rows[2]?;
        let cell = row.milestones.as_ref().filter(|c| c.sure)?;
        Some((&cell.text, eppv(cell.as_str()).interval?, LISTS[2], row.name.as_str()))
    })
}

/// The day until which the report of a 市販直後調査 is due.
fn two_months_after(end: Date) -> Option<Date> {
    last_day(end, Period { amount: 2, unit: Unit::Months }, Counting::FirstDayNotCounted)
}
