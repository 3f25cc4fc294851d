//! A concern that only an activity names.

use diagnostic::Severity;

use crate::heading::Section;
use crate::model::Class;
use crate::review::names::Relation;
use crate::review::{Context, Mark, Rule, Sink};

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
    reference: plan::form!(
        "「2. 医薬品安全性監視計画の概要」「3. 有効性に関する調査・試験の計画の概要」「4. リスク最小化計画の概要」の「安全性検討事項」",
        ", the concerns in sections 2 to 4"
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
        let known = listed.concern.is_some()
            || context.names.concern(stated.as_str()).is_some()
            || group(stated.as_str()).is_some()
            || published.efficacy.iter().any(|e| context.names.relation(e.name.as_str(), stated.as_str()) == Relation::Same);
        if known || !stated.sure || stated.as_str().chars().count() < 2 {
            continue;
        }
        let name = context.verbatim(&stated.text);
        let closest =
            context.names.closest(stated.as_str(), published.concerns.iter().map(|c| c.name.as_str())).map(|(c, _)| &published.concerns[c]);
        let mut marks = vec![Mark::whole(&stated.text, listed.section, listed.activity.name.as_str()).label("1.1にない", "not in 1.1")];
        marks.extend(closest.map(|c| Mark::whole(&c.name.text, Section::Safety, "").label("これに最も近い", "the closest one")));
        if closest.is_none() {
            marks.extend(context.heading(Section::Safety, false));
        }
        sink.report(
            context,
            (
                format!(
                    "{}の「{}」が対象とする「{name}」は、1.1にも1.2にもありません",
                    listed.section.number(),
                    context.verbatim(&listed.activity.name.text)
                ),
                format!(
                    "“{name}”, listed by “{}” in section {}, is not a concern of 1.1 or 1.2",
                    context.verbatim(&listed.activity.name.text),
                    listed.section.number()
                ),
            ),
            (
                format!("「{name}」を1.1に加えるか、活動の対象から除くか、名称を1.1に合わせてください。"),
                format!("add “{name}” to 1.1, take it out of the activity, or use the name of 1.1"),
            ),
            &marks,
        );
    }
}

/// The classes that a name stands for, where it names no single concern: 全ての安全性検討事項, 重要な特定されたリスク全般.
pub(super) fn group(name: &str) -> Option<Vec<Class>> {
    const ALL: [Class; 3] = [Class::Identified, Class::Potential, Class::Missing];
    let mut rest = name.replace("安全性検討事項", "");
    let all = rest != name;
    let mut classes = Vec::new();
    for class in ALL {
        let without = rest.replace(class.ja(), "");
        if without != rest {
            classes.push(class);
            rest = without;
        }
    }
    let names_more = rest.contains(':') || rest.chars().count() > 8;
    (!names_more && (all || !classes.is_empty())).then(|| if classes.is_empty() { ALL.to_vec() } else { classes })
}
