//! An activity that only the summary lists.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP222",
    name: "activity-only-in-summary",
    severity: Severity::Error,
    title: ("概要の活動が2から4にない", "the summary lists an activity that sections 2 to 4 do not have"),
    why: (
        "概要は、2から4に計画がある活動を示す。終了した活動は5の一覧にだけ残す。",
        "the summary shows the activities that sections 2 to 4 describe; finished ones stay in the lists of section 5 only",
    ),
    reference: plan::summary!(
        "の2から4・計画書の「2.」から「4.」の追加の活動",
        ", sections 2 to 4, and of the plan, the additional activities of sections 2 to 4"
    ),
    manual: include_str!("activity_only_in_summary.md"),
    check,
};

use crate::review::activities::PLANS;

fn check(context: &Context<'_>, sink: &mut Sink) {
    if context.published.summary.as_ref().is_some_and(|s| !s.activities_sure) {
        return;
    }
    for entry in &context.activities {
        for (n, section) in PLANS.into_iter().enumerate() {
            let Some(listed) = entry.summary[n] else { continue };
            sink.looked_at(1);
            if entry.plan[n].is_some() || !listed.sure || context.published.headings.iter().all(|h| h.in_summary || h.section != section) {
                continue;
            }
            let name = context.verbatim(&listed.text);
            let finished =
                entry.rows.iter().flatten().find_map(|r| r.status.as_ref().filter(|s| s.as_str().contains("終了")).map(|s| (s, &r.name)));
            let mut marks = vec![
                Mark::whole(&listed.text, Section::Summary, "")
                    .label(format!("{}にない", section.number()), format!("not in section {}", section.number())),
            ];
            marks.extend(finished.map(|(_, row)| {
                Mark::whole(&row.text, crate::review::activities::LISTS[n], "").label("一覧では終了", "finished, says the list")
            }));
            marks.extend(context.heading(section, false));
            sink.report(
                context,
                (
                    format!("概要の「{name}」が{}にありません", section.number()),
                    format!("“{name}” of the summary is not in section {}", section.number()),
                ),
                if finished.is_some() {
                    (
                        "終了した活動であれば、概要から除き、5の一覧にだけ残してください。".to_owned(),
                        "if it has ended, take it out of the summary; it stays in the lists".to_owned(),
                    )
                } else {
                    (
                        format!("{}に計画の概要を記載するか、概要から除いてください。", section.number()),
                        format!("describe it in section {}, or take it out of the summary", section.number()),
                    )
                },
                &marks,
            );
        }
    }
}
