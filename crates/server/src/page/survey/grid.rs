//! The patients and their forms: those registered last with every form as a link, and the whole survey at one look.

use maud::{Markup, html};
use survey::Survey;
use survey::schedule::Standing;
use survey::view::{Cell, Row, grid};

use super::{Run, run, say};
use crate::answer::{Answer, Reply};
use crate::ask::Ask;
use crate::look::bits::empty;
use crate::look::frame;

/// Patients on a page of the grid.
const PAGE: usize = 200;

/// The patients, those registered last first.
pub(super) fn patients(ask: &Ask<'_>, run: &Run<'_>, state: &Survey) -> Markup {
    let before = ask.query("before").and_then(|before| before.parse::<u32>().ok()).unwrap_or(u32::MAX);
    let today = ask.as_of();
    let older = state.patients.range(..before).count() > PAGE;
    let rows: Vec<Row<'_>> = grid(&run.design, state, today).rev().skip_while(|row| row.number >= before).take(PAGE).collect();
    let columns: Vec<(&str, &survey::VisitDesign)> =
        run.design.visits.iter().flat_map(|visit| visit.forms.iter().map(move |form| (form.as_str(), visit))).collect();
    html! {
        @if rows.is_empty() { (empty(ask.say("登録された患者がここに並びます。契約を記録した施設から登録できます。", "Patients stand here. Sites with a contract can register them."))) }
        @else { div.wide tabindex="0" { table.matrix.grid {
            thead { tr {
                th scope="col" { (ask.say("症例", "Patient")) }
                @for (form, visit) in &columns { th scope="col" { (say(ask, &visit.name)) @if visit.forms.len() > 1 { div.small.quiet { (run.design.form(form).map_or(*form, |form| say(ask, &form.name))) } } } }
                th scope="col" { (ask.say("随時", "At need")) }
            } }
            tbody { @for row in &rows { tr {
                th scope="row" {
                    a href=(ask.link(&run.link(&format!("/patients/{}", row.number)))) { (ask.say("症例 ", "patient ")) (row.number) }
                    @if row.patient.late.is_some() { " " span.tag.warning { (ask.say("期限後", "late")) } }
                    div.small.quiet { (row.patient.registered) }
                }
                @for (form, visit) in &columns { td { @for cell in row.cells.iter().filter(|cell| cell.key.visit == visit.id && cell.key.form == *form) {
                    (mark(ask, run, row.number, cell))
                } } }
                td { @for cell in row.cells.iter().filter(|cell| cell.key.visit.is_empty()) { (mark(ask, run, row.number, cell)) } }
            } } }
        } }
        p.small.quiet { @for standing in Standing::ALL { (sign(standing)) " " (ask.pair(standing.words())) "　" } }
        p.actions {
            a.button.second href=(ask.link(&run.link("/grid"))) { (ask.say("全症例を一目で見る", "All patients at one look")) }
            @if older { @if let Some(first) = rows.last() { a.button.second href=(ask.link(&run.link(&format!("?before={}#patients", first.number)))) { (ask.say("さらに前の症例", "Earlier patients")) } } } }
        }
    }
}

/// A form in the grid: its shape says how it stands, its word is read aloud.
fn mark(ask: &Ask<'_>, run: &Run<'_>, patient: u32, cell: &Cell) -> Markup {
    let key = &cell.key;
    let path = run.link(&format!("/patients/{patient}/forms/{}?visit={}&turn={}", key.form, key.visit, key.turn));
    let day = cell.expected.as_ref().map_or_else(String::new, |expected| format!(" {}", expected.day));
    let words = format!("{}{day}", ask.pair(cell.standing.words()));
    html! { a class={ "stands-" (format!("{:?}", cell.standing).to_lowercase()) } href=(ask.link(&path)) title=(words) aria-label=(words) { (sign(cell.standing)) } }
}

const fn sign(standing: Standing) -> &'static str {
    match standing {
        Standing::Ahead => "·",
        Standing::Open => "○",
        Standing::Overdue => "▲",
        Standing::Queried => "？",
        Standing::Sent => "●",
        Standing::Signed => "✓",
        Standing::Locked => "■",
    }
}

/// Every patient in one line of signs: where the survey waits is seen at a glance, also of thousands.
///
/// # Errors
/// There is no such survey, or it may not be seen.
pub fn whole(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    let state = run.visible(ask);
    let only = Standing::ALL.into_iter().find(|standing| Some(standing.words().1) == ask.query("only"));
    let mut counts = [0_usize; Standing::ALL.len()];
    let mut lines: Vec<(u32, Vec<(Standing, String)>)> = Vec::with_capacity(state.patients.len());
    for row in grid(&run.design, &state, ask.as_of()) {
        for (count, standing) in counts.iter_mut().zip(Standing::ALL) {
            *count += row.cells.iter().filter(|cell| cell.standing == standing).count();
        }
        if only.is_none_or(|only| row.cells.iter().any(|cell| cell.standing == only)) {
            lines.push((row.number, runs(&row.cells)));
        }
    }
    let base = ask.link(&run.link("/patients/"));
    let body = html! {
        p { a href=(ask.link(&run.link(""))) { (say(ask, &run.design.name)) } }
        p.answer { @if ask.is_japanese() { (state.patients.len()) " 例の調査票を、時点の順に一行で示します。" } @else { "The forms of " (state.patients.len()) " patients, each patient a line, by day of the visit." } }
        p.actions { @for (standing, count) in Standing::ALL.into_iter().zip(counts) {
            a.button.second href=(ask.link(&run.link(&format!("/grid?only={}", standing.words().1.replace(' ', "+"))))) aria-current=[(only == Some(standing)).then_some("true")] { (sign(standing)) " " (ask.pair(standing.words())) (ask.say("（", " (")) (count) (ask.say("）", ")")) }
        } @if only.is_some() { a.button.second href=(ask.link(&run.link("/grid"))) { (ask.say("すべて", "All")) } } }
        @if lines.is_empty() { (empty(ask.say("該当する症例はありません。", "There is no such patient."))) }
        @else { ol.glance { @for (number, runs) in &lines { li { a href={ (base) (number) } { (number) } " "
            @for (standing, signs) in runs { @match standing { Standing::Overdue => b.overdue { (signs) }, Standing::Queried => b.queried { (signs) }, _ => (signs) } } } } } }
    };
    Ok(frame::product_page(ask, ask.say("全症例の状況", "All patients"), body))
}

/// The signs of a patient's forms, those of one standing that follow each other together.
fn runs(cells: &[Cell]) -> Vec<(Standing, String)> {
    let mut runs: Vec<(Standing, String)> = Vec::new();
    for cell in cells {
        match runs.last_mut() {
            Some((standing, signs)) if *standing == cell.standing => signs.push_str(sign(cell.standing)),
            _ => runs.push((cell.standing, sign(cell.standing).to_owned())),
        }
    }
    runs
}

/// The grid as a table.
///
/// # Errors
/// There is no such survey, or it may not be seen.
pub fn table(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    let state = run.visible(ask);
    let mut csv = crate::record::csv::Csv::new(ask.house.simulated);
    csv.row(&["patient", "site", "registered", "visit", "turn", "form", "day", "due", "standing"]);
    for row in grid(&run.design, &state, ask.as_of()) {
        for cell in &row.cells {
            let (day, due) =
                cell.expected.as_ref().map_or_else(Default::default, |expected| (expected.day.to_string(), expected.due.to_string()));
            let key = &cell.key;
            csv.row(&[
                &row.number.to_string(),
                &row.patient.site.to_string(),
                &row.patient.registered.to_string(),
                &key.visit,
                &key.turn.to_string(),
                &key.form,
                &day,
                &due,
                cell.standing.words().1,
            ]);
        }
    }
    let context = ask.context(0)?;
    ask.house.desk.note("exported", &diagnostic::Words::same(format!("survey {} {} grid", run.id, run.design.activity)), &context);
    Ok(Answer::file(&format!("{}-{}-grid.csv", run.id, run.design.activity), "text/csv; charset=utf-8", csv.bytes()))
}
