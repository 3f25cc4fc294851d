//! An activity that goes by two names.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::names::Relation;
use crate::review::{Context, Mark, Reference, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP226",
    name: "activity-name-differs",
    severity: Severity::Warning,
    title: ("活動の名称が箇所により異なる", "an activity is named differently from one view to another"),
    why: ("同じ活動を別の名で書くと、別の活動と読まれる。", "under two names one activity reads as two"),
    reference: Reference::form(
        "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式1",
        "Form 1  (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1)",
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
                ("同じ活動であれば名称をそろえてください。".to_owned(), "if they are one activity, use one name".to_owned()),
                &[
                    Mark::whole(&stated.text, section, "").label("ここでの名称", "named so here"),
                    Mark::whole(&entry.name.text, entry.section, "").label("こちらでの名称", "named so there"),
                ],
            );
        }
    }
}
