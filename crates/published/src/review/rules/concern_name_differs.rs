//! A concern that goes by two names.

use std::collections::BTreeMap;

use diagnostic::Severity;
use terminology::{core, key};

use super::concern_unknown::group;
use crate::heading::Section;
use crate::model::Stated;
use crate::review::names::Relation;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP203",
    name: "concern-name-differs",
    severity: Severity::Warning,
    title: ("安全性検討事項の名称が箇所により異なる", "a concern is named differently from one view to another"),
    why: (
        "同じ事項を別の名称で書くと、どの事項を対象とする活動か分からなくなる。",
        "under two names nobody can tell which concern an activity covers",
    ),
    reference: plan::form!(
        "「1.1 安全性検討事項」、2から4の「安全性検討事項」及び概要",
        ", section 1.1, the concerns in sections 2 to 4 and the summary",
        "。名称の統一は実務の慣行による",
        "; equal names are a matter of practice"
    ),
    manual: include_str!("concern_name_differs.md"),
    check,
};

/// A name, the section it stands in, and the activity whose list it is of.
type Place<'a> = (&'a Stated, Section, &'a str);

fn check(context: &Context<'_>, sink: &mut Sink) {
    let published = context.published;
    // the same other name of the same concern is one finding, with all its places
    let mut found: BTreeMap<(usize, String), Vec<Place<'_>>> = BTreeMap::new();
    // without columns as many names as in 1.1 show that none was put together wrongly
    if let Some(summary) = published.summary.as_ref().filter(|s| s.columns_sure || s.concerns.len() == published.concerns.len()) {
        let concerns: Vec<&str> = published.concerns.iter().map(|c| c.name.as_str()).collect();
        let names: Vec<&str> = summary.concerns.iter().map(|c| c.name.as_str()).collect();
        for (l, c, relation) in context.names.pair(&names, &concerns) {
            sink.looked_at(1);
            let stated = &summary.concerns[l].name;
            if relation != Relation::Same && relation >= Relation::Near(0.5) && stated.sure {
                found.entry((c, key(stated.as_str()))).or_default().push((stated, Section::Summary, ""));
            }
        }
    }
    for listed in &context.listed {
        let Some(concern) = listed.concern else { continue };
        sink.looked_at(1);
        let name = listed.stated.as_str();
        // 重要な特定されたリスク:肝機能障害
        let bare = name.rsplit(':').next().unwrap_or(name);
        let with_class = bare.len() < name.len()
            && group(&name[..name.len() - bare.len() - 1]).is_some()
            && context.names.relation(bare, published.concerns[concern].name.as_str()) == Relation::Same;
        if listed.relation != Relation::Same && listed.stated.sure && group(name).is_none() && !with_class {
            found.entry((concern, key(listed.stated.as_str()))).or_default().push((
                listed.stated,
                listed.section,
                listed.activity.name.as_str(),
            ));
        }
    }
    for ((concern, _), places) in found {
        let concern = &published.concerns[concern];
        if !concern.name.sure {
            continue;
        }
        let (one, other) = (context.verbatim(&places[0].0.text), context.verbatim(&concern.name.text));
        // only what stands in brackets is missing
        let only_brackets = context.names.relation(&one, &other) == Relation::Wider && core(&key(&one)) == core(&key(&other));
        let severity = if only_brackets { Severity::Info } else { Severity::Warning };
        let mut marks: Vec<Mark<'_>> = places
            .iter()
            .map(|(stated, section, activity)| Mark::whole(&stated.text, *section, activity).label("ここでの名称", "named so here"))
            .collect();
        marks.push(Mark::whole(&concern.name.text, Section::Safety, "").label("1.1での名称", "named so in 1.1"));
        sink.report_as(
            severity,
            context,
            (format!("1.1の「{other}」が「{one}」とも書かれています"), format!("the concern “{other}” of 1.1 is also called “{one}”")),
            (
                format!("同じ事項であれば、1.1の「{other}」にそろえてください。略称は「以下、…」と定義してから用いてください。"),
                format!("if they are one concern, write “{other}” as in 1.1; define a short form with 以下、… before using it"),
            ),
            &marks,
        );
    }
}
