//! 1.1 and 1.2.

use minijinja::{Value, context};
use plan::model::{Activity, Concern, EfficacyConcern, Status};
use plan::prose::SectionKind;
use plan::tables::ActivityKind;

use super::View;

/// The name of the place where a safety concern is told.
pub fn name(id: &str) -> String {
    format!("concern-{id}")
}

/// The name of the place where an efficacy concern is told.
pub fn efficacy_name(id: &str) -> String {
    format!("efficacy-{id}")
}

impl View<'_> {
    /// True if an activity is still to be told of in sections 1 to 4: finished ones stand in the lists of section 5 only.
    pub(super) fn unfinished(&self, activity: &Activity) -> bool {
        self.plan.status(activity, self.as_of) != Status::Finished
    }

    pub(super) fn concern(&self, concern: &Concern) -> Value {
        let plan = self.plan;
        let activities = |holds: fn(ActivityKind) -> bool| -> Vec<Value> {
            plan.activities_for(concern)
                .filter(|activity| activity.kind.as_ref().is_some_and(|kind| holds(kind.value)) && self.unfinished(activity))
                .map(|activity| self.named(activity))
                .collect()
        };
        let labels: Vec<String> = concern
            .label
            .iter()
            .map(|id| {
                let label = plan.facts.label.iter().find(|label| label.id.as_str() == id.as_str());
                label.map_or_else(|| id.as_str().to_owned(), |label| format!("{} {}", label.id.as_str(), label.title.value))
            })
            .collect();
        context! {
            name => self.words(&concern.name),
            anchor => name(concern.id.as_str()),
            place => self.place(name(concern.id.as_str()), concern.file),
            why => self.section(&concern.prose, SectionKind::Why),
            surveillance => activities(ActivityKind::watches),
            measures => activities(ActivityKind::minimises),
            why_surveillance => self.section(&concern.prose, SectionKind::Pharmacovigilance),
            why_minimisation => self.section(&concern.prose, SectionKind::Minimisation),
            labels,
            patient_guide => concern.patient_guide.as_ref().is_some_and(|guide| guide.value),
            in_label => concern.in_label.as_ref().is_some_and(|label| label.value),
        }
    }

    pub(super) fn efficacy(&self, concern: &EfficacyConcern) -> Value {
        let activities: Vec<Value> = self
            .plan
            .activities_for_efficacy(concern)
            .filter(|activity| self.unfinished(activity))
            .map(|activity| self.named(activity))
            .collect();
        context! {
            name => self.words(&concern.name),
            anchor => efficacy_name(concern.id.as_str()),
            place => self.place(efficacy_name(concern.id.as_str()), concern.file),
            why => self.section(&concern.prose, SectionKind::Why),
            outline => self.section(&concern.prose, SectionKind::Outline),
            activities,
        }
    }
}
