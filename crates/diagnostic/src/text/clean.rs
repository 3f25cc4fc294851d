//! Text of a document must not act on the reader's terminal or page.

/// Whether a character ends a line.
pub(crate) const fn ends_line(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A character that has a visible form and no effect: control characters become their pictures, and direction overrides
/// and noncharacters the replacement character. Line ends and tabs become a space.
pub(crate) fn visible(character: char) -> char {
    match character {
        '\t' => ' ',
        _ if ends_line(character) => ' ',
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + character as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' => '\u{fffd}',
        _ if overrides_direction(character) || is_noncharacter(character) => '\u{fffd}',
        _ => character,
    }
}

/// Whether a character changes the direction of the text around it, so that it could be shown in another order than it
/// stands (Unicode Technical Report 36, 2.6).
pub(crate) const fn overrides_direction(character: char) -> bool {
    matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

const fn is_noncharacter(character: char) -> bool {
    let code = character as u32;
    (code >= 0xfdd0 && code <= 0xfdef) || code & 0xfffe == 0xfffe
}

/// A text on one line, without effect on the terminal or the page that shows it: control characters, direction overrides and line
/// ends become visible characters or blanks.
#[must_use]
pub fn inline(text: &str) -> String {
    text.chars().map(visible).collect()
}
