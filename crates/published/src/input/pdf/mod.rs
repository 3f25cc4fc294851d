//! Reads a PDF into pieces: one for every visual line, in the table cell it is printed in.
//!
//! A PDF knows glyphs and strokes, no tables. The way from there: `page` turns a page upright and keeps glyphs and ruled lines;
//! `rules` joins the broken and doubled strokes; `grid` finds the cells they enclose; `lines` puts glyphs together to
//! visual lines, with the columns that no ruled lines part below each other; `flow` joins what page breaks part, and numbers
//! tables, rows and columns; `read` bounds it all.

mod flow;
mod grid;
mod lines;
mod page;
mod read;
mod rules;

pub use read::read;
