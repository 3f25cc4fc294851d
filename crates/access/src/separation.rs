use diagnostic::Words;

use crate::Phrase;
use crate::action::Action;
use crate::role::Role;
use crate::source::{DESIGN, EMA, GPSP_MANAGER, GVP_ORGANISATION, PART11_LIMITS, Source};

/// What is kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// Nobody holds this role together with one of those, whatever the product.
    Roles(Role, &'static [Role]),
    /// Nobody does both to the same thing, in whichever order.
    Actions(Action, Action),
    /// Nobody does this for themselves.
    Oneself(Action),
}

/// Two duties that are not one person's, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Separation {
    /// What is kept apart.
    pub between: Between,
    /// Why, in Japanese and English.
    pub reason: Phrase,
    /// By which rule.
    pub source: Source,
}

use Role::*;

/// All separations of duties.
pub const SEPARATIONS: &[Separation] = &[
    Separation {
        between: Between::Roles(
            Administrator,
            &[
                GeneralMarketingSupervisor,
                SafetyManager,
                SafetyOfficer,
                PostMarketingStudyManager,
                Monitor,
                MedicalRepresentative,
                SurveyPhysician,
                ContractResearchOrganisation,
                Statistician,
                Inspector,
            ],
        ),
        reason: ("アカウントと完全性を受け持つ者は、データを扱わない。", "who looks after accounts and integrity has no part in the data."),
        source: PART11_LIMITS,
    },
    Separation {
        between: Between::Roles(
            Inspector,
            &[
                GeneralMarketingSupervisor,
                SafetyManager,
                SafetyOfficer,
                PostMarketingStudyManager,
                Monitor,
                MedicalRepresentative,
                SurveyPhysician,
                ContractResearchOrganisation,
                Statistician,
            ],
        ),
        reason: ("査察者は、査察する記録の作成に関わらない。", "an inspector has no part in the record that is inspected."),
        source: DESIGN,
    },
    Separation {
        between: Between::Roles(MedicalRepresentative, &[PostMarketingStudyManager]),
        reason: (
            "製造販売後調査等管理責任者は、販売に係る部門に属してはならない。",
            "the post-marketing study manager must not belong to sales.",
        ),
        source: GPSP_MANAGER,
    },
    Separation {
        between: Between::Roles(MedicalRepresentative, &[SafetyManager]),
        reason: ("安全管理責任者は、販売に係る部門に属してはならない。", "the safety manager must not belong to sales."),
        source: GVP_ORGANISATION,
    },
    Separation {
        between: Between::Roles(SurveyPhysician, &[PostMarketingStudyManager, Monitor, ContractResearchOrganisation]),
        reason: (
            "データを入力する医療機関と、それを確かめる依頼者側は、別の者でなければならない。",
            "who enters data at an institution and who checks them for the holder are different persons.",
        ),
        source: EMA,
    },
    Separation {
        between: Between::Actions(Action::SignPrepared, Action::SignApproved),
        reason: ("同じ改訂の作成者と承認者は、別の者でなければならない。", "author and approver of one revision are different persons."),
        source: DESIGN,
    },
    Separation {
        between: Between::Actions(Action::CreateMaterial, Action::ApproveMaterial),
        reason: (
            "資材の同じ版の作成者と承認者は、別の者でなければならない。",
            "one version of a material is made and approved by different persons.",
        ),
        source: DESIGN,
    },
    Separation {
        between: Between::Oneself(Action::GrantRole),
        reason: ("自分に役割を付与することはできない。", "nobody grants a role to themselves."),
        source: DESIGN,
    },
];

impl Separation {
    /// What is kept apart, why, and what to do.
    #[must_use]
    pub fn words(&self) -> Words {
        let (ja, en) = match self.between {
            Between::Roles(..) => ("この役割は別の方に付与してください。", "give the role to another person."),
            Between::Actions(..) | Between::Oneself(_) => ("別の方が行ってください。", "have another person do it."),
        };
        let (by_ja, by_en) = self.source.citation;
        Words::new(format!("{}{ja}（根拠: {by_ja}）", self.reason.0), format!("{} ({by_en}): {en}", self.reason.1.trim_end_matches('.')))
    }
}

fn find(wanted: impl Fn(Between) -> bool) -> Result<(), &'static Separation> {
    SEPARATIONS.iter().find(|separation| wanted(separation.between)).map_or(Ok(()), Err)
}

/// Whether a person who holds some roles, of whatever products, may be given another.
///
/// # Errors
/// The separation that speaks against it.
pub fn may_also_hold(held: &[Role], another: Role) -> Result<(), &'static Separation> {
    find(|between| match between {
        Between::Roles(one, others) => {
            held.iter().any(|&held| (held == one && others.contains(&another)) || (another == one && others.contains(&held)))
        }
        _ => false,
    })
}

/// Whether a person who has done something to a thing, such as signed one revision, may also do another thing to it.
///
/// # Errors
/// The separation that speaks against it.
pub fn may_also_do(done: &[Action], next: Action) -> Result<(), &'static Separation> {
    find(|between| match between {
        Between::Actions(one, other) => (next == one && done.contains(&other)) || (next == other && done.contains(&one)),
        _ => false,
    })
}

/// Whether a person may do this for themselves.
///
/// # Errors
/// The separation that speaks against it.
pub fn may_do_for_oneself(action: Action) -> Result<(), &'static Separation> {
    find(|between| between == Between::Oneself(action))
}
