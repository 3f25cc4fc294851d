//! A milestone that names no time.

use diagnostic::Severity;

use crate::heading::Title;
use crate::review::activities::{LISTS, PLANS};
use crate::review::periods::{self, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP433",
    name: "milestone-without-time",
    severity: Severity::Warning,
    title: ("節目となる予定の時期に時期がない", "a milestone names no time"),
    why: (
        "「節目となる予定の時期」は、いつ評価するかを約束する欄である。「適宜」では、評価したかを誰も確かめられない。",
        "the milestones promise when the activity is evaluated; “as appropriate” lets nobody check that it was",
    ),
    reference: periods::LISTS,
    manual: include_str!("milestone_without_time.md"),
    check,
};

/// Words that put a time off.
const VAGUE: [&str; 7] = ["適宜", "随時", "必要に応じ", "必要時", "未定", "都度", "適時"];
/// What tells a time.
const TIMES: [&str; 20] = [
    "年",
    "か月",
    "ヵ月",
    "ヶ月",
    "カ月",
    "週",
    "報告時",
    "終了",
    "完了",
    "開始",
    "申請",
    "ごと",
    "毎",
    "到達",
    "時点",
    "集積",
    "箇月",
    "承認",
    "改訂時",
    "場合",
];

fn check(context: &Context<'_>, sink: &mut Sink) {
    for entry in &context.activities {
        for n in 0..3 {
            let mut marks = Vec::new();
            let part = entry.plan[n].and_then(|a| a.part(Title::Milestones));
            let cell = entry.rows[n].and_then(|r| r.milestones.as_ref()).filter(|c| c.sure);
            sink.looked_at(usize::from(part.is_some()) + usize::from(cell.is_some()));
            if let Some((part, at)) = part.and_then(|p| Some((p, vague(p.body.as_str())?))) {
                marks.push(Mark::part(&part.body.text, at, PLANS[n], entry.name.as_str()).label("時期がない", "no time"));
            }
            if let Some((cell, at)) = cell.and_then(|c| Some((c, vague(c.as_str())?))) {
                marks.push(Mark::part(&cell.text, at, LISTS[n], entry.name.as_str()).label("時期がない", "no time"));
            }
            if marks.is_empty() {
                continue;
            }
            let name = context.verbatim(&entry.name.text);
            sink.report(
                context,
                words(
                    format!("「{name}」の節目となる予定の時期に、時期が示されていません"),
                    format!("the milestones of “{name}” name no time"),
                ),
                words(
                    "安全性定期報告時、調査終了時、販売開始から1年ごとなど、確かめられる時期を記載してください。",
                    "name a time that can be checked: the periodic safety report, the end of the survey, every year from launch",
                ),
                &marks,
            );
        }
    }
}

/// Where a text puts the time off and tells none.
fn vague(text: &str) -> Option<std::ops::Range<usize>> {
    if TIMES.iter().any(|w| text.contains(w)) {
        return None;
    }
    VAGUE.iter().filter_map(|w| text.find(w).map(|at| at..at + w.len())).min_by_key(|r| r.start)
}
