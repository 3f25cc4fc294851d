//! Queries, locks, signatures and the judgement of serious events.

use access::Action;
use jiff::ToSpan;
use maud::{Markup, html};
use survey::view::events;
use survey::{Command, Form, FormKey, Query};

use super::{Run, run, say};
use crate::answer::{Answer, Reply, Trouble};
use crate::ask::Ask;
use crate::look::bits::{area, empty, hidden};
use crate::look::frame;
use crate::page::account::proved;

/// Queries that are not closed, oldest first, and what is to be judged.
///
/// # Errors
/// There is no such survey, or it may not be seen.
pub fn page(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    let state = run.visible(ask);
    let open: Vec<_> = state.queries.iter().filter(|(_, query)| query.closed.is_none()).collect();
    let closed = state.queries.len() - open.len();
    let serious: Vec<_> = events(&run.design, &state).filter(|event| event.serious && event.form.triage.is_none()).collect();
    let closes = run.may(ask, Action::CloseQuery, None);
    let answered: Vec<_> = open.iter().filter(|(_, query)| query.answered.is_some()).collect();
    let body = html! {
        p { a href=(ask.link(&run.link(""))) { (say(ask, &run.design.name)) } }
        p.answer { @if ask.is_japanese() { "完了していない再調査 " (open.len()) " 件（うち回答あり " (answered.len()) " 件）。完了したもの " (closed) " 件。" }
            @else { (open.len()) " queries open, " (answered.len()) " of them answered; " (closed) " closed." } }
        @if !serious.is_empty() && run.may(ask, Action::TriageCase, None) {
            h2 #triage { (ask.say("判断を待つ重篤な有害事象", "Serious adverse events to be judged")) }
            ul { @for event in &serious { li {
                a href=(ask.link(&run.link(&format!("/patients/{}/forms/{}?visit={}&turn={}", event.number, event.key.form, event.key.visit, event.key.turn)))) { (ask.say("症例 ", "patient ")) (event.number) "　" (event.term) }
                (clocks(ask, event.form))
            } } }
        }
        @if closes && !answered.is_empty() {
            form.actions method="post" action=(run.link("/queries")) {
                (hidden(ask, "close-all", run.seen()))
                @for (number, _) in &answered { input type="hidden" name="query" value=(number); }
                input type="hidden" name="text" value=(ask.say("回答を確認した", "the answer was looked at"));
                button.second { @if ask.is_japanese() { "回答のあった " (answered.len()) " 件を完了とする" } @else { "Close the " (answered.len()) " that were answered" } }
            }
        }
        @if open.is_empty() { (empty(ask.say("調査票が再調査基準を満たさないとき、又は確かめたいことがあるとき、ここに並びます。", "What does not meet an edit check, or is asked by a person, stands here."))) }
        @for (number, query) in &open { (told(ask, &run, **number, query)) }
    };
    Ok(frame::product_page(ask, ask.say("再調査", "Queries"), body))
}

/// A query with its answer, and the form to go on with it.
pub(super) fn told(ask: &Ask<'_>, run: &Run<'_>, number: u32, query: &Query) -> Markup {
    let site = run.state.patients.get(&query.patient).and_then(|patient| run.state.sites.get(&patient.site));
    let form = run.design.form(&query.key.form);
    let item = query.item.as_deref().and_then(|item| form?.item(item)).map(|item| say(ask, &item.name));
    let days = ask.today().since(query.raised.timestamp().to_zoned(ask.house.zone()).date()).map_or(0, |span| span.get_days());
    let open = query.closed.is_none();
    html! {
        div class=(if open { "note due" } else { "note met" }) id={ "query-" (number) } {
            p { strong { (ask.say("再調査 ", "Query ")) (number) } "　"
                a href=(ask.link(&run.link(&format!("/patients/{}/forms/{}?visit={}&turn={}", query.patient, query.key.form, query.key.visit, query.key.turn)))) { (ask.say("症例 ", "patient ")) (query.patient) "　" (form.map_or(query.key.form.as_str(), |form| say(ask, &form.name))) }
                @if let Some(item) = item { "　" (item) }
                @if let Some((check, version)) = &query.check { "　" span.tag { (check) " v" (version) } }
                "　" span.quiet { (ask.local(query.raised)) @if open { @if ask.is_japanese() { "（" (days) "日）" } @else { " (" (days) " days)" } } } }
            p { (query.text) }
            @if let Some((text, when)) = &query.answered { p { strong { (ask.say("回答: ", "Answer: ")) } (text) "　" span.quiet { (ask.local(*when)) } } }
            @if let Some((text, when)) = &query.closed { p { span.state-met { (ask.say("完了", "closed")) } " " (text) "　" span.quiet { (ask.local(*when)) } } }
            @if open && run.may(ask, Action::AnswerQuery, site) {
                details { summary { (ask.say("回答する", "Answer")) } form.stack method="post" action=(run.link("/queries")) {
                    (hidden(ask, &format!("answer-{number}"), query.last.sequence)) input type="hidden" name="query" value=(number);
                    (area(ask, &format!("answer-{number}"), "text", ask.say("回答", "Answer"), ask.say("値を直すときは、調査票を直して送ってください。基準を満たせば自動で完了します。", "To mend a value, mend the form and send it: a check that then holds closes its query."), 2))
                    p.actions { button.second { (ask.say("回答を送る", "Send the answer")) } } } }
            }
            @if open && run.may(ask, Action::CloseQuery, None) {
                details { summary { (ask.say("完了とする", "Close")) } form.stack method="post" action=(run.link("/queries")) {
                    (hidden(ask, &format!("close-{number}"), query.last.sequence)) input type="hidden" name="query" value=(number);
                    (area(ask, &format!("close-{number}"), "text", ask.say("完了とする理由", "Why it is closed"), "", 2))
                    p.actions { button.second { (ask.say("完了とする", "Close it")) } } } }
            }
        }
    }
}

/// The clocks that would run if a reaction is suspected: days from receipt (施行規則228条の20第1項1号).
pub(super) fn clocks(ask: &Ask<'_>, form: &Form) -> Markup {
    let zero = form.received.timestamp().to_zoned(ask.house.zone()).date();
    let day = |days: i64| zero.checked_add(days.days()).map_or_else(|_| String::new(), |day| day.to_string());
    html! { p.small { (ask.say("副作用が疑われる場合の報告期限: 15日 → ", "If a reaction is suspected, due in 15 days: ")) strong { (day(15)) } (ask.say("、30日 → ", ", in 30 days: ")) strong { (day(30)) }
    (ask.say("（施行規則228条の20第1項1号。起算日は判断のときに確かめる）", " (Ordinance, article 228-20(1)(i); day 0 is confirmed when it is judged)")) } }
}

/// Raises, answers, closes, locks, unlocks, signs, judges.
///
/// # Errors
/// It is refused.
pub fn act(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    let about = || -> Result<(u32, FormKey), Trouble> {
        let (patient, turn) = (ask.number("patient")?, ask.number("turn")?);
        if run.state.patients.get(&patient).is_none_or(|known| !run.sees(ask, known.site)) {
            return Err(Trouble::unknown("この症例", "such patient"));
        }
        Ok((patient, FormKey { visit: ask.field("visit").to_owned(), turn, form: ask.field("key-form").to_owned() }))
    };
    let queries = || -> Result<Vec<u32>, Trouble> {
        let all = ask.form.iter().filter(|(name, _)| name == "query").map(|(_, value)| value.parse::<u32>());
        all.collect::<Result<_, _>>().map_err(|_| Trouble::unknown("この再調査", "such query"))
    };
    let text = ask.field("text").to_owned();
    let form = ask.field("form").split('-').next().unwrap_or_default();
    let (command, back) = match form {
        "query" => {
            let (patient, key) = about()?;
            let item = ask.typed("item").map(str::to_owned);
            let back = link(&run, patient, &key);
            (Command::Query { about: vec![(patient, key, item)], text }, back)
        }
        "answer" => {
            let query = ask.number("query")?;
            (Command::Answer { query, text }, run.link(&format!("/queries#query-{query}")))
        }
        "close" => (Command::Close { queries: queries()?, text }, run.link("/queries")),
        "lock" | "unlock" => {
            let (patient, key) = about()?;
            let back = link(&run, patient, &key);
            (if form == "lock" { Command::Lock(vec![(patient, key)]) } else { Command::Unlock(vec![(patient, key)]) }, back)
        }
        "sign" => {
            let (patient, key) = about()?;
            let back = link(&run, patient, &key);
            (Command::Sign { patient, key, name: String::new() }, back)
        }
        "triage" => {
            let (patient, key) = about()?;
            let back = link(&run, patient, &key);
            let (suspected, unexpected) = (ask.field("suspected") == "yes", ask.field("unexpected") == "yes");
            (Command::Triage { patient, key, suspected, unexpected, remarks: ask.field("remarks").to_owned() }, back)
        }
        _ => return Err(Trouble::unknown("この操作", "such action")),
    };
    if form == "sign" {
        // who signs proves who they are
        let command = operation::product::Command::Survey { design: std::sync::Arc::clone(&run.design), revision: run.revision, command };
        ask.house.desk.product(run.id, &command, &proved(ask)?)?;
    } else {
        run.act(ask, command)?;
    }
    Ok(Answer::go(&back))
}

fn link(run: &Run<'_>, patient: u32, key: &FormKey) -> String {
    run.link(&format!("/patients/{patient}/forms/{}?visit={}&turn={}", key.form, key.visit, key.turn))
}
