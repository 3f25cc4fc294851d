use crate::named::named;

named! {
    /// What a person is to a product or to the organisation, in the field's words.
    Role,
    /// The head of its column where there is no room for words.
    short: &'static str;
    GeneralMarketingSupervisor, "総括", "general-marketing-supervisor", "総括製造販売責任者", "general marketing supervisor";
    SafetyManager, "安責", "safety-manager", "安全管理責任者", "safety manager";
    SafetyOfficer, "実責", "safety-officer", "安全管理実施責任者", "safety officer";
    PostMarketingStudyManager, "調責", "post-marketing-study-manager", "製造販売後調査等管理責任者", "post-marketing study manager";
    Monitor, "モニ", "monitor", "モニター", "monitor";
    MedicalRepresentative, "MR", "medical-representative", "医薬情報担当者", "medical representative";
    SurveyPhysician, "医師", "survey-physician", "調査担当医師", "survey physician";
    ContractResearchOrganisation, "CRO", "contract-research-organisation", "開発業務受託機関", "contract research organisation";
    Statistician, "統計", "statistician", "統計解析担当者", "statistician";
    Inspector, "査察", "inspector", "査察者", "inspector";
    Administrator, "管理", "administrator", "システム管理者", "administrator";
}
