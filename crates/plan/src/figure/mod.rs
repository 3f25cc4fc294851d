//! Figures: `{{ 30/58 SMP-301:維持療法期 }}` prints 51.7%（30/58例）.
//!
//! ```text
//! figure  = counts | name | "@" reference | "live" word
//! counts  = n "/" N [ source { "+" source } ] { option } [ "as" name ]
//! source  = study [ ":" part ]          part: an arm, a phase, or arm/phase; in "…" if it holds blanks
//! option  = ".0" | ".1" | ".2" | "percent" | "bare" | "among" | "unit=" word
//! ```

mod compute;
mod parse;
mod pasted;
mod print;
mod write;

pub(crate) use compute::split;
pub use compute::{Figures, Resolved, Sized, SourceMistake};
pub use parse::{Counts, Figure, FigureKind, Malformed, Shown, Source, figures};
pub use pasted::{Pasted, Shape, pasted};
pub use print::print_counts;
pub use write::cite;
