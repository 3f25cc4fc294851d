//! 2, 3, 4 and the rows of 5.

use minijinja::{Value, context};
use plan::model::{Activity, List, Status};
use plan::prose::SectionKind;
use plan::tables::{ActivityKind, Length, When};

use super::{View, era, stated};

/// The name of the place in section 2 where an activity is told.
pub fn surveillance_name(id: &str) -> String {
    format!("activity-{id}")
}

/// The name of the place in section 4 where an activity is told.
pub fn minimisation_name(id: &str) -> String {
    format!("measure-{id}")
}

/// The name of the place in section 3 where an activity is told.
fn study_name(id: &str) -> String {
    format!("study-{id}")
}

impl View<'_> {
    /// An activity where it is only named.
    pub(super) fn named(&self, activity: &Activity) -> Value {
        let id = activity.id.as_str();
        context! {
            name => activity.name.value,
            kind => activity.kind.as_ref().map(|kind| kind.value.as_str()),
            surveillance => surveillance_name(id),
            measure => minimisation_name(id),
            study => study_name(id),
        }
    }

    pub(super) fn activity(&self, activity: &Activity) -> Value {
        let plan = self.plan;
        let id = activity.id.as_str();
        let names = plan.concerns_for(activity).map(|concern| concern.name.value.clone()).collect::<Vec<_>>();
        let efficacy: Vec<String> = activity
            .efficacy
            .iter()
            .filter_map(|id| plan.efficacy_concern(id.as_str()))
            .map(|concern| concern.name.value.clone())
            .collect();
        let milestones: Vec<Value> = activity
            .milestone
            .iter()
            .map(|milestone| {
                let lists: Vec<&str> = [List::Pharmacovigilance, List::Efficacy, List::Minimisation]
                    .into_iter()
                    .filter(|list| list.prints(milestone))
                    .map(List::number)
                    .collect();
                context! { text => self.words(&milestone.text), lists, criteria => self.markdown(milestone.criteria.as_ref()) }
            })
            .collect();
        let reports: Vec<Value> = activity
            .report
            .iter()
            .map(|report| {
                let made = report.made.as_ref().filter(|made| made.value.first() <= self.as_of).map(|made| stated(made.value));
                let text = report.text.as_ref().map(|text| text.value.clone());
                let timed = text.as_deref().is_some_and(tells_time);
                context! { made, text, timed, due => report.due.as_ref().map(|due| self.when(due, activity)) }
            })
            .collect();
        let section = |kind| self.section(&activity.prose, kind);
        let status = match plan.status(activity, self.as_of) {
            Status::Planned => "planned",
            Status::Running { .. } => "running",
            Status::Finished => "finished",
        };
        let start = activity.started.as_ref().or(activity.period.as_ref().and_then(|period| period.start.as_ref()));
        let end = activity.ended.as_ref().or(activity.period.as_ref().and_then(|period| period.end.as_ref()));
        let end = end.map(|end| stated(end.value)).or_else(|| plan.end_of(activity).map(era));
        let future = plan.end_of(activity).is_some_and(|end| end >= self.as_of);
        context! {
            name => self.words(&activity.name),
            id,
            place => self.place(surveillance_name(id), activity.file),
            measure_place => self.place(minimisation_name(id), activity.file),
            study_place => self.place(study_name(id), activity.file),
            surveillance => surveillance_name(id),
            measure => minimisation_name(id),
            study => study_name(id),
            kind => activity.kind.as_ref().map(|kind| kind.value.as_str()),
            eppv => activity.kind.as_ref().is_some_and(|kind| kind.value == ActivityKind::Eppv),
            is_study => activity.kind.as_ref().is_some_and(|kind| kind.value.is_study()),
            concerns => names,
            efficacy,
            start => start.map(|start| stated(start.value)),
            end,
            future,
            registration => activity.registration.as_ref().map(|period| {
                context! {
                    start => period.start.as_ref().map(|date| stated(date.value)),
                    end => period.end.as_ref().map(|date| stated(date.value)),
                    future => period.end.as_ref().is_some_and(|date| date.value.last() >= self.as_of),
                }
            }),
            observation => activity.observation.as_ref().map(length),
            target => activity.target.as_ref().map(|target| target.value),
            target_note => activity.target_note.as_ref().map(|note| note.value.clone()),
            method => activity.method.as_ref().map(|method| method.value.as_str()),
            method_text => activity.method_text.as_ref().map(|text| text.value.clone()),
            all_case => activity.all_case.as_ref().is_some_and(|all| all.value),
            population => self.markdown(activity.population.as_ref()),
            audience => activity.audience.as_ref().map(|audience| audience.value.as_str()),
            version => activity.version.as_ref().map(|version| version.value.clone()),
            milestones,
            reports,
            status,
            objective => section(SectionKind::Objective),
            rationale => section(SectionKind::Rationale),
            conduct => section(SectionKind::Method),
            milestone_reasons => section(SectionKind::Milestones),
            actions => section(SectionKind::Measures),
        }
    }

    fn when(&self, when: &When, activity: &Activity) -> Value {
        let day = self.plan.day_of(when, activity).map(era);
        match when {
            When::PeriodicReport(_) => context! { event => "periodic-report", day },
            When::Date(date) => context! { event => "date", date => stated(date.value), day },
            When::Event(anchor) => context! {
                event => anchor.on.as_ref().map(|event| event.value.as_str()),
                after => anchor.period().map(|period| context! { amount => period.amount, unit => unit(period) }),
                count => anchor.count.as_ref().map(|count| count.value),
                day,
            },
        }
    }
}

/// The unit of a period, as forms name it.
pub fn unit(period: calendar::Period) -> &'static str {
    match period.unit {
        calendar::Unit::Days => "days",
        calendar::Unit::Weeks => "weeks",
        calendar::Unit::Months => "months",
        calendar::Unit::Years => "years",
    }
}

fn length(length: &Length) -> Value {
    let period = length.period();
    context! {
        amount => period.map(|period| period.amount),
        unit => period.map(unit),
        up_to => length.up_to.as_ref().map(|up_to| up_to.value),
        text => length.text.as_ref().map(|text| text.value.clone()),
        timed => length.text.as_ref().is_some_and(|text| tells_time(text)),
    }
}

/// True for words that say a time by themselves, such as 調査終了 3 ヵ月後.
fn tells_time(text: &str) -> bool {
    !calendar::find_periods(text).is_empty() || !calendar::find_dates(text).is_empty()
}
