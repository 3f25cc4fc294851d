//! How far a survey is, in one sentence, a picture of its registration, its patients, and what was seen.

use access::Action;
use maud::{Markup, html};
use survey::view::{Forecast, Progress};

use super::{Run, all, enrolment, grid, run, say, seen, share};
use crate::answer::{Reply, Trouble};
use crate::ask::Ask;
use crate::look::bits::{day, empty};
use crate::look::frame;

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
            td { (stands(ask, run)) }
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

/// The truth of a survey in one sentence: of all of it, or of what somebody's own institution has.
fn stands(ask: &Ask<'_>, run: &Run<'_>) -> String {
    let (progress, forecast) = run.counted(ask, |kept, counts| (kept.progress(counts), kept.forecast().cloned()));
    sentence(ask, run, &progress, forecast.as_ref().filter(|_| run.sees_all(ask)))
}

fn sentence(ask: &Ask<'_>, run: &Run<'_>, progress: &Progress, forecast: Option<&Forecast>) -> String {
    let (mut ja, mut en) = (Vec::new(), Vec::new());
    let registered = progress.registered;
    match run.design.target.filter(|_| run.sees_all(ask)) {
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
    if let Some(stopped) = &run.state.stopped {
        ja.push(format!("登録は終了（{}）", stopped.reason));
        en.push(format!("registration was stopped ({})", stopped.reason));
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
    let (progress, forecast) = run.counted(ask, |kept, counts| (kept.progress(counts), kept.forecast().cloned()));
    let forecast = forecast.filter(|_| run.sees_all(ask));
    let registers = state.sites.values().any(|site| run.may(ask, Action::RegisterPatient, Some(site)));
    let body = html! {
        p.answer { (sentence(ask, &run, &progress, forecast.as_ref())) }
        p.actions {
            @if registers { a.button href=(run.link("/register")) { (ask.say("患者を登録する", "Register a patient")) } }
            a.button.second href=(ask.link(&run.link("/queries"))) { (ask.say("再調査", "Queries")) (ask.say("（", " (")) (progress.queries) (ask.say("）", ")")) }
            a.button.second href=(ask.link(&run.link("/sites"))) { (ask.say("施設と契約", "Sites and contracts")) (ask.say("（", " (")) (state.sites.len()) (ask.say("）", ")")) }
            @if run.sees_all(ask) {
                a.button.second href=(ask.link(&run.link("/payments"))) { (ask.say("費用の支払い", "Payments")) (ask.say("（", " (")) (progress.unpaid) (ask.say("）", ")")) }
                a.button.second href=(ask.link(&run.link("/cuts"))) { (ask.say("固定とデータカット", "Locks and data cuts")) (ask.say("（", " (")) (state.cuts.len()) (ask.say("）", ")")) }
                a.button.second href=(ask.link(&run.link("/versions"))) { (ask.say("調査票の版", "Versions of forms")) }
            }
        }
        (facts(ask, &run, &progress))
        @if run.sees_all(ask) { (enrolment::section(ask, &run, forecast.as_ref())) }
        h2 #patients { (ask.say("症例と調査票", "Patients and forms")) }
        (grid::patients(ask, &run, &state))
        h2 #data { (ask.say("データ", "Data")) }
        p { (ask.say("調査票ごとの表（一行に一つの調査票）と、項目の説明です。ダウンロードは記録されます。", "A table a form, one row for each that was sent, and what stands in it. Downloads are noted.")) }
        p.actions {
            @for form in &run.design.forms { a.button.second href=(ask.link(&run.link(&format!("/data/{}.csv", form.id)))) { (say(ask, &form.name)) "（CSV）" } }
            a.button.second href=(ask.link(&run.link("/data/codebook.csv"))) { (ask.say("項目の一覧（CSV）", "Codebook (CSV)")) }
            a.button.second href=(ask.link(&run.link("/grid.csv"))) { (ask.say("予定と状況（CSV）", "Visits and how they stand (CSV)")) }
        }
        @if run.sees_all(ask) {
            h2 #seen { (ask.say("検討事項ごとに見られたもの", "What was seen of each concern")) }
            (seen::section(ask, &run))
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
            @if let Some(collected) = progress.share_collected() { dt { (ask.say("回収率", "Collected")) } dd { (format!("{:.0}%", collected * 100.0)) (ask.say("（時点が来た調査票", " of the ")) (progress.come) (ask.say("件のうち）", " forms whose visit has come")) } }
            @if run.sees_all(ask) { (flow(ask, run)) }
            dt { (ask.say("計画", "Plan")) } dd { a href=(ask.link(&format!("/p/{}/versions/{}", run.id, run.revision))) { (ask.say("改訂", "revision ")) (run.revision) } }
        }
    }
}

/// What of the surveys of a product needs a person: what their institution owes, and what they are to judge.
///
/// # Errors
/// The plan cannot be read.
pub fn needs(ask: &Ask<'_>, id: &str) -> Result<Vec<(Option<jiff::civil::Date>, diagnostic::Words, String)>, diagnostic::Problem> {
    let mut found = Vec::new();
    for run in all(ask, id)? {
        let progress = run.counted(ask, |kept, counts| kept.progress(counts));
        let name = &run.design.name;
        let mut need = |count: usize, ja: &str, en: &str, link: String| {
            if count > 0 {
                let words = diagnostic::Words::new(format!("{}：{ja}{count}件", name.ja), format!("{}: {count} {en}", name.en));
                found.push((None, words, link));
            }
        };
        let own = run.state.sites.values().any(|site| run.may(ask, Action::EnterForm, Some(site)));
        if own {
            need(progress.overdue, "期限を過ぎた調査票", "forms overdue", run.link("#patients"));
            need(progress.unanswered, "回答を待つ再調査", "queries to answer", run.link("/queries"));
        }
        if run.may(ask, Action::CloseQuery, None) {
            need(progress.queries - progress.unanswered, "回答のあった再調査", "queries that were answered", run.link("/queries"));
        }
        if run.may(ask, Action::TriageCase, None) {
            need(progress.untriaged, "判断を待つ重篤な事象", "serious events to judge", run.link("/queries#triage"));
        }
        if run.may(ask, Action::RecordContract, None) {
            need(progress.unpaid, "費用を支払っていない調査票", "forms not paid for", run.link("/payments"));
        }
    }
    Ok(found)
}

/// From the patients registered to those that are analysed (症例構成).
fn flow(ask: &Ask<'_>, run: &Run<'_>) -> Markup {
    let (all, members) = run.counted(ask, |kept, _| {
        let mut members = vec![0_usize; run.design.populations.len()];
        let mut all = 0;
        for (_, tally) in kept.tallies() {
            all += 1;
            for (count, belongs) in members.iter_mut().zip(&tally.belongs) {
                *count += usize::from(*belongs);
            }
        }
        (all, members)
    });
    let left_out = |population: &str| run.state.patients.values().filter(|patient| patient.excluded.contains_key(population)).count();
    html! { @if !members.is_empty() && all > 0 {
        dt { (ask.say("症例構成", "Patient flow")) }
        dd { (ask.say("登録 ", "registered ")) (all)
            @for ((id, words, _), count) in run.design.populations.iter().zip(&members) {
                " → " (say(ask, words)) " " strong { (count) } (ask.say("例", ""))
                @let out = left_out(id);
                @if out > 0 { span.quiet { @if ask.is_japanese() { "（除外 " (out) " 例）" } @else { " (" (out) " left out)" } } }
            }
        }
    } }
}

/// A day as pages tell it, or a line.
pub(super) fn day_or_line(ask: &Ask<'_>, on: Option<jiff::civil::Date>) -> Markup {
    on.map_or_else(|| html! { span.quiet { "—" } }, |on| day(ask, on))
}

/// What cannot be found.
pub(super) fn no_form() -> Trouble {
    Trouble::unknown("この調査票", "such form")
}
