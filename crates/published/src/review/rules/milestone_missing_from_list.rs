//! A milestone of the plan that its row does not have.

use diagnostic::Severity;

use crate::heading::Title;
use crate::review::activities::{Entry, LISTS, PLANS};
use crate::review::names::Relation;
use crate::review::periods::{self, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP422",
    name: "milestone-missing-from-list",
    severity: Severity::Warning,
    title: ("計画の節目が一覧にない", "a milestone of the plan is missing from the list"),
    why: (
        "2 に定めた節目は 5.1 にも載る。調査終了時の報告は、どの調査にもある節目である。",
        "a milestone set in 2 stands in 5.1 as well; every survey has the one at its end",
    ),
    reference: periods::LISTS,
    manual: include_str!("milestone_missing_from_list.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for entry in context.activities.iter().filter(|e| e.names.iter().all(|n| !matches!(n.3, Relation::Near(_) | Relation::Different))) {
        if entry.name.as_str().contains("市販直後") {
            continue;
        }
        material(context, sink, entry);
        for n in 0..2 {
            let (Some(activity), Some(row)) = (entry.plan[n], entry.rows[n]) else { continue };
            let Some(plan) = activity.part(Title::Milestones).filter(|p| !p.body.is_empty()) else { continue };
            let Some(cell) = row.milestones.as_ref().filter(|c| c.sure && !c.text.is_empty()) else { continue };
            sink.looked_at(1);
            let (planned, listed) = (plan.body.as_str(), cell.as_str());
            let end = ["調査終了時", "試験終了時", "調査期間終了", "試験期間終了", "調査終了後", "試験終了後"]
                .iter()
                .find_map(|w| planned.find(w).map(|at| at..at + w.len()));
            if let Some(range) = end
                && !["終了", "最終", "完了", "総括"].iter().any(|w| listed.contains(w))
            {
                sink.report(
                    context,
                    words(
                        format!("{} の節目「{}」が {} にありません", PLANS[n].number(), &planned[range.clone()], LISTS[n].number()),
                        format!("the end of the survey, a milestone in {}, is missing from {}", PLANS[n].number(), LISTS[n].number()),
                    ),
                    words("一覧の「節目となる予定の時期」に終了時を加えてください。", "add the end to the milestones of the list"),
                    &[
                        Mark::whole(&cell.text, LISTS[n], row.name.as_str()).label("終了時がない", "without the end"),
                        Mark::part(&plan.body.text, range, PLANS[n], activity.name.as_str()).label("計画の節目", "milestone of the plan"),
                    ],
                );
            }
            let periodic = "安全性定期報告時";
            if planned.contains(periodic) != listed.contains(periodic) {
                let (with, without) = if planned.contains(periodic) { (PLANS[n], LISTS[n]) } else { (LISTS[n], PLANS[n]) };
                let mark = match planned.find(periodic) {
                    Some(at) => Mark::part(&plan.body.text, at..at + periodic.len(), PLANS[n], activity.name.as_str()),
                    None => {
                        let at = listed.find(periodic).unwrap_or(0);
                        Mark::part(&cell.text, at..at + periodic.len(), LISTS[n], row.name.as_str())
                    }
                };
                sink.report_as(
                    Severity::Info,
                    context,
                    words(
                        format!("「{periodic}」が {} にだけあります", with.number()),
                        format!("the periodic safety report is a milestone in {}, but not in {}", with.number(), without.number()),
                    ),
                    words("節目であれば両方に記載してください。", "if it is a milestone, state it in both"),
                    &[mark.label(format!("{} にはない", without.number()), format!("not in {}", without.number()))],
                );
            }
        }
    }
}

/// A material or another measure whose only milestone is the periodic safety report in 4, and another occasion in 5.3.
fn material(context: &Context<'_>, sink: &mut Sink, entry: &Entry<'_>) {
    const PERIODIC: &str = "安全性定期報告時";
    const OTHERS: [&str; 3] = ["再審査申請時", "再審査期間終了時", "販売開始"];
    let (Some(activity), Some(row)) = (entry.plan[2], entry.rows[2]) else { return };
    let Some(plan) = activity.part(Title::Milestones) else { return };
    let Some(cell) = row.milestones.as_ref().filter(|c| c.sure) else { return };
    let (planned, listed) = (plan.body.as_str(), cell.as_str());
    sink.looked_at(1);
    let (Some(at), Some(other)) = (planned.find(PERIODIC), OTHERS.iter().find(|w| listed.contains(**w))) else { return };
    if planned.contains(other) || listed.contains("安全性定期報告") {
        return;
    }
    sink.report_as(
        Severity::Warning,
        context,
        words(
            format!("節目が {} では「{PERIODIC}」、{} では「{listed}」です", PLANS[2].number(), LISTS[2].number()),
            format!("the milestone is the periodic safety report in {}, but “{listed}” in {}", PLANS[2].number(), LISTS[2].number()),
        ),
        words("どちらが正しいか確かめ、一方に合わせてください。", "check which is right and let both say the same"),
        &[
            Mark::whole(&cell.text, LISTS[2], row.name.as_str()).label("一覧", "list"),
            Mark::part(&plan.body.text, at..at + PERIODIC.len(), PLANS[2], activity.name.as_str()).label("計画", "plan"),
        ],
    );
}
