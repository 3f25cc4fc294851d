//! A period that ends before it begins.

use diagnostic::Severity;
use terminology::Text;

use crate::heading::Section;
use crate::review::activities::{LISTS, PLANS};
use crate::review::periods::{self, intervals, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP402",
    name: "period-reversed",
    severity: Severity::Error,
    title: ("期間の終わりが始めより前", "a period ends before it begins"),
    why: (
        "終わりが始めより前の期間は成り立たない。どちらかの日付が誤っている。",
        "a period cannot end before it begins; one of its dates is wrong",
    ),
    reference: periods::PLAN,
    manual: include_str!("period_reversed.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let published = context.published;
    for (plan, section) in published.plans.iter().zip(PLANS) {
        for activity in &plan.activities {
            for part in &activity.parts {
                look(context, sink, &part.body.text, section, activity.name.as_str());
            }
        }
    }
    for (list, section) in published.lists.iter().zip(LISTS) {
        for row in &list.rows {
            if let Some(cell) = row.milestones.as_ref().filter(|c| c.sure) {
                look(context, sink, &cell.text, section, row.name.as_str());
            }
        }
    }
    for entry in published.product.iter().flat_map(|p| &p.reexaminations) {
        let (Some(from), Some(until)) = (&entry.from, &entry.until) else { continue };
        let (Some(first), Some(last)) = (from.date, until.date) else { continue };
        if !entry.text.sure {
            continue;
        }
        sink.looked_at(1);
        if last.last() < first.first() {
            let hint = match entry.years {
                Some(years) => words(
                    format!("{years} 年であれば、始期か終期の年を確かめてください。"),
                    format!("for {years} years, check the year of the first or last day"),
                ),
                None => words("承認日と終期を確かめてください。", "check the day of approval and the last day"),
            };
            sink.report(
                context,
                words(
                    format!("再審査期間の終わり {} が始め {} より前です", last.in_japanese(), first.in_japanese()),
                    format!("the re-examination period ends on {last}, before it begins on {first}"),
                ),
                hint,
                &[
                    Mark::whole(&until.text, Section::Product, "").label("終わり", "end"),
                    Mark::whole(&from.text, Section::Product, "").label("始め", "beginning"),
                ],
            );
        }
    }
}

fn look(context: &Context<'_>, sink: &mut Sink, text: &Text, section: Section, name: &str) {
    for interval in intervals(text.as_str()) {
        sink.looked_at(1);
        if interval.is_reversed() {
            let (from, until) = (interval.from.date, interval.until.date);
            sink.report(
                context,
                words(
                    format!("期間の終わり {} が始め {} より前です", until.in_japanese(), from.in_japanese()),
                    format!("the period ends on {until}, before it begins on {from}"),
                ),
                words("始めと終わりの日付を確かめて直してください。", "check both dates and mend them"),
                &[Mark::part(text, interval.range.clone(), section, name).label("終わりが先", "the end comes first")],
            );
        }
    }
}
