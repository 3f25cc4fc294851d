//! 1.2 and section 3 that do not agree.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::names::Relation;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP215",
    name: "efficacy-study-unmatched",
    severity: Severity::Error,
    title: ("1.2の調査・試験と3の計画が対応しない", "the studies of 1.2 and of section 3 do not agree"),
    why: (
        "1.2に挙げた調査・試験は3に計画があり、3の計画は1.2の事項を対象とする。",
        "a study named in 1.2 has its plan in section 3, and section 3 serves the concerns of 1.2",
    ),
    reference: plan::form!(
        "「1.2 有効性に関する検討事項」の「有効性に関する調査・試験の名称」・「3. 有効性に関する調査・試験の計画の概要」",
        ", the studies in 1.2 and section 3"
    ),
    manual: include_str!("efficacy_study_unmatched.md"),
    check,
};

use crate::read::activities::is_none;

fn check(context: &Context<'_>, sink: &mut Sink) {
    let published = context.published;
    let studies: Vec<&str> = published.plans[1].activities.iter().map(|a| a.name.as_str()).collect();
    for concern in &published.efficacy {
        let Some(named) = concern.activities.as_ref().filter(|a| !a.is_empty()) else { continue };
        sink.looked_at(1);
        let none = named.lines().any(is_none);
        let covering: Vec<_> = published.plans[1]
            .activities
            .iter()
            .filter(|a| {
                a.efficacy_concerns
                    .iter()
                    .chain(&a.concerns)
                    .any(|c| context.names.relation(c.as_str(), concern.name.as_str()) >= Relation::Near(0.6))
            })
            .collect();
        let name = context.verbatim(&concern.name.text);
        if none {
            if let Some(activity) = covering.first() {
                sink.report(
                    context,
                    (
                        format!(
                            "1.2の「{name}」は調査・試験の名称を該当なしとしていますが、3の「{}」がこの事項を対象としています",
                            context.verbatim(&activity.name.text)
                        ),
                        format!("1.2 names no study for “{name}”, yet section 3 has one for it"),
                    ),
                    (
                        "1.2の「有効性に関する調査・試験の名称」に記載するか、3の対象から除いてください。".to_owned(),
                        "name the study in 1.2, or take the concern out of its list in section 3".to_owned(),
                    ),
                    &[
                        Mark::whole(&named.text, Section::Efficacy, concern.name.as_str()).label("1.2では", "in 1.2"),
                        Mark::whole(&activity.name.text, Section::EfficacyStudies, "").label("3では", "in section 3"),
                    ],
                );
            }
            continue;
        }
        let (hits, _) = context.names.named_in(named.as_str(), &studies);
        if !hits.contains(&true) && (!studies.is_empty() || published.plans[1].none.is_some()) {
            let mut marks = vec![Mark::whole(&named.text, Section::Efficacy, concern.name.as_str()).label("3にない", "not in section 3")];
            marks.extend(
                published.plans[1].none.as_ref().map(|n| Mark::whole(&n.text, Section::EfficacyStudies, "").label("3では", "in section 3")),
            );
            marks.extend(
                published.plans[1]
                    .activities
                    .first()
                    .map(|a| Mark::whole(&a.name.text, Section::EfficacyStudies, "").label("3では", "in section 3")),
            );
            sink.report(
                context,
                (
                    format!("1.2の「{name}」が挙げる調査・試験が3にありません"),
                    format!("the study that 1.2 names for “{name}” is not in section 3"),
                ),
                (
                    "3に計画の概要を記載するか、1.2の名称を3に合わせてください。".to_owned(),
                    "describe the study in section 3, or use in 1.2 the name it has there".to_owned(),
                ),
                &marks,
            );
        }
    }
    if published.efficacy.is_empty() && published.headings.iter().any(|h| !h.in_summary && h.section == Section::Efficacy) {
        for activity in &published.plans[1].activities {
            sink.looked_at(1);
            let mut marks = vec![Mark::whole(&activity.name.text, Section::EfficacyStudies, "").label("3では", "in section 3")];
            marks.extend(context.heading(Section::Efficacy, false));
            sink.report(
                context,
                (
                    format!("1.2に有効性に関する検討事項がありませんが、3に「{}」があります", context.verbatim(&activity.name.text)),
                    "section 3 has a study, but 1.2 states no efficacy concern".to_owned(),
                ),
                (
                    "1.2に有効性に関する検討事項を記載するか、3から除いてください。".to_owned(),
                    "state the efficacy concern in 1.2, or take the study out of section 3".to_owned(),
                ),
                &marks,
            );
        }
    }
}
