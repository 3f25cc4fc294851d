//! The codes of what an import finds. A code is never used for anything else.

use diagnostic::{Reference, Severity};

/// A rule of the import. It has no check of its own: the import finds it on its way.
pub type Rule = diagnostic::Rule<()>;

const ONCE: Reference =
    Reference::always("計画はそれぞれの事実を一度だけ述べる（計画の言語）", "a plan states each fact once (the language of plans)");

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $rule:ident, $code:literal, $name:literal, $severity:ident, $title:expr, $why:expr;)+) => {
        $(
            $(#[doc = $doc])+
            pub static $rule: Rule = Rule {
                code: $code,
                name: $name,
                severity: Severity::$severity,
                title: $title,
                why: $why,
                reference: ONCE,
                manual: include_str!(concat!("manual/", $code, ".md")),
                check: (),
            };
        )+
        /// All of them, by code.
        pub const RULES: &[&Rule] = &[$(&$rule,)+];
    };
}

rules! {
    /// Something stands in no file.
    NOT_PLACED, "IMP101", "not-placed", Warning,
        ("取り込めなかった記載", "statements that were not placed"),
        ("計画のどこに入れるべきか、文書の形からは決められなかった。", "the form of the document does not tell where in the plan it belongs");
    /// Something was read, but not surely.
    UNSURE, "IMP102", "read-unsurely", Info,
        ("確実でない読み取り", "readings that are not sure"),
        ("レイアウトから別の読み方もできる。", "the layout leaves room for another reading");
    /// A part of an activity could not be made data.
    NOT_UNDERSTOOD, "IMP103", "not-understood", Info,
        ("データにできなかった記載", "statements that did not become data"),
        ("文言はコメントに残したが、日付や例数として読めなかった。", "its words stand in a comment; it could not be read as a date, a number or an event");
    /// Two views disagree.
    VIEWS_DISAGREE, "IMP201", "views-disagree", Warning,
        ("記載箇所による食い違い", "views that disagree"),
        ("計画には一方しか書けない。", "the plan can state only one of them");
    /// Two places disagree, as the review of the document finds them.
    STATED_OTHERWISE, "IMP202", "stated-otherwise", Warning,
        ("ほかの箇所と合わない記載", "statements that another place contradicts"),
        ("文書の点検（mimamori review）が見つけた食い違いで、計画には一方だけが残るか、導かれる値が文書と異なる。", "the review of the document (mimamori review) finds it; the plan keeps one of them, or derives another value than the document prints");
    /// A printed percentage is not that of its counts.
    FIGURE_PRINTED_OTHERWISE, "IMP301", "figure-printed-otherwise", Warning,
        ("例数と合わない百分率", "percentages that their counts do not give"),
        ("計画では百分率を例数から計算するため、文書と異なる値が印刷される。", "the plan computes percentages from counts, and prints another value than the document");
    /// A figure without a study.
    FIGURE_WITHOUT_STUDY, "IMP302", "figure-without-study", Info,
        ("試験の分からない例数", "figures without a study"),
        ("文がどの試験の例数かを述べていない。", "the sentence does not tell the study");
    /// A size whose meaning was concluded.
    SIZE_CONCLUDED, "IMP303", "size-concluded", Info,
        ("意味を推定した分母", "denominators whose meaning was concluded"),
        ("分母が群や時期の例数と異なり、本文は部分集団の名を述べていない。", "the denominator is that of no arm or phase named, and the text names no subset");
    /// A size that looks like a slip.
    SIZE_DISAGREES, "IMP304", "size-disagrees", Warning,
        ("食い違う分母", "denominators that disagree"),
        ("同じ試験の他の分母と異なり、直前に挙げた別の試験の例数と一致する。", "it differs from the study's others and is the size of another study named just before");
}

/// The rule with this code or name, in any case of letters.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|r| r.code.eq_ignore_ascii_case(code) || r.name.eq_ignore_ascii_case(code))
}
