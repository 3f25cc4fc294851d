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

/// Cells of the table in which common words are looked for; beyond it a text counts as rewritten.
const LARGEST: usize = 4_000_000;

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
    let (a, b) = (tokens(old), tokens(new));
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (x, y) in common(&a, &b).into_iter().chain([(a.len(), b.len())]) {
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

/// Sentences that changed in a passage: old and new, either of which may be missing. As ranges of bytes.
#[expect(clippy::type_complexity, reason = "a pair of two of the same")]
pub(super) fn sentences(old: &str, new: &str) -> Vec<(Option<Range<usize>>, Option<Range<usize>>)> {
    let (a, b) = (split(old), split(new));
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let a_words: Vec<String> = a.iter().map(|range| bare(&old[range.clone()])).collect();
    let b_words: Vec<String> = b.iter().map(|range| bare(&new[range.clone()])).collect();
    let mut changed = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (x, y) in common(&a_words, &b_words).into_iter().chain([(a.len(), b.len())]) {
        let mut next = j;
        for (range, words) in a[i..x].iter().zip(&a_words[i..x]) {
            match (next..y).find(|&k| alike(words, &b_words[k])) {
                Some(partner) => {
                    changed.extend(b[next..partner].iter().map(|added| (None, Some(added.clone()))));
                    changed.push((Some(range.clone()), Some(b[partner].clone())));
                    next = partner + 1;
                }
                None => changed.push((Some(range.clone()), None)),
            }
        }
        changed.extend(b[next.min(y)..y].iter().map(|added| (None, Some(added.clone()))));
        (i, j) = (x + 1, y + 1);
    }
    changed
}

/// True if two sentences have two fifths of their letters in common words.
fn alike(a: &str, b: &str) -> bool {
    let (a_words, b_words) = (tokens(a), tokens(b));
    let shared: usize = common(&a_words, &b_words).iter().map(|&(i, _)| a_words[i].len()).sum();
    shared * 5 >= a.len().max(b.len()) * 2
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

/// The longest common subsequence, as pairs of indices.
fn common<T: PartialEq>(a: &[T], b: &[T]) -> Vec<(usize, usize)> {
    let head = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (middle_a, middle_b) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let mut pairs: Vec<_> = (0..head).map(|i| (i, i)).collect();
    let (n, m) = (middle_a.len(), middle_b.len());
    if n > 0 && m > 0 && n.saturating_mul(m) <= LARGEST {
        let width = m + 1;
        let mut length = vec![0_u32; (n + 1) * width];
        for i in (0..n).rev() {
            for j in (0..m).rev() {
                length[i * width + j] = if middle_a[i] == middle_b[j] {
                    length[(i + 1) * width + j + 1] + 1
                } else {
                    length[(i + 1) * width + j].max(length[i * width + j + 1])
                };
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < n && j < m {
            if middle_a[i] == middle_b[j] {
                pairs.push((head + i, head + j));
                (i, j) = (i + 1, j + 1);
            } else if length[(i + 1) * width + j] >= length[i * width + j + 1] {
                i += 1;
            } else {
                j += 1;
            }
        }
    }
    pairs.extend((0..tail).map(|i| (a.len() - tail + i, b.len() - tail + i)));
    pairs
}
