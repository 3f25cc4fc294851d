//! Measures without the criterion that starts them.

use diagnostic::Severity;

use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP106",
    name: "measures-without-criterion",
    severity: Severity::Info,
    title: ("追加の措置に開始の決定基準がない", "measures come without the criterion that starts them"),
    why: (
        "見出しは追加の措置とその開始の決定基準を求める。基準がなければ、どのような結果で検討を始めるのか分からない。",
        "the heading asks for the measures and for what starts them; without a criterion no result obliges anybody to act",
    ),
    reference: plan::form!(
        "「2. 医薬品安全性監視計画の概要」の「当該医薬品安全性監視活動の結果に基づいて実施される可能性のある追加の措置及びその開始の決定基準」",
        ", the measures in section 2"
    ),
    manual: include_str!("measures_without_criterion.md"),
    check,
};

use crate::heading::Title;
use crate::review::activities::PLANS;

/// Words with which a condition is given.
const CONDITIONS: [&str; 16] = [
    "場合",
    "とき",
    "時は",
    "際",
    "超え",
    "上回",
    "以上",
    "なければ",
    "れば",
    "たら",
    "次第",
    "応じ",
    "増加が",
    "認められた",
    "得られた",
    "傾向が",
];

fn check(context: &Context<'_>, sink: &mut Sink) {
    let section = PLANS[0];
    for activity in &context.published.plans[0].activities {
        let Some(part) = activity.part(Title::Measures) else { continue };
        if part.body.is_empty() {
            continue;
        }
        sink.looked_at(1);
        if CONDITIONS.iter().any(|w| part.body.as_str().contains(w)) {
            continue;
        }
        let name = context.verbatim(&activity.name.text);
        sink.report(
            context,
            (
                format!("2の「{name}」の追加の措置に、開始の決定基準が示されていません"),
                format!("the measures of “{name}” in section 2 come without the criterion that starts them"),
            ),
            (
                "どのような結果（発現割合、重篤度等）が得られた場合に検討を始めるかを記載してください。".to_owned(),
                "say which result (an incidence, a severity) starts the measures".to_owned(),
            ),
            &[Mark::whole(&part.heading, section, activity.name.as_str()).label("決定基準を求める見出し", "asks for the criterion")],
        );
    }
}
