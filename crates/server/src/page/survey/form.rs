//! A case report form: the whole of it on one page; sending it is an act. What is typed and not sent stays in the browser, where the
//! sponsor cannot see it.

use std::collections::BTreeMap;

use access::Action;
use diagnostic::Words;
use maud::{Markup, html};
use plan::tables::ItemKind;
use serde_json::json;
use survey::schedule::expected;
use survey::{Command, Filled, Form, FormDesign, FormKey, ItemDesign, Patient};

use super::home::no_form;
use super::{Run, run, say};
use crate::answer::{Answer, Reply, Trouble};
use crate::ask::Ask;
use crate::look::bits::{day, field, hidden, proof};
use crate::look::frame;

/// Which form is asked for.
fn key(ask: &Ask<'_>) -> Result<FormKey, Trouble> {
    let typed = |name: &str| ask.query(name).or_else(|| ask.typed(name));
    let turn = typed("turn").unwrap_or("1").parse::<u32>().map_err(|_| no_form())?;
    Ok(FormKey { visit: typed("visit").unwrap_or_default().to_owned(), turn, form: ask.part("form").to_owned() })
}

/// What was typed, by item; several choices of one item are put together.
fn typed(ask: &Ask<'_>) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in &ask.form {
        let Some(item) = name.strip_prefix("item:").filter(|_| !value.trim().is_empty()) else { continue };
        all.entry(item.to_owned()).and_modify(|before| *before = format!("{before} {value}")).or_insert_with(|| value.clone());
    }
    all
}

fn filled(run: &Run<'_>, patient: &Patient, form: &FormDesign, values: &BTreeMap<String, String>) -> Filled {
    Filled::of(form, &|item| values.get(item).cloned(), &|name| patient.value(&run.design, name))
}

/// The page of a form.
///
/// # Errors
/// There is no such form here.
pub fn page(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    let (number, patient, site) = run.patient(ask)?;
    let key = key(ask)?;
    let design = run.design.form(&key.form).ok_or_else(no_form)?;
    let sent = patient.forms.get(&key);
    let is_again = ask.problem.is_some() && ask.field("form") == "send";
    let values = match sent {
        _ if is_again => typed(ask),
        Some(sent) => sent.values.iter().map(|(item, value)| (item.clone(), value.clone())).collect(),
        None => BTreeMap::new(),
    };
    let filled = filled(&run, patient, design, &values);
    let paper = run.may(ask, Action::TranscribeForm, Some(site)) && !run.may(ask, Action::EnterForm, Some(site));
    let writes = (paper || run.may(ask, Action::EnterForm, Some(site))) && sent.is_none_or(|sent| sent.locked.is_none());
    let base = run.link(&format!("/patients/{number}"));
    let place = format!("?visit={}&turn={}", key.visit, key.turn);
    let shown = Shown { ask, run: &run, number, key: &key, design, values: &values, filled: &filled, writes };
    let due = expected(&run.design, patient).into_iter().find(|expected| expected.key == key);
    let body = html! {
        p { a href=(ask.link(&base)) { (ask.say("症例 ", "patient ")) (number) } "　" (run.site_name(ask, site))
            @if let Some(visit) = run.design.visit(&key.visit) { "　" (say(ask, &visit.name)) }
            @if key.turn > 1 || key.visit.is_empty() { " " (key.turn) } }
        dl.facts {
            @if let Some(due) = &due { dt { (ask.say("予定日", "Day")) } dd { (day(ask, due.day)) "　" (ask.say("送信期限 ", "due ")) (day(ask, due.due)) } }
            @if let Some(sent) = sent { dt { (ask.say("受領", "Received")) } dd { (ask.local(sent.received)) "　" @if ask.is_japanese() { (sent.times) "回送信" } @else { "sent " (sent.times) " times" } "　" (ask.say("版 ", "version ")) (sent.version)
                @if sent.paper { " " span.tag { (ask.say("紙から転記", "from paper")) } } } }
            @if let Some((who, when)) = sent.and_then(|sent| sent.locked.as_ref()) { dt { (ask.say("固定", "Locked")) } dd { (ask.name_of(who)) "　" (ask.local(*when)) } }
            @if let Some((who, when, _)) = sent.and_then(|sent| sent.signed.as_ref()) { dt { (ask.say("署名", "Signed")) } dd { (who) "　" (ask.local(*when)) " "
                @if sent.is_some_and(Form::is_signed) { span.state-met { (ask.say("この内容に対して有効", "covers what stands")) } } @else { span.state-overdue { (ask.say("署名の後に変更された", "changed since it was signed")) } } } }
        }
        (queries(&shown))
        form method="post" action={ (base) "/forms/" (key.form) (place) } data-draft="form" data-based=(sent.map_or(0, |sent| sent.sent)) data-look={ (base) "/look/" (key.form) (place) } {
            (hidden(ask, "send", sent.map_or_else(|| run.seen(), |sent| sent.last.sequence)))
            input type="hidden" name="visit" value=(key.visit);
            input type="hidden" name="turn" value=(key.turn);
            (items(&shown))
            @if writes {
                @if sent.is_some() { (field(ask, "send", "reason", ask.say("変更の理由", "Why it is changed"), ask.say("監査証跡に残ります。", "It stands in the trail."), "")) }
                p.actions { button { @if paper { (ask.say("転記を送る", "Send the transcription")) } @else if sent.is_some() { (ask.say("変更を送る", "Send the changes")) } @else { (ask.say("送る", "Send")) } } span.saved role="status" {} }
                p.hint { (ask.say("送るまで、製造販売業者には見えません。入力はこの端末に残ります。", "Nothing is seen by the company before it is sent; what you type is kept in this browser.")) }
            }
        }
        @if let Some(sent) = sent { (decisions(&shown, sent)) (history(&shown, sent)) }
    };
    let title = format!("{}（{} {}）", say(ask, &design.name), ask.say("版", "version"), design.version);
    Ok(frame::product_page(ask, &title, body))
}

/// What the parts of the page are made of.
struct Shown<'a> {
    ask: &'a Ask<'a>,
    run: &'a Run<'a>,
    number: u32,
    key: &'a FormKey,
    design: &'a FormDesign,
    values: &'a BTreeMap<String, String>,
    filled: &'a Filled,
    writes: bool,
}

fn items(shown: &Shown<'_>) -> Markup {
    let ask = shown.ask;
    let mut groups: Vec<(Option<&Words>, Vec<&ItemDesign>)> = Vec::new();
    for item in &shown.design.items {
        match groups.last_mut() {
            Some((section, items)) if *section == item.section.as_ref() => items.push(item),
            _ => groups.push((item.section.as_ref(), vec![item])),
        }
    }
    html! { @for (section, items) in &groups { fieldset {
        legend { (section.map_or("", |words| say(ask, words))) }
        @for item in items { (one(shown, item)) }
    } } }
}

fn one(shown: &Shown<'_>, item: &ItemDesign) -> Markup {
    let ask = shown.ask;
    let (id, name) = (format!("item-{}", item.id), format!("item:{}", item.id));
    let value = shown.filled.values.get(&item.id).or_else(|| shown.values.get(&item.id)).map_or("", String::as_str);
    let applies = shown.filled.shown.contains(&item.id);
    let wrong = shown.filled.wrong.iter().find(|(wrong, _)| *wrong == item.id).map(|(_, words)| words);
    let hint = format!("{id}-hint");
    let disabled = !shown.writes;
    let choices = || item.choices.iter().map(|(code, words)| (code.as_str(), say(ask, words)));
    html! {
        div.item data-item=(item.id) hidden[!applies && (item.when.is_some())] {
            @if matches!(item.kind, ItemKind::Choice | ItemKind::Choices) && item.value.is_none() {
                fieldset.choices aria-describedby=(hint) { legend { (label(ask, item)) }
                    @let several = item.kind == ItemKind::Choices;
                    @for (code, words) in choices() { label.inline {
                        input type=(if several { "checkbox" } else { "radio" }) name=(name) value=(code) checked[value.split(' ').any(|chosen| chosen == code)] disabled[disabled]; (words)
                    } }
                }
            } @else {
                label for=(id) { (label(ask, item)) }
                @match item.kind {
                    _ if item.value.is_some() => { output.derived id=(id) data-derived=(item.id) { @if value.is_empty() { "—" } @else { (value) } } @if let Some(unit) = &item.unit { " " (unit) } }
                    ItemKind::LongText => { textarea id=(id) name=(name) rows="4" aria-describedby=(hint) disabled[disabled] { "\n" (value) } }
                    ItemKind::Date => { input.short type="date" id=(id) name=(name) value=(value) aria-describedby=(hint) disabled[disabled]; }
                    ItemKind::PartialDate => { input.short type="text" id=(id) name=(name) value=(value) placeholder="2026-04" aria-describedby=(hint) disabled[disabled]; }
                    ItemKind::Number => { input.short type="text" inputmode="decimal" id=(id) name=(name) value=(value) aria-describedby=(hint) disabled[disabled]; @if let Some(unit) = &item.unit { " " (unit) } }
                    _ => { input type="text" id=(id) name=(name) value=(value) aria-describedby=(hint) disabled[disabled]; }
                }
            }
            p.hint id=(hint) {
                @if let Some(words) = &item.hint { (say(ask, words)) " " }
                @match (item.min, item.max) {
                    (Some(min), Some(max)) => { (min) "–" (max) }
                    (Some(min), None) => { (min) (ask.say(" 以上", " or more")) }
                    (None, Some(max)) => { (max) (ask.say(" 以下", " or less")) }
                    _ => {}
                }
                @if let Some(rule) = &item.value { (ask.say("計算: ", "derived: ")) code { (rule.text) } (ask.say("（調査票の版 ", " (version ")) (shown.design.version) (ask.say("）", ")")) }
            }
            p.wrong data-wrong=(item.id) { @if let Some(words) = wrong { (ask.words(words)) } }
        }
    }
}

fn label(ask: &Ask<'_>, item: &ItemDesign) -> Markup {
    html! { (say(ask, &item.name)) @if item.required { " " span.tag { (ask.say("必須", "required")) } } }
}

fn queries(shown: &Shown<'_>) -> Markup {
    let ask = shown.ask;
    let all: Vec<_> = shown.run.state.queries_about(shown.number, shown.key).collect();
    html! { @if !all.is_empty() { section #queries {
        h2 { (ask.say("再調査", "Queries")) }
        @for (number, query) in all { (super::query::told(ask, shown.run, number, query)) }
    } } }
}

fn decisions(shown: &Shown<'_>, sent: &Form) -> Markup {
    let Shown { ask, run, number, key, .. } = *shown;
    let Some(site) = run.state.patients.get(&number).and_then(|patient| run.state.sites.get(&patient.site)) else { return html! {} };
    let action = run.link("/queries");
    let about = |form: &str| {
        html! {
            (hidden(ask, form, sent.last.sequence))
            input type="hidden" name="patient" value=(number);
            input type="hidden" name="visit" value=(key.visit);
            input type="hidden" name="turn" value=(key.turn);
            input type="hidden" name="key-form" value=(key.form);
        }
    };
    let event = survey::view::event(&run.design, run.state, number, key);
    html! {
        @if run.may(ask, Action::SignForm, Some(site)) && !sent.is_signed() {
            details { summary { (ask.say("調査担当医師として署名する", "Sign as the survey physician")) }
                form.stack method="post" action=(action) { (about("sign"))
                    p { (ask.say("この調査票の内容を確認し、保証します。", "I have looked at this form and vouch for it.")) }
                    (proof(ask, "sign")) p.actions { button { (ask.say("署名する", "Sign")) } } }
            }
        }
        @if run.may(ask, Action::RaiseQuery, None) {
            details { summary { (ask.say("再調査を起こす", "Raise a query")) }
                form.stack method="post" action=(action) data-draft="query" { (about("query"))
                    label for="query-item" { (ask.say("項目", "Item")) }
                    select id="query-item" name="item" { option value="" { (ask.say("調査票全体", "the whole form")) } @for item in &shown.design.items { option value=(item.id) { (say(ask, &item.name)) } } }
                    (crate::look::bits::area(ask, "query", "text", ask.say("問い", "Question"), "", 3))
                    p.actions { button.second { (ask.say("起こす", "Raise it")) } } }
            }
        }
        @if run.may(ask, Action::LockData, None) && sent.locked.is_none() {
            form.actions method="post" action=(action) { (about("lock")) button.second { (ask.say("固定する", "Lock it")) } }
        }
        @if run.may(ask, Action::UnlockData, None) && sent.locked.is_some() {
            form.stack method="post" action=(action) { (about("unlock")) (field(ask, "unlock", "reason", ask.say("固定を解除する理由", "Why it is unlocked"), "", "")) p.actions { button.second { (ask.say("解除する", "Unlock it")) } } }
        }
        @if let Some(event) = event.filter(|event| event.serious) {
            section.note.due { h2 { (ask.say("重篤な有害事象", "Serious adverse event")) }
                p { strong { (event.term) } "　" (ask.say("受領（0日目）: ", "received (day 0): ")) (ask.local(sent.received)) }
                @match &sent.triage {
                    Some(triage) => { p { @if triage.suspected { (ask.say("副作用として扱う", "handled as a suspected reaction")) } @else { (ask.say("副作用として扱わない", "not handled as a reaction")) } "　" @if triage.unexpected { (ask.say("未知", "unexpected")) } @else { (ask.say("既知", "expected")) } "　" (triage.remarks) "　" (ask.name_of(&triage.actor)) "　" (ask.local(triage.recorded)) } }
                    None => { (super::query::clocks(ask, sent)) }
                }
                @if run.may(ask, Action::TriageCase, None) { form.stack method="post" action=(action) { (about("triage"))
                    label.inline { input type="checkbox" name="suspected" value="yes" checked; (ask.say("因果関係を否定できない（副作用として扱う）", "a causal relation is not excluded")) }
                    label.inline { input type="checkbox" name="unexpected" value="yes"; (ask.say("電子添文から予測できない（未知）", "unexpected by the package insert")) }
                    (crate::look::bits::area(ask, "triage", "remarks", ask.say("判断の理由", "Why"), "", 3))
                    @if sent.triage.is_some() { (field(ask, "triage", "reason", ask.say("判断を改める理由", "Why it is changed"), "", "")) }
                    p.actions { button { (ask.say("判断を記録する", "Record the judgement")) } } } }
            }
        }
    }
}

fn history(shown: &Shown<'_>, sent: &Form) -> Markup {
    let ask = shown.ask;
    let name = |item: &str| shown.design.item(item).map_or_else(|| item.to_owned(), |item| say(ask, &item.name).to_owned());
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| ask.say("（なし）", "(none)").to_owned());
    html! { @if !sent.changes.is_empty() {
        h2 { (ask.say("値の変更", "Values that were changed")) }
        div.wide tabindex="0" { table.full.cards {
            thead { tr { th scope="col" { (ask.say("項目", "Item")) } th scope="col" { (ask.say("前", "Before")) } th scope="col" { (ask.say("後", "After")) } th scope="col" { (ask.say("だれが・いつ・なぜ", "Who, when, why")) } } }
            tbody { @for change in sent.changes.iter().rev() { tr {
                th scope="row" { (name(&change.item)) } td { del { (value(&change.old)) } } td { ins { (value(&change.new)) } }
                td.wordy { (ask.name_of(&change.actor)) "　" (ask.local(change.recorded)) div.small { (change.reason) } }
            } } }
        } }
    } }
}

/// Sends a form.
///
/// # Errors
/// It is refused: what was typed is shown again.
pub fn send(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    let (number, _, site) = run.patient(ask)?;
    let key = key(ask)?;
    let paper = !run.may(ask, Action::EnterForm, Some(site));
    run.act(ask, Command::Send { patient: number, key: key.clone(), typed: typed(ask).into_iter().collect(), paper })?;
    Ok(Answer::go(&run.link(&format!("/patients/{number}/forms/{}?visit={}&turn={}#queries", key.form, key.visit, key.turn))))
}

/// What follows from what is typed so far: which items apply, what is derived, what cannot be. Nothing is recorded.
///
/// # Errors
/// There is no such form here.
pub fn look(ask: &Ask<'_>) -> Reply {
    let run = run(ask)?;
    let (_, patient, _) = run.patient(ask)?;
    let design = run.design.form(ask.part("form")).ok_or_else(no_form)?;
    let filled = filled(&run, patient, design, &typed(ask));
    let derived: BTreeMap<&str, &str> = design
        .items
        .iter()
        .filter(|item| item.value.is_some())
        .map(|item| (item.id.as_str(), filled.values.get(&item.id).map_or("—", String::as_str)))
        .collect();
    let wrong: BTreeMap<&str, &str> = filled.wrong.iter().map(|(item, words)| (item.as_str(), ask.words(words))).collect();
    let hidden: Vec<&str> =
        design.items.iter().filter(|item| item.when.is_some() && !filled.shown.contains(&item.id)).map(|item| item.id.as_str()).collect();
    let told = json!({ "hidden": hidden, "derived": derived, "wrong": wrong });
    Ok(Answer::of("application/json", told.to_string().into_bytes()))
}
