//! An activity that the summary does not list.

use diagnostic::Severity;

use crate::review::{Context, Mark, Reference, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP221",
    name: "activity-missing-from-summary",
    severity: Severity::Error,
    title: ("2・3・4の活動が概要にない", "an activity of sections 2 to 4 is missing from the summary"),
    why: ("概要は2・3・4の全ての活動を示す。", "the summary lists every activity of sections 2 to 4"),
    reference: Reference::form(
        "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式1 別紙様式2",
        "Form 1, Form 2 (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1)",
    ),
    manual: include_str!("activity_missing_from_summary.md"),
    check,
};

use crate::review::activities::PLANS;

fn check(context: &Context<'_>, sink: &mut Sink) {
    let Some(summary) = &context.published.summary else { return };
    for entry in &context.activities {
        for (n, section) in PLANS.into_iter().enumerate() {
            let Some(activity) = entry.plan[n] else { continue };
            if context.published.headings.iter().all(|h| !h.in_summary || h.section != section) {
                continue;
            }
            sink.looked_at(1);
            if entry.summary[n].is_some()
                || !activity.name.sure
                || summary.text.as_str().contains(activity.name.as_str()) && !summary.columns_sure && n == 1
            {
                continue;
            }
            let name = context.verbatim(&activity.name.text);
            sink.report(
                context,
                (
                    format!("{}の「{name}」が概要に記載されていません", section.number()),
                    format!("“{name}” of section {} is missing from the summary", section.number()),
                ),
                (format!("概要の{}に加えてください。", section.number()), "add it to the summary".to_owned()),
                &[Mark::whole(&activity.name.text, section, "").label("概要にない", "not in the summary")],
            );
        }
    }
}
