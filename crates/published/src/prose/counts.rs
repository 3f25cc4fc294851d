//! Counts with a denominator, and evidence without one.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

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
        let mut taken: Vec<Range<usize>> = Vec::new();
        let first = counts.len();
        for shape in SHAPES.iter() {
            for found in shape.captures_iter(s) {
                let Some(whole) = found.get(0) else { continue };
                if taken.iter().any(|t| t.start < whole.end() && whole.start() < t.end) {
                    continue;
                }
                let (Some(a), Some(b)) = (found.name("a"), found.name("b")) else { continue };
                let (Some(numerator), Some(denominator)) = (number(a.as_str()), number(b.as_str())) else { continue };
                if is_date(s, &whole.range()) {
                    continue;
                }
                let mut range = whole.range();
                if s[range.clone()].ends_with(['、', ',', ';']) {
                    range.end -= s[range.clone()].chars().next_back().map_or(0, char::len_utf8);
                }
                if s[range.end..].starts_with(')') && s[range.clone()].matches('(').count() > s[range.clone()].matches(')').count() {
                    range.end += 1;
                }
                taken.push(range.clone());
                let percentage = found.name("p");
                counts.push(Count {
                    paragraph,
                    numerator,
                    numerator_at: a.range(),
                    denominator,
                    denominator_at: b.range(),
                    percentage: percentage.map(|p| p.as_str().to_owned()),
                    percentage_at: percentage.map(|p| p.range()),
                    studies: studies_at(p, &here, range.start, &carried),
                    arm: arm(s, range.start),
                    range,
                });
            }
        }
        counts[first..].sort_by_key(|c: &Count| c.range.start);
        if let Some(regex) = BARE.as_ref() {
            for found in regex.captures_iter(s) {
                let Some(whole) = found.get(0) else { continue };
                if taken.iter().any(|t| t.start < whole.end() && whole.start() < t.end) {
                    continue;
                }
                let kind = match (found.name("p"), found.name("n"), found.name("u")) {
                    (Some(p), ..) => BareKind::Percentage(p.as_str().to_owned()),
                    (_, Some(n), Some(u)) if u.as_str() == "件" => BareKind::Events(number(n.as_str()).unwrap_or(0)),
                    (_, Some(n), Some(_)) => BareKind::Patients(number(n.as_str()).unwrap_or(0)),
                    _ => continue,
                };
                bare.push(Bare { paragraph, studies: studies_at(p, &here, whole.start(), &carried), range: whole.range(), kind });
            }
        }
        for (phrase, _) in NONE_SEEN.iter().flat_map(|phrase| s.match_indices(phrase).map(|(at, _)| (*phrase, at))).map(|(p, at)| ((p, at), ())) {
            let (phrase, at) = phrase;
            bare.push(Bare { paragraph, studies: studies_at(p, &here, at, &carried), range: at..at + phrase.len(), kind: BareKind::NoneSeen });
        }
        if let Some((_, study)) = here.last() {
            carried = if p.cell { vec![*study] } else { Vec::new() };
        } else if !p.cell {
            carried.clear();
        }
    }
    prose.counts = counts;
    prose.bare = bare;
}

const NONE_SEEN: [&str; 6] = ["確認されていない", "確認されなかった", "認められなかった", "認められていない", "発現していない", "発現はなかった"];

/// A number with commas. None where it does not fit.
#[must_use]
pub fn number(s: &str) -> Option<u64> {
    s.replace(',', "").parse().ok()
}

/// 2021/3/26 and the like are dates, not counts.
fn is_date(s: &str, range: &Range<usize>) -> bool {
    let before = s[..range.start].ends_with('/');
    let after = s[range.end..].starts_with('/');
    before || after
}

/// The studies a place belongs to: those named last before it in its sentence (all that one list names), else in its
/// paragraph, else, in a table, those of the row.
fn studies_at(paragraph: &Paragraph, here: &[(Range<usize>, usize)], at: usize, carried: &[usize]) -> Vec<usize> {
    let s = paragraph.text.as_str();
    let Some(last) = here.iter().rposition(|(range, _)| range.end <= at) else {
        return carried.to_vec();
    };
    let mut studies = vec![here[last].1];
    let mut from = &here[last].0;
    for (range, study) in here[..last].iter().rev() {
        let between = &s[range.end..from.start];
        // numbers in one list: 、, 及び, closing and opening of brackets between them
        let joined = between.chars().count() <= 12 && !between.contains("では") && !between.contains('。') && between.chars().all(|c| matches!(c, '、' | ',' | '及' | 'び' | '並' | 'に' | 'と' | '・' | '/' | '試' | '験' | '番' | '号' | ':' | '(' | ')' | 'お' | 'よ' | '両'))
            // the bridge between a name and its number
            || (between.starts_with("試験") && between.contains("番号") && between.chars().count() <= 12);
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

const ARMS: [&str; 16] = [
    "本剤投与群", "本剤再投与群", "プラセボ群", "プラセボ投与群", "対照薬投与群", "対照群", "本剤群", "実薬群", "寛解導入期", "維持療法期", "非盲検期", "盲検期", "第1クール", "第2クール", "二重盲検期", "継続投与期",
];

/// The arm or phase that the sentence names last before `at`.
fn arm(s: &str, at: usize) -> Option<String> {
    let start = s[..at].rfind('。').map_or(0, |p| p + '。'.len_utf8());
    let sentence = &s[start..at];
    ARMS.iter().filter_map(|arm| sentence.rfind(arm).map(|p| (p + arm.len(), arm.len(), *arm))).max().map(|(_, _, arm)| arm.to_owned())
}
