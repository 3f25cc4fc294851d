//! How far a survey is, in one sentence, a picture of its patients, and what was seen.

use access::Action;
use maud::{Markup, html};
use survey::Survey;
use survey::schedule::Standing;
use survey::view::{Forecast, Progress, Row, Seen, forecast, grid, progress, seen};

use super::{Run, all, run, say, share};
use crate::answer::{Answer, Reply, Trouble};
use crate::ask::Ask;
use crate::look::bits::{day, empty};
use crate::look::frame;

/// Patients on a page of the grid.
const PAGE: usize = 200;

/// The surveys of a product that somebody may see.
///
/// # Errors
/// There are none.
pub fn list(ask: &Ask<'_>) -> Reply {
    let runs = all(ask, ask.part("product"))?;
    if runs.is_empty() && !ask.may(Action::ReadSurveys, Some(ask.part("product"))) {
        return Err(super::refused(ask, ""));
    }
    let body = html! {
        @if runs.is_empty() { (empty(ask.say("計画の forms/ に調査票を書くと、調査がここに並びます。", "Surveys stand here once the plan has forms for them, in forms/."))) }
        @else { (lines(ask, &runs)) }
    };
    Ok(frame::product_page(ask, ask.say("調査", "Surveys"), body))
}

fn lines(ask: &Ask<'_>, runs: &[Run<'_>]) -> Markup {
    html! { div.wide tabindex="0" { table.full.cards {
        thead { tr { th scope="col" { (ask.say("調査", "Survey")) } th scope="col" { (ask.say("現在の状態", "How it stands")) } } }
        tbody { @for run in runs { tr data-row="" {
            th scope="row" { a href=(ask.link(&run.link(""))) { (say(ask, &run.design.name)) } }
            @let state = run.visible(ask);
            td { (sentence(ask, run, &progress(&run.design, &state, ask.as_of()), forecast(&run.design, &state, ask.as_of()).as_ref())) }
        } } }
    } } }
}

/// The surveys of every product that somebody may see, with how they stand.
///
/// # Errors
/// A plan cannot be read.
pub fn table_of_all(ask: &Ask<'_>) -> Result<Markup, diagnostic::Problem> {
    let mut runs = Vec::new();
    for id in ask.state.organisation.products.keys() {
        runs.extend(all(ask, id)?);
    }
    Ok(html! { @if !runs.is_empty() { h2 { (ask.say("調査", "Surveys")) } (lines(ask, &runs)) } })
}

/// The truth of a survey in one sentence.
fn sentence(ask: &Ask<'_>, run: &Run<'_>, progress: &Progress, forecast: Option<&Forecast>) -> String {
    let (mut ja, mut en) = (Vec::new(), Vec::new());
    let registered = progress.registered;
    match run.design.target {
        Some(target) => {
            let share = share(registered, usize::try_from(target).unwrap_or(usize::MAX));
            ja.push(format!("{target}例中{registered}例を登録（{share}）"));
            en.push(format!("{registered} of {target} patients registered ({share})"));
        }
        None => {
            ja.push(format!("{registered}例を登録"));
            en.push(format!("{registered} patients registered"));
        }
    }
    if let Some(forecast) = forecast {
        let (lower, upper) = forecast.limits;
        ja.push(format!("登録終了（{}）までに{lower}～{upper}例の見込み", forecast.until));
        en.push(format!("{lower} to {upper} expected by {}", forecast.until));
        if let Some(reaches) = forecast.reaches {
            ja.push(format!("目標に達する確率{:.0}%", reaches * 100.0));
            en.push(format!("{:.0} % likely to reach the target", reaches * 100.0));
        }
    }
    for (count, words_ja, words_en) in [
        (progress.untriaged, "未判断の重篤な事象", "serious events to be judged"),
        (progress.overdue, "期限を過ぎた調査票", "forms overdue"),
        (progress.queries, "完了していない再調査", "queries open"),
    ] {
        if count > 0 {
            ja.push(format!("{words_ja}{count}件"));
            en.push(format!("{count} {words_en}"));
        }
    }
    if ask.is_japanese() { ja.join("、") + "。" } else { en.join("; ") + "." }
}

/// The home of a survey.
///
/// # Errors
/// There is none, or it may not be seen.
pub fn page(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    let state = run.visible(ask);
    let today = ask.as_of();
    let (progress, forecast) = (progress(&run.design, &state, today), forecast(&run.design, &state, today));
    let registers = state.sites.values().any(|site| run.may(ask, Action::RegisterPatient, Some(site)));
    let body = html! {
        p.answer { (sentence(ask, &run, &progress, forecast.as_ref())) }
        p.actions {
            @if registers { a.button href=(run.link("/register")) { (ask.say("患者を登録する", "Register a patient")) } }
            a.button.second href=(ask.link(&run.link("/queries"))) { (ask.say("再調査", "Queries")) (ask.say("（", " (")) (progress.queries) (ask.say("）", ")")) }
            a.button.second href=(ask.link(&run.link("/sites"))) { (ask.say("施設と契約", "Sites and contracts")) (ask.say("（", " (")) (state.sites.len()) (ask.say("）", ")")) }
            a.button.second href=(ask.link(&run.link("/grid.csv"))) { (ask.say("表をダウンロード（CSV）", "Download (CSV)")) }
        }
        (facts(ask, &run, &progress))
        h2 #patients { (ask.say("症例と調査票", "Patients and forms")) }
        (patients(ask, &run, &state))
        h2 #data { (ask.say("データ", "Data")) }
        p { (ask.say("調査票ごとの表（一行に一つの調査票）と、項目の説明です。ダウンロードは記録されます。", "A table a form, one row for each that was sent, and what stands in it. Downloads are noted.")) }
        p.actions {
            @for form in &run.design.forms { a.button.second href=(ask.link(&run.link(&format!("/data/{}.csv", form.id)))) { (say(ask, &form.name)) "（CSV）" } }
            a.button.second href=(ask.link(&run.link("/data/codebook.csv"))) { (ask.say("項目の一覧（CSV）", "Codebook (CSV)")) }
        }
        @if run.sees_all(ask) {
            h2 #seen { (ask.say("検討事項ごとに見られたもの", "What was seen of each concern")) }
            (what_was_seen(ask, &run, &state))
        }
    };
    Ok(frame::product_page(ask, say(ask, &run.design.name), body))
}

fn facts(ask: &Ask<'_>, run: &Run<'_>, progress: &Progress) -> Markup {
    let design = &run.design;
    let between = |(from, to): (Option<jiff::civil::Date>, Option<jiff::civil::Date>)| {
        let told = |day: Option<jiff::civil::Date>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
        format!("{} – {}", told(from), told(to))
    };
    html! {
        dl.facts {
            dt { (ask.say("調査期間", "Survey")) } dd { (between(design.period)) }
            dt { (ask.say("登録期間", "Registration")) } dd { (between(design.registration))
                @if let Some(days) = design.within_days { "　" @if ask.is_japanese() { "投与開始から" (days) "日以内" } @else { "within " (days) " days of the first dose" } } }
            @if progress.late > 0 { dt { (ask.say("期限後の登録", "Registered late")) } dd { (progress.late) (ask.say("例（別に集計する）", " patients, analysed apart")) } }
            @if let Some(collected) = progress.collected() { dt { (ask.say("回収率", "Collected")) } dd { (format!("{:.0}%", collected * 100.0)) (ask.say("（時点が来た調査票", " of the ")) (progress.come) (ask.say("件のうち）", " forms whose visit has come")) } }
            dt { (ask.say("計画", "Plan")) } dd { a href=(ask.link(&format!("/p/{}/versions/{}", run.id, run.revision))) { (ask.say("改訂", "revision ")) (run.revision) } }
        }
    }
}

fn patients(ask: &Ask<'_>, run: &Run<'_>, state: &Survey) -> Markup {
    let before = ask.query("before").and_then(|before| before.parse::<u32>().ok()).unwrap_or(u32::MAX);
    let today = ask.as_of();
    let rows: Vec<Row<'_>> = grid(&run.design, state, today).filter(|row| row.number < before).collect();
    let shown = &rows[rows.len().saturating_sub(PAGE)..];
    let older = rows.len() > PAGE;
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
            tbody { @for row in shown.iter().rev() { tr {
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
        @if older { @if let Some(first) = shown.first() { p.actions { a.button.second href=(ask.link(&run.link(&format!("?before={}#patients", first.number)))) { (ask.say("さらに前の症例", "Earlier patients")) } } } }
        }
    }
}

/// A form in the grid: its shape says how it stands, its word is read aloud.
fn mark(ask: &Ask<'_>, run: &Run<'_>, patient: u32, cell: &survey::view::Cell) -> Markup {
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

fn what_was_seen(ask: &Ask<'_>, run: &Run<'_>, state: &Survey) -> Markup {
    let Some((population, words, _)) = run.design.populations.first() else {
        return empty(ask.say(
            "計画の survey.toml に対象集団（population）を書くと、ここに集計されます。",
            "Write a population in survey.toml of the plan, and it is counted here.",
        ));
    };
    let all = seen(&run.design, state, population, ask.as_of());
    let percent = |share: f64| format!("{:.1}", share * 100.0);
    html! {
        p { (ask.say("対象集団: ", "Population: ")) strong { (say(ask, words)) } (ask.say("　有害事象と副作用は別に数えます。", ". Adverse events and adverse drug reactions are counted apart.")) }
        @if all.len() < 2 { p.hint { (ask.say("検討事項のファイルに用語（terms）を書くと、検討事項ごとにも集計します。", "Write terms with the concerns, and each of them is counted as well.")) } }
        div.wide tabindex="0" { table.full {
            thead { tr {
                th scope="col" { (ask.say("検討事項", "Concern")) }
                th.number scope="col" { (ask.say("例数", "Patients")) }
                th.number scope="col" { (ask.say("有害事象", "Adverse events")) }
                th.number scope="col" { (ask.say("副作用", "Reactions")) }
                th.number scope="col" { (ask.say("うち重篤", "of them serious")) }
                th.number scope="col" { (ask.say("副作用の割合（両側95%）", "Share (two-sided 95 %)")) }
                th.number scope="col" { (ask.say("100人年あたり（両側95%）", "a 100 patient-years (95 %)")) }
                th scope="col" { (ask.say("まだ言えること", "What can be said")) }
            } }
            tbody { @for Seen { concern, name, patients, events, reactions, serious, limits, excluded_above, rate, .. } in &all { tr {
                th scope="row" { @if concern.is_empty() { (say(ask, name)) } @else { a href=(ask.link(&format!("/p/{}/concerns/{concern}", run.id))) { (say(ask, name)) } } }
                td.number { (patients) } td.number { (events) } td.number { (reactions) } td.number { (serious) }
                td.number { @match limits { Some((lower, upper)) => { (format!("{:.1}", if *patients == 0 { 0.0 } else { ratio(*reactions, *patients) })) "%（" (percent(*lower)) "–" (percent(*upper)) "）" }, None => "—" } }
                td.number { @match rate { Some((estimate, lower, upper)) => { (format!("{estimate:.1}（{lower:.1}–{upper:.1}）")) }, None => "—" } }
                td.wordy { @match excluded_above {
                    Some(above) if ask.is_japanese() => { "発現割合が " (percent(*above)) "% を超えることは、片側95%で否定できる。それ以下は否定できない。" }
                    Some(above) => { "A share above " (percent(*above)) " % is excluded (one-sided 95 %), a smaller one is not." }
                    None => { (ask.say("まだ対象の患者がいない。", "There is no patient yet.")) }
                } }
            } } }
        } }
    }
}

#[expect(clippy::cast_precision_loss, reason = "for a percentage")]
fn ratio(part: u64, whole: u64) -> f64 {
    part as f64 * 100.0 / whole as f64
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

/// What of the surveys of a product needs a person: what their institution owes, and what they are to judge.
///
/// # Errors
/// The plan cannot be read.
pub fn needs(ask: &Ask<'_>, id: &str) -> Result<Vec<(Option<jiff::civil::Date>, diagnostic::Words, String)>, diagnostic::Problem> {
    let mut found = Vec::new();
    for run in all(ask, id)? {
        let state = run.visible(ask);
        let progress = progress(&run.design, &state, ask.as_of());
        let name = &run.design.name;
        let mut need = |count: usize, ja: &str, en: &str, link: String| {
            if count > 0 {
                let words = diagnostic::Words::new(format!("{}：{ja}{count}件", name.ja), format!("{}: {count} {en}", name.en));
                found.push((None, words, link));
            }
        };
        let own = state.sites.values().any(|site| run.may(ask, Action::EnterForm, Some(site)));
        if own {
            need(progress.overdue, "期限を過ぎた調査票", "forms overdue", run.link("#patients"));
            let asked = state.queries.values().filter(|query| query.closed.is_none() && query.answered.is_none()).count();
            need(asked, "回答を待つ再調査", "queries to answer", run.link("/queries"));
        }
        if run.may(ask, Action::CloseQuery, None) {
            let answered = state.queries.values().filter(|query| query.closed.is_none() && query.answered.is_some()).count();
            need(answered, "回答のあった再調査", "queries that were answered", run.link("/queries"));
        }
        if run.may(ask, Action::TriageCase, None) {
            need(progress.untriaged, "判断を待つ重篤な事象", "serious events to judge", run.link("/queries#triage"));
        }
    }
    Ok(found)
}

/// A day as pages tell it, or a line.
pub(super) fn day_or_line(ask: &Ask<'_>, on: Option<jiff::civil::Date>) -> Markup {
    on.map_or_else(|| html! { span.quiet { "—" } }, |on| day(ask, on))
}

/// What cannot be found.
pub(super) fn no_form() -> Trouble {
    Trouble::unknown("この調査票", "such form")
}
