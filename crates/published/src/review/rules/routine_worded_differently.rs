//! Two wordings of the routine activities.

use diagnostic::Severity;

use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP231",
    name: "routine-worded-differently",
    severity: Severity::Warning,
    title: ("通常の活動の記載が2・4と5の一覧で異なる", "the routine activities are worded differently in two views"),
    why: (
        "通常の活動は一つである。記載が二通りあると、一方が更新されていないとみられる。",
        "there is one set of routine activities; two wordings often mean that one was not updated",
    ),
    reference: plan::form!(
        "「2.」「4.」の通常の活動の概要・「5.1」「5.3」の通常の活動",
        ", the routine activities in sections 2, 4 and 5",
        "。文言の統一は実務の慣行による",
        "; equal words are a matter of practice"
    ),
    manual: include_str!("routine_worded_differently.md"),
    check,
};

use crate::review::activities::{LISTS, PLANS};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for n in [0, 2] {
        let (Some(plan), Some(list)) = (&context.published.plans[n].routine, &context.published.lists[n].routine) else { continue };
        sink.looked_at(1);
        let (one, other) = (words(plan.as_str()), words(list.as_str()));
        if one == other || !list.sure || one.is_empty() || other.is_empty() {
            continue;
        }
        sink.report(
            context,
            (
                format!("通常の活動の記載が{}と{}で異なります", PLANS[n].number(), LISTS[n].number()),
                format!("section {} and {} word the routine activities differently", PLANS[n].number(), LISTS[n].number()),
            ),
            (
                "現に行っている活動を確かめ、双方を同じ文言にしてください。".to_owned(),
                "see what is done in fact, and use the same words in both".to_owned(),
            ),
            &[
                Mark::whole(&list.text, LISTS[n], "").label(format!("{}では", LISTS[n].number()), format!("in {}", LISTS[n].number())),
                Mark::whole(&plan.text, PLANS[n], "").label(format!("{}では", PLANS[n].number()), format!("in {}", PLANS[n].number())),
            ],
        );
    }
}

/// The text without what is written in two ways: stops, commas and 及び.
fn words(text: &str) -> String {
    terminology::key(text).replace("並びに", "").replace("及び", "").replace("と", "").replace(['、', '。', ',', '(', ')'], "")
}
