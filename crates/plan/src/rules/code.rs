//! The codes of what reading finds. A code is never used again for another rule.

/// There is no `plan.toml`.
pub const NOT_A_PLAN: &str = "PLN101";
/// A file that is no text.
pub const NOT_TEXT: &str = "PLN102";
/// A line that is no TOML.
pub const SYNTAX_ERROR: &str = "PLN103";
/// Front matter that is missing or not closed.
pub const FRONT_MATTER_BROKEN: &str = "PLN104";
/// A file that the language does not know.
pub const UNKNOWN_FILE: &str = "PLN105";
/// A key that its table does not have.
pub const UNKNOWN_KEY: &str = "PLN106";
/// A value of another type.
pub const WRONG_TYPE: &str = "PLN107";
/// A key that is missing.
pub const MISSING_KEY: &str = "PLN108";
/// A word that is none of those that the key can have.
pub const UNKNOWN_VALUE: &str = "PLN109";
/// Another version of the language.
pub const OTHER_FORMAT: &str = "PLN110";
/// Two things with one id.
pub const ID_USED_TWICE: &str = "PLN111";
/// A file name that is no id.
pub const UNFIT_NAME: &str = "PLN112";
/// A heading that the file does not have, or has twice.
pub const UNKNOWN_SECTION: &str = "PLN113";
/// A `{{ … }}` that cannot be read.
pub const FIGURE_MALFORMED: &str = "PLN114";
/// A comment in prose that is not closed.
pub const COMMENT_OPEN: &str = "PLN115";
