//! Registration reaches outside the survey.

use diagnostic::Severity;

use crate::review::periods::{self, Registered, registered, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP411",
    name: "registration-outside-survey",
    severity: Severity::Error,
    title: ("登録期間が調査期間の外にある", "registration reaches outside the survey"),
    why: (
        "登録は調査の中で行う。登録期間は調査期間に含まれる。",
        "patients are registered within the survey, so the registration period lies within the survey period",
    ),
    reference: periods::PLAN,
    manual: include_str!("registration_outside_survey.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for Registered { section, activity, schedule, period, registration } in registered(context.published) {
        sink.looked_at(1);
        let (ja, en) = if registration.until.date.first() > period.until.date.last() {
            (
                format!(
                    "登録期間の終わり {} が調査期間の終わり {} より後です",
                    registration.until.date.in_japanese(),
                    period.until.date.in_japanese()
                ),
                format!("registration ends on {}, after the survey itself ({})", registration.until.date, period.until.date),
            )
        } else if registration.from.date.last() < period.from.date.first() {
            (
                format!(
                    "登録期間の始め {} が調査期間の始め {} より前です",
                    registration.from.date.in_japanese(),
                    period.from.date.in_japanese()
                ),
                format!("registration begins on {}, before the survey itself ({})", registration.from.date, period.from.date),
            )
        } else {
            continue;
        };
        let name = activity.name.as_str();
        sink.report(
            context,
            words(ja, en),
            words("実施計画書で両方の期間を確かめてください。", "check both periods in the protocol"),
            &[
                Mark::part(schedule.text, registration.range.clone(), section, name).label("登録期間", "registration"),
                Mark::part(schedule.text, period.range.clone(), section, name).label("調査期間", "survey"),
            ],
        );
    }
}
