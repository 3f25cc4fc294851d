//! The notices on risk management plans, with the days they are in force.

pub use calendar::Date;
pub use diagnostic::Reference;

/// A clause of 別紙様式1, the form of the plan: of 薬生薬審発0318第2号・薬生安発0318第1号 (2022-03-18) from 2022-05-01, before it of the
/// notice of 2012-04-26, which brought the form. What follows the clause, such as a statute, comes after it.
#[macro_export]
macro_rules! form {
    ($ja:literal, $en:literal) => {
        $crate::form!($ja, $en, "", "")
    };
    ($ja:literal, $en:literal, $more_ja:literal, $more_en:literal) => {
        $crate::notice::Reference::since(
            $crate::notice::Date::constant(2022, 5, 1),
            concat!("医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式1", $ja, $more_ja),
            concat!("Form 1", $en, " (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1)", $more_en),
        )
        .after(
            &const {
                $crate::notice::Reference::since(
                    $crate::notice::Date::constant(2012, 4, 26),
                    concat!("医薬品リスク管理計画の策定について（平成24年4月26日 薬食審査発0426第2号・薬食安発0426第1号）の様式", $ja, $more_ja),
                    concat!("The form", $en, " (notice of 26 April 2012, PFSB/ELD 0426-2, PFSB/SD 0426-1)", $more_en),
                )
            },
        )
    };
}

/// A clause of 別紙様式2, the summary: of the same notice of 2022, before it of the notices of 2016-03-31, which brought the summary.
#[macro_export]
macro_rules! summary {
    ($ja:literal, $en:literal) => {
        $crate::notice::Reference::since(
            $crate::notice::Date::constant(2022, 5, 1),
            concat!("医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式2（概要）", $ja),
            concat!("Form 2 (the summary)", $en, " (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1)"),
        )
        .after(
            &const {
                $crate::notice::Reference::since(
                    $crate::notice::Date::constant(2016, 3, 31),
                    concat!("医薬品リスク管理計画の概要に関する通知（平成28年3月31日 薬生審査発0331第13号・薬生安発0331第13号）", $ja),
                    concat!("The summary", $en, " (notice of 31 March 2016, PSEHB/ELD 0331-13, PSEHB/SD 0331-13)"),
                )
            },
        )
    };
}

/// The re-examination period: the Act, which bears its name since 2014-11-25, and a clause counted by the Civil Code.
pub const REEXAMINATION: Reference = Reference::since(
    RENAMED,
    "医薬品医療機器等法14条の4（再審査期間）、民法143条",
    "Pharmaceuticals and Medical Devices Act, article 14-4 (re-examination period); Civil Code, article 143",
)
.after(&Reference::always(
    "薬事法14条の4（再審査期間）、民法143条",
    "Pharmaceutical Affairs Act, article 14-4 (re-examination period); Civil Code, article 143",
));
/// Conditions of an approval.
pub const CONDITIONS: Reference = Reference::since(
    RENAMED,
    "医薬品医療機器等法79条1項（承認の条件）",
    "Pharmaceuticals and Medical Devices Act, article 79, paragraph 1 (conditions of an approval)",
)
.after(&Reference::always(
    "薬事法79条1項（承認の条件）",
    "Pharmaceutical Affairs Act, article 79, paragraph 1 (conditions of an approval)",
));
/// 市販直後調査.
pub const EPPV: Reference = Reference::since(
    Date::constant(2006, 3, 24),
    "GVP省令（平成16年厚生労働省令第135号）10条、市販直後調査の実施方法に関する通知（平成18年3月24日 薬食安発第0324001号）、民法140条～143条",
    "GVP ordinance (2004, No. 135), article 10; notice on EPPV of 24 March 2006 (PFSB/SD 0324001); Civil Code, articles 140 to 143",
);
/// 薬事法 became 医薬品医療機器等法.
const RENAMED: Date = Date::constant(2014, 11, 25);
