//! A change that the history announces, while the plan keeps the old figure.

use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;
use terminology::Text;

use crate::heading::Section;
use crate::model::{Concern, History, ItemKind};
use crate::review::activities::{LISTS, PLANS};
use crate::review::names::Relation;
use crate::review::periods::{self, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP431",
    name: "announced-change-not-made",
    severity: Severity::Error,
    title: ("変更の履歴にある変更が本文にない", "a change that the history announces was not made"),
    why: (
        "変更の履歴は本文に加えた変更を述べる。本文が変更前のままなら、どちらが計画か分からない。",
        "the history tells the changes of the text; where the text is as before, nobody knows which is the plan",
    ),
    reference: periods::PRODUCT,
    manual: include_str!("announced_change_not_made.md"),
    check,
};

/// (500例から600例), 「3年」から「4年」
static CHANGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let value = r"(?:[0-9][0-9,]*(?:症例|例|年間|年|か月間|か月|ヵ月間|ヵ月|ヶ月間|ヶ月|カ月間|カ月|週間|週|人)|(?:令和|平成)?[0-9元]+年[0-9]+月(?:[0-9]+日)?)";
    Regex::new(&format!(r"[「(:、]?(?P<a>{value})」?から「?(?P<b>{value})」?(?:に|へ|\)|。|、|変更|延長|短縮|$)")).ok()
});

fn check(context: &Context<'_>, sink: &mut Sink) {
    let Some(history) = &context.published.history else { return };
    let text = history.changes.as_str();
    added_concerns(context, sink, history);
    for n in 0..history.changes.starts.len() {
        let line = history.changes.line(n);
        for found in CHANGE.iter().flat_map(|change| change.captures_iter(&text[line.clone()])) {
            let (Some(whole), Some(old), Some(new)) = (found.get(0), found.name("a"), found.name("b")) else { continue };
            let (old, new) = (old.as_str(), new.as_str());
            let unit = |value: &str| value.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',').to_owned();
            if old == new || unit(old) != unit(new) {
                continue;
            }
            let before = &text[line.start..line.start + whole.start()];
            let places = places(context, before);
            let olds: Vec<_> = places.iter().filter_map(|(t, s, name)| Some((*t, stands(t.as_str(), old)?, *s, *name))).collect();
            sink.looked_at(1);
            if olds.is_empty() || places.iter().any(|(t, ..)| stands(t.as_str(), new).is_some()) {
                continue;
            }
            let range = line.start + whole.start()..line.start + whole.end();
            let start = range.start + (whole.as_str().len() - whole.as_str().trim_start_matches(['(', '「', ':', '、']).len());
            let mut marks = vec![
                Mark::part(&history.changes.text, start..range.end, Section::History, "")
                    .label(format!("{new} に変更"), format!("changed to {new}")),
            ];
            marks.extend(olds.into_iter().map(|(t, at, section, name)| {
                Mark::part(t, at..at + old.len(), section, name).label(format!("{old} のまま"), format!("still {old}"))
            }));
            sink.report(
                context,
                words(
                    format!("変更の履歴は {old} から {new} への変更を述べていますが、本文は {old} のままです"),
                    format!("the history tells a change from {old} to {new}, but the text still says {old}"),
                ),
                words(
                    format!("本文を {new} に直すか、変更の履歴を直してください。"),
                    format!("write {new} in the text, or mend the history"),
                ),
                &marks,
            );
        }
    }
}

/// A value, not as the end of a longer number or as part of a date.
fn stands(text: &str, value: &str) -> Option<usize> {
    let inside = |at: usize| {
        let era = ["令和", "平成", "昭和"].iter().any(|era| text[..at].ends_with(era));
        let date = text[at + value.len()..].starts_with(|c: char| c.is_ascii_digit());
        text[..at].ends_with(|c: char| c.is_ascii_digit() || c == ',') || era || date
    };
    text.match_indices(value).map(|(at, _)| at).find(|&at| !inside(at))
}

/// What the plan and the lists say of the figure that the words name, for the activity that they name.
fn places<'a>(context: &'a Context<'_>, words: &str) -> Vec<(&'a Text, Section, &'a str)> {
    let mut places = Vec::new();
    let names: Vec<&str> = context.activities.iter().map(|e| e.name.as_str()).collect();
    let (named, _) = context.names.named_in(words, &names);
    let target = words.contains("症例数");
    let kinds: Vec<ItemKind> = [
        ("症例数", ItemKind::Target),
        ("登録期間", ItemKind::Registration),
        ("観察期間", ItemKind::Observation),
        ("調査期間", ItemKind::Period),
        ("試験期間", ItemKind::Period),
        ("実施期間", ItemKind::Period),
    ]
    .into_iter()
    .filter(|(word, _)| words.contains(word))
    .map(|(_, kind)| kind)
    .collect();
    let [_] = kinds.as_slice() else { return places };
    for (entry, _) in context.activities.iter().zip(named).filter(|(_, named)| *named) {
        for (n, activity) in entry.plan.iter().enumerate() {
            let items = activity.iter().flat_map(|a| &a.items).filter(|item| kinds.contains(&item.kind));
            places.extend(items.map(|item| (&item.value, PLANS[n], entry.name.as_str())));
        }
        for (n, row) in entry.rows.iter().enumerate() {
            let cell = row.filter(|_| target).and_then(|r| r.target.as_ref());
            places.extend(cell.filter(|c| c.sure).map(|c| (&c.text, LISTS[n], entry.name.as_str())));
        }
    }
    places
}

/// 重要な潜在的リスクへの「X」の追加
static ADDED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"重要な(?:特定された|潜在的)?(?:リスク|不足情報)(?:に|へ|への|として|に、)?「(?P<name>[^「」]{2,60})」(?:の|を)?(?:新たに)?追加",
    )
    .ok()
});

/// A concern that the history says was added, and that 1.1 does not have.
fn added_concerns(context: &Context<'_>, sink: &mut Sink, history: &History) {
    let text = history.changes.as_str();
    for found in ADDED.iter().flat_map(|added| added.captures_iter(text)) {
        let Some(name) = found.name("name") else { continue };
        sink.looked_at(1);
        let concerns = &context.published.concerns;
        let known = |concern: &Concern| context.names.relation(name.as_str(), concern.name.as_str()) != Relation::Different;
        if concerns.is_empty() || concerns.iter().any(|c| !c.name.sure) || concerns.iter().any(known) {
            continue;
        }
        let words_of = context.verbatim(&history.changes.text.slice(name.range()));
        let mut marks = vec![
            Mark::part(&history.changes.text, found.get(0).map_or(0..0, |all| all.range()), Section::History, "")
                .label("1.1 にない", "not in 1.1"),
        ];
        marks.extend(context.heading(Section::Safety, false));
        sink.report(
            context,
            words(
                format!("変更の履歴は「{words_of}」の追加を述べていますが、1.1 にありません"),
                format!("the history tells that “{words_of}” was added, but 1.1 does not have it"),
            ),
            words("1.1 に追加するか、変更の履歴を直してください。", "add it to 1.1, or mend the history"),
            &marks,
        );
    }
}
