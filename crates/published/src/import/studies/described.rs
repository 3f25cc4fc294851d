//! Studies without a number: 「効能1の使用成績調査では」, 「11試験の併合解析では」; and what was taken together before under the same total.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::Source;
use super::pools::{Pooled, pooled};
use super::sized::{Entry, Sized};
use crate::model::{Count, Prose};
use crate::prose::arms;
use crate::prose::sentence::sentence;

static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:(国内|国外|海外)(?:の|で行われた|で実施した|で実施された))?",
        r"([0-9]+試験の併合(?:解析)?",
        r"|(?:一般|特定)?使用成績(?:比較)?調査|(?:製造販売後)?データベース調査|市販直後調査|追跡調査",
        r"|[一-鿿ァ-ヶー]{2,8}(?:登録調査|登録研究|コホート研究|疫学調査|レジストリ)|妊娠登録|患者登録)",
        r"(\([^()]{1,30}\))?"
    ))
    .ok()
});

static INDICATION: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"効能([0-9]+)の").ok());

/// So many patients that two arms of one name hardly have the same number.
const RARE: u64 = 100;

/// The name of the study that the text before a count is about: as the sentence has it, else the sentence before.
fn name(prose: &Prose, count: &Count) -> Option<String> {
    let text = prose.paragraphs[count.paragraph].text.as_str();
    let own = sentence(text, count.range.start);
    let before = (own.start > 0).then(|| sentence(text, text[..own.start].char_indices().next_back().map_or(0, |(at, _)| at)));
    // a study that has a number stands between
    let numbered = |from: usize| {
        prose.studies.iter().any(|m| m.paragraph == count.paragraph && m.range.start >= from && m.range.end <= count.range.start)
    };
    let of = |range: std::ops::Range<usize>| {
        let part = &text[range.start..range.end.min(count.range.start)];
        let found = NAME.as_ref()?.captures_iter(part).last()?;
        let group = |n: usize| found.get(n).map_or("", |m| m.as_str());
        let lead = &part[..found.get(0)?.start()];
        let indication = INDICATION.as_ref().and_then(|shape| shape.captures_iter(lead).last()).map(|c| format!("(効能{})", &c[1]));
        let place = if group(1).is_empty() { String::new() } else { format!("{}の", group(1)) };
        let bracket = Some(group(3)).filter(|bracket| !bracket.is_empty() && !bracket.contains("以下"));
        let bracket = bracket.map(str::to_owned).or(indication).unwrap_or_default();
        Some(format!("{place}{}{bracket}", group(2)).replace(['"', ':'], ""))
    };
    if numbered(own.start) {
        return None;
    }
    of(own.clone()).or_else(|| before.filter(|range| !numbered(range.start)).and_then(of))
}

/// Gives the counts that have no study yet the one their text describes; these studies are returned with their sizes.
pub fn add(
    prose: &Prose,
    settled: &HashSet<usize>,
    of_size: &dyn Fn(&str, u64) -> Option<Source>,
    sources: &mut HashMap<usize, Vec<Source>>,
) -> Vec<(String, Sized)> {
    let mut found: Vec<(String, Vec<Entry>)> = Vec::new();
    for (n, count) in prose.counts.iter().enumerate() {
        if sources.contains_key(&n) || settled.contains(&n) || !(1..=super::MOST).contains(&count.denominator) {
            continue;
        }
        let text = prose.paragraphs[count.paragraph].text.as_str();
        let part = &text[sentence(text, count.range.start).start..count.range.start];
        if let Some(known) = together(prose, count, sources).or_else(|| alone(count, part, of_size)) {
            sources.insert(n, known);
        } else if let Some(name) = name(prose, count).filter(|name| name.contains("併合") || pooled(prose, count) == Pooled::No) {
            let entry = Entry { value: count.denominator, arm: arms::arm(part), phase: None, count: Some(n), odd: false };
            match found.iter_mut().find(|(known, _)| *known == name) {
                Some((_, entries)) => entries.push(entry),
                None => found.push((name, vec![entry])),
            }
        }
    }
    let mut all = Vec::new();
    for (name, entries) in found {
        let sized = Sized::of(&entries);
        for (entry, part) in entries.iter().zip(&sized.part_of) {
            if let (Some(count), Some(part)) = (entry.count, part) {
                sources.insert(count, vec![Source { study: name.clone(), part: part.clone() }]);
            }
        }
        all.push((name, sized));
    }
    all
}

/// 「併合した466例のうち」: the studies that other counts of the same total take together, where they all take the same.
fn together(prose: &Prose, count: &Count, sources: &HashMap<usize, Vec<Source>>) -> Option<Vec<Source>> {
    let text = prose.paragraphs[count.paragraph].text.as_str();
    let says = |part: &str| ["併合", "合わせ", "合計", "統合"].iter().any(|word| part.contains(word));
    if !says(&text[sentence(text, count.range.start)]) {
        return None;
    }
    let others = prose.counts.iter().enumerate().filter(|(_, other)| other.denominator == count.denominator);
    let mut known = others.filter_map(|(n, _)| sources.get(&n)).filter(|of| of.len() > 1 || of[0].study.contains('・'));
    let first = known.next()?;
    known.all(|other| other == first).then(|| first.clone())
}

/// 「本剤群の2.5%（61/2,410例）」: the one study of which an arm of this name has so many patients.
fn alone(count: &Count, before: &str, of_size: &dyn Fn(&str, u64) -> Option<Source>) -> Option<Vec<Source>> {
    let arm = arms::arm(before).filter(|_| count.denominator >= RARE)?;
    Some(vec![of_size(&arm, count.denominator)?])
}
