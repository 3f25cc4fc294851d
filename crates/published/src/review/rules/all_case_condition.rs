//! The condition of an all-case survey and its method disagree.

use diagnostic::Severity;

use crate::heading::{Section, Title};
use crate::review::activities::PLANS;
use crate::review::periods::{self, schedule, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP423",
    name: "all-case-condition",
    severity: Severity::Error,
    title: ("承認条件の全例調査と実施方式が合わない", "the condition of an all-case survey and its method disagree"),
    why: (
        "承認条件が全例を対象とした調査を求めるなら、その調査は全例調査方式で行う。",
        "where the conditions of approval ask for a survey of all patients, that survey takes all patients",
    ),
    reference: periods::CONDITIONS,
    manual: include_str!("all_case_condition.md"),
    check,
};

const ALL: [&str; 12] = [
    "全例",
    "全症例",
    "全ての患者",
    "すべての患者",
    "全ての症例",
    "すべての症例",
    "全投与症例",
    "使用全患者",
    "全患者",
    "全ての投与",
    "全数",
    "全登録",
];
const SAMPLE: [&str; 4] = ["連続調査方式", "中央登録方式", "サンプリング", "抽出"];

fn all(text: &str) -> bool {
    ALL.iter().any(|w| text.contains(w))
}

fn check(context: &Context<'_>, sink: &mut Sink) {
    let Some(product) = &context.published.product else { return };
    let Some(field) = product.field("承認条件").filter(|f| f.value.sure && !f.value.text.is_empty()) else { return };
    sink.looked_at(1);
    let condition = field.value.as_str();
    let surveys = || {
        context
            .published
            .plans
            .iter()
            .zip(PLANS)
            .take(2)
            .flat_map(|(plan, section)| plan.activities.iter().map(move |a| (a, section)))
            .filter(|(a, _)| {
                let name = a.called();
                name.contains("使用成績") || name.contains("全例")
            })
    };
    let clause = periods::sentences(condition)
        .into_iter()
        .find(|s| all(&condition[s.clone()]) && (condition[s.clone()].contains("調査") || condition[s.clone()].contains("成績")));
    if let Some(clause) = &clause {
        let meant: Vec<_> = surveys()
            .filter(|(a, _)| all(&a.called()) || a.part(Title::Objective).is_some_and(|p| p.body.as_str().contains("承認条件")))
            .collect();
        for (activity, section) in &meant {
            let Some(plan) = schedule(activity) else { continue };
            let Some(method) = plan.method.clone() else { continue };
            let says = &plan.text.as_str()[method.clone()];
            if all(says) || !SAMPLE.iter().any(|w| says.contains(w)) {
                continue;
            }
            sink.report(
                context,
                words(
                    "承認条件は全例を対象とした調査を求めていますが、実施方式は全例調査方式ではありません",
                    "the condition asks for all patients, but the survey's method does not take all",
                ),
                words(
                    "実施方式を全例調査方式に改めるか、承認条件を確かめてください。",
                    "state the all-case method, or check the condition",
                ),
                &[
                    Mark::part(plan.text, method, *section, activity.name.as_str()).label("全例ではない", "not all patients"),
                    Mark::part(&field.value.text, clause.clone(), Section::Product, "").label("承認条件", "condition"),
                ],
            );
        }
        let listed = context.published.lists.iter().flat_map(|l| &l.rows).any(|r| all(r.name.as_str()));
        let somewhere = surveys().any(|(a, _)| a.parts.iter().any(|p| all(p.body.as_str())));
        if meant.is_empty() && !listed && !somewhere && context.published.lists[0].sure {
            sink.report_as(
                Severity::Warning,
                context,
                words(
                    "承認条件は全例を対象とした調査を求めていますが、その調査が見当たりません",
                    "the condition asks for a survey of all patients, but there is none",
                ),
                words("全例調査を 2 と 5.1 に記載してください。", "state the all-case survey in 2 and 5.1"),
                &[Mark::part(&field.value.text, clause.clone(), Section::Product, "").label("承認条件", "condition")],
            );
        }
    } else {
        for (activity, section) in surveys().filter(|(a, _)| a.called().contains("全例")) {
            sink.report_as(
                Severity::Info,
                context,
                words(
                    "全例調査ですが、承認条件に全例を対象とする旨がありません",
                    "an all-case survey, but no condition of approval asks for it",
                ),
                words(
                    "条件が解除されたのであれば備考に、自主的なものであれば根拠に記載するとよいでしょう。",
                    "if the condition was lifted, say so in the history; if it is voluntary, in the rationale",
                ),
                &[Mark::whole(&activity.name.text, section, activity.name.as_str())],
            );
        }
    }
    let flat = condition.replace("リスクマネジメント", "リスク管理");
    if !flat.contains("リスク管理計画") {
        sink.report_as(
            Severity::Info,
            context,
            words(
                "承認条件に、医薬品リスク管理計画の策定と実施がありません",
                "the conditions of approval do not ask for a risk management plan",
            ),
            words("承認書の承認条件を確かめてください。", "check the conditions in the approval"),
            &[Mark::whole(&field.value.text, Section::Product, "")],
        );
    }
}
