//! An activity that goes by two names.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::names::Relation;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP226",
    name: "activity-name-differs",
    severity: Severity::Warning,
    title: ("活動の名称が箇所により異なる", "an activity is named differently from one view to another"),
    why: (
        "同じ活動を別の名称で書くと、別の活動が追加され、又は消えたように読める。",
        "under two names one activity reads as two, or as one that vanished",
    ),
    reference: plan::form!(
        "「2.」から「4.」の追加の活動、「5.1」から「5.3」の「名称」及び概要",
        ", the names in sections 2 to 5 and the summary",
        "。名称の統一は実務の慣行による",
        "; equal names are a matter of practice"
    ),
    manual: include_str!("activity_name_differs.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for entry in &context.activities {
        for (n, &(stated, section, in_summary, relation)) in entry.names.iter().enumerate().skip(1) {
            sink.looked_at(1);
            if relation == Relation::Same || !stated.sure || !entry.name.sure {
                continue;
            }
            // the same slip once for each view, not for each list
            if entry.names[1..n]
                .iter()
                .any(|other| terminology::key(other.0.as_str()) == terminology::key(stated.as_str()) && other.1 == section)
            {
                continue;
            }
            let severity = if relation == Relation::Wider { Severity::Info } else { Severity::Warning };
            let section = if in_summary { Section::Summary } else { section };
            let (one, other) = (context.verbatim(&stated.text), context.verbatim(&entry.name.text));
            sink.report_as(
                severity,
                context,
                (
                    format!("{}の「{other}」が、{}では「{one}」と書かれています", entry.section.number(), section.number()),
                    format!("“{other}” of section {} is called “{one}” in {}", entry.section.number(), section.number()),
                ),
                (
                    format!("同じ活動であれば、{}の「{other}」にそろえてください。", entry.section.number()),
                    format!("if they are one activity, write “{other}” as in section {}", entry.section.number()),
                ),
                &[
                    Mark::whole(&stated.text, section, "").label("ここでの名称", "named so here"),
                    Mark::whole(&entry.name.text, entry.section, "").label("こちらでの名称", "named so there"),
                ],
            );
        }
    }
}
