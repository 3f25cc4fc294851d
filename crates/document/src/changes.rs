//! What changed between two trees of the same form: paired paragraph by paragraph, compared word by word.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use plan::difference::{Piece, reworded};
use typeset::{Block, Inline, Mark};

use crate::flat::{paragraphs, paragraphs_mut, plain};

/// How a paragraph of the new tree stands to the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pair {
    /// It is there word by word.
    Same(usize),
    /// It was this one.
    Reworded(usize),
    /// It is new.
    New,
}

/// Underlines in `new` what is not in `old`. `unmarked` are blocks of `new` that stay as they are.
pub fn mark(old: &[Block], new: &mut [Block], unmarked: &[Range<usize>]) {
    let before: Vec<String> = paragraphs(old).into_iter().map(|inlines| plain(inlines)).collect();
    let after: Vec<String> = paragraphs(new).into_iter().map(|inlines| plain(inlines)).collect();
    let pairs = pairs(&before, &after);
    let mut at = 0;
    for (index, block) in new.iter_mut().enumerate() {
        let kept = unmarked.iter().any(|range| range.contains(&index));
        for inlines in paragraphs_mut(std::slice::from_mut(block)) {
            let text = &after[at];
            let changed = match pairs[at] {
                _ if kept => Vec::new(),
                Pair::Same(_) => Vec::new(),
                Pair::Reworded(partner) => added(&before[partner], text),
                Pair::New => std::iter::once(0..text.len()).collect(),
            };
            at += 1;
            if !changed.is_empty() {
                let mut offset = 0;
                *inlines = marked(std::mem::take(inlines), Mark::Changed, &mut offset, &changed);
            }
        }
    }
}

/// The bytes of the old text that are gone.
pub(crate) fn removed(old: &str, new: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut ranges = Vec::new();
    for piece in reworded(old, new) {
        match piece {
            Piece::Same(text) => at += text.len(),
            Piece::Removed(text) => {
                ranges.push(at..at + text.len());
                at += text.len();
            }
            Piece::Added(_) => {}
        }
    }
    ranges
}

/// The bytes of the new text that were added.
pub(crate) fn added(old: &str, new: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut ranges = Vec::new();
    for piece in reworded(old, new) {
        match piece {
            Piece::Same(text) => at += text.len(),
            Piece::Added(text) => {
                ranges.push(at..at + text.len());
                at += text.len();
            }
            Piece::Removed(_) => {}
        }
    }
    ranges
}

/// The inlines with the bytes of `changed` marked; `offset` counts the bytes passed.
pub(crate) fn marked(inlines: Vec<Inline>, mark: Mark, offset: &mut usize, changed: &[Range<usize>]) -> Vec<Inline> {
    let mut out = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) => {
                let start = *offset;
                *offset += text.len();
                let mut from = 0;
                for range in changed {
                    let cut = range.start.clamp(start, *offset) - start..range.end.clamp(start, *offset) - start;
                    if cut.is_empty() {
                        continue;
                    }
                    if from < cut.start {
                        out.push(Inline::Text(text[from..cut.start].to_owned()));
                    }
                    out.push(Inline::Marked(mark, vec![Inline::Text(text[cut.clone()].to_owned())]));
                    from = cut.end;
                }
                if from < text.len() {
                    out.push(Inline::Text(text[from..].to_owned()));
                }
            }
            Inline::Break => {
                *offset += 1;
                out.push(Inline::Break);
            }
            Inline::Marked(own, content) => out.push(Inline::Marked(own, marked(content, mark, offset, changed))),
            Inline::Link { to, content } => out.push(Inline::Link { to, content: marked(content, mark, offset, changed) }),
            Inline::Traced { origin, told, content } => {
                out.push(Inline::Traced { origin, told, content: marked(content, mark, offset, changed) });
            }
            Inline::Sourced { origin, content } => {
                out.push(Inline::Sourced { origin, content: marked(content, mark, offset, changed) });
            }
            other @ (Inline::PageOf(_) | Inline::Anchor(_)) => out.push(other),
        }
    }
    out
}

/// For each new paragraph its partner.
pub(crate) fn pairs(before: &[String], after: &[String]) -> Vec<Pair> {
    let mut pairs = vec![Pair::New; after.len()];
    let fixed = anchors(before, after);
    let (mut i, mut j) = (0, 0);
    for (x, y) in fixed.into_iter().chain([(before.len(), after.len())]) {
        gap(before, after, i..x, j..y, &mut pairs);
        if y < after.len() {
            pairs[y] = Pair::Same(x);
        }
        (i, j) = (x + 1, y + 1);
    }
    pairs
}

/// Paragraphs that stand once in both, in the same order: the longest such row.
fn anchors(before: &[String], after: &[String]) -> Vec<(usize, usize)> {
    let once = |all: &[String]| {
        let mut at: HashMap<String, Option<usize>> = HashMap::new();
        for (n, text) in all.iter().enumerate() {
            at.entry(text.clone()).and_modify(|place| *place = None).or_insert(Some(n));
        }
        at
    };
    let old = once(before);
    let new = once(after);
    let both: Vec<(usize, usize)> = after
        .iter()
        .enumerate()
        .filter(|(y, text)| new.get(*text) == Some(&Some(*y)))
        .filter_map(|(y, text)| Some(((*old.get(text)?)?, y)))
        .collect();
    let places: Vec<usize> = both.iter().map(|(x, _)| *x).collect();
    rising(&places).into_iter().map(|n| both[n]).collect()
}

/// Which of the numbers make the longest rising row, in order.
pub(crate) fn rising(numbers: &[usize]) -> Vec<usize> {
    let mut tails: Vec<usize> = Vec::new();
    let mut back = vec![None; numbers.len()];
    for (n, x) in numbers.iter().enumerate() {
        let at = tails.partition_point(|&tail| numbers[tail] < *x);
        back[n] = at.checked_sub(1).map(|before| tails[before]);
        if at == tails.len() { tails.push(n) } else { tails[at] = n }
    }
    let mut row = Vec::new();
    let mut next = tails.last().copied();
    while let Some(n) = next {
        row.push(n);
        next = back[n];
    }
    row.reverse();
    row
}

/// Pairs what lies between two fixed paragraphs: equal ones first, then those that share words, in order.
fn gap(before: &[String], after: &[String], old: Range<usize>, new: Range<usize>, pairs: &mut [Pair]) {
    let mut equal: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for x in old.clone() {
        equal.entry(&before[x]).or_default().push_back(x);
    }
    let mut used = vec![false; old.len()];
    for y in new.clone() {
        if let Some(x) = equal.get_mut(after[y].as_str()).and_then(VecDeque::pop_front) {
            pairs[y] = Pair::Same(x);
            used[x - old.start] = true;
        }
    }
    /// How many paragraphs ahead a partner is looked for.
    const AHEAD: usize = 12;
    let mut from = old.start;
    for y in new {
        if pairs[y] != Pair::New {
            continue;
        }
        let candidates = (from..old.end).filter(|x| !used[x - old.start]).take(AHEAD);
        if let Some(x) = candidates.into_iter().find(|&x| alike(&before[x], &after[y])) {
            used[x - old.start] = true;
            pairs[y] = Pair::Reworded(x);
            from = x + 1;
        }
    }
}

/// True if two paragraphs have two fifths of their letters in common words.
fn alike(old: &str, new: &str) -> bool {
    let shared: usize = reworded(old, new).iter().map(|piece| if let Piece::Same(text) = piece { text.len() } else { 0 }).sum();
    shared * 5 >= old.len().max(new.len()) * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &[&str], new: &[&str]) -> Vec<String> {
        let blocks = |texts: &[&str]| texts.iter().map(|t| Block::Paragraph(vec![Inline::text(*t)])).collect::<Vec<_>>();
        let mut set = blocks(new);
        mark(&blocks(old), &mut set, &[]);
        let word = |inline: &Inline| match inline {
            Inline::Marked(Mark::Changed, content) => format!("_{}_", plain(content)),
            other => plain(std::slice::from_ref(other)),
        };
        paragraphs(&set).into_iter().map(|inlines| inlines.iter().map(word).collect()).collect()
    }

    #[test]
    fn what_is_new_is_underlined_word_by_word() {
        assert_eq!(shown(&["【目的】", "300例を登録する。"], &["【目的】", "400例を登録する。"]), ["【目的】", "_400_例を登録する。"]);
        assert_eq!(shown(&["甲", "乙"], &["甲", "丙", "乙"]), ["甲", "_丙_", "乙"]);
        assert_eq!(shown(&["同じ", "同じ"], &["同じ", "同じ", "同じ"]), ["同じ", "同じ", "_同じ_"]);
        assert_eq!(shown(&["甲", "乙"], &["乙"]), ["乙"]);
    }

    #[test]
    fn marks_within_marks_keep_their_places() {
        let old = [Block::Paragraph(vec![Inline::text("甲は一例である。")])];
        let mut new = [Block::Paragraph(vec![
            Inline::text("甲は"),
            Inline::Traced { origin: "f".to_owned(), told: String::new(), content: vec![Inline::text("二例")] },
            Inline::text("である。"),
        ])];
        mark(&old, &mut new, &[]);
        let Block::Paragraph(inlines) = &new[0] else { panic!() };
        assert_eq!(plain(inlines), "甲は二例である。");
        assert!(matches!(&inlines[1], Inline::Traced { content, .. } if matches!(content[0], Inline::Marked(Mark::Changed, _))));
        assert_eq!(inlines[0], Inline::text("甲は"));
    }
}
