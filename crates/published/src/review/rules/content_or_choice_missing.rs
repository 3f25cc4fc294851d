//! 内容 or 選択理由 that is missing or empty.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::{Context, Mark, Reference, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP103",
    name: "content-or-choice-missing",
    severity: Severity::Error,
    title: ("【内容】又は【選択理由】がない", "内容 or 選択理由 is missing or empty"),
    why: ("活動とそれを選んだ理由は、事項ごとに必ず示す。", "each concern shows its activities and why they were chosen"),
    reference: Reference::form(
        "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式1 1.1",
        "Form 1, section 1.1 (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1)",
    ),
    manual: include_str!("content_or_choice_missing.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for concern in &context.published.concerns {
        for section in [&concern.pharmacovigilance, &concern.minimisation].into_iter().flatten() {
            for (part, title) in [(&section.content, "【内容】"), (&section.choice, "【選択理由】")] {
                sink.looked_at(1);
                let (empty, heading) = match part {
                    None => (false, &section.heading),
                    Some((heading, body)) if body.is_empty() => (true, heading),
                    Some(_) => continue,
                };
                if section.content.is_none() && section.choice.is_none() && !section.body.is_empty() && title == "【選択理由】" {
                    continue;
                }
                let name = context.verbatim(&concern.name.text);
                let (ja, en) = if empty { ("空欄です", "is empty") } else { ("ありません", "is missing") };
                let of = section.heading.as_str().trim_end_matches(':');
                sink.report(
                    context,
                    (format!("「{name}」の「{of}」の{title}が{ja}"), format!("{title} of “{of}” of “{name}” {en}")),
                    (format!("{title}を記載してください。"), format!("fill in {title}")),
                    &[Mark::whole(heading, Section::Safety, concern.name.as_str())],
                );
            }
        }
        if let Some(reason) = &concern.reason {
            sink.looked_at(1);
            if reason.body.is_empty() {
                let name = context.verbatim(&concern.name.text);
                sink.report(
                    context,
                    (format!("「{name}」とした理由が空欄です"), format!("the reason for “{name}” is empty")),
                    ("理由を記載してください。".to_owned(), "state the reason".to_owned()),
                    &[Mark::whole(&reason.heading, Section::Safety, concern.name.as_str())],
                );
            }
        }
    }
}
