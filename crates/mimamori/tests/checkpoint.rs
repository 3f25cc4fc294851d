//! A long record is not read from its beginning at every start; and what is kept for that is never trusted more than the entries.
//!
//! `MIMAMORI_ENTRIES=1000000 cargo test --release -p mimamori --test checkpoint -- --nocapture` tells the times of the commands.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Instant;

use access::{Holding, Role};
use journal::{Chain, Draft, Head, Moment, Sqlite, Store, seal};
use operation::product::ObligationMet;
use operation::{Checkpoint, Point, past};

mod staff;

fn mimamori(folder: &Path, arguments: &[&str]) -> Output {
    let start = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_mimamori")).args(arguments).args(["--lang", "en"]).current_dir(folder).output().unwrap();
    println!("{:>6} ms  {}", start.elapsed().as_millis(), arguments.join(" "));
    output
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = mimamori(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Ten thousand obligations, each met again and again: as many entries as asked for.
fn fill(store: &mut dyn Store, entries: u64) {
    let chain = Chain::Product("mihon".into());
    let mut head: Option<Head> = store.heads().unwrap().into_iter().find(|head| head.chain == chain);
    let mut batch = Vec::new();
    for number in 0..entries {
        let met = ObligationMet { obligation: format!("報告/{}", number % 10_000), day: "2026-01-01".parse().unwrap(), receipt: None };
        let mut draft =
            Draft::new(chain.clone(), Moment::of(jiff::Timestamp::now()), "sato", "safety-manager", "obligation-met", 1, &met).unwrap();
        draft.command = format!("{number:032x}");
        let entry = seal(draft, head.as_ref()).unwrap();
        head = Some(entry.head());
        batch.push(entry);
        if batch.len() == 10_000 || number + 1 == entries {
            store.append(&batch, &[]).unwrap();
            batch.clear();
        }
    }
}

#[test]
fn a_long_record_starts_from_a_checkpoint_that_no_entry_contradicts() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let folder = folder.path();
    staff::begin(folder, &[]);
    staff::employ(folder, "sato", "佐藤", "safety-manager");
    done(folder, &["new", "mihon"]);
    done(folder, &["submit", "data", "mihon", "--as", "sato"]);
    let checkpoint = folder.join("data/checkpoint");
    assert!(!checkpoint.exists(), "a short record is read whole");

    let database = folder.join("data/journal.sqlite");
    let entries = std::env::var("MIMAMORI_ENTRIES").ok().and_then(|entries| entries.parse().ok()).unwrap_or(30_000);
    fill(&mut Sqlite::open(&database).unwrap(), entries);
    let meet = ["record", "data", "mihon", "met", "報告/1", "--on", "2026-01-02", "--as", "sato", "--reason", "corrected"];
    done(folder, &meet);
    let first = fs::read(&checkpoint).unwrap();
    done(folder, &meet);
    assert_eq!(fs::read(&checkpoint).unwrap(), first, "a few entries more are read");
    let status = done(folder, &["status", "data", "mihon"]);
    assert!(done(folder, &["verify", "data"]).contains("the record is whole"));
    done(folder, &["backup", "data", "b.mimamori", "--as", "admin"]);
    done(folder, &["restore", "b.mimamori", "data2", "--as", "admin"]);

    // whatever is no checkpoint is made anew, and nobody hears of it
    for bytes in [&b""[..], b"rubbish", &first[..first.len() / 2]] {
        fs::write(&checkpoint, bytes).unwrap();
        assert_eq!(done(folder, &["status", "data", "mihon"]), status);
        done(folder, &meet);
        assert!(fs::read(&checkpoint).unwrap().len() >= first.len());
    }

    // one that was forged, with everything that belongs to it, is found
    let mut store = Sqlite::open(&database).unwrap();
    let mut state = past(&mut store, Point::default()).unwrap();
    let mut sato = state.organisation.people["sato"].clone();
    sato.holdings.push(Holding::new(Role::Administrator));
    state.organisation.people.insert("sato".into(), sato);
    fs::write(&checkpoint, Checkpoint::of(state, &mut store).unwrap().bytes()).unwrap();
    let verified = mimamori(folder, &["verify", "data"]);
    assert_eq!(verified.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&verified.stdout).contains("it is only a copy: delete it"));
    fs::remove_file(&checkpoint).unwrap();
    assert!(done(folder, &["verify", "data"]).contains("the record is whole"));
}
