//! A length with two units, an upper limit below it, or a count that nothing counts.

use diagnostic::Severity;

use super::{Context, Rule, Sink, source::LANGUAGE};
use crate::mistake::{Mark, Mistake};
use crate::source::{Place, Spanned};
use crate::tables::{AnchorEvent, Length, When};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN412",
    name: "time-unclear",
    severity: Severity::Error,
    title: ("期間や時期が一つに定まらない", "a length or a time is not told in one way"),
    why: ("二つの単位や始めより短い上限では、期間が一つに定まらない。", "with two units, or a limit below the length, a period is not one"),
    reference: LANGUAGE,
    manual: include_str!("time_unclear.md"),
    check,
};

type Number = Option<Spanned<u64>>;

fn check(context: &Context<'_>, sink: &mut Sink) {
    for activity in &context.plan.activities {
        activity.observation.iter().for_each(|length| observed(sink, length));
        let times = activity.milestone.iter().filter_map(|milestone| milestone.when.as_ref());
        for when in times.chain(activity.report.iter().filter_map(|report| report.due.as_ref())) {
            let When::Event(anchor) = when else { continue };
            units(sink, anchor.at, [&anchor.days, &anchor.weeks, &anchor.months, &anchor.years]);
            let (Some(count), Some(on)) = (&anchor.count, &anchor.on) else { continue };
            sink.looked_at(1);
            if !matches!(on.value, AnchorEvent::FormsCollected | AnchorEvent::Registered) {
                sink.report(Mistake::new(
                    (format!("「{}」では例数を数えません", on.words().0), format!("nothing is counted at {}", on.words().1)),
                    (
                        "on を registered か forms-collected にするか、count を消してください。",
                        "write on = \"registered\" or \"forms-collected\", or delete count",
                    ),
                    Mark::at(count.at),
                ));
            }
        }
    }
}

fn observed(sink: &mut Sink, length: &Length) {
    units(sink, length.at, [&length.days, &length.weeks, &length.months, &length.years]);
    let (Some(limit), Some(period)) = (&length.up_to, length.period()) else { return };
    sink.looked_at(1);
    if limit.value < u64::from(period.amount) {
        sink.report(Mistake::new(
            (
                format!("最長の {} が最短の {} より短くなっています", limit.value, period.amount),
                format!("the longest, {}, is below the shortest, {}", limit.value, period.amount),
            ),
            ("up_to を直してください。", "mend up_to"),
            Mark::at(limit.at),
        ));
    }
}

fn units(sink: &mut Sink, at: Place, units: [&Number; 4]) {
    sink.looked_at(1);
    let mut stated = units.into_iter().flatten();
    if let (Some(_), Some(second)) = (stated.next(), stated.next()) {
        sink.report(
            Mistake::new(
                ("期間に二つの単位があります", "a length has two units"),
                ("一つの単位で書いてください（1 年 6 か月は months = 18）。", "write it in one unit: a year and a half is months = 18"),
                Mark::at(second.at),
            )
            .mark(Mark::at(at)),
        );
    }
}
