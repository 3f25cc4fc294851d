//! Front matter of concerns, and of translations.

use crate::id::{IndicationId, LabelId};
use crate::shape::{choice, table};
use crate::source::Spanned;

choice! {
    /// 安全性検討事項の区分。
    /// The class of a safety concern.
    Class {
        /// 重要な特定されたリスク
        /// important identified risk
        Identified = "identified",
        /// 重要な潜在的リスク
        /// important potential risk
        Potential = "potential",
        /// 重要な不足情報
        /// important missing information
        Missing = "missing",
    }
}

table! {
    /// 安全性検討事項。
    /// A safety concern.
    ConcernFacts = "concern" {
        /// 区分。
        /// Its class.
        class: Option<Spanned<Class>>, required, "\"identified\"";
        /// 名称。
        /// Its name.
        name: Spanned<String>, required, "\"感染症\"";
        /// 英語の名称。
        /// Its name in English.
        name_en: Option<Spanned<String>>, optional, "\"infections\"";
        /// 短い名。
        /// A short name.
        short: Option<Spanned<String>>, optional, "\"PML\"";
        /// 対応する MedDRA の用語（PT、SMQ）。
        /// The terms of MedDRA that it covers (PT, SMQ).
        terms: Vec<Spanned<String>>, optional, "[\"肺炎\", \"敗血症\"]";
        /// 関わる効能又は効果。書かなければすべて。
        /// The indications concerned; if left out, all.
        indications: Vec<Spanned<IndicationId>>, optional, "[1, 11]";
        /// 電子添文の項。
        /// The sections of the package insert.
        label: Vec<Spanned<LabelId>>, optional, "[\"11.1.1\"]";
        /// 電子添文に記載があるか。項の番号が分からないときに、`label` の代わりに書く。
        /// Whether the package insert covers it: written for `label` where the numbers of its sections are not known.
        in_label: Option<Spanned<bool>>, optional, "true";
        /// 患者向医薬品ガイドに記載があるか。
        /// Whether the patient guide covers it.
        patient_guide: Option<Spanned<bool>>, optional, "true";
        /// 並べる順。書かなければファイル名の順で後に並ぶ。
        /// Where it stands among the others; without it, after them by name of file.
        order: Option<Spanned<u64>>, optional, "10";
    }
}

table! {
    /// 有効性に関する検討事項。
    /// An efficacy concern.
    EfficacyFacts = "efficacy" {
        /// 名称。
        /// Its name.
        name: Spanned<String>, required, "\"使用実態下における有効性\"";
        /// 英語の名称。
        /// Its name in English.
        name_en: Option<Spanned<String>>, optional, "\"effectiveness in daily use\"";
        /// 関わる効能又は効果。
        /// The indications concerned.
        indications: Vec<Spanned<IndicationId>>, optional, "[12]";
        /// 並べる順。
        /// Where it stands among the others.
        order: Option<Spanned<u64>>, optional, "10";
    }
}

table! {
    /// 訳文のファイルの先頭。なくてもよい。
    /// The head of a translation; it may be left out.
    TranslationFacts = "translation" {
        /// 英語の名称。
        /// The name in English.
        title: Option<Spanned<String>>, optional, "\"Infections\"";
    }
}
