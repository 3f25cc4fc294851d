//! The program killed while many people record: nothing acknowledged is lost, nothing refused is there, and it starts again without
//! repair. And what comes before an acknowledgement: a sync.
//!
//! 50 rounds; more by `MIMAMORI_ROUNDS=1000 cargo test -p mimamori --test killed`.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use journal::{Chain, Draft, Sqlite, Store, seal};
use operation::product::ObligationMet;

use places::{NewPlace, Place};

mod places;
mod staff;

in_both_stores!(nothing_acknowledged_is_lost_and_nothing_refused_is_there);

const PEOPLE: usize = 4;

fn mimamori(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mimamori"));
    command.args(arguments).args(["--lang", "en"]).current_dir(folder).stdin(Stdio::null());
    command
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let Output { status, stdout, stderr } = mimamori(folder, arguments).output().unwrap();
    assert!(status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}

/// A record with a product whose plan is the smallest one.
fn office(name: &str, place: &Place) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("killed-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    staff::begin(&folder, &place.options());
    staff::employ(&folder, "sato", "佐藤", "safety-manager");
    done(&folder, &["new", "mihon"]);
    done(&folder, &["submit", "data", "mihon", "--as", "sato"]);
    folder
}

/// The obligations recorded, each as often as it is.
fn recorded(folder: &Path) -> Vec<String> {
    let lines = done(folder, &["log", "data", "--product", "mihon", "--kind", "obligation-met", "--format", "jsonl"]);
    let name = |line: &str| line.split("\"obligation\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    lines.lines().map(name).collect()
}

fn nothing_acknowledged_is_lost_and_nothing_refused_is_there(store: &str, new_place: NewPlace) {
    let place = new_place();
    let folder = office(store, &place);
    let rounds: u64 = std::env::var("MIMAMORI_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(50);
    let (acknowledged, refused, tried) = (Mutex::new(BTreeSet::new()), Mutex::new(BTreeSet::new()), Mutex::new(BTreeSet::new()));
    let begun = Instant::now();
    done(&folder, &["record", "data", "mihon", "met", "first", "--on", "2026-01-01", "--as", "sato"]);
    let usual = begun.elapsed();
    tried.lock().unwrap().insert("first".to_owned());
    let killed = AtomicU64::new(0);
    for round in 0..rounds {
        let stop = AtomicBool::new(false);
        let running: Vec<Mutex<Option<Child>>> = (0..PEOPLE).map(|_| Mutex::new(None)).collect();
        std::thread::scope(|scope| {
            for (person, place) in running.iter().enumerate() {
                let (folder, stop) = (&folder, &stop);
                let (acknowledged, refused, tried, killed) = (&acknowledged, &refused, &tried, &killed);
                scope.spawn(move || {
                    for number in 0_u64.. {
                        let obligation = format!("r{round}-p{person}-{number}");
                        // every fifth is asked for by somebody who may not
                        let who = if (round + number) % 5 == 4 { "admin" } else { "sato" };
                        tried.lock().unwrap().insert(obligation.clone());
                        let mut child =
                            mimamori(folder, &["record", "data", "mihon", "met", &obligation, "--on", "2026-01-01", "--as", who])
                                .stdout(Stdio::piped())
                                .stderr(Stdio::null())
                                .spawn()
                                .unwrap();
                        let mut out = child.stdout.take().unwrap();
                        *place.lock().unwrap() = Some(child);
                        let mut said = String::new();
                        std::io::Read::read_to_string(&mut out, &mut said).unwrap();
                        let status = place.lock().unwrap().take().unwrap().wait().unwrap();
                        // not those that had ended by themselves
                        killed.fetch_add(u64::from(status.signal() == Some(9)), Ordering::SeqCst);
                        if said.contains(&obligation) {
                            acknowledged.lock().unwrap().insert(obligation);
                        } else if status.code() == Some(2) {
                            refused.lock().unwrap().insert(obligation);
                        }
                        if stop.load(Ordering::SeqCst) {
                            break;
                        }
                    }
                });
            }
            // another moment each round, spread over the length of a few commands
            std::thread::sleep(usual + usual * u32::try_from(round * 37 % 61).unwrap() / 10);
            stop.store(true, Ordering::SeqCst);
            for place in &running {
                if let Some(child) = place.lock().unwrap().as_mut() {
                    let _ = child.kill();
                }
            }
        });
        // it starts again without repair
        if round % 10 == 9 || round + 1 == rounds {
            let verified = done(&folder, &["verify", "data"]);
            assert!(verified.contains("the record is whole"), "round {round}: {verified}");
        }
    }
    let killed = killed.into_inner();
    let (acknowledged, refused, tried) = (acknowledged.into_inner().unwrap(), refused.into_inner().unwrap(), tried.into_inner().unwrap());
    let all = recorded(&folder);
    let there: BTreeSet<_> = all.iter().cloned().collect();
    assert_eq!(all.len(), there.len(), "nothing is recorded twice");
    let lost: Vec<_> = acknowledged.difference(&there).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    let intruders: Vec<_> = refused.intersection(&there).collect();
    assert!(intruders.is_empty(), "refused and there: {intruders:?}");
    assert!(there.is_subset(&tried));
    let enough = acknowledged.len() as u64 > rounds / 2 && killed > rounds && !refused.is_empty();
    assert!(enough, "{} acknowledged, {} refused, {killed} killed", acknowledged.len(), refused.len());
    println!(
        "{store}, {rounds} rounds: {} acknowledged, {} refused, {killed} processes killed, none lost",
        acknowledged.len(),
        refused.len()
    );
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn a_restore_that_is_killed_leaves_no_record_and_can_be_done_again() {
    let folder = office("restore", &Place::in_the_folder());
    let mut store = Sqlite::open(&folder.join("data/journal.sqlite")).unwrap();
    let chain = Chain::Product("mihon".into());
    let mut head = store.heads().unwrap().into_iter().find(|head| head.chain == chain);
    let mut entries = Vec::new();
    for number in 0..40_000 {
        let met = ObligationMet { obligation: format!("o{number}"), day: "2026-01-01".parse().unwrap(), receipt: None };
        let draft =
            Draft::new(chain.clone(), head.as_ref().unwrap().recorded, "sato", "safety-manager", "obligation-met", 1, &met).unwrap();
        let entry = seal(draft, head.as_ref()).unwrap();
        head = Some(entry.head());
        entries.push(entry);
    }
    store.append(&entries, &[]).unwrap();
    drop(store);
    done(&folder, &["backup", "data", "b.mimamori", "--as", "admin"]);
    let partial =
        || fs::read_dir(folder.join("data2")).is_ok_and(|mut files| files.any(|file| file.unwrap().metadata().unwrap().len() > 100_000));
    let mut killed = 0;
    for pause in [0, 40, 160] {
        let mut child = mimamori(&folder, &["restore", "b.mimamori", "data2", "--as", "admin"]).stdout(Stdio::null()).spawn().unwrap();
        while !partial() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(2));
        }
        std::thread::sleep(Duration::from_millis(pause));
        let _ = child.kill();
        killed += u64::from(child.wait().unwrap().signal() == Some(9));
        for command in ["status", "verify"] {
            let output = mimamori(&folder, &[command, "data2"]).output().unwrap();
            assert!(String::from_utf8_lossy(&output.stderr).contains("is no record"), "{command} after {pause} ms: {output:?}");
        }
    }
    assert!(killed > 0, "it was never killed on the way");
    done(&folder, &["restore", "b.mimamori", "data2", "--as", "admin"]);
    assert!(done(&folder, &["verify", "data2"]).contains("the record is whole"));
    let restored = done(&folder, &["log", "data2", "--product", "mihon", "--kind", "obligation-met", "--format", "jsonl"]);
    assert_eq!(restored.lines().count(), 40_000);
    assert_eq!(
        fs::read_dir(folder.join("data2"))
            .unwrap()
            .filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().contains("partial"))
            .count(),
        0
    );
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn a_sync_comes_before_every_acknowledgement() {
    let folder = office("sync", &Place::in_the_folder());
    let trace = folder.join("trace");
    let output = Command::new("strace")
        .args(["-f", "-y", "-s", "200", "-e", "trace=write,pwrite64,pwritev,fsync,fdatasync", "-o"])
        .arg(&trace)
        .arg(env!("CARGO_BIN_EXE_mimamori"))
        .args(["record", "data", "mihon", "met", "the-one-traced", "--on", "2026-01-01", "--as", "sato", "--lang", "en"])
        .current_dir(&folder)
        .output()
        .expect("strace shows what the program asks of the system: install it, as ./test does");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let trace = fs::read_to_string(&trace).unwrap();
    let lines: Vec<_> = trace.lines().collect();
    let said = lines.iter().position(|line| line.contains("write(1<") && line.contains("the-one-traced")).expect("the acknowledgement");
    let log = |line: &str| line.contains("journal.sqlite-wal>");
    let written = lines[..said].iter().rposition(|line| log(line) && line.contains("write")).expect("the entry is written first");
    let synced = lines[written..said].iter().any(|line| log(line) && line.contains("sync(") && line.contains("= 0"));
    assert!(synced, "no sync between the entry and its acknowledgement:\n{}", lines[written..=said].join("\n"));
    let _ = fs::remove_dir_all(&folder);
}
