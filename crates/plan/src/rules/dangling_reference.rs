//! A reference to something that the plan does not define.

use std::collections::HashSet;

use diagnostic::Severity;

use super::{Context, Rule, Sink, source::LANGUAGE};
use crate::figure::FigureKind;
use crate::id::{IndicationId, Target};
use crate::mistake::{Mark, Mistake};
use crate::shape::quoted;
use crate::source::{Place, Spanned};
use crate::suggest;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN201",
    name: "dangling-reference",
    severity: Severity::Error,
    title: ("参照先のない ID", "a reference leads nowhere"),
    why: ("参照先がなければ、一覧や相互参照から抜け落ちる。", "what it refers to is missing from lists and cross-references"),
    reference: LANGUAGE,
    manual: include_str!("dangling_reference.md"),
    check,
};

struct Known<'a> {
    target: Target,
    ids: HashSet<&'a str>,
}

impl<'a> Known<'a> {
    fn new(target: Target, ids: impl Iterator<Item = &'a str>) -> Self {
        Self { target, ids: ids.collect() }
    }

    fn look(&self, sink: &mut Sink, id: &str, at: Place) {
        sink.looked_at(1);
        if !self.ids.contains(id) {
            sink.report(unknown(self.target, id, at, self.sorted(), true));
        }
    }

    fn sorted(&self) -> Vec<&'a str> {
        let mut ids: Vec<&str> = self.ids.iter().copied().collect();
        ids.sort_unstable();
        ids
    }
}

fn unknown(target: Target, id: &str, at: Place, known: Vec<&str>, in_toml: bool) -> Mistake {
    let (ja, en) = target.words();
    let mistake = Mistake::new(
        (format!("「{id}」という{ja}はありません"), format!("there is no {en} “{id}”")),
        suggest::hint(id, known.iter().copied()),
        Mark::at(at),
    );
    match suggest::nearest(id, known) {
        Some(nearest) if in_toml => mistake.fix(at, quoted(nearest)),
        Some(nearest) => mistake.fix(at, nearest),
        None => mistake,
    }
}

fn check(context: &Context<'_>, sink: &mut Sink) {
    let plan = context.plan;
    let indications = Known::new(Target::Indication, plan.facts.indication.iter().map(|i| i.id.as_str()));
    let concerns = Known::new(Target::Concern, context.index.concerns.keys().copied());
    let efficacy = Known::new(Target::Efficacy, context.index.efficacy.keys().copied());
    let activities = Known::new(Target::Activity, context.index.activities.keys().copied());
    let labels = Known::new(Target::Label, plan.facts.label.iter().map(|label| label.id.as_str()));
    let of = |list: &[Spanned<IndicationId>], sink: &mut Sink| list.iter().for_each(|id| indications.look(sink, id.as_str(), id.at));
    for condition in &plan.facts.condition {
        of(&condition.indications, sink);
    }
    for event in &plan.facts.event {
        of(&event.indications, sink);
    }
    for attachment in &plan.facts.attachment {
        attachment.activity.iter().for_each(|id| activities.look(sink, id.as_str(), id.at));
    }
    for concern in &plan.concerns {
        of(&concern.indications, sink);
        concern.label.iter().for_each(|id| labels.look(sink, id.as_str(), id.at));
    }
    for concern in &plan.efficacy {
        of(&concern.indications, sink);
    }
    for activity in &plan.activities {
        of(&activity.indications, sink);
        activity.concerns.iter().for_each(|id| concerns.look(sink, id.as_str(), id.at));
        activity.efficacy.iter().for_each(|id| efficacy.look(sink, id.as_str(), id.at));
    }
    mentions(context, sink);
}

/// `{{ @id }}` in the prose.
fn mentions(context: &Context<'_>, sink: &mut Sink) {
    let (plan, index) = (context.plan, &context.index);
    for figure in plan.passages().flat_map(|passage| &passage.figures) {
        let Ok(FigureKind::Reference(id)) = &figure.kind else { continue };
        sink.looked_at(1);
        if let Some(number) = id.strip_prefix("indication:") {
            if plan.indication(number).is_none() {
                let known = plan.facts.indication.iter().map(|i| i.id.as_str()).collect();
                sink.report(unknown(Target::Indication, number, id.at.part("indication:".len()..id.len()), known, false));
            }
            continue;
        }
        let file = index.concerns.contains_key(id.as_str())
            || index.efficacy.contains_key(id.as_str())
            || index.activities.contains_key(id.as_str());
        if !file && plan.studies.find(id).is_none() {
            let mut known: Vec<&str> = index.concerns.keys().chain(index.efficacy.keys()).chain(index.activities.keys()).copied().collect();
            known.extend(plan.studies.names());
            known.sort_unstable();
            let mistake = Mistake::new(
                (format!("「@{}」の指すものがありません", id.value), format!("“@{}” names nothing", id.value)),
                suggest::hint(id, known.iter().copied()),
                Mark::at(id.at),
            );
            sink.report(match suggest::nearest(id, known) {
                Some(nearest) => mistake.fix(id.at, nearest),
                None => mistake,
            });
        }
    }
}
