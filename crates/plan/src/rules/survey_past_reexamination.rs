//! A survey that runs past the re-examination periods of its indications.

use calendar::{Counting, Date, Period, Unit, last_day};
use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::model::{Activity, Plan};
use crate::source::Place;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN403",
    name: "survey-past-reexamination",
    severity: Severity::Warning,
    title: ("調査が再審査期間より後に終わる", "a survey runs past the re-examination period"),
    why: ("再審査の資料となる調査は、再審査期間の中で終える。", "a survey whose results go into the re-examination ends within its period"),
    reference: notice::REEXAMINATION,
    manual: include_str!("survey_past_reexamination.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let plan = context.plan;
    for activity in plan.activities.iter().filter(|activity| activity.kind.as_ref().is_some_and(|kind| kind.is_study())) {
        let Some((last, at)) = latest(plan, activity) else { continue };
        reports(context, sink, activity, last, at);
        let Some(end) = activity.period.as_ref().and_then(|period| period.end.as_ref()) else { continue };
        sink.looked_at(1);
        if end.value.first() <= last {
            continue;
        }
        sink.report(
            Mistake::new(
                (
                    format!(
                        "「{}」は {} に終わり、再審査期間の末日 {} より後です",
                        activity.name.value,
                        end.value.in_japanese(),
                        notice::ja(last)
                    ),
                    format!("“{}” ends on {}, after the re-examination period on {last}", activity.name.value, end.value),
                ),
                ("調査期間、対象の効能、再審査期間を確かめてください。", "check the period, the indications and their re-examination"),
                Mark::at(end.at).label("調査の終わり", "end of the survey"),
            )
            .mark(Mark::at(at).label(format!("{} まで", notice::ja(last)), format!("until {last}"))),
        );
    }
}

/// The application for re-examination is due three months after the period: what is reported later is not in it.
fn reports(context: &Context<'_>, sink: &mut Sink, activity: &Activity, last: Date, at: Place) {
    let Some(applied) = last_day(last, Period { amount: 3, unit: Unit::Months }, Counting::FirstDayNotCounted) else { return };
    for report in &activity.report {
        let made = report.made.as_ref().map(|made| (made.value.first(), made.at));
        let planned = report.due.as_ref().and_then(|when| Some((context.plan.day_of(when, activity)?, when.at())));
        let Some((day, place)) = made.or(planned) else { continue };
        sink.looked_at(1);
        if day > applied {
            sink.report(
                Mistake::new(
                    (
                        format!(
                            "「{}」の報告書 {} が、再審査申請の期限 {} より後です",
                            activity.name.value,
                            notice::ja(day),
                            notice::ja(applied)
                        ),
                        format!(
                            "the report of “{}” on {day} is after the application for re-examination, due on {applied}",
                            activity.name.value
                        ),
                    ),
                    (
                        "再審査の資料とする報告書は、申請までに作成します。日付と再審査期間を確かめてください。",
                        "what goes into the re-examination is made by the application: check the day and the period",
                    ),
                    Mark::at(place).label("報告書", "report"),
                )
                .mark(Mark::at(at).label(format!("再審査期間は {} まで", notice::ja(last)), format!("re-examination until {last}"))),
            );
        }
    }
}

/// The last day of the re-examination periods that an activity can serve: those of its indications, or of all if it names none.
fn latest(plan: &Plan, activity: &Activity) -> Option<(Date, Place)> {
    let concerned = |id: &str| activity.indications.is_empty() || activity.indications.iter().any(|own| own.as_str() == id);
    let indications = plan.facts.indication.iter().filter(|indication| concerned(indication.id.as_str()));
    let periods = indications.flat_map(|indication| {
        let approved = plan.approval_of(indication);
        indication.reexamination.iter().filter_map(move |period| Some((period.days(approved)?.1, period.at())))
    });
    periods.max_by_key(|(last, _)| *last)
}
