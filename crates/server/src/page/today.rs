//! Today: what needs this person now, by date; how each product stands, in a sentence.

use access::Action;
use maud::html;

use crate::answer::Reply;
use crate::ask::Ask;
use crate::look::bits::{day, empty, standing};
use crate::look::frame;
use crate::record::{needs, sentence};

/// The page.
///
/// # Errors
/// The journal cannot be read.
pub fn page(ask: &Ask<'_>) -> Reply {
    let needs = needs::of(ask)?;
    let products: Vec<_> = ask.state.organisation.products.iter().filter(|(id, _)| ask.may(Action::ReadPlan, Some(id))).collect();
    let late = needs.iter().filter(|need| need.day.is_some_and(|day| day < ask.as_of())).count();
    let answer = match (needs.len(), late, ask.is_japanese()) {
        (0, _, true) => "今、あなたを待っているものはありません。".to_owned(),
        (0, _, false) => "Nothing is waiting for you.".to_owned(),
        (n, 0, true) => format!("あなたを待っているものが{n}件あります。"),
        (n, 0, false) => format!("{n} thing{} waiting for you.", if n == 1 { " is" } else { "s are" }),
        (n, late, true) => format!("あなたを待っているものが{n}件あり、うち{late}件は期限を過ぎています。"),
        (n, late, false) => format!("{n} thing{} waiting for you, {late} of them overdue.", if n == 1 { " is" } else { "s are" }),
    };
    let held = ask.state.organisation.people.get(ask.person()).is_some_and(|person| !person.holdings.is_empty());
    let surveys = super::survey::table_of_all(ask)?;
    let body = html! {
        p.answer { (answer) }
        @if !held {
            div.note.due { p { (ask.say("まだ役割が付与されていません。システム管理者に依頼してください。", "You hold no role yet: ask an administrator.")) } }
        }
        @if held && products.is_empty() && ask.may(Action::RegisterPerson, None) && ask.state.organisation.people.len() < 2 {
            div.note { p { (ask.say("まず、一緒に使う人を登録して招待してください。計画の取り込みは、安全管理責任者か安全管理実施責任者が行います。", "First make the others known and invite them. Plans are imported by a safety manager or officer.")) }
                p.actions { a.button href="/administration/people" { (ask.say("利用者を登録する", "Register people")) } } }
        }
        @if !needs.is_empty() {
            div.wide tabindex="0" { table.full.cards {
                thead { tr {
                    th scope="col" { (ask.say("期限", "By")) }
                    th scope="col" { (ask.say("すること", "What")) }
                    th scope="col" { (ask.say("製品", "Product")) }
                    th scope="col" { (ask.say("状況", "Stands")) }
                } }
                tbody { @for need in &needs { tr data-row="" {
                    td.day { @match need.day { Some(by) => (day(ask, by)), None => { span.quiet { (ask.say("すぐに", "soon")) } } } }
                    td { a href=(ask.link(&need.link)) { (ask.words(&need.what)) } }
                    td { (ask.state.organisation.products.get(&need.product).map_or("", String::as_str)) }
                    td { @match &need.standing {
                        Some(deadline) => (standing(ask, deadline, ask.as_of())),
                        None if need.day.is_some_and(|day| day < ask.as_of()) => { span.state-overdue { (ask.say("超過", "overdue")) } }
                        None => { span.state-due { (ask.say("未了", "open")) } }
                    } }
                } } }
            } }
        }
        (surveys)
        @if !products.is_empty() || surveys.0.is_empty() { h2 { (ask.say("製品", "Products")) } }
        @if products.is_empty() && !surveys.0.is_empty() {}
        @else if products.is_empty() {
            @if ask.may(Action::RecordRevision, None) {
                (empty(ask.say("公表された計画書（PDF・Word）を取り込むと、計画・指摘・文書・期限がここに並びます。", "Import your published plan (PDF or Word): plan, findings, documents and deadlines will stand here.")))
                p.actions { a.button href="/import" { (ask.say("計画書を取り込む", "Import a plan")) } }
            } @else {
                (empty(ask.say("あなたの役割で閲覧できる製品や調査は、まだありません。", "There is no product and no survey that your roles may read.")))
            }
        } @else {
            div.wide tabindex="0" { table.full.cards {
                thead { tr { th scope="col" { (ask.say("製品", "Product")) } th scope="col" { (ask.say("現在の状態", "How it stands")) } } }
                tbody { @for (id, name) in products { tr data-row="" {
                    th scope="row" { a href=(ask.link(&format!("/p/{id}"))) { (name) } }
                    td { (sentence::of_product(ask, id)) }
                } } }
            } }
        }
    };
    Ok(frame::page(ask, ask.say("今日", "Today"), body))
}
