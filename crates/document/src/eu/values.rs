//! The plan as the values of the form of the EU-RMP.

use std::cell::RefCell;

use calendar::{Date, PartialDate, Period};
use minijinja::{Value, context};
use plan::Plan;
use plan::model::{Activity, Concern, EfficacyConcern, List, Status};
use plan::prose::SectionKind;
use plan::source::Spanned;
use plan::tables::{ActivityKind, Arm, Class, Family, Length, Study, StudyKind, Submission, When};
use typeset::Inline;

use super::english::{Gaps, tagged};
use crate::figures::Figures;
use crate::fragment::Fragment;
use crate::view::{measure_name, place_of, unit};

/// A plan, and what was met while it was told.
pub struct European<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The day statuses are told of.
    pub as_of: Date,
    /// The figures met so far.
    pub figures: RefCell<Figures>,
    /// What has no English.
    pub gaps: RefCell<Gaps>,
}

/// A day as an English document states it.
fn day(date: Date) -> String {
    PartialDate::from(date).in_english()
}

fn said(date: Option<&Spanned<Date>>) -> Option<String> {
    date.map(|date| day(date.value))
}

fn anchor(name: String) -> Value {
    Fragment::inlines(vec![Inline::Anchor(name)])
}

fn is_eppv(activity: &Activity) -> bool {
    activity.kind.as_ref().is_some_and(|kind| kind.value == ActivityKind::Eppv)
}

impl European<'_> {
    /// The values of the form.
    pub fn values(&self) -> Value {
        let plan = self.plan;
        let facts = &plan.facts;
        let list = |list: List| -> Vec<Value> { plan.list(list).map(|activity| self.activity(activity, list)).collect() };
        let classes: Vec<Value> = [Class::Identified, Class::Potential, Class::Missing]
            .into_iter()
            .map(
                |class| context! { id => class.as_str(), concerns => plan.concerns_of(class).map(|c| self.concern(c)).collect::<Vec<_>>() },
            )
            .collect();
        let routine = facts.routine.as_ref();
        let told = |kind: Option<StudyKind>| -> Vec<Value> {
            plan.studies.study.iter().filter(|study| study.kind() == kind).map(|study| self.study(study)).collect()
        };
        let mut submissions: Vec<&Submission> = facts.submission.iter().filter(|submission| submission.date.is_some()).collect();
        submissions.sort_by_key(|submission| submission.date.as_ref().map(|date| date.value));
        let history: Vec<Value> = submissions.into_iter().map(|submission| self.submission(submission)).collect();
        context! {
            product => self.product(),
            holder => self.words(&facts.holder.name, facts.holder.name_en.as_ref(), "name_en"),
            as_of => day(self.as_of),
            history,
            trials => told(Some(StudyKind::Trial)),
            surveys => told(Some(StudyKind::Survey)),
            // the plan does not say what they are, and no title is taken for it
            untold => told(None),
            classes,
            efficacy => plan.efficacy.iter().map(|concern| self.efficacy(concern)).collect::<Vec<_>>(),
            routine => context! {
                pharmacovigilance => self.markdown(
                    routine.map(|r| &r.pharmacovigilance), routine.and_then(|r| r.pharmacovigilance_en.as_ref()), "pharmacovigilance_en"),
                minimisation => self.markdown(
                    routine.map(|r| &r.minimisation), routine.and_then(|r| r.minimisation_en.as_ref()), "minimisation_en"),
            },
            surveillance => list(List::Pharmacovigilance),
            studies => list(List::Efficacy),
            measures => list(List::Minimisation),
            attachments => facts.attachment.len(),
            br => Fragment::inlines(vec![Inline::Break]),
        }
    }

    fn product(&self) -> Value {
        let facts = &self.plan.facts;
        let product = &facts.product;
        let strengths: Vec<Value> = facts
            .strength
            .iter()
            .map(|strength| {
                context! {
                    name => self.words(&strength.name, strength.name_en.as_ref(), "name_en"),
                    content => self.words(&strength.content, strength.content_en.as_ref(), "content_en"),
                    number => strength.approval_number.value,
                }
            })
            .collect();
        let indications: Vec<Value> = facts
            .indication
            .iter()
            .map(|indication| {
                context! {
                    name => self.words(&indication.name, indication.name_en.as_ref(), "name_en"),
                    approved => self.plan.approval_of(indication).map(day),
                }
            })
            .collect();
        // the cover names the product, or its first strength
        let name = match (&product.name, facts.strength.first()) {
            (Some(name), _) => self.words(name, product.name_en.as_ref(), "name_en"),
            (None, Some(first)) => self.words(&first.name, product.name_en.as_ref().or(first.name_en.as_ref()), "name_en"),
            (None, None) => self.words(&product.substance, product.substance_en.as_ref(), "substance_en"),
        };
        context! {
            name,
            substance => self.words(&product.substance, product.substance_en.as_ref(), "substance_en"),
            dosage => self.markdown(Some(&product.dosage), product.dosage_en.as_ref(), "dosage_en"),
            approved => said(product.approved.as_ref()),
            launched => said(product.launched.as_ref()),
            birth_date => said(product.birth_date.as_ref()),
            strengths,
            indications,
        }
    }

    fn submission(&self, submission: &Submission) -> Value {
        context! {
            version => submission.version.as_ref().map(|version| self.code(version, "version")),
            date => said(submission.date.as_ref()),
            changes => self.markdown(submission.changes.as_ref(), submission.changes_en.as_ref(), "changes_en"),
            reason => self.markdown(submission.reason.as_ref(), submission.reason_en.as_ref(), "reason_en"),
        }
    }

    fn study(&self, study: &Study) -> Value {
        let optional = |japanese: &Option<Spanned<String>>, english: &Option<Spanned<String>>, key: &str| {
            japanese.as_ref().map(|japanese| self.words(japanese, english.as_ref(), key))
        };
        let size = |arm: Option<&Arm>| {
            let size = self.figures.borrow_mut().size(self.plan, study, arm)?;
            Some(Fragment::inlines(vec![size]))
        };
        let arms: Vec<Value> = study
            .arm
            .iter()
            .filter(|arm| !arm.name.is_empty())
            .map(|arm| {
                let name = self.words(&arm.name, arm.name_en.as_ref(), "name_en");
                context! { name, size => size(Some(arm)) }
            })
            .collect();
        context! {
            // what a study is called is no word to translate
            id => Fragment::inlines(vec![tagged(study.id.as_str())]),
            title => optional(&study.title, &study.title_en, "title_en"),
            population => optional(&study.population, &study.population_en, "population_en"),
            country => optional(&study.country, &study.country_en, "country_en"),
            phase => study.phase.as_ref().map(|phase| self.code(phase, "phase")),
            size => size(None),
            arms,
        }
    }

    fn concern(&self, concern: &Concern) -> Value {
        let id = concern.id.as_str();
        let activities = |family: fn(Family) -> bool| -> Vec<Value> {
            let covers = self.plan.activities_for(concern);
            covers
                .filter(|activity| activity.kind.as_ref().is_some_and(|kind| family(kind.family())))
                .filter(|activity| self.plan.status(activity, self.as_of) != Status::Finished)
                .map(|activity| self.named(activity))
                .collect()
        };
        let name = place_of(self.plan, id).unwrap_or_default();
        context! {
            name => self.name(concern, &concern.name, concern.name_en.as_ref()),
            anchor => name.as_str(),
            place => anchor(name),
            why => self.section(concern, SectionKind::Why),
            why_surveillance => self.section(concern, SectionKind::Pharmacovigilance),
            why_minimisation => self.section(concern, SectionKind::Minimisation),
            surveillance => activities(|family| family != Family::Minimisation),
            measures => activities(|family| family != Family::Pharmacovigilance),
            labels => concern.label.iter().map(|label| label.as_str()).collect::<Vec<_>>(),
            in_label => concern.in_label.as_ref().is_some_and(|label| label.value),
            patient_guide => concern.patient_guide.as_ref().is_some_and(|guide| guide.value),
        }
    }

    fn efficacy(&self, concern: &EfficacyConcern) -> Value {
        let name = place_of(self.plan, concern.id.as_str()).unwrap_or_default();
        context! {
            name => self.name(concern, &concern.name, concern.name_en.as_ref()),
            place => anchor(name),
            why => self.section(concern, SectionKind::Why),
            outline => self.section(concern, SectionKind::Outline),
        }
    }

    /// An activity where it is only named.
    fn named(&self, activity: &Activity) -> Value {
        let id = activity.id.as_str();
        context! {
            name => self.name(activity, &activity.name, activity.name_en.as_ref()),
            anchor => place_of(self.plan, id),
            measure => measure_name(id),
        }
    }

    /// An activity as a list prints it.
    fn activity(&self, activity: &Activity, list: List) -> Value {
        let plan = self.plan;
        let id = activity.id.as_str();
        let concerns: Vec<Value> =
            plan.concerns_for(activity).map(|concern| self.name(concern, &concern.name, concern.name_en.as_ref())).collect();
        let efficacy: Vec<Value> = activity
            .efficacy
            .iter()
            .filter_map(|id| plan.efficacy_concern(id.as_str()))
            .map(|concern| self.name(concern, &concern.name, concern.name_en.as_ref()))
            .collect();
        let milestones = activity.milestone.iter().filter(|milestone| list.prints(milestone));
        let milestones: Vec<Value> = milestones.filter_map(|milestone| Some(self.when(milestone.when.as_ref()?, activity))).collect();
        let reports: Vec<Value> = activity
            .report
            .iter()
            .map(|report| {
                let made = report.made.as_ref().filter(|made| made.value.first() <= self.as_of).map(|made| made.value.in_english());
                context! {
                    made,
                    kind => report.kind.as_ref().map(|kind| kind.value.as_str()),
                    due => report.due.as_ref().map(|due| self.when(due, activity)),
                }
            })
            .collect();
        let period = activity.period.as_ref();
        let start = activity.started.as_ref().or(period.and_then(|period| period.start.as_ref()));
        let end = activity.ended.as_ref().or(period.and_then(|period| period.end.as_ref()));
        let end = end.map(|end| end.value.in_english()).or_else(|| plan.end_of(activity).map(day));
        // what has ended is only named, and what is not printed is not missed
        let status = plan.status(activity, self.as_of);
        let section = |kind| (status != Status::Finished).then(|| self.section(activity, kind));
        context! {
            name => self.name(activity, &activity.name, activity.name_en.as_ref()),
            anchor => place_of(plan, id),
            place => anchor(place_of(plan, id).unwrap_or_default()),
            measure => measure_name(id),
            measure_place => anchor(measure_name(id)),
            kind => activity.kind.as_ref().map(|kind| kind.value.as_str()),
            category => activity.eu_category.as_ref().map(|category| category.value.as_str()),
            // what Japan alone asks for has no place among European measures
            national => is_eppv(activity) || activity.all_case.as_ref().is_some_and(|all| all.value),
            eppv => is_eppv(activity),
            all_case => activity.all_case.as_ref().is_some_and(|all| all.value),
            status => status.words().1,
            concerns,
            efficacy,
            start => start.map(|start| start.value.in_english()),
            end,
            observation => activity.observation.as_ref().and_then(length),
            target => activity.target.as_ref().map(|target| target.value),
            counted => activity.counted.as_ref().map(|counted| counted.value.0.as_str()),
            method => activity.method.as_ref().map(|method| method.value.as_str()),
            population => (status != Status::Finished && activity.kind.as_ref().is_none_or(|kind| kind.value.watches()))
                .then(|| self.markdown(activity.population.as_ref(), activity.population_en.as_ref(), "population_en")),
            audience => activity.audience.as_ref().map(|audience| audience.value.as_str()),
            version => activity.version.as_ref().filter(|_| status != Status::Finished).map(|version| self.code(version, "version")),
            milestones,
            reports,
            objective => section(SectionKind::Objective),
            rationale => section(SectionKind::Rationale),
            conduct => section(SectionKind::Method),
            actions => section(SectionKind::Measures),
        }
    }

    fn when(&self, when: &When, activity: &Activity) -> Value {
        let on = self.plan.day_of(when, activity).map(day);
        match when {
            When::PeriodicReport(_) => context! { event => "periodic-report", day => on },
            When::Date(date) => context! { event => "date", date => date.value.in_english(), day => on },
            When::Event(anchor) => context! {
                event => anchor.on.as_ref().map(|event| event.value.as_str()),
                after => anchor.period().map(amount),
                count => anchor.count.as_ref().map(|count| count.value),
                day => on,
            },
        }
    }
}

fn amount(period: Period) -> Value {
    context! { amount => period.amount, unit => unit(period) }
}

fn length(length: &Length) -> Option<Value> {
    let period = length.period()?;
    Some(context! { amount => period.amount, unit => unit(period), up_to => length.up_to.as_ref().map(|up_to| up_to.value) })
}
