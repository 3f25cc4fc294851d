//! A concern that only the summary lists.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::names::Relation;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP202",
    name: "concern-only-in-summary",
    severity: Severity::Error,
    title: ("概要の安全性検討事項が1.1にない", "the summary lists a concern that 1.1 does not have"),
    why: (
        "概要にだけ挙げられた事項には理由も活動もなく、計画の対象かどうか判断できない。",
        "a concern that only the summary names has neither reason nor activity",
    ),
    reference: plan::summary!("の「安全性検討事項」・計画書の「1.1 安全性検討事項」", " and of the plan, section 1.1"),
    manual: include_str!("concern_only_in_summary.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let Some(summary) = &context.published.summary else { return };
    if context.published.concerns.is_empty() {
        return;
    }
    let listed: Vec<&str> = summary.concerns.iter().map(|c| c.name.as_str()).collect();
    let concerns: Vec<&str> = context.published.concerns.iter().map(|c| c.name.as_str()).collect();
    let pairs = context.names.pair(&listed, &concerns);
    for (n, concern) in summary.concerns.iter().enumerate() {
        sink.looked_at(1);
        // without columns a name that 1.1 lacks is told by all others having been found
        let told = summary.columns_sure || pairs.len() == concerns.len();
        if !told || !concern.name.sure || pairs.iter().any(|&(l, _, relation)| l == n && relation >= Relation::Near(0.5)) {
            continue;
        }
        let name = context.verbatim(&concern.name.text);
        let mut marks = vec![Mark::whole(&concern.name.text, Section::Summary, "").label("1.1にない", "not in 1.1")];
        marks.extend(context.heading(Section::Safety, false));
        sink.report(
            context,
            (format!("概要の「{name}」が1.1の安全性検討事項にありません"), format!("“{name}” of the summary is not a concern of 1.1")),
            (
                format!("「{name}」を理由及び活動とともに1.1に加えるか、概要から除いてください。"),
                format!("add “{name}” to 1.1 with its reason and activities, or take it out of the summary"),
            ),
            &marks,
        );
    }
}
