//! Decisions about persons and records, and the separation of duties.

use access::{
    Action, Between, Decision, Grant, Holding, Role, SEPARATIONS, Scope, Subject, decide, may, may_also_do, may_also_hold,
    may_do_for_oneself,
};
use proptest::prelude::*;

fn allowed(holdings: &[Holding], action: Action, about: Subject<'_>) -> bool {
    matches!(decide("sato", holdings, action, &about), Decision::Allowed { .. })
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(all)
}

/// A few names, so that they often meet.
fn name() -> impl Strategy<Value = String> {
    "[a-d]"
}

fn holding() -> impl Strategy<Value = Holding> {
    let names = || prop::collection::btree_set(name(), 0..3);
    (one_of(Role::ALL), prop::option::of(name()), names(), names()).prop_map(|(role, product, institutions, activities)| Holding {
        role,
        product,
        institutions,
        activities,
    })
}

proptest! {
    /// A site never sees another site, whatever else is said of the record.
    #[test]
    fn a_site_never_reaches_other_sites(
        action in one_of(Action::ALL), own in "[a-d]", other in prop::option::of("[a-f]"), activity in prop::option::of(name()),
    ) {
        let physician = Holding::new(Role::SurveyPhysician).at_institution(&own).for_activity("a").for_activity("b");
        let about = Subject { institution: other.as_deref(), activity: activity.as_deref(), owner: Some("tanaka"), ..Subject::default() };
        if other.as_deref() != Some(&own) {
            prop_assert!(!allowed(&[physician], action, about));
        }
    }

    /// A contractor reaches nothing but what is contracted.
    #[test]
    fn a_contractor_reaches_only_what_is_contracted(
        action in one_of(Action::ALL), contracted in "[a-d]", other in prop::option::of("[a-f]"), institution in prop::option::of(name()),
    ) {
        let contractor = Holding::new(Role::ContractResearchOrganisation).for_activity(&contracted).at_institution("a").at_institution("b");
        let about = Subject { institution: institution.as_deref(), activity: other.as_deref(), ..Subject::default() };
        if other.as_deref() != Some(&contracted) {
            prop_assert!(!allowed(&[contractor], action, about));
        }
    }

    /// A decision says exactly what the matrix and the scopes say, whoever holds whatever.
    #[test]
    fn a_decision_follows_from_the_matrix(
        holdings in prop::collection::vec(holding(), 0..4), action in one_of(Action::ALL), product in prop::option::of(name()),
        institution in prop::option::of(name()), activity in prop::option::of(name()), own in any::<bool>(),
    ) {
        let about = Subject {
            product: product.as_deref(),
            institution: institution.as_deref(),
            activity: activity.as_deref(),
            owner: Some(if own { "sato" } else { "tanaka" }),
        };
        let reaching = holdings.iter().find(|held| {
            (held.product.is_none() || held.product == product)
                && match may(held.role, action) {
                    Grant::Denied => false,
                    Grant::Allowed(Scope::Everything) => true,
                    Grant::Allowed(Scope::OwnInstitution) => institution.as_ref().is_some_and(|it| held.institutions.contains(it)),
                    Grant::Allowed(Scope::ContractedActivities) => activity.as_ref().is_some_and(|it| held.activities.contains(it)),
                    Grant::Allowed(Scope::Own) => own,
                }
        });
        match (decide("sato", &holdings, action, &about), reaching) {
            (Decision::Allowed { role, scope }, Some(held)) => {
                prop_assert_eq!(role, held.role);
                prop_assert_eq!(Grant::Allowed(scope), may(role, action));
            }
            (Decision::Refused(refusal), None) => {
                prop_assert_eq!(refusal.action, action);
                prop_assert!(refusal.message.ja.contains(action.words().0) && refusal.message.en.contains(action.words().1));
                prop_assert!(!refusal.could.is_empty());
                for role in refusal.could {
                    prop_assert!(refusal.message.ja.contains(role.words().0) && refusal.message.en.contains(role.words().1));
                }
            }
            (decision, reaching) => prop_assert!(false, "{decision:?}, but {reaching:?}"),
        }
    }
}

fn refused(holdings: &[Holding], action: Action, about: Subject<'_>) -> (String, String) {
    match decide("sato", holdings, action, &about) {
        Decision::Refused(refusal) => (refusal.message.ja, refusal.message.en),
        Decision::Allowed { role, .. } => panic!("allowed as {}", role.name()),
    }
}

#[test]
fn a_refusal_says_why_and_who_could() {
    let (ja, en) = refused(&[Holding::new(Role::Administrator)], Action::EnterForm, Subject::default());
    assert_eq!(
        ja,
        "「調査票に入力する」操作はできません。システム管理者には認められていません（システム管理者は利用者、役割、バックアップ、完全性を受け持ち、\
         データの閲覧、入力、変更、承認はしない。根拠: 21 CFR 11.10(d), (g)）。行える役割は次のとおりです: 調査担当医師（自施設・担当施設のみ）。"
    );
    assert_eq!(
        en,
        "you may not enter a case report form: not as administrator: an administrator looks after people, roles, backup and integrity, and does \
         not read, enter, change or approve data (21 CFR 11.10(d), (g)). Roles that may: survey physician (own institutions only)."
    );
}

#[test]
fn a_refusal_without_any_role_says_what_to_do() {
    let (ja, en) = refused(&[], Action::ReadPlan, Subject::default());
    assert!(ja.contains("システム管理者に付与を依頼してください"), "{ja}");
    assert!(en.contains("ask an administrator"), "{en}");
}

#[test]
fn a_role_for_one_product_reaches_neither_another_nor_the_organisation() {
    let manager = [Holding::new(Role::SafetyManager).of_product("a")];
    assert!(allowed(&manager, Action::SubmitPlan, Subject { product: Some("a"), ..Subject::default() }));
    assert!(!allowed(&manager, Action::SubmitPlan, Subject { product: Some("b"), ..Subject::default() }));
    assert!(!allowed(&manager, Action::SetCalendar, Subject::default()));
    let both = [manager[0].clone(), Holding::new(Role::Statistician).of_product("b")];
    assert!(allowed(&both, Action::ReviewRevision, Subject { product: Some("b"), ..Subject::default() }));
    assert!(!allowed(&both, Action::SignApproved, Subject { product: Some("b"), ..Subject::default() }));
}

#[test]
fn only_the_signer_withdraws_a_signature() {
    let manager = [Holding::new(Role::SafetyManager)];
    assert!(allowed(&manager, Action::WithdrawSignature, Subject { owner: Some("sato"), ..Subject::default() }));
    assert!(!allowed(&manager, Action::WithdrawSignature, Subject { owner: Some("tanaka"), ..Subject::default() }));
    assert!(!allowed(&manager, Action::WithdrawSignature, Subject::default()));
}

#[test]
fn several_roles_reach_together_and_the_journal_learns_which() {
    let holdings = [Holding::new(Role::Monitor), Holding::new(Role::SafetyOfficer)];
    let decision = decide("sato", &holdings, Action::SendCase, &Subject::default());
    assert_eq!(decision, Decision::Allowed { role: Role::SafetyOfficer, scope: Scope::Everything });
}

#[test]
fn an_administrator_holds_no_other_role() {
    for &role in Role::ALL.iter().filter(|&&role| role != Role::Administrator) {
        assert!(may_also_hold(&[Role::Administrator], role).is_err(), "{}", role.name());
        assert!(may_also_hold(&[role], Role::Administrator).is_err(), "{}", role.name());
    }
}

#[test]
fn an_inspector_holds_no_other_role() {
    for &role in Role::ALL.iter().filter(|&&role| role != Role::Inspector) {
        assert!(may_also_hold(&[role], Role::Inspector).is_err(), "{}", role.name());
    }
}

#[test]
fn sales_manages_neither_surveys_nor_safety() {
    for manager in [Role::PostMarketingStudyManager, Role::SafetyManager] {
        assert!(may_also_hold(&[Role::Monitor, Role::MedicalRepresentative], manager).is_err());
        assert!(may_also_hold(&[manager], Role::MedicalRepresentative).is_err());
    }
    assert_eq!(may_also_hold(&[Role::MedicalRepresentative], Role::SafetyOfficer), Ok(()));
    assert_eq!(may_also_hold(&[Role::SafetyManager], Role::PostMarketingStudyManager), Ok(()));
    assert_eq!(may_also_hold(&[], Role::MedicalRepresentative), Ok(()));
}

#[test]
fn who_enters_data_at_a_site_does_not_check_them() {
    for role in [Role::Monitor, Role::PostMarketingStudyManager, Role::ContractResearchOrganisation] {
        assert!(may_also_hold(&[Role::SurveyPhysician], role).is_err(), "{}", role.name());
    }
}

#[test]
fn an_author_does_not_approve() {
    assert!(may_also_do(&[Action::SignPrepared], Action::SignApproved).is_err());
    assert!(may_also_do(&[Action::ReadPlan, Action::SignApproved], Action::SignPrepared).is_err());
    assert_eq!(may_also_do(&[Action::SignPrepared], Action::SignConfirmed), Ok(()));
    assert!(may_also_do(&[Action::CreateMaterial], Action::ApproveMaterial).is_err());
    assert_eq!(may_also_do(&[], Action::SignApproved), Ok(()));
}

#[test]
fn nobody_grants_a_role_to_themselves() {
    assert!(may_do_for_oneself(Action::GrantRole).is_err());
    assert_eq!(may_do_for_oneself(Action::RevokeRole), Ok(()));
}

#[test]
fn separations_are_said_in_both_languages_with_their_source() {
    for separation in SEPARATIONS {
        let words = separation.words();
        assert!(words.ja.contains("別の方") && words.ja.contains(separation.source.citation.0), "{}", words.ja);
        assert!(words.en.contains("another person") && words.en.contains(separation.source.citation.1), "{}", words.en);
    }
}

/// A separation that nobody could ever break, or that nobody could keep, would be a mistake.
#[test]
fn separations_speak_of_what_is_granted() {
    for separation in SEPARATIONS {
        match separation.between {
            Between::Roles(one, others) => assert!(!others.is_empty() && !others.contains(&one)),
            Between::Actions(one, other) => {
                let can = |action| Role::ALL.iter().filter(|&&role| may(role, action) != Grant::Denied).count();
                assert!(can(one) > 0 && can(other) > 0 && one != other);
            }
            Between::Oneself(action) => assert!(Role::ALL.iter().any(|&role| may(role, action) != Grant::Denied)),
        }
    }
}
