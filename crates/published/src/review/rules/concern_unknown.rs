//! A concern that only an activity names.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::names::Relation;
use crate::review::{Context, Mark, Reference, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP205",
    name: "concern-unknown",
    severity: Severity::Error,
    title: ("活動が対象とする事項が1.1・1.2にない", "an activity names a concern that 1.1 and 1.2 do not have"),
    why: (
        "1.1にない事項を対象とする活動は、計画上の根拠を欠く。",
        "an activity for a concern that the plan does not have rests on nothing",
    ),
    reference: Reference::form(
        "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式1 2・3・4",
        "Form 1, sections 2 to 4 (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1)",
    ),
    manual: include_str!("concern_unknown.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let published = context.published;
    if published.concerns.is_empty() {
        return;
    }
    for listed in &context.listed {
        sink.looked_at(1);
        let stated = listed.stated;
        let known = listed.concern.is_some() || published.efficacy.iter().any(|e| context.names.relation(e.name.as_str(), stated.as_str()) == Relation::Same);
        if known || !stated.sure || stated.as_str().chars().count() < 2 {
            continue;
        }
        let name = context.verbatim(&stated.text);
        let closest = context.names.closest(stated.as_str(), published.concerns.iter().map(|c| c.name.as_str())).map(|(c, _)| &published.concerns[c]);
        let mut marks = vec![Mark::whole(&stated.text, listed.section, listed.activity.name.as_str()).label("1.1にない", "not in 1.1")];
        marks.extend(closest.map(|c| Mark::whole(&c.name.text, Section::Safety, "").label("これに最も近い", "the closest one")));
        sink.report(
            context,
            (format!("「{name}」は1.1の安全性検討事項にありません"), format!("“{name}” is not among the concerns of 1.1")),
            ("1.1に加えるか、対象から除くか、名称を1.1に合わせてください。".to_owned(), "add it to 1.1, take it out here, or use the name of 1.1".to_owned()),
            &marks,
        );
    }
}
