//! `studies.toml`: the studies a plan cites, with every size that can be a denominator.

use crate::id::{PoolId, StudyId};
use crate::shape::{Named, choice, table};
use crate::source::Spanned;

table! {
    /// 引用する試験。
    /// The studies that the plan cites.
    StudyFacts = "studies.toml" {
        /// 試験。
        /// A study.
        study: Vec<Study>, optional, "[{ id = \"SMP-301\", arm = [{ name = \"本剤群\", size = 58 }] }]";
        /// 併合した試験。
        /// Studies taken together.
        pool: Vec<Pool>, optional, "[{ id = \"main\", studies = [\"SMP-301\", \"SMP-302:本剤群\"] }]";
    }
}

choice! {
    /// 引用する試験の種類。
    /// What a cited study is.
    StudyKind {
        /// 臨床試験
        /// a clinical trial
        Trial = "trial",
        /// 製造販売後の調査、データベース調査、使用実態調査
        /// a survey, a database study or other observation of use in practice
        Survey = "survey",
    }
}

impl Study {
    /// What it is, as it says or as its phase tells.
    #[must_use]
    pub fn kind(&self) -> Option<StudyKind> {
        self.kind.as_ref().map(|kind| kind.value).or_else(|| self.phase.as_ref().map(|_| StudyKind::Trial))
    }
}

table! {
    /// 試験。
    /// A study.
    Study = "study" {
        /// 試験番号。
        /// Its number.
        id: Spanned<Named<StudyId>>, required, "\"SMP-301\"";
        /// 別の番号や名。
        /// Other numbers and names of it.
        aliases: Vec<Spanned<String>>, optional, "[\"jRCT2031210001\"]";
        /// 名称。
        /// Its title.
        title: Option<Spanned<String>>, optional, "\"見本症候群患者を対象とした国内第III相試験\"";
        /// 英語の名称。
        /// Its title in English.
        title_en: Option<Spanned<String>>, optional, "\"A phase III study in Japanese patients\"";
        /// 対象。
        /// Its population.
        population: Option<Spanned<String>>, optional, "\"未治療の見本症候群患者\"";
        /// 対象の英語。
        /// Its population in English.
        population_en: Option<Spanned<String>>, optional, "\"untreated Mihon syndrome\"";
        /// 実施した国。
        /// Where it was done.
        country: Option<Spanned<String>>, optional, "\"日本\"";
        /// 実施した国の英語。
        /// Where it was done, in English.
        country_en: Option<Spanned<String>>, optional, "\"Japan\"";
        /// 臨床試験か、調査か。相があれば臨床試験である。
        /// Whether it is a clinical trial or a survey; what has a phase is a trial.
        kind: Option<Spanned<StudyKind>>, optional, "\"trial\"";
        /// 相。
        /// Its phase.
        phase: Option<Spanned<String>>, optional, "\"III\"";
        /// 登録番号。
        /// Its number in a registry.
        registry: Option<Spanned<String>>, optional, "\"NCT00000000\"";
        /// 文献。
        /// Where it was published.
        reference: Option<Spanned<String>>, optional, "\"見本太郎ら：見本医学 12, 34-45, 2020\"";
        /// 群。単群の試験では名前のない群を一つ書く。
        /// Its arms; a study of one arm has one without a name.
        arm: Vec<Arm>, optional, "[{ name = \"本剤群\", size = 58 }]";
    }
}

table! {
    /// 試験の群。
    /// An arm of a study.
    Arm = "arm" {
        /// 名。単群なら書かない。
        /// Its name; left out where there is one arm only.
        name: Spanned<String>, optional, "\"本剤群\"";
        /// 名の英語。
        /// Its name in English.
        name_en: Option<Spanned<String>>, optional, "\"treated\"";
        /// 例数。割合だけで引用する群では書かない。
        /// How many patients; left out where only percentages are cited.
        size: Option<Spanned<u64>>, optional, "58";
        /// 時期や部分集団。
        /// Phases and subsets of the arm.
        phase: Vec<Phase>, optional, "[{ name = \"維持療法期\", size = 41 }]";
    }
}

table! {
    /// 群の時期又は部分集団。
    /// A phase or a subset of an arm.
    Phase = "phase" {
        /// 名。
        /// Its name.
        name: Spanned<String>, required, "\"維持療法期\"";
        /// 名の英語。
        /// Its name in English.
        name_en: Option<Spanned<String>>, optional, "\"maintenance\"";
        /// 例数。割合だけで引用する時期では書かない。
        /// How many patients; left out where only percentages are cited.
        size: Option<Spanned<u64>>, optional, "41";
    }
}

table! {
    /// 併合した試験。分母は合計、例数の分からない試験があれば `size`。
    /// Studies taken together: their sizes add up, or, if some have none, are `size`.
    Pool = "pool" {
        /// 名。
        /// Its id.
        id: Spanned<Named<PoolId>>, required, "\"main\"";
        /// 試験、`試験:群`、又は別の併合。
        /// Studies, `study:arm`, or other pools.
        studies: Vec<Spanned<String>>, required, "[\"SMP-301\", \"SMP-302:本剤群\"]";
        /// 合計例数。試験の例数がそろえば合計と照合し、そろわなければこれを分母とする。
        /// How many patients: checked against the sum; if sizes are missing it is the denominator.
        size: Option<Spanned<u64>>, optional, "87";
    }
}
