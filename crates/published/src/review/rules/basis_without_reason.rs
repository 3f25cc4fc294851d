//! A heading that asks for a basis which is not given.

use diagnostic::Severity;

use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP105",
    name: "basis-without-reason",
    severity: Severity::Warning,
    title: ("節目となる予定の時期の根拠がない", "milestones come without the basis that their heading asks for"),
    why: (
        "見出しは時期とその根拠の両方を求める。根拠がなければ、その時期の妥当性を判断できない。",
        "the heading asks for the times and for their basis; without it nobody can judge the times",
    ),
    reference: plan::form!(
        "「2. 医薬品安全性監視計画の概要」「3. 有効性に関する調査・試験の計画の概要」の「節目となる予定の時期及びその根拠」",
        ", the milestones in sections 2 and 3"
    ),
    manual: include_str!("basis_without_reason.md"),
    check,
};

use crate::heading::Title;
use crate::review::activities::PLANS;

/// Words with which a reason is given.
const REASONS: [&str; 22] = [
    "ため",
    "から。",
    "ことから",
    "ので",
    "理由",
    "根拠",
    "考え",
    "踏まえ",
    "勘案",
    "考慮",
    "要する",
    "必要",
    "見込",
    "によ",
    "目的",
    "判断",
    "適切",
    "妥当",
    "可能",
    "基づ",
    "把握",
    "評価する",
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
                    (
                        format!("{}の「{name}」の節目となる予定の時期に、根拠が示されていません", section.number()),
                        format!("the milestones of “{name}” in section {} come without their basis", section.number()),
                    ),
                    (
                        "その時期に何がそろい、何を判断できるのかを書き添えてください。".to_owned(),
                        "say what will be known at these times and what can be decided".to_owned(),
                    ),
                    &[
                        Mark::whole(&part.heading, section, activity.name.as_str()).label("根拠を求める見出し", "asks for the basis"),
                        Mark::whole(&part.body.text, section, activity.name.as_str())
                            .label("時期だけが記載されている", "states the times only"),
                    ],
                );
            }
        }
    }
}
