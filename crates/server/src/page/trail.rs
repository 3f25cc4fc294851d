//! The record: who did what, when, why; of a value, a record, a person, a product. Filtered, printed, downloaded; a review of it is
//! recorded.

use std::ops::ControlFlow;

use access::Action;
use journal::{Chain, Entry, Store};
use maud::{Markup, html};
use operation::product::{Event, ValueChanged};

use crate::answer::{Answer, Reply, Trouble};
use crate::ask::{Ask, alias};
use crate::look::bits::{area, cut, empty, hidden, query_of};
use crate::look::frame;
use crate::record::places::Wanted;

/// Entries on a page.
const PAGE: usize = 100;
/// Entries that are looked through for a page at most, so that a filter that fits nothing does not hold others up.
const LOOKED: u64 = 20_000;

/// So long a download rests after each piece of about 64 KiB: a whole trail of 50,000 entries takes three seconds instead of a third of one,
/// and takes a tenth of a processor instead of all of it.
const REST: std::time::Duration = std::time::Duration::from_millis(4);

/// What is asked for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Filter {
    by: Option<String>,
    kind: Option<String>,
    since: Option<jiff::civil::Date>,
    until: Option<jiff::civil::Date>,
    value: Option<String>,
    command: Option<String>,
}

impl Filter {
    fn of(ask: &Ask<'_>) -> Result<Self, Trouble> {
        let day = |name: &str| {
            ask.query(name)
                .map(|text| {
                    text.parse().map_err(|_| {
                        Trouble::unfit(
                            format!("日付「{text}」を読めません"),
                            format!("“{text}” is no date"),
                            "2026-11-24 の形で指定してください",
                            "write it as 2026-11-24",
                        )
                    })
                })
                .transpose()
        };
        // people stand in addresses under their alias
        let by = match ask.query("by") {
            Some(named) => {
                let organisation = &ask.state.organisation;
                let person = organisation.people.keys().find(|person| alias(&organisation.id, person) == named);
                Some(person.cloned().ok_or_else(|| Trouble::unknown("この利用者", "such person"))?)
            }
            None => None,
        };
        let text = |name: &str| ask.query(name).map(str::to_owned);
        Ok(Self { by, kind: text("kind"), since: day("since")?, until: day("until")?, value: text("value"), command: text("record") })
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What of it is known without reading entries, if anything is.
    fn wanted(&self, ask: &Ask<'_>) -> Option<Wanted<'_>> {
        let start = |day: jiff::civil::Date| Some(day.to_zoned(ask.house.zone()).ok()?.timestamp().as_second());
        // values are changed by revisions alone
        let kind = self.kind.as_deref().or(self.value.as_ref().map(|_| "revision-recorded"));
        let wanted = Wanted {
            kind,
            actor: self.by.as_deref(),
            since: self.since.and_then(start),
            until: self.until.and_then(|day| start(day.tomorrow().ok()?)),
        };
        (wanted != Wanted::default()).then_some(wanted)
    }

    /// Whether an entry is one that is looked for, where days are those of `zone`.
    fn fits(&self, entry: &Entry, zone: &jiff::tz::TimeZone) -> bool {
        let draft = &entry.draft;
        let day = || draft.recorded.timestamp().to_zoned(zone.clone()).date();
        self.by.as_ref().is_none_or(|by| *by == draft.actor)
            && self.kind.as_ref().is_none_or(|kind| *kind == draft.kind)
            && self.command.as_ref().is_none_or(|record| draft.body.contains(record.as_str()))
            && self.since.is_none_or(|since| since <= day())
            && self.until.is_none_or(|until| day() <= until)
            && self.value.as_ref().is_none_or(|path| !changes(path, entry).is_empty())
    }
}

/// What an entry did to a value and to what is below it.
fn changes(path: &str, entry: &Entry) -> Vec<ValueChanged> {
    if entry.draft.kind != "revision-recorded" {
        return Vec::new();
    }
    match Event::read(entry) {
        Ok(Event::RevisionRecorded(revision)) => revision.changes.into_iter().filter(|change| is_below(&change.path, path)).collect(),
        _ => Vec::new(),
    }
}

fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The chain of an address: of a product, of the organisation, or of what was read.
fn chain(ask: &Ask<'_>) -> Chain {
    match (ask.part("product"), ask.path.as_str()) {
        ("", path) if path.starts_with("/trail/reads") => Chain::Reads,
        ("", _) => Chain::Organisation,
        (product, _) => Chain::Product(product.to_owned()),
    }
}

/// The trail of a product, of the organisation, or of what was read.
///
/// # Errors
/// The journal cannot be read.
pub fn page(ask: &Ask<'_>) -> Reply {
    let chain = chain(ask);
    let filter = Filter::of(ask)?;
    if let (Chain::Product(id), Some(path), None, None) = (&chain, &filter.value, &filter.by, &filter.kind) {
        return value(ask, id, path);
    }
    let head = length(ask, &chain)?;
    let asked = ask.query("before").map(str::parse::<u64>).transpose().map_err(|_| Trouble::unknown("この場所", "such place"))?;
    let named = ask.query("entry").and_then(|entry| entry.parse::<u64>().ok());
    let before = asked.or(named.map(|entry| entry + PAGE as u64 / 2)).unwrap_or(head + 1).min(head + 1);
    let (entries, looked_down_to) = latest(ask, &chain, &filter, before)?;
    let mut others: Vec<(String, String)> = ask.query.iter().filter(|(key, _)| key != "before" && key != "entry").cloned().collect();
    let download = format!("{}/download{}", ask.path, query_of(&others));
    others.push(("before".to_owned(), looked_down_to.to_string()));
    let older = (looked_down_to > 1).then(|| format!("{}{}", ask.path, query_of(&others)));
    let body = html! {
        p.answer {
            @if filter.is_empty() {
                @if ask.is_japanese() { (head) " 件の記録があります。新しいものから表示しています。" } @else { (head) " entries, the latest first." }
            } @else if ask.is_japanese() { (head) " 件の記録のうち、条件に合うものを新しい順に表示しています。" }
            @else { "Those that fit, of " (head) " entries, the latest first." }
        }
        (filters(ask, &chain))
        p.actions { a.button.second href=(download) { (ask.say("すべてをダウンロード（JSON Lines）", "Download all of it (JSON Lines)")) } }
        @if entries.is_empty() { (empty(ask.say("この条件に合う記録は、ここまでにありません。", "Nothing fits, as far as was looked."))) } @else { (table(ask, &entries)) }
        @if let Some(older) = older { p.actions { a.button.second href=(older) { (ask.say("さらに前を見る", "Earlier ones")) } } }
        @if matches!(chain, Chain::Product(_)) { (review(ask, head)) }
    };
    noted(ask, &chain)?;
    let title = match &chain {
        Chain::Reads => ask.say("閲覧・出力・拒否・サインインの記録", "Reads, exports, refusals and sign-ins"),
        Chain::Organisation => ask.say("組織の記録", "The record of the organisation"),
        Chain::Product(_) => ask.say("この製品の記録", "The record of this product"),
    };
    Ok(if matches!(chain, Chain::Product(_)) { frame::product_page(ask, title, body) } else { frame::page(ask, title, body) })
}

/// A read of the trail is noted, that of the log of reads too.
fn noted(ask: &Ask<'_>, chain: &Chain) -> Result<(), Trouble> {
    ask.house.desk.note("read", &diagnostic::Words::same(format!("trail {chain}")), &ask.context(0)?);
    Ok(())
}

fn length(ask: &Ask<'_>, chain: &Chain) -> Result<u64, Trouble> {
    Ok(match chain {
        Chain::Organisation => ask.state.organisation.sequence,
        Chain::Product(id) => ask.state.products.get(id).map_or(0, |product| product.sequence),
        Chain::Reads => ask.house.reader()?.heads()?.iter().find(|head| head.chain == *chain).map_or(0, |head| head.sequence),
    })
}

/// The latest entries that fit before a place, and how far down was looked.
fn latest(ask: &Ask<'_>, chain: &Chain, filter: &Filter, before: u64) -> Result<(Vec<Entry>, u64), Trouble> {
    let (mut store, zone) = (ask.house.reader()?, ask.house.zone());
    if let Some(wanted) = filter.wanted(ask) {
        return found(ask, &mut *store, chain, filter, wanted, before);
    }
    let mut all: Vec<Entry> = Vec::new();
    let (mut end, mut step) = (before, PAGE as u64);
    while end > 1 && all.len() < PAGE && before - end < LOOKED {
        let start = end.saturating_sub(step).max(1);
        let mut found = Vec::new();
        read(&mut *store, chain, start, end, &mut |entry| {
            if ask.point.holds(&entry) && filter.fits(&entry, &zone) {
                found.push(entry);
            }
        })?;
        found.reverse();
        all.extend(found);
        end = start;
        step = (step * 2).min(4096);
    }
    if all.len() > PAGE {
        all.truncate(PAGE);
        end = all.last().map_or(end, |last| last.sequence);
    }
    Ok((all, end))
}

/// The same by what is known of where things stand, without reading what does not fit.
fn found(
    ask: &Ask<'_>,
    store: &mut dyn Store,
    chain: &Chain,
    filter: &Filter,
    wanted: Wanted<'_>,
    before: u64,
) -> Result<(Vec<Entry>, u64), Trouble> {
    let (mut all, mut end, mut looked, zone) = (Vec::new(), before, 0, ask.house.zone());
    while looked < LOOKED / 10 {
        let places = ask.house.places.before(store, chain, wanted, end, PAGE)?;
        for place in &places {
            read(store, chain, *place, place + 1, &mut |entry| {
                if ask.point.holds(&entry) && filter.fits(&entry, &zone) {
                    all.push(entry);
                }
            })?;
            (end, looked) = (*place, looked + 1);
            if all.len() == PAGE {
                return Ok((all, end));
            }
        }
        if places.len() < PAGE {
            return Ok((all, 1));
        }
    }
    Ok((all, end))
}

/// The entries from `start` to before `end`.
fn read(store: &mut dyn Store, chain: &Chain, start: u64, end: u64, each: &mut dyn FnMut(Entry)) -> Result<(), Trouble> {
    store.read(chain, start - 1, &mut |entry| {
        if entry.sequence >= end {
            return ControlFlow::Break(());
        }
        each(entry);
        ControlFlow::Continue(())
    })?;
    Ok(())
}

fn filters(ask: &Ask<'_>, chain: &Chain) -> Markup {
    let kinds: Vec<&str> = match chain {
        Chain::Product(_) => Event::KINDS.iter().map(|(kind, _)| *kind).collect(),
        Chain::Organisation => operation::organisation::Event::KINDS.iter().map(|(kind, _)| *kind).collect(),
        Chain::Reads => vec![
            "read",
            "exported",
            "refused",
            "signed-in",
            "sign-in-failed",
            "signed-out",
            "password-set",
            "password-reset",
            "invited",
            "backup-taken",
        ],
    };
    let organisation = &ask.state.organisation;
    let value = |name: &str| ask.query(name).unwrap_or_default();
    html! {
        form.actions method="get" action=(ask.path) {
            @for (key, kept) in ask.query.iter().filter(|(key, _)| ["recorded", "received"].contains(&key.as_str())) { input type="hidden" name=(key) value=(kept); }
            div { label for="by" { (ask.say("だれが", "Who")) } select id="by" name="by" {
                option value="" { (ask.say("すべて", "all")) }
                @for (person, known) in &organisation.people { @let named = alias(&organisation.id, person); option value=(named) selected[value("by") == named] { (known.name) } }
            } }
            div { label for="kind" { (ask.say("種類", "What")) } select id="kind" name="kind" {
                option value="" { (ask.say("すべて", "all")) }
                @for kind in kinds { option value=(kind) selected[value("kind") == kind] { (kind) } }
            } }
            div { label for="since" { (ask.say("から", "Since")) } input.short type="date" id="since" name="since" value=(value("since")); }
            div { label for="until" { (ask.say("まで", "Until")) } input.short type="date" id="until" name="until" value=(value("until")); }
            @if matches!(chain, Chain::Product(_)) {
                div { label for="value" { (ask.say("値", "Value")) } input.short type="text" id="value" name="value" value=(value("value")) placeholder="concerns/pml"; }
            }
            button.second { (ask.say("絞り込む", "Show")) }
        }
    }
}

fn table(ask: &Ask<'_>, entries: &[Entry]) -> Markup {
    html! { div.wide tabindex="0" { table.full.cards {
        thead { tr {
            th.number scope="col" { (ask.say("番号", "No.")) } th scope="col" { (ask.say("日時", "When")) } th scope="col" { (ask.say("だれが", "Who")) }
            th scope="col" { (ask.say("何を", "What")) } th scope="col" { (ask.say("なぜ", "Why")) }
        } }
        tbody { @for entry in entries { (row(ask, entry)) } }
    } } }
}

fn row(ask: &Ask<'_>, entry: &Entry) -> Markup {
    let draft = &entry.draft;
    let role = access::Role::named(&draft.role).map(|role| ask.pair(role.words()));
    let told = operation::told(entry);
    html! {
        tr id={ "entry-" (entry.sequence) } {
            td.number { (entry.sequence) }
            td.day { (ask.local(draft.recorded)) @if let Some(day) = draft.received { div.small.quiet { (ask.say("受領 ", "received ")) (day) } } }
            td { (ask.name_of(&draft.actor)) @if let Some(role) = role { div.small.quiet { (role) } } }
            td { (cut(ask.words(&told), 400)) div.small.quiet title=(entry.hash) { (entry.hash.to_string()[..16].to_owned()) } }
            td { (draft.reason.as_deref().unwrap_or("—")) }
        }
    }
}

/// The trail of one value: from the state, which has every change of every revision.
fn value(ask: &Ask<'_>, id: &str, path: &str) -> Reply {
    const MOST: usize = 500;
    let (_, product) = ask.product()?;
    let mut all = 0_usize;
    let mut rows = Vec::new();
    for (number, revision) in product.revisions.iter().rev() {
        for change in revision.changes.iter().filter(|change| is_below(&change.path, path)) {
            all += 1;
            if rows.len() < MOST {
                rows.push((*number, revision, change));
            }
        }
    }
    let none = || ask.say("（なし）", "(none)").to_owned();
    let body = html! {
        p.answer { code { (path) } "　" @if ask.is_japanese() { "の変更は " (all) " 件です。" } @else { " changed " (all) " times." } }
        (filters(ask, &Chain::Product(id.to_owned())))
        @if rows.is_empty() { (empty(ask.say("この名前の値は一度も記録されていません。つづりを確かめてください。", "No value of that name was ever recorded: check its spelling."))) }
        @else {
            div.wide tabindex="0" { table.full.cards {
                thead { tr {
                    th scope="col" { (ask.say("改訂", "Revision")) } th scope="col" { (ask.say("値", "Value")) } th scope="col" { (ask.say("前", "Before")) }
                    th scope="col" { (ask.say("後", "After")) } th scope="col" { (ask.say("だれが・なぜ", "Who and why")) }
                } }
                tbody { @for (number, revision, change) in &rows { @let (before, after) = sides(change.old.as_deref(), change.new.as_deref()); tr {
                    td.day { a href=(ask.link(&format!("/p/{id}/versions/{number}"))) { (ask.say("改訂", "revision ")) (number) } div.small.quiet { (ask.local(revision.recorded)) } }
                    td { a href=(ask.link(&format!("/p/{id}/trail?value={}", form_urlencoded::byte_serialize(change.path.as_bytes()).collect::<String>()))) { (change.path) } }
                    td.prose { del { (before.unwrap_or_else(none)) } } td.prose { ins { (after.unwrap_or_else(none)) } }
                    td.wordy { (ask.name_of(&revision.author)) div.small { (revision.reason.as_deref().unwrap_or("—")) } }
                } } }
            } }
            @if all > rows.len() { p.quiet { @if ask.is_japanese() { "ほか " (all - rows.len()) " 件" } @else { "and " (all - rows.len()) " more" } } }
        }
    };
    noted(ask, &Chain::Product(id.to_owned()))?;
    Ok(frame::product_page(ask, ask.say("値の履歴", "The trail of a value"), body))
}

/// What a value was and what it is: of long texts, the part in which they differ, with a little before and after it.
fn sides(old: Option<&str>, new: Option<&str>) -> (Option<String>, Option<String>) {
    const AROUND: usize = 30;
    const LONG: usize = 200;
    let (old, new) = (old.map(plain), new.map(plain));
    let (Some(before), Some(after)) = (&old, &new) else {
        return (old.map(|text| start_of(&text, 400)), new.map(|text| start_of(&text, 400)));
    };
    let letters = |text: &str| text.chars().collect::<Vec<char>>();
    let (before, after) = (letters(before), letters(after));
    if before.len().max(after.len()) <= LONG {
        return (old, new);
    }
    let start = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let shared = before[start..].iter().rev().zip(after[start..].iter().rev()).take_while(|(one, other)| one == other).count();
    let part = |text: &[char]| {
        let (from, to) = (start.saturating_sub(AROUND), (text.len() - shared + AROUND).min(text.len()));
        let inner: String = text[from..to].iter().collect();
        format!("{}{}{}", if from > 0 { "…" } else { "" }, start_of(&inner, 800), if to < text.len() { "…" } else { "" })
    };
    (Some(part(&before)), Some(part(&after)))
}

/// The first letters of a text, with its lines.
fn start_of(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters { text.to_owned() } else { text.chars().take(letters.saturating_sub(1)).collect::<String>() + "…" }
}

/// A value as people read it: text without the quotation marks of its source.
fn plain(value: &str) -> String {
    match value.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
        Some(inner) => inner.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\"),
        None => value.to_owned(),
    }
}

fn review(ask: &Ask<'_>, head: u64) -> Markup {
    let Ok((id, product)) = ask.product() else { return html! {} };
    html! {
        h2 { (ask.say("監査証跡の点検", "Review of the trail")) }
        @match &product.trail_reviewed {
            Some((up_to, when)) => p { @if ask.is_japanese() { (up_to) "番まで点検されています（" (ask.local(*when)) "）。" } @else { "Reviewed up to entry " (up_to) " (" (ask.local(*when)) ")." } },
            None => (empty(ask.say("まだ点検の記録はありません。", "It was not reviewed yet."))),
        }
        @if ask.may(Action::ReviewTrail, Some(id)) && !ask.is_past() {
            form.stack method="post" action={ "/p/" (id) "/trail" } {
                (hidden(ask, "trail", product.sequence))
                input type="hidden" name="up-to" value=(head);
                (area(ask, "trail", "remarks", ask.say("所見", "Remarks"), "", 3))
                p.actions { button { @if ask.is_japanese() { (head) "番まで点検したと記録する" } @else { "Record a review up to entry " (head) } } }
            }
        }
    }
}

/// All of a chain that fits, as JSON Lines, written while it is read: others go on meanwhile.
///
/// # Errors
/// The journal cannot be opened.
pub fn download(ask: &Ask<'_>) -> Reply {
    let chain = chain(ask);
    let filter = Filter::of(ask)?;
    let mut store = ask.house.reader()?;
    let context = ask.context(0)?;
    ask.house.desk.note("exported", &diagnostic::Words::same(format!("trail {chain}")), &context);
    let name = format!("{}.jsonl", chain.to_string().replace('/', "-"));
    let (zone, point, simulated) = (ask.house.zone(), ask.point, ask.house.simulated);
    let stream: crate::answer::Stream = Box::new(move |piece| {
        const ABOUT: usize = 64 << 10;
        let mut text = if simulated { "{\"note\":\"模擬データ\"}\n".to_owned() } else { String::new() };
        let mut gone = false;
        let read = store.read(&chain, 0, &mut |entry| {
            if point.holds(&entry) && filter.fits(&entry, &zone) {
                text.push_str(&entry.line());
                text.push('\n');
            }
            if text.len() > ABOUT {
                gone = !piece(std::mem::take(&mut text).into_bytes());
                // who looks at pages meanwhile comes first
                std::thread::sleep(REST);
            }
            if gone { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if let Err(failure) = read {
            let problem = diagnostic::Problem::from(failure);
            text.push_str(&format!("{}\n", serde_json::json!({ "error": problem.message.ja, "error_en": problem.message.en })));
        }
        if !gone {
            piece(text.into_bytes());
        }
    });
    Ok(Answer::stream(&name, "application/jsonl; charset=utf-8", stream))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_text_the_part_that_changed_is_shown() {
        let long = |word: &str| format!("\"{}{word}{}\"", "前".repeat(500), "後".repeat(500));
        let (before, after) = sides(Some(&long("旧い語")), Some(&long("新しい語")));
        assert_eq!(before.map(|text| text.contains("旧い語")), Some(true));
        assert_eq!(after.as_ref().map(|text| text.chars().count() < 80 && text.contains("新しい語")), Some(true), "{after:?}");
        assert_eq!(sides(None, Some("\"一行\\n\\\"二行\\\"\"")), (None, Some("一行\n\"二行\"".into())));
        assert_eq!(sides(Some("true"), Some("false")), (Some("true".into()), Some("false".into())));
    }
}
