//! The rules of `check`. A rule is one file and one Markdown page that is its manual and its test; one line here registers it.
//!
//! Codes: 1xx the source, 2xx references, 3xx figures, 4xx dates, 5xx designs, 6xx what is missing.

pub mod code;
mod engine;
mod source;

pub use engine::{Context, Index, Sink};

/// A rule of `check`.
pub type Rule = diagnostic::Rule<fn(&Context<'_>, &mut Sink)>;

/// All rules, by code.
pub const RULES: &[&Rule] = &[
    &source::NOT_A_PLAN,
    &source::NOT_TEXT,
    &source::SYNTAX_ERROR,
    &source::FRONT_MATTER_BROKEN,
    &source::UNKNOWN_FILE,
    &source::UNKNOWN_KEY,
    &source::WRONG_TYPE,
    &source::MISSING_KEY,
    &source::UNKNOWN_VALUE,
    &source::OTHER_FORMAT,
    &source::ID_USED_TWICE,
    &source::UNFIT_NAME,
    &source::UNKNOWN_SECTION,
    &source::FIGURE_MALFORMED,
];

/// The rule with this code or name, in any case of letters.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(code) || rule.name.eq_ignore_ascii_case(code))
}
