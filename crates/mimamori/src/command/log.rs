//! `mimamori log`.

use std::ops::ControlFlow;

use access::Action;
use diagnostic::{Problem, Words, harmless};
use jiff::tz::TimeZone;
use journal::{Chain, Entry};
use operation::Refusal;
use operation::product::{Event, ValueChanged};

use crate::data;
use crate::delivery::Destination;
use crate::outcome::Outcome;
use crate::record_arguments::{Log, LogFormat};
use crate::speech::{say, tell};

/// From this length on, in bytes, a trail on the standard output is written piece by piece.
const PIECE: usize = 1 << 20;

/// Shows who recorded what, when and why.
///
/// # Errors
/// The record cannot be read, or the list cannot be written.
pub fn run(options: &Log) -> Result<Outcome, Problem> {
    let action = if options.reads { Action::ReadAccessLog } else { Action::ReadTrail };
    let what = if options.reads { "log --reads" } else { "log" };
    data::reading(&options.data, &options.reader, action, options.product.as_deref(), what)?;
    let mut store = data::open_to_read(&options.data)?;
    let destination = Destination::of(options.delivery.output.as_deref(), std::slice::from_ref(&options.data))?;
    let chain = match &options.product {
        Some(product) => Chain::Product(product.clone()),
        None if options.reads => Chain::Reads,
        None => Chain::Organisation,
    };
    let (mut text, mut all, mut shown) = (String::new(), 0_u64, 0_u64);
    let mut unwritten = None;
    let read = store.read(&chain, 0, &mut |entry| {
        all += 1;
        let before = text.len();
        if wanted(options, &entry) {
            match (&options.value, options.format) {
                (Some(path), _) => values(path, &entry, &mut text),
                (None, LogFormat::Jsonl) => text.push_str(&(entry.line() + "\n")),
                (None, LogFormat::Human) => human(&entry, &mut text),
            }
        }
        shown += u64::from(text.len() > before);
        // a trail may be longer than memory; a file is written whole or not at all
        if text.len() > PIECE && !destination.is_file() {
            unwritten = destination.write(&text).err();
            text.clear();
        }
        if unwritten.is_none() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    if let Some(problem) = unwritten {
        return Err(problem);
    }
    if let (Some(product), 0, Ok(())) = (&options.product, all, &read) {
        return Err(Refusal::Unknown(Words::new(format!("製品「{product}」"), format!("product “{product}”"))).into());
    }
    if let (Some(path), 0) = (&options.value, shown) {
        tell(&Words::new(
            format!("注意: {path} という値は一度も記録されていません。つづりを確かめてください"),
            format!("note: no value {path} was ever recorded; check its spelling"),
        ));
    }
    if options.format == LogFormat::Human {
        text.push_str(&match (say("ja", "en"), all) {
            ("ja", 0) => "記録はありません\n".to_owned(),
            ("ja", _) => format!("{all} 件の記録のうち {shown} 件\n"),
            (_, 0) => "nothing is recorded\n".to_owned(),
            _ => format!("{shown} of {all} entries\n"),
        });
    }
    // what stands before something damaged is shown all the same
    destination.write(&text)?;
    read?;
    Ok(Outcome::Clean)
}

fn wanted(options: &Log, entry: &Entry) -> bool {
    let day = local(entry).date();
    options.by.as_ref().is_none_or(|by| *by == entry.draft.actor)
        && options.kind.as_ref().is_none_or(|kind| *kind == entry.draft.kind)
        && options.since.is_none_or(|since| since <= day)
        && options.until.is_none_or(|until| day <= until)
}

/// The time where the person was.
pub fn local(entry: &Entry) -> jiff::Zoned {
    let zone = TimeZone::get(&entry.draft.zone).unwrap_or(TimeZone::UTC);
    entry.draft.recorded.timestamp().to_zoned(zone)
}

/// The number, time and person of an entry.
fn head(entry: &Entry, text: &mut String) {
    let draft = &entry.draft;
    let role = access::Role::named(&draft.role).map(|role| say(role.words().0, role.words().1));
    let role = role.map_or_else(String::new, |role| match say("ja", "en") {
        "ja" => format!("（{role}）"),
        _ => format!(" ({role})"),
    });
    text.push_str(&format!(
        "{:>5}  {}  {}{role}\n",
        entry.sequence,
        local(entry).strftime("%Y-%m-%d %H:%M:%S %:z"),
        harmless(&draft.actor)
    ));
}

fn human(entry: &Entry, text: &mut String) {
    head(entry, text);
    text.push_str(&format!("       {}\n", harmless(operation::told(entry).get(crate::speech::language()))));
    if let Some(day) = entry.draft.received {
        text.push_str(&format!("       {}{day}\n", say("受領日: ", "received: ")));
    }
    if let Some(reason) = &entry.draft.reason {
        text.push_str(&format!("       {}{}\n", say("理由: ", "reason: "), harmless(reason)));
    }
}

/// What an entry did to a value, and to what is below it.
fn values(path: &str, entry: &Entry, text: &mut String) {
    let Ok(Event::RevisionRecorded(revision)) = Event::read(entry) else { return };
    let below = |change: &&ValueChanged| change.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let changes: Vec<_> = revision.changes.iter().filter(below).collect();
    if changes.is_empty() {
        return;
    }
    human(entry, text);
    for change in changes {
        let value = |value: &Option<String>| value.as_deref().map_or_else(|| say("（なし）", "(none)").to_owned(), harmless_text);
        text.push_str(&format!("       {}: {} → {}\n", harmless(&change.path), value(&change.old), value(&change.new)));
    }
}

fn harmless_text(text: &str) -> String {
    harmless(text).to_string()
}
