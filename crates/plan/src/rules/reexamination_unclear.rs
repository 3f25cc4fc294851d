//! A re-examination period that cannot be told.

use diagnostic::Severity;

use calendar::{Counting, Period, Unit, last_day};

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::tables::Reexamination;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN411",
    name: "reexamination-unclear",
    severity: Severity::Error,
    title: ("再審査期間が定まらない、又は食い違う", "a re-examination period is not told, or disagrees with itself"),
    why: (
        "再審査期間は承認から数え、4 年から 10 年である。",
        "a re-examination period is counted from the approval and lasts from four to ten years",
    ),
    reference: notice::REEXAMINATION,
    manual: include_str!("reexamination_unclear.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for indication in &context.plan.facts.indication {
        let approved = context.plan.approval_of(indication);
        for stated in indication.reexamination.iter() {
            let Reexamination::Period(period) = stated else { continue };
            sink.looked_at(1);
            if period.years.is_none() && period.until.is_none() {
                sink.report(Mistake::new(
                    ("再審査期間の長さが分かりません", "nothing says how long the re-examination period is"),
                    (
                        "years か until を書いてください。ない効能は \"none\" とします。",
                        "write years or until; where there is none, \"none\"",
                    ),
                    Mark::at(period.at),
                ));
            }
            let from = period.from.as_ref().map(|from| from.value).or(approved);
            if let (Some(from), Some(approved)) = (&period.from, approved)
                && from.value < approved
            {
                sink.report(Mistake::new(
                    (
                        format!("再審査期間が承認 {} より前に始まります", notice::ja(approved)),
                        format!("the re-examination period begins before the approval on {approved}"),
                    ),
                    ("from か承認日を直してください。", "mend from, or the approval"),
                    Mark::at(from.at),
                ));
            }
            let Some(years) = &period.years else { continue };
            // the rest of another period may be shorter
            if years.value > 10 || (years.value < 4 && period.remaining.as_ref().is_none_or(|rest| !rest.value)) {
                sink.report(
                    Mistake::new(
                        (
                            format!("再審査期間が {} 年とされています", years.value),
                            format!("the re-examination period is said to be {} years", years.value),
                        ),
                        (
                            "4 年から 10 年です。残余期間なら remaining = true を書いてください。",
                            "it is four to ten years; of the rest of another period write remaining = true",
                        ),
                        Mark::at(years.at),
                    )
                    .severity(Severity::Warning),
                );
            }
            let (Some(until), Some(from), Ok(amount)) = (&period.until, from, u32::try_from(years.value)) else { continue };
            if let Some(last) =
                last_day(from, Period { amount, unit: Unit::Years }, Counting::FirstDayCounted).filter(|last| *last != until.value)
            {
                sink.report(
                    Mistake::new(
                        (
                            format!("{} から {} 年間は {} に終わります", notice::ja(from), years.value, notice::ja(last)),
                            format!("{} years from {from} end on {last}", years.value),
                        ),
                        ("until を直すか、消してください（計算されます）。", "mend until, or leave it out: it is computed"),
                        Mark::at(until.at),
                    )
                    .mark(Mark::at(years.at)),
                );
            }
        }
    }
}
