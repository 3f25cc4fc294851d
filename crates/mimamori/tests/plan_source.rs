//! Plans as source, as their writers and their scripts meet them: check, fmt, new, diff, impact.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const MINIMAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/minimal");

fn run_in(language: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mimamori"));
    command.env("MIMAMORI_LANG", language).env_remove("NO_COLOR").stdin(Stdio::null()).args(arguments).output().unwrap()
}

fn run(arguments: &[&str]) -> Output {
    run_in("en", arguments)
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// A folder of this test, empty.
fn empty(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plan-source").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A copy of the minimal plan.
fn minimal(name: &str) -> PathBuf {
    let folder = empty(name);
    copy(Path::new(MINIMAL), &folder);
    folder
}

fn edit(folder: &Path, path: &str, from: &str, to: &str) {
    let file = folder.join(path);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "{path}: {from}");
    std::fs::write(file, text.replacen(from, to, 1)).unwrap();
}

/// Every file of a folder with its bytes.
fn snapshot(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(directory) = open.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let entry = entry.unwrap();
            match entry.file_type().unwrap() {
                kind if kind.is_dir() => open.push(entry.path()),
                kind if kind.is_file() => all.push((entry.path(), std::fs::read(entry.path()).unwrap())),
                _ => {}
            }
        }
    }
    all.sort();
    all
}

fn codes(output: &Output) -> Vec<String> {
    let of = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["code"].as_str().unwrap().to_owned();
    out(output).lines().map(of).collect()
}

#[test]
fn a_clean_plan_and_one_with_a_slip() {
    let clean = run(&["check", MINIMAL, "--as-of", "2026-04-01"]);
    assert_eq!((code(&clean), err(&clean)), (0, ""), "{}", out(&clean));
    let folder = minimal("slip");
    edit(&folder, "activities/survey.md", "concerns = [\"infection\"]", "concerns = [\"infektion\"]");
    let name = folder.to_str().unwrap();
    let found = run(&["check", name, "--as-of", "2026-04-01", "--format", "jsonl"]);
    assert_eq!(code(&found), 1);
    assert!(codes(&found).contains(&"PLN201".to_owned()), "{}", out(&found));
    let first: serde_json::Value = serde_json::from_str(out(&found).lines().next().unwrap()).unwrap();
    assert_eq!(first["spans"][0]["file"], folder.join("activities/survey.md").to_str().unwrap());
    assert!(run_in("ja", &["check", name]).stdout.windows(6).any(|window| window == "対処".as_bytes()));
    let log: serde_json::Value = serde_json::from_str(out(&run(&["check", name, "--format", "sarif"]))).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert!(out(&run(&["check", name, "--format", "html"])).trim_end().ends_with("</html>"));
}

#[test]
fn safe_repairs_are_made_once_and_nothing_else_changes() {
    let folder = minimal("fix");
    let name = folder.to_str().unwrap();
    edit(&folder, "activities/survey.md", "concerns = [\"infection\"]", "concerns = [\"infektion\"]");
    edit(&folder, "plan.toml", "substance =", "subtance =");
    let fixed = run(&["check", name, "--fix", "--as-of", "2026-04-01"]);
    assert_eq!(code(&fixed), 0, "{}{}", out(&fixed), err(&fixed));
    assert_eq!(err(&fixed), "2 repaired\n");
    assert_eq!(snapshot(&folder).len(), 5, "nothing else is left behind");
    let after: Vec<_> = snapshot(&folder).into_iter().map(|(_, bytes)| bytes).collect();
    let before: Vec<_> = snapshot(Path::new(MINIMAL)).into_iter().map(|(_, bytes)| bytes).collect();
    assert!(after == before, "the slips alone were mended");
    let again = run(&["check", name, "--fix", "--as-of", "2026-04-01"]);
    assert_eq!((code(&again), err(&again)), (0, "there was nothing to repair\n"));
}

#[test]
fn a_report_does_not_overwrite_the_plan() {
    let folder = minimal("overwrite");
    let before = snapshot(&folder);
    let plan = folder.join("plan.toml");
    let refused = run(&["check", folder.to_str().unwrap(), "-o", plan.to_str().unwrap()]);
    assert_eq!(code(&refused), 2, "{}", err(&refused));
    assert!(snapshot(&folder) == before);
}

#[test]
fn one_layout() {
    let folder = minimal("fmt");
    let name = folder.to_str().unwrap();
    run(&["fmt", name]);
    let laid_out = snapshot(&folder);
    edit(&folder, "studies.toml", "size = 84", "size   =   84 # all of them");
    edit(&folder, "concerns/infection.md", "+++\nclass = \"identified\"\nname", "+++\nname");
    edit(&folder, "concerns/infection.md", "label = [", "class = 'identified'\nlabel=[");
    let asked = run(&["fmt", name, "--check"]);
    assert_eq!(code(&asked), 1);
    assert_eq!(out(&asked).lines().count(), 2, "{}", out(&asked));
    assert!(snapshot(&folder) != laid_out, "nothing is written when only asked");
    assert_eq!(code(&run(&["fmt", name])), 0);
    edit(&folder, "studies.toml", " # all of them", "");
    assert!(snapshot(&folder) == laid_out);
    assert_eq!(code(&run(&["fmt", name, "--check"])), 0);

    edit(&folder, "studies.toml", "[[study]]", "[[study");
    edit(&folder, "plan.toml", "class = ", "class   = ");
    let half = run(&["fmt", name]);
    assert_eq!(code(&half), 1);
    assert!(out(&half).contains("PLN103") && out(&half).contains("laid out: "), "{}", out(&half));
    assert!(std::fs::read_to_string(folder.join("studies.toml")).unwrap().contains("[[study\n"), "left alone");
}

#[test]
fn the_schemas_are_written_and_renewed() {
    let parent = empty("schema");
    let folder = parent.join("schemas");
    let name = folder.to_str().unwrap();
    assert_eq!(code(&run(&["schema", name])), 0);
    let schema = std::fs::read_to_string(folder.join("plan.schema.json")).unwrap();
    assert!(schema.contains("\"$id\": \"urn:mimamori:plan:1:plan\""));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 8);
    std::fs::write(folder.join("plan.schema.json"), schema.replace("integer", "number")).unwrap();
    std::fs::write(folder.join("mine.txt"), "mine").unwrap();
    assert_eq!(code(&run(&["schema", name])), 0, "they are written anew");
    assert_eq!(std::fs::read_to_string(folder.join("plan.schema.json")).unwrap(), schema);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 9);
    std::fs::write(folder.join("concern.schema.json"), "{}").unwrap();
    assert_eq!(code(&run(&["schema", name])), 2, "nothing else is overwritten");
    assert_eq!(std::fs::read_to_string(folder.join("concern.schema.json")).unwrap(), "{}");
    let other = parent.join("other");
    std::fs::create_dir(&other).unwrap();
    std::fs::write(other.join("mine.txt"), "mine").unwrap();
    assert_eq!(code(&run(&["schema", other.to_str().unwrap()])), 2, "nor a folder of something else");
}

#[test]
fn a_new_plan_checks_clean() {
    let parent = empty("new");
    let folder = parent.join("my-product");
    let name = folder.to_str().unwrap();
    assert_eq!(code(&run(&["new", name])), 0);
    assert_eq!(code(&run(&["check", name])), 0);
    assert_eq!(code(&run(&["fmt", name, "--check"])), 0);
    let before = snapshot(&parent);
    for language in ["ja", "en"] {
        let refused = run_in(language, &["new", name]);
        assert_eq!(code(&refused), 2);
        assert!(err(&refused).lines().count() == 2, "{}", err(&refused));
    }
    assert!(snapshot(&parent) == before);
    std::fs::create_dir(parent.join("empty")).unwrap();
    assert_eq!(code(&run(&["new", parent.join("empty").to_str().unwrap()])), 0);
    assert_eq!(code(&run(&["new", parent.join("no/such/parent").to_str().unwrap()])), 2);
    assert_eq!(std::fs::read_dir(&parent).unwrap().count(), 2, "no attempt is left behind");
}

#[test]
fn what_changed() {
    let folder = minimal("diff");
    let name = folder.to_str().unwrap();
    let same = run(&["diff", MINIMAL, name]);
    assert_eq!((code(&same), out(&same)), (0, "no difference\n"));
    edit(&folder, "activities/survey.md", "target = 300", "target = 400");
    edit(&folder, "activities/guide.md", "version = \"1.0\"", "version = \"1.1\"");
    edit(&folder, "activities/survey.md", "300 例を登録する", "400 例を登録する");
    let human = run(&["diff", MINIMAL, name]);
    assert_eq!(code(&human), 0);
    assert!(out(&human).contains("target raised from 300 to 400"), "{}", out(&human));
    assert!(out(&human).contains("[-300-]{+400+}") && out(&human).contains("3 changes, 1 of them possibly minor"), "{}", out(&human));
    assert!(out(&run_in("ja", &["diff", MINIMAL, name])).contains("目標症例数を 300 例から 400 例に引上げ"));
    let lines: Vec<serde_json::Value> =
        out(&run(&["diff", MINIMAL, name, "--format", "jsonl"])).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let kinds: Vec<_> = lines.iter().map(|line| line["change"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["material-version", "target-raised", "sentence-reworded"]);
    assert_eq!(lines[0]["minor"]["rule"], "material-only");
    assert!(lines[1]["minor"].is_null());
    for side in ["old", "new"] {
        assert!(lines[1][side]["place"]["file"].as_str().unwrap().ends_with("activities/survey.md"));
        assert!(lines[1][side]["place"]["line"].as_u64().unwrap() > 1);
    }
    let page = run(&["diff", MINIMAL, name, "--format", "html"]);
    assert!(out(&page).starts_with("<!DOCTYPE html>") && out(&page).contains("<del>300</del>"), "{}", out(&page));

    edit(&folder, "studies.toml", "[[study]]", "[[study");
    let half = run(&["diff", MINIMAL, name]);
    assert_eq!(code(&half), 1);
    assert!(err(&half).contains("could not be read"), "{}", err(&half));
}

#[test]
fn text_of_a_plan_cannot_act_on_the_terminal_or_the_page() {
    let folder = minimal("hostile");
    edit(&folder, "concerns/infection.md", "name = \"重篤な感染症\"", "name = \"<script>\\u001b[31m\\u202E\"");
    edit(&folder, "concerns/infection.md", "# 監視\n", "# 監視\n\u{1b}[2J<img src=x>。\n");
    let name = folder.to_str().unwrap();
    for arguments in [
        &["diff", MINIMAL, name][..],
        &["diff", MINIMAL, name, "--format", "jsonl"],
        &["diff", MINIMAL, name, "--format", "html"],
        &["impact", name, "--cause", "label:11.1.1"],
        &["impact", name, "--cause", "label:11.1.1", "--format", "jsonl"],
        &["check", name],
    ] {
        let output = run(arguments);
        assert!(!out(&output).contains('\u{1b}') && !out(&output).contains('\u{202e}'), "{arguments:?}");
        assert!(
            arguments.last() != Some(&"html") || !(out(&output).contains("<script>") || out(&output).contains("<img")),
            "{arguments:?}"
        );
    }
}

#[test]
fn what_an_event_touches() {
    let asked = |language: &str, cause: &str| run_in(language, &["impact", MINIMAL, "--as-of", "2026-04-01", "--cause", cause]);
    for (cause, expected) in [
        ("approval:1", "2033-09-18"),
        ("condition:rmp", "the day it was lifted"),
        ("label:11.1.1", "names section 11.1.1"),
        ("ended:survey", "2030-09-30"),
        ("study:MHN-301", "cited in"),
    ] {
        let touched = asked("en", cause);
        assert_eq!((code(&touched), err(&touched)), (0, ""), "{cause}");
        assert!(out(&touched).contains(expected), "{cause}: {}", out(&touched));
        assert!(out(&asked("ja", cause)).contains("文書"), "{cause}");
    }
    let lines = run(&["impact", MINIMAL, "--cause", "approval:1", "--format", "jsonl"]);
    for line in out(&lines).lines() {
        let touched: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(touched["why"].as_array().is_some_and(|why| !why.is_empty()), "{line}");
    }
    // the report is due at the end of the survey and was not made
    let late = |language: &str| out(&run_in(language, &["impact", MINIMAL, "--as-of", "2032-01-01", "--cause", "ended:survey"])).to_owned();
    assert!(late("en").contains("OVERDUE") && late("ja").contains("【期限超過】"), "{}", late("ja"));
    assert!(!out(&asked("ja", "ended:survey")).contains("期限超過"));
    for language in ["ja", "en"] {
        for wrong in ["approval:7", "label:11", "recall:1", "approval"] {
            let refused = asked(language, wrong);
            assert_eq!((code(&refused), out(&refused)), (2, ""), "{wrong}");
            assert!(err(&refused).lines().count() >= 2, "{}", err(&refused));
        }
    }
}

#[test]
fn the_rules_of_check_are_listed_and_explained() {
    let rules = run(&["rules"]);
    assert!(out(&rules).contains("PLN101") && out(&rules).contains("RMP301"));
    assert!(out(&run(&["explain", "pln108"])).starts_with("PLN108 missing-key"));
    assert_eq!(out(&run(&["explain", "missing-key"])), out(&run(&["explain", "PLN108"])));
    assert!(err(&run(&["explain", "PLN999"])).contains("PLN"));
}

#[test]
fn what_is_no_plan() {
    let nothing = empty("no-plan");
    std::fs::write(nothing.join("letter.txt"), "Dear reader").unwrap();
    let folder = nothing.to_str().unwrap();
    let file = nothing.join("letter.txt");
    for language in ["ja", "en"] {
        let checked = run_in(language, &["check", folder, "--format", "jsonl"]);
        assert_eq!(code(&checked), 2);
        assert!(codes(&checked).contains(&"PLN101".to_owned()), "{}", out(&checked));
        for arguments in [
            &["fmt", folder][..],
            &["diff", folder, MINIMAL],
            &["diff", MINIMAL, folder],
            &["impact", folder, "--cause", "approval:1"],
            &["check", file.to_str().unwrap()],
            &["check", "no such folder"],
            &["fmt", "no such folder"],
            &["check"],
            &["diff", MINIMAL],
            &["impact", MINIMAL],
            &["check", MINIMAL, "--as-of", "2026-02-30"],
        ] {
            let refused = run_in(language, arguments);
            assert_eq!((code(&refused), out(&refused)), (2, ""), "{arguments:?}");
            let remedy = if language == "ja" { "\n  対処: " } else { "\n  do: " };
            assert!(err(&refused).contains(remedy), "{arguments:?}: {}", err(&refused));
        }
    }
}

#[test]
fn two_files_with_one_id_another_version_and_bytes_that_are_no_text() {
    let twice = minimal("twice");
    std::fs::copy(twice.join("concerns/infection.md"), twice.join("concerns/survey.md")).unwrap();
    let found = run(&["check", twice.to_str().unwrap(), "--format", "jsonl"]);
    assert_eq!(code(&found), 1);
    assert!(codes(&found).contains(&"PLN111".to_owned()), "{}", out(&found));

    let version = minimal("version");
    edit(&version, "plan.toml", "format = 1", "format = 2");
    let name = version.to_str().unwrap();
    let found = run(&["check", name, "--format", "jsonl"]);
    assert_eq!(code(&found), 2);
    assert!(codes(&found).contains(&"PLN110".to_owned()), "{}", out(&found));
    assert_eq!(code(&run(&["diff", name, MINIMAL])), 2);

    let bytes = minimal("bytes");
    std::fs::write(bytes.join("concerns/infection.md"), b"+++\nname = \"\xff\xfe\"\n+++\n").unwrap();
    let name = bytes.to_str().unwrap();
    let before = snapshot(&bytes);
    let found = run(&["check", name, "--fix", "--format", "jsonl"]);
    assert_eq!(code(&found), 1);
    assert!(codes(&found).contains(&"PLN102".to_owned()), "{}", out(&found));
    let laid_out = run(&["fmt", name]);
    assert!(code(&laid_out) == 1 && out(&laid_out).contains("PLN102"), "{}", out(&laid_out));
    assert!(snapshot(&bytes).iter().zip(&before).all(|(now, before)| !now.0.ends_with("infection.md") || now == before));
}

#[cfg(unix)]
#[test]
fn nothing_outside_of_the_folder_is_read_or_written() {
    let outside = empty("outside");
    let secret = outside.join("secret.md");
    std::fs::write(&secret, "+++\nclass='identified'\nname='SECRET'\n+++\n").unwrap();
    let folder = minimal("links");
    std::os::unix::fs::symlink(&secret, folder.join("concerns/secret.md")).unwrap();
    std::os::unix::fs::symlink(&outside, folder.join("efficacy")).unwrap();
    std::os::unix::fs::symlink(&folder, folder.join("forms")).unwrap();
    let name = folder.to_str().unwrap();
    let before = snapshot(&outside);
    for arguments in [&["check", name, "--fix"][..], &["fmt", name], &["diff", MINIMAL, name], &["impact", name, "--cause", "approval:1"]] {
        let output = run(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(err(&output).contains("symbolic link"), "{arguments:?}: {}", err(&output));
        assert!(!out(&output).contains("SECRET") && !err(&output).contains("SECRET"), "{arguments:?}");
    }
    assert!(snapshot(&outside) == before);
    assert!(std::fs::symlink_metadata(folder.join("concerns/secret.md")).unwrap().is_symlink());
}

#[cfg(unix)]
#[test]
fn pipes_heaps_and_depths_are_bounded() {
    let pipe = minimal("pipe");
    assert!(Command::new("mkfifo").arg(pipe.join("concerns/pipe.md")).status().unwrap().success());
    let told = run(&["check", pipe.to_str().unwrap()]);
    assert!(code(&told) == 2 && err(&told).contains("no ordinary file"), "{}", err(&told));

    let heap = minimal("heap");
    std::fs::File::create(heap.join("concerns/heap.md")).unwrap().set_len(1 << 40).unwrap();
    let told = run(&["check", heap.to_str().unwrap()]);
    assert!(code(&told) == 2 && err(&told).contains("larger than any plan"), "{}", err(&told));

    let deep = minimal("deep");
    std::fs::create_dir_all(deep.join(["a"; 40].join("/"))).unwrap();
    assert_eq!(code(&run(&["check", deep.to_str().unwrap()])), 2);
}

/// What an interrupted write leaves beside a file is no part of the plan, and the file is still the old one.
#[test]
fn an_interrupted_write_leaves_the_old_state() {
    let folder = minimal("interrupted");
    std::fs::write(folder.join("concerns/.infection.md.4711.new"), "+++\nclass = \"po").unwrap();
    let checked = run(&["check", folder.to_str().unwrap(), "--as-of", "2026-04-01"]);
    assert_eq!((code(&checked), err(&checked)), (0, ""), "{}", out(&checked));
}
