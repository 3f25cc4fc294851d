//! A concern in two classes.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::{Context, Mark, Reference, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP204",
    name: "concern-class-differs",
    severity: Severity::Error,
    title: ("安全性検討事項の区分が箇所により異なる", "a concern stands in two classes"),
    why: ("特定されたリスクか潜在的リスクかで、求められる活動が変わる。", "the class of a risk decides what is asked of the company"),
    reference: Reference::form(
        "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式1",
        "Form 1  (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1)",
    ),
    manual: include_str!("concern_class_differs.md"),
    check,
};

use crate::heading::{self, BoxKind};
use crate::review::names::Relation;

fn check(context: &Context<'_>, sink: &mut Sink) {
    let published = context.published;
    for concern in &published.concerns {
        sink.looked_at(1);
        let name = context.verbatim(&concern.name.text);
        if let Some(reason) = &concern.reason
            && let Some((BoxKind::Reason, Some(class), _)) = heading::concern_box(reason.heading.as_str())
            && class != concern.class
        {
            sink.report(
                context,
                (
                    format!("「{name}」は{}の項にありますが、理由の見出しは「{}」です", concern.class.ja(), class.ja()),
                    format!("“{name}” stands among the {}s, but its reason is headed as {}", concern.class.en(), class.en()),
                ),
                (
                    format!("見出しを「{}とした理由」とするか、項を移してください。", concern.class.ja()),
                    "mend the heading, or move the concern to the other group".to_owned(),
                ),
                &[
                    Mark::whole(&reason.heading, Section::Safety, concern.name.as_str()).label("見出し", "heading"),
                    Mark::whole(&concern.name.text, Section::Safety, ""),
                ],
            );
        }
        let Some(summary) = published.summary.as_ref().filter(|s| s.columns_sure) else { continue };
        if let Some(listed) = summary
            .concerns
            .iter()
            .find(|c| c.name.sure && context.names.relation(c.name.as_str(), concern.name.as_str()) == Relation::Same)
            && listed.class != concern.class
        {
            sink.report(
                context,
                (
                    format!("「{name}」は概要では{}、1.1では{}です", listed.class.ja(), concern.class.ja()),
                    format!("“{name}” is an {} in the summary and an {} in 1.1", listed.class.en(), concern.class.en()),
                ),
                ("どちらかに統一してください。".to_owned(), "put it in the same class in both".to_owned()),
                &[
                    Mark::whole(&listed.name.text, Section::Summary, "").label(listed.class.ja(), listed.class.en()),
                    Mark::whole(&concern.name.text, Section::Safety, "").label(concern.class.ja(), concern.class.en()),
                ],
            );
        }
    }
}
