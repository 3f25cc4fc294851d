//! One period is stated in two ways.

use calendar::{Counting, find_periods, last_day};
use diagnostic::Severity;
use terminology::Text;

use crate::heading::{Section, Title};
use crate::model::Activity;
use crate::review::activities::{Entry, LISTS, PLANS};
use crate::review::periods::{self, Interval, eppv, intervals, observation, schedule, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP416",
    name: "period-differs",
    severity: Severity::Warning,
    title: ("同じ期間が別の箇所で異なる", "one period is stated in two ways"),
    why: (
        "観察期間・登録期間は、実施計画とその根拠で同じでなければならない。市販直後調査の期間も 2・4・5.3 で同じである。",
        "plan and rationale state one observation and one registration period, and all views one period of the EPPV",
    ),
    reference: periods::LISTS_DAYS,
    manual: include_str!("period_differs.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for entry in &context.activities {
        for (n, activity) in entry.plan.iter().enumerate() {
            if let Some(activity) = activity {
                rationale(context, sink, activity, PLANS[n]);
            }
        }
        if entry.name.as_str().contains("市販直後") {
            vigilance(context, sink, entry);
        }
    }
}

/// Observation and registration as the rationale speaks of them.
fn rationale(context: &Context<'_>, sink: &mut Sink, activity: &Activity, section: Section) {
    let Some(plan) = schedule(activity) else { return };
    let name = activity.name.as_str();
    let observed = observation(&plan).filter(|o| o.plain);
    for part in activity.parts.iter().filter(|p| matches!(p.title, Title::Rationale | Title::TargetRationale | Title::ObservationRationale))
    {
        let text = &part.body.text;
        for sentence in periods::sentences(text.as_str()) {
            let words_of = &text.as_str()[sentence.clone()];
            if let Some(observed) = &observed
                && (words_of.contains("観察期間を") || words_of.starts_with("観察期間:"))
                && let Some(set) = words_of.rfind("とした").or_else(|| words_of.rfind("と設定した"))
            {
                let clause = words_of[..set].rfind('、').map_or(0, |at| at + "、".len());
                let clause = words_of.find("観察期間を").map_or(clause, |at| at.min(clause));
                let found = find_periods(&words_of[clause..set]);
                sink.looked_at(1);
                if let Some(last) = found.last()
                    && last.range.end + clause + 12 >= set
                    && !found.iter().any(|f| same(f.period, observed.period))
                    && !words_of.contains("中止")
                {
                    let at = sentence.start + clause + last.range.start..sentence.start + clause + last.range.end;
                    sink.report(
                        context,
                        words(
                            format!(
                                "観察期間が、実施計画では {}、根拠では {} です",
                                observed.period.in_japanese(),
                                last.period.in_japanese()
                            ),
                            format!("the observation period is {} in the plan, but {} in the rationale", observed.period, last.period),
                        ),
                        words("実施計画書で確かめ、一方に合わせてください。", "check the protocol and let both say the same"),
                        &[
                            Mark::part(text, at, section, name).label("根拠", "rationale"),
                            Mark::part(plan.text, observed.range.clone(), section, name).label("実施計画", "plan"),
                        ],
                    );
                }
            }
            if let Some(registration) = plan.registration.as_ref().filter(|r| !r.is_reversed())
                && let Some(at) = words_of.find("登録期間")
                && let Some(found) = find_periods(&words_of[at..]).into_iter().next().filter(|f| f.range.start <= "登録期間は、".len() + 1)
                && let Some(start) = registration.from.date.day()
                && let Some(end) = last_day(start, found.period, Counting::FirstDayCounted)
            {
                sink.looked_at(1);
                let apart = (registration.until.date.last() - end).get_days().abs();
                if apart > 45 {
                    let range = sentence.start + at..sentence.start + at + found.range.end;
                    sink.report(
                        context,
                        words(
                            format!(
                                "登録期間は根拠では {} ですが、実施計画では {} から {} までです",
                                found.period.in_japanese(),
                                registration.from.date.in_japanese(),
                                registration.until.date.in_japanese()
                            ),
                            format!(
                                "registration lasts {} by the rationale, but from {} to {} in the plan",
                                found.period, registration.from.date, registration.until.date
                            ),
                        ),
                        words("登録期間の日付か長さを直してください。", "mend the dates or the length"),
                        &[
                            Mark::part(plan.text, registration.range.clone(), section, name).label("実施計画", "plan"),
                            Mark::part(text, range, section, name).label("根拠", "rationale"),
                        ],
                    );
                }
            }
        }
    }
}

fn same(a: calendar::Period, b: calendar::Period) -> bool {
    use calendar::Unit;
    let unit = |p: calendar::Period| match p.unit {
        Unit::Years => (Unit::Months, p.amount * 12),
        Unit::Weeks => (Unit::Days, p.amount * 7),
        other => (other, p.amount),
    };
    let (a, b) = (unit(a), unit(b));
    // 48 weeks and 1 year are said of the same
    let days = |p: (Unit, u32)| if p.0 == Unit::Months { f64::from(p.1) * 30.4 } else { f64::from(p.1) };
    a == b || (a.0 != b.0 && (days(a) - days(b)).abs() <= 0.1 * days(a).max(days(b)))
}

/// The period of a 市販直後調査 in 2, 4 and 5.3.
fn vigilance(context: &Context<'_>, sink: &mut Sink, entry: &Entry<'_>) {
    let mut stated: Vec<(&Text, Interval, Section, &str)> = Vec::new();
    for (n, activity) in entry.plan.iter().enumerate() {
        let Some(activity) = activity else { continue };
        for part in &activity.parts {
            stated.extend(intervals(part.body.as_str()).into_iter().map(|i| (&part.body.text, i, PLANS[n], activity.name.as_str())));
        }
    }
    if let Some(row) = entry.rows[2]
        && let Some(cell) = row.milestones.as_ref().filter(|c| c.sure)
    {
        stated.extend(eppv(cell.as_str()).interval.map(|i| (&cell.text, i, LISTS[2], row.name.as_str())));
    }
    let Some((first, others)) = stated.split_first() else { return };
    for other in others {
        sink.looked_at(1);
        if other.1.from.date != first.1.from.date || other.1.until.date != first.1.until.date {
            sink.report_as(
                Severity::Error,
                context,
                words(
                    format!(
                        "実施期間が、{} では {} まで、{} では {} までです",
                        first.2.number(),
                        first.1.until.date.in_japanese(),
                        other.2.number(),
                        other.1.until.date.in_japanese()
                    ),
                    format!(
                        "the period ends on {} in {}, but on {} in {}",
                        first.1.until.date,
                        first.2.number(),
                        other.1.until.date,
                        other.2.number()
                    ),
                ),
                words("市販直後調査は 6 か月間です。正しい方に合わせてください。", "it lasts six months; let both say the right one"),
                &[
                    Mark::part(other.0, other.1.range.clone(), other.2, other.3).label("ここでは", "here"),
                    Mark::part(first.0, first.1.range.clone(), first.2, first.3).label("ここでは", "here"),
                ],
            );
        }
    }
}
