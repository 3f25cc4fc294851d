//! An EPPV that does not last six months, or is reported late.

use calendar::{Counting, Date, PartialDate, Period, Unit, last_day, next_open_day};
use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::model::Activity;
use crate::shape::Scalar;
use crate::source::Spanned;
use crate::tables::ActivityKind;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN405",
    name: "eppv-period-wrong",
    severity: Severity::Error,
    title: ("市販直後調査の期間か報告の時期が合わない", "EPPV: its period or its report is out of time"),
    why: (
        "市販直後調査は販売開始（効能追加ではその承認）から 6 か月間行い、終わってから 2 か月以内に報告する。",
        "an EPPV lasts six months from the launch (for an added indication from its approval) and is reported within two months of its end",
    ),
    reference: notice::EPPV,
    manual: include_str!("eppv_period_wrong.md"),
    check,
};

const SIX_MONTHS: Period = Period { amount: 6, unit: Unit::Months };
const TWO_MONTHS: Period = Period { amount: 2, unit: Unit::Months };

fn check(context: &Context<'_>, sink: &mut Sink) {
    let plan = context.plan;
    for activity in plan.activities_of(ActivityKind::Eppv) {
        sink.looked_at(1);
        let Some(start) = activity.period.as_ref().and_then(|period| period.start.as_ref()) else {
            sink.report(Mistake::new(
                (
                    format!("「{}」に実施期間の始めがありません", activity.name.value),
                    format!("“{}” does not say when it starts", activity.name.value),
                ),
                (
                    "[period] に start を書いてください。6 か月後の末日は計算されます。",
                    "write start in [period]; the last of the six months is computed",
                ),
                Mark::at(activity.name.at),
            ));
            continue;
        };
        begins(context, sink, activity, start);
        let Some(right) = start.value.day().and_then(|day| last_day(day, SIX_MONTHS, Counting::FirstDayCounted)) else { continue };
        if let Some(end) = activity.period.as_ref().and_then(|period| period.end.as_ref())
            && !end.value.contains(right)
        {
            sink.report(
                Mistake::new(
                    (
                        format!("{} から 6 か月間は {} に終わります", start.value.in_japanese(), notice::ja(right)),
                        format!("six months from {} end on {right}", start.value),
                    ),
                    ("終わりを直すか、消してください（計算されます）。", "mend the end, or leave it out: it is computed"),
                    Mark::at(end.at).label(format!("正しくは {}", notice::ja(right)), format!("should be {right}")),
                )
                .mark(Mark::at(start.at).label("始め", "start"))
                .fix(end.at, right.to_toml()),
            );
        }
        let Some(due) = last_day(right, TWO_MONTHS, Counting::FirstDayNotCounted) else { continue };
        for report in &activity.report {
            let made = report.made.as_ref().map(|made| (made.value.first(), made.at));
            let planned = report.due.as_ref().and_then(|when| Some((plan.day_of(when, activity)?, when.at())));
            let Some((day, at)) = made.or(planned) else { continue };
            if day > due {
                // article 142 lets a period that ends on a holiday end on the next day; whether it holds here is not certain
                let on_the_next_open_day = day <= next_open_day(due);
                sink.report(
                    Mistake::new(
                        (
                            format!("市販直後調査の報告 {} が、期限 {} より後です", notice::ja(day), notice::ja(due)),
                            format!("the EPPV is reported on {day}, after it is due on {due}"),
                        ),
                        ("終了から 2 か月以内に報告します。", "it is reported within two months of its end"),
                        Mark::at(at).label(format!("期限は {}", notice::ja(due)), format!("due on {due}")),
                    )
                    .severity(if on_the_next_open_day { Severity::Info } else { Severity::Warning }),
                );
            }
        }
    }
}

/// An EPPV begins with the launch, for an added indication with its approval.
fn begins(context: &Context<'_>, sink: &mut Sink, activity: &Activity, start: &Spanned<PartialDate>) {
    let plan = context.plan;
    let product = &plan.facts.product;
    let concerned = |id: &str| activity.indications.is_empty() || activity.indications.iter().any(|own| own.as_str() == id);
    let indications = plan.facts.indication.iter().filter(|indication| concerned(indication.id.as_str()));
    let approvals = indications.filter_map(|indication| plan.approval_of(indication)).chain(product.approved.iter().map(|day| day.value));
    // of a new strength or a change the history tells the day
    let mut days: Vec<Date> = approvals.chain(plan.facts.event.iter().filter_map(|event| Some(event.date.as_ref()?.value))).collect();
    // without the day of the launch nobody can tell
    let Some(launched) = product.launched.as_ref() else { return };
    days.push(launched.value);
    // what begins before the approval is told by its own rule
    let before = days.iter().all(|day| start.value.last() < *day);
    if before || days.iter().any(|day| start.value.contains(*day)) {
        return;
    }
    days.sort_unstable();
    days.dedup();
    let list = |of: fn(Date) -> String, between: &str| days.iter().map(|day| of(*day)).collect::<Vec<_>>().join(between);
    sink.report(
        Mistake::new(
            (
                format!("市販直後調査が {} に始まり、販売開始の日でも効能の承認の日でもありません", start.value.in_japanese()),
                format!("the EPPV begins on {}, neither the launch nor an approval of its indications", start.value),
            ),
            (
                format!("販売開始か承認の日（{}）と照らし合わせてください。", list(notice::ja, "、")),
                format!("compare it with the launch and the approvals ({})", list(|day| day.to_string(), ", ")),
            ),
            Mark::at(start.at).label("始め", "start"),
        )
        .mark(Mark::at(launched.at).label("販売開始", "launch"))
        .severity(Severity::Warning),
    );
}
