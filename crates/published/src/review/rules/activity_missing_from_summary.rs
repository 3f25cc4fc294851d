//! An activity that the summary does not list.

use diagnostic::Severity;

use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP221",
    name: "activity-missing-from-summary",
    severity: Severity::Error,
    title: ("2から4の活動が概要にない", "an activity of sections 2 to 4 is missing from the summary"),
    why: (
        "概要は2から4の全ての追加の活動を示す。もれた活動は医療機関に知られない。",
        "the summary shows every additional activity; one left out stays unknown to hospitals and pharmacies",
    ),
    reference: plan::summary!(
        "の2から4・計画書の「2.」から「4.」の追加の活動",
        ", sections 2 to 4, and of the plan, the additional activities of sections 2 to 4"
    ),
    manual: include_str!("activity_missing_from_summary.md"),
    check,
};

use crate::review::activities::PLANS;

fn check(context: &Context<'_>, sink: &mut Sink) {
    let Some(summary) = context.published.summary.as_ref().filter(|s| s.activities_sure) else { return };
    for entry in &context.activities {
        for (n, section) in PLANS.into_iter().enumerate() {
            let Some(activity) = entry.plan[n] else { continue };
            if context.published.headings.iter().all(|h| !h.in_summary || h.section != section) {
                continue;
            }
            sink.looked_at(1);
            if entry.summary[n].is_some()
                || !activity.name.sure
                || summary.text.as_str().matches(activity.name.as_str()).count() > entry.summary.iter().flatten().count()
                    && !summary.columns_sure
                    && n == 1
            {
                continue;
            }
            let name = context.verbatim(&activity.name.text);
            let mut marks = vec![Mark::whole(&activity.name.text, section, "").label("概要にない", "not in the summary")];
            marks.extend(context.heading(section, true));
            sink.report(
                context,
                (
                    format!("{}の「{name}」が概要に記載されていません", section.number()),
                    format!("“{name}” of section {} is missing from the summary", section.number()),
                ),
                (
                    format!("概要の{}に「{name}」を加えてください。", section.number()),
                    format!("add “{name}” to the summary under {}", section.number()),
                ),
                &marks,
            );
        }
    }
}
