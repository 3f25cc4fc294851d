//! The status of an activity differs between lists.

use diagnostic::Severity;

use crate::model::{ListRow, Stated};
use crate::review::activities::LISTS;
use crate::review::names::Relation;
use crate::review::periods::{self, status, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP417",
    name: "status-differs",
    severity: Severity::Error,
    title: ("実施状況が一覧の間で異なる", "the status of an activity differs between lists"),
    why: (
        "一つの活動の実施状況は一つである。5.1、5.2、5.3 で同じでなければならない。",
        "one activity has one status, in 5.1, 5.2 and 5.3 alike",
    ),
    reference: periods::LISTS,
    manual: include_str!("status_differs.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for entry in context.activities.iter().filter(|e| e.names.iter().all(|n| !matches!(n.3, Relation::Different))) {
        let rows: Vec<(usize, &ListRow, &Stated)> =
            entry.rows.iter().enumerate().filter_map(|(n, row)| Some((n, (*row)?, (*row)?.status.as_ref().filter(|s| s.sure)?))).collect();
        let Some((first, others)) = rows.split_first() else { continue };
        for other in others {
            sink.looked_at(1);
            let (Some(a), Some(b)) = (status(first.2.as_str()), status(other.2.as_str())) else { continue };
            if a == b {
                continue;
            }
            let (one, two) = (LISTS[first.0], LISTS[other.0]);
            sink.report(
                context,
                words(
                    format!(
                        "実施状況が、{} では「{}」、{} では「{}」です",
                        one.number(),
                        context.verbatim(&first.2.text),
                        two.number(),
                        context.verbatim(&other.2.text)
                    ),
                    format!(
                        "the status is “{}” in {}, but “{}” in {}",
                        context.verbatim(&first.2.text),
                        one.number(),
                        context.verbatim(&other.2.text),
                        two.number()
                    ),
                ),
                words("実際の状況を確かめ、同じにしてください。", "check the real status and let both say the same"),
                &[
                    Mark::whole(&first.2.text, one, first.1.name.as_str())
                        .label(format!("{} では", one.number()), format!("in {}", one.number())),
                    Mark::whole(&other.2.text, two, other.1.name.as_str())
                        .label(format!("{} では", two.number()), format!("in {}", two.number())),
                    Mark::whole(&first.1.name.text, one, ""),
                    Mark::whole(&other.1.name.text, two, ""),
                ],
            );
        }
    }
}
