//! A box that a concern lacks.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::{Context, Mark, Reference, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP102",
    name: "box-missing",
    severity: Severity::Error,
    title: ("安全性検討事項の欄がない", "a box of a concern is missing"),
    why: ("1.1は事項ごとに、理由、監視活動、リスク最小化活動の三つの欄を求める。", "1.1 asks three boxes of each concern: reason, pharmacovigilance, minimisation"),
    reference: Reference::form(
        "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式1 1.1",
        "Form 1, section 1.1 (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1)",
    ),
    manual: include_str!("box_missing.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for concern in &context.published.concerns {
        for (section, ja, en) in [
            (&concern.reason, "とした理由", "the reason"),
            (&concern.pharmacovigilance, "医薬品安全性監視活動の内容及びその選択理由", "pharmacovigilance"),
            (&concern.minimisation, "リスク最小化活動の内容及びその選択理由", "minimisation"),
        ] {
            sink.looked_at(1);
            if section.is_some() {
                continue;
            }
            let name = context.verbatim(&concern.name.text);
            sink.report(
                context,
                (format!("「{name}」に「{ja}」の欄がありません"), format!("“{name}” lacks the box on {en}")),
                ("欄を設けて記載してください。".to_owned(), "add the box".to_owned()),
                &[Mark::whole(&concern.name.text, Section::Safety, "")],
            );
        }
    }
}
