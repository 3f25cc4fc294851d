//! Central registration: one screen, the number at once.

use access::Action;
use maud::{Markup, html};
use survey::{Command, Event, Refused, Sex};

use super::{Run, run, say};
use crate::answer::{Answer, Reply, Trouble};
use crate::ask::Ask;
use crate::look::bits::{day_field, empty, field, hidden};
use crate::look::frame;

/// The form of registration.
///
/// # Errors
/// There is no such survey, or it may not be seen.
pub fn page(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    let state = run.visible(ask);
    let sites: Vec<_> = state.sites.iter().filter(|(_, site)| run.may(ask, Action::RegisterPatient, Some(site))).collect();
    let design = &run.design;
    let body = html! {
        p { a href=(ask.link(&run.link(""))) { (say(ask, &design.name)) } }
        @if sites.is_empty() { (empty(ask.say("登録できる施設がありません。", "There is no site for which you can register."))) }
        @else {
            p.hint {
                (ask.say("氏名、イニシャル、生年月日は記入しません。番号と患者の対応表は、施設で保管してください。", "No name, no initials, no birthday. The list of numbers and patients stays at the institution."))
                @if let Some(days) = design.within_days { " " @if ask.is_japanese() { "投与開始から" (days) "日を過ぎた登録には理由が要り、別に集計します。" } @else { "After " (days) " days from the first dose a reason is needed, and the patient is analysed apart." } }
            }
            form.stack method="post" action=(run.link("/register")) data-draft="register" data-check=(run.link("/register/look")) {
                (hidden(ask, "register", run.seen()))
                label for="site" { (ask.say("施設・診療科", "Institution, department")) }
                select id="site" name="site" { @for (number, site) in &sites { option value=(number) selected[ask.field("site") == number.to_string()] { (run.site_name(ask, site)) } } }
                (day_field(ask, "register", "first-dose", ask.say("初回投与日", "First dose"), ""))
                (field(ask, "register", "birth-year", ask.say("生年（西暦）", "Year of birth"), ask.say("4桁", "four digits"), ""))
                fieldset { legend { (ask.say("性別", "Sex")) }
                    @for sex in [Sex::Male, Sex::Female] { label.inline { input type="radio" name="sex" value=(sex.code()) checked[ask.field("sex") == sex.code()]; (ask.pair(sex.words())) } }
                }
                @if !design.criteria.is_empty() { fieldset { legend { (ask.say("登録の条件", "Criteria")) }
                    @for (id, words, excludes) in &design.criteria { @let name = format!("criterion:{id}");
                        fieldset { legend { (say(ask, words)) @if *excludes { span.quiet { (ask.say("（いいえ であること）", " (has to be no)")) } } }
                            @for (code, words) in [("yes", ask.say("はい", "yes")), ("no", ask.say("いいえ", "no"))] { label.inline { input type="radio" name=(name) value=(code) checked[ask.field(&name) == code]; (words) } }
                        }
                    }
                } }
                label.inline { input type="checkbox" name="paper" value="yes" checked[ask.field("paper") == "yes"]; (ask.say("紙・ファクシミリで受けた登録", "It came on paper or by fax")) }
                (field(ask, "register", "reason", ask.say("登録が遅れた理由（期限を過ぎたとき）", "Why it is late, if it is"), "", ""))
                div #findings role="status" {}
                p.actions { button { (ask.say("登録する", "Register")) } span.saved role="status" {} }
            }
        }
    };
    Ok(frame::product_page(ask, ask.say("患者の登録", "Register a patient"), body))
}

/// Registers a patient.
///
/// # Errors
/// It is refused.
pub fn register(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    let entries = run.act(ask, command(ask, &run)?)?;
    let event =
        entries.first().and_then(|entry| operation::product::Event::read(entry).ok()).and_then(operation::product::Event::into_survey);
    match event {
        Some((_, Event::PatientRegistered(registered))) => {
            Ok(Answer::go(&run.link(&format!("/patients/{}?registered=yes", registered.patient))))
        }
        _ => Ok(Answer::go(&run.link(""))),
    }
}

fn command(ask: &Ask<'_>, run: &Run<'_>) -> Result<Command, Trouble> {
    let birth_year = ask.needed("birth-year", "生年", "the year of birth")?;
    let birth_year = birth_year.parse().map_err(|_| {
        Trouble::unfit("生年を読めません", "the year of birth cannot be read", "西暦4桁で記入してください", "write it in four digits")
    })?;
    let sex = match ask.needed("sex", "性別", "the sex")? {
        "male" => Sex::Male,
        _ => Sex::Female,
    };
    let criteria = run.design.criteria.iter().filter_map(|(id, _, _)| match ask.field(&format!("criterion:{id}")) {
        "yes" => Some((id.clone(), true)),
        "no" => Some((id.clone(), false)),
        _ => None,
    });
    Ok(Command::Register {
        site: ask.number("site")?,
        first_dose: ask.day("first-dose", "初回投与日", "the first dose")?,
        birth_year,
        sex,
        criteria: criteria.collect(),
        paper: ask.field("paper") == "yes",
    })
}

/// What would become of the registration as it is typed so far. Nothing is recorded.
///
/// # Errors
/// There is no such survey, or it may not be seen.
pub fn look(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    let unanswered = || run.design.criteria.iter().any(|(id, _, _)| ask.field(&format!("criterion:{id}")).is_empty());
    let complete = ["site", "first-dose", "birth-year", "sex"].iter().all(|name| !ask.field(name).trim().is_empty()) && !unanswered();
    let told = if complete {
        judged(ask, &run)?
    } else {
        html! { p.hint { (ask.say("すべて記入すると、登録できるかをここに示します。", "Once all is filled in, it is told here whether the patient can be registered.")) } }
    };
    Ok(Answer::page(told))
}

fn judged(ask: &Ask<'_>, run: &Run<'_>) -> Result<Markup, Trouble> {
    let command = match command(ask, run) {
        Ok(command) => command,
        Err(trouble) => return Ok(html! { p.note.due { (ask.words(&trouble.problem.message)) "　" (ask.words(&trouble.problem.hint)) } }),
    };
    if command.site(run.state).is_none_or(|site| !run.sees(ask, site)) {
        return Err(Trouble::unknown("この施設", "such site"));
    }
    let reason = Some("…").filter(|_| !ask.field("reason").trim().is_empty());
    let context = survey::Context { today: ask.today(), seen: u64::MAX, reason, revision: run.revision };
    Ok(match survey::handle(&run.design, run.state, command, &context) {
        Ok(events) => {
            let late = events.iter().find_map(|event| match event {
                Event::PatientRegistered(registered) => registered.late,
                _ => None,
            });
            html! { p.note.met { (ask.say("登録の条件を満たしています。", "The patient can be registered."))
            @if let Some(days) = late { " " @if ask.is_japanese() { "期限を" (days) "日過ぎているため、別に集計します。" } @else { "It is " (days) " days late: the patient is analysed apart." } } } }
        }
        Err(Refused::NoReason) => {
            html! { p.note.due { (ask.say("期限を過ぎています。遅れた理由を記入すると登録でき、別に集計します。", "It is late: with a reason the patient can be registered, and is analysed apart.")) } }
        }
        Err(Refused::Unfit(what, hint) | Refused::TooEarly(what, hint)) => {
            html! { p.note.due { strong { (ask.words(&what)) } "　" (ask.words(&hint)) } }
        }
        Err(_) => html! { p.note.due { (ask.say("この内容では登録できません。", "As it stands the patient cannot be registered.")) } },
    })
}
