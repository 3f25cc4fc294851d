//! The last patient is observed past the end of the survey.

use calendar::{Counting, last_day};
use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN404",
    name: "observation-past-survey",
    severity: Severity::Warning,
    title: ("最後の症例の観察が調査期間より後に終わる", "the last patient is observed past the end of the survey"),
    why: ("登録の終わりに観察期間を加えた日までは、調査が続く。", "a survey lasts until the last patient has been observed"),
    reference: notice::DATES,
    manual: include_str!("observation_past_survey.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for activity in &context.plan.activities {
        let (Some(period), Some(registration), Some(observation)) = (&activity.period, &activity.registration, &activity.observation)
        else {
            continue;
        };
        let (Some(end), Some(last), Some(length)) = (&period.end, &registration.end, observation.period()) else { continue };
        let Some(observed) = last_day(last.value.last(), length, Counting::FirstDayNotCounted) else { continue };
        sink.looked_at(1);
        if observed <= end.value.last() {
            continue;
        }
        sink.report(
            Mistake::new(
                (
                    format!(
                        "{} に登録された症例の観察（{}）は {} までかかり、調査期間は {} に終わります",
                        last.value.in_japanese(),
                        length.in_japanese(),
                        notice::ja(observed),
                        end.value.in_japanese()
                    ),
                    format!(
                        "a patient registered in {} is observed for {length}, until {observed}; the survey ends in {}",
                        last.value, end.value
                    ),
                ),
                ("登録期間を短くするか、調査期間を延ばしてください。", "shorten the registration or prolong the survey"),
                Mark::at(end.at).label(format!("{} までかかる", notice::ja(observed)), format!("needed until {observed}")),
            )
            .mark(Mark::at(last.at).label("登録の終わり", "end of registration"))
            .mark(Mark::at(observation.at).label("観察期間", "observation")),
        );
    }
}
