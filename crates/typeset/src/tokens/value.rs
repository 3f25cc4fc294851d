//! The kinds of values in a file of tokens.

use std::fmt;

use toml::de::DeValue;

use super::Range;

/// A kind of value.
pub trait Token: Clone {
    /// What bounds it beside its kind.
    type Bounds;
    /// Reads it; `None` if it is of another kind or out of bounds.
    fn read(value: &DeValue<'_>, bounds: &Self::Bounds) -> Option<Self>;
    /// What is wanted, in Japanese and English.
    fn wanted(bounds: &Self::Bounds) -> (String, String);
}

/// A colour, without transparency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

impl Colour {
    /// From `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self { red: part(0)?, green: part(2)?, blue: part(4)? })
    }

    /// Six hexadecimal digits, as DOCX wants them.
    #[must_use]
    pub fn hex(self) -> String {
        format!("{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{}", self.hex())
    }
}

impl Token for Colour {
    type Bounds = ();

    fn read(value: &DeValue<'_>, (): &()) -> Option<Self> {
        Self::parse(value.as_str()?)
    }

    fn wanted((): &()) -> (String, String) {
        ("\"#rrggbb\" の形の色".to_owned(), "a colour written \"#rrggbb\"".to_owned())
    }
}

/// A family of letters: its name goes into styles of three formats, so it may hold nothing that ends a name there.
impl Token for String {
    type Bounds = ();

    fn read(value: &DeValue<'_>, (): &()) -> Option<Self> {
        let name = value.as_str()?;
        let fine = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '+');
        (!name.trim().is_empty() && name.len() <= 100 && name.chars().all(fine)).then(|| name.to_owned())
    }

    fn wanted((): &()) -> (String, String) {
        ("書体の名前(文字、数字、空白、「-_.+」)".to_owned(), "the name of a font family (letters, digits, blanks, “-_.+”)".to_owned())
    }
}

impl Token for f64 {
    type Bounds = Range;

    fn read(value: &DeValue<'_>, bounds: &Range) -> Option<Self> {
        let text = match value {
            DeValue::Float(float) => float.as_str(),
            DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
            _ => return None,
        };
        text.parse().ok().filter(|number| bounds.contains(number))
    }

    fn wanted(bounds: &Range) -> (String, String) {
        let (from, to) = (bounds.start(), bounds.end());
        (format!("{from} 以上 {to} 以下の数"), format!("a number from {from} to {to}"))
    }
}
