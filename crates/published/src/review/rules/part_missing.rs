//! A part of the form that is missing.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP101",
    name: "part-missing",
    severity: Severity::Error,
    title: ("様式の項が欠けている", "a part of the form is missing"),
    why: (
        "様式の項は省略できない。該当する活動がない場合も、項を残して「該当なし」と記載する。",
        "no part of the form may be left out; where nothing applies the part stays and says 該当なし",
    ),
    reference: plan::form!("の各項・概要", ", all parts and the summary"),
    manual: include_str!("part_missing.md"),
    check,
};

const PARTS: [Section; 12] = [
    Section::Product,
    Section::History,
    Section::Safety,
    Section::Efficacy,
    Section::Pharmacovigilance,
    Section::EfficacyStudies,
    Section::Minimisation,
    Section::Lists,
    Section::PharmacovigilanceList,
    Section::EfficacyList,
    Section::MinimisationList,
    Section::Summary,
];

fn check(context: &Context<'_>, sink: &mut Sink) {
    let headings = &context.published.headings;
    for part in PARTS {
        sink.looked_at(1);
        let found = headings.iter().any(|h| h.section == part && (!h.in_summary || part == Section::Summary))
            || (part == Section::Summary && context.published.summary.is_some());
        // a plan before its first change has no history; the heading of 5 is often left to its three lists
        let lists = part == Section::Lists && headings.iter().any(|h| h.section == Section::PharmacovigilanceList);
        if found || lists {
            continue;
        }
        let severity = if matches!(part, Section::History | Section::Summary) { Severity::Info } else { Severity::Error };
        let before = headings.iter().rfind(|h| !h.in_summary && h.section < part);
        let label =
            if before.is_some() { ("この後にない", "missing after this") } else { ("この前にない", "missing before this") };
        let marks: Vec<Mark<'_>> =
            before.or_else(|| headings.first()).map(|h| Mark::whole(&h.text, h.section, "").label(label.0, label.1)).into_iter().collect();
        let hint = match part {
            Section::Summary => (
                "公表する計画書には概要を付してください。別のファイルにしている場合は差し支えありません。".to_owned(),
                "publish the plan with its summary; a summary in a file of its own is as good".to_owned(),
            ),
            Section::History => (
                "初回の提出でなければ、前回提出日、変更内容の概要及び変更理由を記載してください。".to_owned(),
                "unless the plan is a first one, state the date of the last submission, what has changed and why".to_owned(),
            ),
            _ => (
                format!(
                    "「{}」の項を設け、該当しない場合は「該当なし」と記載してください。項がある場合は、見出しの字句が様式どおりか確かめてください。",
                    part.title()
                ),
                format!(
                    "add “{}”, with 該当なし where nothing applies; if it is there, check that its heading is that of the form",
                    part.title()
                ),
            ),
        };
        sink.report_as(
            severity,
            context,
            (format!("「{}」の項が見つかりません", part.title()), format!("the part “{}” was not found", part.title())),
            hint,
            &marks,
        );
    }
}
