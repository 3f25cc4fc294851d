//! Institutions that take part, and their contracts.

use access::Action;
use maud::{Markup, html};
use survey::{Command, ContractRecorded, Site};

use super::{Run, run, say};
use crate::answer::{Answer, Reply, Trouble};
use crate::ask::Ask;
use crate::look::bits::{day_field, empty, field, hidden};
use crate::look::frame;

/// The sites.
///
/// # Errors
/// There is no such survey, or it may not be seen.
pub fn page(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    let state = run.visible(ask);
    let may = run.may(ask, Action::RecordContract, None);
    let registered = |site: u32| state.patients.values().filter(|patient| patient.site == site).count();
    let body = html! {
        p { a href=(ask.link(&run.link(""))) { (say(ask, &run.design.name)) } }
        @if state.sites.is_empty() { (empty(ask.say("調査を依頼する施設・診療科がここに並びます。", "Departments that take part stand here."))) }
        @else { div.wide tabindex="0" { table.full.cards {
            thead { tr {
                th.number scope="col" { (ask.say("番号", "No.")) } th scope="col" { (ask.say("施設・診療科", "Institution, department")) }
                th scope="col" { (ask.say("担当", "In charge")) } th scope="col" { (ask.say("契約", "Contract")) } th.number scope="col" { (ask.say("登録", "Registered")) }
            } }
            tbody { @for (number, site) in &state.sites { tr {
                td.number { (number) } th scope="row" { (run.site_name(ask, site)) }
                td { (site.in_charge.as_deref().map_or("—", |person| ask.name_of(person))) }
                td.wordy { (contract(ask, site)) @if may { (contract_form(ask, &run, *number, site)) } }
                td.number { (registered(*number)) @if let Some(contract) = &site.contract { " / " (contract.patients) } }
            } } }
        } } }
        @if may {
            h2 { (ask.say("施設を加える", "Add a site")) }
            form.stack method="post" action=(run.link("/sites")) {
                (hidden(ask, "join", run.seen()))
                label for="institution" { (ask.say("医療機関", "Institution")) }
                select id="institution" name="institution" {
                    @for (id, institution) in &ask.state.organisation.institutions { option value=(id) selected[ask.field("institution") == id] { (institution.name) } }
                }
                (field(ask, "join", "department", ask.say("診療科", "Department"), "", ""))
                label for="in-charge" { (ask.say("担当（MR・モニター）", "Who is in charge")) }
                select id="in-charge" name="in-charge" { option value="" { "—" } @for (person, known) in &ask.state.organisation.people { option value=(person) { (known.name) } } }
                p.actions { button { (ask.say("加える", "Add it")) } }
            }
        }
    };
    Ok(frame::product_page(ask, ask.say("施設と契約", "Sites and contracts"), body))
}

fn contract(ask: &Ask<'_>, site: &Site) -> Markup {
    html! {
        @match &site.contract {
            Some(contract) => {
                @let holds = contract.from <= ask.as_of() && ask.as_of() <= contract.until;
                span class=(if holds { "state-met" } else { "state-due" }) { (contract.from) " – " (contract.until) }
                div.small { @if ask.is_japanese() { (contract.patients) "例" } @else { (contract.patients) " patients" }
                    @if let Some(fee) = contract.fee { "　" (ask.say("一調査票 ", "a form: ")) (fee) (ask.say("円", " yen")) }
                    @if contract.ethics_needed { "　" (ask.say("倫理審査: ", "ethics review: ")) @match contract.ethics { Some(day) => (day), None => span.state-overdue { (ask.say("承認待ち", "pending")) } } }
                }
            },
            None => span.state-overdue { (ask.say("契約なし（登録できません）", "no contract: nobody can be registered")) },
        }
    }
}

fn contract_form(ask: &Ask<'_>, run: &Run<'_>, number: u32, site: &Site) -> Markup {
    let form = format!("contract-{number}");
    let stands = site.contract.as_ref();
    html! {
        details open[ask.problem.is_some() && ask.field("form") == form] { summary.small { (ask.say("契約を記録・変更する", "record or change it")) }
            form.stack method="post" action=(run.link("/sites")) {
                (hidden(ask, &form, site.last.sequence))
                input type="hidden" name="site" value=(number);
                (day_field(ask, &form, "from", ask.say("始まり", "From"), &stands.map_or_else(String::new, |contract| contract.from.to_string())))
                (day_field(ask, &form, "until", ask.say("終わり", "Until"), &stands.map_or_else(String::new, |contract| contract.until.to_string())))
                (field(ask, &form, "patients", ask.say("症例数", "Patients"), "", &stands.map_or_else(String::new, |contract| contract.patients.to_string())))
                (field(ask, &form, "fee", ask.say("一調査票の費用（円、税抜）", "Fee for a form (yen, without tax)"), "", &stands.and_then(|contract| contract.fee).map_or_else(String::new, |fee| fee.to_string())))
                label.inline { input type="checkbox" name="ethics-needed" value="yes" checked[stands.is_some_and(|contract| contract.ethics_needed)]; (ask.say("倫理審査が要る", "An ethics review is needed")) }
                label for={ (form) "-ethics" } { (ask.say("倫理審査の承認日", "Approved by the ethics review on")) }
                input.short type="date" id={ (form) "-ethics" } name="ethics" value=(stands.and_then(|contract| contract.ethics).map_or_else(String::new, |day| day.to_string()));
                @if stands.is_some() { (field(ask, &form, "reason", ask.say("変更の理由", "Why it is changed"), "", "")) }
                p.actions { button.second { (ask.say("記録する", "Record it")) } }
            }
        }
    }
}

/// Adds a site, or records a contract.
///
/// # Errors
/// It is refused.
pub fn act(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    let command = if ask.field("form") == "join" {
        Command::Join {
            institution: ask.needed("institution", "医療機関", "the institution")?.to_owned(),
            department: ask.needed("department", "診療科", "the department")?.to_owned(),
            in_charge: ask.typed("in-charge").map(str::to_owned),
        }
    } else {
        let number = |name: &str, ja: &str, en: &str| -> Result<u32, Trouble> {
            ask.needed(name, ja, en)?.parse().map_err(|_| {
                Trouble::unfit(
                    format!("{ja}が数ではありません"),
                    format!("{en} is no number"),
                    "数字で記入してください",
                    "write it in digits",
                )
            })
        };
        let fee = ask.typed("fee").map(|fee| fee.replace(',', "").parse::<u64>()).transpose().map_err(|_| {
            Trouble::unfit("費用が数ではありません", "the fee is no number", "円の金額を数字で記入してください", "write yen in digits")
        })?;
        Command::Contract(ContractRecorded {
            survey: String::new(),
            site: ask.number("site")?,
            from: ask.day("from", "契約の始まり", "the start of the contract")?,
            until: ask.day("until", "契約の終わり", "the end of the contract")?,
            patients: number("patients", "症例数", "the number of patients")?,
            fee,
            ethics: ask.typed("ethics").map(|_| ask.day("ethics", "承認日", "the day of approval")).transpose()?,
            ethics_needed: ask.field("ethics-needed") == "yes",
        })
    };
    run.act(ask, command)?;
    Ok(Answer::go(&run.link("/sites")))
}
