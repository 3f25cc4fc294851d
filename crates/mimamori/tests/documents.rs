//! The documents beside the J-RMP, from the outside: every one of every example in every format, and what each has to hold.

#![expect(clippy::unwrap_used, reason = "a test")]

mod browser;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use icalendar::parser::{read_calendar, unfold};

const FORMATS: &str = if cfg!(feature = "pdf-output") { "pdf,docx,html,text" } else { "docx,html,text" };

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

fn output(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("documents").join(name);
    let _ = fs::remove_dir_all(&folder);
    folder
}

fn build(plan: &Path, to: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mimamori")).args(["build", "--lang", "en"]).arg(plan).arg("-o").arg(to).args(more).output().unwrap()
}

fn built(plan: &Path, to: &Path, more: &[&str]) {
    let out = build(plan, to, more);
    assert_eq!(out.status.code(), Some(0), "{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
}

/// The example, copied to be changed.
fn copy(name: &str, to: &str) -> PathBuf {
    fn all(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for file in fs::read_dir(from).unwrap().map(|entry| entry.unwrap()) {
            let target = to.join(file.file_name());
            if file.path().is_dir() {
                all(&file.path(), &target);
            } else {
                fs::copy(file.path(), target).unwrap();
            }
        }
    }
    let folder = output(to);
    all(&example(name), &folder);
    folder
}

fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{from} in {}", file.display());
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn every_document_of_every_example_is_built_in_every_format() {
    for name in ["mihon", "rituximab", "minimal"] {
        let to = output(name);
        // the minimal plan is not published
        let public = if name == "minimal" { "" } else { ",public" };
        let documents = format!("j-rmp,calendar,evidence{public}");
        built(&example(name), &to, &["--document", &documents, "--format", FORMATS, "--as-of", "2026-11-22"]);
        for document in documents.replace("j-rmp", "m1-11-j-rmp").split(',') {
            for format in FORMATS.split(',') {
                let file = to.join(format!("{document}.{}", if format == "text" { "txt" } else { format }));
                assert!(fs::metadata(&file).unwrap().len() > 500, "{}", file.display());
            }
        }
    }
}

#[test]
fn the_calendar_can_be_read_by_others() {
    let to = output("ics");
    for day in ["2026-11-22", "2026-05-01"] {
        built(&example("mihon"), &to.join(day), &["--document", "calendar", "--format", "text", "--as-of", day]);
    }
    let read = |day: &str| fs::read_to_string(to.join(day).join("calendar.ics")).unwrap();
    let ics = read("2026-11-22");
    assert!(ics.ends_with("\r\n") && !ics.replace("\r\n", "").contains(['\r', '\n']));
    assert!(ics.split("\r\n").all(|line| line.len() <= 75), "no line is longer than 75 bytes");
    let unfolded = unfold(&ics);
    let calendar = read_calendar(&unfolded).unwrap();
    let mut uids = Vec::new();
    for event in &calendar.components {
        assert_eq!(event.name, "VEVENT");
        let of = |name: &str| event.find_prop(name).map(|property| property.val.to_string()).unwrap();
        let day = |name: &str| calendar::PartialDate::parse_iso(&dashed(&of(name))).unwrap().day().unwrap();
        assert_eq!(day("DTSTART").tomorrow().unwrap(), day("DTEND"), "a whole day ends with the next one's start");
        assert_eq!(of("DTSTAMP"), "20261122T000000Z");
        uids.push(of("UID"));
    }
    let count = uids.len();
    uids.sort();
    uids.dedup();
    assert_eq!(uids.len(), count, "each event has a name of its own");
    assert!(count > 20, "{count}");
    // half a year before the same days have the same names
    let before = read("2026-05-01");
    let before = unfold(&before);
    let earlier: Vec<String> =
        read_calendar(&before).unwrap().components.iter().map(|e| e.find_prop("UID").unwrap().val.to_string()).collect();
    assert!(uids.iter().filter(|uid| !uid.contains("periodic")).all(|uid| earlier.contains(uid)));
    // the report of the EPPV in RA: it ends on 2026-05-19, six months from the approval, and two months are counted from the next day
    assert!(unfolded.contains("SUMMARY:【超過】報告書の期限（関節リウマチにおける市販直後調査）"), "{unfolded}");
    assert!(unfolded.contains("DTSTART;VALUE=DATE:20260719"));
    assert!(!before.contains("【超過】"));
}

fn dashed(day: &str) -> String {
    format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..])
}

#[test]
fn overdue_is_a_word_in_the_table_and_in_the_picture() {
    let to = output("overdue");
    built(&example("mihon"), &to, &["--document", "calendar", "--format", "text,html", "--as-of", "2026-11-22"]);
    let text = fs::read_to_string(to.join("calendar.txt")).unwrap();
    assert!(text.contains("期限を超過したものが1件ある。"), "{text}");
    assert!(
        text.contains("令和8年7月19日（日）\t報告書の期限\t関節リウマチにおける市販直後調査\t終了から2か月後（初日不算入）\t超過（126日）")
    );
    let page = fs::read_to_string(to.join("calendar.html")).unwrap();
    assert!(page.contains("2026-07-19%20超過"), "the picture says it");
    assert!(page.contains("報告書の期限 2026-07-19（126日超過）"), "and its words");
}

// shows items 5
#[test]
fn limits_are_exact_and_only_within_a_population() {
    let to = output("limits");
    built(&example("mihon"), &to, &["--document", "evidence", "--format", "text", "--as-of", "2026-11-22"]);
    let text = fs::read_to_string(to.join("evidence.txt")).unwrap();
    assert!(text.contains("様式（別紙様式1）の一部ではない"));
    let row = |study: &str, counts: &str| {
        text.lines()
            .find(|line| line.contains(study) && line.contains(&format!("\t{counts}\t")))
            .unwrap_or_else(|| panic!("{study} {counts}"))
    };
    // beta quantiles of SciPy 1: 2.8317–8.4546, 1.4288–18.6562, 2.5715–10.2840
    assert!(row("MZB-201 本剤群＋MZB-301 本剤群", "14/273").ends_with("5.1%\t2.8～8.5%"));
    assert!(row("MZB-301 本剤群/日本人集団", "3/44").ends_with("6.8%\t1.4～18.7%"));
    assert!(row("MZB-ITP01", "9/162").ends_with("5.6%\t2.6～10.3%"));
    // SLE and RA are pooled by the plan
    assert!(row("MZB-302＋MZB-323", "47/698").ends_with("示さない（対象の異なる試験の併合）"));
    let figures = fs::read_to_string(to.join("evidence.figures.json")).unwrap();
    assert!(figures.contains("\"count\": 14") && figures.contains("concerns/infection.md"));
}

#[test]
fn the_public_page_is_of_the_published_version_alone() {
    let to = output("public");
    let refused = build(&example("minimal"), &to, &["--document", "public", "--format", "html"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stdout).contains("FRM003"));
    assert!(!to.exists(), "nothing is written");
    built(&example("minimal"), &to, &["--format", "text"]);
    assert!(!to.join("public.txt").exists(), "not asked for by name, it is left out");
    // whatever the day, the page is the same: that of the version
    let mut pages = Vec::new();
    for day in ["2025-12-10", "2030-01-01"] {
        built(&example("mihon"), &to, &["--document", "public", "--format", "html", "--as-of", day]);
        pages.push(fs::read_to_string(to.join("public.html")).unwrap());
    }
    assert_eq!(pages[0], pages[1]);
    let page = &pages[0];
    for told in ["令和7年12月4日", "適正使用ガイド", "ミホンサ治療手帳", "重篤な感染症", "電子添文", "関節リウマチの市販直後調査"]
    {
        assert!(page.contains(told), "{told}");
    }
    assert!(!page.contains("<script") && !page.contains("src=\"http"), "it stands by itself");
    // what is being worked on is not published
    let next = copy("mihon", "public-next");
    edit(&next.join("plan.toml"), "[routine]\n", "[[submission]]\ndate = 2026-06-10\nchanges = \"変更\"\nreason = \"理由\"\n\n[routine]\n");
    assert_eq!(build(&next, &to, &["--document", "public", "--format", "html"]).status.code(), Some(2));
}

/// Every page the program makes, by name: of an example, of two versions compared, and of a draft with findings.
fn pages() -> Vec<(String, String)> {
    let to = output("pages");
    let options = |documents: &'static str| ["--document", documents, "--format", "html", "--as-of", "2026-11-22"];
    built(&example("mihon"), &to, &options("j-rmp,calendar,evidence,public,eu-rmp"));
    let later = copy("mihon", "pages-later");
    edit(&later.join("concerns/infection.md"), "name = \"重篤な感染症\"", "name = \"重篤な感染症（日和見感染を含む）\"");
    edit(&later.join("activities/survey-sle.md"), "target = 660", "target = 700");
    let old = example("mihon");
    let compared = [&options("old-new")[..], &["--against", old.to_str().unwrap()]].concat();
    assert!(build(&later, &to, &compared).status.code() < Some(2));
    let wrong = copy("mihon", "pages-wrong");
    edit(&wrong.join("concerns/infection.md"), "class = \"identified\"\n", "");
    edit(&wrong.join("concerns/infection.md"), "14/273", "14/13");
    assert_eq!(build(&wrong, &to.join("draft"), &options("j-rmp")).status.code(), Some(1));
    let mut pages = Vec::new();
    for (folder, kind) in [(to.clone(), ""), (to.join("draft"), "draft-")] {
        for file in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if file.extension().is_some_and(|ending| ending == "html") {
                let name = format!("{kind}{}", file.file_stem().unwrap().to_str().unwrap());
                pages.push((name, fs::read_to_string(file).unwrap()));
            }
        }
    }
    pages.sort();
    let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
    let all = ["calendar", "draft-m1-11-j-rmp", "eu-rmp", "evidence", "m1-11-j-rmp", "m1-11-old-new", "public"];
    assert_eq!(names, all);
    pages
}

#[test]
fn every_page_is_accessible_and_fits_a_telephone() {
    let mut pages = pages();
    // what this test can see: pale words, and a table that is wider than the window
    let (_, page) = pages.iter().find(|(name, _)| name == "calendar").unwrap();
    let pale = page.replace("#595959", "#dddddd").replacen("<main", "<div style=\"width:900px\">wide</div><main", 1);
    pages.push(("pale".to_owned(), pale));
    let seen = browser::shown(&output("browser"), &pages);
    assert_eq!(seen.len(), 16);
    for window in seen {
        assert!(window.kept > 15, "axe looked at almost nothing: {window:?}");
        match window.page.as_str() {
            "pale 380" => assert!(window.wrong.contains("wider than the window"), "{window:?}"),
            "pale 1280" => assert!(window.wrong.contains("color-contrast"), "{window:?}"),
            _ => assert_eq!(window.wrong, "", "{}", window.page),
        }
    }
}

#[test]
fn in_every_page_ids_are_unique_and_links_arrive() {
    for (name, page) in pages() {
        let values =
            |key: &str| -> Vec<&str> { page.split(&format!(" {key}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap()).collect() };
        let ids = values("id");
        let unique: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(unique.len(), ids.len(), "{name}");
        let links: Vec<&str> = values("href").into_iter().filter_map(|to| to.strip_prefix('#')).chain(values("popovertarget")).collect();
        assert!(!links.is_empty(), "{name}");
        for to in links {
            assert!(unique.contains(to), "{name}: {to}");
        }
    }
}

/// The marks of Japanese text in an EU-RMP.
const NO_ENGLISH: &str = "[No English]";

#[test]
fn the_european_plan_tells_every_concern_and_activity_and_what_has_no_english() {
    let to = output("eu");
    built(&example("mihon"), &to, &["--document", "eu-rmp", "--format", FORMATS, "--as-of", "2026-11-22"]);
    let text = fs::read_to_string(to.join("eu-rmp.txt")).unwrap();
    assert_eq!(text.matches(NO_ENGLISH).count(), 1, "the words that tell of the mark alone");
    let japanese = |c: char| ('\u{3040}'..='\u{30ff}').contains(&c) && c != '・' || ('\u{4e00}'..='\u{9fff}').contains(&c);
    assert!(!text.contains(japanese), "{:?}", text.lines().find(|line| line.contains(japanese)));
    let plan = example("mihon");
    for folder in ["concerns", "efficacy", "activities"] {
        for file in fs::read_dir(plan.join(folder)).unwrap().map(|entry| entry.unwrap().path()) {
            let source = fs::read_to_string(&file).unwrap();
            if let Some(name) = source.lines().find_map(|line| line.strip_prefix("name_en = \"")) {
                assert!(text.contains(name.trim_end_matches('"')), "{name}");
            }
        }
    }
    for part in ["Part I: ", "Part II: ", "Part III: ", "Part IV: ", "Part V: ", "Part VI: ", "Part VII: ", "Annex 1 ", "Annex 8 "] {
        assert!(text.contains(&format!("\n{part}")), "{part}");
    }
    for module in ["SI", "SII", "SIII", "SIV", "SV", "SVI", "SVII", "SVIII"] {
        assert!(text.contains(&format!("\nModule {module}: ")), "{module}");
    }
    assert!(text.contains("5.1% (14/273)") && !text.contains("14/273例"), "figures are printed in English");
    let page = fs::read_to_string(to.join("eu-rmp.html")).unwrap();
    assert!(page.contains("<html lang=\"en\""));
    // exposure is computed: each size leads to its study
    assert!(page.contains("<p>78 patients, MZB-201: treated 52 + placebo 26 (studies.toml:"));
    let figures = fs::read_to_string(to.join("eu-rmp.figures.json")).unwrap();
    assert!(figures.contains("\"size\": 78") && figures.contains("\"file\": \"studies.toml\""));
    assert!(page.contains("<p>3/44 MZB-301, treated, Japanese patients (concerns/infection.en.md:"), "origins are told in English");
    // what exists in Japan alone is no study of the EU
    assert!(text.contains("Category\tNone: national activity (Japan)"));
    let studies = &text[text.find("\nII.C.2 ").unwrap()..text.find("\nPart VII: ").unwrap()];
    let (studies, national) = studies.split_once("National activities (Japan) that are no studies:").unwrap();
    assert!(studies.contains("Specified use-results survey") && !studies.contains("EPPV") && national.contains("EPPV"));
    // a trial is exposure in trials, a survey is not
    let exposure = &text[text.find("\nModule SIII: ").unwrap()..text.find("\nModule SIV: ").unwrap()];
    assert!(exposure.contains("\nMZB-201\t") && !exposure.contains("MZB-ITP01") && !exposure.contains("does not say"), "{exposure}");
    // the reasons of a submission are its rationale
    assert!(text.contains("Rationale for submitting an updated RMP\t1. A new indication was approved"));
    // one passage after the other loses its English
    let folder = copy("mihon", "eu-gaps");
    edit(&folder.join("plan.toml"), "dosage_en = ", "# ");
    edit(&folder.join("concerns/infection.md"), "name_en = \"Serious infections\"\n", "");
    edit(&folder.join("concerns/infection.en.md"), "title = \"Serious infections\"\n", "");
    edit(&folder.join("concerns/infection.en.md"), "# minimisation", "# why");
    fs::remove_file(folder.join("activities/survey-sle.en.md")).unwrap();
    let out = build(&folder, &to, &["--document", "eu-rmp", "--format", "text,html", "--as-of", "2026-11-22"]);
    let told = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(out.status.code() < Some(2), "{told}");
    for gap in ["concerns/infection.en.md", "activities/survey-sle.en.md", "name_en"] {
        assert!(told.contains("FRM004") && told.contains(gap), "{gap}: {told}");
    }
    let page = fs::read_to_string(to.join("eu-rmp.html")).unwrap();
    assert!(page.contains("<span lang=\"ja\">重篤な感染症</span>"), "a name in a line");
    assert!(page.contains("<div lang=\"ja\">"), "a passage");
    assert!(page.matches(NO_ENGLISH).count() > 5);
}

#[test]
fn what_has_ended_is_told_as_completed() {
    let folder = copy("mihon", "eu-ended");
    edit(&folder.join("activities/guide.md"), "version = \"", "ended = 2025-06-01\nversion = \"第");
    let to = output("eu-ended-out");
    let out = build(&folder, &to, &["--document", "eu-rmp", "--format", "text", "--as-of", "2026-11-22"]);
    assert!(out.status.code() < Some(2), "{}", String::from_utf8_lossy(&out.stdout));
    let text = fs::read_to_string(to.join("eu-rmp.txt")).unwrap();
    let ended = &text[text.find("\nCompleted measures\n").unwrap()..];
    let ended = &ended[..ended.find("\nV.3 ").unwrap()];
    assert!(ended.contains("Proper-use guide for health care professionals"), "{ended}");
    let told = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(!told.contains("FRM004"), "the version of what has ended is not printed: {told}");
}

#[test]
fn the_form_of_the_european_plan_can_be_replaced_and_codes_are_written_for_everybody() {
    let folder = copy("mihon", "eu-form");
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../document/forms/eu-rmp/document.md");
    let form = folder.join("forms/eu-rmp/document.md");
    fs::create_dir_all(form.parent().unwrap()).unwrap();
    fs::copy(shipped, &form).unwrap();
    edit(&form, "{{ absent(\"ATC code\") }}", "L04AG99 of {{ t(holder) }}");
    edit(&folder.join("activities/guide.md"), "version = \"", "version = \"第");
    edit(&folder.join("studies.toml"), "phase = \"II\"", "phase = \"第II相\"");
    edit(&folder.join("studies.toml"), "kind = \"survey\"\n", "");
    let to = output("eu-form-out");
    let out = build(&folder, &to, &["--document", "eu-rmp", "--format", "docx,html", "--as-of", "2026-11-22"]);
    let told = String::from_utf8_lossy(&out.stdout).into_owned();
    assert_eq!(out.status.code(), Some(1), "{told}");
    let page = fs::read_to_string(to.join("eu-rmp.html")).unwrap();
    assert!(page.contains("L04AG99 of Mihon Biopharma Co., Ltd."));
    let untold = page.find("which it does not say to be clinical trials or surveys").unwrap();
    assert!(page.find("MZB-ITP01</th>").is_some_and(|row| row > untold), "no title is taken for what a study is");
    assert_eq!(told.matches("warning[FRM004]").count(), 2, "{told}");
    assert!(told.contains("Write phase in Latin letters and figures in studies.toml"), "{told}");
    assert!(page.contains("<strong>[No English]</strong> <span lang=\"ja\">第II相</span>"));
    edit(&form, "{{ t(holder) }}", "{{ nobody }}");
    let out = build(&folder, &to, &["--document", "eu-rmp", "--format", "html"]);
    let told = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(out.status.code() == Some(2) && told.contains("FRM001") && told.contains("document.md"), "{told}");
}

#[test]
fn a_plan_in_japanese_alone_is_no_european_plan_unless_asked_for() {
    let to = output("eu-japanese");
    let out = build(&example("rituximab"), &to, &["--format", "text", "--as-of", "2025-04-09"]);
    assert!(out.status.code() < Some(2));
    assert!(!to.join("eu-rmp.txt").exists());
    let out = build(&example("rituximab"), &to, &["--document", "eu-rmp", "--format", "text", "--as-of", "2025-04-09"]);
    assert_eq!(out.status.code(), Some(1), "each gap is a warning");
    let text = fs::read_to_string(to.join("eu-rmp.txt")).unwrap();
    let told = String::from_utf8_lossy(&out.stdout).into_owned();
    let gaps = told.matches("warning[FRM004]").count();
    assert!(gaps > 100 && text.matches(NO_ENGLISH).count() > gaps, "every gap is marked, some where they are told of again: {gaps}");
}

#[test]
fn hostile_names_stay_words() {
    let folder = copy("mihon", "hostile");
    let name = "</text></svg><script>alert(1)</script> \\\\n;,\\\" {{ holder }} | # **x**";
    edit(
        &folder.join("activities/survey-sle.md"),
        "name = \"全身性エリテマトーデスにおける特定使用成績調査（長期使用）\"",
        &format!("name = \"{name}\""),
    );
    edit(&folder.join("concerns/infection.md"), "name = \"重篤な感染症\"", &format!("name = \"{name}\""));
    edit(&folder.join("concerns/infection.md"), "name_en = \"Serious infections\"", &format!("name_en = \"{name}\""));
    edit(&folder.join("studies.toml"), "population = \"前治療で効果不十分な ITP\"", &format!("population = \"{name}\""));
    let to = output("hostile-out");
    let out = build(&folder, &to, &["--document", "calendar,evidence,public,eu-rmp", "--format", FORMATS, "--as-of", "2026-11-22"]);
    assert!(out.status.code() < Some(2), "{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    for document in ["calendar", "evidence", "public", "eu-rmp"] {
        let page = fs::read_to_string(to.join(format!("{document}.html"))).unwrap();
        assert!(!page.contains("<script>alert"), "{document}");
        let text = fs::read_to_string(to.join(format!("{document}.txt"))).unwrap();
        assert!(text.contains("</text></svg><script>alert(1)</script> \\n;,\" {{ holder }} | # **x**"), "{document}: as it is written");
    }
    let ics = fs::read_to_string(to.join("calendar.ics")).unwrap();
    let unfolded = unfold(&ics);
    assert!(unfolded.contains("</script> \\\\n\\;\\,\" {{ holder }}"), "escaped");
    assert!(!read_calendar(&unfolded).unwrap().components.is_empty());
}
