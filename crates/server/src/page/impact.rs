//! What an event touches, as a list of work: dates, people, progress; it ends with the submission.

use access::Action;
use maud::{Markup, html};
use operation::product::{Command, Event, MAIN, Worklist, WorklistOpened};
use plan::impact::{Area, Cause, impact};

use super::act::first;
use super::of::shown;
use crate::answer::{Answer, Reply, Trouble};
use crate::ask::Ask;
use crate::look::bits::{cut, day, day_field, empty, field, hidden};
use crate::look::frame;
use crate::record::worklist::items;

/// The worklists of a product, and what an event would touch.
///
/// # Errors
/// There is no plan.
pub fn page(ask: &Ask<'_>) -> Reply {
    let shown = shown(ask)?;
    let plan = &shown.plan.plan;
    let may = ask.may(Action::RecordRevision, Some(shown.id)) && !ask.is_past();
    let asked = ask.query("cause").or_else(|| ask.typed("cause"));
    let cause = asked.map(str::parse::<Cause>).transpose().map_err(|_| Trouble::unknown("この出来事", "such event"))?;
    let found = cause.as_ref().map(|cause| impact(plan, cause, ask.as_of())).transpose()?;
    let open: Vec<_> = shown.product.worklists.iter().rev().collect();
    let options = causes(ask, plan);
    let body = html! {
        p.answer { (ask.say("承認、条件の解除、電子添文の改訂などが計画のどこに触れるかを示し、作業の一覧にします。", "What an approval, a lifted condition or a revised package insert touches in the plan, as a list of work.")) }
        form.actions method="get" action=(ask.path) {
            div {
                label for="cause" { (ask.say("出来事", "What happened")) }
                select id="cause" name="cause" { @for (value, words) in &options { option value=(value) selected[asked == Some(value)] { (cut(words, 60)) } } }
            }
            button.second { (ask.say("触れる所を見る", "What does it touch?")) }
        }
        @if let (Some(found), Some(cause)) = (&found, &cause) {
            h2 { (ask.words(&found.cause)) }
            @if may {
                form.stack method="post" action={ "/p/" (shown.id) "/impact" } {
                    (hidden(ask, "open", shown.product.sequence))
                    input type="hidden" name="cause" value=(cause.to_string());
                    (day_field(ask, "open", "day", ask.say("起きた日", "The day it happened"), &ask.today().to_string()))
                    (day_field(ask, "open", "due", ask.say("作業の期限（あれば）", "Work is due by, if named"), ""))
                    p.actions { button { @if ask.is_japanese() { "作業一覧を始める（" (items(found, None).len()) "件）" } @else { "Open a worklist (" (items(found, None).len()) " items)" } } }
                }
            }
            @for kind in Area::ALL {
                @let touched: Vec<_> = found.touched.iter().filter(|touched| touched.area == kind).collect();
                @if !touched.is_empty() {
                    h3 { (ask.pair(kind.words())) " (" (touched.len()) ")" }
                    ul { @for touched in touched { li {
                        @if let Some(due) = touched.due { (day(ask, due)) "　" }
                        (ask.words(&touched.name)) @if touched.finished { " " span.tag { (ask.say("終了", "completed")) } }
                        @let why = touched.reason();
                        div.small.quiet { (ask.words(&why)) }
                    } } }
                }
            }
        }
        h2 { (ask.say("作業一覧", "Worklists")) }
        @if open.is_empty() { (empty(ask.say("まだありません。上で出来事を選び、作業一覧を始めてください。", "There is none yet: choose above what happened, and open one."))) }
        @for (number, worklist) in open {
            div class=(if worklist.closed.is_some() { "note met" } else { "note" }) {
                p { a href=(ask.link(&format!("/p/{}/impact/{number}", shown.id))) { strong { (worklist.title) } } "　" (day(ask, worklist.day)) }
                (progress(ask, worklist))
            }
        }
    };
    Ok(frame::product_page(ask, ask.say("影響", "Impact"), body))
}

/// Every event that the plan knows.
fn causes(ask: &Ask<'_>, plan: &plan::Plan) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let facts = &plan.facts;
    all.extend(facts.indication.iter().rev().map(|one| Cause::Approval(one.id.as_str().to_owned())));
    all.extend(facts.condition.iter().map(|one| Cause::Condition(one.id.as_str().to_owned())));
    all.extend(facts.label.iter().map(|one| Cause::Label(one.id.as_str().to_owned())));
    all.extend(plan.activities.iter().map(|one| Cause::Ended(one.id.as_str().to_owned())));
    all.into_iter().map(|cause| (cause.to_string(), ask.words(&cause.words(plan)).to_owned())).collect()
}

fn progress(ask: &Ask<'_>, worklist: &Worklist) -> Markup {
    let done = worklist.items.iter().filter(|item| item.done.is_some()).count();
    html! {
        p {
            progress.progress max=(worklist.items.len()) value=(done) aria-label=(ask.say("進み具合", "progress")) {}
            " " (done) " / " (worklist.items.len())
            @if let Some((when, submission)) = &worklist.closed {
                "　" span.state-met { (ask.say("終了 ", "ended ")) (ask.local(*when)) @if let Some(number) = submission { (ask.say("（提出", " (submission ")) (number) (ask.say("）", ")")) } }
            }
        }
    }
}

/// Opens a worklist.
///
/// # Errors
/// It is refused.
pub fn open(ask: &Ask<'_>) -> Reply {
    let shown = shown(ask)?;
    let cause: Cause = ask.needed("cause", "出来事", "the event")?.parse().map_err(|_| Trouble::unknown("この出来事", "such event"))?;
    let on = ask.day("day", "起きた日", "the day it happened")?;
    let due = ask.typed("due").map(|_| ask.day("due", "作業の期限", "the day the work is due")).transpose()?;
    if due.is_some_and(|due| due < on) {
        return Err(Trouble::unfit(
            "作業の期限が、起きた日より前です",
            "the work is due before it happened",
            "期限を確かめてください",
            "look at the day it is due",
        ));
    }
    let found = impact(&shown.plan.plan, &cause, on)?;
    let opened = WorklistOpened {
        worklist: 0,
        cause: cause.to_string(),
        title: found.cause.ja.clone(),
        day: on,
        revision: shown.number,
        items: items(&found, due),
    };
    let entries = ask.house.desk.product(shown.id, &Command::OpenWorklist(opened), &ask.context(0)?)?;
    let Some(Event::WorklistOpened(opened)) = first(&entries) else { return Ok(Answer::go(&format!("/p/{}/impact", shown.id))) };
    Ok(Answer::go(&format!("/p/{}/impact/{}", shown.id, opened.worklist)))
}

/// One worklist.
///
/// # Errors
/// There is none.
pub fn one(ask: &Ask<'_>) -> Reply {
    let (id, product) = ask.product()?;
    let number = ask.number("worklist")?;
    let worklist = product.worklists.get(&number).ok_or_else(|| Trouble::unknown("この作業一覧", "such worklist"))?;
    let may = ask.may(Action::RecordRevision, Some(id)) && !ask.is_past() && worklist.closed.is_none();
    let head = product.lines.get(MAIN).map_or(0, |line| line.head);
    let base = format!("/p/{id}/impact/{number}");
    let open = worklist.items.iter().filter(|item| item.done.is_none()).count();
    let seen = worklist.last.sequence;
    let body = html! {
        p.answer {
            @if worklist.closed.is_some() { (ask.say("この作業は終わりました。", "This work has ended.")) }
            @else if open == 0 { (ask.say("すべて済みました。計画に署名を得て提出し、この一覧を終えてください。", "All is done: have the plan signed, hand it in, and end this list.")) }
            @else if ask.is_japanese() { "あと" (open) "件です。" } @else { (open) " items are open." }
        }
        (progress(ask, worklist))
        p.quiet { (day(ask, worklist.day)) "　" (ask.say("見た計画: 改訂", "looked at revision ")) (worklist.revision) }
        p.actions {
            @if may { a.button.second href={ "/p/" (id) "/edit" } { (ask.say("計画を編集する", "Edit the plan")) } }
            @if head != worklist.revision { a.button.second href=(ask.link(&format!("/p/{id}/difference?from={}&to={head}", worklist.revision))) { (ask.say("これまでの変更を見る", "What has changed so far")) } }
            a.button.second href=(ask.link(&format!("/p/{id}/versions/{head}"))) { (ask.say("現在の改訂", "The revision that stands")) (ask.say("（", " (")) (head) (ask.say("）", ")")) }
            a.button.second href={ (base) "/table" } { (ask.say("表をダウンロード（CSV）", "Download (CSV)")) }
        }
        div.wide tabindex="0" { table.full.cards {
            thead { tr {
                th scope="col" { (ask.say("作業", "Item")) } th scope="col" { (ask.say("担当", "Who")) } th scope="col" { (ask.say("期限", "By")) } th scope="col" { (ask.say("状況", "Stands")) }
            } }
            tbody { @for (n, item) in worklist.items.iter().enumerate() {
                tr id={ "item-" (n + 1) } {
                    th scope="row" { (item.name) div.small.quiet { (item.why) } }
                    td.short { (item.person.as_deref().map_or("—", |person| ask.name_of(person)))
                        @if may { (assignment(ask, &base, seen, item, n)) } }
                    td.day { @match item.due { Some(due) => (day(ask, due)), None => { span.quiet { "—" } } } }
                    td.wordy {
                        @match &item.done {
                            Some(done) => { span.state-met { (ask.say("済", "done")) } " " (ask.name_of(&done.person)) " " span.small { (ask.local(done.recorded)) } div.small { (done.remarks) } },
                            None => { @if item.due.is_some_and(|due| due < ask.as_of()) { span.state-overdue { (ask.say("超過", "overdue")) } } @else { span.state-due { (ask.say("未了", "open")) } } },
                        }
                        @if may { (settlement(ask, &base, seen, item, n, head)) }
                    }
                }
            } }
        } }
        @if may { (ending(ask, &base, seen, product)) }
    };
    Ok(frame::product_page(ask, &worklist.title, body))
}

fn assignment(ask: &Ask<'_>, base: &str, seen: u64, item: &operation::product::Item, n: usize) -> Markup {
    html! {
        details { summary.small { (ask.say("担当を決める", "assign")) }
            form method="post" action={ (base) "/assign" } {
                (hidden(ask, "assign", seen))
                input type="hidden" name="item" value=(item.item);
                label for={ "person-" (n) } { (ask.say("担当", "Who")) }
                select id={ "person-" (n) } name="person" {
                    option value="" { "—" }
                    @for (person, known) in readers(ask) { option value=(person) selected[item.person.as_ref() == Some(person)] { (known.name) } }
                }
                label for={ "due-" (n) } { (ask.say("期限", "By")) }
                input.short type="date" id={ "due-" (n) } name="due" value=(item.due.map_or_else(String::new, |due| due.to_string()));
                p.actions { button.second { (ask.say("決める", "Assign")) } }
            }
        }
    }
}

/// The people who can look at the work: nobody is given what they may not see.
fn readers<'a>(ask: &'a Ask<'_>) -> impl Iterator<Item = (&'a String, &'a operation::organisation::Person)> {
    let product = ask.part("product");
    ask.state.organisation.people.iter().filter(move |(person, _)| {
        let about = access::Subject { product: Some(product), owner: Some(person), ..access::Subject::default() };
        ask.present.organisation.role_for(person, Action::ReadPlan, &about).is_ok()
    })
}

fn settlement(ask: &Ask<'_>, base: &str, seen: u64, item: &operation::product::Item, n: usize, head: u32) -> Markup {
    let done = item.done.is_some();
    html! {
        details { summary.small { @if done { (ask.say("未了に戻す", "open it again")) } @else { (ask.say("済みとする", "say that it is done")) } }
            form method="post" action={ (base) "/settle" } {
                (hidden(ask, "settle", seen))
                input type="hidden" name="item" value=(item.item);
                input type="hidden" name="done" value=(if done { "no" } else { "yes" });
                input type="hidden" name="in-revision" value=(head);
                label for={ "remarks-" (n) } { @if done { (ask.say("理由", "Why")) } @else { (ask.say("したこと、又は変える必要がなかった理由", "What was done, or why nothing had to be")) } }
                textarea id={ "remarks-" (n) } name="remarks" rows="2" {}
                p.actions { button.second { (ask.say("記録する", "Record it")) } }
            }
        }
    }
}

fn ending(ask: &Ask<'_>, base: &str, seen: u64, product: &operation::product::Product) -> Markup {
    html! {
        h2 { (ask.say("この作業を終える", "End this work")) }
        form.stack method="post" action={ (base) "/close" } {
            (hidden(ask, "close", seen))
            label for="close-submission" { (ask.say("至った提出", "The submission it led to")) }
            select id="close-submission" name="submission" {
                @for (number, submission) in product.submissions.iter().rev() { option value=(number) { (ask.say("提出", "submission ")) (number) "　" (submission.day) } }
                option value="" { (ask.say("提出に至らなかった、又は取りやめる（理由を書く）", "none, or given up: say why")) }
            }
            (field(ask, "close", "reason", ask.say("理由（提出に至らなかったとき）", "Why, if there was none"), "", ""))
            p.actions { button { (ask.say("終える", "End it")) } }
        }
    }
}

/// The list as a table.
///
/// # Errors
/// There is none.
pub fn table(ask: &Ask<'_>) -> Reply {
    let (id, product) = ask.product()?;
    let number = ask.number("worklist")?;
    let worklist = product.worklists.get(&number).ok_or_else(|| Trouble::unknown("この作業一覧", "such worklist"))?;
    let mut csv = crate::record::csv::Csv::new(ask.house.simulated);
    csv.row(&["item", "name", "why", "person", "due", "done", "remarks"]);
    for item in &worklist.items {
        let due = item.due.map_or_else(String::new, |due| due.to_string());
        let person = item.person.as_deref().map_or("", |person| ask.name_of(person));
        let done = item.done.as_ref().map_or_else(String::new, |done| ask.local(done.recorded));
        csv.row(&[&item.item, &item.name, &item.why, person, &due, &done, item.done.as_ref().map_or("", |done| &done.remarks)]);
    }
    Ok(Answer::file(&format!("{id}-worklist-{number}.csv"), "text/csv; charset=utf-8", csv.bytes()))
}
