//! A new version of a form in a running survey: who is affected, what moves over as it is, and what has to be asked for.

use std::collections::BTreeMap;

use access::Action;
use maud::html;
use survey::{Command, Filled, FormDesign, FormKey};

use super::{Run, run, say};
use crate::answer::{Answer, Reply};
use crate::ask::Ask;
use crate::look::bits::{empty, hidden};
use crate::look::frame;

/// A form that was sent with a version before the one that stands, and the items that only the new version asks for.
struct Before<'a> {
    patient: u32,
    key: &'a FormKey,
    version: &'a str,
    asked: Vec<String>,
}

/// The forms that were sent with another version. What the new one asks besides is asked for only where it has to be filled in and
/// applies to the patient; a form that is locked is left alone.
fn before<'a>(run: &'a Run<'_>, form: &'a FormDesign) -> Vec<Before<'a>> {
    let mut all = Vec::new();
    for (number, patient) in &run.state.patients {
        for (key, sent) in patient.forms.iter().filter(|(key, sent)| key.form == form.id && sent.version != form.version) {
            let filled = Filled::of(form, &|item| sent.values.get(item).cloned(), &|name| patient.value(&run.design, name));
            let missing =
                filled.failing.iter().filter(|failing| failing.check.starts_with("required:")).filter_map(|failing| failing.item.clone());
            let known = |item: &String| run.state.queries_about(*number, key).any(|(_, query)| query.item.as_ref() == Some(item));
            let asked = if sent.locked.is_some() { Vec::new() } else { missing.filter(|item| !known(item)).collect() };
            all.push(Before { patient: *number, key, version: &sent.version, asked });
        }
    }
    all
}

/// The forms with their versions.
///
/// # Errors
/// There is no such survey, or not all of it may be seen.
pub fn page(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    if !run.sees_all(ask) {
        return Err(super::refused(ask, &run.design.activity));
    }
    let body = html! {
        p { a href=(ask.link(&run.link(""))) { (say(ask, &run.design.name)) } }
        p { (ask.say("調査票の版は計画の改訂で変わります。前の版で送られた値はそのまま残り、新しい版で必須となった項目だけを、当てはまる症例にだけ問い合わせます。", "A new version of a form comes with a revision of the plan. What was sent before stays as it is; only what the new version requires, and of those patients to whom it applies, is asked for.")) }
        @for form in &run.design.forms {
            @let before = before(&run, form);
            h2 { (say(ask, &form.name)) " " span.tag { (ask.say("版 ", "version ")) (form.version) } }
            @let versions = before.iter().fold(BTreeMap::<&str, usize>::new(), |mut counts, form| { *counts.entry(form.version).or_default() += 1; counts });
            @if before.is_empty() { (empty(ask.say("送られた調査票は、すべてこの版です。", "Every form that was sent is of this version."))) }
            @else {
                p { @for (version, count) in &versions { @if ask.is_japanese() { "版 " (version) " で送られたもの " (count) " 件　" } @else { (count) " sent with version " (version) "　" } } }
                @let open: Vec<&Before<'_>> = before.iter().filter(|form| !form.asked.is_empty()).collect();
                @let mut items = BTreeMap::<&str, usize>::new();
                @for form in &open { @for item in &form.asked { @let _ = *items.entry(item).and_modify(|count| *count += 1).or_insert(1); } }
                @if open.is_empty() { p.state-met { (ask.say("すべて、そのまま引き継がれます。改めて尋ねることはありません。", "All of it moves over as it is: nothing has to be asked.")) } }
                @else {
                    p { @if ask.is_japanese() { (before.len() - open.len()) " 件はそのまま引き継がれ、" (open.len()) " 件では新しい必須項目が空です。" } @else { (before.len() - open.len()) " move over as they are; in " (open.len()) " a newly required item is empty." } }
                    ul { @for (item, count) in &items { li { (form.item(item).map_or(*item, |item| say(ask, &item.name))) (ask.say("（", " (")) (count) (ask.say("件）", ")")) } } }
                    @if run.may(ask, Action::RaiseQuery, None) { form.actions method="post" action=(run.link("/versions")) { (hidden(ask, "ask", run.seen())) input type="hidden" name="of" value=(form.id); button.second { (ask.say("空の項目だけを一括で問い合わせる", "Ask for what is empty, at once")) } } }
                }
            }
        }
    };
    Ok(frame::product_page(ask, ask.say("調査票の版", "Versions of forms"), body))
}

/// Asks for what only the new version of a form requires.
///
/// # Errors
/// It is refused.
pub fn act(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    let form = run.design.form(ask.field("of")).ok_or_else(super::home::no_form)?;
    let about = before(&run, form).into_iter().flat_map(|form| {
        let (patient, key) = (form.patient, form.key.clone());
        form.asked.into_iter().map(move |item| (patient, key.clone(), Some(item)))
    });
    let text = format!("調査票の改訂（版 {}）により加わった項目です。ご記入ください。", form.version);
    run.act(ask, Command::Query { about: about.collect(), text })?;
    Ok(Answer::go(&run.link("/versions")))
}
