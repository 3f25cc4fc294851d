//! `plan.toml`: the product and what holds for the whole plan.

use calendar::Date;

use super::Reexamination;
use crate::id::{ActivityId, ConditionId, IndicationId, LabelId};
use crate::shape::{Markdown, Named};
use crate::shape::{Several, choice, table};
use crate::source::Spanned;

table! {
    /// 計画全体の事実。品目の概要、変更の履歴、通常の活動。
    /// What holds for the whole plan: the product, the history, the routine activities.
    PlanFacts = "plan.toml" {
        /// この言語の版。今は 1。
        /// The version of this language; it is 1.
        format: Option<Spanned<u64>>, required, "1";
        /// 品目。
        /// The product.
        product: Product, required, "{ substance = \"見本マブ（遺伝子組換え）\", class = \"874291\", birth_date = 2019-03-08, approved = 2021-03-23, dosage = \"通常、成人には 1 回 375mg/m²を点滴静注する。\" }";
        /// 製造販売業者。
        /// The marketing authorisation holder.
        holder: Holder, required, "{ name = \"見本製薬株式会社\" }";
        /// 販売名（規格）ごとの事実。
        /// The strengths, each with its approval number.
        strength: Vec<Strength>, required, "[{ name = \"ミホン点滴静注 100mg\", content = \"1 バイアル 10mL 中に 100mg\", approval_number = \"30300AMX00001000\" }]";
        /// 効能又は効果。
        /// The indications.
        indication: Vec<Indication>, required, "[{ id = 1, name = \"見本症候群\", approved = 2021-03-23, reexamination = { years = 8 } }]";
        /// 承認条件。
        /// The conditions of approval.
        condition: Vec<Condition>, optional, "[{ id = \"rmp\", text = \"医薬品リスク管理計画を策定の上、適切に実施すること。\" }]";
        /// 備考に記す経緯。
        /// The regulatory history.
        event: Vec<Event>, optional, "[{ date = 2021-03-23, kind = \"approval\", text = \"製造販売承認\", indications = [1] }]";
        /// どこでも使える略語。
        /// Abbreviations, defined once and usable everywhere.
        abbreviation: Vec<Abbreviation>, optional, "[{ short = \"NHL\", long = \"非ホジキンリンパ腫\" }]";
        /// 提出。最後のものがこの計画の日付になる。
        /// The submissions; the last one is the plan's own date.
        submission: Vec<Submission>, required, "[{ date = 2026-03-02, changes = \"初回提出\", reason = \"初回提出のため\" }]";
        /// 通常の活動。
        /// The routine activities.
        routine: Option<Routine>, required, "{ pharmacovigilance = \"自発報告、文献の検討\", minimisation = \"電子添文による情報提供\" }";
        /// 電子添文の項。
        /// The sections of the package insert.
        label: Vec<LabelSection>, optional, "[{ id = \"11.1.1\", title = \"感染症\" }]";
        /// 添付資料。
        /// The attachments.
        attachment: Vec<Attachment>, optional, "[{ title = \"使用成績調査実施計画書\", status = \"enclosed\", activity = \"survey\" }]";
    }
}

table! {
    /// 品目。
    /// The product.
    Product = "product" {
        /// 有効成分。
        /// The active substance.
        substance: Spanned<String>, required, "\"見本マブ（遺伝子組換え）\"";
        /// 有効成分の英名。
        /// The active substance in English.
        substance_en: Option<Spanned<String>>, optional, "\"Mihomab (genetical recombination)\"";
        /// 製品群の名（表紙に用いる）。書かなければ最初の販売名。
        /// The product's name on the cover; if left out, the first strength's.
        name: Option<Spanned<String>>, optional, "\"ミホン点滴静注\"";
        /// 製品群の英名。
        /// The product's name in English.
        name_en: Option<Spanned<String>>, optional, "\"Mihon for intravenous infusion\"";
        /// 薬効分類（6 桁）。
        /// The therapeutic category, six digits.
        class: Spanned<String>, required, "\"874291\"";
        /// 国際誕生日。
        /// The international birth date.
        birth_date: Option<Spanned<Date>>, required, "2019-03-08";
        /// 承認年月日。
        /// The date of approval.
        approved: Option<Spanned<Date>>, required, "2021-03-23";
        /// 販売開始日。
        /// The day of launch.
        launched: Option<Spanned<Date>>, optional, "2021-05-20";
        /// 用法及び用量。
        /// Dosage and administration.
        dosage: Spanned<Markdown>, required, "\"通常、成人には 1 回 375mg/m²を点滴静注する。\"";
        /// 用法及び用量の英語。
        /// Dosage and administration in English.
        dosage_en: Option<Spanned<Markdown>>, optional, "\"375 mg/m² by intravenous infusion.\"";
    }
}

table! {
    /// 製造販売業者。
    /// The marketing authorisation holder.
    Holder = "holder" {
        /// 名称。
        /// Its name.
        name: Spanned<String>, required, "\"見本製薬株式会社\"";
        /// 英名。
        /// Its name in English.
        name_en: Option<Spanned<String>>, optional, "\"Mihon Pharmaceutical Co., Ltd.\"";
    }
}

table! {
    /// 販売名（規格）。
    /// A strength.
    Strength = "strength" {
        /// 販売名。
        /// The brand name.
        name: Spanned<String>, required, "\"ミホン点滴静注 100mg\"";
        /// 販売名の英名。
        /// The brand name in English.
        name_en: Option<Spanned<String>>, optional, "\"Mihon 100 mg\"";
        /// 含量及び剤形。
        /// Content and form.
        content: Spanned<String>, required, "\"1 バイアル 10mL 中に 100mg 含有の注射剤\"";
        /// 含量及び剤形の英語。
        /// Content and form in English.
        content_en: Option<Spanned<String>>, optional, "\"solution for infusion, 100 mg in a vial of 10 mL\"";
        /// 承認番号。
        /// The approval number.
        approval_number: Spanned<String>, required, "\"30300AMX00001000\"";
    }
}

table! {
    /// 効能又は効果。
    /// An indication.
    Indication = "indication" {
        /// 番号。印刷するとおりに書く。
        /// Its number as printed.
        id: Spanned<Named<IndicationId>>, required, "1";
        /// 効能又は効果の文言。
        /// Its words.
        name: Spanned<String>, required, "\"視神経脊髄炎スペクトラム障害の再発予防\"";
        /// 英語の文言。
        /// Its words in English.
        name_en: Option<Spanned<String>>, optional, "\"prevention of relapse of NMOSD\"";
        /// 活動の名称などに用いる短い名。
        /// A short name, such as the names of activities use.
        short: Option<Spanned<String>>, optional, "\"NMOSD\"";
        /// 短い名の英語。
        /// The short name in English.
        short_en: Option<Spanned<String>>, optional, "\"NMOSD\"";
        /// 承認年月日。書かなければ品目のもの。
        /// The date of approval; if left out, the product's.
        approved: Option<Spanned<Date>>, optional, "2022-06-20";
        /// 再審査期間。承認日から数える年数、期間、又は "none"。
        /// The re-examination period: years from the approval, an interval, or "none".
        reexamination: Several<Reexamination>, required, "{ years = 10 }";
    }
}

table! {
    /// 承認条件。
    /// A condition of approval.
    Condition = "condition" {
        /// 名。
        /// Its id.
        id: Spanned<Named<ConditionId>>, required, "\"all-case\"";
        /// 文言。
        /// Its words.
        text: Spanned<String>, required, "\"全症例を対象に使用成績調査を実施すること。\"";
        /// 全例調査の条件か。
        /// Whether it asks for all-case surveillance.
        all_case: Option<Spanned<bool>>, optional, "true";
        /// 関わる効能又は効果。
        /// The indications it is for.
        indications: Vec<Spanned<IndicationId>>, optional, "[12]";
        /// 付された日。
        /// When it was set.
        added: Option<Spanned<Date>>, optional, "2016-02-29";
        /// 解除された日。
        /// When it was lifted.
        lifted: Option<Spanned<Date>>, optional, "2025-03-27";
    }
}

choice! {
    /// 経緯の種類。
    /// What happened to a product.
    EventKind {
        /// 承認
        /// approval
        Approval = "approval",
        /// 承認事項の変更（用法及び用量など）
        /// change of the approval, such as of the dosage
        Change = "change",
        /// 承認条件の解除
        /// a condition was lifted
        ConditionLifted = "condition-lifted",
        /// 再審査結果の通知
        /// the result of a re-examination
        ReexaminationResult = "re-examination-result",
        /// 名称変更
        /// a new name
        Renamed = "renamed",
        /// その他
        /// something else
        Other = "other",
    }
}

table! {
    /// 備考に記す経緯。
    /// An event of the regulatory history.
    Event = "event" {
        /// 日。
        /// When.
        date: Option<Spanned<Date>>, required, "2022-06-20";
        /// 種類。
        /// What kind.
        kind: Option<Spanned<EventKind>>, required, "\"approval\"";
        /// 印刷する文言。
        /// The words to print.
        text: Spanned<String>, required, "\"承認事項一部変更承認（効能又は効果追加）\"";
        /// 関わる効能又は効果。
        /// The indications concerned.
        indications: Vec<Spanned<IndicationId>>, optional, "[11]";
    }
}

table! {
    /// 略語。
    /// An abbreviation.
    Abbreviation = "abbreviation" {
        /// 略した形。
        /// The short form.
        short: Spanned<String>, required, "\"NHL\"";
        /// 元の形。
        /// What it stands for.
        long: Spanned<String>, required, "\"非ホジキンリンパ腫\"";
    }
}

choice! {
    /// 提出した計画がどこまで進んだか。
    /// How far a submitted plan has come.
    SubmissionState {
        /// 提出した
        /// submitted
        Submitted = "submitted",
        /// 確認された
        /// confirmed
        Confirmed = "confirmed",
        /// 公表された
        /// published
        Published = "published",
    }
}

table! {
    /// 計画の提出。
    /// A submission of the plan.
    Submission = "submission" {
        /// 版。
        /// The version.
        version: Option<Spanned<String>>, optional, "\"1.0\"";
        /// 提出年月日。
        /// The date of submission.
        date: Option<Spanned<Date>>, required, "2026-03-02";
        /// どこまで進んだか。公表用の頁は、公表された版からだけ作られる。
        /// How far it has come; the public page is made of a published version alone.
        state: Option<Spanned<SubmissionState>>, optional, "\"published\"";
        /// 変更内容の概要。最後の提出では要る。
        /// What changed; the last submission needs it.
        changes: Option<Spanned<Markdown>>, optional, "\"使用成績調査の目標症例数の変更\"";
        /// 変更内容の英語。
        /// What changed, in English.
        changes_en: Option<Spanned<Markdown>>, optional, "\"a new target of the use-results survey\"";
        /// 変更理由。最後の提出では要る。
        /// Why; the last submission needs it.
        reason: Option<Spanned<Markdown>>, optional, "\"登録状況を踏まえたため\"";
        /// 変更理由の英語。
        /// Why, in English.
        reason_en: Option<Spanned<Markdown>>, optional, "\"registration is slower than expected\"";
    }
}

table! {
    /// 通常の活動。
    /// The routine activities.
    Routine = "routine" {
        /// 通常の医薬品安全性監視活動の内容。
        /// What routine pharmacovigilance comprises.
        pharmacovigilance: Spanned<Markdown>, required, "\"自発報告、文献・学会情報、外国措置情報の収集と検討\"";
        /// その英語。
        /// The same in English.
        pharmacovigilance_en: Option<Spanned<Markdown>>, optional, "\"Collection and review of spontaneous reports, literature and measures abroad.\"";
        /// 通常のリスク最小化活動の内容。
        /// What routine risk minimisation comprises.
        minimisation: Spanned<Markdown>, required, "\"電子添文及び患者向医薬品ガイドによる情報提供\"";
        /// その英語。
        /// The same in English.
        minimisation_en: Option<Spanned<Markdown>>, optional, "\"Package insert and patient guide.\"";
    }
}

table! {
    /// 電子添文の項。
    /// A section of the package insert.
    LabelSection = "label" {
        /// 項の番号。
        /// Its number.
        id: Spanned<Named<LabelId>>, required, "\"11.1.1\"";
        /// 見出し。
        /// Its title.
        title: Spanned<String>, required, "\"感染症\"";
    }
}

choice! {
    /// 添付資料の扱い。
    /// How an attachment stands.
    AttachmentStatus {
        /// 提出済み
        /// submitted before
        Submitted = "submitted",
        /// 今回添付
        /// enclosed
        Enclosed = "enclosed",
    }
}

table! {
    /// 添付資料。
    /// An attachment.
    Attachment = "attachment" {
        /// 資料名。
        /// Its title.
        title: Spanned<String>, required, "\"使用成績調査実施計画書\"";
        /// 扱い。
        /// How it stands.
        status: Option<Spanned<AttachmentStatus>>, optional, "\"submitted\"";
        /// どの活動の資料か。
        /// The activity it belongs to.
        activity: Option<Spanned<ActivityId>>, optional, "\"survey\"";
    }
}
