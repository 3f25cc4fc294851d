//! A study, a pool or a section of the package insert that nothing uses.

use diagnostic::Severity;

use std::collections::HashSet;

use super::{Context, Rule, Sink, cited::cited, source::LANGUAGE};
use crate::figure::FigureKind;
use crate::mistake::{Mark, Mistake};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN611",
    name: "never-used",
    severity: Severity::Info,
    title: ("引用されない試験、参照されない電子添文の項", "a study is never cited, or a section of the package insert never referred to"),
    why: (
        "使われない試験や項は、消し忘れか、参照の書き漏れである。",
        "what is never used was left behind, or a reference to it is missing",
    ),
    reference: LANGUAGE,
    manual: include_str!("never_used.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let plan = context.plan;
    let mut used: HashSet<&str> = cited(plan).into_iter().map(|source| source.study).collect();
    used.extend(plan.passages().flat_map(|passage| &passage.figures).filter_map(|figure| match &figure.kind {
        Ok(FigureKind::Reference(id)) => Some(id.as_str()),
        _ => None,
    }));
    // a study may be named in words only
    let mut words: Option<String> = None;
    let mut named = |name: &str| {
        !name.is_empty()
            && words.get_or_insert_with(|| plan.passages().map(|passage| passage.seen().into_owned() + "\n").collect()).contains(name)
    };
    for study in &plan.studies.study {
        sink.looked_at(1);
        let mut names = std::iter::once(study.id.as_str()).chain(study.aliases.iter().map(|alias| alias.value.as_str()));
        if !names.any(|name| used.contains(name) || named(name)) {
            sink.report(Mistake::new(
                (
                    format!("試験「{}」はどこにも引用されていません", study.id.as_str()),
                    format!("the study “{}” is never cited", study.id.as_str()),
                ),
                ("引用するか、消してください。", "cite it, or delete it"),
                Mark::at(study.id.at),
            ));
        }
    }
    let labels: HashSet<&str> = plan.concerns.iter().flat_map(|concern| &concern.facts.label).map(|id| id.as_str()).collect();
    for label in &plan.facts.label {
        sink.looked_at(1);
        if !labels.contains(label.id.as_str()) {
            sink.report(Mistake::new(
                (
                    format!("電子添文の項「{}」を参照する検討事項がありません", label.id.as_str()),
                    format!("no concern refers to the section “{}”", label.id.as_str()),
                ),
                ("検討事項の label に加えるか、消してください。", "add it to the label of a concern, or delete it"),
                Mark::at(label.id.at),
            ));
        }
    }
}
