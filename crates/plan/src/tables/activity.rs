//! Front matter of activities.

use calendar::PartialDate;

use super::{ActivityKind, Audience, Counted, Length, Method, SampleSize, When};
use crate::id::{ConcernId, EfficacyId, IndicationId};
use crate::shape::{Markdown, choice, table};
use crate::source::Spanned;

table! {
    /// 追加の活動。終了したものも残す。
    /// An additional activity; finished ones stay.
    ActivityFacts = "activity" {
        /// 種類。
        /// Its kind.
        kind: Option<Spanned<ActivityKind>>, required, "\"general-survey\"";
        /// 名称。
        /// Its name.
        name: Spanned<String>, required, "\"見本症候群における一般使用成績調査\"";
        /// 英語の名称。
        /// Its name in English.
        name_en: Option<Spanned<String>>, optional, "\"General use-results survey in Mihon syndrome\"";
        /// 短い名。
        /// A short name.
        short: Option<Spanned<String>>, optional, "\"一般使用成績調査\"";
        /// 対象の効能又は効果。
        /// The indications it is about.
        indications: Vec<Spanned<IndicationId>>, optional, "[1]";
        /// 対象の安全性検討事項。
        /// The safety concerns it covers.
        concerns: Vec<Spanned<ConcernId>>, optional, "[\"infection\"]";
        /// 対象の有効性に関する検討事項。
        /// The efficacy concerns it covers.
        efficacy: Vec<Spanned<EfficacyId>>, optional, "[\"effectiveness\"]";
        /// 終了した調査が、計画にもうない有効性に関する検討事項のためでもあったか。5.2 に載る。
        /// Whether a finished survey was also for an efficacy concern that the plan has no more; it stands in 5.2.
        former_efficacy: Option<Spanned<bool>>, optional, "true";
        /// 調査期間（市販直後調査では実施期間）。
        /// The period of the survey; of an EPPV, that of vigilance.
        period: Option<Interval>, optional, "{ start = 2022-06-01, end = 2030-05-31 }";
        /// 登録期間。
        /// The period of registration.
        registration: Option<Interval>, optional, "{ start = 2022-06-01, end = 2027-05-31 }";
        /// 観察期間。
        /// The period of observation.
        observation: Option<Length>, optional, "{ weeks = 48, text = \"投与開始から\" }";
        /// 目標症例数。
        /// The target.
        target: Option<Spanned<u64>>, optional, "125";
        /// 目標は何を数えるか（`registered`、`forms`、`reached-week-48` など）。
        /// What the target counts, such as `registered`, `forms` or `reached-week-48`.
        counted: Option<Spanned<Counted>>, optional, "\"registered\"";
        /// 目標症例数の添え書き。
        /// A note to the target.
        target_note: Option<Spanned<String>>, optional, "\"安全性評価対象として 115 例\"";
        /// 実施方式。
        /// How patients are enrolled.
        method: Option<Spanned<Method>>, optional, "\"central-registration\"";
        /// 実施方式の文言。
        /// The method in words.
        method_text: Option<Spanned<String>>, optional, "\"中央登録方式にて実施する\"";
        /// 全例調査か。
        /// Whether it is all-case.
        all_case: Option<Spanned<bool>>, optional, "true";
        /// 対象患者。
        /// The patients.
        population: Option<Spanned<Markdown>>, optional, "\"本剤を初めて投与する患者\"";
        /// 対象患者の英語。
        /// The patients, in English.
        population_en: Option<Spanned<Markdown>>, optional, "\"patients treated for the first time\"";
        /// EU-RMP での調査の区分。書かなければ、日本での活動として記す。
        /// The category of the study in the EU-RMP; left out, it is told as an activity in Japan.
        eu_category: Option<Spanned<EuCategory>>, optional, "\"3\"";
        /// 節目。
        /// The milestones.
        milestone: Vec<Milestone>, optional, "[{ when = \"J-PSR\", text = \"安全性定期報告時に検討する。\" }]";
        /// 報告書。
        /// The reports.
        report: Vec<ReportFacts>, optional, "[{ due = { on = \"end\", months = 3 } }]";
        /// 例数設計。
        /// The designs of its size.
        sample_size: Vec<SampleSize>, optional, "[{ kind = \"detection\", rate = 0.1, probability = 0.95, evaluable = 29 }]";
        /// 実際に始まった日。
        /// When it really began.
        started: Option<Spanned<PartialDate>>, optional, "2022-06-10";
        /// 実際に終わった日。
        /// When it really ended.
        ended: Option<Spanned<PartialDate>>, optional, "2029-12-28";
        /// 資材の対象。
        /// Whom a material is for.
        audience: Option<Spanned<Audience>>, optional, "\"hcp\"";
        /// 資材の版。
        /// The version of a material.
        version: Option<Spanned<String>>, optional, "\"2.0\"";
        /// 資材のファイル。
        /// The file of a material.
        file: Option<Spanned<String>>, optional, "\"guide.pdf\"";
        /// 並べる順。
        /// Where it stands among the others.
        order: Option<Spanned<u64>>, optional, "10";
    }
}

choice! {
    /// EU-RMP での調査の区分（GVP Module V Rev 2、V.B.6.3）。
    /// The category of a study in the EU-RMP (GVP Module V Rev 2, V.B.6.3).
    EuCategory {
        /// 承認条件として課されたもの
        /// imposed as a condition of the marketing authorisation
        Imposed = "1",
        /// 条件付き承認などでの個別の義務
        /// a specific obligation under a conditional approval or in exceptional circumstances
        SpecificObligation = "2",
        /// 当局が求めたもの
        /// required by the authority
        Required = "3",
    }
}

table! {
    /// 期間。月までの日付は、始めならその月の初日、終わりなら末日を指す。
    /// A period; a month stands for its first day at the start and for its last day at the end.
    Interval = "period" {
        /// 始め。
        /// Its start.
        start: Option<Spanned<PartialDate>>, required, "2022-06-01";
        /// 終わり。
        /// Its end.
        end: Option<Spanned<PartialDate>>, optional, "2030-05-31";
    }
}

choice! {
    /// 5 の一覧。
    /// The lists of section 5.
    ListNumber {
        /// 医薬品安全性監視計画の一覧
        /// the list of pharmacovigilance
        Pharmacovigilance = "5.1",
        /// 有効性に関する調査・試験の計画の一覧
        /// the list of studies of efficacy
        Efficacy = "5.2",
        /// リスク最小化計画の一覧
        /// the list of risk minimisation
        Minimisation = "5.3",
    }
}

table! {
    /// 節目となる予定の時期。
    /// A milestone.
    Milestone = "milestone" {
        /// 時期。`"J-PSR"`、日付、又は出来事。
        /// When: `"J-PSR"`, a date, or an event.
        when: Option<When>, required, "{ on = \"end-of-registration\" }";
        /// 一覧に印刷する文言。
        /// The words that the list prints.
        text: Spanned<String>, required, "\"登録終了時\"";
        /// この節目を載せる一覧。書かなければ、活動の載るすべて。
        /// The lists that print it; if left out, every list in which the activity stands.
        lists: Vec<Spanned<ListNumber>>, optional, "[\"5.1\"]";
        /// そこで何をもって判断するか。
        /// By what it is judged.
        criteria: Option<Spanned<Markdown>>, optional, "\"重篤な感染症の発現割合が 9% を超えるか\"";
    }
}

table! {
    /// 報告書。予定は `due`、作成したら `made`。
    /// A report: `due` while it is planned, `made` once it is made.
    ReportFacts = "report" {
        /// 作成予定。
        /// When it is due.
        due: Option<When>, optional, "{ on = \"end\", months = 3 }";
        /// 作成した日。
        /// When it was made.
        made: Option<Spanned<PartialDate>>, optional, "\"2019-02\"";
        /// 中間か最終か。書かなければ、最後に並ぶ報告書が、調査の終わり以降に作成されたときに最終となる。
        /// Whether it is an interim or the final one; left out, the last of the reports is final if it is made at the end or after it.
        kind: Option<Spanned<ReportKind>>, optional, "\"final\"";
        /// 文言。
        /// In words.
        text: Option<Spanned<String>>, optional, "\"中間報告書\"";
    }
}

choice! {
    /// 報告書の種類。
    /// The kind of a report.
    ReportKind {
        /// 中間報告書
        /// interim report
        Interim = "interim",
        /// 最終報告書
        /// final report
        Final = "final",
    }
}
