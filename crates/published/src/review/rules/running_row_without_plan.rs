//! A running activity that sections 2 to 4 do not describe.

use diagnostic::Severity;

use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP224",
    name: "running-row-without-plan",
    severity: Severity::Error,
    title: ("終了していない活動の計画が2から4にない", "an activity that the lists do not call finished has no plan in sections 2 to 4"),
    why: ("終了していない活動は、2から4にその計画の概要を記載する。", "an activity that is not finished is described in sections 2 to 4"),
    reference: plan::form!(
        "「2.」から「4.」の追加の活動・「5.1」から「5.3」の一覧の「実施状況」",
        ", the additional activities of sections 2 to 4 and the status in 5.1 to 5.3"
    ),
    manual: include_str!("running_row_without_plan.md"),
    check,
};

use crate::review::activities::{LISTS, PLANS};
use crate::review::periods;

fn check(context: &Context<'_>, sink: &mut Sink) {
    for entry in &context.activities {
        for n in 0..3 {
            let Some(row) = entry.rows[n] else { continue };
            sink.looked_at(1);
            let Some(status) = row.status.as_ref().filter(|s| s.sure) else { continue };
            // a row of 5.2 may belong to a survey of section 2 that also serves efficacy; EPPV stands in 5.1 and 5.3
            let planned = entry.plan.iter().any(Option::is_some);
            if planned
                || !row.name.sure
                || !matches!(periods::status(status.as_str()), Some(periods::Status::Ongoing | periods::Status::Planned))
                || context.published.headings.iter().all(|h| h.in_summary || h.section != PLANS[n])
            {
                continue;
            }
            let name = context.verbatim(&row.name.text);
            sink.report(
                context,
                (
                    format!(
                        "{}で「{}」とされた「{name}」の計画が{}にありません",
                        LISTS[n].number(),
                        context.verbatim(&status.text),
                        PLANS[n].number()
                    ),
                    format!("“{name}”, not finished by {}, has no plan in section {}", LISTS[n].number(), PLANS[n].number()),
                ),
                (
                    format!("{}に計画の概要を記載するか、終了していれば実施状況を「終了」に改めてください。", PLANS[n].number()),
                    format!("describe it in section {}, or, if it has ended, say 終了 in the list", PLANS[n].number()),
                ),
                &[
                    Mark::whole(&row.name.text, LISTS[n], "")
                        .label(format!("{}にない", PLANS[n].number()), format!("not in section {}", PLANS[n].number())),
                    Mark::whole(&status.text, LISTS[n], row.name.as_str()).label("実施状況", "status"),
                ],
            );
        }
    }
}
