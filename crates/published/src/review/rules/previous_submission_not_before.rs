//! The previous submission is not before this one.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::periods::{self, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP404",
    name: "previous-submission-not-before",
    severity: Severity::Error,
    title: ("前回提出日が今回の提出日より前でない", "the previous submission is not before this one"),
    why: ("前回の提出は今回より前である。", "the previous submission lies before this one"),
    reference: periods::PRODUCT,
    manual: include_str!("previous_submission_not_before.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let Some(previous) = context.published.history.as_ref().and_then(|h| h.previous.as_ref()) else { return };
    let Some(field) = context.published.summary.as_ref().and_then(|s| s.fields.iter().find(|f| f.label.starts_with("提出"))) else {
        return;
    };
    let found = calendar::find_dates(field.value.as_str());
    let Some((this, range)) = found.iter().find_map(|d| Some((d.value.ok()?, d.range.clone()))) else { return };
    let Some(before) = previous.date else { return };
    sink.looked_at(1);
    if before.first() < this.last() && !(before.day().is_some() && before.day() == this.day()) {
        return;
    }
    sink.report(
        context,
        words(
            format!("前回提出日 {} が今回の提出日 {} より前ではありません", before.in_japanese(), this.in_japanese()),
            format!("the previous submission, {before}, is not before this one, {this}"),
        ),
        words("前回提出日と提出年月日を確かめてください。", "check both dates of submission"),
        &[
            Mark::whole(&previous.text, Section::History, "").label("前回", "previous"),
            Mark::part(&field.value.text, range, Section::Summary, "").label("今回", "this one"),
        ],
    );
}
