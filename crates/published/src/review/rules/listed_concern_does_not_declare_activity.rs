//! An activity lists a concern that does not choose it in 1.1.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::{Context, Mark, Rule, Sink, matrix};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP212",
    name: "listed-concern-does-not-declare-activity",
    severity: Severity::Error,
    title: ("活動が対象とする事項の1.1の欄に、その活動がない", "an activity lists a concern that does not choose it in 1.1"),
    why: matrix::WHY,
    reference: matrix::FORM,
    manual: include_str!("listed_concern_does_not_declare_activity.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for cell in matrix::cells(context) {
        sink.looked_at(1);
        if cell.declared || !cell.listed || !cell.sure {
            continue;
        }
        // 1.1 chooses it under another name, which is told of as such
        let boxed = if cell.section == Section::Minimisation { &cell.concern.minimisation } else { &cell.concern.pharmacovigilance };
        if let Some((_, content)) = boxed.as_ref().and_then(|b| b.content.as_ref())
            && let Some(own) = crate::review::names::ActivityName::parse(cell.activity.name.as_str()).filter(|n| !n.topics.is_empty())
        {
            let plan = &context.published.plans[if cell.section == Section::Minimisation { 2 } else { 0 }];
            let all: Vec<&str> = plan.activities.iter().map(|a| a.name.as_str()).collect();
            if context.names.named_in(content.as_str(), &all).1.iter().any(|mention| mention.topics == own.topics) {
                continue;
            }
        }
        let (concern, activity) = (context.verbatim(&cell.concern.name.text), context.verbatim(&cell.activity.name.text));
        let mut marks: Vec<Mark<'_>> = Vec::new();
        marks.extend(cell.listed_mark().map(|m| m.label("ここで対象としている", "listed here")));
        marks.push(
            Mark::whole(&cell.concern.name.text, Section::Safety, "").label("この活動の記載がない", "the activity is not chosen here"),
        );
        let section = if cell.section == Section::Minimisation { &cell.concern.minimisation } else { &cell.concern.pharmacovigilance };
        let content = section.as_ref().and_then(|s| s.content.as_ref());
        marks.extend(
            content
                .map(|(heading, _)| Mark::whole(heading, Section::Safety, cell.concern.name.as_str()).label("ここにない", "missing here")),
        );
        sink.report(
            context,
            (
                format!(
                    "{}の「{activity}」は「{concern}」を対象としていますが、1.1のこの事項の【内容】にこの活動がありません",
                    cell.section.number()
                ),
                format!("“{activity}” of section {} lists “{concern}”, but 1.1 does not choose the activity for it", cell.section.number()),
            ),
            (
                format!(
                    "1.1の「{concern}」の【内容】と【選択理由】にこの活動を加えるか、{}の【安全性検討事項】から事項を除いてください。",
                    cell.section.number()
                ),
                "choose the activity in 1.1, with the reason, or take the concern out of its list".to_owned(),
            ),
            &marks,
        );
    }
}
