//! Studies: their numbers, registry numbers, and publications cited in their stead.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::model::{Paragraph, Prose, Study, StudyMention};

/// Words that introduce the number of a study.
const INTRODUCTIONS: [&str; 8] =
    ["試験番号", "プロトコルNo.", "プロトコール番号", "プロトコル番号", "治験番号", "研究番号", "調査番号", "登録番号"];

/// Finds the studies and all mentions of them.
pub fn find(prose: &mut Prose) {
    let mut registry: Vec<Study> = Vec::new();
    let mut index: HashMap<String, usize> = HashMap::new();
    let mut add = |key: String, citation: bool, introduced: bool| -> usize {
        let n = *index.entry(key.clone()).or_insert_with(|| {
            registry.push(Study { key, short: Vec::new(), mentions: 0, citation, introduced: false });
            registry.len() - 1
        });
        registry[n].introduced |= introduced;
        n
    };
    let mut citations: Vec<(usize, Range<usize>, usize)> = Vec::new();
    let mut tokens: Vec<Vec<(Range<usize>, bool)>> = Vec::new();
    for (paragraph, p) in prose.paragraphs.iter().enumerate() {
        let s = p.text.as_str();
        for (range, key) in cited(s) {
            let study = add(key, true, true);
            citations.push((paragraph, range, study));
        }
        let introduced = introduced(s);
        let mut known = Vec::new();
        for range in words_of(p) {
            let word = &s[range.clone()];
            let inside = introduced.iter().any(|i| i.start <= range.start && range.end <= i.end);
            let registered = is_registry_number(word);
            let named = s[range.end..].starts_with("試験") && word.chars().count() >= 3 && is_study_name(word);
            if (inside && is_number(word)) || registered || named {
                add(word.to_owned(), false, inside || registered);
            }
            known.push((range, inside));
        }
        tokens.push(known);
    }
    let mut cited = citations.as_slice();
    for (paragraph, (p, words)) in prose.paragraphs.iter().zip(&tokens).enumerate() {
        let s = p.text.as_str();
        cited = &cited[cited.partition_point(|(c, ..)| *c < paragraph)..];
        let here = &cited[..cited.partition_point(|(c, ..)| *c == paragraph)];
        for (range, _) in words {
            if here.iter().any(|(_, r, _)| r.start <= range.start && range.end <= r.end) {
                continue;
            }
            if let Some(&study) = index.get(&s[range.clone()]) {
                prose.studies.push(StudyMention { paragraph, range: range.clone(), study });
            }
        }
    }
    prose.studies.extend(citations.into_iter().map(|(paragraph, range, study)| StudyMention { paragraph, range, study }));
    prose.studies.sort_by_key(|m| (m.paragraph, m.range.start));
    by_short_names(prose, &mut registry);
    for mention in &prose.studies {
        registry[mention.study].mentions += 1;
    }
    prose.registry = registry;
}

/// (試験番号:MN-T301、以下「301試験」)
static SHORT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"以下、?[「『]?([^「」『』()、。]{1,20})試験[」』]?[)、]").ok());

/// Finds the short names that the text defines for studies, and where they stand for them.
fn by_short_names(prose: &mut Prose, registry: &mut [Study]) {
    /// Characters between the number of a study and the definition of its short name at most.
    const NEAR: usize = 24;
    /// A document has no more of them; each is looked for in all of the text.
    const MOST: usize = 100;
    let mut names: Vec<(String, usize)> = Vec::new();
    for found in prose.studies.chunk_by(|a, b| a.paragraph == b.paragraph) {
        let s = prose.paragraphs[found[0].paragraph].text.as_str();
        for definition in SHORT.iter().flat_map(|shape| shape.captures_iter(s)) {
            let (Some(whole), Some(name)) = (definition.get(0), definition.get(1)) else { continue };
            let Some(last) = found.iter().rev().find(|m| m.range.end <= whole.start()) else { continue };
            let between = &s[last.range.end..whole.start()];
            let fits =
                !between.contains('。') && between.chars().count() <= NEAR && registry.iter().all(|study| study.key != name.as_str());
            if fits && !registry[last.study].citation && !matches!(name.as_str(), "本" | "同" | "当該" | "両") && names.len() < MOST {
                names.push((name.as_str().to_owned(), last.study));
            }
        }
    }
    // a name given to two studies tells neither
    let given = names.clone();
    names.retain(|(name, study)| given.iter().all(|(other, of)| other != name || of == study));
    names.dedup();
    names.iter().for_each(|(name, study)| registry[*study].short.push(format!("{name}試験")));
    let mut added = Vec::new();
    for (paragraph, p) in prose.paragraphs.iter().enumerate() {
        let s = p.text.as_str();
        let part = |c: char| c.is_ascii_alphanumeric() || c == '-';
        for (name, study) in &names {
            for (at, _) in s.match_indices(name.as_str()) {
                let range = at..at + name.len();
                let defined = s[..at].trim_end_matches(['「', '『', '、']).ends_with("以下");
                let joined = s[..at].ends_with(part) && name.starts_with(part);
                if s[range.end..].starts_with("試験") && !defined && !joined {
                    added.push(StudyMention { paragraph, range, study: *study });
                }
            }
        }
    }
    let taken: Vec<StudyMention> = std::mem::take(&mut prose.studies);
    let overlaps = |m: &StudyMention| {
        let from = taken.partition_point(|other| (other.paragraph, other.range.end) <= (m.paragraph, m.range.start));
        taken.get(from).is_some_and(|other| other.paragraph == m.paragraph && other.range.start < m.range.end)
    };
    added.retain(|m| !overlaps(m));
    prose.studies = taken;
    prose.studies.append(&mut added);
    prose.studies.sort_by_key(|m| (m.paragraph, m.range.start));
}

/// The words of a paragraph, a number parted from the figure that follows it in a table once the blanks are gone.
#[must_use]
pub fn words_of(paragraph: &Paragraph) -> Vec<Range<usize>> {
    let s = paragraph.text.as_str();
    let mut parted = Vec::new();
    for range in words(s).into_iter().flat_map(|range| paragraph.between_seams(range)) {
        match registry_number(&s[range.clone()]) {
            Some(length) if length < range.len() && s.as_bytes()[range.start + length].is_ascii_digit() => {
                parted.push(range.start..range.start + length);
                parted.push(range.start + length..range.end);
            }
            _ => parted.push(range),
        }
    }
    parted
}

/// Words of Latin letters, figures and hyphens within them.
#[must_use]
pub fn words(s: &str) -> Vec<Range<usize>> {
    let bytes = s.as_bytes();
    let mut words = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() {
            // a hyphen typed twice is still one number
            let hyphens = bytes[at..].iter().take(2).take_while(|b| matches!(b, b'-' | b'_')).count();
            if bytes[at].is_ascii_alphanumeric() {
                at += 1;
            } else if hyphens > 0 && bytes.get(at + hyphens).is_some_and(u8::is_ascii_alphanumeric) {
                at += hyphens;
            } else {
                break;
            }
        }
        words.push(start..at);
    }
    words
}

/// The stretches that introduce study numbers: after 試験番号 up to the closing bracket.
fn introduced(s: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    for word in INTRODUCTIONS {
        for (at, _) in s.match_indices(word) {
            let start = at + word.len();
            let rest = &s[start..];
            let end =
                rest.char_indices().find(|&(n, c)| n > 0 && matches!(c, ')' | '。' | '(' | '」') || n > 160).map_or(rest.len(), |(n, _)| n);
            // further on only numbers, joined by 、 and 及び
            let mut stop = 0;
            for range in self::words(&rest[..end]) {
                let between = &rest[stop..range.start];
                if stop > 0
                    && !between.chars().all(|c| {
                        matches!(
                            c,
                            '、' | ','
                                | '/'
                                | '・'
                                | ':'
                                | '.'
                                | '及'
                                | 'び'
                                | '並'
                                | 'に'
                                | '又'
                                | 'は'
                                | 'と'
                                | 'お'
                                | 'よ'
                                | '試'
                                | '験'
                        )
                    })
                {
                    break;
                }
                if stop == 0 && between.chars().count() > 6 {
                    break;
                }
                stop = range.end;
            }
            if stop > 0 {
                ranges.push(start..start + stop);
            }
        }
    }
    ranges
}

fn is_number(word: &str) -> bool {
    word.len() >= 3 && word.bytes().any(|b| b.is_ascii_digit()) && !(word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit()))
}

/// A name that a study goes by before 試験: with a figure, or of capitals alone.
fn is_study_name(word: &str) -> bool {
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
    letters > 0
        && capitals * 2 >= letters
        && (word.bytes().any(|b| b.is_ascii_digit()) || capitals >= 3)
        && !matches!(word, "III" | "II" | "IV" | "QT" | "QTc" | "PMDA" | "GCP")
        && !word.starts_with("HLA")
}

/// Numbers of public registries.
fn is_registry_number(word: &str) -> bool {
    registry_number(word) == Some(word.len())
}

/// The length of the registry number with which a word begins.
fn registry_number(word: &str) -> Option<usize> {
    const REGISTRIES: [(&str, usize, usize); 6] =
        [("jRCTs", 9, 9), ("jRCT", 9, 10), ("NCT", 8, 8), ("UMIN", 9, 9), ("JapicCTI-", 5, 6), ("ISRCTN", 8, 8)];
    REGISTRIES.iter().find_map(|&(prefix, least, most)| {
        let digits = word.strip_prefix(prefix)?.bytes().take(most).take_while(u8::is_ascii_digit).count();
        (digits >= least).then_some(prefix.len() + digits)
    })
}

/// Publications: brackets that hold a year and the marks of a citation. The key is the first author and the year.
fn cited(s: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in s.char_indices() {
        match c {
            '(' => open.push(at),
            ')' => {
                let Some(start) = open.pop() else { continue };
                if !open.is_empty() && open[0] != start {
                    // an inner bracket, such as the issue of a volume
                    continue;
                }
                let inner = &s[start + 1..at];
                let year = year(inner);
                let marks = ["etal", "vol.", "Vol.", "No.", "ら「", "他「", "ら.", "他.", ";"].iter().any(|m| inner.contains(m));
                if let (Some(year), true) = (year, marks)
                    && inner.chars().count() <= 160
                    && !inner.contains("番号")
                {
                    let author: String =
                        inner.chars().take_while(|c| !matches!(c, ',' | '「' | '.' | ' ' | ':' | 'ら' | '他')).take(12).collect();
                    if author.chars().count() >= 2 {
                        found.push((start + 1..at, format!("{author}{year}")));
                    }
                }
            }
            '。' => open.clear(),
            _ => {}
        }
    }
    found
}

fn year(s: &str) -> Option<u32> {
    let bytes = s.as_bytes();
    (0..bytes.len().saturating_sub(3)).rev().find_map(|at| {
        let four = &bytes[at..at + 4];
        let before = at.checked_sub(1).is_none_or(|b| !bytes[b].is_ascii_digit());
        let after = bytes.get(at + 4).is_none_or(|b| !b.is_ascii_digit());
        if !before || !after || !four.iter().all(u8::is_ascii_digit) {
            return None;
        }
        std::str::from_utf8(four).ok()?.parse().ok().filter(|y| (1950..2100).contains(y))
    })
}
