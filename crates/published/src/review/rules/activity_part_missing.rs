//! A part of an activity that is missing or empty.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP104",
    name: "activity-part-missing",
    severity: Severity::Error,
    title: ("追加の活動に欠けた欄又は空欄がある", "a part of an additional activity is missing or empty"),
    why: (
        "2から4は追加の活動ごとに、対象とする事項、目的、計画とその根拠、節目、更なる措置の記載を求める。",
        "sections 2 to 4 ask of each additional activity its concerns, objective, plan and rationale, milestones and further measures",
    ),
    reference: plan::form!(
        "「2. 医薬品安全性監視計画の概要」「3. 有効性に関する調査・試験の計画の概要」「4. リスク最小化計画の概要」の各欄",
        ", the parts of an activity in sections 2 to 4"
    ),
    manual: include_str!("activity_part_missing.md"),
    check,
};

use crate::heading::Title;
use crate::model::Activity;
use crate::review::activities::PLANS;

fn check(context: &Context<'_>, sink: &mut Sink) {
    for (plan, section) in context.published.plans.iter().zip(PLANS) {
        for activity in &plan.activities {
            let vigilance = activity.name.as_str().contains("市販直後調査");
            for (title, ja) in wanted(section) {
                sink.looked_at(1);
                let empty = activity.parts.iter().find(|p| p.title == *title && p.body.is_empty() && !goes_on(activity, *title));
                let missing = !activity.parts.iter().any(|p| stands_for(p.title, *title));
                if empty.is_none() && !missing {
                    continue;
                }
                let name = context.verbatim(&activity.name.text);
                // an EPPV follows its own notice, and a survey that also serves efficacy is described once
                let severity = if missing && (vigilance || section == Section::EfficacyStudies) {
                    Severity::Info
                } else if missing {
                    Severity::Warning
                } else {
                    Severity::Error
                };
                let mark = empty.map_or_else(
                    || Mark::whole(&activity.name.text, section, ""),
                    |p| Mark::whole(&p.heading, section, activity.name.as_str()),
                );
                let (state_ja, state_en) = if missing { ("ありません", "is missing") } else { ("空欄です", "is empty") };
                sink.report_as(
                    severity,
                    context,
                    (
                        format!("{}の「{name}」の{ja}が{state_ja}", section.number()),
                        format!("{ja} of “{name}” in section {} {state_en}", section.number()),
                    ),
                    (
                        format!("「{name}」に{ja}を記載してください。詳細を実施計画書に譲る場合も要点を記載します。"),
                        format!("write {ja} for “{name}”; the essentials even where the protocol holds the details"),
                    ),
                    &std::iter::once(mark).chain(missing.then(|| place(activity, section, *title)).flatten()).collect::<Vec<_>>(),
                );
            }
        }
    }
}

fn wanted(section: Section) -> &'static [(Title, &'static str)] {
    match section {
        Section::Minimisation => &[
            (Title::Concerns, "【安全性検討事項】"),
            (Title::Objective, "【目的】"),
            (Title::Method, "【具体的な方法】"),
            (Title::Milestones, "【節目となる予定の時期、実施した結果に基づき採択される可能性がある更なる措置】"),
        ],
        Section::EfficacyStudies => &[
            (Title::EfficacyConcerns, "【有効性に関する検討事項】"),
            (Title::Objective, "【目的】"),
            (Title::Plan, "【実施計画】"),
            (Title::Milestones, "【節目となる予定の時期及びその根拠】"),
        ],
        _ => &[
            (Title::Concerns, "【安全性検討事項】"),
            (Title::Objective, "【目的】"),
            (Title::Plan, "【実施計画】"),
            (Title::Rationale, "【実施計画の根拠】"),
            (Title::Milestones, "【節目となる予定の時期及びその根拠】"),
            (Title::Measures, "【当該医薬品安全性監視活動の結果に基づいて実施される可能性のある追加の措置及びその開始の決定基準】"),
        ],
    }
}

/// Where a missing part belongs: the text before it, or what stands there of it without its heading.
fn place(activity: &Activity, section: Section, title: Title) -> Option<Mark<'_>> {
    let order = wanted(section);
    let at = order.iter().position(|(t, _)| *t == title)?;
    let before =
        order[..at].iter().rev().find_map(|(t, _)| activity.parts.iter().rfind(|p| stands_for(p.title, *t) && !p.body.is_empty()))?;
    let body = &before.body;
    // a rationale that follows the plan without a heading
    let reason = (title == Title::Rationale).then(|| body.as_str().find("設定し").or_else(|| body.as_str().find("踏まえ"))).flatten();
    let line = (0..body.starts.len()).rev().find(|n| reason.is_none_or(|at| body.line(*n).start <= at))?;
    let range = if reason.is_none() && body.as_str().chars().count() <= 60 { 0..body.as_str().len() } else { body.line(line) };
    let (ja, en) = if reason.is_some() { ("見出しがない", "has no heading") } else { ("この後にない", "missing after this") };
    Some(Mark::part(&body.text, range, section, activity.name.as_str()).label(ja, en))
}

fn stands_for(title: Title, wanted: Title) -> bool {
    title == wanted
        || matches!(
            (title, wanted),
            (Title::TargetRationale | Title::ObservationRationale, Title::Rationale)
                | (Title::Concerns, Title::EfficacyConcerns)
                | (Title::EfficacyConcerns, Title::Concerns)
        )
}

/// A heading whose text goes on under the headings after it, such as 【実施計画の根拠】 before 目標症例数の根拠.
fn goes_on(activity: &Activity, title: Title) -> bool {
    let at = activity.parts.iter().position(|p| p.title == title);
    at.and_then(|at| activity.parts.get(at + 1)).is_some_and(|next| {
        title == Title::Rationale && matches!(next.title, Title::TargetRationale | Title::ObservationRationale | Title::Other)
            || title == Title::Plan && next.title == Title::Other
    })
}
