//! The table of rules. One line registers a rule; a code is never used again for another.

mod percentage_disagrees;

use super::Rule;

/// All rules, by code.
pub const RULES: &[&Rule] = &[&percentage_disagrees::RULE];
