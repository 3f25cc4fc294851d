//! The notices that the rules come from.

use calendar::{Date, PartialDate};
use diagnostic::Reference;

pub(super) use crate::notice::{EPPV, REEXAMINATION};

/// The form as a whole.
pub(super) const FORM: Reference = crate::form!("", "");
/// Dates and periods of the form.
pub(super) const DATES: Reference = crate::form!(" 2～5", ", sections 2 to 5", "、民法140条～143条", "; Civil Code, articles 140 to 143");
/// Sample sizes.
pub(super) const DESIGN: Reference = crate::form!(
    " 2【実施計画の根拠】",
    ", section 2, rationale of the plan",
    "。例数の計算は二項分布による",
    "; sizes by the binomial distribution"
);

/// A day in Japanese: 2026年5月20日.
pub(super) fn ja(day: Date) -> String {
    PartialDate::from(day).in_japanese()
}
