use std::ops::ControlFlow;

use access::Role;
use journal::Chain;
use operation::organisation::{Command as OrganisationCommand, RoleRevoked};
use operation::product::{Command, ReviewRecorded, Verdict};
use operation::{Conflict, Context, Desk, Refusal, Snapshot, Undone};

use crate::in_both_stores;
use crate::world::{PRODUCT, World, granted, revision};

in_both_stores!(
    two_people_change_the_same_plan_and_both_versions_are_shown,
    who_saw_an_older_record_is_told,
    a_command_sent_twice_is_recorded_once,
    two_servers_on_one_store_decide_on_what_the_other_recorded,
    roles_are_granted_once_known_and_revoked_with_a_reason,
    refusals_are_noted_in_the_chain_of_reads,
);

// shows items 32
fn two_people_change_the_same_plan_and_both_versions_are_shown(world: &World) {
    world.revise("manager", None, "一").unwrap();
    world.revise("officer", Some(1), "officer's").unwrap();
    let refused = world.revise("manager", Some(1), "manager's").unwrap_err();
    let Undone::Refused(Refusal::Conflict(conflict)) = refused else { panic!("{refused:?}") };
    let Conflict { seen, now, by: (who, _), .. } = *conflict;
    assert_eq!((seen.ja.as_ref(), now.ja.as_ref()), ("改訂1", "改訂2"));
    assert_eq!(who, "officer");
    world.revise("manager", Some(2), "both").unwrap();
}

fn who_saw_an_older_record_is_told(world: &World) {
    world.revise("manager", None, "一").unwrap();
    let review = |remarks: &str| Command::Review(ReviewRecorded { revision: 1, verdict: Verdict::Accepted, remarks: remarks.into() });
    world.desk.product(PRODUCT, &review("よい"), &Context { seen: 1, ..world.context("officer") }).unwrap();
    let late = world.desk.product(PRODUCT, &review("遅い"), &Context { seen: 1, ..world.context("supervisor") });
    assert!(
        matches!(&late, Err(Undone::Refused(Refusal::Conflict(conflict))) if conflict.seen.en == "entry 1" && conflict.now.en == "entry 2"),
        "{late:?}"
    );
}

fn a_command_sent_twice_is_recorded_once(world: &World) {
    let context = world.context("manager");
    let command = revision(None, "一", 0);
    let first = world.desk.product(PRODUCT, &command, &context).unwrap();
    let again = world.desk.product(PRODUCT, &command, &context).unwrap();
    assert_eq!(first, again);
    assert_eq!(world.desk.snapshot().products[PRODUCT].sequence, 1);
    let at_once: Vec<_> = std::thread::scope(|scope| {
        let context = Context { command: "at-once".into(), ..world.context("manager") };
        let all: Vec<_> = (0..8)
            .map(|_| {
                let (desk, context) = (&world.desk, context.clone());
                scope.spawn(move || desk.product(PRODUCT, &revision(Some(1), "二", 0), &context).unwrap())
            })
            .collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(at_once.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(world.desk.snapshot().products[PRODUCT].sequence, 2);
}

fn two_servers_on_one_store_decide_on_what_the_other_recorded(world: &World) {
    let other = Desk::open((world.open)(), (world.open)(), Snapshot::default()).unwrap();
    world.revise("manager", None, "一").unwrap();
    // it has not heard of the first revision, is told by the store, reads it, and decides again
    let refused = other.product(PRODUCT, &revision(None, "別の一", 0), &world.context("manager")).unwrap_err();
    assert!(matches!(refused, Undone::Refused(Refusal::Conflict(_))), "{refused:?}");
    other.product(PRODUCT, &revision(Some(1), "二", 0), &world.context("manager")).unwrap();
    world.revise("manager", Some(2), "三").unwrap();
    other.follow().unwrap();
    assert_eq!(other.snapshot(), world.desk.snapshot());
    assert_eq!(other.snapshot().products[PRODUCT].revisions.len(), 3);
}

// shows items 10, 15
fn roles_are_granted_once_known_and_revoked_with_a_reason(world: &World) {
    let refused = |result: Result<_, Undone>| match result {
        Err(Undone::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    let grant = |actor: &str, person: &str, role| world.organisation(actor, OrganisationCommand::GrantRole(granted(person, role)));
    assert!(matches!(refused(grant("manager", "sales", Role::Monitor)), Refusal::NotPermitted(_)), "only an administrator grants");
    assert!(matches!(refused(grant("admin", "admin", Role::SafetyManager)), Refusal::NotPermitted(_)), "nobody grants to themselves");
    assert!(matches!(refused(grant("admin", "sales", Role::SafetyManager)), Refusal::NotPermitted(_)), "sales is kept apart");
    assert!(matches!(refused(grant("admin", "ghost", Role::Monitor)), Refusal::Unknown(_)));
    let again = OrganisationCommand::RegisterPerson { person: "manager".into(), name: "別人".into() };
    assert!(matches!(refused(world.organisation("admin", again)), Refusal::Exists(_)), "an identifier is never given to another");
    let revoke = OrganisationCommand::RevokeRole(RoleRevoked { person: "manager".into(), role: Role::SafetyManager, product: None });
    let silent = Context { reason: Some("  ".into()), ..world.context("admin") };
    assert_eq!(refused(world.desk.organisation(&revoke, &silent)), Refusal::NoReason);
    world.organisation("admin", revoke).unwrap();
    assert!(matches!(refused(world.revise("manager", None, "一")), Refusal::NotPermitted(_)));
}

fn refusals_are_noted_in_the_chain_of_reads(world: &World) {
    world.revise("sales", None, "一").unwrap_err();
    world.revise("manager", None, "一").unwrap();
    let mut noted = Vec::new();
    let mut store = (world.open)();
    store
        .read(&Chain::Reads, 0, &mut |entry| {
            noted.push((entry.draft.actor.clone(), entry.draft.kind.clone(), entry.draft.body.clone()));
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(noted.len(), 1);
    assert_eq!((noted[0].0.as_str(), noted[0].1.as_str()), ("sales", "refused"));
    assert!(noted[0].2.contains("revision"), "{noted:?}");
}
