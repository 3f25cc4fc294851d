//! Counts of several studies taken together that the sentence does not list: 「併合した466例のうち」.

use std::collections::HashMap;

use super::sized::{Entry, Part, Sized, only_sum};
use crate::model::{Count, Prose};
use crate::prose::sentence::sentence;

/// What has to be found for a count.
pub enum Wanted {
    /// The studies that its total takes together, or the arms of the one that the sentence names.
    Pool(Option<usize>),
    /// One study of these.
    OneOf(Vec<usize>),
}

/// Words by which a sentence takes studies together, whatever else it says.
const WORDS: [&str; 6] = ["併合", "統合", "合わせ", "併せ", "あわせ", "プール"];

/// Whether a count is of studies taken together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Pooled {
    /// No.
    No,
    /// Another count stands between the word and this one: 「併合した本剤群で51/816例、プラセボ群で11/408例」.
    Perhaps,
    /// Yes.
    Surely,
}

/// Whether a sentence takes studies together after the last study it names before a count.
pub fn pooled(prose: &Prose, count: &Count) -> Pooled {
    let text = prose.paragraphs[count.paragraph].text.as_str();
    let start = sentence(text, count.range.start).start;
    let from = prose.studies.partition_point(|m| (m.paragraph, m.range.start) < (count.paragraph, start));
    let named = prose.studies[from..].iter().take_while(|m| m.paragraph == count.paragraph && m.range.end <= count.range.start);
    let start = named.last().map_or(start, |m| m.range.end);
    let says = |from: usize| text.get(from..count.range.start).is_some_and(|part| WORDS.iter().any(|word| part.contains(word)));
    let at = prose.counts.partition_point(|c| (c.paragraph, c.range.start) < (count.paragraph, count.range.start));
    let before = prose.counts[..at].last().filter(|c| c.paragraph == count.paragraph && c.range.end > start);
    match before {
        _ if !says(start) => Pooled::No,
        Some(before) if !says(before.range.end) => Pooled::Perhaps,
        _ => Pooled::Surely,
    }
}

/// The studies of a count: those of its part of the form, else those of the document, whose sizes make up its total in one way.
pub fn resolve(prose: &Prose, canonical: &[usize], wanted: &Wanted, entry: &Entry, known: &HashMap<usize, Sized>) -> Option<Vec<Part>> {
    /// More studies can make up nearly every total.
    const MOST: usize = 12;
    let count = &prose.counts[entry.count?];
    match wanted {
        Wanted::OneOf(studies) => {
            let mut found = studies.iter().filter_map(|study| Some((*study, known.get(study)?.exact(entry)?)));
            let first = found.next()?;
            found.next().is_none().then(|| vec![first])
        }
        Wanted::Pool(own) => {
            // 5mg群と10mg群を合わせると: the arms of one study
            if let Some(found) = own.and_then(|study| Some((study, known.get(&study)?.arms_together(entry.value)?))) {
                return Some(found.1.into_iter().map(|part| (found.0, part)).collect());
            }
            let view = &prose.paragraphs[count.paragraph].view;
            let of_view = prose.studies.iter().filter(|m| prose.paragraphs[m.paragraph].view == *view).map(|m| canonical[m.study]);
            let unique = |studies: &mut Vec<usize>| {
                studies.retain(|study| known.contains_key(study));
                studies.sort_unstable();
                studies.dedup();
            };
            let mut near: Vec<usize> = of_view.collect();
            unique(&mut near);
            let mut all: Vec<usize> = known.keys().copied().collect();
            unique(&mut all);
            [near, all].iter().filter(|of| of.len() <= MOST).find_map(|of| only_sum(of, entry, known))
        }
    }
}
