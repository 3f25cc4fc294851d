//! A concern in two classes.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP204",
    name: "concern-class-differs",
    severity: Severity::Error,
    title: ("安全性検討事項の区分が箇所により異なる", "a concern stands in two classes"),
    why: (
        "区分は因果関係の証拠についての判断であり、求められる活動を左右する。",
        "the class says how well the causal link is established, and so what is asked of the company",
    ),
    reference: plan::form!(
        "「1.1 安全性検討事項」の三区分及び「…とした理由」・概要",
        ", the classes and the reasons in 1.1 and the summary"
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
                    format!("「{name}」は1.1の「{}」にありますが、理由の見出しは「{}とした理由」です", concern.class.ja(), class.ja()),
                    format!("in 1.1 “{name}” is classed as {}, but its reason is headed as {}", concern.class.en(), class.en()),
                ),
                (
                    format!("見出しを「{}とした理由」とするか、事項を「{}」に移してください。", concern.class.ja(), class.ja()),
                    format!("mend the heading, or move the concern to {}", class.en()),
                ),
                &[
                    Mark::whole(&reason.heading, Section::Safety, concern.name.as_str()).label("見出し", "heading"),
                    Mark::whole(&concern.name.text, Section::Safety, "").label(concern.class.ja(), concern.class.en()),
                ],
            );
        }
        let Some(summary) = &published.summary else { continue };
        if let Some(listed) = summary
            .concerns
            .iter()
            .find(|c| c.name.sure && c.class_sure && context.names.relation(c.name.as_str(), concern.name.as_str()) == Relation::Same)
            && listed.class != concern.class
        {
            sink.report(
                context,
                (
                    format!("「{name}」は概要では{}、1.1では{}です", listed.class.ja(), concern.class.ja()),
                    format!("“{name}” is classed as {} in the summary and as {} in 1.1", listed.class.en(), concern.class.en()),
                ),
                ("正しい区分を確かめ、概要と1.1をそろえてください。".to_owned(), "decide on the class, and use it in both".to_owned()),
                &[
                    Mark::whole(&listed.name.text, Section::Summary, "").label(listed.class.ja(), listed.class.en()),
                    Mark::whole(&concern.name.text, Section::Safety, "").label(concern.class.ja(), concern.class.en()),
                ],
            );
        }
    }
}
