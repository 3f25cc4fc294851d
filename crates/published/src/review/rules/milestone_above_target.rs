//! A milestone at more patients than the target.

use std::ops::Range;
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
                judge(context, sink, &part.body.text, section, name, &target);
            }
        }
        for (row, section) in entry.rows.iter().zip(LISTS) {
            if let Some((row, cell)) = row.and_then(|r| Some((r, r.milestones.as_ref().filter(|c| c.sure)?))) {
                judge(context, sink, &cell.text, section, row.name.as_str(), &target);
            }
        }
    }
}

/// The largest number that any view states as target, and where: arms and those evaluated are smaller.
fn target<'a>(entry: &Entry<'a>) -> Option<Target<'a>> {
    let planned = entry.plan.iter().zip(PLANS).filter_map(|(activity, section)| {
        let activity = (*activity)?;
        let plan = schedule(activity)?;
        Target::stated(plan.text, plan.target?, section, activity.name.as_str())
    });
    let listed = entry.rows.iter().zip(LISTS).filter_map(|(row, section)| {
        let row = (*row)?;
        let cell = row.target.as_ref()?;
        Target::stated(&cell.text, 0..cell.text.len(), section, row.name.as_str())
    });
    planned.chain(listed).reduce(|one, other| if other.patients > one.patients { other } else { one })
}

/// A number of patients to reach, and where it is stated.
struct Target<'a> {
    patients: u64,
    text: &'a Text,
    range: Range<usize>,
    section: Section,
    name: &'a str,
}

impl<'a> Target<'a> {
    fn stated(text: &'a Text, within: Range<usize>, section: Section, name: &'a str) -> Option<Self> {
        let numbers = patients(&text.as_str()[within.clone()]);
        let range = within.start + numbers.first()?.1.start..within.start + numbers.last()?.1.end;
        let patients = numbers.iter().fold(0u64, |sum, number| sum.saturating_add(number.0));
        (patients > 0).then_some(Self { patients, text, range, section, name })
    }
}

fn judge(context: &Context<'_>, sink: &mut Sink, text: &Text, section: Section, name: &str, stated: &Target<'_>) {
    let target = stated.patients;
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
            &[
                Mark::part(text, all.range(), section, name).label("目標を超える節目", "the milestone lies above the target"),
                Mark::part(stated.text, stated.range.clone(), stated.section, stated.name).label("目標症例数", "the target"),
            ],
        );
    }
}
