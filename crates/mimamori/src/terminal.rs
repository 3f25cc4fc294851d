//! What the place that is written to can show.

use std::io::IsTerminal;

/// Columns where the width is not known.
const UNKNOWN_WIDTH: usize = 100;
/// Columns beyond which lines of prose become hard to read.
const WIDEST: usize = 120;

/// When to write in colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    /// On a terminal that can show it.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Columns and colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surface {
    /// Columns of half-width characters.
    pub width: usize,
    /// Whether to write in colour.
    pub colour: bool,
}

impl Surface {
    /// The standard output as it is, or a file if `to_file`.
    pub fn of(colour: Colour, to_file: bool) -> Self {
        let terminal = !to_file && std::io::stdout().is_terminal();
        let width = if terminal { terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)) } else { None };
        Self {
            width: width.filter(|&width| width > 0).map_or(UNKNOWN_WIDTH, |width| width.min(WIDEST)),
            colour: match colour {
                Colour::Always => true,
                Colour::Never => false,
                Colour::Auto => terminal && wanted(|name| std::env::var(name).ok()),
            },
        }
    }
}

/// What the environment says of colour: `NO_COLOR` (<https://no-color.org>) and terminals that know none.
fn wanted(lookup: impl Fn(&str) -> Option<String>) -> bool {
    lookup("NO_COLOR").is_none_or(|value| value.is_empty()) && lookup("TERM").is_none_or(|value| value != "dumb")
}

/// How far long work has come, on the error stream, if that is a terminal; nothing of it stays.
#[derive(Debug)]
pub struct Progress {
    what: &'static str,
    shown: bool,
}

impl Progress {
    /// Of some work, in a word.
    pub fn new(what: &'static str) -> Self {
        Self { what, shown: false }
    }

    /// So far.
    pub fn tell(&mut self, far: &str) {
        if std::io::stderr().is_terminal() {
            eprint!("\r{} {far}", self.what);
            self.shown = true;
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            eprint!("\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::wanted;

    #[test]
    fn the_environment_can_refuse_colour() {
        let with = |name: &'static str, value: &'static str| wanted(move |asked| (asked == name).then(|| value.to_owned()));
        assert!(with("TERM", "xterm-256color"));
        assert!(!with("TERM", "dumb"));
        assert!(!with("NO_COLOR", "1"));
        assert!(with("NO_COLOR", ""));
    }
}
