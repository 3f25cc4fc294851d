//! A survey runs past the re-examination period of its indication.

use diagnostic::Severity;

use crate::heading::{Section, Title};
use crate::review::activities::PLANS;
use crate::review::periods::{self, Anchor, deadlines, ja, reexamination_end, schedule, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP413",
    name: "survey-past-reexamination",
    severity: Severity::Warning,
    title: ("調査が再審査期間の後まで続く", "a survey runs past the re-examination period"),
    why: (
        "調査の結果は再審査の資料になる。再審査期間の後に終わる調査は間に合わない。",
        "the results belong to the re-examination file; a survey that ends after the period comes too late",
    ),
    reference: periods::REEXAMINATION,
    manual: include_str!("survey_past_reexamination.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for (plan, section) in context.published.plans.iter().zip(PLANS) {
        for activity in &plan.activities {
            let name = activity.name.as_str();
            let Some(schedule) = schedule(activity) else { continue };
            let Some(period) = schedule.period.as_ref().filter(|p| !p.is_reversed()) else { continue };
            let Some((entry, last)) = reexamination_end(context, name) else { continue };
            sink.looked_at(1);
            let end = period.until.date.first();
            let marks = [
                Mark::part(schedule.text, period.range.clone(), section, name).label("調査期間", "survey"),
                Mark::whole(&entry.text.text, Section::Product, "")
                    .label(format!("再審査期間は {} まで", ja(last)), format!("re-examination until {last}")),
            ];
            if end > last {
                sink.report(
                    context,
                    words(
                        format!("調査期間の終わり {} が再審査期間の終わり {} より後です", period.until.date.in_japanese(), ja(last)),
                        format!("the survey ends on {}, after the re-examination period ({last})", period.until.date),
                    ),
                    words("調査期間の終わりの年を確かめてください。", "check the year in which the survey ends"),
                    &marks,
                );
                continue;
            }
            let due = activity
                .part(Title::Milestones)
                .map(|p| deadlines(p.body.as_str()))
                .unwrap_or_default()
                .iter()
                .filter(|d| d.anchor == Anchor::Survey)
                .filter_map(|d| d.last_day(period.until.date.last()))
                .max();
            if let Some(due) = due.filter(|d| *d > last) {
                sink.report_as(
                    Severity::Info,
                    context,
                    words(
                        format!("調査の報告書の期限 {} が再審査期間の終わり {} より後です", ja(due), ja(last)),
                        format!("the survey's report is due on {due}, after the re-examination period ({last})"),
                    ),
                    words(
                        "再審査の申請（期間の終わりから 3 か月以内）に間に合うかを確かめてください。",
                        "check that it is in time for the application, within three months of the period's end",
                    ),
                    &marks,
                );
            }
        }
    }
}
