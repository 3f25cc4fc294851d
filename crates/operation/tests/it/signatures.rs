use operation::product::{Command, Confirmed, InquiryAnswered, InquiryRecorded, Meaning, Published, SignatureStatus, Stage};
use operation::{Context, Refusal, Undone};

use crate::in_both_stores;
use crate::world::{PRODUCT, World, revision};

in_both_stores!(
    a_plan_is_signed_in_order_by_different_people_and_handed_in,
    a_change_voids_a_signature_visibly_and_only_the_signer_withdraws_it,
    a_signature_needs_a_fresh_proof_of_who_signs,
    what_has_errors_is_not_approved,
    the_administrator_and_the_inspector_enter_nothing,
);

fn refused<T: std::fmt::Debug>(result: Result<T, Undone>) -> Refusal {
    match result {
        Err(Undone::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

// shows items 19
fn a_plan_is_signed_in_order_by_different_people_and_handed_in(world: &World) {
    world.revise("manager", None, "一").unwrap();
    let submit = || Command::Submit { revision: 1, day: "2026-11-23".parse().unwrap(), receipt: None };
    assert!(matches!(refused(world.product("manager", submit())), Refusal::TooEarly(..)));
    assert!(matches!(refused(world.sign("supervisor", 1, Meaning::Approved)), Refusal::TooEarly(..)));
    world.sign("manager", 1, Meaning::Prepared).unwrap();
    assert!(matches!(refused(world.sign("manager", 1, Meaning::Prepared)), Refusal::Exists(_)));
    world.sign("study", 1, Meaning::Confirmed).unwrap();
    assert!(matches!(refused(world.sign("manager", 1, Meaning::Approved)), Refusal::NotPermitted(_)), "the author does not approve");
    world.sign("supervisor", 1, Meaning::Approved).unwrap();
    world.product("manager", submit()).unwrap();

    let asked = |inquiry: &str| InquiryRecorded {
        inquiry: inquiry.into(),
        submission: 1,
        text: "根拠を説明すること".into(),
        asked: "2026-12-01".parse().unwrap(),
        due: Some("2026-12-15".parse().unwrap()),
    };
    let stage = || {
        let product = world.desk.snapshot().products[PRODUCT].clone();
        product.stage(1, &product.submissions[&1])
    };
    assert_eq!(stage(), Stage::Submitted);
    world.product("manager", Command::Ask(asked("照会1"))).unwrap();
    assert_eq!(stage(), Stage::Asked);
    let answer =
        |day: &str| Command::Answer(InquiryAnswered { inquiry: "照会1".into(), text: "回答".into(), day: day.parse().unwrap() });
    assert!(matches!(refused(world.product("manager", answer("2026-11-30"))), Refusal::Unfit(..)));
    world.product("manager", answer("2026-12-10")).unwrap();
    assert_eq!(stage(), Stage::Answered);
    let future = Command::Confirm(Confirmed { submission: 1, day: "2027-03-01".parse().unwrap() });
    assert!(matches!(refused(world.product("manager", future)), Refusal::Unfit(words, _) if words.en.contains("has not come")));
    let publish = || Command::Publish(Published { submission: 1, day: "2027-01-10".parse().unwrap(), address: None });
    assert!(matches!(refused(world.product("manager", publish())), Refusal::TooEarly(..)));
    world.product("manager", Command::Confirm(Confirmed { submission: 1, day: "2026-12-20".parse().unwrap() })).unwrap();
    world.product("manager", publish()).unwrap();
    assert_eq!(stage(), Stage::Published);
}

// shows items 12, 13, 16
fn a_change_voids_a_signature_visibly_and_only_the_signer_withdraws_it(world: &World) {
    world.revise("manager", None, "一").unwrap();
    let signed = world.sign("manager", 1, Meaning::Prepared).unwrap();
    let status = |number: u32| {
        let product = world.desk.snapshot().products[PRODUCT].clone();
        product.status(&product.signatures[&number])
    };
    assert_eq!(status(1), SignatureStatus::Valid);
    let product = world.desk.snapshot().products[PRODUCT].clone();
    let signature = &product.signatures[&1];
    assert_eq!(signature.content, product.revisions[&1].content, "it is bound to what was signed");
    assert_eq!((signature.name.as_str(), signature.recorded), ("安全管理責任者さん", signed[0].draft.recorded));

    for other in ["officer", "supervisor", "admin", "inspector"] {
        assert!(matches!(refused(world.product(other, Command::Withdraw { signature: 1 })), Refusal::NotPermitted(_)), "{other}");
    }
    let silent = Context { reason: None, ..world.context("manager") };
    assert_eq!(refused(world.desk.product(PRODUCT, &Command::Withdraw { signature: 1 }, &silent)), Refusal::NoReason);
    world.revise("manager", Some(1), "二").unwrap();
    assert_eq!(status(1), SignatureStatus::VoidedByChange(2));
    assert!(matches!(refused(world.sign("study", 1, Meaning::Confirmed)), Refusal::TooEarly(..)), "what no longer stands is not signed");
    world.sign("manager", 2, Meaning::Prepared).unwrap();
    world.product("manager", Command::Withdraw { signature: 2 }).unwrap();
    assert_eq!(status(2), SignatureStatus::Withdrawn);
    let product = world.desk.snapshot().products[PRODUCT].clone();
    assert_eq!(product.signatures[&2].withdrawn.as_ref().unwrap().1, "試験", "with its reason");
}

// shows items 14
fn a_signature_needs_a_fresh_proof_of_who_signs(world: &World) {
    world.revise("manager", None, "一").unwrap();
    let sign = Command::Sign { revision: 1, meaning: Meaning::Prepared };
    let context = world.context("manager");
    let before = |seconds: i64| {
        let at = context.now.timestamp().checked_add(jiff::SignedDuration::from_secs(-seconds)).unwrap();
        Some(journal::Moment::of(at))
    };
    for authenticated in [None, before(301), before(-1)] {
        let context = Context { authenticated, ..context.clone() };
        assert_eq!(refused(world.desk.product(PRODUCT, &sign, &context)), Refusal::NotAuthenticated, "{authenticated:?}");
    }
    world.desk.product(PRODUCT, &sign, &Context { authenticated: before(300), ..context.clone() }).unwrap();
}

fn what_has_errors_is_not_approved(world: &World) {
    world.product("officer", revision(None, "一", 2)).unwrap();
    world.sign("officer", 1, Meaning::Prepared).unwrap();
    world.sign("manager", 1, Meaning::Confirmed).unwrap();
    let refusal = refused(world.sign("supervisor", 1, Meaning::Approved));
    assert!(matches!(&refusal, Refusal::TooEarly(words, _) if words.ja.contains("2件")), "{refusal:?}");
}

// shows items 18
fn the_administrator_and_the_inspector_enter_nothing(world: &World) {
    for who in ["admin", "inspector", "sales", "nobody"] {
        assert!(matches!(refused(world.revise(who, None, "一")), Refusal::NotPermitted(_)), "{who}");
    }
}
