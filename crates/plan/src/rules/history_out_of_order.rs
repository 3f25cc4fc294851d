//! Events or submissions that are not in the order of their dates.

use diagnostic::Severity;

use calendar::Date;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::source::Spanned;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN408",
    name: "history-out-of-order",
    severity: Severity::Warning,
    title: ("経緯か提出の順が日付の順でない", "history or submissions are not in the order of their dates"),
    why: ("経緯と提出は、起きた順に並ぶ。", "history and submissions stand in the order in which they happened"),
    reference: notice::FORM,
    manual: include_str!("history_out_of_order.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let facts = &context.plan.facts;
    ascending(sink, facts.event.iter().filter_map(|event| event.date.as_ref()));
    ascending(sink, facts.submission.iter().filter_map(|submission| submission.date.as_ref()));
}

fn ascending<'a>(sink: &mut Sink, dates: impl Iterator<Item = &'a Spanned<Date>>) {
    let mut latest: Option<&Spanned<Date>> = None;
    for date in dates {
        sink.looked_at(1);
        match latest {
            Some(before) if date.value < before.value => sink.report(
                Mistake::new(
                    (
                        format!("{} が、それより後の {} の下にあります", notice::ja(date.value), notice::ja(before.value)),
                        format!("{} stands below {}, which is later", date.value, before.value),
                    ),
                    ("日付を確かめ、日付の順に並べてください。", "check the date, and put them in the order of their dates"),
                    Mark::at(date.at),
                )
                .mark(Mark::at(before.at)),
            ),
            _ => latest = Some(date),
        }
    }
}
