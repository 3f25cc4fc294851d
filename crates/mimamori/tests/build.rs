//! `mimamori build` from the outside: drafts, what is handed in, changes since the last submission, forms of a company.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A copy of the minimal plan in a folder of its own.
fn plan(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("build").join(name);
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(root.parent().unwrap()).unwrap();
    let made = Command::new(env!("CARGO_BIN_EXE_mimamori")).arg("new").arg(&root).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    root
}

fn build(folder: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mimamori")).args(["build", "--lang", "en"]).arg(folder).args(more).output().unwrap()
}

fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{from} in {}", file.display());
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

fn concern(folder: &Path) -> PathBuf {
    fs::read_dir(folder.join("concerns"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|e| e == "md"))
        .unwrap()
}

#[test]
fn everything_is_built_into_out_and_twice_the_same() {
    let folder = plan("all");
    let built = build(&folder, &[]);
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stderr));
    let read = || {
        let mut files: Vec<_> = fs::read_dir(folder.join("out")).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files.into_iter().map(|path| (path.file_name().unwrap().to_owned(), fs::read(&path).unwrap())).collect::<Vec<_>>()
    };
    let once = read();
    let names: Vec<_> = once.iter().map(|(name, _)| name.to_string_lossy().into_owned()).collect();
    for ending in ["docx", "figures.json", "html", "txt"] {
        assert!(names.contains(&format!("m1-11-j-rmp.{ending}")), "{names:?}");
    }
    assert_eq!(build(&folder, &[]).status.code(), Some(0));
    assert_eq!(once, read());
}

#[test]
fn a_plan_with_errors_gives_a_draft_and_nothing_to_hand_in() {
    let folder = plan("draft");
    let file = concern(&folder);
    edit(&file, "# 監視\n", "# 監視\n{{ @no-such-thing }}\n");
    let built = build(&folder, &["--format", "html"]);
    assert_eq!(built.status.code(), Some(1));
    let page = fs::read_to_string(folder.join("out/m1-11-j-rmp.html")).unwrap();
    assert!(page.contains("案") && page.contains("PLN201"), "the finding stands in the draft");
    fs::remove_dir_all(folder.join("out")).unwrap();
    let refused = build(&folder, &["--final"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stdout).contains("PLN201"));
    assert!(!folder.join("out").exists());
}

#[test]
fn changes_since_the_last_submission_are_underlined_and_told() {
    let (old, new) = (plan("old"), plan("new"));
    let file = concern(&new);
    edit(&file, "# 監視\n", "# 監視\n発現の時期も確かめる。\n");
    let against = old.to_string_lossy().into_owned();
    let built = build(&new, &["--against", &against, "--format", "html", "--as-of", "2026-06-01"]);
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stderr));
    let page = fs::read_to_string(new.join("out/m1-11-j-rmp.html")).unwrap();
    assert!(page.contains("<u>発現の時期も確かめる。</u>"));
    assert!(page.contains("前回提出版からの変更"));
    assert!(!page.contains("<u>前回提出版からの変更"), "the history itself is not underlined");
}

#[test]
fn a_form_can_be_replaced_and_its_mistakes_point_into_it() {
    let folder = plan("form");
    let form = folder.join("forms/j-rmp/attachments.md");
    fs::create_dir_all(form.parent().unwrap()).unwrap();
    fs::write(&form, "## 別添\n\n{{ holder }}の様式 * 注 *\n").unwrap();
    assert_eq!(build(&folder, &["--format", "text"]).status.code(), Some(0));
    let text = fs::read_to_string(folder.join("out/m1-11-j-rmp.txt")).unwrap();
    assert!(text.ends_with("の様式 * 注 *\n"), "{}", &text[text.len() - 60..]);
    for (wrong, line) in [
        ("一行目\n{{ no_such_value }}\n", 2),
        ("{% for a in lists %}\n", 1),
        (":::table 1 2\n| 一つ |\n:::\n", 2),
        ("\n\n:::tabel\n", 3),
        (":::table 1\n| 一つ |\n", 1),
    ] {
        fs::write(&form, wrong).unwrap();
        let before = fs::read(folder.join("out/m1-11-j-rmp.txt")).unwrap();
        let built = build(&folder, &["--format", "text"]);
        assert_eq!(built.status.code(), Some(2), "{wrong}");
        let told = String::from_utf8_lossy(&built.stdout).into_owned();
        assert!(told.contains("attachments.md") && told.contains(&format!("line {line}")), "{wrong}: {told}");
        assert_eq!(fs::read(folder.join("out/m1-11-j-rmp.txt")).unwrap(), before, "nothing is written");
    }
}

#[test]
fn what_is_inserted_is_never_markdown() {
    let folder = plan("markdown");
    edit(&folder.join("plan.toml"), "[holder]\nname = \"", "[holder]\nname = \"| # <2> **:::page** {{ holder }} ");
    build(&folder, &["--format", "text"]);
    let text = fs::read_to_string(folder.join("out/m1-11-j-rmp.txt")).unwrap();
    assert!(text.contains("| # <2> **:::page** {{ holder }} "), "as it is written");
}
