//! What comes after stands before.

use calendar::PartialDate;
use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::source::{Place, Spanned};
use crate::tables::Reexamination;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN401",
    name: "dates-out-of-order",
    severity: Severity::Error,
    title: ("日付の前後が逆", "dates are out of order"),
    why: (
        "始めより前に終わるもの、承認より前に始まる販売はない。",
        "nothing ends before it begins, and nothing is sold before its approval",
    ),
    reference: notice::DATES,
    manual: include_str!("dates_out_of_order.md"),
    check,
};

/// A date with its place and what it is called.
struct Dated {
    date: PartialDate,
    at: Place,
    ja: String,
    en: String,
}

fn dated<T: Copy + Into<PartialDate>>(date: &Option<Spanned<T>>, ja: impl Into<String>, en: impl Into<String>) -> Option<Dated> {
    date.as_ref().map(|date| Dated { date: date.value.into(), at: date.at, ja: ja.into(), en: en.into() })
}

fn check(context: &Context<'_>, sink: &mut Sink) {
    let facts = &context.plan.facts;
    let product = &facts.product;
    let approved = || dated(&product.approved, "承認", "the approval");
    order(sink, dated(&product.birth_date, "国際誕生日", "the international birth date"), approved());
    order(sink, approved(), dated(&product.launched, "販売開始", "the launch"));
    for indication in &facts.indication {
        order(sink, approved(), dated(&indication.approved, "効能の承認", "the approval of the indication"));
        for period in indication.reexamination.iter() {
            if let Reexamination::Period(period) = period {
                order(
                    sink,
                    dated(&period.from, "再審査期間の始め", "the start of re-examination"),
                    dated(&period.until, "再審査期間の終わり", "its end"),
                );
            }
        }
    }
    for condition in &facts.condition {
        order(
            sink,
            dated(&condition.added, "承認条件の付与日", "setting the condition"),
            dated(&condition.lifted, "承認条件の解除日", "lifting it"),
        );
    }
    for activity in &context.plan.activities {
        for (interval, ja, en) in [(&activity.period, "期間", "the period"), (&activity.registration, "登録期間", "registration")] {
            if let Some(interval) = interval {
                let (start, end) = (format!("{ja}の開始日"), format!("{ja}の終了日"));
                order(
                    sink,
                    dated(&interval.start, start, format!("the start of {en}")),
                    dated(&interval.end, end, format!("the end of {en}")),
                );
            }
        }
        order(sink, dated(&activity.started, "実際の開始", "the real start"), dated(&activity.ended, "実際の終了", "the real end"));
    }
}

/// Reports if the second lies wholly before the first.
fn order(sink: &mut Sink, first: Option<Dated>, second: Option<Dated>) {
    let (Some(first), Some(second)) = (first, second) else { return };
    sink.looked_at(1);
    if second.date.last() >= first.date.first() {
        return;
    }
    sink.report(
        Mistake::new(
            (
                format!("{}（{}）が{}（{}）より前です", second.ja, second.date.in_japanese(), first.ja, first.date.in_japanese()),
                format!("{} ({}) lies before {} ({})", second.en, second.date, first.en, first.date),
            ),
            ("どちらかの日付を直してください。", "mend one of the dates"),
            Mark::at(second.at).label(&second.ja, &second.en),
        )
        .mark(Mark::at(first.at).label(&first.ja, &first.en)),
    );
}
