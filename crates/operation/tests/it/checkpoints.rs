//! A checkpoint is a copy that can be thrown away: what is not exactly one counts as none.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use journal::{Exported, Source};
use operation::product::{Command, Meaning};
use operation::{Checkpoint, Desk, Snapshot};

use crate::in_both_stores;
use crate::world::{PRODUCT, World, revision};

in_both_stores!(what_is_no_checkpoint_of_this_journal_counts_as_none);

fn what_is_no_checkpoint_of_this_journal_counts_as_none(world: &World) {
    world.revise("officer", None, "一").unwrap();
    world.sign("officer", 1, Meaning::Prepared).unwrap();
    let mut store = (world.open)();
    let checkpoint = Checkpoint::of(world.desk.snapshot(), &mut *store).unwrap();
    let bytes = checkpoint.bytes();
    assert_eq!(Checkpoint::read(&bytes, &mut *store), Some(checkpoint.clone()));

    for end in 0..bytes.len() {
        assert_eq!(Checkpoint::read(&bytes[..end], &mut *store), None, "cut at {end}");
    }
    for at in (0..bytes.len()).step_by(7) {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        assert_eq!(Checkpoint::read(&flipped, &mut *store), None, "a bit flipped at {at}");
    }
    assert_eq!(Checkpoint::read(&[&bytes[..], b"x"].concat(), &mut *store), None);

    // another journal with as many entries, and one that is behind
    let other = World::in_sqlite();
    let command = Command::Sign { revision: 1, meaning: Meaning::Prepared };
    assert_eq!(Checkpoint::read(&bytes, &mut *(other.open)()), None);
    other.product("officer", revision(None, "別", 0)).unwrap();
    other.product("officer", command).unwrap();
    assert_eq!(other.desk.snapshot().products[PRODUCT].sequence, world.desk.snapshot().products[PRODUCT].sequence);
    assert_eq!(Checkpoint::read(&bytes, &mut *(other.open)()), None);

    // somebody gives themselves a role in the copy: reading all entries shows it
    let mut forged = world.desk.snapshot();
    let mut person = forged.organisation.people["sales"].clone();
    person.holdings.push(access::Holding::new(access::Role::Administrator));
    forged.organisation.people.insert("sales".into(), person);
    let forged = Checkpoint::of(forged, &mut *store).unwrap();
    assert!(checkpoint.holds(&mut *store).unwrap());
    assert!(!forged.holds(&mut *store).unwrap());
    assert_eq!(Desk::open((world.open)(), (world.open)(), checkpoint.snapshot()).unwrap().snapshot(), world.desk.snapshot());
}

/// The state of the kept entries as a checkpoint: if it is no longer the same, older checkpoints must not be read. `FORMAT` is raised in
/// `checkpoint.rs`, and the file written anew by `MIMAMORI_WRITE=1 cargo test -p operation --test it checkpoint`.
#[test]
fn another_shape_or_another_fold_has_another_format() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut exported = Exported::open(&tests.join("kept/001")).unwrap();
    let mut state = Snapshot::default();
    exported
        .scan(&mut |entry| {
            state.apply(&entry.unwrap()).unwrap();
            ControlFlow::Continue(())
        })
        .unwrap();
    let bytes = Checkpoint::of(state, &mut exported).unwrap().bytes();
    let path = tests.join("checkpoint");
    if std::env::var_os("MIMAMORI_WRITE").is_some() {
        fs::write(&path, &bytes).unwrap();
    }
    let kept = fs::read(&path).unwrap();
    assert!(Checkpoint::read(&kept, &mut exported).is_some(), "raise FORMAT, and write the file anew");
    assert!(kept == bytes, "the same entries lead to another state: raise FORMAT, and write the file anew");
}
