//! A reason that explains an activity which was not chosen.

use diagnostic::Severity;

use crate::heading::Section;
use crate::model::{Concern, Passage};
use crate::review::names::{ActivityName, mentions};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP213",
    name: "reason-names-other-activity",
    severity: Severity::Warning,
    title: ("選択理由が、内容にない活動を挙げている", "the reason for the choice names an activity that was not chosen"),
    why: ("選択理由は【内容】に挙げた活動を選んだ理由である。", "the reason explains the activities chosen under 内容"),
    reference: plan::form!(
        "「1.1 安全性検討事項」の「医薬品安全性監視活動の内容及びその選択理由」「リスク最小化活動の内容及びその選択理由」",
        ", the boxes on activities in 1.1"
    ),
    manual: include_str!("reason_names_other_activity.md"),
    check,
};

use crate::review::matrix;

/// Words of a sentence that says why an activity was not chosen.
const REMARKS: [&str; 7] = ["困難", "実施しない", "設定しない", "行わない", "不要", "できない", "終了"];

fn check(context: &Context<'_>, sink: &mut Sink) {
    for plan in [0, 2] {
        let activities: Vec<&str> = context.published.plans[plan].activities.iter().map(|a| a.name.as_str()).collect();
        for concern in &context.published.concerns {
            let section = if plan == 0 { &concern.pharmacovigilance } else { &concern.minimisation };
            let Some((content, choice)) = section.as_ref().and_then(|s| Some((&s.content.as_ref()?.1, &s.choice.as_ref()?.1))) else {
                continue;
            };
            sink.looked_at(1);
            unplanned(context, sink, concern, choice);
            let (chosen, _) = context.names.named_in(content.as_str(), &activities);
            let (reasoned, _) = context.names.named_in(choice.as_str(), &activities);
            for (n, activity) in activities.iter().enumerate() {
                if !reasoned[n] || chosen[n] {
                    continue;
                }
                let Some(range) = matrix::mention(context, choice.as_str(), activity) else { continue };
                // 「使用成績調査で把握するのは困難」 explains what was not chosen
                let sentence = matrix::sentence(choice.as_str(), &range);
                if REMARKS.iter().any(|w| sentence.contains(w)) {
                    continue;
                }
                let name = context.verbatim(&context.published.plans[plan].activities[n].name.text);
                let of = context.verbatim(&concern.name.text);
                sink.report(
                    context,
                    (
                        format!("1.1の「{of}」の【選択理由】は「{name}」に触れていますが、【内容】に挙げられていません"),
                        format!("for “{of}” in 1.1 the reason speaks of “{name}”, which is not chosen under 内容"),
                    ),
                    (
                        "【内容】にこの活動を加えるか、【選択理由】を【内容】に合わせて改めてください。".to_owned(),
                        "add the activity under 内容, or mend the reason".to_owned(),
                    ),
                    &[
                        Mark::part(&choice.text, range, Section::Safety, concern.name.as_str())
                            .label("選択理由が挙げる", "named by the reason"),
                        Mark::whole(&concern.name.text, Section::Safety, "").label("【内容】にない", "not in 【内容】"),
                    ],
                );
            }
        }
    }
}

/// A kind of activity that the reason names and the whole plan does not have, such as a clinical trial where there are surveys only.
fn unplanned(context: &Context<'_>, sink: &mut Sink, concern: &Concern, choice: &Passage) {
    for mention in mentions(choice.as_str()) {
        let of_kind = context.activities.iter().any(|e| {
            ActivityName::parse(e.name.as_str()).is_some_and(|n| n.kind.ends_with(mention.kind) || mention.kind.ends_with(n.kind))
                || e.name.as_str().contains(mention.kind)
        });
        let sentence = matrix::sentence(choice.as_str(), &mention.range);
        let done = &choice.as_str()[mention.range.end..];
        // 「…により把握する」 says that it will be done; what other documents or countries did is another matter
        let means =
            ["により", "によって", "で確認", "で把握", "を通じて", "において", "を実施", "及び", "と"].iter().any(|w| done.starts_with(w));
        if of_kind
            || !means
            || REMARKS.iter().any(|w| sentence.contains(w))
            || matches!(mention.kind, "市販直後調査" | "流通管理")
            || mention.kind.chars().count() < 6
        {
            continue;
        }
        let name = context.verbatim(&choice.text.slice(mention.range.clone()));
        sink.report(
            context,
            (
                format!("【選択理由】は「{name}」に触れていますが、この計画にその活動はありません"),
                format!("the reason speaks of “{name}”, which the plan does not have"),
            ),
            (
                "【選択理由】を改めるか、活動を計画に加えてください。".to_owned(),
                "mend the reason, or add the activity to the plan".to_owned(),
            ),
            &[
                Mark::part(&choice.text, mention.range, Section::Safety, concern.name.as_str())
                    .label("選択理由が挙げる", "named by the reason"),
                Mark::whole(&concern.name.text, Section::Safety, "").label("【内容】にない", "not in 【内容】"),
            ],
        );
    }
}
