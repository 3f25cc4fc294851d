//! More patients than there are.

use diagnostic::Severity;

use super::{Context, Rule, Sink, cited::observed, notice};
use crate::figure::FigureKind;
use crate::mistake::{Mark, Mistake};
use crate::source::Place;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN302",
    name: "count-above-denominator",
    severity: Severity::Error,
    title: ("分子が分母より大きい、又は分母が 0", "a count is above its denominator, or the denominator is 0"),
    why: ("例数の割合は 100% を超えず、0 例では定まらない。", "a proportion of patients is at most 100 %, and of none there is none"),
    reference: notice::FORM,
    manual: include_str!("count_above_denominator.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for figure in context.plan.passages().flat_map(|passage| &passage.figures) {
        if let Ok(FigureKind::Counts(counts)) = &figure.kind {
            judge(sink, counts.x, counts.n, counts.counts_at);
        }
    }
    for observed in observed(context.plan) {
        match observed.counts() {
            Some((x, n)) => judge(sink, x, n, observed.count.at),
            None if observed.count.is_empty() => {}
            None => {
                sink.looked_at(1);
                sink.report(Mistake::new(
                    (
                        format!("「{}」は例数として読めません", observed.count.value),
                        format!("“{}” cannot be read as counts", observed.count.value),
                    ),
                    ("\"6/67\" のように書いてください。", "write it like \"6/67\""),
                    Mark::at(observed.count.at),
                ));
            }
        }
    }
}

fn judge(sink: &mut Sink, x: u64, n: u64, at: Place) {
    sink.looked_at(1);
    let (ja, en) = match n {
        0 => (format!("{x}/{n} の分母が 0 です"), format!("the denominator of {x}/{n} is 0")),
        _ if x > n => (format!("{x}/{n} の分子が分母より大きくなっています"), format!("in {x}/{n} the count is above the denominator")),
        _ => return,
    };
    sink.report(Mistake::new((ja, en), ("原資料で例数を確かめてください。", "check the counts in the report of the study"), Mark::at(at)));
}
