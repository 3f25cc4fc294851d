//! How a product stands, in one sentence.

use calendar::Date;
use diagnostic::{Problem, Words};
use operation::deadline::{Deadline, Status};
use operation::product::{MAIN, Meaning, Product, Stage};

use super::due;
use crate::ask::Ask;

/// The sentence for the frame of a product's pages.
#[must_use]
pub fn of_product(ask: &Ask<'_>, id: &str) -> String {
    let Some(product) = ask.state.products.get(id) else {
        return ask.say("まだ計画の記録はありません", "no plan is recorded yet").to_owned();
    };
    match due::of(ask.house, product, &ask.state.organisation.rhythms, ask.as_of()) {
        Ok(all) => ask.words(&told(product, &all, ask.as_of())).to_owned(),
        Err(Problem { message, .. }) => ask.words(&message).to_owned(),
    }
}

/// How a product stands: the revision that stands, how far it has come, and what is late or next.
#[must_use]
pub fn told(product: &Product, deadlines: &[Deadline], today: Date) -> Words {
    let (mut ja, mut en) = (Vec::new(), Vec::new());
    let Some(head) = product.lines.get(MAIN).map(|line| line.head) else {
        return Words::new("まだ計画の記録はありません", "no plan is recorded yet");
    };
    let stage = product.submissions.iter().rev().find(|(_, submission)| submission.revision == head);
    let (stage_ja, stage_en) = match stage {
        Some((number, submission)) => stage_words(product.stage(*number, submission)),
        None => match product.revisions.get(&head) {
            Some(revision) if revision.returned_by().is_some() => ("差戻し中", "sent back"),
            Some(revision) if revision.errors > 0 => ("要修正の指摘あり", "to be mended: the check finds errors"),
            _ if product.signed(head, Meaning::Approved).next().is_some() => ("承認済・未提出", "approved, not handed in"),
            _ if product.signed(head, Meaning::Confirmed).next().is_some() => ("承認待ち", "waiting for approval"),
            _ if product.signed(head, Meaning::Prepared).next().is_some() => ("確認待ち", "waiting for confirmation"),
            _ => ("作成中", "being written"),
        },
    };
    ja.push(format!("改訂{head}は{stage_ja}"));
    en.push(format!("revision {head} is {stage_en}"));
    let asked = product.inquiries.values().filter(|inquiry| inquiry.answered.is_none()).count();
    if asked > 0 {
        ja.push(format!("未回答の照会{asked}件"));
        en.push(format!("{asked} question{} open", if asked == 1 { "" } else { "s" }));
    }
    let late = deadlines.iter().filter(|deadline| matches!(deadline.status, Status::Overdue { .. })).count();
    if late > 0 {
        ja.push(format!("期限超過{late}件"));
        en.push(format!("{late} overdue"));
    }
    let work = product.worklists.values().filter(|worklist| worklist.closed.is_none()).flat_map(|worklist| &worklist.items);
    let work = work.filter(|item| item.is_late(today)).count();
    if work > 0 {
        ja.push(format!("作業の期限超過{work}件"));
        en.push(format!("{work} item{} of work late", if work == 1 { "" } else { "s" }));
    }
    if let Some(next) = deadlines.iter().find(|deadline| matches!(deadline.status, Status::Open { .. }))
        && let Some(day) = next.last_day()
    {
        let words = next.status.words();
        ja.push(format!("次は{day}の{}（{}）", next.title.ja, words.ja));
        en.push(format!("next: {} on {day} ({})", next.title.en, words.en));
    }
    Words::new(ja.join("、"), en.join("; "))
}

/// How far a submission has come, in words.
#[must_use]
pub const fn stage_words(stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Submitted => ("提出済", "handed in"),
        Stage::Asked => ("照会中", "asked about"),
        Stage::Answered => ("回答済", "answered"),
        Stage::Confirmed => ("確認済", "confirmed"),
        Stage::Published => ("公表済", "published"),
    }
}
