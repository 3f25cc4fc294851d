//! A milestone at more patients than the target.

use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;
use terminology::Text;

use crate::heading::{Section, Title};
use crate::review::activities::{Entry, LISTS, PLANS};
use crate::review::designs::patients;
use crate::review::periods::{self, schedule, whole, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP428",
    name: "milestone-above-target",
    severity: Severity::Warning,
    title: ("節目の症例数が目標症例数を超える", "a milestone at more patients than the target"),
    why: ("目標症例数より多い例数を待つ節目は、訪れない。", "a milestone that waits for more patients than the target never comes"),
    reference: periods::LISTS,
    manual: include_str!("milestone_above_target.md"),
    check,
};

/// 500例登録時, 500例の調査票が回収された時点
static WAITS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"([0-9][0-9,]*)(?:症例|例)(?:分|目)?(?:の|が|を)?(?:登録|集積|収集|回収|組入|組み入れ|調査票|データ|症例報告|観察)").ok()
});

fn check(context: &Context<'_>, sink: &mut Sink) {
    for entry in &context.activities {
        let Some(target) = target(entry) else { continue };
        for (activity, section) in entry.plan.iter().zip(PLANS) {
            let part = activity.and_then(|a| Some((a.part(Title::Milestones)?, a.name.as_str())));
            if let Some((part, name)) = part {
                judge(context, sink, &part.body.text, section, name, target);
            }
        }
        for (row, section) in entry.rows.iter().zip(LISTS) {
            if let Some((row, cell)) = row.and_then(|r| Some((r, r.milestones.as_ref().filter(|c| c.sure)?))) {
                judge(context, sink, &cell.text, section, row.name.as_str(), target);
            }
        }
    }
}

/// The largest number that any view states as target: arms and those evaluated are smaller.
fn target(entry: &Entry<'_>) -> Option<u64> {
    let planned = entry.plan.iter().flatten().filter_map(|activity| {
        let plan = schedule(activity)?;
        let numbers = patients(&plan.text.as_str()[plan.target.clone()?]);
        Some(numbers.iter().map(|n| n.0).sum())
    });
    let listed = entry.rows.iter().flatten().filter_map(|row| {
        let numbers = patients(row.target.as_ref()?.as_str());
        Some(numbers.iter().map(|n| n.0).sum())
    });
    planned.chain(listed).max().filter(|n: &u64| *n > 0)
}

fn judge(context: &Context<'_>, sink: &mut Sink, text: &Text, section: Section, name: &str, target: u64) {
    for found in WAITS.as_ref().into_iter().flat_map(|shape| shape.captures_iter(text.as_str())) {
        let (Some(all), Some(n)) = (found.get(0), found.get(1).and_then(|m| whole(m.as_str()))) else { continue };
        sink.looked_at(1);
        if n <= target {
            continue;
        }
        sink.report(
            context,
            words(
                format!("節目の {n} 例が、目標症例数 {target} 例を超えています"),
                format!("the milestone of {n} patients lies above the target of {target}"),
            ),
            words("節目と目標症例数を実施計画書で確かめてください。", "check milestone and target in the protocol"),
            &[Mark::part(text, all.range(), section, name).label(format!("目標は {target} 例"), format!("the target is {target}"))],
        );
    }
}
