use crate::shape::{Scalar, choice};

choice! {
    /// 活動の種類。どの一覧（5.1、5.2、5.3）に載るかを決める。
    /// The kind of an activity; it decides in which of the lists 5.1, 5.2 and 5.3 it stands.
    ActivityKind {
        /// 一般使用成績調査
        /// general use-results survey
        GeneralSurvey = "general-survey",
        /// 特定使用成績調査
        /// specified use-results survey
        SpecifiedSurvey = "specified-survey",
        /// 使用成績比較調査
        /// comparative use-results survey
        ComparativeSurvey = "comparative-survey",
        /// 製造販売後データベース調査
        /// post-marketing database study
        DatabaseStudy = "database-study",
        /// 製造販売後臨床試験
        /// post-marketing clinical trial
        ClinicalTrial = "clinical-trial",
        /// 市販直後調査
        /// early post-marketing phase vigilance
        Eppv = "eppv",
        /// 非臨床試験
        /// nonclinical study
        Nonclinical = "nonclinical",
        /// その他の医薬品安全性監視活動
        /// other additional pharmacovigilance
        OtherSurveillance = "other-surveillance",
        /// 医療従事者向け資材
        /// material for health care professionals
        Material = "material",
        /// 患者向け資材
        /// material for patients
        PatientMaterial = "patient-material",
        /// 流通管理
        /// control of distribution
        DistributionControl = "distribution-control",
        /// 講習
        /// training
        Training = "training",
        /// その他のリスク最小化活動
        /// other additional risk minimisation
        OtherMinimisation = "other-minimisation",
    }
}

/// What an activity is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// Watching: 追加の医薬品安全性監視活動.
    Pharmacovigilance,
    /// Preventing: 追加のリスク最小化活動.
    Minimisation,
    /// Both: 市販直後調査.
    Both,
}

impl ActivityKind {
    /// What it is for.
    #[must_use]
    pub const fn family(self) -> Family {
        match self {
            Self::Eppv => Family::Both,
            Self::Material | Self::PatientMaterial | Self::DistributionControl | Self::Training | Self::OtherMinimisation => {
                Family::Minimisation
            }
            _ => Family::Pharmacovigilance,
        }
    }

    /// True for additional pharmacovigilance, which the list 5.1 holds.
    #[must_use]
    pub fn watches(self) -> bool {
        self.family() != Family::Minimisation
    }

    /// True for additional risk minimisation, which the list 5.3 holds.
    #[must_use]
    pub fn minimises(self) -> bool {
        self.family() != Family::Pharmacovigilance
    }

    /// True for a survey or study with patients and a protocol.
    #[must_use]
    pub const fn is_study(self) -> bool {
        matches!(self, Self::GeneralSurvey | Self::SpecifiedSurvey | Self::ComparativeSurvey | Self::DatabaseStudy | Self::ClinicalTrial)
    }
}

choice! {
    /// 資材の対象。
    /// Whom a material is for.
    Audience {
        /// 医療従事者
        /// health care professionals
        Professionals = "hcp",
        /// 患者
        /// patients
        Patients = "patient",
    }
}

choice! {
    /// 症例の集め方。
    /// How patients are enrolled.
    Method {
        /// 中央登録方式
        /// central registration
        CentralRegistration = "central-registration",
        /// 連続調査方式
        /// consecutive enrolment
        Consecutive = "consecutive",
        /// 全例調査方式
        /// all-case surveillance
        AllCase = "all-case",
        /// データベースからの抽出
        /// extraction from a database
        Database = "database",
        /// その他（本文に記す）
        /// another, told in the prose
        Other = "other",
    }
}

/// What a target counts: an id, such as `registered`, `forms` or `reached-week-48`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted(pub String);

impl Scalar for Counted {
    const TYPE: crate::shape::Type = crate::shape::Type::Text;

    fn read(_reader: &mut crate::shape::Reader<'_>, value: &toml::de::DeValue<'_>, _at: crate::source::Place) -> Option<Self> {
        value.as_str().filter(|text| crate::id::is_plain(text)).map(|text| Self(text.to_owned()))
    }

    fn to_toml(&self) -> String {
        crate::shape::quoted(&self.0)
    }
}
