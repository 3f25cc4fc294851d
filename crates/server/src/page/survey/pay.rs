//! What is to be paid to institutions: the forms that were sent and not paid for, by site.

use std::collections::BTreeMap;

use access::Action;
use maud::html;
use survey::{Command, FormKey};

use super::{Run, run, say};
use crate::answer::{Answer, Reply, Trouble};
use crate::ask::Ask;
use crate::look::bits::{day_field, empty, hidden};
use crate::look::frame;

/// The forms of each site that are to be paid, with the fee of its contract.
fn due(run: &Run<'_>) -> BTreeMap<u32, (u64, Vec<(u32, FormKey)>)> {
    let mut due: BTreeMap<u32, (u64, Vec<(u32, FormKey)>)> = BTreeMap::new();
    for (number, patient) in &run.state.patients {
        let Some(fee) = run.state.sites.get(&patient.site).and_then(|site| site.contract.as_ref()?.fee) else { continue };
        let forms = patient.forms.iter().filter(|(_, form)| form.paid.is_none()).map(|(key, _)| (*number, key.clone()));
        due.entry(patient.site).or_insert_with(|| (fee, Vec::new())).1.extend(forms);
    }
    due.retain(|_, (_, forms)| !forms.is_empty());
    due
}

/// What is due, and what was paid.
///
/// # Errors
/// There is no such survey, or not all of it may be seen.
pub fn page(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    if !run.sees_all(ask) {
        return Err(super::refused(ask, &run.design.activity));
    }
    let due = due(&run);
    let sum: u64 = due.values().map(|(fee, forms)| fee * forms.len() as u64).sum();
    let mut paid: BTreeMap<(jiff::civil::Date, u32), (usize, u64)> = BTreeMap::new();
    for patient in run.state.patients.values() {
        for (amount, day) in patient.forms.values().filter_map(|form| form.paid) {
            let of = paid.entry((day, patient.site)).or_default();
            *of = (of.0 + 1, of.1 + amount);
        }
    }
    let name = |site: u32| run.state.sites.get(&site).map_or_else(|| site.to_string(), |site| run.site_name(ask, site));
    let body = html! {
        p { a href=(ask.link(&run.link(""))) { (say(ask, &run.design.name)) } }
        p.answer { @if ask.is_japanese() { "支払うべき調査票 " (due.values().map(|(_, forms)| forms.len()).sum::<usize>()) " 件、計 " (yen(sum)) " 円（税抜）。" } @else { (due.values().map(|(_, forms)| forms.len()).sum::<usize>()) " forms to be paid, " (yen(sum)) " yen without tax." } }
        @if due.is_empty() { (empty(ask.say("受け取った調査票の費用は、すべて支払い済みです。費用は施設の契約に記録します。", "Every form that came is paid. The fee stands with the contract of a site."))) }
        @else { div.wide tabindex="0" { table.full.cards {
            thead { tr { th scope="col" { (ask.say("施設・診療科", "Institution, department")) } th.number scope="col" { (ask.say("調査票", "Forms")) } th.number scope="col" { (ask.say("一調査票（円）", "A form (yen)")) } th.number scope="col" { (ask.say("計（円、税抜）", "Sum (yen, without tax)")) } th scope="col" { (ask.say("支払い", "Payment")) } } }
            tbody { @for (site, (fee, forms)) in &due { tr {
                th scope="row" { (name(*site)) } td.number { (forms.len()) } td.number { (yen(*fee)) } td.number { (yen(fee * forms.len() as u64)) }
                td { @if run.may(ask, Action::RecordContract, None) { @let form = format!("pay-{site}");
                    form.actions method="post" action=(run.link("/payments")) { (hidden(ask, &form, run.seen())) input type="hidden" name="site" value=(site); input type="hidden" name="count" value=(forms.len());
                        (day_field(ask, &form, "day", ask.say("支払日", "Paid on"), &ask.today().to_string())) button.second { (ask.say("支払いを記録する", "Record it")) } } } }
            } } }
        } } }
        @if !paid.is_empty() {
            h2 { (ask.say("支払い済み", "Paid")) }
            div.wide tabindex="0" { table.full { thead { tr { th scope="col" { (ask.say("支払日", "Day")) } th scope="col" { (ask.say("施設・診療科", "Institution, department")) } th.number scope="col" { (ask.say("調査票", "Forms")) } th.number scope="col" { (ask.say("円", "Yen")) } } }
                tbody { @for ((day, site), (forms, sum)) in paid.iter().rev() { tr { td.day { (day) } th scope="row" { (name(*site)) } td.number { (forms) } td.number { (yen(*sum)) } } } } } }
        }
    };
    Ok(frame::product_page(ask, ask.say("費用の支払い", "Payments"), body))
}

/// Records that what is due to a site was paid.
///
/// # Errors
/// It is refused, as when forms came since the page was looked at.
pub fn act(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    let forms = due(&run).remove(&ask.number("site")?).map(|(_, forms)| forms).unwrap_or_default();
    if forms.len().to_string() != ask.field("count") {
        return Err(Trouble::unfit(
            "支払うべき調査票の数が、ご覧になった後に変わりました",
            "how many forms are to be paid has changed since you looked",
            "頁を開き直し、金額を確かめてから記録してください",
            "open the page again, look at the sum, and record it then",
        ));
    }
    run.act(ask, Command::Pay { forms, day: ask.day("day", "支払日", "the day of the payment")? })?;
    Ok(Answer::go(&run.link("/payments")))
}

/// An amount with commas.
fn yen(amount: u64) -> String {
    let digits = amount.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
