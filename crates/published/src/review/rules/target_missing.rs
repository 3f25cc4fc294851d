//! A survey without a number of patients.

use diagnostic::Severity;

use crate::heading::{Section, Title};
use crate::model::ItemKind;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP109",
    name: "target-missing",
    severity: Severity::Warning,
    title: ("実施計画に目標症例数がない", "a survey without a number of patients"),
    why: (
        "目標症例数がなければ、調査の規模も、いつ達したかも判断できない。5.1はこれを一覧に示すよう求める。",
        "without a number of patients nobody can tell how large the survey is; 5.1 asks for it in its list",
    ),
    reference: plan::form!(
        "「2. 医薬品安全性監視計画の概要」の【実施計画】・「5.1」の「節目となる症例数／目標症例数」",
        ", the plan in section 2 and the number of patients in 5.1"
    ),
    manual: include_str!("target_missing.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for activity in &context.published.plans[0].activities {
        let (name, called) = (activity.name.as_str(), activity.called());
        // all patients, data bases and trials have their size by other means
        if !called.contains("使用成績") || called.contains("全例") || called.contains("データベース") || activity.items.len() < 2
        {
            continue;
        }
        let labelled = activity.items.iter().any(|i| matches!(i.kind, ItemKind::Period | ItemKind::Registration));
        let Some(plan) = activity.part(Title::Plan).filter(|p| labelled && !p.body.is_empty()) else { continue };
        sink.looked_at(1);
        let all = plan.body.as_str();
        let patients = ["例", "症例数", "人数", "全症例", "施設"].iter().any(|w| all.contains(w));
        if patients || activity.item(ItemKind::Target).is_some() {
            continue;
        }
        let Some(near) = activity.item(ItemKind::Registration).or_else(|| activity.item(ItemKind::Period)) else { continue };
        let stated = context.verbatim(&activity.name.text);
        sink.report(
            context,
            (
                format!("2の「{stated}」の【実施計画】に目標症例数がありません"),
                format!("the plan of “{stated}” in section 2 states no number of patients"),
            ),
            (
                "目標症例数を記載し、5.1の「節目となる症例数／目標症例数」とそろえてください。".to_owned(),
                "state the number of patients, the same as in 5.1".to_owned(),
            ),
            &[
                Mark::whole(&plan.heading, Section::Pharmacovigilance, name).label("目標症例数がない", "no number of patients"),
                Mark::whole(&near.value, Section::Pharmacovigilance, name).label("この前後にない", "not before or after this"),
            ],
        );
    }
}
