//! Prose of a concern that names an activity which does not cover it.

use diagnostic::Severity;
use regex::Regex;

use super::{Context, Rule, Sink, notice};
use crate::figure::FigureKind;
use crate::mistake::{Mark, Mistake};
use crate::model::{Activity, Concern};
use crate::prose::{Passage, SectionKind};
use crate::source::Place;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN206",
    name: "prose-names-other-activity",
    severity: Severity::Warning,
    title: ("検討事項の本文が、それを対象としない活動を挙げている", "prose names an activity that does not cover its concern"),
    why: (
        "選択理由に挙げた活動は、その検討事項を対象とするはずである。対象は活動のファイルだけに書かれる。",
        "an activity named in the reasons should cover the concern; what it covers is stated with the activity only",
    ),
    reference: notice::FORM,
    manual: include_str!("prose_names_other_activity.md"),
    check,
};

/// Names shorter than this are too likely to be something else.
const SHORTEST: usize = 4;

fn check(context: &Context<'_>, sink: &mut Sink) {
    let mut by_name: Vec<(&str, &Activity)> = context.plan.activities.iter().map(|activity| (activity.name.as_str(), activity)).collect();
    by_name.retain(|(name, _)| name.chars().count() >= SHORTEST);
    by_name.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let pattern: Vec<String> = by_name.iter().map(|(name, _)| regex::escape(name)).collect();
    let names = if pattern.is_empty() { None } else { Regex::new(&pattern.join("|")).ok() };
    for concern in &context.plan.concerns {
        for kind in [SectionKind::Pharmacovigilance, SectionKind::Minimisation] {
            let Some(passage) = concern.prose.get(kind) else { continue };
            let text = passage.seen();
            for (activity, at) in mentioned(context, passage) {
                if !left_out(&text[at.end - passage.at.start..]) {
                    judge(context, sink, concern, activity, at);
                }
            }
            for found in names.iter().flat_map(|names| names.find_iter(&text)) {
                let named = by_name.iter().filter(|(name, _)| *name == found.as_str()).map(|(_, activity)| *activity);
                // two activities may have one name; it is enough that one of them covers the concern
                let mut named = named.peekable();
                let Some(first) = named.peek().copied().filter(|_| !left_out(&text[found.end()..])) else { continue };
                let activity = named.find(|activity| covers(context, activity, concern)).unwrap_or(first);
                judge(context, sink, concern, activity, passage.at.part(found.range()));
            }
        }
    }
}

/// True where the rest of the sentence says that the activity just named is not for the concern.
fn left_out(rest: &str) -> bool {
    let sentence = rest.split(['。', '\n']).next().unwrap_or_default();
    ["対象としない", "対象としていない", "対象とはしない", "対象外", "対象に含めない", "含まない", "含まれない", "行わない", "実施しない"]
        .iter()
        .any(|word| sentence.contains(word))
}

fn mentioned<'a>(context: &Context<'a>, passage: &Passage) -> Vec<(&'a Activity, Place)> {
    let references = passage.figures.iter().filter_map(|figure| match &figure.kind {
        Ok(FigureKind::Reference(id)) => Some((*context.index.activities.get(id.as_str())?, figure.at)),
        _ => None,
    });
    references.collect()
}

fn covers(context: &Context<'_>, activity: &Activity, concern: &Concern) -> bool {
    context.index.covering.get(concern.id.as_str()).is_some_and(|covering| covering.iter().any(|one| one.id == activity.id))
}

fn judge(context: &Context<'_>, sink: &mut Sink, concern: &Concern, activity: &Activity, at: Place) {
    sink.looked_at(1);
    if covers(context, activity, concern) {
        return;
    }
    let (name, id) = (&activity.name.value, concern.id.as_str());
    sink.report(
        Mistake::new(
            (
                format!("「{}」の本文が挙げる「{name}」は、この検討事項を対象としていません", concern.name.value),
                format!("“{name}”, named in the prose of “{}”, does not cover this concern", concern.name.value),
            ),
            (
                format!("対象であれば活動の concerns に \"{id}\" を加え、そうでなければ本文から除いてください。"),
                format!("add \"{id}\" to the concerns of the activity, or take it out of the prose"),
            ),
            Mark::at(at).label("本文が挙げる活動", "named in the prose"),
        )
        .mark(
            Mark::at(activity.concerns.first().map_or(activity.name.at, |first| first.at))
                .label("活動が対象とするもの", "what the activity covers"),
        ),
    );
}
