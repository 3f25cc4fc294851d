//! `mimamori import`: a folder whole or not at all, and one that `check` reads.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn mimamori(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mimamori")).args(arguments).output().unwrap()
}

fn example() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/mihon-rmp.txt").to_string_lossy().into_owned()
}

/// A folder of this test's own, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("import").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn a_plan_is_imported_and_reads() {
    let folder = folder("plan");
    let target = folder.join("mihon");
    let target = target.to_str().unwrap();
    let output = mimamori(&["import", &example(), "-o", target, "--lang", "en"]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(fs::read_to_string(folder.join("mihon/plan.toml")).unwrap().contains("format = 1"));
    assert!(folder.join("mihon/README.import.md").exists());
    let check = mimamori(&["check", target, "--lang", "en"]);
    let said = String::from_utf8_lossy(&check.stdout).into_owned();
    assert!(!said.contains("[PLN1") || said.contains("[PLN108"), "{said}");
    // nothing is left beside it
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
}

#[test]
fn nothing_is_overwritten() {
    let folder = folder("full");
    fs::write(folder.join("note.txt"), "mine").unwrap();
    for lang in ["ja", "en"] {
        let output = mimamori(&["import", &example(), "-o", folder.to_str().unwrap(), "--lang", lang]);
        assert_eq!(output.status.code(), Some(2));
        assert!(!output.stderr.is_empty() && output.stdout.is_empty());
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    let file = folder.join("note.txt");
    assert_eq!(mimamori(&["import", &example(), "-o", file.to_str().unwrap()]).status.code(), Some(2));
    assert_eq!(fs::read_to_string(file).unwrap(), "mine");
}

#[test]
fn what_cannot_be_read_writes_nothing() {
    let folder = folder("unreadable");
    let file = folder.join("empty.txt");
    fs::write(&file, "").unwrap();
    let target = folder.join("plan");
    assert_eq!(mimamori(&["import", file.to_str().unwrap(), "-o", target.to_str().unwrap()]).status.code(), Some(2));
    assert!(!target.exists());
}

#[test]
fn findings_are_explained() {
    let output = mimamori(&["explain", "IMP201", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains("views-disagree"));
}
