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

/// The invented plan G as text.
fn plan() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plans/G.layout.txt")
}

/// Refused in both languages, with what to do, and nothing made or left in the folder.
fn refused(file: &Path, target: &Path, beside: &Path) {
    let before = names(beside);
    for (lang, advice) in [("ja", "対処"), ("en", "do:")] {
        let output = mimamori(&["import", file.to_str().unwrap(), "-o", target.to_str().unwrap(), "--lang", lang]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(advice) && output.stdout.is_empty(), "{said}");
    }
    assert_eq!(names(beside), before);
}

fn names(folder: &Path) -> Vec<String> {
    let mut all: Vec<String> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    all.sort();
    all
}

#[test]
fn what_is_no_plan_is_refused() {
    let folder = folder("no-plan");
    let word = fs::read(plan().with_file_name("G.docx")).unwrap();
    for (name, bytes) in [
        ("blank.txt", b" \n\n".to_vec()),
        ("diary.txt", "今日は晴れ。散歩をした。\n".repeat(100).into_bytes()),
        ("cut.docx", word[..word.len() / 2].to_vec()),
        ("huge.txt", "あ".repeat(40 << 20).into_bytes()),
        ("noise.pdf", (0..=255).cycle().take(5000).collect()),
    ] {
        let file = folder.join(name);
        fs::write(&file, bytes).unwrap();
        refused(&file, &folder.join("plan"), &folder);
        fs::remove_file(file).unwrap();
    }
}

#[test]
fn a_plan_cut_short_is_imported_as_far_as_it_goes() {
    let folder = folder("cut");
    let text = fs::read_to_string(plan()).unwrap();
    let file = folder.join("cut.txt");
    let at = (text.len() / 2..).find(|&at| text.is_char_boundary(at)).unwrap();
    fs::write(&file, &text[..at]).unwrap();
    let target = folder.join("plan");
    let output = mimamori(&["import", file.to_str().unwrap(), "-o", target.to_str().unwrap(), "--lang", "en"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    // what the cut took away is said: the lists are not there
    assert!(String::from_utf8_lossy(&output.stdout).contains("[IMP"));
    let check = String::from_utf8_lossy(&mimamori(&["check", target.to_str().unwrap(), "--lang", "en"]).stdout).into_owned();
    assert!(!check.contains("[PLN1") || check.contains("[PLN108"), "{check}");
}

#[test]
fn names_that_are_alike_get_files_of_their_own() {
    let folder = folder("alike");
    // every concern of one name: the second file may not overwrite the first
    let text = fs::read_to_string(plan()).unwrap().replace("網膜障害（漿液性網膜剥離、網膜静脈閉塞等）", "肝機能障害（網膜）");
    let file = folder.join("alike.txt");
    fs::write(&file, text).unwrap();
    let target = folder.join("plan");
    assert_eq!(mimamori(&["import", file.to_str().unwrap(), "-o", target.to_str().unwrap()]).status.code(), Some(1));
    let concerns = names(&target.join("concerns"));
    assert_eq!(concerns.len(), 8, "{concerns:?}");
}

#[test]
fn what_cannot_be_written_leaves_nothing() {
    let folder = folder("unwritable");
    refused(&plan(), &folder.join("none/plan"), &folder);
    // a file where a folder should be, and the document itself as the target
    fs::write(folder.join("file"), "mine").unwrap();
    refused(&plan(), &folder.join("file/plan"), &folder);
    refused(&plan(), &plan(), &folder);
}

/// A disk that is full after a few kilobytes: a limit on the size of files stands for it.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_nothing() {
    let folder = folder("disk");
    let script = r#"trap "" XFSZ; ulimit -f 4; exec "$0" import "$1" -o "$2""#;
    let run = |lang: &str| {
        let target = folder.join("plan");
        let mut command = Command::new("bash");
        command.args(["-c", script, env!("CARGO_BIN_EXE_mimamori")]).arg(plan()).arg(&target).env("LC_ALL", lang);
        command.output().unwrap()
    };
    for lang in ["ja_JP.UTF-8", "C"] {
        let output = run(lang);
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
        assert_eq!(names(&folder), Vec::<String>::new());
    }
}

/// Killed at any moment: the plan is there whole or not at all, and the next import is not in its way.
#[cfg(unix)]
#[test]
fn killed_midway_there_is_no_half_plan() {
    let folder = folder("killed");
    let target = folder.join("plan");
    let whole = {
        let target = folder.join("whole");
        mimamori(&["import", plan().to_str().unwrap(), "-o", target.to_str().unwrap()]);
        names(&target.join("activities"))
    };
    for wait in [0, 5, 20, 40, 60, 80, 120, 200] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mimamori"))
            .arg("import")
            .arg(plan())
            .arg("-o")
            .arg(&target)
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        let _ = child.kill();
        child.wait().unwrap();
        if target.exists() {
            assert_eq!(names(&target.join("activities")), whole);
            assert!(target.join("plan.toml").exists() && target.join("studies.toml").exists());
            fs::remove_dir_all(&target).unwrap();
        }
    }
    mimamori(&["import", plan().to_str().unwrap(), "-o", target.to_str().unwrap()]);
    assert_eq!(names(&target.join("activities")), whole);
    // nothing of the killed ones is left beside it
    let hidden =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).find(|name| name.to_string_lossy().starts_with('.'));
    assert_eq!(hidden, None);
}

#[cfg(unix)]
#[test]
fn what_a_killed_import_left_is_removed_by_the_next_one() {
    let folder = folder("leftovers");
    let left = |name: &str| {
        let left = folder.join(name);
        fs::create_dir_all(left.join("concerns")).unwrap();
        fs::write(left.join("concerns/one.md"), "half").unwrap();
        left
    };
    let (dead, living, other) = (left(".mihon.1.new"), left(".mihon.2.new"), left(".another.1.new"));
    // one that is still being written
    let lock = fs::File::open(&living).unwrap();
    lock.lock().unwrap();
    let output = mimamori(&["import", &example(), "-o", folder.join("mihon").to_str().unwrap()]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!dead.exists() && living.exists() && other.exists());
    // within a folder that is there and was empty
    let given = folder.join("given");
    fs::create_dir_all(given.join(".given.1.new/concerns")).unwrap();
    let output = mimamori(&["import", &example(), "-o", given.to_str().unwrap()]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(given.join("plan.toml").exists() && !given.join(".given.1.new").exists());
}
