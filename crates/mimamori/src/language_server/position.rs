//! Places in a text as the protocol counts them: lines, and within a line UTF-16 code units or bytes.

use std::ops::Range;

use lsp_types::{Position, PositionEncodingKind};

/// In what the characters of a line are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: 𠮟 is two. What every client understands.
    Utf16,
}

impl Encoding {
    /// The one to use with a client that offers these: bytes if it can, because no counting is needed then.
    pub fn choose(offered: Option<&[PositionEncodingKind]>) -> Self {
        if offered.is_some_and(|offered| offered.contains(&PositionEncodingKind::UTF8)) { Self::Utf8 } else { Self::Utf16 }
    }

    /// Its name in the protocol.
    pub const fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    const fn length(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
        }
    }
}

/// A text and where its lines begin. Lines end with `\n`, `\r\n` or `\r`, as the protocol says.
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'a> Lines<'a> {
    /// The lines of a text.
    pub fn new(text: &'a str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let ends = |at: usize| bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        let starts = std::iter::once(0).chain((0..bytes.len()).filter(|&at| ends(at)).map(|at| at + 1)).collect();
        Self { text, starts, encoding }
    }

    /// The position of a byte; of one within a character, that of the character; beyond the text, its end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|&start| start <= offset).saturating_sub(1);
        let before = &self.text[self.starts[line]..offset];
        let character = before.chars().map(|c| self.encoding.length(c)).sum();
        Position { line: number(line), character: number(character) }
    }

    /// The positions of a range of bytes.
    pub fn range(&self, range: Range<usize>) -> lsp_types::Range {
        lsp_types::Range { start: self.position(range.start), end: self.position(range.end) }
    }

    /// The byte at a position; beyond the end of a line, its end; within a character, its first byte.
    pub fn offset(&self, position: Position) -> usize {
        let line = position.line as usize;
        let Some(&start) = self.starts.get(line) else { return self.text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let line = self.text[start..end].trim_end_matches(['\n', '\r']);
        let mut left = position.character as usize;
        let mut at = start;
        for c in line.chars() {
            let length = self.encoding.length(c);
            if left < length {
                break;
            }
            left -= length;
            at += c.len_utf8();
        }
        at
    }
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 𠮟 (U+20B9F) is four bytes and two code units; 例 is three bytes and one.
    const TEXT: &str = "例a\r\n𠮟る {{ x }}\r最後";

    #[test]
    fn japanese_is_counted_in_the_units_asked_for() {
        for (encoding, kanji, brace) in [(Encoding::Utf16, 2, 4), (Encoding::Utf8, 4, 8)] {
            let lines = Lines::new(TEXT, encoding);
            let at = |word: &str| lines.position(TEXT.find(word).unwrap());
            assert_eq!(at("る"), Position::new(1, kanji), "{encoding:?}");
            assert_eq!(at("{{"), Position::new(1, brace), "{encoding:?}");
            assert_eq!(at("最後"), Position::new(2, 0), "{encoding:?}");
        }
    }

    #[test]
    fn every_character_is_found_again() {
        for encoding in [Encoding::Utf16, Encoding::Utf8] {
            let lines = Lines::new(TEXT, encoding);
            for (at, c) in TEXT.char_indices().filter(|(_, c)| !matches!(c, '\r' | '\n')) {
                assert_eq!(lines.offset(lines.position(at)), at, "{encoding:?} {c}");
            }
        }
    }

    #[test]
    fn positions_that_do_not_exist_are_put_right() {
        let lines = Lines::new(TEXT, Encoding::Utf16);
        // half of a surrogate pair, beyond a line, beyond the text
        assert_eq!(lines.offset(Position::new(1, 1)), TEXT.find('𠮟').unwrap());
        assert_eq!(lines.offset(Position::new(0, 900)), TEXT.find('\r').unwrap());
        assert_eq!(lines.offset(Position::new(u32::MAX, u32::MAX)), TEXT.len());
        assert_eq!(lines.position(1), Position::new(0, 0));
        assert_eq!(lines.position(usize::MAX), Position::new(2, 2));
        assert_eq!(Lines::new("", Encoding::Utf8).offset(Position::new(3, 3)), 0);
    }
}
