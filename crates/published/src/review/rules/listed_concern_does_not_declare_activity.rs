//! An activity lists a concern that does not choose it in 1.1.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::{Context, Mark, Reference, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP212",
    name: "listed-concern-does-not-declare-activity",
    severity: Severity::Error,
    title: ("活動が対象とする事項の1.1の欄に、その活動がない", "an activity lists a concern that does not choose it in 1.1"),
    why: (
        "1.1と2・4は同じ対応関係を示す。片側だけでは、その事項が監視・低減されるのか分からない。",
        "1.1 and sections 2 and 4 state the same relation; with one side missing nobody can tell whether the risk is covered",
    ),
    reference: Reference::form(
        "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式1「1.1 安全性検討事項」の【内容】、「2. 医薬品安全性監視計画の概要」「4. リスク最小化計画の概要」の「安全性検討事項」。両者の一致は様式の構成と実務による",
        "Form 1, 内容 in 1.1 and the concerns in sections 2 and 4 (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1); their agreement follows from the form and practice",
    ),
    manual: include_str!("listed_concern_does_not_declare_activity.md"),
    check,
};

use crate::review::matrix;

fn check(context: &Context<'_>, sink: &mut Sink) {
    for cell in matrix::cells(context) {
        sink.looked_at(1);
        if cell.declared || !cell.listed || !cell.sure {
            continue;
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
