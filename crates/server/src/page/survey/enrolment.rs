//! Registration against the plan: how many so far, how many it will come to, and the decision to stop before the last day.

use std::fmt::Write;

use access::Action;
use jiff::civil::Date;
use maud::{Markup, PreEscaped, html};
use survey::Command;
use survey::view::Forecast;

use super::{Run, run, say};
use crate::answer::{Answer, Reply};
use crate::ask::Ask;
use crate::look::bits::{day, field, hidden};
use crate::look::frame;

/// The probability from which on it is told that the target will be reached.
const LIKELY: f64 = 0.95;

/// The section on the home of a survey.
pub(super) fn section(ask: &Ask<'_>, run: &Run<'_>, forecast: Option<&Forecast>) -> Markup {
    html! {
        h2 #registration { (ask.say("登録の進み方", "Registration")) }
        (picture(ask, run, forecast))
        @if forecast.is_some_and(|forecast| forecast.reaches.is_some_and(|reaches| reaches >= LIKELY)) && run.state.stopped.is_none() {
            p.note { (ask.say("目標に達する見込みです。計画の定めにより登録を終えるときは、その決定を記録してください。", "The target will most likely be reached. If the plan ends registration then, record the decision.")) }
        }
        p.actions { a.button.second href=(ask.link(&run.link("/registration"))) { (ask.say("見込みと登録の終了", "Forecast, and stopping")) } }
    }
}

/// The forecast in figures, and the decision.
///
/// # Errors
/// There is no such survey, or not all of it may be seen.
pub fn page(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    let forecast = run.counted(ask, |kept, _| kept.forecast().cloned()).filter(|_| run.sees_all(ask));
    let body = html! {
        p { a href=(ask.link(&run.link(""))) { (say(ask, &run.design.name)) } }
        (picture(ask, &run, forecast.as_ref()))
        @match &forecast {
            Some(forecast) => { dl.facts {
                dt { (ask.say("登録の最終日", "Last day of registration")) } dd { (day(ask, forecast.until)) }
                dt { (ask.say("その日までの見込み", "Expected by then")) } dd { (format!("{:.0}", forecast.mean)) (ask.say("例（90%の範囲 ", " patients (90 % of the time ")) (forecast.limits.0) "–" (forecast.limits.1) (ask.say("例）", ")")) }
                @if let (Some(target), Some(reaches)) = (run.design.target, forecast.reaches) { dt { (ask.say("目標に達する確率", "To reach the target")) } dd { @if ask.is_japanese() { (target) "例に" (format!("{:.0}%", reaches * 100.0)) } @else { (format!("{:.0} %", reaches * 100.0)) " for " (target) " patients" } } }
                @if let Some(by) = forecast.reached_by { dt { (ask.say("半々の確率で達する日", "As likely as not reached by")) } dd { (day(ask, by)) } }
            } p.hint { (ask.say("施設ごとに登録の速さが異なるとみる Poisson–gamma モデル（Anisimov & Fedorov 2007）による。これまでの登録だけから推定し、これから加わる施設は数えない。", "By the Poisson–gamma model, in which sites differ in their pace (Anisimov and Fedorov 2007), estimated from what was registered; sites yet to join are not counted.")) } },
            None => { p { (ask.say("見込みは、最初の患者が登録されてから、登録が終わるまで示します。", "There is a forecast from the first patient on, until registration is over.")) } }
        }
        @if let Some(stopped) = &run.state.stopped { p.note.met { (ask.say("登録は終了しています：", "Registration was stopped: ")) (stopped.reason) "　" (ask.name_of(&stopped.actor)) "　" (ask.local(stopped.recorded)) } }
        @if run.may(ask, Action::RecordContract, None) {
            @let (name, form) = if run.state.stopped.is_some() { (ask.say("登録を再開する", "Go on with registration"), "go-on") } else { (ask.say("登録を終える", "Stop registration"), "stop") };
            details { summary { (name) } form.stack method="post" action=(run.link("/registration")) {
                (hidden(ask, form, run.seen()))
                (field(ask, form, "reason", ask.say("理由", "Why"), ask.say("計画が登録の終了について定めることを挙げてください。", "Cite what the plan says of it."), ""))
                p.actions { button.second { (name) } }
            } }
        }
    };
    Ok(frame::product_page(ask, ask.say("登録の見込み", "Registration"), body))
}

/// Stops registration, or goes on with it.
///
/// # Errors
/// It is refused.
pub fn act(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    run.act(ask, Command::Stop(ask.field("form") == "stop"))?;
    Ok(Answer::go(&run.link("/registration")))
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 44.0;
const RIGHT: f64 = 64.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 26.0;

/// Where days and numbers stand.
struct Scale {
    from: Date,
    days: f64,
    most: f64,
}

impl Scale {
    fn x(&self, day: Date) -> f64 {
        let days = f64::from(day.since(self.from).map_or(0, |span| span.get_days()));
        LEFT + (days / self.days).clamp(0.0, 1.0) * (WIDTH - LEFT - RIGHT)
    }

    fn y(&self, count: f64) -> f64 {
        HEIGHT - BOTTOM - count / self.most * (HEIGHT - TOP - BOTTOM)
    }
}

/// Registered so far, what the plan needs for its target, and the band of what it will come to.
#[expect(clippy::cast_precision_loss, reason = "patients in a picture")]
fn picture(ask: &Ask<'_>, run: &Run<'_>, forecast: Option<&Forecast>) -> Markup {
    let (Some(from), Some(until)) = run.design.registration else { return html! {} };
    let today = ask.as_of().clamp(from, until);
    let registered: Vec<Date> = run.state.patients.values().map(|patient| patient.registered).filter(|day| *day <= ask.as_of()).collect();
    let ahead = forecast.map_or(0, |forecast| forecast.limits.1) as f64;
    let most = [run.design.target.unwrap_or(0) as f64, registered.len() as f64, ahead, 4.0].into_iter().fold(0.0, f64::max) * 1.06;
    let scale = Scale { from, days: f64::from(until.since(from).map_or(1, |span| span.get_days()).max(1)), most };
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" class=\"enrolment\" role=\"img\" aria-label=\"{}\">",
        alternative(ask, run, forecast, registered.len())
    );
    // a line a step of 1, 2 or 5 times a power of ten, a year a tick
    let step = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0, 2_000.0]
        .into_iter()
        .find(|step| most / step <= 5.0)
        .unwrap_or(5_000.0);
    let mut count = 0.0;
    while count <= most {
        let y = scale.y(count);
        _ = write!(
            svg,
            "<line class=\"rule\" x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/><text class=\"tick\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{count}</text>",
            WIDTH - RIGHT,
            LEFT - 6.0,
            y + 4.0
        );
        count += step;
    }
    for year in from.year()..=until.year() {
        let day = jiff::civil::date(year, 1, 1).max(from);
        let x = scale.x(day);
        _ = write!(
            svg,
            "<text class=\"tick\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"{}\">{}</text>",
            HEIGHT - 8.0,
            if day == from { "start" } else { "middle" },
            if day == from && day.month() > 9 { String::new() } else { year.to_string() }
        );
    }
    let right = WIDTH - RIGHT;
    if let Some(target) = run.design.target {
        let y = scale.y(target as f64);
        _ = write!(
            svg,
            "<line class=\"target\" x1=\"{LEFT}\" x2=\"{right:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/><text class=\"word\" x=\"{:.1}\" y=\"{:.1}\">{} {target}</text>",
            right + 6.0,
            y + 4.0,
            ask.say("目標", "target")
        );
        _ = write!(svg, "<line class=\"planned\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{right:.1}\" y2=\"{y:.1}\"/>", scale.x(from), scale.y(0.0));
    }
    if let Some(forecast) = forecast {
        let upper = forecast.band.iter().map(|(day, _, limits)| (scale.x(*day), scale.y(limits.1 as f64)));
        let lower = forecast.band.iter().rev().map(|(day, _, limits)| (scale.x(*day), scale.y(limits.0 as f64)));
        _ = write!(svg, "<polygon class=\"band\" points=\"{}\"/>", points(upper.chain(lower)));
        _ = write!(
            svg,
            "<polyline class=\"expected\" points=\"{}\"/>",
            points(forecast.band.iter().map(|(day, mean, _)| (scale.x(*day), scale.y(*mean))))
        );
        _ = write!(
            svg,
            "<text class=\"word\" x=\"{:.1}\" y=\"{:.1}\">{}–{}</text>",
            right + 6.0,
            scale.y(forecast.mean) + 4.0,
            forecast.limits.0,
            forecast.limits.1
        );
    }
    let mut line = vec![(scale.x(from), scale.y(0.0))];
    let mut sorted = registered;
    sorted.sort_unstable();
    for (before, day) in sorted.iter().enumerate() {
        line.push((scale.x(*day), scale.y(before as f64)));
        line.push((scale.x(*day), scale.y((before + 1) as f64)));
    }
    line.push((scale.x(today), scale.y(sorted.len() as f64)));
    _ = write!(svg, "<polyline class=\"registered\" points=\"{}\"/>", points(line.into_iter()));
    let x = scale.x(today);
    _ = write!(svg, "<line class=\"today\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{TOP}\" y2=\"{:.1}\"/></svg>", HEIGHT - BOTTOM);
    html! { figure { div.picture.plain { (PreEscaped(svg)) } figcaption.small.quiet {
        (ask.say("太線: 登録された症例　点線: 計画どおりの進み方", "Heavy line: registered. Dotted: an even pace to the target."))
        @if forecast.is_some() { (ask.say("　帯: 登録終了までの見込み（90%の範囲）", " Band: what it will come to, 90 % of the time.")) }
    } } }
}

fn points(all: impl Iterator<Item = (f64, f64)>) -> String {
    all.map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ")
}

/// The picture in words.
fn alternative(ask: &Ask<'_>, run: &Run<'_>, forecast: Option<&Forecast>, registered: usize) -> String {
    let target = run.design.target.map_or_else(String::new, |target| format!(" / {target}"));
    match forecast {
        Some(forecast) if ask.is_japanese() => {
            format!("登録 {registered}{target} 例。{} までに {}～{} 例の見込み", forecast.until, forecast.limits.0, forecast.limits.1)
        }
        Some(forecast) => {
            format!("registered {registered}{target}; {} to {} expected by {}", forecast.limits.0, forecast.limits.1, forecast.until)
        }
        None if ask.is_japanese() => format!("登録 {registered}{target} 例"),
        None => format!("registered {registered}{target}"),
    }
}
