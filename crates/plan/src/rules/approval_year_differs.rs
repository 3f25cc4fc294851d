//! An approval number of a year in which nothing was approved.

use calendar::{Date, Era};
use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN703",
    name: "approval-year-differs",
    severity: Severity::Warning,
    title: ("承認番号の年に承認がない", "nothing was approved in the year of an approval number"),
    why: (
        "承認番号の初めの 3 桁は承認された年の元号と年である（230 は平成 30 年、307 は令和 7 年）。",
        "an approval number begins with the era and the year of its approval: 230 for Heisei 30 (2018), 307 for Reiwa 7 (2025)",
    ),
    reference: notice::FORM,
    manual: include_str!("approval_year_differs.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let facts = &context.plan.facts;
    let approvals = facts.indication.iter().filter_map(|indication| indication.approved.as_ref()).chain(facts.product.approved.as_ref());
    // a number may be of a change, such as of the name or of a new strength, which only the history tells
    let mut days: Vec<Date> = approvals.chain(facts.event.iter().filter_map(|event| event.date.as_ref())).map(|day| day.value).collect();
    days.sort_unstable();
    let (Some(first), Some(approved)) = (days.first(), facts.product.approved.as_ref()) else { return };
    for strength in &facts.strength {
        let number = &strength.approval_number;
        let Some((era, year)) = era_year(number) else { continue };
        sink.looked_at(1);
        let western = era.western_year(year);
        if days.iter().any(|day| day.year() == western) {
            continue;
        }
        let later = western > first.year();
        sink.report(
            Mistake::new(
                (
                    format!("承認番号「{}」は {western} 年のものですが、その年の承認が計画にありません", number.value),
                    format!("the approval number “{}” is of {western}, and the plan tells no approval in that year", number.value),
                ),
                (
                    "承認番号と承認年月日を確かめ、その年の承認であれば [[event]] に書いてください。",
                    "check the number and the date of approval; if it was approved in that year, write it as [[event]]",
                ),
                Mark::at(number.at).label(format!("{western} 年"), western.to_string()),
            )
            .mark(Mark::at(approved.at).label("承認", "approval"))
            // a later one may be of a change that the history leaves out
            .severity(if later { Severity::Info } else { Severity::Warning }),
        );
    }
}

/// Era and year of an approval number; none of one that is not of its form.
fn era_year(number: &str) -> Option<(Era, u16)> {
    let era = match number.as_bytes().first()? {
        b'2' => Era::Heisei,
        b'3' => Era::Reiwa,
        _ => return None,
    };
    let whole = number.len() == 16 && number.as_bytes()[..5].iter().all(u8::is_ascii_digit);
    number.get(1..3).filter(|_| whole)?.parse().ok().filter(|year| *year > 0).map(|year| (era, year))
}
