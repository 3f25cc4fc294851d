//! Locking in bulk, and the data cuts: tables and exports are made of what was locked.

use access::Action;
use maud::html;
use survey::{Command, FormKey};

use super::{Run, run, say};
use crate::answer::{Answer, Reply};
use crate::ask::Ask;
use crate::look::bits::{empty, field, hidden};
use crate::look::frame;

/// The forms that can be locked: sent, signed or not, without an open query.
fn ready<'a>(run: &'a Run<'_>, signed: bool) -> impl Iterator<Item = (u32, &'a FormKey)> {
    let state = run.state;
    state.patients.iter().flat_map(move |(number, patient)| {
        let fits = move |(key, form): &(&FormKey, &survey::Form)| {
            form.locked.is_none() && (!signed || form.is_signed()) && state.open_queries(*number, key).next().is_none()
        };
        patient.forms.iter().filter(fits).map(move |(key, _)| (*number, key))
    })
}

/// How much is locked, and the cuts.
///
/// # Errors
/// There is no such survey, or not all of it may be seen.
pub fn page(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    if !run.sees_all(ask) {
        return Err(super::refused(ask, &run.design.activity));
    }
    let progress = run.counted(ask, |kept, _| kept.progress(&|_| true));
    let (signed, all) = (ready(&run, true).count(), ready(&run, false).count());
    let may = run.may(ask, Action::LockData, None);
    let body = html! {
        p { a href=(ask.link(&run.link(""))) { (say(ask, &run.design.name)) } }
        p.answer { @if ask.is_japanese() { "送られた調査票 " (progress.sent) " 件のうち " (progress.locked) " 件を固定。署名があり再調査のないもの " (signed) " 件、再調査のないもの " (all) " 件を固定できます。" }
            @else { (progress.locked) " of the " (progress.sent) " forms that were sent are locked. " (signed) " that are signed and not asked about, and " (all) " that are not asked about, can be." } }
        @if may && all > 0 { p.actions {
            @for (form, count, words) in [("lock-signed", signed, ask.say("署名のあるものを固定する", "Lock those that are signed")), ("lock-all", all, ask.say("再調査のないものを固定する", "Lock those not asked about"))] { @if count > 0 {
                form method="post" action=(run.link("/cuts")) { (hidden(ask, form, run.seen())) button.second { (words) (ask.say("（", " (")) (count) (ask.say("）", ")")) } }
            } }
        } }
        h2 { (ask.say("データカット", "Data cuts")) }
        @if run.state.cuts.is_empty() { (empty(ask.say("報告や再審査の表は、データカットの時点で固定されていた調査票から作ります。", "Tables of reports and re-examinations are made of what was locked when the data were cut."))) }
        @else { div.wide tabindex="0" { table.full.cards {
            thead { tr { th.number scope="col" { (ask.say("番号", "No.")) } th scope="col" { (ask.say("名称", "Name")) } th scope="col" { (ask.say("時点", "Cut")) } th scope="col" { (ask.say("計画", "Plan")) } th scope="col" { (ask.say("記録の位置", "Place in the record")) } } }
            tbody { @for (number, cut) in run.state.cuts.iter().rev() { tr {
                td.number { (number) } th scope="row" { (cut.name) @if run.state.cuts.get_max().is_some_and(|(last, _)| last != number) { " " span.tag { (ask.say("旧", "older")) } } }
                td { (ask.local(cut.recorded)) "　" (ask.name_of(&cut.actor)) }
                td { (ask.say("改訂", "revision ")) (cut.revision) } td { (cut.sequence) }
            } } }
        } } }
        @if may { details { summary { (ask.say("データを切る", "Cut the data")) } form.stack method="post" action=(run.link("/cuts")) {
            (hidden(ask, "cut", run.seen()))
            (field(ask, "cut", "name", ask.say("名称", "Name"), ask.say("例: 第3回安全性定期報告", "as: 3rd periodic safety report"), ""))
            p.actions { button { (ask.say("データを切る", "Cut the data")) } }
        } } }
    };
    Ok(frame::product_page(ask, ask.say("固定とデータカット", "Locks and data cuts"), body))
}

/// Locks in bulk, or cuts the data.
///
/// # Errors
/// It is refused.
pub fn act(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    let command = match ask.field("form") {
        "cut" => Command::Cut { name: ask.field("name").to_owned() },
        form => Command::Lock(ready(&run, form == "lock-signed").map(|(patient, key)| (patient, key.clone())).collect()),
    };
    run.act(ask, command)?;
    Ok(Answer::go(&run.link("/cuts")))
}
