//! The last submission without what changed, or why.

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN606",
    name: "submission-incomplete",
    severity: Severity::Error,
    title: ("最後の提出に変更内容か理由がない", "the last submission lacks what changed or why"),
    why: ("提出した計画には、何をなぜ変えたかを示す。", "a submitted plan says what changed and why"),
    reference: notice::FORM,
    manual: include_str!("submission_incomplete.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let submissions = &context.plan.facts.submission;
    // of those before it the date may be all that is known
    let Some(last) = submissions.iter().max_by_key(|submission| submission.date.as_ref().map(|date| date.value)) else { return };
    for (key, there) in [("changes", &last.changes), ("reason", &last.reason)] {
        sink.looked_at(1);
        if there.as_ref().is_some_and(|text| !text.trim().is_empty()) {
            continue;
        }
        let at = last.date.as_ref().map_or(last.at, |date| date.at);
        sink.report(Mistake::new(
            (format!("最後の提出に {key} がありません"), format!("the last submission lacks {key}")),
            (
                "変更内容の概要を changes に、変更理由を reason に書いてください。初回なら「該当なし」とします。",
                "write what changed in changes and why in reason; of the first one, that it does not apply",
            ),
            Mark::at(at),
        ));
    }
}
