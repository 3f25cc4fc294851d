//! A section that the form needs and that is missing or empty.

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::model::{Activity, Status};
use crate::prose::{Prose, SectionKind};
use crate::source::Place;
use crate::tables::{ActivityKind, Family};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN603",
    name: "section-missing",
    severity: Severity::Error,
    title: ("必要な節がない、又は空", "a section is missing or empty"),
    why: ("様式のこの欄が空のまま印刷される。", "this part of the form would be printed empty"),
    reference: notice::FORM,
    manual: include_str!("section_missing.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for concern in &context.plan.concerns {
        need(sink, &concern.prose, &[SectionKind::Why], concern.name.at);
    }
    for concern in &context.plan.efficacy {
        need(sink, &concern.prose, SectionKind::EFFICACY, concern.name.at);
    }
    for activity in &context.plan.activities {
        // what is finished stands in the lists only
        if context.plan.status(activity, context.as_of) != Status::Finished {
            need(sink, &activity.prose, needed(activity), activity.name.at);
        }
    }
}

fn needed(activity: &Activity) -> &'static [SectionKind] {
    use SectionKind::{Measures, Method, Objective, Rationale};
    let Some(kind) = activity.kind.as_ref().map(|kind| kind.value) else { return &[] };
    match kind.family() {
        Family::Pharmacovigilance if kind.is_study() => &[Objective, Rationale, Measures],
        Family::Pharmacovigilance if kind == ActivityKind::Nonclinical => &[Objective, Rationale],
        Family::Pharmacovigilance => &[Objective],
        Family::Minimisation | Family::Both => &[Objective, Method],
    }
}

fn need(sink: &mut Sink, prose: &Prose, needed: &[SectionKind], name: Place) {
    for kind in needed {
        sink.looked_at(1);
        let section = prose.section(*kind);
        if section.is_some_and(|section| !section.body.is_empty()) || (section.is_none() && prose.misspelt.contains(kind)) {
            continue;
        }
        let (ja, en) = kind.words();
        let message = match section {
            Some(_) => (format!("節「{ja}」が空です"), format!("the section “{en}” is empty")),
            None => (format!("節「{ja}」がありません"), format!("the section “{en}” is missing")),
        };
        sink.report(Mistake::new(
            message,
            (format!("「# {ja}」の下に書いてください：{}", kind.doc().0), format!("write below “# {en}”: {}", kind.doc().1)),
            Mark::at(section.map_or(name, |section| section.heading)),
        ));
    }
}
