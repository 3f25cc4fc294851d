//! The program as its users and their scripts meet it.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/mihon-rmp.txt");

fn mimamori() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mimamori"));
    for name in ["MIMAMORI_LANG", "LC_ALL", "LC_MESSAGES", "NO_COLOR"] {
        command.env_remove(name);
    }
    command.env("LANG", "C.UTF-8").stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    mimamori().args(arguments).output().unwrap()
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
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn findings_make_the_exit_code() {
    let found = run(&["review", EXAMPLE]);
    assert_eq!(code(&found), 1, "{}", err(&found));
    assert!(err(&found).is_empty());
    assert_eq!(code(&run(&["review", "no such plan.pdf"])), 2);
    assert_eq!(code(&run(&["read", EXAMPLE])), 0);
}

/// The slips that were put into the example, each found once: what the README shows.
#[test]
fn the_example_shows_its_slips() {
    let report = run(&["review", "--format", "jsonl", EXAMPLE]);
    let found: Vec<String> = out(&report)
        .lines()
        .map(|line| {
            let finding: serde_json::Value = serde_json::from_str(line).unwrap();
            let word = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
            format!("{} {} {}", word(&finding["severity"]), word(&finding["code"]), word(&finding["spans"][0]["quote"]))
        })
        .collect();
    let slips = [
        "error RMP301 5.6%（16/240例）",
        "error RMP211 医療従事者向け資材（適正使用ガイド）の作成と提供",
        "error RMP501 598例",
        "error RMP415 500例",
        "error RMP414 調査終了から9ヵ月後",
        "warning RMP303 4.2%（1/24例）",
        "warning RMP306 SMP-310",
        "info RMP420 令和6年11月20日～令和7年5月20日",
    ];
    assert_eq!(found, slips);
}

#[test]
fn a_plan_with_nothing_wrong_is_clean() {
    let clean = run(&["review", "--format", "jsonl", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/clean.txt")]);
    assert_eq!(code(&clean), 0, "{}", out(&clean));
    let grave = out(&clean).lines().any(|line| line.contains("\"severity\":\"error\"") || line.contains("\"severity\":\"warning\""));
    assert!(!grave, "{}", out(&clean));
}

#[test]
fn places_of_pdf_are_pages_and_of_word_paths() {
    for (name, of_pdf) in [("G.pdf", true), ("G.docx", false)] {
        let file = format!("{}/../../plans/{name}", env!("CARGO_MANIFEST_DIR"));
        let report = run(&["review", "--format", "jsonl", &file]);
        assert_eq!(code(&report), 1, "{name}");
        let mut spans = 0;
        for line in out(&report).lines() {
            let finding: serde_json::Value = serde_json::from_str(line).unwrap();
            for span in finding["spans"].as_array().unwrap() {
                spans += 1;
                assert!(span["line"].is_null() && span["column"].is_null(), "{line}");
                assert_eq!(span["page"].as_u64().is_some_and(|page| (1..=11).contains(&page)), of_pdf, "{line}");
                assert_eq!(span["path"].as_str().is_some_and(|path| !path.is_empty()), !of_pdf, "{line}");
            }
        }
        assert!(spans > 20, "{name}: {spans}");
    }
}

#[test]
fn the_worst_of_several_files_counts_and_each_is_reviewed() {
    let both = run(&["review", "--format", "jsonl", "no such plan.pdf", EXAMPLE]);
    assert_eq!(code(&both), 2);
    assert!(out(&both).lines().count() > 3, "the plan that can be read is reviewed");
    assert!(err(&both).contains("no such plan.pdf does not exist"), "{}", err(&both));
    assert!(err(&both).contains("do: "), "{}", err(&both));
}

#[test]
fn json_lines_keep_their_contract() {
    let report = run(&["review", "--format", "jsonl", EXAMPLE]);
    let mut lines = 0;
    for line in out(&report).lines() {
        lines += 1;
        let finding: serde_json::Value = serde_json::from_str(line).unwrap();
        let object = finding.as_object().unwrap();
        for field in ["code", "severity", "message", "hint", "source"] {
            assert!(object[field].is_string(), "{field}: {line}");
        }
        assert!(["error", "warning", "info"].contains(&object["severity"].as_str().unwrap()));
        let code = object["code"].as_str().unwrap();
        assert!(code.len() == 6 && code.starts_with("RMP") && code[3..].bytes().all(|b| b.is_ascii_digit()), "{code}");
        for span in object["spans"].as_array().unwrap() {
            assert_eq!(span["file"], EXAMPLE);
            assert!(span["line"].as_u64().is_some_and(|line| line >= 1), "{line}");
            assert!(span["column"].as_u64().is_some_and(|column| column >= 1), "{line}");
            assert!(span["page"].is_null() && span["path"].is_null(), "{line}");
            assert!(!span["quote"].as_str().unwrap().is_empty(), "{line}");
            assert!(span.as_object().unwrap().contains_key("view"));
        }
    }
    assert!(lines > 3);
}

#[test]
fn quotes_stand_where_the_finding_says() {
    let text = std::fs::read_to_string(EXAMPLE).unwrap();
    let lines: Vec<&str> = text.split('\n').collect();
    for line in out(&run(&["review", "--format", "jsonl", EXAMPLE])).lines() {
        let finding: serde_json::Value = serde_json::from_str(line).unwrap();
        for span in finding["spans"].as_array().unwrap() {
            let number = usize::try_from(span["line"].as_u64().unwrap()).unwrap();
            let column = usize::try_from(span["column"].as_u64().unwrap()).unwrap();
            // a quote may go on in the next lines; blanks aside it is verbatim
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let there: String = lines[number - 1].chars().skip(column - 1).chain(lines[number..].join("").chars()).collect();
            let quote = span["quote"].as_str().unwrap();
            assert!(bare(&there).starts_with(&bare(quote)), "line {number}, column {column}: 「{quote}」 is not at 「{there}」");
        }
    }
}

#[test]
fn sarif_and_html_are_whole() {
    let one = run(&["review", "--format", "sarif", EXAMPLE]);
    let log: serde_json::Value = serde_json::from_str(out(&one)).unwrap();
    assert_eq!((&log["version"], log["runs"].as_array().unwrap().len()), (&"2.1.0".into(), 1));
    let two = run(&["review", "--format", "sarif", EXAMPLE, EXAMPLE]);
    let log: serde_json::Value = serde_json::from_str(out(&two)).unwrap();
    assert_eq!((&log["version"], log["runs"].as_array().unwrap().len()), (&"2.1.0".into(), 2));
    let page = run(&["review", "--format", "html", EXAMPLE]);
    assert!(out(&page).starts_with("<!DOCTYPE html>") && out(&page).trim_end().ends_with("</html>"));
    let pages = run(&["review", "--format", "html", EXAMPLE, EXAMPLE]);
    assert_eq!((code(&pages), out(&pages)), (2, ""));
}

#[test]
fn the_language_is_asked_for_or_the_environments() {
    let of = |output: &Output| out(output).contains("理由");
    assert!(of(&run(&["review", "--lang", "ja", EXAMPLE])));
    assert!(!of(&run(&["review", EXAMPLE])));
    assert!(of(&mimamori().env("LANG", "ja_JP.UTF-8").args(["review", EXAMPLE]).output().unwrap()));
    assert!(!of(&mimamori().env("LANG", "ja_JP.UTF-8").args(["review", EXAMPLE, "--lang=en"]).output().unwrap()));
    assert!(of(&mimamori().env("MIMAMORI_LANG", "ja").env("LC_ALL", "en_US.UTF-8").args(["review", EXAMPLE]).output().unwrap()));
    assert!(err(&mimamori().env("LANG", "ja_JP.UTF-8").args(["review", "ない.pdf"]).output().unwrap()).contains("見つかりません"));
    assert!(out(&run(&["--help", "--lang", "ja"])).contains("使い方: mimamori"));
    assert!(out(&run(&["review", "--help"])).contains("Exit code: 0"));
}

#[test]
fn colour_only_where_it_is_wanted() {
    assert!(!out(&run(&["review", EXAMPLE])).contains('\u{1b}'), "not to a pipe");
    assert!(out(&run(&["review", "--color", "always", EXAMPLE])).contains("\u{1b}["));
    assert!(!out(&run(&["explain", "RMP301"])).contains('\u{1b}'));
}

#[test]
fn mistakes_in_the_arguments_say_what_to_do() {
    for arguments in [
        &[][..],
        &["review"],
        &["revue", EXAMPLE],
        &["review", "--format", "pdf", EXAMPLE],
        &["review", "--as-of", "2026-02-30", EXAMPLE],
        &["review", "--no-such-option", EXAMPLE],
        &["review", "--lang", "fr", EXAMPLE],
        &["review", "-o"],
        &["explain"],
        &["explain", "RMP999"],
        &["explain", ""],
        &["read", EXAMPLE, EXAMPLE],
    ] {
        for language in ["ja", "en"] {
            let output = mimamori().env("MIMAMORI_LANG", language).args(arguments).output().unwrap();
            assert_eq!((code(&output), out(&output)), (2, ""), "{arguments:?}");
            let told = err(&output);
            let remedy = if language == "ja" { "\n  対処: " } else { "\n  do: " };
            assert!(
                told.starts_with(if language == "ja" { "エラー: " } else { "error: " }) && told.contains(remedy),
                "{arguments:?}: {told}"
            );
        }
    }
}

#[test]
fn every_rule_can_be_listed_and_explained() {
    let list: serde_json::Value = serde_json::from_str(out(&run(&["rules", "--format", "json"]))).unwrap();
    let text = run(&["rules"]);
    assert_eq!(out(&text).lines().count(), list.as_array().unwrap().len());
    for rule in list.as_array().unwrap() {
        let (code, name) = (rule["code"].as_str().unwrap(), rule["name"].as_str().unwrap());
        assert!(out(&text).contains(name));
        let page = run(&["explain", &code.to_lowercase()]);
        assert!(out(&page).starts_with(&format!("{code} {name}")), "{code}");
    }
    assert_eq!(out(&run(&["explain", "percentage-disagrees"])), out(&run(&["explain", "RMP301"])));
}

#[test]
fn the_day_asked_for_is_the_day_of_the_report() {
    assert!(out(&run(&["review", EXAMPLE])).contains("2026-06-15"), "the plan's own date of submission");
    assert!(out(&run(&["review", EXAMPLE, "--as-of", "2031-01-01"])).contains("2031-01-01"));
}

#[test]
fn what_is_read_is_told_as_text_and_as_json() {
    assert!(out(&run(&["read", EXAMPLE])).contains("好中球減少"));
    let json: serde_json::Value = serde_json::from_str(out(&run(&["read", "--format", "json", EXAMPLE]))).unwrap();
    assert_eq!(json["file"], EXAMPLE);
    assert!(json["views"].as_array().unwrap().len() > 8);
}

#[test]
fn the_standard_input_is_read() {
    let mut child = mimamori().args(["review", "--format", "jsonl", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&std::fs::read(EXAMPLE).unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 1);
    assert_eq!(out(&output).lines().count(), out(&run(&["review", "--format", "jsonl", EXAMPLE])).lines().count());
    assert!(out(&output).contains("\"file\":\"stdin\""));
}

#[test]
fn a_reader_that_goes_away_is_no_mistake() {
    let mut child = mimamori().args(["review", EXAMPLE, "--format", "html"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(1), ""));
}

#[test]
fn reports_are_written_whole_or_not_at_all() {
    let folder = folder("written");
    let plan = folder.join("plan.txt");
    std::fs::copy(EXAMPLE, &plan).unwrap();
    let page = folder.join("review.html");
    std::fs::write(&page, "old").unwrap();
    let arguments =
        |output: &Path| ["review", plan.to_str().unwrap(), "--format", "html", "-o", output.to_str().unwrap()].map(str::to_owned);
    let written = mimamori().args(arguments(&page)).output().unwrap();
    assert_eq!((code(&written), out(&written)), (1, ""));
    assert!(std::fs::read_to_string(&page).unwrap().ends_with("</html>\n"));

    let before = std::fs::read(&plan).unwrap();
    for same in [plan.clone(), folder.join(".").join("plan.txt")] {
        let refused = mimamori().args(arguments(&same)).output().unwrap();
        assert_eq!(code(&refused), 2);
        assert!(err(&refused).contains("not overwritten"), "{}", err(&refused));
    }
    assert_eq!(std::fs::read(&plan).unwrap(), before);

    assert_eq!(code(&mimamori().args(arguments(&folder)).output().unwrap()), 2);
    assert_eq!(code(&mimamori().args(arguments(&folder.join("no such folder/review.html"))).output().unwrap()), 2);
    let left: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "nothing else is left behind: {left:?}");
}

#[cfg(unix)]
#[test]
fn a_link_to_the_plan_is_the_plan() {
    let folder = folder("linked");
    let plan = folder.join("plan.txt");
    std::fs::copy(EXAMPLE, &plan).unwrap();
    let link = folder.join("link.txt");
    std::os::unix::fs::symlink(&plan, &link).unwrap();
    let refused = mimamori().arg("review").arg(&plan).arg("-o").arg(&link).output().unwrap();
    assert_eq!(code(&refused), 2);
    assert_eq!(std::fs::read(&plan).unwrap(), std::fs::read(EXAMPLE).unwrap());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = mimamori().args(["review", EXAMPLE]).stdout(full).output().unwrap();
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("cannot be written"), "{}", err(&output));
}
