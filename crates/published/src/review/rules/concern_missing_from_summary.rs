//! A concern of 1.1 that the summary does not list.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::names::Relation;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP201",
    name: "concern-missing-from-summary",
    severity: Severity::Error,
    title: ("1.1の安全性検討事項が概要にない", "a concern of 1.1 is missing from the summary"),
    why: (
        "概要は1.1の全ての安全性検討事項を示すものであり、医療従事者は概要だけを読むことが多い。",
        "the summary lists every concern of 1.1, and it is often all that is read",
    ),
    reference: plan::summary!("の「安全性検討事項」・計画書の「1.1 安全性検討事項」", " and of the plan, section 1.1"),
    manual: include_str!("concern_missing_from_summary.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let Some(summary) = &context.published.summary else { return };
    if summary.concerns.is_empty() {
        return;
    }
    let listed: Vec<&str> = summary.concerns.iter().map(|c| c.name.as_str()).collect();
    let concerns: Vec<&str> = context.published.concerns.iter().map(|c| c.name.as_str()).collect();
    let pairs = context.names.pair(&concerns, &listed);
    for (n, concern) in context.published.concerns.iter().enumerate() {
        sink.looked_at(1);
        let found = pairs.iter().any(|&(c, _, relation)| c == n && relation >= Relation::Near(0.5));
        if found || !concern.name.sure || (!summary.columns_sure && mentioned(summary.text.as_str(), concern.name.as_str())) {
            continue;
        }
        let name = context.verbatim(&concern.name.text);
        let mut marks = vec![Mark::whole(&concern.name.text, Section::Safety, "").label("概要にない", "not in the summary")];
        marks.extend(context.heading(Section::Safety, true));
        sink.report(
            context,
            (format!("1.1の「{name}」が概要に記載されていません"), format!("“{name}” of 1.1 is missing from the summary")),
            (
                format!("概要の【{}】に「{name}」を加えてください。", concern.class.ja()),
                format!("add it to the summary, under 【{}】 ({})", concern.class.ja(), concern.class.en()),
            ),
            &marks,
        );
    }
}

/// Where the columns are mixed a name may be parted: its beginning must stand there.
fn mentioned(text: &str, name: &str) -> bool {
    let head: String = name.chars().take(5).collect();
    text.contains(&head)
}
