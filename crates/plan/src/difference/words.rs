use std::ops::Range;

/// A piece of a text that was reworded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// It stays.
    Same(String),
    /// It is gone.
    Removed(String),
    /// It is new.
    Added(String),
}

/// How much may be compared for one passage before it counts as rewritten: about as much as it is long, so that a long passage takes
/// no longer for its length than a short one, and never more than [`Steps::MOST`].
#[derive(Debug)]
struct Steps {
    left: usize,
}

impl Steps {
    /// What even a short passage may take.
    const LEAST: usize = 200_000;
    /// What every byte of it adds.
    const A_BYTE: usize = 16;
    /// What no passage takes more than. As many numbers are kept at the same time.
    const MOST: usize = 4_000_000;

    fn of(old: &str, new: &str) -> Self {
        Self { left: (Self::LEAST + Self::A_BYTE * (old.len() + new.len())).min(Self::MOST) }
    }

    /// Takes some; `None` if so many are not left.
    fn take(&mut self, steps: usize) -> Option<()> {
        let enough = steps <= self.left;
        self.left = self.left.saturating_sub(steps);
        enough.then_some(())
    }
}

/// Words are what is compared: runs of one kind of character, figures `{{ … }}` whole.
///
/// ```
/// use plan::difference::{Piece, reworded};
/// let same = |text: &str| Piece::Same(text.to_owned());
/// assert_eq!(
///     reworded("300例を登録する。", "400例を登録する。"),
///     [Piece::Removed("300".to_owned()), Piece::Added("400".to_owned()), same("例を登録する。")]
/// );
/// ```
#[must_use]
pub fn reworded(old: &str, new: &str) -> Vec<Piece> {
    let steps = &mut Steps::of(old, new);
    let (a, b) = (tokens(old), tokens(new));
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (x, y) in common(&a, &b, steps).chain([(a.len(), b.len())]) {
        let (gone, come) = (a[i..x].concat(), b[j..y].concat());
        pieces.extend((!gone.is_empty()).then_some(Piece::Removed(gone)));
        pieces.extend((!come.is_empty()).then_some(Piece::Added(come)));
        if let Some(word) = a.get(x) {
            match pieces.last_mut() {
                Some(Piece::Same(text)) => text.push_str(word),
                _ => pieces.push(Piece::Same((*word).to_owned())),
            }
        }
        (i, j) = (x + 1, y + 1);
    }
    pieces
}

/// A sentence that changed: old and new, either of which may be missing. As ranges of bytes.
type Changed = (Option<Range<usize>>, Option<Range<usize>>);

/// Sentences that changed in a passage. Where there is too much to compare, several are one.
pub(super) fn sentences(old: &str, new: &str) -> Vec<Changed> {
    sentences_within(old, new, &mut Steps::of(old, new))
}

fn sentences_within(old: &str, new: &str, steps: &mut Steps) -> Vec<Changed> {
    let (a, b) = (split(old), split(new));
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let a_words: Vec<String> = a.iter().map(|range| bare(&old[range.clone()])).collect();
    let b_words: Vec<String> = b.iter().map(|range| bare(&new[range.clone()])).collect();
    let mut changed = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (x, y) in common(&a_words, &b_words, steps).chain([(a.len(), b.len())]) {
        let gap = paired(&a_words[i..x], &b_words[j..y], steps).map(|pairs| {
            let range = |(m, n): &(Option<usize>, Option<usize>)| (m.map(|m| a[i + m].clone()), n.map(|n| b[j + n].clone()));
            pairs.iter().map(range).collect::<Vec<_>>()
        });
        let whole = |ranges: &[Range<usize>]| Some(ranges.first()?.start..ranges.last()?.end);
        changed.extend(gap.unwrap_or_else(|| vec![(whole(&a[i..x]), whole(&b[j..y]))]));
        (i, j) = (x + 1, y + 1);
    }
    changed
}

/// Which old sentence became which new one, in order; `None` if there are too many to say.
fn paired(old: &[String], new: &[String], steps: &mut Steps) -> Option<Vec<(Option<usize>, Option<usize>)>> {
    let mut pairs = Vec::new();
    let mut next = 0;
    for (index, words) in old.iter().enumerate() {
        let mut partner = None;
        for (at, other) in new.iter().enumerate().skip(next) {
            if alike(words, other, steps)? {
                partner = Some(at);
                break;
            }
        }
        pairs.extend((next..partner.unwrap_or(next)).map(|added| (None, Some(added))));
        pairs.push((Some(index), partner));
        next = partner.map_or(next, |partner| partner + 1);
    }
    pairs.extend((next..new.len()).map(|added| (None, Some(added))));
    Some(pairs)
}

/// True if two sentences have two fifths of their letters in common words; `None` if no steps are left to tell.
fn alike(a: &str, b: &str, steps: &mut Steps) -> Option<bool> {
    let enough = |shared: usize| shared * 5 >= a.len().max(b.len()) * 2;
    steps.take(1)?;
    // of a short and a long sentence not even all words are enough
    if !enough(a.len().min(b.len())) {
        return Some(false);
    }
    let (a_words, b_words) = (tokens(a), tokens(b));
    steps.take(a_words.len() + b_words.len())?;
    let shared = matched(&a_words, &b_words, steps)?;
    Some(enough(shared.iter().map(|&(i, _)| a_words[i].len()).sum()))
}

/// The sentences of a Markdown text, without the blanks around them.
fn split(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut from = 0;
    let mut push = |from: usize, to: usize| {
        let part = &text[from..to];
        let start = from + part.len() - part.trim_start().len();
        let end = from + part.trim_end().len();
        if start < end {
            all.push(start..end);
        }
    };
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let ends = match c {
            '。' => !rest.starts_with(['」', '）', '。', ')']),
            '\n' => rest.trim_start_matches([' ', '\t']).starts_with(['\n', '-', '*', '#', '|', '>']),
            '.' => rest.starts_with(' ') && !text[..at].ends_with(|c: char| c.is_ascii_digit()),
            _ => false,
        };
        if ends {
            push(from, at + c.len_utf8());
            from = at + c.len_utf8();
        }
    }
    push(from, text.len());
    all
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Kind {
    Latin,
    Kanji,
    Hiragana,
    Katakana,
    Blank,
    Other,
}

fn kind(c: char) -> Kind {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '/' | '%' => Kind::Latin,
        '\u{3040}'..='\u{309f}' => Kind::Hiragana,
        '\u{30a0}'..='\u{30ff}' => Kind::Katakana,
        '\u{3400}'..='\u{9fff}' | '々' => Kind::Kanji,
        c if c.is_whitespace() => Kind::Blank,
        _ => Kind::Other,
    }
}

fn tokens(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let figure = if rest.starts_with("{{") { rest.find("}}").map(|end| end + 2) } else { None };
        let of = kind(first);
        let length = figure.unwrap_or_else(|| match of {
            Kind::Other => first.len_utf8(),
            _ => rest.find(|c| kind(c) != of).unwrap_or(rest.len()),
        });
        let (token, after) = rest.split_at(length);
        all.push(token);
        rest = after;
    }
    all
}

/// The longest common subsequence, as pairs of indices; if it takes too many steps, what is common at both ends.
fn common<T: PartialEq>(a: &[T], b: &[T], steps: &mut Steps) -> impl Iterator<Item = (usize, usize)> + use<T> {
    let (head, tail) = ends(a, b);
    let (from, to) = (a.len() - tail, b.len() - tail);
    let middle = matched(&a[head..from], &b[head..to], steps).unwrap_or_default();
    let middle = middle.into_iter().map(move |(i, j)| (head + i, head + j));
    (0..head).map(|i| (i, i)).chain(middle).chain((0..tail).map(move |i| (from + i, to + i)))
}

/// How many at the start and at the end are the same.
fn ends<T: PartialEq>(a: &[T], b: &[T]) -> (usize, usize) {
    let head = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    (head, tail)
}

/// The longest common subsequence by the differences between two lists (E. W. Myers, An O(ND) difference algorithm, 1986), so that
/// lists with few differences take little; `None` if it takes too many steps.
fn matched<T: PartialEq>(a: &[T], b: &[T], steps: &mut Steps) -> Option<Vec<(usize, usize)>> {
    let (n, m) = (a.len(), b.len());
    // how far in `a` one comes on every diagonal, after each number of differences; diagonal k of d stands at (k + d) / 2
    let mut rounds: Vec<Vec<usize>> = Vec::new();
    for d in 0..=n + m {
        steps.take(d + 1)?;
        let mut reached = Vec::with_capacity(d + 1);
        for at in 0..=d {
            let x = rounds.last().map_or(0, |before| start(before, at, d).0);
            // x - y = 2 at - d; what lies outside goes on outside and is never the end
            let (mut i, mut j) = (x, (x + d).saturating_sub(2 * at));
            while i < n && j < m && a[i] == b[j] {
                steps.take(1)?;
                (i, j) = (i + 1, j + 1);
            }
            reached.push(i);
            if i == n && j == m {
                rounds.push(reached);
                return Some(path(&rounds, (n, m)));
            }
        }
        rounds.push(reached);
    }
    None
}

/// Where a diagonal begins after `d` differences, and the diagonal that it comes from.
fn start(before: &[usize], at: usize, d: usize) -> (usize, usize) {
    // one more of `b` from the diagonal above, or one more of `a` from the one below
    let down = (at < d).then(|| (before[at], at));
    let right = (at > 0).then(|| (before[at - 1] + 1, at - 1));
    match (down, right) {
        (Some(down), Some(right)) => {
            if down.0 > right.0 {
                down
            } else {
                right
            }
        }
        (one, other) => one.or(other).unwrap_or_default(),
    }
}

/// The pairs on the way back to the start.
fn path(rounds: &[Vec<usize>], end: (usize, usize)) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut i, mut j) = end;
    let mut at = (i + rounds.len() - 1 - j) / 2;
    for d in (0..rounds.len()).rev() {
        let (x, from) = if d == 0 { (0, 0) } else { start(&rounds[d - 1], at, d) };
        while i > x {
            (i, j) = (i - 1, j - 1);
            pairs.push((i, j));
        }
        if d > 0 {
            // a step to the right came with one of `a`, a step down with one of `b`
            if from < at {
                i -= 1
            } else {
                j -= 1
            }
            at = from;
        }
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(pieces: &[Piece], old: bool) -> String {
        let texts = pieces.iter().filter_map(|piece| match piece {
            Piece::Same(text) => Some(text.as_str()),
            Piece::Removed(text) => old.then_some(text.as_str()),
            Piece::Added(text) => (!old).then_some(text.as_str()),
        });
        texts.collect()
    }

    /// Every pair of short lists of three letters, against the length of the longest common subsequence by its definition.
    #[test]
    fn what_is_matched_is_the_longest() {
        fn longest(a: &[u32], b: &[u32]) -> usize {
            let (Some((x, rest_a)), Some((y, rest_b))) = (a.split_first(), b.split_first()) else { return 0 };
            if x == y { 1 + longest(rest_a, rest_b) } else { longest(rest_a, b).max(longest(a, rest_b)) }
        }
        let letters = |n: u32, code: u32| (0..n).map(|at| code / 3_u32.pow(at) % 3).collect::<Vec<_>>();
        let lists: Vec<_> = (0..=4).flat_map(|n| (0..3_u32.pow(n)).map(move |code| letters(n, code))).collect();
        for (a, b) in lists.iter().flat_map(|a| lists.iter().map(move |b| (a, b))) {
            let pairs = matched(a, b, &mut Steps { left: 1000 }).unwrap();
            assert_eq!(pairs.len(), longest(a, b), "{a:?} {b:?}");
            assert!(pairs.iter().all(|&(i, j)| a[i] == b[j]) && pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
        }
    }

    #[test]
    fn long_passages_are_compared_in_few_steps() {
        let list = |count: usize, word: &str, end: &str| (0..count).map(|n| format!("{word}{n}{end}")).collect::<String>();
        // so many that the steps do not suffice: what is left is told as one
        for (count, end) in [(60_000, "を観察する。"), (60_000, "、")] {
            let (old, new) = (list(count, "患者", end), list(count, "症例", end).replace("観察", "記録"));
            let mut steps = Steps::of(&old, &new);
            assert_eq!(steps.left, Steps::MOST);
            let changed = sentences_within(&old, &new, &mut steps);
            assert_eq!(changed, [(Some(0..old.len()), Some(0..new.len()))]);
            let pieces = reworded(&old, &new);
            assert_eq!((joined(&pieces, true), joined(&pieces, false)), (old, new));
        }
        // what differs in a few places of a long passage is told place by place
        let old = list(60_000, "患者", "を観察する。");
        let new = old.replace("患者7を", "症例7を").replace("患者59990を", "症例59990を");
        let mut steps = Steps::of(&old, &new);
        assert_eq!(sentences_within(&old, &new, &mut steps).len(), 2);
        assert!(Steps::MOST - steps.left < 200_000, "{steps:?}");
    }

    #[test]
    fn too_much_is_a_whole_replacement() {
        let (old, new) = ("甲は乙である。丙は丁である。", "子が丑となる。寅が卯となる。");
        assert_eq!(sentences_within(old, new, &mut Steps { left: 3 }), [(Some(0..old.len()), Some(0..new.len()))]);
        assert_eq!(sentences_within(old, new, &mut Steps { left: 1000 }).len(), 4);
    }
}
