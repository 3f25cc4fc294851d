//! Dates, periods and deadlines as the form states them, and what the rules on them share.

mod cells;
mod deadline;
mod history;
mod interval;
mod schedule;

pub use cells::{Eppv, Status, eppv, report, status};
pub use deadline::{Anchor, Deadline, deadlines};
pub use history::{approvals, indication, launch, own_event, reexamination_end};
pub use interval::{At, Interval, intervals};
pub use schedule::{Registered, Schedule, observation, registered, schedule};

use calendar::{Date, PartialDate};

use super::Reference;

pub use plan::notice::{CONDITIONS, EPPV, REEXAMINATION};

/// 品目の概要 of the form.
pub const PRODUCT: Reference = plan::form!(" 品目の概要・変更の履歴", ", outline of the product and history of changes");
/// Sections 2 and 3 of the form.
pub const PLAN: Reference = plan::form!(" 2・3", ", sections 2 and 3");
/// Sections 2 and 3 of the form, where days are counted.
pub const PLAN_DAYS: Reference = plan::form!(" 2・3", ", sections 2 and 3", "、民法140条～143条", "; Civil Code, articles 140 to 143");
/// Sections 2 to 5 of the form.
pub const LISTS: Reference =
    plan::form!(" 2～5", ", sections 2 to 5", "。箇所の間の一致は実務の慣行による", "; that they agree is a matter of practice");
/// Sections 2 to 5 of the form, where days are counted.
pub const LISTS_DAYS: Reference = plan::form!(" 2～5", ", sections 2 to 5", "、民法140条～143条", "; Civil Code, articles 140 to 143");
/// The reasons for a design.
pub const RATIONALE: Reference = plan::form!(" 2【実施計画の根拠】", ", section 2, rationale of the plan");
/// Figures in the reasons for a design, which follow from one another.
pub const DESIGN: Reference = plan::form!(
    " 2【実施計画の根拠】",
    ", section 2, rationale of the plan",
    "。計算は算術と実務の慣行による",
    "; computed by arithmetic, as is the custom"
);
/// Sample sizes.
pub const BINOMIAL: Reference = plan::form!(
    " 2【実施計画の根拠】",
    ", section 2, rationale of the plan",
    "。例数の計算は二項分布による",
    "; sizes by the binomial distribution"
);

/// A day in Japanese: 2026年5月20日.
#[must_use]
pub fn ja(day: Date) -> String {
    PartialDate::from(day).in_japanese()
}

/// A message in both languages.
#[must_use]
pub fn words(ja: impl Into<String>, en: impl Into<String>) -> (String, String) {
    (ja.into(), en.into())
}

/// The sentences of a text, as ranges of bytes; 。 belongs to the sentence before it.
#[must_use]
pub fn sentences(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, stop) in text.match_indices('。') {
        sentences.push(start..at + stop.len());
        start = at + stop.len();
    }
    if start < text.len() {
        sentences.push(start..text.len());
    }
    sentences
}

/// A whole number with commas between its thousands; None for more than any number of patients.
#[must_use]
pub fn whole(digits: &str) -> Option<u64> {
    crate::prose::counts::number(digits)
}
