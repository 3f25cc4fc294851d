//! The target number of patients differs between views.

use std::ops::Range;
use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;
use terminology::Text;

use crate::heading::{Section, Title};
use crate::review::activities::{Entry, LISTS, PLANS};
use crate::review::names::Relation;
use crate::review::periods::{self, schedule, whole, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP415",
    name: "target-differs",
    severity: Severity::Error,
    title: ("目標症例数が記載箇所で異なる", "the target number of patients differs between views"),
    why: (
        "目標症例数は一つである。2・3 の実施計画、その根拠、5.1・5.2 は同じ数を示さなければならない。",
        "a survey has one target: plan, rationale and lists state the same number",
    ),
    reference: periods::LISTS,
    manual: include_str!("target_differs.md"),
    check,
};

static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"([0-9][0-9,]*)(?:症例|例|人|名|妊娠|件)").ok());
static SET: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"([0-9][0-9,]*)(?:症例|例|人|名)(?:\([^()]*\))?(?:と(?:した|設定した|設定する|する)。?$|と(?:した|設定した))").ok()
});

struct View<'a> {
    text: &'a Text,
    section: Section,
    name: &'a str,
    numbers: Vec<(u64, Range<usize>)>,
}

fn check(context: &Context<'_>, sink: &mut Sink) {
    for entry in context.activities.iter().filter(|e| e.names.iter().all(|n| !matches!(n.3, Relation::Near(_) | Relation::Different))) {
        let mut views = views(entry);
        // 5.2 gives the patients analysed for efficacy where a plan tells them apart
        let plans = || entry.plan.iter().flatten().flat_map(|a| &a.parts).map(|p| p.body.as_str());
        views.retain(|v| v.section != Section::EfficacyList || !plans().any(|text| for_efficacy(text, &v.numbers)));
        if let Some((first, others)) = views.split_first() {
            for other in others {
                compare(context, sink, first, other);
            }
        }
        rationale(context, sink, entry);
    }
}

fn views<'a>(entry: &Entry<'a>) -> Vec<View<'a>> {
    let mut views = Vec::new();
    for (n, activity) in entry.plan.iter().enumerate() {
        let Some(activity) = activity else { continue };
        let Some(plan) = schedule(activity) else { continue };
        let Some(target) = plan.target.clone() else { continue };
        views.push(View { numbers: numbers(plan.text.as_str(), target), text: plan.text, section: PLANS[n], name: activity.name.as_str() });
    }
    for (n, row) in entry.rows.iter().enumerate().take(2) {
        let Some(row) = row else { continue };
        let Some(cell) = row.target.as_ref().filter(|c| c.sure) else { continue };
        views.push(View {
            numbers: numbers(cell.as_str(), 0..cell.text.len()),
            text: &cell.text,
            section: LISTS[n],
            name: row.name.as_str(),
        });
    }
    views.retain(|v| !v.numbers.is_empty());
    views
}

/// The numbers of patients in a part of a text; not those of events to wait for, such as 100例以上の収集.
fn numbers(text: &str, range: Range<usize>) -> Vec<(u64, Range<usize>)> {
    let Some(number) = NUMBER.as_ref() else { return Vec::new() };
    number
        .captures_iter(&text[range.clone()])
        .filter_map(|c| Some((whole(c.get(1)?.as_str())?, c.get(0)?.range())))
        .map(|(n, r)| (n, range.start + r.start..range.start + r.end))
        .collect()
}

/// True where a number is one of the others, or the sum of them or of two.
fn explained(number: u64, others: &[(u64, Range<usize>)]) -> bool {
    let sum: u64 = others.iter().map(|o| o.0).sum();
    others.iter().any(|o| o.0 == number)
        || sum == number
        || others.iter().enumerate().any(|(n, a)| others[n + 1..].iter().any(|b| a.0 + b.0 == number))
}

/// True where a text says of one of these numbers that it is that of efficacy.
fn for_efficacy(text: &str, numbers: &[(u64, Range<usize>)]) -> bool {
    numbers.iter().any(|(number, _)| {
        text.match_indices(&number.to_string()).any(|(at, _)| {
            let before: String = text[..at].chars().rev().take(16).collect();
            before.contains("性効有")
        })
    })
}

fn compare(context: &Context<'_>, sink: &mut Sink, one: &View<'_>, other: &View<'_>) {
    sink.looked_at(1);
    // the target of efficacy may be another one
    if [one, other].iter().any(|v| v.text.as_str().contains("有効性"))
        && one.section != other.section
        && one.numbers.len().max(other.numbers.len()) > 1
    {
        return;
    }
    let unknown: Vec<&(u64, Range<usize>)> = other.numbers.iter().filter(|n| !explained(n.0, &one.numbers)).collect();
    let back = one.numbers.iter().any(|n| explained(n.0, &other.numbers));
    // a longer list on one side, of which the other gives the sum or a part
    let subset = ["対象例数", "評価対象", "解析対象", "として", "うち"]
        .iter()
        .any(|w| one.text.as_str()[one.numbers[0].1.start..].chars().take(30).collect::<String>().contains(w));
    let main = |n: &(u64, Range<usize>)| !subset || n.0 == one.numbers[0].0;
    // 125例（安全性評価対象として115例）: neither the smaller one alone, nor the sum of both
    let beside = other.numbers.iter().find(|n| other.numbers.len() == 1 && one.numbers.len() > 1 && !main(n));
    if unknown.is_empty()
        && let Some((n, range)) = beside
    {
        let severity = if one.numbers.iter().any(|o| o.0 == *n) { Severity::Info } else { Severity::Error };
        let (m, at) = &one.numbers[0];
        sink.report_as(
            severity,
            context,
            words(
                format!("目標症例数が {} では {m} 例ですが、{} では {n} 例です", one.section.number(), other.section.number()),
                format!("the target is {m} patients in {}, but {n} in {}", one.section.number(), other.section.number()),
            ),
            words("登録の目標か解析対象の例数かを明らかにしてください。", "say whether it is the number registered or analysed"),
            &[
                Mark::part(other.text, range.clone(), other.section, other.name).label(format!("ここでは {n}"), format!("{n} here")),
                Mark::part(one.text, at.clone(), one.section, one.name).label(format!("ここでは {m}"), format!("{m} here")),
            ],
        );
        return;
    }
    if unknown.is_empty() || (back && other.numbers.len() > one.numbers.len()) {
        return;
    }
    let (n, range) = unknown[0];
    let (m, at) = one.numbers.iter().find(|o| !explained(o.0, &other.numbers)).unwrap_or(&one.numbers[0]);
    sink.report(
        context,
        words(
            format!("目標症例数が、{} では {m} 例、{} では {n} 例です", one.section.number(), other.section.number()),
            format!("the target is {m} patients in {}, but {n} in {}", one.section.number(), other.section.number()),
        ),
        words("実施計画書で例数を確かめ、すべての箇所で同じにしてください。", "check the protocol and state one number everywhere"),
        &[
            Mark::part(other.text, range.clone(), other.section, other.name).label(format!("ここでは {n}"), format!("{n} here")),
            Mark::part(one.text, at.clone(), one.section, one.name).label(format!("ここでは {m}"), format!("{m} here")),
        ],
    );
}

/// The number that the rationale arrives at.
fn rationale(context: &Context<'_>, sink: &mut Sink, entry: &Entry<'_>) {
    for (n, activity) in entry.plan.iter().enumerate() {
        let Some(activity) = activity else { continue };
        let Some(plan) = schedule(activity) else { continue };
        let Some(target) = plan.target.clone() else { continue };
        let stated = numbers(plan.text.as_str(), target.clone());
        if stated.is_empty() {
            continue;
        }
        for part in activity.parts.iter().filter(|p| matches!(p.title, Title::Rationale | Title::TargetRationale)) {
            let text = &part.body.text;
            for sentence in periods::sentences(text.as_str()) {
                let words_of = &text.as_str()[sentence.clone()];
                if words_of.contains("観察期間")
                    || words_of.contains("中間")
                    || words_of.contains("有効性")
                    || words_of.contains("臨床試験で")
                {
                    continue;
                }
                let Some(found) = SET.as_ref().and_then(|r| r.captures_iter(words_of).last()) else { continue };
                let (Some(all), Some(number)) = (found.get(0), found.get(1).and_then(|d| whole(d.as_str()))) else { continue };
                sink.looked_at(1);
                if explained(number, &stated) {
                    continue;
                }
                let name = activity.name.as_str();
                sink.report(
                    context,
                    words(
                        format!("根拠では {number} 例としていますが、目標症例数は {} 例です", stated[0].0),
                        format!("the rationale arrives at {number} patients, but the target is {}", stated[0].0),
                    ),
                    words("根拠と目標症例数を照らしてください。", "compare the rationale with the target"),
                    &[
                        Mark::part(text, sentence.start + all.start()..sentence.start + all.end(), PLANS[n], name)
                            .label(format!("根拠では {number}"), format!("{number} by the rationale")),
                        Mark::part(plan.text, stated[0].1.clone(), PLANS[n], name)
                            .label(format!("目標は {}", stated[0].0), format!("the target is {}", stated[0].0)),
                    ],
                );
            }
        }
    }
}
