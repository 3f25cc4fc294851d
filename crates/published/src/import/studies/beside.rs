//! Studies that a sentence names otherwise than by number just before its count.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::model::{Count, Prose};
use crate::prose::sentence::sentence;

/// What parts two studies of one list: 「…）及び製造販売後臨床試験（試験番号：」.
static LISTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\)?(?:、|及び|並びに|および|ならびに)[^、。()%]{0,40}\((?:試験番号|プロトコル(?:No\.|番号)|治験番号)?:?$").ok()
});

/// 国内臨床試験, 国外第III相試験.
static PHRASE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:国内|国外|海外)[^、。()]{0,10}?試験").ok());

/// The studies that the list before a count names beside its own.
pub fn listed(prose: &Prose, count: &Count) -> Vec<usize> {
    let [own] = count.studies.as_slice() else { return Vec::new() };
    let text = prose.paragraphs[count.paragraph].text.as_str();
    let within = sentence(text, count.range.start);
    let mentions: Vec<(Range<usize>, usize)> = prose
        .studies
        .iter()
        .filter(|m| m.paragraph == count.paragraph && m.range.start >= within.start && m.range.end <= count.range.start)
        .map(|m| (m.range.clone(), m.study))
        .collect();
    let Some(mut at) = mentions.iter().rposition(|(_, study)| study == own) else { return Vec::new() };
    let mut found = Vec::new();
    let mut far = false;
    while at > 0 {
        let between = &text[mentions[at - 1].0.end..mentions[at].0.start];
        let wide = LISTED.as_ref().is_some_and(|shape| shape.is_match(between));
        let near = matches!(between, "、" | "," | "及び" | "・" | "/");
        if !wide && !near {
            break;
        }
        far |= wide;
        at -= 1;
        found.push(mentions[at].1);
    }
    // what one pair of brackets lists the reading has joined already
    if far { found } else { Vec::new() }
}

/// The study of a count whose sentence names none: the one of the paragraph before, where this one goes on with it; or the one
/// that the same part called 国内臨床試験 when it gave its number.
pub fn meant(prose: &Prose, count: &Count) -> Option<usize> {
    let paragraph = &prose.paragraphs[count.paragraph];
    let text = paragraph.text.as_str();
    let before = &text[..count.range.start];
    let same_view = |n: usize| prose.paragraphs[n].view == paragraph.view;
    let named = prose.studies.iter().any(|m| m.paragraph == count.paragraph && m.range.end <= count.range.start);
    let survey = ["成績調査", "ベース調査", "追跡調査", "直後調査", "市販後"].iter().any(|word| before.contains(word));
    if !named && !survey && ["また、", "なお、", "さらに、", "更に、", "そのうち"].iter().any(|word| text.starts_with(word))
    {
        let last = prose.studies.iter().rfind(|m| m.paragraph < count.paragraph && same_view(m.paragraph));
        if let Some(last) = last.filter(|last| last.paragraph + 1 == count.paragraph) {
            return Some(last.study);
        }
    }
    let shape = PHRASE.as_ref()?;
    let within = sentence(text, count.range.start);
    let phrase = shape.find_iter(&text[within.start..count.range.start]).last()?.as_str();
    let mut called: Vec<usize> = prose
        .studies
        .iter()
        .filter(|m| m.paragraph <= count.paragraph && same_view(m.paragraph))
        .filter(|m| {
            let before = &prose.paragraphs[m.paragraph].text.as_str()[..m.range.start];
            let Some(open) = before.rfind('(') else { return false };
            before[..open].ends_with(phrase) && !before[open..].contains(')')
        })
        .map(|m| m.study)
        .collect();
    called.dedup();
    Some(called).filter(|called| !called.is_empty() && called.len() <= 2)?.last().copied()
}
