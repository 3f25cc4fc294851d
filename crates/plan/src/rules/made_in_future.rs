//! What is said to have happened, on a day that is still to come.

use calendar::{Date, PartialDate};
use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::source::Place;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN413",
    name: "made-in-future",
    severity: Severity::Warning,
    title: ("起きたとされる日がまだ来ていない", "what is said to have happened is still to come"),
    why: (
        "作成した日や終了した日がこれから先の日付なら、予定と取り違えたか、年を誤っている。",
        "a day of something done that is still to come is a plan, or has a wrong year",
    ),
    reference: notice::DATES,
    manual: include_str!("made_in_future.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    // without the day of today a day after the submission cannot be told from one to come
    let Some(today) = context.today else { return };
    for activity in &context.plan.activities {
        let name = &activity.name.value;
        for made in activity.report.iter().filter_map(|report| report.made.as_ref()) {
            judge(sink, today, made.value, made.at, (&format!("「{name}」の報告書の作成日"), "the report"));
        }
        for (day, ja, en) in [(&activity.started, "開始日", "the start"), (&activity.ended, "終了日", "the end")] {
            if let Some(day) = day {
                judge(sink, today, day.value, day.at, (&format!("「{name}」の実際の{ja}"), en));
            }
        }
    }
    for date in context.plan.facts.event.iter().filter_map(|event| event.date.as_ref()) {
        judge(sink, today, date.value.into(), date.at, ("経緯の日付", "the event"));
    }
}

fn judge(sink: &mut Sink, today: Date, day: PartialDate, at: Place, what: (&str, &str)) {
    sink.looked_at(1);
    if day.first() <= today {
        return;
    }
    sink.report(Mistake::new(
        (
            format!("{}が {} で、まだ来ていません（今日は {}）", what.0, day.in_japanese(), notice::ja(today)),
            format!("{} is dated {day}, which is still to come (today is {today})", what.1),
        ),
        ("年を確かめてください。予定であれば due や period に書きます。", "check the year; what is planned is written as due or period"),
        Mark::at(at),
    ));
}
