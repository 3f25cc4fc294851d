//! A box that a concern lacks.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP102",
    name: "box-missing",
    severity: Severity::Error,
    title: ("安全性検討事項に欠けた欄がある", "a concern lacks one of its boxes"),
    why: (
        "1.1は事項ごとに、重要とした理由、医薬品安全性監視活動、リスク最小化活動の三欄を求める。",
        "1.1 asks three boxes of each concern: the reason, pharmacovigilance, risk minimisation",
    ),
    reference: plan::form!("「1.1 安全性検討事項」の各欄", ", the boxes of 1.1"),
    manual: include_str!("box_missing.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for concern in &context.published.concerns {
        let reason = format!("{}とした理由", concern.class.ja());
        for (section, ja, en) in [
            (&concern.reason, reason.as_str(), "the reason"),
            (&concern.pharmacovigilance, "医薬品安全性監視活動の内容及びその選択理由", "pharmacovigilance"),
            (&concern.minimisation, "リスク最小化活動の内容及びその選択理由", "risk minimisation"),
        ] {
            sink.looked_at(1);
            if section.is_some() {
                continue;
            }
            let name = context.verbatim(&concern.name.text);
            let mut marks = vec![Mark::whole(&concern.name.text, Section::Safety, "").label("欄が欠けている", "lacks a box")];
            // the end of the box before it
            let before = if en == "risk minimisation" { concern.pharmacovigilance.as_ref().or(concern.reason.as_ref()) } else { None };
            if let Some(body) = before.map(|b| b.choice.as_ref().map_or(&b.body, |(_, choice)| choice))
                && let Some(last) = body.starts.len().checked_sub(1)
            {
                marks.push(
                    Mark::part(&body.text, body.line(last), Section::Safety, concern.name.as_str())
                        .label("この後にない", "missing after this"),
                );
            }
            sink.report(
                context,
                (format!("1.1の「{name}」に「{ja}」の欄がありません"), format!("“{name}” in 1.1 lacks the box on {en} ({ja})")),
                (
                    format!("「{ja}」の欄を設けて記載してください。活動を行わない場合も「なし」とその理由を記載します。"),
                    format!("add the box 「{ja}」; where nothing is done it says なし and why"),
                ),
                &marks,
            );
        }
    }
}
