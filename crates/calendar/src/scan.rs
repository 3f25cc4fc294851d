//! Reading numbers, characters and blanks at a place in a text.

/// A place in a text that moves forward over what it reads. It always stands between two characters.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

/// A run of digits, half or full width.
#[derive(Clone, Copy)]
pub(crate) struct Number {
    /// Its value; digits beyond the ninth are not counted in.
    pub(crate) value: u32,
    /// How many digits it has.
    pub(crate) digits: usize,
    /// Whether it is padded: 04.
    pub(crate) padded: bool,
}

impl Number {
    /// The value when the number has one or two digits, as a month or a day has.
    pub(crate) fn short(self) -> Option<u8> {
        (self.digits <= 2).then(|| u8::try_from(self.value).ok()).flatten()
    }

    /// The value when the number has exactly four digits, as a western year has.
    pub(crate) fn western_year(self) -> Option<i16> {
        (self.digits == 4 && !self.padded).then(|| i16::try_from(self.value).ok()).flatten()
    }
}

impl<'t> Cursor<'t> {
    /// A cursor at the byte `at`, which must begin a character or end the text.
    pub(crate) fn new(text: &'t str, at: usize) -> Cursor<'t> {
        debug_assert!(text.is_char_boundary(at));
        Cursor { text, at }
    }

    pub(crate) fn at(self) -> usize {
        self.at
    }

    /// What is still to be read.
    pub(crate) fn rest(self) -> &'t str {
        &self.text[self.at..]
    }

    pub(crate) fn peek(self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The character before the cursor.
    pub(crate) fn before(self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    /// Whether the text before the cursor ends so.
    pub(crate) fn ends_with(self, wanted: &str) -> bool {
        self.text[..self.at].ends_with(wanted)
    }

    /// Moves back over blanks within the line, a few at most.
    pub(crate) fn back_over_blanks(&mut self) {
        for _ in 0..4 {
            match self.before() {
                Some(blank @ (' ' | '\u{3000}' | '\u{a0}')) => self.at -= blank.len_utf8(),
                _ => break,
            }
        }
    }

    /// Reads one character that `wanted` accepts.
    pub(crate) fn take_if(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        let next = self.peek().filter(|&next| wanted(next))?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Reads the character; whether it was there.
    pub(crate) fn take(&mut self, wanted: char) -> bool {
        self.take_if(|next| next == wanted).is_some()
    }

    /// Skips blanks of any width and at most one end of line (texts taken from pages are broken anywhere); not
    /// tabulators, which part the cells of a table.
    pub(crate) fn skip_blanks(&mut self) -> Skipped {
        let mut skipped = Skipped::Nothing;
        while let Some(next) = self.peek() {
            match next {
                ' ' | '\u{3000}' | '\u{a0}' | '\r' => skipped = skipped.max(Skipped::Blanks),
                '\n' if skipped != Skipped::LineEnd => skipped = Skipped::LineEnd,
                _ => break,
            }
            self.at += next.len_utf8();
        }
        skipped
    }

    /// Reads a run of digits to its end.
    pub(crate) fn number(&mut self) -> Option<Number> {
        let mut number = Number { value: 0, digits: 0, padded: false };
        while let Some(digit) = self.peek().and_then(digit_value) {
            if number.digits < 9 {
                number.value = number.value * 10 + digit;
            }
            number.padded |= number.digits == 0 && digit == 0;
            number.digits += 1;
            self.take_if(|_| true);
        }
        (number.digits > 0).then_some(number)
    }
}

/// What [`Cursor::skip_blanks`] went over.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Skipped {
    Nothing,
    Blanks,
    LineEnd,
}

/// The value of a digit of either width.
pub(crate) fn digit_value(digit: char) -> Option<u32> {
    match digit {
        '0'..='9' => Some(digit as u32 - '0' as u32),
        '０'..='９' => Some(digit as u32 - '０' as u32),
        _ => None,
    }
}

/// Latin letters and digits of either width and the underscore: what a date in figures cannot stand against.
pub(crate) fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// 年, also as the compatibility character that some PDF files hold.
pub(crate) fn is_year_sign(character: char) -> bool {
    matches!(character, '年' | '\u{f98e}')
}

/// 月, also as the radical that some PDF files hold instead.
pub(crate) fn is_month_sign(character: char) -> bool {
    matches!(character, '月' | '\u{2f49}')
}

/// 日, also as one of the radicals that some PDF files hold instead.
pub(crate) fn is_day_sign(character: char) -> bool {
    matches!(character, '日' | '\u{2f47}' | '\u{2f48}')
}
