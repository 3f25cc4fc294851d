//! Registration that is not within the survey.

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN402",
    name: "registration-outside-survey",
    severity: Severity::Error,
    title: ("登録期間が調査期間の外にある", "registration is outside of the survey"),
    why: ("登録は調査の一部であり、調査期間の中で行われる。", "registration is a part of the survey"),
    reference: notice::DATES,
    manual: include_str!("registration_outside_survey.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for activity in &context.plan.activities {
        let (Some(period), Some(registration)) = (&activity.period, &activity.registration) else { continue };
        sink.looked_at(1);
        if let (Some(survey), Some(start)) = (&period.start, &registration.start)
            && start.value.last() < survey.value.first()
        {
            sink.report(
                Mistake::new(
                    (
                        format!("登録は {} に始まり、調査期間の始め {} より前です", start.value.in_japanese(), survey.value.in_japanese()),
                        format!("registration starts in {}, before the survey in {}", start.value, survey.value),
                    ),
                    ("調査期間か登録期間を直してください。", "mend one of the periods"),
                    Mark::at(start.at).label("登録の始め", "start of registration"),
                )
                .mark(Mark::at(survey.at).label("調査の始め", "start of the survey")),
            );
        }
        if let (Some(survey), Some(end)) = (&period.end, &registration.end)
            && end.value.first() > survey.value.last()
        {
            sink.report(
                Mistake::new(
                    (
                        format!("登録は {} に終わり、調査期間の終わり {} より後です", end.value.in_japanese(), survey.value.in_japanese()),
                        format!("registration ends in {}, after the survey in {}", end.value, survey.value),
                    ),
                    ("調査期間か登録期間を直してください。", "mend one of the periods"),
                    Mark::at(end.at).label("登録の終わり", "end of registration"),
                )
                .mark(Mark::at(survey.at).label("調査の終わり", "end of the survey")),
            );
        }
    }
}
