//! A concern that one view states twice.

use std::collections::HashMap;

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP206",
    name: "concern-stated-twice",
    severity: Severity::Warning,
    title: ("同じ安全性検討事項が二度記載されている", "a concern is stated twice"),
    why: (
        "同じ事項が二度あると、どちらの記載が有効か分からない。別の事項が失われていることもある。",
        "stated twice, nobody knows which holds; often the second was meant to be another concern",
    ),
    reference: plan::form!(
        "「1.1 安全性検討事項」、2から4の「安全性検討事項」及び概要",
        ", section 1.1, the concerns in sections 2 to 4 and the summary",
        "。重複を除くことは実務の慣行による",
        "; once is a matter of practice"
    ),
    manual: include_str!("concern_stated_twice.md"),
    check,
};

use terminology::key;

fn check(context: &Context<'_>, sink: &mut Sink) {
    let published = context.published;
    let mut lists: Vec<(Section, &str, Vec<&crate::model::Stated>)> =
        vec![(Section::Safety, "", published.concerns.iter().map(|c| &c.name).collect())];
    if let Some(summary) = published.summary.as_ref().filter(|s| s.columns_sure) {
        lists.push((Section::Summary, "", summary.concerns.iter().map(|c| &c.name).collect()));
    }
    for (plan, section) in published.plans.iter().zip(crate::review::activities::PLANS) {
        lists.extend(plan.activities.iter().map(|a| (section, a.name.as_str(), a.concerns.iter().collect())));
    }
    for (section, owner, names) in lists {
        sink.looked_at(names.len());
        let mut stated = HashMap::new();
        for one in names.iter().filter(|name| !name.as_str().is_empty()) {
            let first = *stated.entry(key(one.as_str())).or_insert(one);
            if std::ptr::eq(first, one) {
                continue;
            }
            let name = context.verbatim(&one.text);
            let number = section.number();
            let (place, place_en) = if owner.is_empty() {
                (number.to_owned(), if section == Section::Summary { "the summary".to_owned() } else { number.to_owned() })
            } else {
                (format!("{number}の「{owner}」の【安全性検討事項】"), format!("the list of “{owner}” in section {number}"))
            };
            sink.report(
                context,
                (format!("{place}に「{name}」が二度記載されています"), format!("“{name}” is stated twice in {place_en}")),
                (
                    "一方を除いてください。別の事項であれば名称を区別してください。".to_owned(),
                    "take one out, or tell the two apart by name".to_owned(),
                ),
                &[
                    Mark::whole(&one.text, section, owner).label("二度目", "again"),
                    Mark::whole(&first.text, section, owner).label("一度目", "first"),
                ],
            );
        }
    }
}
