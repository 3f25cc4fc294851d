//! What one character becomes when text is normalised.

use unicode_normalization::UnicodeNormalization;

/// True for every character that carries no meaning in Japanese text: blanks of all widths, line and page breaks, and the
/// invisible characters that converters leave behind.
#[must_use]
pub fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{00ad}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}')
}

/// Calls `push` with each character that `c` becomes: NFKC (full-width figures and letters to half width, half-width kana to
/// full width), all dashes and tildes to one, small variants of ヵ月 left alone. Circled and parenthesised numbers are kept,
/// because ①23000 must not turn into 123000.
#[inline]
pub fn fold(c: char, mut push: impl FnMut(char)) {
    match c {
        ' '..='~' => push(c),
        'ぁ'..='ヿ' | '一'..='鿿' | '、' | '。' | '「' | '」' | '『' | '』' | '【' | '】' => push(c),
        '①'..='⓿' | '❶'..='➓' | '㈠'..='㉃' | '㉈'..='㉟' | '㊀'..='㊿' => push(c),
        _ => match one(c) {
            Some(c) => push(c),
            None => c.nfkc().for_each(|c| push(one(c).unwrap_or(c))),
        },
    }
}

/// The one sign that stands for all signs a reader does not tell apart.
fn one(c: char) -> Option<char> {
    Some(match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' | '\u{2500}' | '\u{2501}' => '-',
        '\u{301c}' | '\u{ff5e}' | '\u{223c}' => '~',
        '\u{00b7}' | '\u{2022}' | '\u{ff65}' | '\u{2219}' | '\u{25cf}' | '\u{25cb}' | '\u{25ef}' | '\u{3007}' => '・',
        '〈' | '\u{2329}' | '‹' => '<',
        '〉' | '\u{232a}' | '›' => '>',
        '〔' | '［' => '[',
        '〕' | '］' => ']',
        _ => return None,
    })
}
