//! The notices that the rules come from.

use calendar::{Date, PartialDate};
use diagnostic::Reference;

/// The form as a whole.
pub(super) const FORM: Reference = Reference::form(
    "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式1",
    "Form 1 (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1)",
);
/// Dates and periods of the form.
pub(super) const DATES: Reference = Reference::form(
    "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式1 2～5、民法140条～143条",
    "Form 1, sections 2 to 5 (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1); Civil Code, articles 140 to 143",
);
/// The re-examination period.
pub(super) const REEXAMINATION: Reference = Reference::form(
    "医薬品医療機器等法14条の4（再審査期間）、民法143条、別紙様式1 品目の概要",
    "Pharmaceuticals and Medical Devices Act, article 14-4 (re-examination period); Civil Code, article 143; form 1",
);
/// 市販直後調査.
pub(super) const EPPV: Reference = Reference::form(
    "GVP省令（平成16年厚生労働省令第135号）10条、市販直後調査の実施方法に関する通知（平成18年3月24日 薬食安発第0324001号）、民法140条～143条",
    "GVP ordinance (2004, No. 135), article 10; notice on EPPV of 24 March 2006 (PFSB/SD 0324001); Civil Code, articles 140 to 143",
);
/// Sample sizes.
pub(super) const DESIGN: Reference = Reference::form(
    "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式1 2【実施計画の根拠】。例数の計算は二項分布による",
    "Form 1, section 2, rationale of the plan (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1); sizes by the binomial distribution",
);

/// A day in Japanese: 2026年5月20日.
pub(super) fn ja(day: Date) -> String {
    PartialDate::from(day).in_japanese()
}
