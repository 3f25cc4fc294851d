use crate::Phrase;
use crate::action::Group;
use crate::role::Role::{self, *};
use crate::source::*;

/// Why a role is refused what no row grants it, for the roles whose nature it is to be refused.
pub(crate) const fn refused_to(role: Role) -> Option<(Phrase, Source)> {
    Some(match role {
        MedicalRepresentative => (
            (
                "医薬情報担当者の業務は、担当施設での情報の収集と提供、資材の配布である。",
                "a medical representative collects and gives information, and hands out materials, at the institutions in charge.",
            ),
            GVP_DEFINITIONS,
        ),
        SurveyPhysician => (
            (
                "調査担当医師は自施設の患者、署名、資材だけを扱う。計画と組織の運営は製造販売業者の業務である。",
                "a survey physician deals with the patients, signatures and materials of the own institution; the plan and the organisation are the holder's business.",
            ),
            PART11_LIMITS,
        ),
        ContractResearchOrganisation => (
            (
                "契約で委託した業務に含まれない。判断、承認、提出は製造販売業者に残る。",
                "not among the work that a contract hands over; judging, approving and submitting stay with the holder.",
            ),
            GPSP_OUTSOURCING,
        ),
        Inspector => (
            (
                "査察者は監査証跡を含むすべてを読むが、何も変更しない。",
                "an inspector reads everything, the trail included, and changes nothing.",
            ),
            ACT_INSPECTION,
        ),
        Administrator => (
            (
                "システム管理者は利用者、役割、バックアップ、完全性を受け持ち、データの閲覧、入力、変更、承認はしない。",
                "an administrator looks after people, roles, backup and integrity, and does not read, enter, change or approve data.",
            ),
            PART11_LIMITS,
        ),
        _ => return None,
    })
}

/// Why an action of a room is refused to whom neither row nor role says anything.
pub(crate) const fn refused_in(group: Group) -> (Phrase, Source) {
    match group {
        Group::Plan => (
            (
                "計画の作成、署名、提出は安全管理責任者と、その下で定めた担当者が行う。",
                "the plan is written, signed and submitted by the safety manager and by those who are assigned to it.",
            ),
            GVP_RISK_MANAGEMENT,
        ),
        Group::Organisation => (
            (
                "アカウントはシステム管理者、業務の体制の記録は法令が定める責任者が受け持つ。",
                "accounts are the administrator's, records of how the work is organised those of the managers whom the ordinances name.",
            ),
            PART11_LIMITS,
        ),
        Group::Journal => (
            (
                "記録の全体を扱う操作は、その責任を負う役割に限る。",
                "what touches the record as a whole is left to the roles that answer for it.",
            ),
            PART11_LIMITS,
        ),
        Group::Surveys => (
            (
                "調査データは医療機関が入力し、製造販売後調査等管理責任者の下で管理する。",
                "data of surveys are entered by the institutions and managed under the post-marketing study manager.",
            ),
            GPSP_MANAGER,
        ),
        Group::Cases => (
            (
                "安全管理情報の検討と報告は安全管理責任者の下で行う。",
                "safety information is considered and reported under the safety manager.",
            ),
            GVP_CONSIDERATION,
        ),
        Group::Materials => (
            (
                "資材の作成、承認、配布は安全管理責任者の責任の下で行う。",
                "materials are made, approved and distributed under the responsibility of the safety manager.",
            ),
            MATERIAL_RULE,
        ),
        Group::Signals => (
            (
                "措置は安全管理責任者が立案し、総括製造販売責任者が決定する。",
                "the safety manager proposes measures and the general marketing supervisor decides on them.",
            ),
            GVP_CONSIDERATION,
        ),
    }
}
