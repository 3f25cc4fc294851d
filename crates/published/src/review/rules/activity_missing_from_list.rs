//! An activity without a row in the lists.

use diagnostic::Severity;

use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP223",
    name: "activity-missing-from-list",
    severity: Severity::Error,
    title: ("2から4の活動が5の一覧にない", "an activity of sections 2 to 4 has no row in the lists"),
    why: (
        "一覧は全ての追加の活動の節目、実施状況、報告の予定を示す。",
        "the lists show milestones, status and reports of every additional activity",
    ),
    reference: plan::form!(
        "「5.1 医薬品安全性監視計画の一覧」「5.2 有効性に関する調査・試験の計画の一覧」「5.3 リスク最小化計画の一覧」",
        ", the lists 5.1 to 5.3"
    ),
    manual: include_str!("activity_missing_from_list.md"),
    check,
};

use crate::model::ListRow;
use crate::review::activities::{LISTS, PLANS};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for entry in &context.activities {
        for n in 0..3 {
            let Some(activity) = entry.plan[n] else { continue };
            let list = &context.published.lists[n];
            let heading = context.published.headings.iter().find(|h| !h.in_summary && h.section == LISTS[n]);
            let Some(heading) = heading else { continue };
            sink.looked_at(1);
            // where the text ran the lists together, its row stands in the next one
            let moved = list.rows.is_empty() && list.none.is_none() && entry.rows.iter().any(Option::is_some);
            if entry.rows[n].is_some()
                || moved
                || !activity.name.sure
                || (!list.sure && !list.rows.is_empty() && list.rows.iter().any(|r| !r.name.sure))
            {
                continue;
            }
            let mut marks = vec![
                Mark::whole(&activity.name.text, PLANS[n], "")
                    .label(format!("{}にない", LISTS[n].number()), format!("not in {}", LISTS[n].number())),
                Mark::whole(&heading.text, LISTS[n], "").label("この一覧", "this list"),
            ];
            if let Some(row) = like_row(context, activity.name.as_str(), n) {
                marks.insert(1, Mark::whole(&row.name.text, LISTS[n], "").label("この行の誤りか", "is this row meant?"));
            }
            let name = context.verbatim(&activity.name.text);
            sink.report(
                context,
                (
                    format!("{}の「{name}」の行が{}にありません", PLANS[n].number(), LISTS[n].number()),
                    format!("“{name}” of section {} has no row in {}", PLANS[n].number(), LISTS[n].number()),
                ),
                (
                    format!("{}に「{name}」の行を加えてください。", LISTS[n].number()),
                    format!("add a row for “{name}” to {}", LISTS[n].number()),
                ),
                &marks,
            );
        }
    }
}

/// The row that may be meant: one of a like name that belongs to no activity of the plan.
fn like_row<'a>(context: &Context<'a>, name: &str, list: usize) -> Option<&'a ListRow> {
    let mut free = context.activities.iter().filter(|e| e.plan.iter().all(Option::is_none)).filter_map(|e| e.rows[list]);
    free.find(|row| row.name.sure && terminology::similarity(row.name.as_str(), name) >= LIKE)
}

/// Two names of the same activity, one of them a slip, are at least so much alike.
const LIKE: f32 = 0.7;
