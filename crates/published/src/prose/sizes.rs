//! The sizes of studies as the text states them: the denominators of counts, and the numbers of patients of an arm.

use std::collections::HashMap;
use std::ops::Range;

use super::arms;
use super::counts::POOLED;
use super::sentence::sentence;
use crate::model::{BareKind, Prose};

/// A size that the text gives to a study.
#[derive(Clone, Debug)]
pub struct Size {
    /// So many patients.
    pub value: u64,
    /// The studies: one, or those that were pooled. Names of one study are one.
    pub studies: Vec<usize>,
    /// The arm named before it in its sentence.
    pub arm: Option<String>,
    /// The phase, cycle or part named before it in its sentence.
    pub phase: Option<String>,
    /// Index of the paragraph.
    pub paragraph: usize,
    /// The sentence.
    pub sentence: Range<usize>,
    /// Where the size stands.
    pub at: Range<usize>,
    /// Index of the count of which it is the denominator; None for 本剤投与群（28例）.
    pub count: Option<usize>,
}

impl Size {
    /// True if both stand in one sentence.
    #[must_use]
    pub fn beside(&self, other: &Self) -> bool {
        self.paragraph == other.paragraph && self.sentence.start == other.sentence.start
    }
}

/// The sizes that a document states.
#[derive(Clone, Debug, Default)]
pub struct Sizes {
    /// All of them, in the order of the document.
    pub all: Vec<Size>,
    /// For each study of the registry the one under which it is kept: RAVE and NCT00104299 are one.
    pub canonical: Vec<usize>,
    by_studies: HashMap<Vec<usize>, Vec<usize>>,
}

impl Sizes {
    /// Collects them.
    #[must_use]
    pub fn of(prose: &Prose) -> Self {
        let canonical = aliases(prose);
        let resolve = |studies: &[usize]| -> Vec<usize> {
            let mut studies: Vec<usize> = studies.iter().map(|&s| canonical[s]).collect();
            studies.sort_unstable();
            studies.dedup();
            studies
        };
        let size = |studies: &[usize], paragraph: usize, at: &Range<usize>, value: u64, count: Option<usize>| {
            let s = prose.paragraphs[paragraph].text.as_str();
            let sentence = sentence(s, at.start);
            // what was said of one study's arm does not hold for the study named after it
            let named = prose.studies[prose.studies.partition_point(|m| (m.paragraph, m.range.start) < (paragraph, sentence.start))..]
                .iter()
                .take_while(|m| m.paragraph == paragraph && m.range.end <= at.start)
                .last()
                .map_or(sentence.start, |m| m.range.start);
            let counted = prose.counts[prose.counts.partition_point(|c| (c.paragraph, c.range.start) < (paragraph, sentence.start))..]
                .first()
                .is_some_and(|c| c.paragraph == paragraph && c.range.end <= named);
            let part = &s[if counted { named } else { sentence.start }..at.start];
            Size {
                value,
                studies: resolve(studies),
                arm: arms::arm(part),
                phase: arms::phase(part),
                paragraph,
                at: at.clone(),
                count,
                sentence,
            }
        };
        let mut all: Vec<Size> = prose
            .counts
            .iter()
            .enumerate()
            .filter(|(_, c)| c.denominator > 0 && !c.studies.is_empty())
            .map(|(n, c)| {
                let from =
                    if c.range.start < c.denominator_at.start { c.range.start..c.denominator_at.end } else { c.denominator_at.clone() };
                let mut size = size(&c.studies, c.paragraph, &from, c.denominator, Some(n));
                size.at = c.denominator_at.clone();
                size
            })
            .collect();
        for bare in prose.bare.iter().filter(|b| b.studies.len() == 1) {
            let BareKind::Patients(value) = bare.kind else { continue };
            let s = prose.paragraphs[bare.paragraph].text.as_str();
            let before = s[..bare.range.start].trim_end_matches('(');
            if value > 0 && before.ends_with('群') && !s[bare.range.end..].starts_with(['程', '前', '以', '超']) {
                all.push(size(&bare.studies, bare.paragraph, &bare.range, value, None));
            }
        }
        all.sort_by_key(|s| (s.paragraph, s.at.start));
        let mut by_studies: HashMap<Vec<usize>, Vec<usize>> = HashMap::new();
        for (n, size) in all.iter().enumerate() {
            by_studies.entry(size.studies.clone()).or_default().push(n);
        }
        Self { all, canonical, by_studies }
    }

    /// The sizes of these studies together.
    pub fn of_studies(&self, studies: &[usize]) -> impl Iterator<Item = &Size> {
        self.by_studies.get(studies).into_iter().flatten().map(|&n| &self.all[n])
    }

    /// The groups of studies, each once, in the order of the document.
    #[must_use]
    pub fn groups(&self) -> Vec<&[usize]> {
        let mut groups: Vec<(&Vec<usize>, usize)> = self.by_studies.iter().map(|(k, v)| (k, v[0])).collect();
        groups.sort_by_key(|&(_, first)| first);
        groups.into_iter().map(|(k, _)| k.as_slice()).collect()
    }

    /// Each size of these studies with how often it is stated, the most frequent first.
    #[must_use]
    pub fn tally<'a>(&self, sizes: impl Iterator<Item = &'a Size>) -> Vec<(u64, usize)> {
        let mut tally: HashMap<u64, usize> = HashMap::new();
        for size in sizes {
            *tally.entry(size.value).or_default() += 1;
        }
        let mut tally: Vec<(u64, usize)> = tally.into_iter().collect();
        tally.sort_by_key(|&(value, n)| (std::cmp::Reverse(n), value));
        tally
    }
}

/// Words that pool what the sentence named.
#[must_use]
pub fn pools(sentence: &str) -> bool {
    POOLED.iter().any(|w| sentence.contains(w))
}

/// Names of one study: （RAVE試験、試験番号：NCT…）, （SMP-1試験、NCT…）.
fn aliases(prose: &Prose) -> Vec<usize> {
    let mut canonical: Vec<usize> = (0..prose.registry.len()).collect();
    for pair in prose.studies.windows(2) {
        let [a, b] = pair else { continue };
        if a.paragraph != b.paragraph || a.study == b.study || a.range.end > b.range.start {
            continue;
        }
        let between = &prose.paragraphs[a.paragraph].text.as_str()[a.range.end..b.range.start];
        let registered =
            |study: usize| ["NCT", "jRCT", "UMIN", "JapicCTI", "ISRCTN"].iter().any(|p| prose.registry[study].key.starts_with(p));
        let bridge = between.trim_start_matches("試験").trim_start_matches(['、', '(', ',', '/']);
        let named = between.starts_with("試験") || between.starts_with('(');
        if named
            && ((bridge.is_empty() && registered(b.study) && !registered(a.study))
                || (bridge.contains("番号") && bridge.chars().count() <= 8))
        {
            let (one, other) = (find(&canonical, a.study), find(&canonical, b.study));
            // the one that the text names most stands for both
            let key = |study: usize| (std::cmp::Reverse(prose.registry[study].mentions), study);
            let (kept, given) = if key(one) <= key(other) { (one, other) } else { (other, one) };
            canonical[given] = kept;
        }
    }
    (0..canonical.len()).map(|n| find(&canonical, n)).collect()
}

fn find(canonical: &[usize], mut n: usize) -> usize {
    while canonical[n] != n {
        n = canonical[n];
    }
    n
}
