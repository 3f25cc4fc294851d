//! The events of the regulatory history are not in order.

use diagnostic::Severity;

use crate::heading::Section;
use crate::model::RegulatoryEvent;
use crate::review::periods::{self, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP403",
    name: "history-out-of-order",
    severity: Severity::Error,
    title: ("承認の経緯が日付の順でない", "the regulatory history is not in the order of its dates"),
    why: (
        "承認の経緯は古い順に記す。順が乱れていれば、日付の誤記か、置き場所の誤りである。",
        "the history runs from old to new; where it does not, a date or a place is wrong",
    ),
    reference: periods::PRODUCT,
    manual: include_str!("history_out_of_order.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let Some(product) = &context.published.product else { return };
    // 販売開始年月日：… stands beside the list and not in its order
    let in_list =
        |event: &&RegulatoryEvent| event.text.sure && !["承認", "販売", "発売"].iter().any(|label| event.text.as_str().starts_with(label));
    let events: Vec<_> = product.events.iter().filter(in_list).filter_map(|e| Some((e, e.date.date?))).collect();
    sink.looked_at(events.len());
    let rising = events.windows(2).filter(|p| p[0].1.first() < p[1].1.last()).count();
    let falling = events.windows(2).filter(|p| p[0].1.last() > p[1].1.first()).count();
    // a history that runs from new to old is in order too
    if falling > rising {
        return;
    }
    for pair in events.windows(2) {
        let ((before, earlier), (after, later)) = (pair[0], pair[1]);
        if later.last() < earlier.first() {
            sink.report(
                context,
                words(
                    format!("{} の記載が {} の後にあります", later.in_japanese(), earlier.in_japanese()),
                    format!("{later} stands after {earlier}"),
                ),
                words("日付を確かめ、正しければ古い順に並べ替えてください。", "check the date; if it is right, put the events in order"),
                &[
                    Mark::part(&after.text.text, 0..head(after.text.as_str()), Section::Product, "")
                        .label("前の記載より古い", "older than the one before"),
                    Mark::part(&before.text.text, 0..head(before.text.as_str()), Section::Product, "")
                        .label("これより後にある", "stands before it"),
                ],
            );
        }
    }
}

/// The length of an event's date and the words next to it.
fn head(event: &str) -> usize {
    event.char_indices().nth(24).map_or(event.len(), |(at, _)| at)
}
