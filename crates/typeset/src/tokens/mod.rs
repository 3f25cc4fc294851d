//! Tokens: fonts, sizes, lines, spacing, margins and colours, from which every renderer takes its looks.
//!
//! One file is shipped, `tokens.toml`. [`Tokens::read`] lays another over it, which says only what differs.

mod fault;
mod read;
mod value;

use std::ops::RangeInclusive;

pub use fault::Fault;
pub use value::{Colour, Token};

/// How documents look.
#[derive(Clone, Debug, PartialEq)]
pub struct Tokens {
    /// Families of letters.
    pub fonts: Fonts,
    /// Sizes of letters.
    pub sizes: Sizes,
    /// Distances of base lines.
    pub lines: Lines,
    /// Distances between things.
    pub spacing: Spacing,
    /// Margins.
    pub page: Margins,
    /// Colours by day, and in print.
    pub light: Palette,
    /// Colours by night, on screen.
    pub dark: Palette,
}

/// Declares a table of the file: its fields are its keys, all of one kind, within one range.
macro_rules! section {
    ($(#[$about:meta])* $name:ident: $kind:ty, within $bounds:expr; $($(#[$doc:meta])* $key:ident)*) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name { $($(#[$doc])* pub $key: $kind,)* }

        impl read::Section for $name {
            type Kind = $kind;
            const KEYS: &'static [&'static str] = &[$(stringify!($key)),*];

            fn bounds() -> <$kind as Token>::Bounds { $bounds }

            fn build(mut value: impl FnMut(&'static str) -> Result<$kind, Fault>) -> Result<Self, Fault> {
                Ok(Self { $($key: value(stringify!($key))?,)* })
            }

            fn get(&self, key: &str) -> Option<$kind> {
                match key { $(stringify!($key) => Some(self.$key.clone()),)* _ => None }
            }
        }
    };
}

section! {
    /// Families of letters.
    Fonts: String, within ();
    /// Running text.
    text
    /// Headings, heads of tables, and what is important in running text.
    heading
    /// Source text, ids.
    code
}

section! {
    /// Sizes of letters, in points.
    Sizes: f64, within 4.0..=96.0;
    /// Running text.
    text
    /// Tables.
    table
    /// Notes in the margin, running head, page numbers.
    note
    /// Heading of level 0.
    title
    /// Heading of level 1.
    part
    /// Heading of level 2.
    section
    /// Heading of level 3 and deeper.
    subsection
}

section! {
    /// Distances of base lines, in sizes of the letters.
    Lines: f64, within 1.0..=4.0;
    /// Running text.
    text
    /// Tables.
    table
    /// Headings.
    heading
}

section! {
    /// Distances between things, in points where nothing else is said.
    Spacing: f64, within 0.0..=72.0;
    /// Between paragraphs.
    paragraph
    /// Of the first line of a paragraph, in letters.
    indent
    /// Of the items of a list, in letters.
    list
    /// Above a heading.
    above
    /// Below a heading.
    below
    /// Between a cell's frame and its words, at the sides.
    cell
    /// The same above and below.
    cell_block
    /// Thickness of lines.
    rule
}

section! {
    /// Margins of an A4 page, in millimetres.
    Margins: f64, within 5.0..=80.0;
    /// Above.
    top
    /// Below.
    bottom
    /// At the left.
    left
    /// At the right.
    right
    /// Width of the column of notes beside the text of a draft, taken from the text's width.
    notes
}

section! {
    /// Colours.
    Palette: Colour, within ();
    /// Words.
    ink
    /// Ground.
    paper
    /// Words said quietly: labels, dates, provenance.
    quiet
    /// Links.
    accent
    /// Lines of tables.
    rule
    /// Ground of [`crate::Tone::Label`].
    label
    /// Ground of [`crate::Tone::Met`].
    met
    /// Ground of [`crate::Tone::Due`].
    due
    /// Ground of [`crate::Tone::Overdue`].
    overdue
    /// Words on the ground of [`crate::Tone::Overdue`].
    warn
    /// Words put in.
    inserted
    /// Words taken out.
    deleted
    /// A watermark.
    watermark
}

impl Palette {
    /// The ground that a tone gives.
    #[must_use]
    pub fn ground(&self, tone: crate::Tone) -> Option<Colour> {
        match tone {
            crate::Tone::Plain => None,
            crate::Tone::Label => Some(self.label),
            crate::Tone::Met => Some(self.met),
            crate::Tone::Due => Some(self.due),
            crate::Tone::Overdue => Some(self.overdue),
        }
    }
}

impl Sizes {
    /// Size of a heading of this level.
    #[must_use]
    pub fn heading(&self, level: u8) -> f64 {
        match level {
            0 => self.title,
            1 => self.part,
            2 => self.section,
            _ => self.subsection,
        }
    }
}

impl Default for Tokens {
    /// The shipped tokens.
    fn default() -> Self {
        read::read(Self::SHIPPED, None).expect("the shipped file is read in the tests")
    }
}

impl Tokens {
    /// The shipped file.
    pub const SHIPPED: &'static str = include_str!("../../tokens.toml");

    /// The shipped tokens with those of another file laid over them.
    ///
    /// # Errors
    /// Everything that is wrong with the file, with its places, in their order.
    pub fn read(source: &str) -> Result<Self, Vec<Fault>> {
        Self::default().with(source)
    }

    /// These tokens with those of another file laid over them.
    ///
    /// # Errors
    /// As of [`Tokens::read`].
    pub fn with(&self, source: &str) -> Result<Self, Vec<Fault>> {
        read::read(source, Some(self))
    }
}

/// Numbers from this to that.
type Range = RangeInclusive<f64>;

#[cfg(test)]
mod tests;
