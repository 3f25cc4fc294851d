//! A rounded proportion that its counts do not give.

use diagnostic::Severity;

use super::{Context, Rule, Sink, cited::observed, notice};
use crate::mistake::{Mark, Mistake};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN503",
    name: "rounding-differs",
    severity: Severity::Warning,
    title: ("丸めた値が例数から得られない", "a rounded value does not follow from its counts"),
    why: (
        "丸めた値から計算した例数は、元の割合の例数でなければならない。",
        "a size computed from a rounded value is to be that of the proportion",
    ),
    reference: notice::DESIGN,
    manual: include_str!("rounding_differs.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for observed in observed(context.plan) {
        let (Some(rounded), Some((x, n))) = (&observed.rounded, observed.counts().filter(|(_, n)| *n > 0)) else { continue };
        sink.looked_at(1);
        let written = rounded.value.to_string();
        let decimals = written.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let share = x as f64 / n as f64;
        // up and down are both usual; more than one unit of the last decimal is no rounding
        if (share - rounded.value).abs() <= 10_f64.powi(-i32::try_from(decimals).unwrap_or(9)) {
            continue;
        }
        sink.report(
            Mistake::new(
                (
                    format!("{x}/{n} は {share:.4} で、{written} には丸まりません"),
                    format!("{x}/{n} is {share:.4} and does not round to {written}"),
                ),
                (
                    "例数か丸めた値を直してください。割合は 0 から 1 の数で書きます。",
                    "mend the counts or the value; a proportion is a number from 0 to 1",
                ),
                Mark::at(rounded.at),
            )
            .mark(Mark::at(observed.count.at)),
        );
    }
}
