//! A finished activity that is still described.

use diagnostic::Severity;

use crate::review::activities::{LISTS, PLANS};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP230",
    name: "finished-activity-still-planned",
    severity: Severity::Warning,
    title: ("一覧で終了した活動が2・4に残っている", "an activity that the lists call finished still stands in sections 2 to 4"),
    why: (
        "2から4は現に行う活動を記載する。終了した活動は一覧にだけ残す。",
        "sections 2 to 4 describe what is being done; what is finished stays in the lists only",
    ),
    reference: plan::form!(" 2・3・4・5", ", sections 2 to 5"),
    manual: include_str!("finished_activity_still_planned.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for entry in &context.activities {
        for n in [0, 2] {
            let (Some(activity), Some(row)) = (entry.plan[n], entry.rows[n]) else { continue };
            let Some(status) = row.status.as_ref().filter(|s| s.sure) else { continue };
            sink.looked_at(1);
            // 「終了」 of one phase, such as 登録終了, is not the end
            if !matches!(status.as_str().trim_end_matches('。'), "終了" | "完了" | "終了済み" | "中止")
                || !activity.name.sure
                || !row.name.sure
            {
                continue;
            }
            let name = context.verbatim(&activity.name.text);
            let mut marks = vec![
                Mark::whole(&status.text, LISTS[n], row.name.as_str()).label("終了", "finished"),
                Mark::whole(&row.name.text, LISTS[n], ""),
                Mark::whole(&activity.name.text, PLANS[n], "").label("計画に残っている", "still planned"),
            ];
            marks.extend(row.milestones.as_ref().map(|m| Mark::whole(&m.text, LISTS[n], row.name.as_str())));
            sink.report(
                context,
                (
                    format!("{}で終了の「{name}」が{}に残っています", LISTS[n].number(), PLANS[n].number()),
                    format!("“{name}”, finished in {}, still stands in section {}", LISTS[n].number(), PLANS[n].number()),
                ),
                (
                    format!("終了していれば{}から除き、続けていれば実施状況を直してください。", PLANS[n].number()),
                    "if it is finished, take it out there; if it goes on, mend its status".to_owned(),
                ),
                &marks,
            );
        }
    }
}
