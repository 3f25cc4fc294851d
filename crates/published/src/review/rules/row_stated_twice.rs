//! Two rows for one activity.

use diagnostic::Severity;

use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP227",
    name: "row-stated-twice",
    severity: Severity::Error,
    title: ("一覧に同じ活動の行が二つある", "a list has two rows for one activity"),
    why: (
        "同じ活動の行が二つあると、どちらの目標や実施状況が正しいか分からない。",
        "with two rows for one activity nobody knows which target and status hold",
    ),
    reference: plan::form!(
        "「5.1」から「5.3」の一覧",
        ", the lists 5.1 to 5.3",
        "。重複を除くことは実務の慣行による",
        "; once is a matter of practice"
    ),
    manual: include_str!("row_stated_twice.md"),
    check,
};

use crate::review::activities::LISTS;
use terminology::key;

fn check(context: &Context<'_>, sink: &mut Sink) {
    for (list, section) in context.published.lists.iter().zip(LISTS) {
        sink.looked_at(list.rows.len());
        for (n, row) in list.rows.iter().enumerate() {
            let Some(first) = list.rows[..n].iter().find(|other| key(other.name.as_str()) == key(row.name.as_str())) else { continue };
            if !row.name.sure || !list.sure {
                continue;
            }
            let name = context.verbatim(&row.name.text);
            let mut marks = vec![
                Mark::whole(&row.name.text, section, "").label("二行目", "again"),
                Mark::whole(&first.name.text, section, "").label("一行目", "first"),
            ];
            // what the two rows say of their times shows whether they are one
            marks.extend(
                [row, first]
                    .into_iter()
                    .filter_map(|r| r.milestones.as_ref())
                    .map(|m| Mark::whole(&m.text, section, row.name.as_str()).label("節目となる予定の時期", "milestones")),
            );
            sink.report(
                context,
                (format!("{}に「{name}」の行が二つあります", section.number()), format!("{} has two rows for “{name}”", section.number())),
                (
                    "重複した行を除いてください。別の活動であれば、対象などを名称に加えて区別してください。".to_owned(),
                    "take one out, or tell the two apart by their population or the like".to_owned(),
                ),
                &marks,
            );
        }
    }
}
