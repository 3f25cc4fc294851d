//! Counts with a denominator, and evidence without one.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::arms;
use super::sentence::sentence;
use crate::model::{Bare, BareKind, Count, Paragraph, Prose};

/// The shapes a count comes in, after normalisation. Groups: p percentage, a numerator, b denominator.
static SHAPES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        // 97.8%(88/90例)
        r"(?P<p>[0-9]+(?:\.[0-9]+)?)%[(\[](?P<a>[0-9][0-9,]*)(?:例|人|名|件)?/(?P<b>[0-9][0-9,]*)(?:例|人|名)?中?[)\]、,;]",
        // 97.8%(90例中88例)
        r"(?P<p>[0-9]+(?:\.[0-9]+)?)%[(\[](?P<b>[0-9][0-9,]*)(?:例|人|名)中、?(?P<a>[0-9][0-9,]*)(?:例|人|名|件)[)\]]",
        // 90例中88例(97.8%)
        r"(?P<b>[0-9][0-9,]*)(?:例|人|名)(?:中|のうち、?)の?(?P<a>[0-9][0-9,]*)(?:例|人|名)(?:[(\[](?P<p>[0-9]+(?:\.[0-9]+)?)%)?",
        // 88/90例(97.8%), 88例/90例、97.8%
        r"(?P<a>[0-9][0-9,]*)(?:例|人|名)?/(?P<b>[0-9][0-9,]*)(?:例|人|名)[)\]]?[(\[、,:;](?P<p>[0-9]+(?:\.[0-9]+)?)%",
        // 88/90(97.8%)
        r"(?P<a>[0-9][0-9,]*)/(?P<b>[0-9][0-9,]*)[(\[](?P<p>[0-9]+(?:\.[0-9]+)?)%?[)\]]",
        // 88/90例
        r"(?P<a>[0-9][0-9,]*)(?:例|人|名)?/(?P<b>[0-9][0-9,]*)(?:例|人|名)",
    ]
    .into_iter()
    .filter_map(|shape| Regex::new(shape).ok())
    .collect()
});

static BARE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?P<p>[0-9]+(?:\.[0-9]+)?)%|(?P<n>[0-9][0-9,]*)(?P<u>例|件)").ok());

/// Finds all counts and all bare evidence.
pub fn find(prose: &mut Prose) {
    let mut carried: Vec<usize> = Vec::new();
    let mut view = None;
    let mut mention = 0;
    let (mut counts, mut bare) = (Vec::new(), Vec::new());
    for (paragraph, p) in prose.paragraphs.iter().enumerate() {
        if view != Some(&p.view) {
            view = Some(&p.view);
            carried.clear();
        }
        while prose.studies.get(mention).is_some_and(|m| m.paragraph < paragraph) {
            mention += 1;
        }
        let here: Vec<(Range<usize>, usize)> =
            prose.studies[mention..].iter().take_while(|m| m.paragraph == paragraph).map(|m| (m.range.clone(), m.study)).collect();
        let s = p.text.as_str();
        let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
        let first = counts.len();
        for part in p.between_seams(0..s.len()) {
            for found in SHAPES.iter().flat_map(|shape| shape.captures_iter(&s[part.clone()])) {
                let place = |name| found.name(name).map(|m| part.start + m.start()..part.start + m.end());
                let Some(whole) = found.get(0).map(|m| part.start + m.start()..part.start + m.end()) else { continue };
                if overlaps(&taken, &whole) {
                    continue;
                }
                let (Some(a), Some(b)) = (place("a"), place("b")) else { continue };
                let (Some(numerator), Some(denominator)) = (number(&s[a.clone()]), number(&s[b.clone()])) else { continue };
                if is_date(s, &whole) || is_cut(&s[b.end..]) {
                    continue;
                }
                let mut range = whole;
                if s[range.clone()].ends_with(['、', ',', ';']) {
                    range.end -= s[range.clone()].chars().next_back().map_or(0, char::len_utf8);
                }
                if s[range.end..].starts_with(')') && s[range.clone()].matches('(').count() > s[range.clone()].matches(')').count() {
                    range.end += 1;
                }
                taken.insert(range.start, range.end);
                let percentage = place("p");
                counts.push(Count {
                    paragraph,
                    numerator,
                    numerator_at: a,
                    denominator,
                    denominator_at: b,
                    percentage: percentage.clone().map(|p| s[p].to_owned()),
                    percentage_at: percentage,
                    studies: studies_at(p, &here, range.start, &carried),
                    arm: arms::either(&s[sentence(s, range.start).start..range.start]),
                    range,
                });
            }
        }
        counts[first..].sort_by_key(|c: &Count| c.range.start);
        for part in p.between_seams(0..s.len()) {
            for found in BARE.iter().flat_map(|regex| regex.captures_iter(&s[part.clone()])) {
                let Some(whole) = found.get(0).map(|m| part.start + m.start()..part.start + m.end()) else { continue };
                if overlaps(&taken, &whole) {
                    continue;
                }
                let kind = match (found.name("p"), found.name("n"), found.name("u")) {
                    (Some(p), ..) => BareKind::Percentage(p.as_str().to_owned()),
                    (_, Some(n), Some(u)) if u.as_str() == "件" => BareKind::Events(number(n.as_str()).unwrap_or(0)),
                    (_, Some(n), Some(_)) => BareKind::Patients(number(n.as_str()).unwrap_or(0)),
                    _ => continue,
                };
                bare.push(Bare { paragraph, studies: studies_at(p, &here, whole.start, &carried), range: whole, kind });
            }
        }
        for (phrase, _) in
            NONE_SEEN.iter().flat_map(|phrase| s.match_indices(phrase).map(|(at, _)| (*phrase, at))).map(|(p, at)| ((p, at), ()))
        {
            let (phrase, at) = phrase;
            bare.push(Bare {
                paragraph,
                studies: studies_at(p, &here, at, &carried),
                range: at..at + phrase.len(),
                kind: BareKind::NoneSeen,
            });
        }
        if let Some((_, study)) = here.last() {
            carried = vec![*study];
        } else if !p.cell && !goes_on(s) {
            carried.clear();
        }
    }
    prose.counts = counts;
    prose.bare = bare;
}

const NONE_SEEN: [&str; 6] =
    ["確認されていない", "確認されなかった", "認められなかった", "認められていない", "発現していない", "発現はなかった"];

/// More is no number of patients or events; what is at most this can be summed without care.
pub const MOST: u64 = 1_000_000_000_000;

/// A number with commas. None for more than [`MOST`].
#[must_use]
pub fn number(s: &str) -> Option<u64> {
    s.replace(',', "").parse().ok().filter(|&n| n <= MOST)
}

/// Beginnings of a paragraph that goes on about the study of the one before.
const GOES_ON: [&str; 14] = [
    "また、",
    "なお、",
    "さらに、",
    "更に、",
    "このうち",
    "そのうち",
    "うち",
    "同試験",
    "本試験",
    "本剤群",
    "本剤投与群",
    "プラセボ群",
    "対照薬群",
    "対照群",
];

/// True where a paragraph that names no study goes on about the one named before it.
fn goes_on(s: &str) -> bool {
    GOES_ON.iter().any(|w| s.starts_with(w)) && !POOLED.iter().any(|w| s.contains(w)) && !another_source(s)
}

/// True where a text turns to a survey, which has no number.
fn another_source(part: &str) -> bool {
    ["成績調査", "ベース調査", "追跡調査", "直後調査", "市販後"].iter().any(|w| part.contains(w))
}

/// True where a number goes on behind its thousands: 6/5,640回 does not count patients.
fn is_cut(after: &str) -> bool {
    after.strip_prefix(',').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// 2021/3/26 and the like are dates, not counts.
fn is_date(s: &str, range: &Range<usize>) -> bool {
    let before = s[..range.start].ends_with('/');
    let after = s[range.end..].starts_with('/');
    before || after
}

/// True if `range` overlaps one of `taken`, which do not overlap each other.
fn overlaps(taken: &BTreeMap<usize, usize>, range: &Range<usize>) -> bool {
    taken.range(..range.end).next_back().is_some_and(|(_, &end)| range.start < end)
}

/// Words by which a sentence pools what it named.
pub const POOLED: [&str; 9] = ["併合", "統合", "合わせ", "併せ", "あわせ", "合計", "両試験", "プール", "集積"];

/// The studies a place belongs to: those named last before it in its sentence (all that one list names), else in its
/// paragraph, else, in a table, those of the row. Where the sentence pools studies, all that it pools.
fn studies_at(paragraph: &Paragraph, here: &[(Range<usize>, usize)], at: usize, carried: &[usize]) -> Vec<usize> {
    let s = paragraph.text.as_str();
    let until = here.partition_point(|(range, _)| range.end <= at);
    let Some(last) = until.checked_sub(1) else {
        return if paragraph.cell || goes_on(s) { carried.to_vec() } else { Vec::new() };
    };
    let sentence = sentence(s, at);
    if s.get(here[last].0.end.max(sentence.start)..at).is_some_and(another_source) {
        return Vec::new();
    }
    if let Some(pooled) = pooled(s, &here[..until], &sentence, at) {
        return pooled;
    }
    let mut studies = vec![here[last].1];
    let mut from = &here[last].0;
    for (range, study) in here[..last].iter().rev() {
        let between = &s[range.end.min(from.start)..from.start];
        let short = between.chars().count() <= 12;
        // numbers in one list: 、, 及び, closing and opening of brackets between them
        let joined = short
            && between.chars().all(|c| matches!(c, '、' | ',' | '及' | 'び' | '並' | 'に' | 'と' | '・' | '/' | '試' | '験' | '番' | '号' | ':' | '(' | ')' | 'お' | 'よ' | '両'))
            // the bridge between a name and its number
            || (between.starts_with("試験") && between.contains("番号") && short);
        let alias = between.starts_with("試験、") && between.contains("番号");
        if !joined && !alias {
            break;
        }
        if !studies.contains(study) && !alias {
            studies.push(*study);
        }
        from = range;
    }
    studies.sort_unstable();
    studies
}

/// The studies that the sentence pools, where a word of pooling stands after the last study named and before `at`.
fn pooled(s: &str, named: &[(Range<usize>, usize)], sentence: &Range<usize>, at: usize) -> Option<Vec<usize>> {
    let last = named.last()?.0.end.max(sentence.start);
    let part = s.get(last..at)?;
    let (word, found) = POOLED.iter().filter_map(|w| part.rfind(w).map(|p| (p, *w))).max()?;
    // 統合した成績は…であった。その後に述べる事象は別の文で
    let mut distinct: Vec<usize> = Vec::new();
    let stated = how_many(&s[sentence.start..last + word]);
    let in_sentence = named.iter().rev().take_while(|(r, _)| r.start >= sentence.start).count();
    let wanted = stated.or_else(|| (found == "両試験").then_some(2)).unwrap_or(if in_sentence >= 2 { 0 } else { usize::MAX });
    for (n, (_, study)) in named.iter().rev().enumerate() {
        if (wanted == 0 && n >= in_sentence) || (wanted > 0 && distinct.len() >= wanted) || distinct.len() >= 12 {
            break;
        }
        if !distinct.contains(study) {
            distinct.push(*study);
        }
    }
    distinct.sort_unstable();
    (distinct.len() >= 2).then_some(distinct)
}

/// 3試験の, 二つの試験の: how many studies are pooled.
fn how_many(part: &str) -> Option<usize> {
    let at = part.rfind("試験").filter(|&at| part.len() - at <= 24)?;
    let before = part[..at].trim_end_matches("臨床").trim_end_matches("国内").trim_end_matches('の').trim_end_matches('つ');
    let c = before.chars().next_back()?;
    match c {
        '2' | '二' => Some(2),
        '3' | '三' => Some(3),
        '4' | '四' => Some(4),
        '5' | '五' => Some(5),
        _ => None,
    }
    .filter(|_| !before.trim_end_matches(c).ends_with(|b: char| b.is_ascii_digit() || b == '-'))
}
