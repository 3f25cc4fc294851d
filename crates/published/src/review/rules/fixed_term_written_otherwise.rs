//! A fixed term of the form that is written otherwise.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP232",
    name: "fixed-term-written-otherwise",
    severity: Severity::Warning,
    title: ("様式の定まった見出しや用語と異なる", "a fixed term of the form is written otherwise"),
    why: (
        "見出しと用語は様式と法令で定まっており、読み手も機械もそれを目印に読む。",
        "headings and terms are fixed by the form and the law; readers and machines go by them",
    ),
    reference: plan::form!(
        "の見出し",
        ", its headings",
        "。調査の名称はGPSP省令及びGVP省令の用語による",
        "; the names of surveys are those of the GPSP and GVP ordinances"
    ),
    manual: include_str!("fixed_term_written_otherwise.md"),
    check,
};

use crate::heading::Title;

const BOXES: [&str; 5] = [
    "重要な特定されたリスクとした理由",
    "重要な潜在的リスクとした理由",
    "重要な不足情報とした理由",
    "医薬品安全性監視活動の内容及びその選択理由",
    "リスク最小化活動の内容及びその選択理由",
];

/// Terms that are often written otherwise, and what is meant.
const TERMS: [(&str, &str); 9] = [
    ("医薬品安全性活動", "医薬品安全性監視活動"),
    ("医薬品安全監視活動", "医薬品安全性監視活動"),
    ("リスク最少化", "リスク最小化"),
    ("リスク低減活動", "リスク最小化活動"),
    ("市販後直後調査", "市販直後調査"),
    ("安全性検討項目", "安全性検討事項"),
    ("使用実績調査", "使用成績調査"),
    ("安全性定期報告書時", "安全性定期報告時"),
    ("重要な特定したリスク", "重要な特定されたリスク"),
];

fn check(context: &Context<'_>, sink: &mut Sink) {
    for concern in &context.published.concerns {
        for section in [&concern.reason, &concern.pharmacovigilance, &concern.minimisation].into_iter().flatten() {
            sink.looked_at(1);
            let heading = section.heading.as_str().replace("および", "及び");
            let heading = heading.trim_end_matches([':', '】', '>']).trim_start_matches(|c: char| {
                matches!(c, '【' | '<' | '・' | '■' | '◆' | '●' | '(' | ')' | '.') || c.is_ascii_digit() || matches!(c, '①'..='⑳')
            });
            if BOXES.contains(&heading) {
                continue;
            }
            let Some(meant) =
                BOXES.iter().max_by(|a, b| terminology::similarity(a, heading).total_cmp(&terminology::similarity(b, heading)))
            else {
                continue;
            };
            sink.report(
                context,
                (format!("見出し「{heading}」は、様式では「{meant}」です"), format!("the heading “{heading}” is “{meant}” in the form")),
                (format!("見出しを「{meant}」としてください。"), format!("head the box 「{meant}」")),
                &[Mark::whole(&section.heading, Section::Safety, concern.name.as_str())],
            );
        }
    }
    for (plan, section) in context.published.plans.iter().zip(crate::review::activities::PLANS) {
        for activity in &plan.activities {
            for part in &activity.parts {
                sink.looked_at(1);
                let meant: &[&str] = match part.title {
                    Title::Milestones if section == Section::Minimisation => &[
                        "節目となる予定の時期、実施した結果に基づき採択される可能性がある更なる措置",
                        "節目となる予定の時期、実施した結果に基づき採択される可能性のある更なる措置",
                    ],
                    Title::Milestones => &["節目となる予定の時期及びその根拠"],
                    _ => continue,
                };
                let heading = part.heading.as_str().replace("および", "及び");
                let heading = heading.trim_matches(|c| matches!(c, '【' | '】' | '[' | ']' | '<' | '>' | ':'));
                if meant.contains(&heading) || heading.starts_with(meant[0]) {
                    continue;
                }
                sink.report_as(
                    Severity::Info,
                    context,
                    (
                        format!("見出し「{heading}」は、様式では「{}」です", meant[0]),
                        format!("the heading “{heading}” is “{}” in the form", meant[0]),
                    ),
                    (format!("「{}」としてください。", meant[0]), format!("write 「{}」", meant[0])),
                    &[Mark::whole(&part.heading, section, activity.name.as_str())],
                );
            }
        }
    }
    for (written, meant) in TERMS {
        let mut marks = Vec::new();
        for paragraph in &context.published.prose.paragraphs {
            for (at, _) in paragraph.text.as_str().match_indices(written) {
                marks.push(Mark::part(&paragraph.text, at..at + written.len(), paragraph.view.section, &paragraph.view.name));
            }
        }
        sink.looked_at(marks.len());
        if !marks.is_empty() {
            sink.report(
                context,
                (
                    format!("「{written}」は、様式及び法令の用語では「{meant}」です"),
                    format!("“{written}” is “{meant}” in the form and the law"),
                ),
                (
                    format!("「{meant}」としてください。別の意味で用いている場合は、そのままで差し支えありません。"),
                    format!("write 「{meant}」, unless something else is meant"),
                ),
                &marks,
            );
        }
    }
}
