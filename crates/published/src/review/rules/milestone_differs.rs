//! The rhythm of a milestone differs between the plan and its list.

use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;

use crate::heading::Title;
use crate::review::activities::{LISTS, PLANS};
use crate::review::names::Relation;
use crate::review::periods::{self, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP432",
    name: "milestone-differs",
    severity: Severity::Error,
    title: ("節目の間隔が記載箇所で異なる", "the rhythm of a milestone differs between views"),
    why: (
        "2～4 に定めた節目と 5.1～5.3 の節目は同じでなければならない。",
        "the milestones of sections 2 to 4 and those of the lists are the same",
    ),
    reference: periods::LISTS,
    manual: include_str!("milestone_differs.md"),
    check,
};

/// 1年ごと, 6か月毎, 半年に1回
static RHYTHM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<n>[0-9]+|半)(?P<u>年|か月|ヵ月|ヶ月|カ月|箇月|月|週)間?(?:ごと|毎|に1回|に一度|おき)|(?P<y>年)1回").ok()
});

fn check(context: &Context<'_>, sink: &mut Sink) {
    for entry in context.activities.iter().filter(|e| e.names.iter().all(|n| !matches!(n.3, Relation::Near(_) | Relation::Different))) {
        for n in 0..3 {
            let (Some(activity), Some(row)) = (entry.plan[n], entry.rows[n]) else { continue };
            let Some(plan) = activity.part(Title::Milestones) else { continue };
            let Some(cell) = row.milestones.as_ref().filter(|c| c.sure) else { continue };
            let (planned, listed) = (rhythms(plan.body.as_str()), rhythms(cell.as_str()));
            let (Some(one), Some(other)) = (planned.first(), listed.first()) else { continue };
            sink.looked_at(1);
            if planned.iter().any(|p| listed.iter().any(|l| alike(l.0, p.0))) {
                continue;
            }
            let said = |text: &str, range: &std::ops::Range<usize>| text[range.clone()].to_owned();
            let (there, here) = (said(plan.body.as_str(), &one.1), said(cell.as_str(), &other.1));
            sink.report(
                context,
                words(
                    format!("節目が {} では「{there}」、{} では「{here}」です", PLANS[n].number(), LISTS[n].number()),
                    format!("the milestone is “{there}” in {}, but “{here}” in {}", PLANS[n].number(), LISTS[n].number()),
                ),
                words("どちらが正しいか確かめ、一方に合わせてください。", "check which is right and let both say the same"),
                &[
                    Mark::part(&cell.text, other.1.clone(), LISTS[n], row.name.as_str()).label("一覧", "list"),
                    Mark::part(&plan.body.text, one.1.clone(), PLANS[n], activity.name.as_str()).label("計画", "plan"),
                ],
            );
        }
    }
}

/// The rhythms of a text in days, a month as thirty and a half, and where they stand.
fn rhythms(text: &str) -> Vec<(f64, std::ops::Range<usize>)> {
    const MONTH: f64 = 30.5;
    let found = RHYTHM.iter().flat_map(|rhythm| rhythm.captures_iter(text));
    found
        .filter_map(|c| {
            let whole = c.get(0)?.range();
            if c.name("y").is_some() {
                return Some((12.0 * MONTH, whole));
            }
            let (n, unit) = (c.name("n")?.as_str(), c.name("u")?.as_str());
            let length = match (n, unit) {
                ("半", "年") => 6.0 * MONTH,
                ("半", _) => return None,
                (n, "年") => n.parse::<f64>().ok()? * 12.0 * MONTH,
                (n, "週") => n.parse::<f64>().ok()? * 7.0,
                (n, _) => n.parse::<f64>().ok()? * MONTH,
            };
            Some((length, whole))
        })
        .collect()
}

/// 52 weeks are a year in practice.
fn alike(one: f64, other: f64) -> bool {
    (one - other).abs() <= 0.05 * one.max(other)
}
