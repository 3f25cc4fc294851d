//! 内容 or 選択理由 that is missing or empty.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP103",
    name: "content-or-choice-missing",
    severity: Severity::Error,
    title: ("【内容】又は【選択理由】がないか空欄", "内容 or 選択理由 is missing or empty"),
    why: (
        "欄は「内容及びその選択理由」を求めており、活動と、それを選んだ理由の両方を事項ごとに示す。",
        "the box asks for the activities and for why they were chosen, concern by concern",
    ),
    reference: plan::form!(
        "「1.1 安全性検討事項」の「医薬品安全性監視活動の内容及びその選択理由」「リスク最小化活動の内容及びその選択理由」",
        ", the boxes on activities in 1.1"
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
                let mut marks = vec![Mark::whole(heading, Section::Safety, concern.name.as_str())];
                if let (None, Some((_, body)), "【選択理由】") = (part, &section.content, title)
                    && let Some(last) = body.starts.len().checked_sub(1)
                {
                    marks.push(
                        Mark::part(&body.text, body.line(last), Section::Safety, concern.name.as_str())
                            .label("この後に【選択理由】がない", "no 選択理由 after this"),
                    );
                }
                let of = section.heading.as_str().trim_end_matches(':');
                sink.report(
                    context,
                    (format!("「{name}」の「{of}」の{title}が{ja}"), format!("in “{of}” of “{name}” {title} {en}")),
                    (
                        format!("「{of}」の{title}を記載してください。活動を行わない場合も「なし」とその理由を記載します。"),
                        format!("write {title} under “{of}”; where nothing is done it says なし and why"),
                    ),
                    &marks,
                );
            }
        }
        if let Some(reason) = &concern.reason {
            sink.looked_at(1);
            if reason.body.is_empty() {
                let name = context.verbatim(&concern.name.text);
                sink.report(
                    context,
                    (
                        format!("「{name}」を{}とした理由が空欄です", concern.class.ja()),
                        format!("the reason for “{name}” being an {} is empty", concern.class.en()),
                    ),
                    (
                        format!("{}と判断した理由を、試験成績等の根拠とともに記載してください。", concern.class.ja()),
                        "state the reason, with the evidence it rests on".to_owned(),
                    ),
                    &[Mark::whole(&reason.heading, Section::Safety, concern.name.as_str())],
                );
            }
        }
    }
}
