//! How a day was found, for a person at a terminal.

use calendar::Date;
use operation::Touch;
use operation::deadline::{Deadline, Status};

use super::{standing, weekday, words};
use crate::speech::say;
use crate::terminal::Surface;

/// A deadline with each step of its computation.
pub(super) fn text(deadline: &Deadline, receipt: Option<&Touch>, as_of: Date, surface: Surface) -> String {
    let strong = |text: &str| if surface.colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() };
    let mut text = format!("{}\n{}\n{}\n", strong(&words(&deadline.title)), words(&deadline.subject), diagnostic::harmless(&deadline.id));
    let mut fact = |name: &str, value: String| text.push_str(&format!("{name}: {value}\n"));
    fact(say("基準日", "as of"), weekday(as_of));
    if let Some((first, last)) = deadline.period {
        fact(say("報告の対象", "reports on"), format!("{} – {}", weekday(first), weekday(last)));
    }
    if let Some(day) = deadline.last_day() {
        fact(say("期限", "due"), weekday(day));
    }
    fact(
        say("状況", "status"),
        match &deadline.status {
            Status::Unknown { missing } => {
                format!("{}{}{}", standing(&deadline.status), say("。不明な事実：", "; missing: "), words(missing))
            }
            status => standing(status),
        },
    );
    if let Some(Touch { sequence, actor, recorded }) = receipt {
        let actor = diagnostic::harmless(actor);
        fact(
            say("受領の記録", "recorded"),
            match say("ja", "en") {
                "ja" => format!("{sequence}番、{actor}、{recorded}"),
                _ => format!("entry {sequence}, by {actor}, {recorded}"),
            },
        );
    }
    if let Some(warn) = deadline.warn {
        fact(say("準備を始める日", "prepare from"), weekday(warn));
    }
    fact(say("性質", "weight"), say(deadline.weight.words().0, deadline.weight.words().1).to_owned());
    if !deadline.steps.is_empty() {
        text.push_str(&format!("\n{}\n", strong(say("計算", "Computation"))));
    }
    for (n, step) in deadline.steps.iter().enumerate() {
        text.push_str(&format!("  {}. {}\n", n + 1, words(&step.what)));
        if let Some(day) = step.day {
            text.push_str(&format!("     → {}\n", weekday(day)));
        }
        if let Some(basis) = &step.basis {
            text.push_str(&format!("     {}\n", words(basis)));
        }
    }
    let rule = &deadline.rule;
    text.push_str(&format!("\n{} {}\n  {}\n", strong(say("規則", "Rule")), rule.id, words(&rule.source)));
    let from = rule.from.map_or_else(String::new, |day| day.to_string());
    let until = rule.until.map_or_else(String::new, |day| day.to_string());
    if !(from.is_empty() && until.is_empty()) {
        text.push_str(&format!("  {} {from} – {until}\n", say("この版の期間", "this version counts from")));
    }
    if rule.unverified {
        let doubt = rule.doubt.as_ref().map(words).unwrap_or_default();
        text.push_str(&format!("  {}{doubt}\n", say("【未確認】", "UNVERIFIED: ")));
    }
    for (title, lines) in [(say("注", "Notes"), &deadline.remarks), (say("あわせて見直すもの", "Looked at with it"), &deadline.with)]
    {
        if !lines.is_empty() {
            text.push_str(&format!("\n{}\n", strong(title)));
        }
        for line in lines {
            text.push_str(&format!("  - {}\n", words(line)));
        }
    }
    text
}
