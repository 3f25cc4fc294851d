//! When a finding is about a passage: blanks and width aside, what it quotes and what is known to stand there must overlap.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// Characters that must be shared before two quotes are about the same thing.
const SHARED: usize = 4;
/// Lines around the stated one in which a quote is looked up.
const NEAR: u32 = 3;

/// Characters without blanks, compatibility forms folded.
pub fn folded(text: &str) -> Vec<char> {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// A text whose characters know their lines.
pub struct Lines {
    characters: Vec<char>,
    lines: Vec<u32>,
}

impl Lines {
    pub fn of(text: &str) -> Self {
        let mut all = Self { characters: Vec::new(), lines: Vec::new() };
        for (line, number) in text.split('\n').zip(1..) {
            let line = folded(line);
            all.lines.extend(std::iter::repeat_n(number, line.len()));
            all.characters.extend(line);
        }
        all
    }

    /// Every place where the words stand.
    pub fn places(&self, words: &[char]) -> Vec<Range<usize>> {
        if words.is_empty() {
            return Vec::new();
        }
        self.characters
            .windows(words.len())
            .enumerate()
            .filter(|(_, window)| *window == words)
            .map(|(at, window)| at..at + window.len())
            .collect()
    }

    /// The place of the words nearest to a line.
    fn nearest(&self, words: &[char], line: u32) -> Option<Range<usize>> {
        let distance = |place: &Range<usize>| {
            let (first, last) = (self.lines[place.start], self.lines[place.end - 1]);
            if (first..=last).contains(&line) { 0 } else { first.abs_diff(line).min(last.abs_diff(line)) }
        };
        self.places(words).into_iter().filter(|place| distance(place) <= NEAR).min_by_key(distance)
    }
}

/// What a finding points at.
pub struct Pointed {
    words: Vec<char>,
    line: Option<u32>,
    place: Option<Range<usize>>,
}

impl Pointed {
    pub fn of(quote: &str, line: Option<u32>, lines: Option<&Lines>) -> Self {
        let words = folded(quote);
        let place = lines.zip(line).and_then(|(lines, line)| lines.nearest(&words, line));
        Self { words, line, place }
    }
}

/// A passage looked up in a document.
pub struct Sought {
    quotes: Vec<(Vec<char>, Vec<Range<usize>>)>,
    lines: Vec<u32>,
}

impl Sought {
    pub fn of(quotes: &[String], lines: Option<&Lines>) -> Self {
        let quotes: Vec<_> = quotes
            .iter()
            .map(|quote| {
                let words = folded(quote);
                let places = lines.map(|lines| lines.places(&words)).unwrap_or_default();
                (words, places)
            })
            .collect();
        let mut on: Vec<u32> = Vec::new();
        if let Some(lines) = lines {
            on.extend(quotes.iter().flat_map(|(_, places)| places).flat_map(|place| lines.lines[place.start]..=lines.lines[place.end - 1]));
        }
        Self { quotes, lines: on }
    }

    /// True if a quote of the passage is what is pointed at.
    pub fn quoted(&self, pointed: &Pointed) -> bool {
        self.quotes.iter().any(|(words, places)| about(pointed, words, places))
    }

    /// True if it is pointed at by its line only.
    pub fn on_line(&self, pointed: &Pointed) -> bool {
        pointed.line.is_some_and(|line| self.lines.contains(&line))
    }
}

fn about(pointed: &Pointed, words: &[char], places: &[Range<usize>]) -> bool {
    let said = &pointed.words;
    if said.is_empty() || words.is_empty() {
        return false;
    }
    let least = SHARED.min(words.len()).min(said.len());
    if let Some(place) = &pointed.place {
        return places.iter().any(|other| place.end.min(other.end).saturating_sub(place.start.max(other.start)) >= least);
    }
    if said.len() < SHARED {
        return said == words;
    }
    let common = longest_common(said, words);
    let shorter = said.len().min(words.len());
    common == shorter || (common >= SHARED && 4 * common >= 3 * shorter)
}

/// Length of the longest run of characters that both have.
fn longest_common(one: &[char], other: &[char]) -> usize {
    let mut longest = 0;
    let mut ending = vec![0; other.len() + 1];
    for a in one {
        let mut diagonal = 0;
        for (at, b) in other.iter().enumerate() {
            let before = std::mem::replace(&mut diagonal, ending[at + 1]);
            ending[at + 1] = if a == b { before + 1 } else { 0 };
            longest = longest.max(ending[at + 1]);
        }
    }
    longest
}

#[test]
fn quotes_meet_where_they_stand() {
    let lines = Lines::of("好中球減少 5.6%（16/320例）\n感染症 5.6%（18/320 例）");
    let passage = Sought::of(&["5.6％（18／320例）".to_owned()], Some(&lines));
    assert!(passage.quoted(&Pointed::of("18/320 例", Some(2), Some(&lines))));
    assert!(!passage.quoted(&Pointed::of("5.6%（16/320例）", Some(1), Some(&lines))));
    assert!(
        passage.on_line(&Pointed::of("感染症", Some(2), Some(&lines))) && !passage.quoted(&Pointed::of("感染症", Some(2), Some(&lines)))
    );
}

#[test]
fn without_lines_quotes_must_be_alike() {
    let passage = Sought::of(&["目標症例数：６００例".to_owned()], None);
    assert!(passage.quoted(&Pointed::of("600例", None, None)));
    assert!(!passage.quoted(&Pointed::of("例", None, None)));
    assert!(!passage.quoted(&Pointed::of("目標症例数：３，０００例", None, None)));
    assert_eq!(longest_common(&folded("abcxdef"), &folded("zabcdef")), 3);
}
