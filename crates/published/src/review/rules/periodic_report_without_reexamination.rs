//! A periodic safety report as a milestone without a re-examination period.

use diagnostic::Severity;
use terminology::Text;

use crate::heading::{Section, Title};
use crate::review::activities::{LISTS, PLANS};
use crate::review::periods::{self, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP424",
    name: "periodic-report-without-reexamination",
    severity: Severity::Warning,
    title: ("再審査期間がないのに安全性定期報告時が節目", "a periodic safety report without a re-examination period"),
    why: (
        "安全性定期報告は再審査期間中に行う。再審査の対象でない製品にはない。",
        "periodic safety reports are made within a re-examination period; a product without one has none",
    ),
    reference: periods::REEXAMINATION,
    manual: include_str!("periodic_report_without_reexamination.md"),
    check,
};

/// What only a re-examination period brings about.
const PERIODIC: [&str; 2] = ["安全性定期報告", "再審査申請"];

fn check(context: &Context<'_>, sink: &mut Sink) {
    let Some(product) = &context.published.product else { return };
    let entries = &product.reexaminations;
    if entries.is_empty() || entries.iter().any(|e| !e.text.sure) {
        return;
    }
    let none = entries.iter().all(|e| e.none);
    let ended = entries.iter().all(|e| e.none || e.until.as_ref().and_then(|u| u.date).is_some_and(|d| d.last() < context.as_of));
    let places = places(context);
    sink.looked_at(places.len());
    if !(none || ended) {
        return;
    }
    for (text, section, name) in places {
        let Some((at, word)) = PERIODIC.iter().find_map(|word| Some((text.as_str().find(word)?, *word))) else { continue };
        let end = at + word.len();
        let end = end + if text.as_str()[end..].starts_with('時') { "時".len() } else { 0 };
        let (severity, ja, en) = if none {
            (
                Severity::Warning,
                format!("再審査期間がないので、{word}はありません"),
                "there is no re-examination period, so neither periodic safety report nor application",
            )
        } else {
            (
                Severity::Warning,
                format!("すべての再審査期間が終わっているので、{word}はもうありません"),
                "every re-examination period has ended, so neither periodic safety report nor application is left",
            )
        };
        sink.report_as(
            severity,
            context,
            words(ja, en),
            words("1 年ごとの評価時など、ほかの時期を節目としてください。", "choose another time, such as a yearly evaluation"),
            &[
                Mark::part(text, at..end, section, name).label("節目", "milestone"),
                Mark::whole(&entries[0].text.text, Section::Product, "").label("再審査期間", "re-examination period"),
            ],
        );
    }
}

fn places<'a>(context: &Context<'a>) -> Vec<(&'a Text, Section, &'a str)> {
    let mut places = Vec::new();
    for (plan, section) in context.published.plans.iter().zip(PLANS) {
        for activity in &plan.activities {
            places.extend(activity.part(Title::Milestones).map(|p| (&p.body.text, section, activity.name.as_str())));
        }
    }
    for (list, section) in context.published.lists.iter().zip(LISTS) {
        for row in &list.rows {
            places.extend(row.milestones.as_ref().filter(|c| c.sure).map(|c| (&c.text, section, row.name.as_str())));
        }
    }
    places
}
