//! 1.1 chooses an activity that does not list the concern.

use diagnostic::Severity;

use crate::review::{Context, Reference, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP211",
    name: "declared-activity-does-not-list-concern",
    severity: Severity::Error,
    title: ("1.1で挙げた活動が、その事項を対象としていない", "1.1 chooses an activity that does not list the concern"),
    why: (
        "1.1と2・4は同じ対応関係を示す。片側だけでは、その事項が監視・低減されるのか分からない。",
        "1.1 and sections 2 and 4 state the same relation; with one side missing nobody can tell whether the risk is covered",
    ),
    reference: Reference::form(
        "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式1「1.1 安全性検討事項」の【内容】、「2. 医薬品安全性監視計画の概要」「4. リスク最小化計画の概要」の「安全性検討事項」。両者の一致は様式の構成と実務による",
        "Form 1, 内容 in 1.1 and the concerns in sections 2 and 4 (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1); their agreement follows from the form and practice",
    ),
    manual: include_str!("declared_activity_does_not_list_concern.md"),
    check,
};

use super::concern_unknown::group;
use crate::review::matrix;

fn check(context: &Context<'_>, sink: &mut Sink) {
    for cell in matrix::cells(context) {
        sink.looked_at(1);
        // 全ての安全性検討事項 lists it too
        let in_group = cell.activity.concerns.iter().filter_map(|s| group(s.as_str())).any(|g| g.contains(&cell.concern.class));
        if !cell.declared || cell.listed || !cell.sure || in_group {
            continue;
        }
        let (concern, activity) = (context.verbatim(&cell.concern.name.text), context.verbatim(&cell.activity.name.text));
        let mut marks = vec![cell.mention_mark().label("ここで挙げている", "chosen here")];
        marks.extend(cell.list_mark().map(|m| m.label(format!("「{concern}」がない"), "the concern is missing here")));
        sink.report(
            context,
            (
                format!(
                    "1.1の「{concern}」は「{activity}」を挙げていますが、{}のこの活動の【安全性検討事項】にこの事項がありません",
                    cell.section.number()
                ),
                format!(
                    "1.1 chooses “{activity}” for “{concern}”, but in section {} the activity does not list the concern",
                    cell.section.number()
                ),
            ),
            (
                format!(
                    "{}の「{activity}」の【安全性検討事項】に「{concern}」を加えるか、1.1の【内容】からこの活動を除いてください。",
                    cell.section.number()
                ),
                format!("add “{concern}” to the activity's list in section {}, or take the activity out of 1.1", cell.section.number()),
            ),
            &marks,
        );
    }
}
