//! Raised and lowered figures that no shipped font has, ⁹⁰ and ₆: set as small figures.

use super::world::drawable;
use crate::Mark;

/// How the character is set where the fonts lack it: raised or lowered, and as which one.
pub(super) fn small(c: char) -> Option<(Mark, char)> {
    const RAISED: [(char, char); 16] = [
        ('⁰', '0'),
        ('¹', '1'),
        ('²', '2'),
        ('³', '3'),
        ('⁴', '4'),
        ('⁵', '5'),
        ('⁶', '6'),
        ('⁷', '7'),
        ('⁸', '8'),
        ('⁹', '9'),
        ('⁺', '+'),
        ('⁻', '−'),
        ('⁼', '='),
        ('⁽', '('),
        ('⁾', ')'),
        ('ⁿ', 'n'),
    ];
    if let Some((_, plain)) = RAISED.iter().find(|(raised, _)| *raised == c) {
        return Some((Mark::Superscript, *plain));
    }
    let plain = match c {
        '₀'..='₉' => char::from_digit(u32::from(c) - u32::from('₀'), 10)?,
        '₊' => '+',
        '₋' => '−',
        '₌' => '=',
        '₍' => '(',
        '₎' => ')',
        _ => return None,
    };
    Some((Mark::Subscript, plain))
}

/// A text cut into what stands as it is and what is set small. A run with one figure that the fonts lack is set small as a whole, so that
/// its figures are alike.
pub(super) fn cut(text: &str) -> Vec<(Option<Mark>, String)> {
    let mut parts: Vec<(Option<Mark>, String)> = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mark = small(c).map(|(mark, _)| mark);
        let end = rest.char_indices().find(|(_, c)| small(*c).map(|(mark, _)| mark) != mark).map_or(rest.len(), |(at, _)| at);
        let (run, after) = rest.split_at(end);
        rest = after;
        match mark.filter(|_| !run.chars().all(drawable)) {
            Some(mark) => parts.push((Some(mark), run.chars().filter_map(|c| Some(small(c)?.1)).collect())),
            None => match parts.last_mut() {
                Some((None, last)) => last.push_str(run),
                _ => parts.push((None, run.to_owned())),
            },
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_fonts_lack_is_set_small() {
        assert_eq!(cut("375mg/m²"), [(None, "375mg/m²".to_owned())]);
        let parts = cut("¹¹¹In、⁹⁰Y、CO₂");
        assert!(parts.contains(&(Some(Mark::Superscript), "90".to_owned())), "{parts:?}");
        let words: String = parts.into_iter().map(|(_, part)| part).collect();
        assert!(words.ends_with("In、90Y、CO2") || words.ends_with("In、90Y、CO₂"), "{words}");
        assert!(cut("").is_empty());
    }
}
