//! Two rows for one activity.

use diagnostic::Severity;

use crate::review::{Context, Mark, Reference, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP227",
    name: "row-stated-twice",
    severity: Severity::Error,
    title: ("一覧に同じ活動の行が二つある", "a list has two rows for one activity"),
    why: ("同じ活動の行が二つあると、どちらの状況が正しいか分からない。", "with two rows for one activity nobody knows which holds"),
    reference: Reference::form(
        "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式1 5",
        "Form 1, section 5 (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1)",
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
            if !row.name.sure {
                continue;
            }
            let name = context.verbatim(&row.name.text);
            sink.report(
                context,
                (format!("{}に「{name}」の行が二つあります", section.number()), format!("{} has two rows for “{name}”", section.number())),
                (
                    "重複した行を除くか、別の活動であれば名称を区別してください。".to_owned(),
                    "take one out, or tell two activities apart by name".to_owned(),
                ),
                &[
                    Mark::whole(&row.name.text, section, "").label("二行目", "again"),
                    Mark::whole(&first.name.text, section, "").label("一行目", "first"),
                ],
            );
        }
    }
}
