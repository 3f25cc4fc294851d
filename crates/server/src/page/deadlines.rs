//! Deadlines: list, month, picture, feed. They are met by a receipt, never by a tick.

use std::collections::BTreeMap;
use std::sync::Arc;

use access::Action;
use calendar::Date;
use diagnostic::Problem;
use document::agenda::{agenda, pictures};
use maud::{Markup, html};
use operation::deadline::{Deadline, Status, unmatched};
use operation::product::Product;

use crate::answer::{Answer, Reply};
use crate::ask::Ask;
use crate::look::bits::{day, day_field, empty, field, hidden, picture, standing, weekday};
use crate::look::frame;
use crate::record::due;

/// A deadline with its product.
#[derive(Clone, Copy)]
struct Of<'a> {
    product: &'a str,
    name: &'a str,
    deadline: &'a Deadline,
}

fn due_of(ask: &Ask<'_>, product: &Product) -> Result<Arc<Vec<Deadline>>, Problem> {
    due::of(ask.house, product, &ask.state.organisation.rhythms, ask.as_of())
}

fn of_product<'a>(ask: &'a Ask<'_>, product: &'a str, all: &'a [Deadline]) -> impl Iterator<Item = Of<'a>> {
    let name = ask.state.organisation.products.get(product).map_or("", String::as_str);
    all.iter().map(move |deadline| Of { product, name, deadline })
}

/// Deadlines of every product the person may read.
///
/// # Errors
/// The journal cannot be read.
pub fn everywhere(ask: &Ask<'_>) -> Reply {
    let mut found = Vec::new();
    for (id, product) in &ask.state.products {
        if ask.may(Action::ReadPlan, Some(id)) {
            found.push((id, due_of(ask, product)?));
        }
    }
    let mut all: Vec<_> = found.iter().flat_map(|(id, due)| of_product(ask, id, due)).collect();
    all.sort_by_key(|one| one.deadline.last_day().unwrap_or(Date::MAX));
    let view = ask.query("view").unwrap_or("list");
    let body = html! {
        (answer(ask, &all))
        (views(ask, view, &[]))
        @if view == "month" { (month(ask, &all)) } @else { (list(ask, &all, true)) }
        (subscribe(ask, "/api/v1/deadlines.ics"))
    };
    Ok(frame::page(ask, ask.say("期限", "Deadlines"), body))
}

/// Deadlines of one product.
///
/// # Errors
/// There is no such product, or the journal cannot be read.
pub fn page(ask: &Ask<'_>) -> Reply {
    let (id, product) = ask.product()?;
    let due = due_of(ask, product)?;
    let all: Vec<_> = of_product(ask, id, &due).collect();
    let view = ask.query("view").unwrap_or("list");
    let one = ask.query("id").or_else(|| ask.typed("obligation")).and_then(|wanted| all.iter().find(|one| one.deadline.id == wanted));
    let body = html! {
        (answer(ask, &all))
        (views(ask, view, &[("gantt", ask.say("図", "Picture"))]))
        @if let Some(one) = one { (explained(ask, product, one.deadline)) }
        @match view {
            "month" => (month(ask, &all)),
            "gantt" => (gantt(ask, product)?),
            _ => (list(ask, &all, false)),
        }
        (nowhere(ask, product, &due))
        (subscribe(ask, &format!("/api/v1/products/{id}/deadlines.ics")))
        p.actions {
            a.button.second href={ "/p/" (id) "/deadlines.ics" } { (ask.say("予定表に取り込む（iCalendar）", "For your calendar (iCalendar)")) }
            a.button.second href={ "/p/" (id) "/deadlines.csv" } { (ask.say("表をダウンロード（CSV）", "Download the table (CSV)")) }
        }
    };
    Ok(frame::product_page(ask, ask.say("期限", "Deadlines"), body))
}

/// How a program for calendars follows the deadlines. No secret stands in an address: the token is its password.
fn subscribe(ask: &Ask<'_>, path: &str) -> Markup {
    html! {
        details {
            summary { (ask.say("予定表のプログラムで購読する", "Follow it in your calendar")) }
            p { (ask.say("アドレス: ", "Address: ")) code { (ask.house.address) (path) } }
            p { (ask.say("利用者名は何でもよく、パスワードには、範囲「計画・期限を読む」を持つトークンを入れます。", "Any name will do; the password is a token with the scope to read plans and deadlines.")) " "
                a href="/account#tokens" { (ask.say("トークンを作る", "Make a token")) } }
        }
    }
}

fn answer(ask: &Ask<'_>, all: &[Of<'_>]) -> Markup {
    let late = all.iter().filter(|one| matches!(one.deadline.status, Status::Overdue { .. })).count();
    let soon = all
        .iter()
        .filter(|one| matches!(one.deadline.status, Status::Open { .. }) && one.deadline.warn.is_some_and(|warn| warn <= ask.as_of()))
        .count();
    html! {
        p.answer {
            @if late > 0 { span.state-overdue { @if ask.is_japanese() { "期限を過ぎたものが" (late) "件あります。" } @else { (late) " overdue." } } " " }
            @else { span.state-met { (ask.say("期限を過ぎたものはありません。", "Nothing is overdue.")) } " " }
            @if soon > 0 { @if ask.is_japanese() { "準備を始める時期のものが" (soon) "件あります。" } @else { (soon) " to be prepared now." } }
        }
    }
}

fn views(ask: &Ask<'_>, view: &str, more: &[(&str, &str)]) -> Markup {
    let all = [&[("list", ask.say("一覧", "List")), ("month", ask.say("月", "Month"))][..], more].concat();
    html! { nav.of-product aria-label=(ask.say("見方", "View")) { @for (name, words) in all {
        a href=(ask.link(&format!("{}?view={name}", ask.path))) aria-current=[(name == view).then_some("true")] { (words) }
    } } }
}

fn list(ask: &Ask<'_>, all: &[Of<'_>], with_product: bool) -> Markup {
    let of = |holds: fn(&Status) -> bool| all.iter().filter(move |one| holds(&one.deadline.status)).collect::<Vec<_>>();
    let groups = [
        ("overdue", ask.say("期限超過", "Overdue"), of(|status| matches!(status, Status::Overdue { .. }))),
        ("ahead", ask.say("これから", "Ahead"), of(|status| matches!(status, Status::Open { .. }))),
        ("unknown", ask.say("日が未定", "No day yet"), of(|status| matches!(status, Status::Unknown { .. }))),
        ("done", ask.say("済んだもの", "Done"), of(|status| matches!(status, Status::Met(_)))),
        (
            "unrecorded",
            ask.say("受領の記録がないもの（記録を始める前）", "Before the record began"),
            of(|status| matches!(status, Status::Unrecorded)),
        ),
    ];
    html! {
        @if all.is_empty() { (empty(ask.say("計画が記録されると、定期報告・節目・報告書の期限がここに並びます。", "Once a plan is recorded, its reports and milestones stand here."))) }
        @for (name, title, group) in groups {
            // what is done of all products grows for ever, and nobody comes here for it
            @if with_product && ["done", "unrecorded"].contains(&name) && group.len() > 12 && ask.query("group") != Some(name) {
                h2 { (title) " (" (group.len()) ")" }
                p { a href=(ask.link(&format!("/deadlines?group={name}"))) { (ask.say("一覧を表示する", "List them")) } }
            } @else if !group.is_empty() {
                @let closed = group.len() > 12 && matches!(group[0].deadline.status, Status::Met(_) | Status::Unrecorded | Status::Unknown { .. });
                h2 { (title) " (" (group.len()) ")" }
                details open[!closed] { summary.small { (ask.say("一覧", "list")) }
                div.wide tabindex="0" { table.full.cards {
                    thead { tr {
                        th scope="col" { (ask.say("期限", "Due")) } th scope="col" { (ask.say("もの", "What")) }
                        @if with_product { th scope="col" { (ask.say("製品", "Product")) } }
                        th scope="col" { (ask.say("対象", "Of")) } th scope="col" { (ask.say("状況", "Stands")) } th scope="col" { (ask.say("性質", "Weight")) }
                    } }
                    tbody { @for one in group {
                        @let deadline = one.deadline;
                        tr data-row="" {
                            td.day { @match deadline.last_day() { Some(on) => (day(ask, on)), None => { span.quiet { "—" } } } }
                            td { a href=(ask.link(&to(one.product, &deadline.id))) { (ask.words(&deadline.title)) } }
                            @if with_product { td { (one.name) } }
                            td { (ask.words(&deadline.subject)) }
                            td { (standing(ask, deadline, ask.as_of())) }
                            td.small { (ask.pair(deadline.weight.words())) @if deadline.rule.unverified { " " span.tag { (ask.say("規則は未確認", "rule unverified")) } } }
                        }
                    } }
                } } }
            }
        }
    }
}

fn to(product: &str, id: &str) -> String {
    format!("/p/{product}/deadlines?id={}#one", form_urlencoded::byte_serialize(id.as_bytes()).collect::<String>())
}

/// A deadline with each step of its computation, and where its receipt is recorded.
fn explained(ask: &Ask<'_>, product: &Product, deadline: &Deadline) -> Markup {
    let receipt = product.receipts.get(&deadline.id);
    let id = ask.part("product");
    html! {
        section.note id="one" {
            h2 { (ask.words(&deadline.title)) }
            dl.facts {
                dt { (ask.say("対象", "Of")) } dd { (ask.words(&deadline.subject)) }
                @if let Some((first, last)) = deadline.period { dt { (ask.say("報告の対象期間", "Reports on")) } dd { (weekday(ask, first)) " – " (weekday(ask, last)) } }
                @if let Some(on) = deadline.last_day() { dt { (ask.say("期限", "Due")) } dd { strong { (weekday(ask, on)) } } }
                dt { (ask.say("状況", "Stands")) } dd { (standing(ask, deadline, ask.as_of()))
                    @if let Status::Unknown { missing } = &deadline.status { " " (ask.say("不明な事実：", "missing: ")) (ask.words(missing)) } }
                @if let Some(receipt) = receipt { dt { (ask.say("受領の記録", "Recorded")) } dd { (ask.name_of(&receipt.last.actor)) "　" (ask.local(receipt.last.recorded)) "　"
                    a href=(ask.link(&format!("/p/{id}/trail?entry={}#entry-{}", receipt.last.sequence, receipt.last.sequence))) { (ask.say("記録", "entry ")) (receipt.last.sequence) } } }
                @if let Some(warn) = deadline.warn { dt { (ask.say("準備を始める日", "Prepare from")) } dd { (weekday(ask, warn)) } }
                dt { (ask.say("性質", "Weight")) } dd { (ask.pair(deadline.weight.words())) }
                dt { (ask.say("規則", "Rule")) } dd { (ask.words(&deadline.rule.source)) @if deadline.rule.unverified { " " span.tag.warning { (ask.say("未確認", "unverified")) } } }
            }
            @if !deadline.steps.is_empty() {
                h3 { (ask.say("計算", "How the day was found")) }
                ol { @for step in &deadline.steps { li {
                    (ask.words(&step.what)) @if let Some(on) = step.day { " → " strong { (weekday(ask, on)) } }
                    @if let Some(basis) = &step.basis { div.small.quiet { (ask.words(basis)) } }
                } } }
            }
            @for remark in &deadline.remarks { p.small { (ask.words(remark)) } }
            @for with in &deadline.with { p.small { (ask.say("あわせて見直すもの: ", "Looked at with it: ")) (ask.words(with)) } }
            @if ask.may(Action::RecordReceipt, Some(id)) && !ask.is_past() && (receipt.is_some() || !matches!(deadline.status, Status::Met(_))) {
                h3 { @if receipt.is_some() { (ask.say("受領を訂正する", "Correct the receipt")) } @else { (ask.say("受領を記録する", "Record the receipt")) } }
                form.stack method="post" action={ "/p/" (id) "/deadlines" } {
                    (hidden(ask, "meet", receipt.map_or(product.sequence, |receipt| receipt.last.sequence)))
                    input type="hidden" name="obligation" value=(deadline.id);
                    (day_field(ask, "meet", "day", ask.say("受領された日、又は済んだ日", "The day it was received, or done"), ""))
                    @let hint = if deadline.kind.is_handed_in() { ask.say("提出の控えにある番号。これがないと履行になりません。", "The number on the receipt; without it nothing is met.") } else { ask.say("あれば記入してください。", "If there is one.") };
                    (field(ask, "meet", "receipt", ask.say("受付番号", "Number of the receipt"), hint, ""))
                    @if receipt.is_some() { (field(ask, "meet", "reason", ask.say("訂正の理由", "Why it is corrected"), "", "")) }
                    p.actions { button { (ask.say("記録する", "Record it")) } }
                }
            }
        }
    }
}

fn month(ask: &Ask<'_>, all: &[Of<'_>]) -> Markup {
    let today = ask.as_of();
    let asked = ask.query("month").and_then(|month| format!("{month}-01").parse::<Date>().ok());
    let first = asked.unwrap_or(today).first_of_month();
    let before = first.yesterday().map_or(first, |day| day.first_of_month());
    let after = first.last_of_month().tomorrow().unwrap_or(first);
    let offset = i64::from(first.weekday().to_monday_zero_offset());
    let start = first.checked_sub(jiff::ToSpan::days(offset)).unwrap_or(first);
    let link = |day: Date| ask.link(&format!("{}?view=month&month={}", ask.path, day.strftime("%Y-%m")));
    let several = ask.part("product").is_empty();
    let mut of_day: BTreeMap<Date, Vec<&Of<'_>>> = BTreeMap::new();
    for one in all.iter().filter(|one| !matches!(one.deadline.status, Status::Unrecorded)) {
        if let Some(day) = one.deadline.last_day() {
            of_day.entry(day).or_default().push(one);
        }
    }
    let names = if ask.is_japanese() {
        ["月", "火", "水", "木", "金", "土", "日"]
    } else {
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    };
    html! {
        h2 { (first.strftime(if ask.is_japanese() { "%Y年%-m月" } else { "%B %Y" }).to_string()) }
        p.actions { a.button.second href=(link(before)) { (ask.say("前の月", "Previous")) } a.button.second href=(link(after)) { (ask.say("次の月", "Next")) } }
        div.wide tabindex="0" { table.month {
            thead { tr { @for name in names { th scope="col" { (name) } } } }
            tbody { @for week in 0..6_i64 { tr { @for weekday in 0..7_i64 {
                @let on = start.checked_add(jiff::ToSpan::days(week * 7 + weekday)).unwrap_or(start);
                @let closed = calendar::is_closed(on);
                td class={ @if on.first_of_month() != first { "other " } @if on == today { "today" } } {
                    span class=[closed.then_some("closed")] { (on.day()) }
                    @if let Some(name) = calendar::holiday(on) { " " span.small.quiet { (name) } }
                    @for one in of_day.get(&on).into_iter().flatten() {
                        a href=(ask.link(&to(one.product, &one.deadline.id))) class=(if matches!(one.deadline.status, Status::Overdue { .. }) { "state-overdue" } else { "" }) { @if several { (one.name) "：" } (ask.words(&one.deadline.title)) }
                    }
                }
            } } } }
        } }
    }
}

fn gantt(ask: &Ask<'_>, product: &Product) -> Result<Markup, Problem> {
    let Some((number, revision)) = crate::record::revise::head(product, operation::product::MAIN) else { return Ok(html! {}) };
    let plan = ask.house.compiled(number, revision, ask.as_of())?;
    let agenda = agenda(&plan.plan, ask.as_of());
    Ok(html! {
        h2 { (ask.say("計画の期間", "The periods of the plan")) }
        @for drawn in pictures(&agenda, ask.as_of()) {
            figure { (picture(&drawn.svg)) figcaption.small.quiet { (drawn.alternative) } }
        }
    })
}

/// Receipts that meet nothing that is due: none is lost when a day of the plan moves.
fn nowhere(ask: &Ask<'_>, product: &Product, due: &[Deadline]) -> Markup {
    let record = operation::deadline::Record::of(product, &|_| Vec::new());
    let left: Vec<_> = unmatched(&record, due);
    html! {
        @if !left.is_empty() {
            h2 { (ask.say("どの期限にも当たらない受領", "Receipts that meet nothing that is due")) }
            ul { @for receipt in left { li { (weekday(ask, receipt.on)) "　" (receipt.obligation) "　" (receipt.number) } } }
        }
    }
}

/// The deadlines for calendars of people.
///
/// # Errors
/// There is no such product.
pub fn feed(ask: &Ask<'_>) -> Reply {
    let (id, product) = ask.product()?;
    let all = due_of(ask, product)?;
    let name = ask.state.organisation.products.get(id).map_or(id, String::as_str);
    let name = if ask.house.simulated { format!("{name}（{}）", crate::record::documents::SIMULATED) } else { name.to_owned() };
    let text = due::calendar(&name, ask.as_of(), &all, ask.language);
    Ok(Answer::file(&format!("{id}.ics"), "text/calendar; charset=utf-8", text.into_bytes()))
}

/// The deadlines of every product that the person may read, for their calendar.
///
/// # Errors
/// The journal cannot be read.
pub fn feed_of_all(ask: &Ask<'_>) -> Reply {
    let mut all = Vec::new();
    for (id, name) in &ask.state.organisation.products {
        let Some(product) = ask.state.products.get(id).filter(|_| ask.may(Action::ReadPlan, Some(id))) else { continue };
        all.extend(due_of(ask, product)?.iter().map(|deadline| {
            let subject = diagnostic::Words::new(format!("{name}　{}", deadline.subject.ja), format!("{name}, {}", deadline.subject.en));
            Deadline { id: format!("{id}/{}", deadline.id), subject, ..deadline.clone() }
        }));
    }
    let name = &ask.state.organisation.name;
    let name = if ask.house.simulated { format!("{name}（{}）", crate::record::documents::SIMULATED) } else { name.clone() };
    let text = due::calendar(&name, ask.as_of(), &all, ask.language);
    Ok(Answer::file("deadlines.ics", "text/calendar; charset=utf-8", text.into_bytes()))
}

/// The deadlines as a table.
///
/// # Errors
/// There is no such product.
pub fn table(ask: &Ask<'_>) -> Reply {
    let (id, product) = ask.product()?;
    let all = due_of(ask, product)?;
    let mut csv = crate::record::csv::Csv::new(ask.house.simulated);
    csv.row(&["id", "due", "title", "subject", "state", "standing", "weight", "rule"]);
    for deadline in all.iter() {
        let due = deadline.last_day().map_or_else(String::new, |day| day.to_string());
        let words = deadline.status.words();
        csv.row(&[
            &deadline.id,
            &due,
            ask.words(&deadline.title),
            ask.words(&deadline.subject),
            deadline.status.id(),
            ask.words(&words),
            deadline.weight.id(),
            ask.words(&deadline.rule.source),
        ]);
    }
    Ok(Answer::file(&format!("{id}-deadlines.csv"), "text/csv; charset=utf-8", csv.bytes()))
}
