use calendar::{Counting, Date, PartialDate, Period, Unit, last_day};

use super::{Activity, Plan};
use crate::source::Spanned;
use crate::tables::{ActivityKind, AnchorEvent, ReportFacts, ReportKind, When};

/// A report that is due on a day.
#[derive(Clone, Debug)]
pub struct Deadline<'a> {
    /// The activity.
    pub activity: &'a Activity,
    /// The report.
    pub report: &'a ReportFacts,
    /// The last day.
    pub due: Date,
}

/// A market surveillance right after launch or approval lasts six months (GVP省令; 市販直後調査の実施方法).
pub(crate) const EPPV: Period = Period { amount: 6, unit: Unit::Months };

impl Plan {
    /// The first day of an activity: when it really began, or when it is planned to.
    #[must_use]
    pub fn start_of(&self, activity: &Activity) -> Option<Date> {
        let planned = activity.period.as_ref().and_then(|period| period.start.as_ref());
        activity.started.as_ref().or(planned).map(|date| date.value.first())
    }

    /// When an activity really ended, or when it is planned to, as stated.
    #[must_use]
    pub fn stated_end(activity: &Activity) -> Option<&Spanned<PartialDate>> {
        activity.ended.as_ref().or(activity.period.as_ref().and_then(|period| period.end.as_ref()))
    }

    /// The last day of an activity: when it really ended, or when it is planned to. An EPPV that states no end lasts six months.
    #[must_use]
    pub fn end_of(&self, activity: &Activity) -> Option<Date> {
        if let Some(date) = Self::stated_end(activity) {
            return Some(date.value.last());
        }
        if activity.kind.as_ref().is_some_and(|kind| kind.value == ActivityKind::Eppv) {
            let start = activity.period.as_ref()?.start.as_ref()?.value.day()?;
            return last_day(start, EPPV, Counting::FirstDayCounted);
        }
        None
    }

    /// The day of a time, where it can be told: the last day of a month, the end of a period under 民法 140–143条.
    #[must_use]
    pub fn day_of(&self, when: &When, activity: &Activity) -> Option<Date> {
        match when {
            When::PeriodicReport(_) => None,
            When::Date(date) => Some(date.value.last()),
            When::Event(anchor) => {
                let day = self.day_of_event(anchor.on.as_ref()?.value, activity)?;
                match anchor.period() {
                    Some(period) => last_day(day, period, Counting::FirstDayNotCounted),
                    None => Some(day),
                }
            }
        }
    }

    /// The day of an event of an activity, where the plan tells it.
    #[must_use]
    pub fn day_of_event(&self, event: AnchorEvent, activity: &Activity) -> Option<Date> {
        let registered = || activity.registration.as_ref()?.end.as_ref().map(|date| date.value.last());
        match event {
            AnchorEvent::Approval => self.approval_for(activity),
            AnchorEvent::Launch => self.facts.product.launched.as_ref().map(|date| date.value),
            AnchorEvent::Start => self.start_of(activity),
            AnchorEvent::EndOfRegistration => registered(),
            AnchorEvent::EndOfObservation => {
                let length = activity.observation.as_ref()?.period()?;
                last_day(registered()?, length, Counting::FirstDayNotCounted)
            }
            AnchorEvent::End => self.end_of(activity),
            AnchorEvent::FormsCollected | AnchorEvent::Registered | AnchorEvent::Report | AnchorEvent::NewInformation => None,
        }
    }

    /// The final report of an activity: the one that says so, else the last one that is not said to be an interim report, if it is not
    /// made before the end. Without a known end only a report that says so is final.
    #[must_use]
    pub fn final_report<'a>(&self, activity: &'a Activity) -> Option<&'a ReportFacts> {
        if let Some(stated) = activity.report.iter().rev().find(|report| is_of_kind(report, ReportKind::Final)) {
            return Some(stated);
        }
        let last = activity.report.last().filter(|report| !is_of_kind(report, ReportKind::Interim))?;
        // of an end or a report that is told by its month only the day is not known
        let end = Self::stated_end(activity).map(|end| end.value.first()).or_else(|| self.end_of(activity))?;
        last.made.as_ref().is_none_or(|made| made.value.last() >= end).then_some(last)
    }

    /// The approval that an activity follows: the last one among its indications, else the product's.
    fn approval_for(&self, activity: &Activity) -> Option<Date> {
        let own = activity.indications.iter().filter_map(|id| self.approval_of(self.indication(id.as_str())?)).max();
        own.or(self.facts.product.approved.as_ref().map(|date| date.value))
    }

    /// The reports that are not made by a day, and when they are due, the first one first. Reports without a day are left out.
    #[must_use]
    pub fn deadlines(&self, as_of: Date) -> Vec<Deadline<'_>> {
        let mut all: Vec<Deadline<'_>> = Vec::new();
        for activity in &self.activities {
            for report in activity.report.iter().filter(|report| !is_made(report, as_of)) {
                if let Some(due) = report.due.as_ref().and_then(|due| self.day_of(due, activity)) {
                    all.push(Deadline { activity, report, due });
                }
            }
        }
        all.sort_by_key(|deadline| deadline.due);
        all
    }
}

/// True if a report is made by a day.
pub(crate) fn is_made(report: &ReportFacts, as_of: Date) -> bool {
    report.made.as_ref().is_some_and(|made| made.value.first() <= as_of)
}

/// True if a report states that it is of this kind.
pub(crate) fn is_of_kind(report: &ReportFacts, kind: ReportKind) -> bool {
    report.kind.as_ref().is_some_and(|stated| stated.value == kind)
}
