//! An attachment that is named after no activity.

use calendar::Date;
use diagnostic::Severity;

use crate::heading::Section;
use crate::review::{Context, Mark, Reference, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP228",
    name: "attachment-name-differs",
    severity: Severity::Warning,
    title: ("添付資料の名称に当たる活動が本文にない", "an attachment is named after no activity of the plan"),
    why: (
        "添付資料は本文の活動の実施計画書や資材であり、名称で対応づけられる。",
        "attachments are the protocols and materials of the activities, and are told apart by name",
    ),
    reference: Reference::since(
 Date::constant(2022, 5, 1),
 "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式3（添付資料の一覧）・別紙様式1「2.」から「4.」の追加の活動。名称の統一は実務の慣行による",
 "Form 3 (the list of attachments) and Form 1, the additional activities of sections 2 to 4 (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1); equal names are a matter of practice",
)
.after(&Reference::always(
"添付資料の名称の統一は実務の慣行による", "equal names of attachments and activities are a matter of practice")),
    manual: include_str!("attachment_name_differs.md"),
    check,
};

use crate::review::names::{ActivityName, Relation};

/// Words of a list of attachments that are no part of the name.
const REMARKS: [&str; 14] = [
    "提出済み",
    "提出済",
    "今回添付",
    "添付あり",
    "添付",
    "新規",
    "改訂版",
    "改訂",
    "変更なし",
    "変更あり",
    "実施計画書(案)",
    "実施計画書",
    "実施要綱",
    "実施要領",
];

fn check(context: &Context<'_>, sink: &mut Sink) {
    for attachment in context.published.attachments.iter().flat_map(|row| &row.cells) {
        let text = attachment.as_str();
        let (_, number) = crate::read::product::number(text);
        let mut start = number;
        let mut end = text.len();
        if let Some(rest) = text.strip_prefix("資料") {
            start = text.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '、' | ':')).len();
        }
        for _ in 0..3 {
            for remark in REMARKS {
                if let Some(shorter) = text[start.min(end)..end].strip_suffix(remark) {
                    end = start + shorter.len();
                }
            }
        }
        let name = &text[start.min(end)..end];
        if ActivityName::parse(name).is_none_or(|n| n.topics.is_empty()) || name.chars().count() > 60 {
            continue;
        }
        sink.looked_at(1);
        let mut best: Option<(Relation, &crate::review::activities::Entry<'_>)> = None;
        for entry in &context.activities {
            let (named, _) = context.names.named_in(name, &[entry.name.as_str()]);
            let relation = if named[0]
                && context.names.activity(name, entry.name.as_str()) != Relation::Near(0.8)
                && !another_title(context, name, entry.name.as_str())
            {
                Relation::Same
            } else {
                context.names.activity(name, entry.name.as_str())
            };
            if best.as_ref().is_none_or(|(r, _)| relation > *r) {
                best = Some((relation, entry));
            }
        }
        // the same kind with another topic
        let kind = ActivityName::parse(name).map(|n| n.kind);
        let kin = context.activities.iter().find(|e| ActivityName::parse(e.name.as_str()).map(|n| n.kind) == kind);
        match best {
            Some((Relation::Same | Relation::Wider, _)) => {}
            _ => {
                let Some(entry) = kin else { continue };
                let stated = context.verbatim(&attachment.text.slice(start..end));
                let meant = context.verbatim(&entry.name.text);
                sink.report(
                    context,
                    (
                        format!("添付資料の「{stated}」に当たる活動が本文にありません"),
                        format!("no activity of the plan is called “{stated}”, as the attachment is"),
                    ),
                    (
                        format!("{}の「{meant}」の資料であれば、名称をそろえてください。", entry.section.number()),
                        format!("if “{meant}” of section {} is meant, use its name", entry.section.number()),
                    ),
                    &[
                        Mark::part(&attachment.text, start..end, Section::Attachments, "").label("添付資料の名称", "the attachment"),
                        Mark::whole(&entry.name.text, entry.section, "").label("本文の活動", "the activity of the plan"),
                    ],
                );
            }
        }
    }
}

/// True for two titles of one kind that are alike but not the same, such as （検査手帳） and （服薬手帳）.
fn another_title(context: &Context<'_>, one: &str, other: &str) -> bool {
    let (Some(a), Some(b)) = (ActivityName::parse(one), ActivityName::parse(other)) else { return false };
    let alike = terminology::similarity(&a.topics.concat(), &b.topics.concat());
    a.kind == b.kind
        && a.topics.len() == 1
        && b.topics.len() == 1
        && !a.topics[0].contains('、')
        && context.names.relation(&a.topics[0], &b.topics[0]) < Relation::Wider
        && (0.4..1.0).contains(&alike)
}
