//! The list for a person at a terminal.

use calendar::{Counting, Date, Period, Unit, last_day};
use operation::deadline::{Deadline, Status, Weight, unmatched};

use super::{Product, standing, weekday, words};
use crate::speech::say;
use crate::terminal::Surface;

/// What is further ahead is counted and not listed.
const NEAR: Period = Period { amount: 2, unit: Unit::Years };

/// The list: what is overdue, what is ahead, what has no day yet; with `all` also what is done, has no record or is far ahead.
pub(super) fn text(product: &Product, as_of: Date, deadlines: &[Deadline], all: bool, surface: Surface) -> String {
    let name = product.plan.name();
    let strong = |text: &str| if surface.colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() };
    let near = last_day(as_of, NEAR, Counting::FirstDayNotCounted).unwrap_or(Date::MAX);
    let mut text = format!("{}\n", strong(&diagnostic::harmless(name)));
    text.push_str(&format!("{} {}\n", say("基準日", "as of"), weekday(as_of)));
    // what has no day yet is as far as the day from which it will be counted
    let day = |deadline: &Deadline| deadline.last_day().or(deadline.anchor.as_ref().map(|anchor| anchor.day));
    let is_far = |deadline: &&Deadline| day(deadline).is_some_and(|day| day > near);
    let of = |holds: fn(&Status) -> bool| deadlines.iter().filter(move |deadline| holds(&deadline.status));
    let overdue: Vec<&Deadline> = of(|status| matches!(status, Status::Overdue { .. })).collect();
    let (far, ahead): (Vec<&Deadline>, Vec<&Deadline>) = of(|status| matches!(status, Status::Open { .. })).partition(is_far);
    let (far_unknown, unknown): (Vec<&Deadline>, Vec<&Deadline>) = of(|status| matches!(status, Status::Unknown { .. })).partition(is_far);
    let far = [far, far_unknown].concat();
    let done: Vec<&Deadline> = of(|status| matches!(status, Status::Met(_))).collect();
    let unrecorded: Vec<&Deadline> = of(|status| matches!(status, Status::Unrecorded)).collect();
    let parts = [
        (say("期限超過", "Overdue"), overdue, true),
        (say("これから", "Ahead"), ahead, true),
        (say("2年より先", "More than two years ahead"), far, all),
        (say("日が未定", "No day yet"), unknown, true),
        (say("済んだもの", "Done"), done, all),
        (say("受領の記録がないもの", "Without a record of a receipt"), unrecorded, all),
    ];
    for (title, part, listed) in parts {
        if part.is_empty() {
            continue;
        }
        let how = if listed { "" } else { say("　--all で表示", "  listed with --all") };
        text.push_str(&format!("\n{} ({}){how}\n", strong(title), part.len()));
        for deadline in part.into_iter().filter(|_| listed) {
            text.push_str(&row(deadline, as_of, surface));
        }
    }
    let unmatched = unmatched(&product.record, deadlines);
    if !unmatched.is_empty() {
        text.push_str(&format!(
            "\n{} ({})\n",
            strong(say("どの期限にも当たらない受領", "Receipts that meet nothing that is due")),
            unmatched.len()
        ));
        for receipt in unmatched {
            text.push_str(&format!("  {}  {}\n", weekday(receipt.on), diagnostic::harmless(&receipt.obligation)));
        }
    }
    let basis = match (product.revision, say("ja", "en")) {
        (Some(number), "ja") => format!("改訂{number}の計画と、これまでの記録から計算しました。"),
        (Some(number), _) => format!("Computed from the plan of revision {number} and from what is recorded."),
        (None, "ja") => "計画のソースだけから計算しました。受領の記録は見ていません。".to_owned(),
        (None, _) => "Computed from the plan's source alone, without a record of receipts.".to_owned(),
    };
    text.push_str(&format!("\n{basis}{}\n", say("計算の根拠は --explain ID で表示します。", " --explain ID shows how a day was found.")));
    text
}

fn row(deadline: &Deadline, as_of: Date, surface: Surface) -> String {
    let coloured = |text: String, code: &str| if surface.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text };
    let day = deadline.last_day().map_or_else(String::new, |day| format!("{}  ", weekday(day)));
    let stands = match &deadline.status {
        Status::Overdue { .. } => coloured(standing(&deadline.status), "1;31"),
        Status::Unknown { missing } => format!("{}{}", say("不明な事実：", "missing: "), words(missing)),
        status => standing(status),
    };
    let mut marks = String::new();
    if matches!(deadline.status, Status::Open { .. }) && deadline.warn.is_some_and(|warn| warn <= as_of) {
        marks.push_str(&coloured(say("【準備の時期】", " [prepare now]").to_owned(), "1;33"));
    }
    if deadline.weight == Weight::Customary {
        marks.push_str(say("【慣行】", " [customary]"));
    }
    if deadline.rule.unverified {
        marks.push_str(say("【規則は未確認】", " [rule unverified]"));
    }
    let closed = deadline.due.and_then(|due| due.next_open.map(|open| (due, open)));
    let note = match closed {
        Some((due, _)) if due.moves => format!("{}{}", say("　← 閉庁日 ", "  <- offices closed on "), due.counted),
        Some((_, open)) => format!("{}{open}", say("　閉庁日。次の開庁日は ", "  offices closed; next open on ")),
        None => String::new(),
    };
    format!(
        "  {day}{}{marks}\n    {stands}{note}\n    {}\n    {}\n",
        words(&deadline.title),
        words(&deadline.subject),
        diagnostic::harmless(&deadline.id)
    )
}
