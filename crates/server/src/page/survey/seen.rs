//! What was seen of each concern, in a named population: beside it what the plan assumed, and what can and cannot be excluded yet.

use maud::{Markup, html};
use statistics::survival::Scale;
use survey::view::{Incidence, Registered, Seen};

use super::{Run, say};
use crate::ask::Ask;
use crate::look::bits::empty;

/// The section on the home of a survey.
pub(super) fn section(ask: &Ask<'_>, run: &Run<'_>) -> Markup {
    let populations = &run.design.populations;
    let asked = ask.query("population").and_then(|asked| populations.iter().find(|(id, _, _)| id == asked));
    let Some((population, words, _)) = asked.or_else(|| populations.first()) else {
        return empty(ask.say(
            "計画の survey.toml に対象集団（population）を書くと、ここに集計されます。",
            "Write a population in survey.toml of the plan, and it is counted here.",
        ));
    };
    let (in_time, late) = run.counted(ask, |kept, _| (kept.seen(population, Registered::InTime), kept.seen(population, Registered::Late)));
    let someone_late = late.first().is_some_and(|seen| seen.patients > 0);
    html! {
        p { (ask.say("対象集団: ", "Population: ")) strong { (say(ask, words)) }
            @for (id, words, _) in populations.iter().filter(|(id, _, _)| id != population) { "　" a href=(ask.link(&run.link(&format!("?population={id}#seen")))) { (say(ask, words)) } }
            (ask.say("。有害事象と副作用は別に数えます。割合の信頼区間は両側95%、Clopper–Pearson。率は初発までの人年あたり、Garwood。", ". Adverse events and adverse drug reactions are counted apart. Limits of shares: two-sided 95 %, Clopper and Pearson; of rates, by patient-years to the first one: Garwood.")) }
        @if in_time.len() < 2 { p.hint { (ask.say("検討事項のファイルに用語（terms）を書くと、検討事項ごとにも集計します。", "Write terms with the concerns, and each of them is counted as well.")) } }
        (table(ask, run, &in_time))
        @if someone_late {
            h3 { (ask.say("期限後に登録された症例（別に集計）", "Patients registered late, analysed apart")) }
            (table(ask, run, &late))
        }
    }
}

fn table(ask: &Ask<'_>, run: &Run<'_>, all: &[Seen]) -> Markup {
    html! { div.wide tabindex="0" { table.full {
        thead { tr {
            th scope="col" { (ask.say("検討事項", "Concern")) }
            th.number scope="col" { (ask.say("例数", "Patients")) }
            th.number scope="col" { (ask.say("有害事象", "Adverse events")) }
            th.number scope="col" { (ask.say("副作用", "Reactions")) }
            th.number scope="col" { (ask.say("うち重篤", "Serious")) }
            th.number scope="col" { (ask.say("副作用／100人年", "Reactions a 100 patient-years")) }
            th scope="col" { (ask.say("発現までの日数・累積発現割合", "Time to onset, cumulative incidence")) }
            th scope="col" { (ask.say("計画の想定と、言えること", "What the plan assumed, and what can be said")) }
        } }
        tbody { @for seen in all { tr {
            th scope="row" { @if seen.concern.is_empty() { (say(ask, &seen.name)) } @else { a href=(ask.link(&format!("/p/{}/concerns/{}", run.id, seen.concern))) { (say(ask, &seen.name)) } } }
            td.number { (seen.patients) }
            @for incidence in [&seen.events, &seen.reactions, &seen.serious] { td.number { (share(incidence, seen.patients)) } }
            td.number { @match seen.reactions.rate { Some((estimate, lower, upper)) => { (format!("{estimate:.1}")) div.small.quiet { (format!("{lower:.1}–{upper:.1}")) } }, None => "—" } }
            td.wordy { (times(ask, seen)) }
            td.wordy { (can_be_said(ask, seen)) }
        } } }
    } } }
}

/// Patients with it, their share and its limits.
fn share(incidence: &Incidence, patients: u64) -> Markup {
    html! { (incidence.patients) @if let Some((lower, upper)) = incidence.limits.filter(|_| patients > 0) { div.small.quiet {
        (format!("{:.1}%", percent(ratio(incidence.patients, patients)))) (format!("（{:.1}–{:.1}）", percent(lower), percent(upper)))
    } } }
}

fn times(ask: &Ask<'_>, seen: &Seen) -> Markup {
    let year = seen.cumulative.as_ref().and_then(|curve| Some((curve.at(365.0)?, curve)));
    html! {
        @if let (Some(first), Some(last)) = (seen.onsets.first(), seen.onsets.last()) {
            @let median = (seen.onsets[(seen.onsets.len() - 1) / 2] + seen.onsets[seen.onsets.len() / 2]) / 2.0;
            @if ask.is_japanese() { "中央値 " (median) " 日（" (first) "–" (last) "、" (seen.onsets.len()) "例）" } @else { "median " (median) " days (" (first) "–" (last) ", " (seen.onsets.len()) " patients)" }
            @if let Some((step, _)) = year { div.small.quiet {
                (ask.say("1年の累積発現割合 ", "cumulative incidence at a year ")) (format!("{:.1}%", percent(step.incidence)))
                @if let Some(limits) = step.limits(0.95, Scale::LogLog) { (format!("（{:.1}–{:.1}）", percent(limits.lower), percent(limits.upper))) }
                (ask.say("、リスク集合 ", ", at risk ")) (step.at_risk) (ask.say("例（競合リスク: 死亡）", " (competing risk: death)"))
            } }
        } @else { "—" }
    }
}

fn can_be_said(ask: &Ask<'_>, seen: &Seen) -> Markup {
    let Some(above) = seen.reactions.excluded_above else {
        return html! { (ask.say("まだ対象の患者がいない。", "There is no patient yet.")) };
    };
    html! {
        @for assumed in &seen.assumed { div {
            (ask.say("想定: ", "assumed: ")) (assumed.event) " "
            (assumed.shares.iter().map(|share| format!("{:.1}%", percent(*share))).collect::<Vec<_>>().join(" / "))
            @for share in &assumed.shares {
                @let (excluded, shown) = (*share > above, format!("{:.1}", percent(*share)));
                @if ask.is_japanese() { "。" (shown) "% " @if excluded { "を超えることは否定された" } @else { "であることは、まだ否定できない" } }
                @else { ". " (shown) " % " @if excluded { "is excluded" } @else { "cannot be excluded yet" } }
            }
        } }
        @if ask.is_japanese() { "副作用の発現割合が " (format!("{:.1}", percent(above))) "% を超えることは、片側95%で否定できる。それ以下は否定できない。" }
        @else { "A share of reactions above " (format!("{:.1}", percent(above))) " % is excluded (one-sided 95 %), a smaller one is not." }
    }
}

fn percent(share: f64) -> f64 {
    share * 100.0
}

#[expect(clippy::cast_precision_loss, reason = "for a percentage")]
fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
