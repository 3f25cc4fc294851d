//! An activity that only 1.1 knows.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP214",
    name: "declared-activity-unknown",
    severity: Severity::Error,
    title: ("1.1で挙げた活動が2・4にない", "1.1 chooses an activity that sections 2 and 4 do not have"),
    why: (
        "1.1に挙げた追加の活動は、2又は4に計画の概要があって初めて実施できる。",
        "an additional activity chosen in 1.1 needs its plan in section 2 or 4",
    ),
    reference: plan::form!(
        "「1.1 安全性検討事項」の【内容】・「2. 医薬品安全性監視計画の概要」「4. リスク最小化計画の概要」の追加の活動",
        ", 内容 in 1.1 and the additional activities of sections 2 and 4"
    ),
    manual: include_str!("declared_activity_unknown.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for plan in [0, 2] {
        let activities: Vec<&str> = context.published.plans[plan].activities.iter().map(|a| a.name.as_str()).collect();
        let other: Vec<&str> = context.published.plans[2 - plan].activities.iter().map(|a| a.name.as_str()).collect();
        let section = crate::review::activities::PLANS[plan];
        if context.published.headings.iter().all(|h| h.in_summary || h.section != section) {
            continue;
        }
        for concern in &context.published.concerns {
            let boxed = if plan == 0 { &concern.pharmacovigilance } else { &concern.minimisation };
            let Some(content) = boxed.as_ref().and_then(|s| s.content.as_ref()).map(|c| &c.1) else { continue };
            let (_, unknown) = context.names.named_in(content.as_str(), &activities);
            sink.looked_at(1);
            for mention in unknown {
                let words = &content.as_str()[mention.range.clone()];
                let (elsewhere, _) = context.names.named_in(words, &other);
                let before = &content.as_str()[..mention.range.start];
                if elsewhere.contains(&true)
                    || mention.topics.is_empty()
                    || before.ends_with('「')
                    || !crate::review::matrix::names_an_activity(content.as_str(), &mention.range)
                {
                    continue;
                }
                // a finished activity, which only the lists still hold
                let row = context
                    .activities
                    .iter()
                    .find(|e| e.rows.iter().any(Option::is_some) && context.names.named_in(words, &[e.name.as_str()]).0[0]);
                let name = context.verbatim(&content.text.slice(mention.range.clone()));
                let mut marks = vec![
                    Mark::part(&content.text, mention.range.clone(), Section::Safety, concern.name.as_str())
                        .label(format!("{}にない", section.number()), format!("not in section {}", section.number())),
                ];
                marks.extend(row.map(|e| Mark::whole(&e.name.text, e.section, "").label("一覧にはある", "the lists have it")));
                marks.extend(context.heading(section, false));
                sink.report(
                    context,
                    (
                        format!("1.1の「{}」が挙げる「{name}」は、{}にありません", context.verbatim(&concern.name.text), section.number()),
                        format!(
                            "“{name}”, chosen for “{}” in 1.1, is not in section {}",
                            context.verbatim(&concern.name.text),
                            section.number()
                        ),
                    ),
                    (
                        format!(
                            "{}に計画の概要を記載するか、名称を合わせるか、終了した活動であれば1.1から除いてください。",
                            section.number()
                        ),
                        format!(
                            "describe it in section {}, use its name there, or, where it has ended, take it out of 1.1",
                            section.number()
                        ),
                    ),
                    &marks,
                );
            }
        }
    }
}
