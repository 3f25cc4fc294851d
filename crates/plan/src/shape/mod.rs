//! The shape of the language's tables, declared once. From one declaration come the typed reading with its diagnostics, the
//! reference manual, the JSON Schema, and what an editor shows.

mod choice;
mod field;
mod macros;
mod manual;
mod reader;
mod scalar;
mod schema;
mod stated;

pub use choice::{Choice, Variant};
pub use field::{Field, Several, Value};
pub use manual::manual;
pub use reader::Reader;
pub(crate) use scalar::quoted;
pub use scalar::{Id, Markdown, Named, Scalar};
pub use schema::schema;
pub use stated::Stated;

pub(crate) use macros::{choice, table};

use crate::id::Target;

/// A table of the language.
#[derive(Debug)]
pub struct Shape {
    /// Its key in the table around it, such as `indication`; of a file, its name.
    pub name: &'static str,
    /// What it states: Japanese and English.
    pub doc: (&'static str, &'static str),
    /// Its keys, in canonical order.
    pub keys: &'static [Key],
}

impl Shape {
    /// The key with this name.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// A key of a table.
#[derive(Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What its value is.
    pub kind: Type,
    /// True if the table is not complete without it.
    pub required: bool,
    /// What it states: Japanese and English.
    pub doc: (&'static str, &'static str),
    /// Its value in an example, as TOML.
    pub example: &'static str,
}

/// What a value is.
#[derive(Debug)]
pub enum Type {
    /// Text.
    Text,
    /// Text in Markdown.
    Markdown,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A date to the day.
    Date,
    /// A date to the day, the month (`"2026-04"`) or the year.
    PartialDate,
    /// One of a few words.
    Choice(&'static [Variant]),
    /// The id of something of this kind that the value defines.
    Name(Target),
    /// The id of something that is defined elsewhere.
    Reference(Target),
    /// A table.
    Table(&'static Shape),
    /// An array.
    List(&'static Type),
    /// One of them, or an array of them.
    Several(&'static Type),
    /// One of several types.
    Either(&'static [Type]),
}

impl Type {
    /// What it is called in messages: Japanese and English.
    #[must_use]
    pub fn words(&self) -> (String, String) {
        let words = |ja: &str, en: &str| (ja.to_owned(), en.to_owned());
        match self {
            Self::Text => words("文字列", "a string"),
            Self::Markdown => words("文字列（Markdown）", "a string (Markdown)"),
            Self::Integer => words("0 以上の整数", "a whole number, 0 or more"),
            Self::Number => words("数値", "a number"),
            Self::Boolean => words("true か false", "true or false"),
            Self::Date => words("日付（2026-04-01）", "a date (2026-04-01)"),
            Self::PartialDate => words("日付（2026-04-01）か年月（\"2026-04\"）", "a date (2026-04-01) or a month (\"2026-04\")"),
            Self::Choice(variants) => {
                let list: Vec<_> = variants.iter().map(|v| format!("\"{}\"", v.text)).collect();
                (format!("{} のいずれか", list.join("、")), format!("one of {}", list.join(", ")))
            }
            Self::Name(target) => (format!("{}の ID", target.words().0), format!("an id of its own ({})", target.words().1)),
            Self::Reference(target) => (format!("{}の ID", target.words().0), format!("the id of a {}", target.words().1)),
            Self::Table(shape) => (format!("表（{}）", shape.name), format!("a table ({})", shape.name)),
            Self::List(of) => {
                let (ja, en) = of.words();
                (format!("配列：{ja}"), format!("an array of: {en}"))
            }
            Self::Several(of) => {
                let (ja, en) = of.words();
                (format!("{ja}、又はその配列"), format!("{en}, or an array of them"))
            }
            Self::Either(types) => {
                let (ja, en): (Vec<_>, Vec<_>) = types.iter().map(Self::words).unzip();
                (ja.join("、又は"), en.join(", or "))
            }
        }
    }
}

/// A table of the language as a Rust type.
pub trait Table: Sized {
    /// Its declaration.
    const SHAPE: &'static Shape;
    /// Reads it; what is missing or wrong is told to the reader, and the rest is read.
    fn read(reader: &mut Reader<'_>, table: &toml::de::DeTable<'_>, at: crate::source::Place) -> Self;
    /// What it states, key by key, in canonical order.
    fn stated(&self) -> Vec<(&'static Key, Stated)>;
}
