//! What a plan states and the form prints, one line a fact.

use std::collections::BTreeSet;

use calendar::{Date, PartialDate};
use plan::Plan;
use plan::figure::FigureKind;
use plan::model::{List, Status};
use plan::source::Spanned;
use plan::tables::AttachmentStatus;
use terminology::Text;

/// Width, blanks and marks of dots tell nothing.
fn bare(text: &str) -> String {
    Text::new(text, 0).as_str().chars().filter(|c| !c.is_whitespace() && *c != '・').collect()
}

fn date(date: Option<&Spanned<PartialDate>>) -> String {
    date.map_or_else(String::new, |date| date.value.to_string())
}

/// The facts of a plan.
pub fn of(plan: &Plan, day: Date) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    let product = &plan.facts.product;
    facts.insert(format!("substance {}", bare(&product.substance)));
    facts.insert(format!("class {}", product.class.value));
    facts.insert(format!("holder {}", bare(&plan.facts.holder.name)));
    facts.insert(format!("approved {:?}", product.approved.as_ref().map(|d| d.value)));
    facts.insert(format!("born {:?}", product.birth_date.as_ref().map(|d| d.value)));
    // a document of a later day than the last submission is the next one's
    facts.insert(format!("submitted {}", plan.submitted().map_or(day, |last| last.max(day))));
    for strength in &plan.facts.strength {
        facts.insert(format!("strength {} {} {}", bare(&strength.name), bare(&strength.content), strength.approval_number.value));
    }
    for indication in &plan.facts.indication {
        let approved = plan.approval_of(indication);
        let periods: Vec<_> = indication.reexamination.iter().map(|period| period.days(approved)).collect();
        facts.insert(format!("indication {} {} {periods:?}", indication.id.as_str(), bare(&indication.name)));
    }
    for condition in plan.facts.condition.iter().filter(|c| c.lifted.as_ref().is_none_or(|lifted| lifted.value > day)) {
        facts.insert(format!("condition {}", bare(&condition.text)));
    }
    for event in &plan.facts.event {
        facts.insert(format!("event {:?} {}", event.date.as_ref().map(|d| d.value), bare(&event.text)));
    }
    for attachment in &plan.facts.attachment {
        let submitted = attachment.status.as_ref().is_some_and(|status| status.value == AttachmentStatus::Submitted);
        let activity = attachment.activity.as_ref().and_then(|id| plan.activity(id.as_str()));
        let activity = activity.map(|activity| bare(&activity.name));
        facts.insert(format!("attachment {} submitted {submitted} of {activity:?}", bare(&attachment.title)));
    }
    for concern in &plan.concerns {
        let class = concern.class.as_ref().map(|class| class.value.as_str());
        let said = |said: &Option<Spanned<bool>>| said.as_ref().is_some_and(|said| said.value);
        let label = said(&concern.in_label) || !concern.label.is_empty();
        facts.insert(format!("concern {class:?} {} label {label} guide {}", bare(&concern.name), said(&concern.patient_guide)));
        for activity in plan.activities_for(concern).filter(|activity| plan.status(activity, day) != Status::Finished) {
            facts.insert(format!("{} is covered by {}", bare(&concern.name), bare(&activity.name)));
        }
    }
    for concern in &plan.efficacy {
        facts.insert(format!("efficacy {}", bare(&concern.name)));
    }
    for (list, name) in [(List::Pharmacovigilance, "5.1"), (List::Efficacy, "5.2"), (List::Minimisation, "5.3")] {
        for activity in plan.list(list) {
            facts.insert(format!("{name} {} {:?}", bare(&activity.name), plan.status(activity, day)));
        }
    }
    for activity in &plan.activities {
        let name = bare(&activity.name);
        facts.insert(format!("{name} target {:?}", activity.target.as_ref().map(|target| target.value)));
        if plan.status(activity, day) != Status::Finished && activity.kind.as_ref().is_some_and(|kind| kind.value.is_study()) {
            let period = activity.period.as_ref();
            let registration = activity.registration.as_ref();
            facts.insert(format!(
                "{name} period {} {}",
                date(period.and_then(|p| p.start.as_ref())),
                date(period.and_then(|p| p.end.as_ref()))
            ));
            facts.insert(format!(
                "{name} registration {} {}",
                date(registration.and_then(|p| p.start.as_ref())),
                date(registration.and_then(|p| p.end.as_ref()))
            ));
            facts.insert(format!("{name} observed {:?}", activity.observation.as_ref().and_then(|length| length.period())));
            facts.insert(format!("{name} method {:?}", activity.method.as_ref().map(|method| method.value)));
        }
        for milestone in &activity.milestone {
            facts.insert(format!("{name} milestone {}", bare(&milestone.text)));
        }
    }
    // prose of finished activities is printed nowhere
    let told = plan.concerns.iter().flat_map(|c| c.prose.passages()).chain(plan.efficacy.iter().flat_map(|c| c.prose.passages()));
    let running = plan.activities.iter().filter(|activity| plan.status(activity, day) != Status::Finished);
    for figure in told.chain(running.flat_map(|a| a.prose.passages())).flat_map(|passage| &passage.figures) {
        let counts = match &figure.kind {
            Ok(FigureKind::Counts(counts)) => Some(counts),
            Ok(FigureKind::Name(name)) => plan.figures.get(name),
            _ => None,
        };
        facts.extend(counts.map(|counts| format!("count {}/{}", counts.x, counts.n)));
    }
    facts
}
