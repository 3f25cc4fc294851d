//! The regulatory history: approvals, the start of sale, and the end of re-examination.

use calendar::{Counting, Date, Period, Unit, last_day};
use terminology::key;

use crate::model::{Product, Reexamination, RegulatoryEvent};
use crate::review::Context;
use crate::review::names::ActivityName;

/// True for an event that approves something.
#[must_use]
pub fn is_approval(event: &RegulatoryEvent) -> bool {
    let text = event.text.as_str();
    let head: String = text.chars().take(80).collect();
    (head.contains("承認") || head.contains("追加"))
        && !head.contains("承認条件")
        && !head.contains("再審査")
        && !head.contains("取下げ")
        && !is_launch(event)
}

/// True for the start of sale.
#[must_use]
pub fn is_launch(event: &RegulatoryEvent) -> bool {
    let text = event.text.as_str();
    text.contains("販売開始") || text.contains("発売")
}

/// The sure approvals of the history, with their day.
pub fn approvals(product: &Product) -> impl Iterator<Item = (&RegulatoryEvent, Date)> {
    product.events.iter().filter(|e| e.text.sure && is_approval(e)).filter_map(|e| Some((e, e.date.date?.day()?)))
}

/// The start of sale, where the history states one only.
#[must_use]
pub fn launch(product: &Product) -> Option<(&RegulatoryEvent, Date)> {
    let mut launches = product.events.iter().filter(|e| e.text.sure && is_launch(e)).filter_map(|e| Some((e, e.date.date?.day()?)));
    let first = launches.next()?;
    launches.next().is_none().then_some(first)
}

/// The ways in which the document words a topic: itself, and what it stands for as a short form.
fn wordings(context: &Context<'_>, topic: &str) -> Vec<String> {
    let mut words = vec![topic.to_owned()];
    for abbreviation in context.published.prose.abbreviations.iter().filter(|a| key(&a.short) == topic) {
        words.push(key(&abbreviation.long));
    }
    words
}

/// True if `text` speaks of one of the wordings: it holds it, or the last 5 characters and more of a long one.
fn speaks_of(text: &str, wordings: &[String]) -> bool {
    let text = key(text);
    wordings.iter().any(|words| {
        let letters: Vec<(usize, char)> = words.char_indices().collect();
        (words.chars().count() >= 2 && text.contains(words.as_str()))
            || (letters.len() > 8 && (0..=letters.len() - 8).any(|n| text.contains(&words[letters[n].0..])))
            || parts(words).is_some_and(|(population, disease)| text.contains(&format!("{population}の{disease}")))
    })
}

/// 小児PAH is 小児の PAH: a population, and a short form in Latin letters after it.
fn parts(words: &str) -> Option<(&str, &str)> {
    let at = words.find(|c: char| c.is_ascii_alphabetic()).filter(|&at| at > 0)?;
    words[at..].is_ascii().then(|| words.split_at(at))
}

/// The number of the indication that an activity is about, where exactly one is.
#[must_use]
pub fn indication<'a>(context: &'a Context<'_>, activity: &str) -> Option<&'a crate::model::Indication> {
    let product = context.published.product.as_ref()?;
    let name = ActivityName::parse(activity)?;
    let mut hits =
        product.indications.iter().filter(|i| i.text.sure && name.topics.iter().any(|t| speaks_of(i.text.as_str(), &wordings(context, t))));
    let first = hits.next()?;
    // an entry that runs on into others has not been read apart
    (hits.next().is_none() && first.text.as_str().chars().count() < 120).then_some(first)
}

/// The approval of the indication that an activity is about, where exactly one event can be meant.
#[must_use]
pub fn own_event<'a>(context: &'a Context<'_>, activity: &str) -> Option<(&'a RegulatoryEvent, Date)> {
    let product = context.published.product.as_ref()?;
    let topics = ActivityName::parse(activity)?.topics;
    let number = indication(context, activity).and_then(|i| i.number);
    let hits: Vec<_> = approvals(product)
        .filter(|(e, _)| {
            let text = e.text.as_str();
            let numbered = number.is_some_and(|n| {
                text.match_indices(&format!("効能{n}")).any(|(at, m)| !text[at + m.len()..].starts_with(|c: char| c.is_ascii_digit()))
            });
            numbered || topics.iter().any(|t| speaks_of(text, &wordings(context, t)))
        })
        .collect();
    match hits.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// The entry of 再審査期間 for the indication that an activity is about, and its last day.
#[must_use]
pub fn reexamination_end<'a>(context: &'a Context<'_>, activity: &str) -> Option<(&'a Reexamination, Date)> {
    let product = context.published.product.as_ref()?;
    let entries = &product.reexaminations;
    let entry = match entries.as_slice() {
        [only] if only.indication.is_none() || product.indications.len() <= 1 => only,
        _ => {
            let number = indication(context, activity)?.number?;
            let mut own = entries.iter().filter(|e| e.indication == Some(number));
            let first = own.next()?;
            if own.next().is_some() {
                return None;
            }
            first
        }
    };
    if entry.none || !entry.text.sure {
        return None;
    }
    if let Some(until) = entry.until.as_ref().and_then(|d| d.date) {
        let reversed = entry.from.as_ref().and_then(|d| d.date).is_some_and(|from| until.last() < from.first());
        return (!reversed).then_some((entry, until.last()));
    }
    let years = entry.years?;
    let start = match entry.from.as_ref().and_then(|d| d.date?.day()) {
        Some(day) => day,
        None => own_event(context, activity)?.1,
    };
    Some((entry, last_day(start, Period { amount: years, unit: Unit::Years }, Counting::FirstDayCounted)?))
}
