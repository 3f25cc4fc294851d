//! The six months of a 市販直後調査, its evaluation and its report.

use std::ops::Range;

use calendar::{Counting, Date, PartialDate, Period, Unit, last_day};
use diagnostic::Severity;
use terminology::Text;

use crate::heading::Section;
use crate::model::{ListRow, RegulatoryEvent, Stated};
use crate::review::activities::{Entry, LISTS};
use crate::review::names::ActivityName;
use crate::review::periods::{self, At, Eppv, approvals, eppv, intervals, ja, launch, own_event, report, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP420",
    name: "eppv-period-wrong",
    severity: Severity::Error,
    title: ("市販直後調査の期間・評価・報告の時期が合わない", "EPPV: period, evaluation or report out of time"),
    why: (
        "市販直後調査は販売開始（効能追加ではその承認）から 6 か月間行い、終わってから 2 か月以内に報告する。",
        "an EPPV lasts six months from the start of sale (for an added indication from its approval) and is reported within two months of its end",
    ),
    reference: periods::EPPV,
    manual: include_str!("eppv_period_wrong.md"),
    check,
};

const SIX_MONTHS: Period = Period { amount: 6, unit: Unit::Months };
const TWO_MONTHS: Period = Period { amount: 2, unit: Unit::Months };

/// A row of 5.3 under review.
struct Vigilance<'a> {
    row: &'a ListRow,
    text: &'a Text,
    says: Eppv,
    /// The row of 5.1 and what it says of the report.
    listed: Option<(&'a ListRow, &'a Stated, At)>,
}

impl<'a> Vigilance<'a> {
    /// Its period in 5.3.
    fn period(&self, range: &Range<usize>) -> Mark<'a> {
        Mark::part(self.text, range.clone(), LISTS[2], self.row.name.as_str()).label("調査の期間", "the period of the EPPV")
    }
}

fn check(context: &Context<'_>, sink: &mut Sink) {
    for entry in context.activities.iter().filter(|e| e.name.as_str().contains("市販直後")) {
        if let Some((row, cell)) = entry.rows[0].and_then(|row| Some((row, row.milestones.as_ref().filter(|c| c.sure)?))) {
            sink.looked_at(1);
            // the period of 5.1 stands without a label
            let says = Eppv { interval: intervals(cell.as_str()).into_iter().next(), ..Eppv::default() };
            length(context, sink, &Vigilance { row, text: &cell.text, says, listed: None }, LISTS[0]);
        }
        let Some(row) = entry.rows[2] else { continue };
        let Some(cell) = row.milestones.as_ref().filter(|c| c.sure) else { continue };
        sink.looked_at(1);
        let it = Vigilance { row, text: &cell.text, says: eppv(cell.as_str()), listed: listed(entry) };
        length(context, sink, &it, LISTS[2]);
        beginning(context, sink, &it);
        let end = it.says.interval.as_ref().filter(|i| !i.is_reversed()).map(|i| i.until.date.last());
        match window(context, entry, &it) {
            Windows::One(last, from) => times(context, sink, &it, last, from),
            Windows::Several(ends) => several(context, sink, &it, &ends),
            Windows::None => {
                if let (Some(end), Some(interval)) = (end, &it.says.interval) {
                    times(context, sink, &it, end, it.period(&interval.range));
                }
            }
        }
        agreement(context, sink, &it);
    }
}

/// It begins with the start of sale or with an approval, whose days the history tells.
fn beginning(context: &Context<'_>, sink: &mut Sink, it: &Vigilance<'_>) {
    let Some(product) = &context.published.product else { return };
    let Some(interval) = it.says.interval.as_ref().filter(|i| !i.is_reversed()) else { return };
    let (Some(start), Some((event, sold))) = (interval.from.date.day(), launch(product)) else { return };
    let told = |event: &RegulatoryEvent| event.text.sure && event.date.date.is_some();
    let on_a_day = product.events.iter().any(|event| event.date.date.is_some_and(|date| date.contains(start)));
    if on_a_day || !product.events.iter().all(told) {
        return;
    }
    sink.report_as(
        Severity::Warning,
        context,
        words(
            format!("市販直後調査が {} に始まり、販売開始 {} とも、備考のどの日とも合いません", ja(start), ja(sold)),
            format!("the EPPV begins on {start}, which is neither the start of sale on {sold} nor another day of the history"),
        ),
        words(
            "開始日か、備考の販売開始又は承認の日付を確かめてください。",
            "check its first day, and the start of sale or the approval in the history",
        ),
        &[it.period(&interval.range), Mark::whole(&event.date.text, Section::Product, "").label("販売開始", "the start of sale")],
    );
}

fn listed<'a>(entry: &Entry<'a>) -> Option<(&'a ListRow, &'a Stated, At)> {
    let row = entry.rows[0]?;
    let cell = row.report.as_ref().filter(|c| c.sure)?;
    let made = report(cell.as_str());
    let [only] = made.dates.as_slice() else { return None };
    made.done.then(|| (row, cell, only.clone()))
}

/// Six months, also between first and last day.
fn length(context: &Context<'_>, sink: &mut Sink, it: &Vigilance<'_>, list: Section) {
    let name = it.row.name.as_str();
    if let Some((range, stated)) = &it.says.length
        && *stated != SIX_MONTHS
        && matches!(stated.unit, Unit::Months)
    {
        sink.report(
            context,
            words(format!("市販直後調査の期間が {} とされています", stated.in_japanese()), format!("the EPPV is said to last {stated}")),
            words("6 か月間とし、評価と報告の時期も合わせてください。", "it lasts six months; let evaluation and report follow"),
            &[Mark::part(it.text, range.clone(), list, name).label("6 か月間ではない", "not six months")],
        );
        return;
    }
    let Some(interval) = it.says.interval.as_ref().filter(|i| !i.is_reversed()) else { return };
    let (first, last) = (interval.from.date, interval.until.date);
    let wrong = match first.day() {
        Some(start) => last_day(start, SIX_MONTHS, Counting::FirstDayCounted).filter(|end| !last.contains(*end)),
        None => None,
    };
    if let Some(end) = wrong {
        let mut marks = vec![
            Mark::part(it.text, interval.range.clone(), list, name).label(format!("正しくは {} まで", ja(end)), format!("until {end}")),
        ];
        marks.extend(it.says.length.iter().map(|(range, stated)| {
            Mark::part(it.text, range.clone(), list, name)
                .label(format!("{}とされている", stated.in_japanese()), format!("said to last {stated}"))
        }));
        let by_a_day = last.day().is_some_and(|l| (l - end).get_days().abs() <= 1);
        sink.report_as(
            match (by_a_day, &it.says.length) {
                (true, Some(_)) => Severity::Warning,
                (true, None) => Severity::Info,
                (false, _) => Severity::Error,
            },
            context,
            words(
                format!("{} から 6 か月間は {} に終わります", first.in_japanese(), ja(end)),
                format!("six months from {first} end on {end}"),
            ),
            words("始めか終わりの日付を直してください。", "mend the first or the last day"),
            &marks,
        );
    }
}

/// When it can have ended, by the history.
enum Windows<'a> {
    None,
    /// Its end, and what it was counted from.
    One(Date, Mark<'a>),
    Several(Vec<(Date, Mark<'a>)>),
}

fn window<'a>(context: &'a Context<'_>, entry: &Entry<'_>, it: &Vigilance<'a>) -> Windows<'a> {
    let Some(product) = &context.published.product else { return Windows::None };
    let six = |day: Date| last_day(day, SIX_MONTHS, Counting::FirstDayCounted);
    let from = |(event, day): (&'a RegulatoryEvent, Date)| {
        Some((six(day)?, Mark::whole(&event.date.text, Section::Product, "").label("ここから 6 か月", "six months from here")))
    };
    let one = |window: Option<(Date, Mark<'a>)>| window.map_or(Windows::None, |(end, from)| Windows::One(end, from));
    if let Some((start, interval)) = it.says.interval.as_ref().and_then(|i| Some((i.from.date.day()?, i))) {
        return one(six(start).map(|end| (end, it.period(&interval.range))));
    }
    let period = it.says.period.clone().map_or("", |r| &it.text.as_str()[r]);
    let sold = period.contains("販売開始") || period.contains("発売") || period.contains("上市");
    if sold {
        return one(launch(product).and_then(from));
    }
    if let Some(event) = own_event(context, entry.name.as_str()) {
        return one(from(event));
    }
    let mut ends: Vec<(Date, Mark<'a>)> = approvals(product).filter_map(from).collect();
    let named = ActivityName::parse(entry.name.as_str()).is_some_and(|n| !n.topics.is_empty());
    match ends.len() {
        0 => Windows::None,
        1 if !named => one(ends.pop()),
        _ if product.events.iter().all(|e| e.text.sure) => Windows::Several(ends),
        _ => Windows::None,
    }
}

/// True if the date lies between the end of the six months and two months later.
fn in_time(date: PartialDate, end: Date) -> bool {
    let due = last_day(end, TWO_MONTHS, Counting::FirstDayNotCounted).unwrap_or(end);
    date.last() >= end && date.first() <= due
}

fn dated<'a>(it: &'a Vigilance<'a>) -> Vec<(&'static str, &'static str, PartialDate, Mark<'a>)> {
    let name = it.row.name.as_str();
    let mut all = Vec::new();
    if let Some(at) = &it.says.evaluation {
        all.push(("評価の予定時期", "evaluation", at.date, Mark::part(it.text, at.range.clone(), LISTS[2], name)));
    }
    if let Some(at) = &it.says.report {
        all.push(("報告の予定時期", "report", at.date, Mark::part(it.text, at.range.clone(), LISTS[2], name)));
    }
    if let Some((row, cell, at)) = &it.listed {
        all.push(("5.1 の報告書", "report in 5.1", at.date, Mark::part(&cell.text, at.range.clone(), LISTS[0], row.name.as_str())));
    }
    all
}

fn times(context: &Context<'_>, sink: &mut Sink, it: &Vigilance<'_>, end: Date, from: Mark<'_>) {
    let due = last_day(end, TWO_MONTHS, Counting::FirstDayNotCounted).unwrap_or(end);
    for (ja_name, en_name, date, mark) in dated(it) {
        if in_time(date, end) {
            continue;
        }
        let early = date.last() < end;
        // an evaluation may be repeated later, a report made in another year is no slip of a month
        let severity = if ja_name.starts_with("5.1") && !early { Severity::Warning } else { Severity::Error };
        let (ja_text, en) = if early {
            (
                format!("{ja_name} {} が、調査の終わり {} より前です", date.in_japanese(), ja(end)),
                format!("the {en_name}, {date}, lies before the end of the EPPV on {end}"),
            )
        } else {
            (
                format!("{ja_name} {} が、報告の期限 {} より後です", date.in_japanese(), ja(due)),
                format!("the {en_name}, {date}, lies after the report is due on {due}"),
            )
        };
        sink.report_as(
            severity,
            context,
            words(ja_text, en),
            words(
                format!("調査は {} に終わり、報告は {} までです。", ja(end), ja(due)),
                format!("it ends on {end}; the report is due by {due}"),
            ),
            &[mark.label("期限の外", "out of time"), from.clone()],
        );
    }
}

/// Where the approval it began with is not certain, a date must fit one of them, and all dates the same one.
fn several(context: &Context<'_>, sink: &mut Sink, it: &Vigilance<'_>, ends: &[(Date, Mark<'_>)]) {
    for (ja_name, en_name, date, mark) in dated(it) {
        if ends.iter().any(|(end, _)| in_time(date, *end)) {
            continue;
        }
        let mut marks = vec![mark.label("どの承認とも合わない", "fits no approval")];
        // the approvals that come closest tell enough; a long history is not repeated
        let mut near: Vec<_> = ends.iter().collect();
        near.sort_by_key(|(end, _)| (*end - date.first()).get_days().abs());
        marks.extend(near.into_iter().take(2).map(|(_, from)| from.clone()));
        sink.report(
            context,
            words(
                format!("{ja_name} {} は、どの承認から 6 か月と 2 か月を数えても合いません", date.in_japanese()),
                format!("the {en_name}, {date}, is not within two months of the end of six months from any approval"),
            ),
            words("備考の承認日から計算し直してください。", "compute it from the approvals in the history"),
            &marks,
        );
    }
}

/// The report of 5.1 against what 5.3 planned, and evaluation before report.
fn agreement(context: &Context<'_>, sink: &mut Sink, it: &Vigilance<'_>) {
    let name = it.row.name.as_str();
    if let (Some(evaluation), Some(planned)) = (&it.says.evaluation, &it.says.report) {
        let apart = months(evaluation.date, planned.date);
        if apart != 0 {
            // evaluated a month before it is reported is usual; the other way round cannot be
            let severity = if apart < 0 {
                Severity::Error
            } else if apart <= 1 {
                Severity::Info
            } else {
                Severity::Warning
            };
            sink.report_as(
                severity,
                context,
                words(
                    format!("評価は {}、報告は {} の予定です", evaluation.date.in_japanese(), planned.date.in_japanese()),
                    format!("evaluation is planned for {}, the report for {}", evaluation.date, planned.date),
                ),
                words(
                    "評価の後、調査終了から 2 か月以内に報告する順になっているか確かめてください。",
                    "the evaluation comes first, and the report within two months of the end",
                ),
                &[
                    Mark::part(it.text, evaluation.range.clone(), LISTS[2], name).label("評価", "evaluation"),
                    Mark::part(it.text, planned.range.clone(), LISTS[2], name).label("報告", "report"),
                ],
            );
        }
    }
    let (Some((row, cell, made)), Some(planned)) = (&it.listed, &it.says.report) else { return };
    let late = months(planned.date, made.date);
    if late == 0 {
        return;
    }
    // a month early is a report made in good time
    let severity = if late == -1 { Severity::Info } else { Severity::Warning };
    sink.report_as(
        severity,
        context,
        words(
            format!("報告は 5.3 では {} の予定、5.1 では {} に作成済みです", planned.date.in_japanese(), made.date.in_japanese()),
            format!("5.3 plans the report for {}, but by 5.1 it was made in {}", planned.date, made.date),
        ),
        words(
            "報告した年月を確かめてください。予定より早ければ、そのままで差し支えありません。",
            "check when it was reported; earlier than planned is fine",
        ),
        &[
            Mark::part(&cell.text, made.range.clone(), LISTS[0], row.name.as_str()).label("5.1 では", "in 5.1"),
            Mark::part(it.text, planned.range.clone(), LISTS[2], name).label("5.3 では", "in 5.3"),
        ],
    );
}

/// How many months the second date is later than the first.
fn months(one: PartialDate, other: PartialDate) -> i32 {
    let count = |d: PartialDate| i32::from(d.year) * 12 + i32::from(d.month.unwrap_or(6));
    count(other) - count(one)
}
