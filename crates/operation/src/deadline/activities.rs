//! What the activities of the plan have promised: reports, milestones, EPPV, and the plan handed in before they begin.

use calendar::{Date, PartialDate};
use diagnostic::Words;
use plan::Plan;
use plan::model::{Activity, Status};
use plan::tables::{ActivityKind, AnchorEvent, ReportFacts, ReportKind, When};

use super::periodic::{beyond, no_length};
use super::reckoning::Reckoning;
use super::settle::{Case, Done, Draft};
use super::{Anchor, Deadline, Evidence, Kind, Weight};

/// What is due of the activities.
pub(super) fn collect(case: &Case<'_>, all: &mut Vec<Deadline>) {
    for activity in &case.plan.activities {
        let is_eppv = activity.kind.as_ref().is_some_and(|kind| kind.value == ActivityKind::Eppv);
        if is_eppv {
            all.extend([Kind::EppvInterim, Kind::EppvReport].into_iter().filter_map(|kind| eppv(case, activity, kind)));
        } else {
            all.extend(new_activity(case, activity));
        }
        for (report, name) in activity.report.iter().zip(report_names(activity)) {
            let of_the_rule = is_eppv
                && [final_report(case.plan, activity), interim_report(activity)].into_iter().flatten().any(|own| std::ptr::eq(own, report));
            if !of_the_rule {
                all.extend(report_of(case, activity, report, &name));
            }
        }
        milestones(case, activity, all);
    }
}

/// The name of an activity.
pub(super) fn name(activity: &Activity) -> Words {
    let ja = activity.name.value.clone();
    let en = activity.name_en.as_ref().map_or_else(|| ja.clone(), |name| name.value.clone());
    Words::new(ja, en)
}

/// The parts of ids that tell the reports of an activity apart: `final`, `interim-1`, `report-1`, each counted among its like, so that a
/// report that is added at the end moves none.
fn report_names(activity: &Activity) -> Vec<String> {
    let (mut interim, mut last, mut other) = (0, 0, 0);
    let count = |n: &mut u32| {
        *n += 1;
        *n
    };
    let name = |report: &ReportFacts| match report.kind.as_ref().map(|kind| kind.value) {
        Some(ReportKind::Interim) => format!("interim-{}", count(&mut interim)),
        Some(ReportKind::Final) => match count(&mut last) {
            1 => "final".to_owned(),
            n => format!("final-{n}"),
        },
        None => format!("report-{}", count(&mut other)),
    };
    activity.report.iter().map(name).collect()
}

fn final_report<'a>(plan: &Plan, activity: &'a Activity) -> Option<&'a ReportFacts> {
    // of one report that is not said to be an interim one, its day in the plan does not decide what it is
    plan.final_report(activity).or_else(|| match activity.report.as_slice() {
        [only] if !is_interim(only) => Some(only),
        _ => None,
    })
}

fn interim_report(activity: &Activity) -> Option<&ReportFacts> {
    activity.report.iter().find(|report| is_interim(report))
}

fn is_interim(report: &ReportFacts) -> bool {
    report.kind.as_ref().is_some_and(|kind| kind.value == ReportKind::Interim)
}

fn made(report: Option<&ReportFacts>) -> Option<Done> {
    report.and_then(|report| report.made.as_ref()).map(|made| Done { on: made.value, by: Evidence::Plan, exactly: true })
}

/// A report that the plan promises.
fn report_of(case: &Case<'_>, activity: &Activity, report: &ReportFacts, of: &str) -> Option<Deadline> {
    let rule = case.rules.latest(Kind::ActivityReport.rule())?;
    let mut reckoning = Reckoning::default();
    let last = final_report(case.plan, activity).is_some_and(|last| std::ptr::eq(last, report));
    let what = match report.kind.as_ref().map(|kind| kind.value) {
        Some(ReportKind::Interim) => ("中間報告書", "interim report"),
        Some(ReportKind::Final) => ("最終報告書", "final report"),
        None if last => ("最終報告書", "final report"),
        None => ("報告書", "report"),
    };
    let found = match &report.due {
        Some(when) => day(case, activity, when, &mut reckoning),
        None => Err(Words::new("作成の予定日（計画にない）", "the day on which it is planned, which the plan does not state")),
    };
    let (anchor, day) = parted(found);
    Some(case.settle(Draft {
        kind: Kind::ActivityReport,
        of: format!("{}/{of}", activity.id.as_str()),
        weight: Weight::Promise,
        title: Words::new(what.0, what.1),
        subject: name(activity),
        anchor,
        period: case.plan.start_of(activity).zip(case.plan.end_of(activity)).filter(|_| last),
        reckoning,
        day,
        done: made(Some(report)),
        told_elsewhere: true,
        with: Vec::new(),
        remarks: Vec::new(),
        rule,
    }))
}

/// The milestones of an activity that have, or wait for, a day of their own. Those of each periodic safety report are told with it.
fn milestones(case: &Case<'_>, activity: &Activity, all: &mut Vec<Deadline>) {
    let Some(rule) = case.rules.latest(Kind::Milestone.rule()) else { return };
    for (n, milestone) in activity.milestone.iter().enumerate() {
        let mut reckoning = Reckoning::default();
        let found = match &milestone.when {
            Some(When::PeriodicReport(_)) | None => continue,
            Some(when) => day(case, activity, when, &mut reckoning),
        };
        if found.is_err() && case.plan.status(activity, case.as_of) == Status::Finished {
            // what the plan never dated waits for nothing any more
            continue;
        }
        let (anchor, day) = parted(found);
        let criteria = milestone.criteria.as_ref().map(|criteria| Words::same(criteria.value.0.clone()));
        all.push(case.settle(Draft {
            kind: Kind::Milestone,
            of: format!("{}/{}", activity.id.as_str(), n + 1),
            weight: Weight::Promise,
            title: Words::new(format!("節目：{}", milestone.text.value), format!("milestone: {}", milestone.text.value)),
            subject: name(activity),
            anchor,
            period: None,
            reckoning,
            day,
            done: None,
            told_elsewhere: false,
            with: Vec::new(),
            remarks: criteria.into_iter().collect(),
            rule,
        }));
    }
}

/// The report on an EPPV, and the customary one before its end.
fn eppv(case: &Case<'_>, activity: &Activity, kind: Kind) -> Option<Deadline> {
    let mut reckoning = Reckoning::default();
    let begin = eppv_start(case, activity);
    let rule = match &begin {
        Ok(anchor) => case.rules.rule(kind.rule(), anchor.day)?,
        Err(_) => case.rules.latest(kind.rule())?,
    };
    let report = if kind == Kind::EppvReport { final_report(case.plan, activity) } else { interim_report(activity) };
    let mut period = None;
    let mut remarks = Vec::new();
    let day = match &begin {
        Err(missing) => Err(missing.clone()),
        Ok(anchor) => {
            let what = &anchor.what;
            reckoning.state(Words::new(format!("開始：{}", what.ja), format!("begin: {}", what.en)), anchor.day, Some(rule.source.clone()));
            if kind == Kind::EppvInterim {
                rule.length("after").ok_or_else(no_length).and_then(|long| reckoning.lasting(anchor.day, long).ok_or_else(beyond))
            } else {
                let end = eppv_end(activity, anchor.day, rule.length("period"), &mut reckoning);
                end.and_then(|end| {
                    period = Some((anchor.day, end));
                    let long = rule.length("due").ok_or_else(no_length)?;
                    reckoning.note(
                        Words::new(
                            format!("終了から{}以内に報告する", long.in_japanese()),
                            format!("reported on within {long} of its end"),
                        ),
                        Some(rule.source.clone()),
                    );
                    reckoning.after(end, long).ok_or_else(beyond)
                })
            }
        }
    };
    if let Some(When::Date(stated)) = report.and_then(|report| report.due.as_ref()) {
        let (ja, en) = (stated.value.in_japanese(), stated.value.in_english());
        remarks.push(Words::new(format!("計画に記す予定は{ja}"), format!("the plan states {en}")));
    }
    Some(case.settle(Draft {
        kind,
        of: activity.id.as_str().to_owned(),
        weight: if kind == Kind::EppvInterim { Weight::Customary } else { Weight::Obligation },
        title: rule.title.clone(),
        subject: name(activity),
        anchor: begin.ok(),
        period,
        reckoning,
        day,
        done: made(report),
        told_elsewhere: report.is_some(),
        with: Vec::new(),
        remarks,
        rule,
    }))
}

/// The day on which an EPPV began or begins: as the plan states it; else by the rule, which is the start of sale for a new drug, and the
/// approval for an indication that is added to a drug on sale.
fn eppv_start(case: &Case<'_>, activity: &Activity) -> Result<Anchor, Words> {
    if let Some(day) = activity.started.as_ref().and_then(|day| day.value.day()) {
        return Ok(Anchor {
            day, what: Words::new("実際に始まった日（計画）", "the day on which it really began, as the plan states")
        });
    }
    let indications = activity.indications.iter().filter_map(|id| case.plan.indication(id.as_str()));
    let approved = indications.filter_map(|indication| case.plan.approval_of(indication)).max();
    let is_new = approved.is_none_or(|day| Some(day) == case.approved());
    // a start on record is nearer to what happened than what was planned
    if is_new && let Some(day) = case.record.sold_from.iter().copied().min() {
        return Ok(Anchor { day, what: Words::new("販売開始の日（記録）", "the start of sale on record") });
    }
    if let Some(day) = activity.period.as_ref().and_then(|period| period.start.as_ref()).and_then(|day| day.value.day()) {
        return Ok(Anchor { day, what: Words::new("計画に記す開始日", "the start that the plan states") });
    }
    match approved.filter(|_| !is_new) {
        Some(day) => {
            Ok(Anchor { day, what: Words::new("効能又は効果の追加の承認日", "the approval of the added indication") })
        }
        None => match case.sold_from() {
            Some(day) => Ok(Anchor { day, what: Words::new("販売開始の日", "the start of sale") }),
            None => Err(Words::new("販売開始の日", "the day of the start of sale")),
        },
    }
}

/// The last day of an EPPV: as the plan states it, else by the rule.
fn eppv_end(activity: &Activity, start: Date, period: Option<calendar::Period>, reckoning: &mut Reckoning) -> Result<Date, Words> {
    if let Some(stated) = Plan::stated_end(activity).map(|stated| stated.value.last()).filter(|end| *end >= start) {
        reckoning.state(Words::new("計画に記す終了日", "the end that the plan states"), stated, None);
        return Ok(stated);
    }
    period.ok_or_else(no_length).and_then(|long| reckoning.lasting(start, long).ok_or_else(beyond))
}

/// The plan is handed in before new pharmacovigilance begins. An EPPV is not told: it begins with an approval or the start of sale, and
/// its plan is confirmed with that approval.
fn new_activity(case: &Case<'_>, activity: &Activity) -> Option<Deadline> {
    if !activity.kind.as_ref().is_some_and(|kind| kind.watches()) {
        return None;
    }
    let planned = activity.period.as_ref().and_then(|period| period.start.as_ref()).or(activity.started.as_ref())?;
    let start = planned.value.first();
    let rule = case.rules.rule(Kind::NewActivityNotice.rule(), start)?;
    let mut reckoning = Reckoning::default();
    state(&mut reckoning, Words::new("開始の予定日", "the planned start"), planned.value, true);
    let long = rule.length("before");
    let day = long.ok_or_else(no_length).and_then(|long| {
        reckoning.note(
            Words::new(
                format!("開始の予定の遅くとも{}前までに計画を提出する", long.in_japanese()),
                format!("the plan is handed in at the latest {long} before the planned start"),
            ),
            Some(rule.source.clone()),
        );
        reckoning.before(start, long).ok_or_else(beyond)
    });
    let submitted = case.record.submissions.iter().filter(|submission| submission.on <= case.as_of);
    let first = submitted.filter(|submission| submission.activities.iter().any(|id| id == activity.id.as_str())).min();
    Some(case.settle(Draft {
        kind: Kind::NewActivityNotice,
        of: activity.id.as_str().to_owned(),
        weight: Weight::Obligation,
        title: rule.title.clone(),
        subject: name(activity),
        anchor: Some(Anchor { day: start, what: Words::new("開始の予定日", "the planned start") }),
        period: None,
        reckoning,
        day,
        done: first.map(|first| Done { on: PartialDate::from(first.on), by: Evidence::Receipt(first.number.clone()), exactly: true }),
        told_elsewhere: false,
        with: Vec::new(),
        remarks: Vec::new(),
        rule,
    }))
}

/// States a day that is perhaps only told by its month.
fn state(reckoning: &mut Reckoning, what: Words, stated: PartialDate, first: bool) -> Date {
    let day = if first { stated.first() } else { stated.last() };
    let which = match (stated.day(), first) {
        (Some(_), _) => Words::default(),
        (None, true) => Words::new(format!("：{}の初日", stated.in_japanese()), format!(": the first day of {}", stated.in_english())),
        (None, false) => Words::new(format!("：{}の末日", stated.in_japanese()), format!(": the last day of {}", stated.in_english())),
    };
    reckoning.state(Words::new(format!("{}{}", what.ja, which.ja), format!("{}{}", what.en, which.en)), day, None);
    day
}

fn parted(found: Result<(Option<Anchor>, Date), Words>) -> (Option<Anchor>, Result<Date, Words>) {
    match found {
        Ok((anchor, day)) => (anchor, Ok(day)),
        Err(missing) => (None, Err(missing)),
    }
}

/// The day of a time that the plan states, and the event from which it is counted; or the fact that is missing.
pub(super) fn day(case: &Case<'_>, activity: &Activity, when: &When, reckoning: &mut Reckoning) -> Result<(Option<Anchor>, Date), Words> {
    let anchor = match when {
        When::PeriodicReport(_) => {
            return Err(Words::new(
                "安全性定期報告の日（各回に検討する）",
                "the day of a periodic safety report; it is looked at with each of them",
            ));
        }
        When::Date(stated) => {
            let day = state(reckoning, Words::new("計画に記す日", "the day that the plan states"), stated.value, false);
            return Ok((None, day));
        }
        When::Event(anchor) => anchor,
    };
    let event =
        anchor.on.as_ref().map(|event| event.value).ok_or_else(|| Words::new("起点となる出来事", "the event from which it is counted"))?;
    let count = anchor.count.as_ref().map(|count| count.value);
    let (ja, en) = event.words();
    let what = match count {
        None => Words::new(ja, en),
        Some(count) => Words::new(format!("{ja}（{count}例）"), format!("{en} ({count})")),
    };
    let same = |happened: &&super::Happened| {
        happened.activity == activity.id.as_str() && happened.event == event && happened.count == count && happened.on <= case.as_of
    };
    let from = match case.record.events.iter().filter(same).map(|happened| happened.on).min() {
        Some(day) => Some(day),
        None => planned(case, activity, event),
    };
    let from = from.ok_or_else(|| Words::new(format!("起点となる日：{}", what.ja), format!("the day of the event: {}", what.en)))?;
    reckoning.state(Words::new(format!("起点：{}", what.ja), format!("counted from: {}", what.en)), from, None);
    let day = match anchor.period() {
        None => from,
        Some(long) => {
            reckoning.note(Words::new(format!("その{}後", long.in_japanese()), format!("{long} after it")), None);
            reckoning.after(from, long).ok_or_else(beyond)?
        }
    };
    Ok((Some(Anchor { day: from, what }), day))
}

/// The day of an event as the plan tells it.
fn planned(case: &Case<'_>, activity: &Activity, event: AnchorEvent) -> Option<Date> {
    match event {
        AnchorEvent::Launch => case.sold_from(),
        other => case.plan.day_of_event(other, activity),
    }
}
