//! The days and periods of a plan, gathered and told apart.

use calendar::{Counting, Date, PartialDate, Period, Unit, last_day, periodic_safety_reports};
use plan::Plan;
use plan::model::{Activity, Status};
use plan::tables::{ActivityKind, AnchorEvent, ReportFacts, ReportKind, When};

use crate::view::era;

/// What a plan has in time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agenda {
    /// The days, the first one first.
    pub days: Vec<Day>,
    /// The periods, in the order in which they are drawn.
    pub lanes: Vec<Lane>,
    /// What waits for an event.
    pub open: Vec<Open>,
    /// The next periodic safety reports, counted from the approval: the plan does not state from which day they are counted.
    pub rhythm: Vec<Day>,
}

/// A day.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// A name that stays the same while the plan says the same of it.
    pub key: String,
    /// The day; of a month its last one.
    pub date: Date,
    /// As the plan states it.
    pub stated: PartialDate,
    /// What is on that day.
    pub what: String,
    /// Of what.
    pub subject: String,
    /// How the day follows from what the plan states.
    pub basis: String,
    /// How it stands.
    pub standing: Standing,
    /// Whether something has to be handed in or made by that day.
    pub due: bool,
}

/// How a day stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// What was due was made.
    Made,
    /// The day lies behind, and nothing was due.
    Passed,
    /// The day is so many days ahead; 0 for today.
    Ahead(i32),
    /// What was due so many days ago is not made.
    Overdue(i32),
}

impl Standing {
    /// Its name in forms.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Passed => "passed",
            Self::Ahead(_) => "ahead",
            Self::Overdue(_) => "overdue",
        }
    }
}

/// A milestone or report without a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// Which.
    pub what: String,
    /// Of what.
    pub subject: String,
    /// What it waits for.
    pub waits_for: String,
}

/// What a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 再審査期間.
    Reexamination,
    /// 市販直後調査.
    Eppv,
    /// A survey, a study.
    Survey,
    /// A measure against risks.
    Measure,
}

/// A period, and what stands on its line.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its first day.
    pub start: Option<Date>,
    /// Its last day.
    pub end: Option<Date>,
    /// The first and last day of registration.
    pub registration: Option<(Option<Date>, Option<Date>)>,
    /// Milestones with a day.
    pub milestones: Vec<Date>,
    /// Reports with a day, and how they stand.
    pub reports: Vec<(Date, Standing)>,
}

/// After a re-examination period the application is made within three months (医薬品医療機器等法 14条の4).
const APPLICATION: Period = Period { amount: 3, unit: Unit::Months };
/// So many of the next periodic safety reports are told.
const NEXT_REPORTS: usize = 4;

/// Gathers the days and periods of a plan.
#[must_use]
pub fn agenda(plan: &Plan, as_of: Date) -> Agenda {
    let mut agenda = Agenda::default();
    reexaminations(plan, as_of, &mut agenda);
    for activity in &plan.activities {
        gather(plan, activity, as_of, &mut agenda);
    }
    agenda.days.sort_by(|a, b| (a.date, &a.key).cmp(&(b.date, &b.key)));
    agenda.rhythm.sort_by(|a, b| (a.date, &a.key).cmp(&(b.date, &b.key)));
    agenda.lanes.sort_by_key(|lane| lane.kind);
    agenda
}

fn from_today(date: Date, as_of: Date) -> i32 {
    date.since(as_of).map_or(0, |span| span.get_days())
}

fn standing(date: Date, as_of: Date) -> Standing {
    let days = from_today(date, as_of);
    if days < 0 { Standing::Passed } else { Standing::Ahead(days) }
}

fn exact(date: Date) -> PartialDate {
    PartialDate::from(date)
}

/// The periods of re-examination; indications that share one share its line.
fn reexaminations(plan: &Plan, as_of: Date, agenda: &mut Agenda) {
    let mut all: Vec<(Date, Date, Vec<String>, String)> = Vec::new();
    for indication in &plan.facts.indication {
        let approved = plan.approval_of(indication);
        for period in indication.reexamination.iter() {
            let Some((from, until)) = period.days(approved).filter(|(from, until)| from <= until) else { continue };
            let years = match period {
                plan::tables::Reexamination::Period(told) if told.until.is_none() => told.years.as_ref().map(|years| years.value),
                _ => None,
            };
            let basis = match years {
                Some(years) => format!("{}から{years}年間（初日算入）", era(from)),
                None => format!("{}から{}まで", era(from), era(until)),
            };
            let id = indication.id.as_str().to_owned();
            match all.iter_mut().find(|(a, b, ..)| (*a, *b) == (from, until)) {
                Some((_, _, ids, _)) => ids.push(id),
                None => all.push((from, until, vec![id], basis)),
            }
        }
    }
    all.sort_by_key(|(from, until, ..)| (*from, *until));
    for (from, until, ids, basis) in all {
        let subject = format!("効能又は効果 {}", ids.join("、"));
        let key = format!("reexamination-{}-{from}", ids.join("-"));
        agenda.lanes.push(Lane {
            name: format!("再審査期間（効能 {}）", ids.join("、")),
            kind: Kind::Reexamination,
            start: Some(from),
            end: Some(until),
            registration: None,
            milestones: Vec::new(),
            reports: Vec::new(),
        });
        let mut day = |key: String, date: Date, what: &str, basis: String, due: bool| {
            agenda.days.push(Day {
                key,
                date,
                stated: exact(date),
                what: what.to_owned(),
                subject: subject.clone(),
                basis,
                standing: standing(date, as_of),
                due,
            });
        };
        day(format!("{key}-end"), until, "再審査期間の満了", basis, false);
        if let Some(last) = last_day(until, APPLICATION, Counting::FirstDayNotCounted) {
            day(format!("{key}-application"), last, "再審査申請の期限", format!("再審査期間の満了（{}）から3か月以内", era(until)), true);
        }
        let next = periodic_safety_reports(from, until).into_iter().filter(|report| report.due >= as_of).take(NEXT_REPORTS);
        agenda.rhythm.extend(next.map(|report| Day {
            key: format!("{key}-periodic-{}", report.number),
            date: report.due,
            stated: exact(report.due),
            what: format!("安全性定期報告（第{}回）", report.number),
            subject: subject.clone(),
            basis: format!("調査単位期間 {}から{}まで、その満了から70日", era(report.first), era(report.last)),
            standing: standing(report.due, as_of),
            due: true,
        }));
    }
}

/// What an activity has in time.
fn gather(plan: &Plan, activity: &Activity, as_of: Date, agenda: &mut Agenda) {
    let id = activity.id.as_str();
    let kind = activity.kind.as_ref().map(|kind| kind.value);
    let subject = activity.name.value.clone();
    let status = plan.status(activity, as_of);
    let mut days: Vec<Day> = Vec::new();
    let point = |key: &str, stated: PartialDate, date: Date, what: String, basis: String, due: bool, standing: Standing| Day {
        key: format!("{id}-{key}"),
        date,
        stated,
        what,
        subject: subject.clone(),
        basis,
        standing,
        due,
    };
    let really = "実施した日".to_owned();
    let planned = || "計画に記す日".to_owned();
    let start = activity.started.as_ref().or(activity.period.as_ref().and_then(|period| period.start.as_ref()));
    if let Some(stated) = start {
        let date = stated.value.first();
        let basis = if activity.started.is_some() { really.clone() } else { planned() };
        days.push(point("start", stated.value, date, "開始".to_owned(), basis, false, standing(date, as_of)));
    }
    let registration = activity.registration.as_ref();
    let registration = registration.map(|period| (period.start.as_ref().map(|d| d.value), period.end.as_ref().map(|d| d.value)));
    if let Some((_, Some(end))) = registration {
        days.push(point("registration-end", end, end.last(), "登録終了".to_owned(), planned(), false, standing(end.last(), as_of)));
    }
    let end = plan.end_of(activity);
    if let Some(date) = end {
        let stated = Plan::stated_end(activity).map_or_else(|| exact(date), |stated| stated.value);
        let basis = match (&activity.ended, Plan::stated_end(activity)) {
            (Some(_), _) => really,
            (None, Some(_)) => planned(),
            (None, None) => "開始から6か月間（初日算入）".to_owned(),
        };
        let what = if status == (Status::Running { overdue: true }) { "終了（最終報告書は未作成）" } else { "終了" };
        days.push(point("end", stated, date, what.to_owned(), basis, false, standing(date, as_of)));
    }
    let mut milestones = Vec::new();
    let mut reports = Vec::new();
    for (n, milestone) in activity.milestone.iter().enumerate() {
        let text = milestone.text.value.clone();
        match milestone.when.as_ref().and_then(|when| Some((when, plan.day_of(when, activity)?))) {
            Some((when, date)) => {
                milestones.push(date);
                let what = format!("節目：{text}");
                match days.iter_mut().find(|day| day.date == date && !day.due) {
                    // the end of the survey as a milestone is one day, told once
                    Some(day) => day.what.push_str(&format!("（{what}）")),
                    None => {
                        let key = format!("milestone-{}", n + 1);
                        days.push(point(&key, printed(when, date), date, what, basis(when), false, standing(date, as_of)));
                    }
                }
            }
            None => agenda.open.push(Open {
                what: format!("節目：{text}"),
                subject: subject.clone(),
                waits_for: milestone.when.as_ref().map(basis).unwrap_or_default(),
            }),
        }
    }
    for (n, report) in activity.report.iter().enumerate() {
        let key = format!("report-{}", n + 1);
        let what = report_name(plan, activity, report);
        if let Some(made) = report.made.as_ref().filter(|made| made.value.first() <= as_of) {
            reports.push((made.value.last(), Standing::Made));
            days.push(point(&key, made.value, made.value.last(), what, "作成した日".to_owned(), true, Standing::Made));
            continue;
        }
        match report.due.as_ref().and_then(|when| Some((when, plan.day_of(when, activity)?))) {
            Some((when, date)) => {
                let standing = match from_today(date, as_of) {
                    days if days < 0 => Standing::Overdue(-days),
                    days => Standing::Ahead(days),
                };
                reports.push((date, standing));
                days.push(point(&key, printed(when, date), date, format!("{what}の期限"), basis(when), true, standing));
            }
            None => {
                agenda.open.push(Open { what, subject: subject.clone(), waits_for: report.due.as_ref().map(basis).unwrap_or_default() })
            }
        }
    }
    agenda.days.append(&mut days);
    let kind = match kind {
        Some(ActivityKind::Eppv) => Kind::Eppv,
        Some(kind) if kind.watches() => Kind::Survey,
        _ => Kind::Measure,
    };
    let first = plan.start_of(activity);
    let days_of = |date: Option<PartialDate>, first: bool| date.map(|date| if first { date.first() } else { date.last() });
    let registration = registration.map(|(from, until)| (days_of(from, true), days_of(until, false)));
    if first.is_some() || end.is_some() || !reports.is_empty() || !milestones.is_empty() {
        let name = activity.short.as_ref().unwrap_or(&activity.name).value.clone();
        agenda.lanes.push(Lane { name, kind, start: first, end, registration, milestones, reports });
    }
}

/// The date as the plan states it, where it does.
fn printed(when: &When, date: Date) -> PartialDate {
    match when {
        When::Date(stated) => stated.value,
        _ => exact(date),
    }
}

/// What a report is called.
fn report_name(plan: &Plan, activity: &Activity, report: &ReportFacts) -> String {
    const LONGEST: usize = 24;
    let told = report.text.as_ref().and_then(|text| text.value.split_once(['：', ':'])).map(|(name, _)| name.trim());
    if let Some(name) = told.filter(|name| !name.is_empty() && name.chars().count() <= LONGEST) {
        return name.to_owned();
    }
    let last = plan.final_report(activity).is_some_and(|last| std::ptr::eq(last, report));
    match report.kind.as_ref().map(|kind| kind.value) {
        Some(ReportKind::Interim) => "中間報告書",
        Some(ReportKind::Final) => "最終報告書",
        None if last && activity.report.len() > 1 => "最終報告書",
        None => "報告書",
    }
    .to_owned()
}

/// How a time is told.
fn basis(when: &When) -> String {
    match when {
        When::PeriodicReport(_) => "安全性定期報告のたび".to_owned(),
        When::Date(_) => "計画に記す日".to_owned(),
        When::Event(anchor) => {
            let event = match anchor.on.as_ref().map(|event| event.value) {
                Some(AnchorEvent::Approval) => "承認",
                Some(AnchorEvent::Launch) => "販売開始",
                Some(AnchorEvent::Start) => "開始",
                Some(AnchorEvent::EndOfRegistration) => "登録終了",
                Some(AnchorEvent::EndOfObservation) => "観察期間の終了",
                Some(AnchorEvent::End) => "終了",
                Some(AnchorEvent::FormsCollected) => "調査票の収集",
                Some(AnchorEvent::Registered) => "症例の登録",
                Some(AnchorEvent::Report) => "他の活動の結果報告",
                Some(AnchorEvent::NewInformation) => "新たな情報の入手",
                None => return String::new(),
            };
            let count = anchor.count.as_ref().map(|count| format!("（{}例）", count.value)).unwrap_or_default();
            match anchor.period() {
                Some(period) => format!("{event}{count}から{}後（初日不算入）", period.in_japanese()),
                None => format!("{event}{count}の時"),
            }
        }
    }
}
