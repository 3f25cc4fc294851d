//! A patient: the visits and forms, and what is decided about the patient.

use access::Action;
use maud::html;
use survey::schedule::Standing;
use survey::view::row;
use survey::{Command, FormKey};

use super::{run, say};
use crate::answer::{Answer, Reply};
use crate::ask::Ask;
use crate::look::bits::{day, field, hidden};
use crate::look::frame;

/// The page of a patient.
///
/// # Errors
/// There is no such patient here.
pub fn page(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    let (number, patient, site) = run.patient(ask)?;
    let row = row(&run.design, run.state, number, ask.as_of());
    let enters = run.may(ask, Action::EnterForm, Some(site)) || run.may(ask, Action::TranscribeForm, Some(site));
    let link = |key: &FormKey| ask.link(&run.link(&format!("/patients/{number}/forms/{}?visit={}&turn={}", key.form, key.visit, key.turn)));
    let body = html! {
        p { a href=(ask.link(&run.link(""))) { (say(ask, &run.design.name)) } }
        @if ask.query("registered").is_some() { div.note.met role="status" { p { @if ask.is_japanese() { "登録しました。番号は " strong { "症例 " (number) } " です。施設の対応表に控えてください。" } @else { "Registered as " strong { "patient " (number) } ": note it in the list of your institution." } } } }
        dl.facts {
            dt { (ask.say("施設", "Site")) } dd { (run.site_name(ask, site)) }
            dt { (ask.say("登録日", "Registered")) } dd { (day(ask, patient.registered))
                @if let Some((days, why)) = &patient.late { " " span.tag.warning { @if ask.is_japanese() { "期限を" (days) "日超過" } @else { (days) " days late" } } " " (why) }
                @if patient.paper { " " span.tag { (ask.say("紙で受領", "on paper")) } } }
            dt { (ask.say("初回投与日", "First dose")) } dd { (day(ask, patient.first_dose)) }
            dt { (ask.say("生年・性別", "Born, sex")) } dd { (patient.birth_year) "　" (ask.pair(patient.sex.words())) }
            @for (population, exclusion) in &patient.excluded { dt { (ask.say("除外", "Left out")) } dd { (population) "：" (exclusion.reason) "　" (ask.name_of(&exclusion.actor)) "　" (ask.local(exclusion.recorded)) } }
        }
        h2 { (ask.say("調査票", "Forms")) }
        div.wide tabindex="0" { table.full.cards {
            thead { tr {
                th scope="col" { (ask.say("時点", "Visit")) } th scope="col" { (ask.say("調査票", "Form")) } th scope="col" { (ask.say("予定日", "Day")) }
                th scope="col" { (ask.say("送信期限", "Due")) } th scope="col" { (ask.say("状況", "Stands")) }
            } }
            tbody { @for cell in row.iter().flat_map(|row| &row.cells) { tr data-row="" {
                @let visit = run.design.visit(&cell.key.visit);
                td { @match visit { Some(visit) => { (say(ask, &visit.name)) @if visit.every.is_some() { " " (cell.key.turn) } }, None => { (ask.say("随時", "at need")) " " (cell.key.turn) } } }
                th scope="row" { a href=(link(&cell.key)) { (run.design.form(&cell.key.form).map_or(cell.key.form.as_str(), |form| say(ask, &form.name))) } }
                td.day { (super::home::day_or_line(ask, cell.expected.as_ref().map(|expected| expected.day))) }
                td.day { (super::home::day_or_line(ask, cell.expected.as_ref().map(|expected| expected.due))) }
                td { span class=(match cell.standing { Standing::Overdue => "state-overdue", Standing::Sent | Standing::Signed | Standing::Locked => "state-met", Standing::Queried => "state-soon", _ => "state-due" }) { (ask.pair(cell.standing.words())) } }
            } } }
        } }
        @if enters { p.actions { @for form in run.design.forms.iter().filter(|form| form.repeats) {
            @let next = patient.forms.keys().filter(|key| key.form == form.id).map(|key| key.turn).max().unwrap_or(0) + 1;
            a.button.second href=(link(&FormKey { visit: String::new(), turn: next, form: form.id.clone() })) { (say(ask, &form.name)) (ask.say("を加える", ": add one")) }
        } } }
        @if run.may(ask, Action::LockData, None) && !run.design.populations.is_empty() {
            details { summary { (ask.say("対象集団から除く・戻す", "Leave out of a population, or take in again")) }
                form.stack method="post" action=(run.link(&format!("/patients/{number}"))) {
                    (hidden(ask, "exclude", patient.last.sequence))
                    label for="population" { (ask.say("対象集団", "Population")) }
                    select id="population" name="population" { @for (id, words, _) in &run.design.populations { option value=(id) { (say(ask, words)) @if patient.excluded.contains_key(id) { (ask.say("（除外中）", " (left out)")) } } } }
                    label.inline { input type="radio" name="out" value="yes" checked; (ask.say("除く", "leave out")) }
                    label.inline { input type="radio" name="out" value="no"; (ask.say("戻す", "take in again")) }
                    (field(ask, "exclude", "reason", ask.say("理由", "Why"), "", ""))
                    p.actions { button.second { (ask.say("記録する", "Record it")) } }
                }
            }
        }
    };
    let title = if ask.is_japanese() { format!("症例 {number}") } else { format!("Patient {number}") };
    Ok(frame::product_page(ask, &title, body))
}

/// Decides about a patient.
///
/// # Errors
/// It is refused.
pub fn act(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    let (number, _, _) = run.patient(ask)?;
    let population = ask.needed("population", "対象集団", "the population")?.to_owned();
    run.act(ask, Command::Exclude { patient: number, population, out: ask.field("out") == "yes" })?;
    Ok(Answer::go(&run.link(&format!("/patients/{number}"))))
}
