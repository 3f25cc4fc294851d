//! An EPPV that only one of 5.1 and 5.3 lists.

use diagnostic::Severity;

use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP225",
    name: "eppv-in-one-list-only",
    severity: Severity::Error,
    title: ("市販直後調査が5.1と5.3の片方にしかない", "an EPPV stands in one of 5.1 and 5.3 only"),
    why: (
        "市販直後調査は監視活動でありリスク最小化活動でもあるため、5.1と5.3の両方に記載する。",
        "early post-marketing phase vigilance is both a pharmacovigilance and a risk minimisation activity",
    ),
    reference: plan::form!(
        "「5.1 医薬品安全性監視計画の一覧」「5.3 リスク最小化計画の一覧」",
        ", the lists 5.1 and 5.3",
        "。双方への記載は公表された計画書の実務による",
        "; both is the practice of published plans"
    ),
    manual: include_str!("eppv_in_one_list_only.md"),
    check,
};

use crate::review::activities::LISTS;

fn check(context: &Context<'_>, sink: &mut Sink) {
    let published = context.published;
    let both = [0, 2].iter().all(|&n| published.headings.iter().any(|h| !h.in_summary && h.section == LISTS[n]));
    if !both {
        return;
    }
    for entry in context.activities.iter().filter(|e| e.name.as_str().contains("市販直後調査")) {
        sink.looked_at(1);
        let (here, there) = match (entry.rows[0], entry.rows[2]) {
            (Some(row), None) => ((row, 0), 2),
            (None, Some(row)) => ((row, 2), 0),
            _ => continue,
        };
        let (row, n) = here;
        if !row.name.sure || !published.lists[n].sure || (!published.lists[there].sure && !published.lists[there].rows.is_empty()) {
            continue;
        }
        let name = context.verbatim(&row.name.text);
        let mut marks = vec![
            Mark::whole(&row.name.text, LISTS[n], "")
                .label(format!("{}にない", LISTS[there].number()), format!("not in {}", LISTS[there].number())),
        ];
        marks.extend(context.heading(LISTS[there], false));
        sink.report(
            context,
            (
                format!("{}の「{name}」が{}にありません", LISTS[n].number(), LISTS[there].number()),
                format!("“{name}” of {} is not in {}", LISTS[n].number(), LISTS[there].number()),
            ),
            (
                format!("市販直後調査は両方の一覧に記載します。{}に行を加えてください。", LISTS[there].number()),
                format!("an EPPV stands in both lists; add a row to {}", LISTS[there].number()),
            ),
            &marks,
        );
    }
}
