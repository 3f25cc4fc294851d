//! The parts of a target that do not make it up.

use std::ops::Range;
use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;
use terminology::Text;

use crate::heading::Section;
use crate::review::activities::{LISTS, PLANS};
use crate::review::periods::{self, schedule, whole, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP427",
    name: "target-arms-do-not-add-up",
    severity: Severity::Error,
    title: ("目標症例数が群の合計や評価対象と合わない", "the arms of a target do not make it up"),
    why: (
        "目標症例数は各群の目標の合計であり、評価対象はその一部である。",
        "a target is the sum of those of its arms, and those evaluated are some of them",
    ),
    reference: periods::LISTS,
    manual: include_str!("target_arms_do_not_add_up.md"),
    check,
};

/// 900例(本剤群600例、対照群300例)
static TARGET: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"([0-9][0-9,]*)(?:症例|例|人|名)\(([^()]{4,120})\)").ok());
/// 本剤群600例
static ARM: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^([^0-9、]*(?:群|コホート)(?:[A-Z]|は|で|:)?)([0-9][0-9,]*)(?:症例|例|人|名)$").ok());
/// 安全性評価対象例数として360例
static EVALUATED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:うち)?[^0-9、]*(?:評価|解析)対象[^0-9、]*([0-9][0-9,]*)(?:症例|例|人|名)$").ok());

fn check(context: &Context<'_>, sink: &mut Sink) {
    for entry in &context.activities {
        for (activity, section) in entry.plan.iter().zip(PLANS) {
            let Some(activity) = activity else { continue };
            let Some(plan) = schedule(activity) else { continue };
            if let Some(target) = plan.target.clone() {
                judge(context, sink, plan.text, target, section, activity.name.as_str());
            }
        }
        for (row, section) in entry.rows.iter().zip(LISTS) {
            let Some(row) = row else { continue };
            if let Some(cell) = row.target.as_ref().filter(|c| c.sure) {
                judge(context, sink, &cell.text, 0..cell.text.len(), section, row.name.as_str());
            }
        }
    }
}

fn judge(context: &Context<'_>, sink: &mut Sink, text: &Text, range: Range<usize>, section: Section, name: &str) {
    let Some(found) = TARGET.as_ref().and_then(|shape| shape.captures(&text.as_str()[range.clone()])) else { return };
    let (Some(all), Some(total), Some(parts)) = (found.get(0), found.get(1).and_then(|m| whole(m.as_str())), found.get(2)) else { return };
    let number = |shape: &LazyLock<Option<Regex>>, part: &str, group: usize| {
        shape.as_ref()?.captures(part).and_then(|c| whole(c.get(group)?.as_str()))
    };
    let parts: Vec<&str> = parts.as_str().split(['、', '及']).filter(|p| !p.is_empty()).collect();
    let mark = Mark::part(text, range.start + all.start()..range.start + all.end(), section, name);
    let arms: Vec<u64> = parts.iter().map_while(|part| number(&ARM, part.trim_start_matches('び'), 2)).collect();
    if arms.len() >= 2 && arms.len() == parts.len() && !parts.iter().any(|part| part.contains("うち")) {
        sink.looked_at(1);
        let sum: u64 = arms.iter().sum();
        if sum != total {
            sink.report(
                context,
                words(
                    format!("群の目標症例数の合計は {sum} 例で、{total} 例ではありません"),
                    format!("the arms make up {sum}, not {total}"),
                ),
                words("各群と全体の目標症例数を実施計画書で確かめてください。", "check the targets of the arms and of all in the protocol"),
                &[mark.label(format!("合計 {sum}"), format!("they make {sum}"))],
            );
        }
    } else if let [only] = parts.as_slice()
        && let Some(evaluated) = number(&EVALUATED, only, 1)
    {
        sink.looked_at(1);
        if evaluated > total {
            sink.report(
                context,
                words(
                    format!("評価対象の {evaluated} 例が、目標症例数の {total} 例より多くなっています"),
                    format!("{evaluated} are to be evaluated of {total} registered"),
                ),
                words("登録する例数と評価対象の例数を確かめてください。", "check how many are registered and how many evaluated"),
                &[mark.label("評価対象の方が多い", "more evaluated than registered")],
            );
        }
    }
}
