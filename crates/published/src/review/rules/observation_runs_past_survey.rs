//! The last patient registered is observed past the end of the survey.

use calendar::{Counting, find_periods, last_day};
use diagnostic::Severity;

use crate::review::periods::{self, Registered, ja, observation, registered, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP412",
    name: "observation-runs-past-survey",
    severity: Severity::Warning,
    title: ("最後の登録例の観察が調査期間に収まらない", "the last patient registered is observed past the end of the survey"),
    why: (
        "最終登録日に観察期間を加えた日が調査期間の終わりを超えると、最後に登録した患者の観察を終えられない。",
        "where the last registration and the observation period together pass the end, the last patients cannot be observed to the end",
    ),
    reference: periods::PLAN_DAYS,
    manual: include_str!("observation_runs_past_survey.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for Registered { section, activity, schedule, period, registration } in registered(context.published) {
        let Some(observed) = observation(&schedule) else { continue };
        let (last, end) = (registration.until.date.first(), period.until.date.last());
        if last > end {
            continue;
        }
        sink.looked_at(1);
        let Some(needed) = last_day(last, observed.period, Counting::FirstDayNotCounted) else { continue };
        let name = activity.name.as_str();
        let marks = |label_ja: String, label_en: String| {
            [
                Mark::part(schedule.text, registration.range.clone(), section, name).label(
                    format!("最終登録 {}", registration.until.date.in_japanese()),
                    format!("last registration {}", registration.until.date),
                ),
                Mark::part(schedule.text, observed.range.clone(), section, name).label(label_ja, label_en),
                Mark::part(schedule.text, period.range.clone(), section, name)
                    .label(format!("調査の終わり {}", period.until.date.in_japanese()), format!("end of the survey {}", period.until.date)),
            ]
        };
        if needed > end {
            // a rough length may be cut short by the end of the survey
            let severity = if observed.plain { Severity::Warning } else { Severity::Info };
            sink.report_as(
                severity,
                context,
                words(
                    format!(
                        "最後に登録した患者の観察は {} に終わり、調査期間の終わり {} を超えます",
                        ja(needed),
                        period.until.date.in_japanese()
                    ),
                    format!("the last patient registered is observed until {needed}, past the survey's end on {}", period.until.date),
                ),
                words(
                    "登録期間、観察期間、調査期間のいずれかを見直してください。",
                    "review the registration, observation or survey period",
                ),
                &marks(format!("{} まで", ja(needed)), format!("until {needed}")),
            );
        } else if let Some(follow) = follow_up(&schedule.text.as_str()[schedule.observation.clone().unwrap_or(0..0)])
            && let Some(longer) = last_day(needed, follow, Counting::FirstDayNotCounted)
            && longer > end
        {
            sink.report_as(
                Severity::Info,
                context,
                words(
                    format!(
                        "終わり近くに中止した患者の追跡（{}）は、調査期間の終わり {} を超えることがあります",
                        follow.in_japanese(),
                        period.until.date.in_japanese()
                    ),
                    format!("the follow-up of those who stop late ({follow}) may pass the survey's end on {}", period.until.date),
                ),
                words("中止例の追跡をいつまで行うかを示すとよいでしょう。", "say until when those who stopped are followed"),
                &marks(format!("中止例は更に {}", follow.in_japanese()), format!("and {follow} more for those who stopped")),
            );
        }
    }
}

/// The further follow-up of those who stopped: 中止1年後まで.
fn follow_up(text: &str) -> Option<calendar::Period> {
    let at = text.find("中止")?;
    let found = find_periods(&text[at..]).into_iter().next()?;
    let between = &text[at..at + found.range.start];
    let after = &text[at + found.range.end..];
    (between.chars().count() <= 24 && !between.contains('。') && after.starts_with('後')).then_some(found.period)
}
