//! 品目の概要 and what holds for the whole plan.

use minijinja::{Value, context};
use plan::shape::Markdown;
use plan::source::Spanned;
use plan::tables::{AttachmentStatus, Indication, Reexamination};

use super::{View, era};

impl View<'_> {
    pub(super) fn product(&self) -> Value {
        let facts = &self.plan.facts;
        let product = &facts.product;
        let strengths = |pick: fn(&plan::tables::Strength) -> &str| facts.strength.iter().map(pick).map(str::to_owned).collect::<Vec<_>>();
        let indications: Vec<Value> = facts.indication.iter().map(|indication| self.indication(indication)).collect();
        let conditions: Vec<Value> = facts
            .condition
            .iter()
            .filter(|condition| condition.lifted.as_ref().is_none_or(|lifted| lifted.value > self.as_of))
            .map(|condition| {
                let indications: Vec<&str> = condition.indications.iter().map(|id| id.as_str()).collect();
                context! { text => condition.text.value, indications }
            })
            .collect();
        let events: Vec<Value> = facts
            .event
            .iter()
            .map(|event| context! { date => event.date.as_ref().map(|date| era(date.value)), text => event.text.value })
            .collect();
        context! {
            name => self.plan.name(),
            names => strengths(|s| &s.name),
            contents => strengths(|s| &s.content),
            approval_numbers => strengths(|s| &s.approval_number),
            substance => product.substance.value,
            class => product.class.value,
            approved => product.approved.as_ref().map(|date| era(date.value)),
            launched => product.launched.as_ref().map(|date| era(date.value)),
            birth_date => product.birth_date.as_ref().map(|date| era(date.value)),
            dosage => self.markdown(Some(&product.dosage)),
            indications,
            conditions,
            events,
        }
    }

    fn indication(&self, indication: &Indication) -> Value {
        let approved = self.plan.approval_of(indication);
        let periods: Vec<Value> = indication
            .reexamination
            .iter()
            .map(|period| {
                let (from, until) = period.days(approved).unzip();
                let told = if let Reexamination::Period(told) = period { Some(told) } else { None };
                context! {
                    none => told.is_none(),
                    years => told.and_then(|told| told.years.as_ref()).map(|years| years.value),
                    from => from.map(era),
                    until => until.map(era),
                    remaining => told.and_then(|told| told.remaining.as_ref()).is_some_and(|remaining| remaining.value),
                    note => told.and_then(|told| told.note.as_ref()).map(|note| note.value.clone()),
                }
            })
            .collect();
        context! { id => indication.id.as_str(), name => indication.name.value, approved => approved.map(era), periods }
    }

    pub(super) fn routine(&self) -> Value {
        let routine = self.plan.facts.routine.as_ref();
        let text = |pick: fn(&plan::tables::Routine) -> &Spanned<Markdown>| self.markdown(routine.map(pick));
        context! { pharmacovigilance => text(|r| &r.pharmacovigilance), minimisation => text(|r| &r.minimisation) }
    }

    /// The attachments. One that the earlier version had too, for an activity that has not changed since, has been submitted.
    pub(super) fn attachments(&self) -> Vec<Value> {
        let mut all = Vec::new();
        for attachment in &self.plan.facts.attachment {
            let stated = attachment.status.as_ref().map(|status| status.value);
            let activity = attachment.activity.as_ref().and_then(|id| self.plan.activity(id.as_str()));
            let before = self.against.is_some_and(|against| {
                let listed = against.facts.attachment.iter().any(|old| old.title == attachment.title);
                let same = activity.is_none_or(|activity| against.activity(activity.id.as_str()).is_some_and(|old| old == activity));
                listed && same
            });
            all.push(context! {
                number => format!("1.11-{}", all.len() + 1),
                title => attachment.title.value,
                submitted => stated == Some(AttachmentStatus::Submitted) || before,
                activity => activity.map(|activity| activity.name.value.clone()),
            });
        }
        all
    }
}
