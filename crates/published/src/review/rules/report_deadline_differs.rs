//! The deadline of a report differs between views, or is not the day it is said to be.

use calendar::{Counting, Date, Period, Unit, last_day};
use diagnostic::Severity;
use terminology::Text;

use crate::heading::{Section, Title};
use crate::review::activities::{Entry, LISTS, PLANS};
use crate::review::names::Relation;
use crate::review::periods::{self, Anchor, Deadline, deadlines, ja, report, schedule, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP414",
    name: "report-deadline-differs",
    severity: Severity::Error,
    title: ("報告書の期限が記載箇所で異なる", "the deadline of a report differs between views"),
    why: (
        "2 又は 3 に定めた報告書の期限と、5.1 又は 5.2 の作成予定日は同じでなければならない。日付は民法140条（初日不算入）と143条による。",
        "the deadline in 2 or 3 and that in 5.1 or 5.2 are one; dates follow articles 140 and 143 of the Civil Code",
    ),
    reference: periods::LISTS_DAYS,
    manual: include_str!("report_deadline_differs.md"),
    check,
};

struct View<'a> {
    text: &'a Text,
    section: Section,
    name: &'a str,
    deadlines: Vec<Deadline>,
}

fn check(context: &Context<'_>, sink: &mut Sink) {
    for entry in context.activities.iter().filter(|e| e.names.iter().all(|n| !matches!(n.3, Relation::Near(_) | Relation::Different))) {
        let views = views(entry);
        compare(context, sink, &views);
        let end = PLANS
            .iter()
            .zip(&entry.plan)
            .find_map(|(_, plan)| schedule((*plan)?)?.period)
            .filter(|p| !p.is_reversed())
            .and_then(|p| p.until.date.day());
        if let Some(end) = end {
            days(context, sink, entry, &views, end);
        }
    }
}

fn views<'a>(entry: &Entry<'a>) -> Vec<View<'a>> {
    let mut views = Vec::new();
    let mut add = |text: &'a Text, section: Section, name: &'a str| {
        let deadlines: Vec<Deadline> = deadlines(text.as_str()).into_iter().filter(|d| d.anchor == Anchor::Survey).collect();
        if !deadlines.is_empty() {
            views.push(View { text, section, name, deadlines });
        }
    };
    for (n, plan) in entry.plan.iter().enumerate() {
        let Some(activity) = plan else { continue };
        for title in [Title::Milestones, Title::Plan] {
            if let Some(part) = activity.part(title) {
                add(&part.body.text, PLANS[n], activity.name.as_str());
            }
        }
    }
    for (n, row) in entry.rows.iter().enumerate() {
        let Some(row) = row else { continue };
        // in 5.3 only a 市販直後調査 has one
        for cell in [&row.report, &row.milestones].into_iter().flatten().filter(|c| c.sure) {
            add(&cell.text, LISTS[n], row.name.as_str());
        }
    }
    views
}

fn compare(context: &Context<'_>, sink: &mut Sink, views: &[View<'_>]) {
    let Some(first) = views.first() else { return };
    sink.looked_at(views.len() - 1);
    let lengths = |v: &View<'_>| v.deadlines.iter().map(Deadline::length).collect::<Vec<_>>();
    let agreed = lengths(first);
    let differing: Vec<&View<'_>> = views[1..].iter().filter(|v| !lengths(v).iter().any(|l| agreed.contains(l))).collect();
    if differing.is_empty() {
        return;
    }
    let marks: Vec<Mark<'_>> = differing.iter().map(|v| mark(v)).chain(std::iter::once(mark(first))).collect();
    let other = differing[0];
    sink.report(
        context,
        words(
            format!(
                "報告書の期限が、{} では {}、{} では {} です",
                first.section.number(),
                said(first),
                other.section.number(),
                said(other)
            ),
            format!(
                "the report is due {} after the end in {}, but {} in {}",
                said_en(first),
                first.section.number(),
                said_en(other),
                other.section.number()
            ),
        ),
        words("実施計画書で期限を確かめ、一方に合わせてください。", "check the protocol and let both say the same"),
        &marks,
    );
}

fn said(view: &View<'_>) -> String {
    view.deadlines.iter().map(|d| d.period.in_japanese()).collect::<Vec<_>>().join("、")
}

fn said_en(view: &View<'_>) -> String {
    view.deadlines.iter().map(|d| d.period.to_string()).collect::<Vec<_>>().join(", ")
}

fn mark<'a>(view: &View<'a>) -> Mark<'a> {
    Mark::part(view.text, view.deadlines[0].range.clone(), view.section, view.name).label(said(view), said_en(view))
}

/// Days given beside a deadline, and days given instead of one in 5.1 and 5.2.
fn days(context: &Context<'_>, sink: &mut Sink, entry: &Entry<'_>, views: &[View<'_>], end: Date) {
    for view in views {
        for deadline in &view.deadlines {
            let (Some(day), Some(due)) = (&deadline.date, deadline.last_day(end)) else { continue };
            sink.looked_at(1);
            if day.date.contains(due) {
                continue;
            }
            let far = day.date.first() > due || (due - day.date.last()).get_days() > 31;
            sink.report_as(
                if far { Severity::Error } else { Severity::Warning },
                context,
                words(
                    format!("調査の終わり {} から {} の期限は {} です", ja(end), deadline.period.in_japanese(), ja(due)),
                    format!("{} after the survey's end on {end} is {due}", deadline.period),
                ),
                words("かっこ内の日付か期限の長さを直してください。", "mend the day in brackets or the length"),
                &[
                    Mark::part(view.text, day.range.clone(), view.section, view.name)
                        .label(format!("計算では {}", ja(due)), format!("computed {due}")),
                    Mark::part(view.text, deadline.range.clone(), view.section, view.name)
                        .label(deadline.period.in_japanese(), deadline.period.to_string()),
                ],
            );
        }
    }
    let Some(plan) = views.iter().find(|v| PLANS.contains(&v.section)) else { return };
    for (n, row) in entry.rows.iter().enumerate().take(2) {
        let Some(row) = row else { continue };
        let Some(cell) = row.report.as_ref().filter(|c| c.sure) else { continue };
        let parsed = report(cell.as_str());
        let [day] = parsed.dates.as_slice() else { continue };
        // an interim report keeps another date than the last one
        let interim = ["中間", "進捗", "未定", "別途"].iter().any(|w| cell.as_str().contains(w));
        if interim || parsed.done || !parsed.deadlines.is_empty() || row.status.as_ref().is_some_and(|s| s.as_str().contains("終了")) {
            continue;
        }
        sink.looked_at(1);
        let due: Vec<Date> = plan.deadlines.iter().filter_map(|d| d.last_day(end)).collect();
        let Some(latest) = due.iter().max() else { continue };
        if due.iter().any(|d| day.date.contains(*d)) {
            continue;
        }
        let early = day.date.first() <= *latest && day.date.last() >= end;
        // an earlier day keeps the deadline; one that is to the day that of another length shows which length was meant
        if early && !day.date.day().is_some_and(|day| other_length(end, *latest, day)) {
            continue;
        }
        sink.report_as(
            if early { Severity::Warning } else { Severity::Error },
            context,
            words(
                format!(
                    "{} の予定日 {} は、{} の期限 {} と合いません",
                    LISTS[n].number(),
                    day.date.in_japanese(),
                    plan.section.number(),
                    ja(*latest)
                ),
                format!("{} plans the report for {}, but by {} it is due on {latest}", LISTS[n].number(), day.date, plan.section.number()),
            ),
            words("調査の終わりと期限から計算した日に合わせてください。", "let it agree with the survey's end and the deadline"),
            &[
                Mark::part(&cell.text, day.range.clone(), LISTS[n], row.name.as_str()).label("予定日", "planned"),
                Mark::part(plan.text, plan.deadlines[0].range.clone(), plan.section, plan.name)
                    .label(format!("{} まで", ja(*latest)), format!("until {latest}")),
            ],
        );
    }
}

/// True for a day that is, like the deadline but earlier, a whole number of months after the end.
fn other_length(end: Date, due: Date, day: Date) -> bool {
    let after = |amount| last_day(end, Period { amount, unit: Unit::Months }, Counting::FirstDayNotCounted);
    (1..=24).any(|months| after(months) == Some(due)) && (1..=24).any(|months| after(months) == Some(day))
}
