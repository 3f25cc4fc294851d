//! A heading that asks for a basis which is not given.

use diagnostic::Severity;

use crate::review::{Context, Mark, Reference, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP105",
    name: "basis-without-reason",
    severity: Severity::Warning,
    title: ("「根拠」を求める欄に根拠がない", "a heading asks for a basis and none is given"),
    why: ("見出しは時期とその根拠の両方を求める。根拠がなければ時期の妥当性を判断できない。", "the heading asks for the times and why; without the why nobody can judge them"),
    reference: Reference::form(
        "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式1 2・3",
        "Form 1, sections 2 and 3 (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1)",
    ),
    manual: include_str!("basis_without_reason.md"),
    check,
};

use crate::heading::Title;
use crate::review::activities::PLANS;

/// Words with which a reason is given.
const REASONS: [&str; 22] = [
    "ため", "から。", "ことから", "ので", "理由", "根拠", "考え", "踏まえ", "勘案", "考慮", "要する", "必要", "見込", "によ", "目的", "判断", "適切", "妥当", "可能", "基づ", "把握", "評価する",
];

fn check(context: &Context<'_>, sink: &mut Sink) {
    for (plan, section) in context.published.plans.iter().zip(PLANS).take(2) {
        for activity in &plan.activities {
            for part in &activity.parts {
                let asks = part.title == Title::Milestones && part.heading.as_str().contains("根拠");
                if !asks || part.body.is_empty() {
                    continue;
                }
                sink.looked_at(1);
                if REASONS.iter().any(|w| part.body.as_str().contains(w)) {
                    continue;
                }
                let name = context.verbatim(&activity.name.text);
                sink.report(
                    context,
                    (format!("「{name}」の節目となる予定の時期に根拠が示されていません"), format!("the milestones of “{name}” come without their basis")),
                    ("それぞれの時期とした根拠を記載してください。".to_owned(), "say why these times were chosen".to_owned()),
                    &[Mark::whole(&part.heading, section, activity.name.as_str()).label("根拠を求める見出し", "asks for the basis"), Mark::whole(&part.body.text, section, activity.name.as_str()).label("時期だけが書かれている", "states the times only")],
                );
            }
        }
    }
}
