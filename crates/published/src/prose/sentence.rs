//! Sentences.

use std::ops::Range;

/// No sentence is looked at over more bytes than this, so that a table without a stop costs no more than its length.
const LONGEST: usize = 6000;

/// The sentence around `at`: from after the last 。 to the next, which it includes.
#[must_use]
pub fn sentence(s: &str, at: usize) -> Range<usize> {
    let at = at.min(s.len());
    let low = floor(s, at.saturating_sub(LONGEST));
    let high = floor(s, (at + LONGEST).min(s.len()));
    let start = s[low..at].rfind('。').map_or(low, |p| low + p + '。'.len_utf8());
    let end = s[at..high].find('。').map_or(high, |p| at + p + '。'.len_utf8());
    start..end
}

/// The sentence before one that begins at `start`; empty at the beginning.
#[must_use]
pub fn before(s: &str, start: usize) -> Range<usize> {
    if start == 0 {
        return 0..0;
    }
    sentence(s, start - '。'.len_utf8().min(start)).start..start
}

/// The largest character boundary that is not after `at`.
#[must_use]
pub fn floor(s: &str, at: usize) -> usize {
    (0..=at.min(s.len())).rev().find(|&n| s.is_char_boundary(n)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_sentences() {
        let s = "一つ目。二つ目。三つ目";
        assert_eq!(&s[sentence(s, 0)], "一つ目。");
        assert_eq!(&s[sentence(s, "一つ目。二".len())], "二つ目。");
        assert_eq!(&s[sentence(s, s.len())], "三つ目");
        assert_eq!(&s[before(s, "一つ目。".len())], "一つ目。");
        assert!(before(s, 0).is_empty());
    }
}
