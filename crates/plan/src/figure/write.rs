//! Figures as they are written, in canonical form.

use std::fmt;

use super::{FigureKind, Shown, Source};

/// A study and its part as a figure cites them, in quotation marks where they hold blanks or `+`.
///
/// ```
/// assert_eq!(plan::figure::cite("SMP-301", Some("本剤+MTX群")), "SMP-301:\"本剤+MTX群\"");
/// ```
#[must_use]
pub fn cite(study: &str, part: Option<&str>) -> String {
    let quoted = |text: &str| {
        if text.contains(|c: char| c.is_whitespace() || c == '+') { format!("\"{text}\"") } else { text.to_owned() }
    };
    match part.filter(|part| !part.is_empty()) {
        Some(part) => format!("{}:{}", quoted(study), quoted(part)),
        None => quoted(study),
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&cite(&self.study, self.part.as_ref().map(|part| part.value.as_str())))
    }
}

/// As it is written, in canonical form: `{{ 30/58 SMP-301:維持療法期 .2 as name }}`.
impl fmt::Display for FigureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("{{ ")?;
        match self {
            Self::Name(name) => f.write_str(name)?,
            Self::Reference(id) => write!(f, "@{}", id.value)?,
            Self::Live(what) => write!(f, "live {}", what.value)?,
            Self::Counts(counts) => {
                write!(f, "{}/{}", counts.x, counts.n)?;
                for (index, source) in counts.sources.iter().enumerate() {
                    write!(f, "{}{source}", if index > 0 { " + " } else { " " })?;
                }
                if counts.decimals != 1 {
                    write!(f, " .{}", counts.decimals)?;
                }
                match counts.shown {
                    Shown::Both => {}
                    Shown::Percentage => f.write_str(" percent")?,
                    Shown::Counts => f.write_str(" bare")?,
                }
                if counts.among {
                    f.write_str(" among")?;
                }
                if let Some(unit) = &counts.unit {
                    let quotes = if unit.contains(|c: char| c.is_whitespace() || c == '+') { "\"" } else { "" };
                    write!(f, " unit={quotes}{unit}{quotes}")?;
                }
                if let Some(name) = &counts.name {
                    write!(f, " as {}", name.value)?;
                }
            }
        }
        f.write_str(" }}")
    }
}
