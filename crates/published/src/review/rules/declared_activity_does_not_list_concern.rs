//! 1.1 chooses an activity that does not list the concern.

use diagnostic::Severity;

use super::concern_unknown::group;
use crate::review::{Context, Rule, Sink, matrix};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP211",
    name: "declared-activity-does-not-list-concern",
    severity: Severity::Error,
    title: ("1.1で挙げた活動が、その事項を対象としていない", "1.1 chooses an activity that does not list the concern"),
    why: matrix::WHY,
    reference: matrix::FORM,
    manual: include_str!("declared_activity_does_not_list_concern.md"),
    check,
};

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
