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

/// 品目の概要 of the form.
pub const PRODUCT: Reference = Reference::form(
    "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式1 品目の概要・変更の履歴",
    "Form 1, outline of the product and history of changes (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1)",
);
/// Sections 2 and 3 of the form.
pub const PLAN: Reference = Reference::form(
    "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式1 2・3、民法140条～143条",
    "Form 1, sections 2 and 3 (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1); Civil Code, articles 140 to 143",
);
/// Sections 2 to 5 of the form.
pub const LISTS: Reference = Reference::form(
    "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式1 2～5、民法140条～143条",
    "Form 1, sections 2 to 5 (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1); Civil Code, articles 140 to 143",
);
/// The re-examination period.
pub const REEXAMINATION: Reference = Reference::form(
    "医薬品医療機器等法14条の4（再審査期間）、民法143条、別紙様式1 品目の概要",
    "Pharmaceuticals and Medical Devices Act, article 14-4 (re-examination period); Civil Code, article 143; form 1",
);
/// 市販直後調査.
pub const EPPV: Reference = Reference::form(
    "GVP省令（平成16年厚生労働省令第135号）10条、市販直後調査の実施方法に関する通知（平成18年3月24日 薬食安発第0324001号）、民法140条～143条",
    "GVP ordinance (2004, No. 135), article 10; notice on EPPV of 24 March 2006 (PFSB/SD 0324001); Civil Code, articles 140 to 143",
);
/// Sample sizes.
pub const DESIGN: Reference = Reference::form(
    "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式1 2【実施計画の根拠】。例数の計算は二項分布による",
    "Form 1, section 2, rationale of the plan (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1); sizes by the binomial distribution",
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
