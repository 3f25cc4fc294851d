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
fn a_plan_is_compared_with_an_earlier_version_of_itself_only() {
    let (old, new) = versions("earlier");
    let minimal = plan("another-product");
    let refused = |folder: &Path, against: &Path, words: &str| {
        let output = build(folder, &["--document", "j-rmp,old-new", "--against", against.to_str().unwrap(), "--format", "text"]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(words) && !folder.join("out").exists(), "{said}");
    };
    refused(&new, &minimal, "is of another product");
    let file = new.join("plan.toml");
    let later = "\n[[submission]]\nversion = \"9.0\"\ndate = 2026-06-01\nchanges = \"x\"\nreason = \"y\"\n";
    fs::write(&file, fs::read_to_string(&file).unwrap() + later).unwrap();
    refused(&old, &new, "is newer than the one to build");
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
    let built = build(&new, &["--document", "j-rmp", "--against", &against, "--format", "html", "--as-of", "2026-06-01"]);
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
        ("一\n二 {% if lists %}三\n四\n", 2),
        ("一\n二 {{ holder\n四\n", 2),
        ("一\n{{ holder | no_such_filter }}\n", 2),
        ("一\n\n{% include \"no-such-file.md\" %}\n", 3),
        ("一\n{% include \"attachments.md\" %}\n", 2),
        ("一\n{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}\n", 2),
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
fn looks_can_be_replaced_in_all_formats_and_their_mistakes_point_into_the_file() {
    let folder = plan("looks");
    let file = folder.join("forms/tokens.toml");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, "[sizes]\ntext = 13.5\n\n[light]\nink = \"#123456\"\n").unwrap();
    assert_eq!(build(&folder, &["--document", "j-rmp", "--format", "html,docx"]).status.code(), Some(0));
    let page = fs::read_to_string(folder.join("out/m1-11-j-rmp.html")).unwrap();
    assert!(page.contains("13.5pt") && page.contains("#123456"));
    let word = fs::read(folder.join("out/m1-11-j-rmp.docx")).unwrap();
    let mut word = zip::ZipArchive::new(std::io::Cursor::new(word)).unwrap();
    let styles = std::io::read_to_string(word.by_name("word/styles.xml").unwrap()).unwrap();
    assert!(styles.contains("w:val=\"27\"") && styles.contains("123456"), "half points, and the colour");
    for (wrong, line) in [("[sizes]\ntext = 900\n", 2), ("\n[colours]\n", 2), ("[light]\n\nink = \"blue-ish\"\n", 3), ("[sizes\n", 1)] {
        fs::write(&file, wrong).unwrap();
        let before = fs::read(folder.join("out/m1-11-j-rmp.html")).unwrap();
        let built = build(&folder, &["--document", "j-rmp", "--format", "html"]);
        assert_eq!(built.status.code(), Some(2), "{wrong}");
        let told = String::from_utf8_lossy(&built.stdout).into_owned();
        assert!(told.contains("tokens.toml") && told.contains(&format!("line {line}")), "{wrong}: {told}");
        assert_eq!(fs::read(folder.join("out/m1-11-j-rmp.html")).unwrap(), before, "nothing is written");
    }
    // a folder of forms that is given may have its looks too
    let given = folder.join("given");
    fs::create_dir_all(&given).unwrap();
    fs::write(&file, "[sizes]\ntext = 13.5\n\n[light]\nink = \"#123456\"\n").unwrap();
    fs::create_dir_all(given.join("j-rmp")).unwrap();
    fs::write(given.join("tokens.toml"), "[sizes]\ntext = 12.5\n").unwrap();
    fs::write(given.join("j-rmp/holdr.md"), "違う名\n").unwrap();
    let more = ["--document", "j-rmp", "--format", "html", "--forms"];
    let built = build(&folder, &[&more[..], &[given.to_str().unwrap()]].concat());
    assert_eq!(built.status.code(), Some(0));
    let page = fs::read_to_string(folder.join("out/m1-11-j-rmp.html")).unwrap();
    assert!(page.contains("12.5pt") && page.contains("#123456"), "laid over those of the plan");
    let told = String::from_utf8_lossy(&built.stderr).into_owned();
    assert!(told.contains("holdr.md belongs to no form") || told.contains("holdr.md はどの様式にも"), "{told}");
}

#[test]
fn what_is_inserted_is_never_markdown() {
    let folder = plan("markdown");
    edit(&folder.join("plan.toml"), "[holder]\nname = \"", "[holder]\nname = \"| # <2> **:::page** {{ holder }} ");
    build(&folder, &["--format", "text"]);
    let text = fs::read_to_string(folder.join("out/m1-11-j-rmp.txt")).unwrap();
    assert!(text.contains("| # <2> **:::page** {{ holder }} "), "as it is written");
}

/// A version that comes after another: a target raised, a reason reworded, a mark taken out, a concern new, the submission recorded.
fn later_version(folder: &Path) {
    let survey = folder.join("activities/survey-sle.md");
    edit(&survey, "target = 660", "target = 720");
    edit(&survey, "660 例を登録する", "720 例を登録する");
    edit(&survey, "registered = 660", "registered = 720");
    edit(&survey, "  \"long-term\",", "  \"liver\",\n  \"long-term\",");
    let infection = folder.join("concerns/infection.md");
    edit(&infection, "起こしやすくし、又は", "起こしやすくし又は");
    edit(&infection, "肺の合併症などの背景", "肺の合併症、糖尿病などの背景");
    let liver = "+++\nclass = \"potential\"\nname = \"肝機能障害\"\norder = 95\n+++\n# 理由\nALT の上昇が認められた。\n\n# 監視\n{{ @survey-sle }}で見守る。\n\n# 最小化\n情報の集積を待つ。\n";
    fs::write(folder.join("concerns/liver.md"), liver).unwrap();
    let submission = "[[submission]]\nversion = \"4.0\"\ndate = 2026-06-10\nchanges = '''\n1. 肝機能障害の追加\n2. 全身性エリテマトーデスの特定使用成績調査（長期使用）の目標症例数の変更\n'''\nreason = '''\n1. 監視を要すると判断したため\n2. 脱落が想定を上回ったため\n'''\n\n[routine]\n";
    edit(&folder.join("plan.toml"), "[routine]\n", submission);
}

/// Two copies of the invented example, the second a later version.
fn versions(name: &str) -> (PathBuf, PathBuf) {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("build").join(name);
    let _ = fs::remove_dir_all(&root);
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/mihon");
    for version in ["old", "new"] {
        for part in ["", "concerns", "activities", "efficacy"] {
            fs::create_dir_all(root.join(version).join(part)).unwrap();
            for file in fs::read_dir(example.join(part)).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
                fs::copy(&file, root.join(version).join(part).join(file.file_name().unwrap())).unwrap();
            }
        }
    }
    (root.join("old"), root.join("new"))
}

/// The rows of the comparison, as lines of its text.
fn compared(old: &Path, new: &Path, more: &[&str]) -> (Vec<String>, Output) {
    let against = old.to_string_lossy().into_owned();
    let mut options = vec!["--document", "old-new", "--against", &against, "--format", "text"];
    options.extend(more);
    let built = build(new, &options);
    let text = fs::read_to_string(new.join("out/m1-11-old-new.txt")).unwrap_or_default();
    (text.lines().map(str::to_owned).collect(), built)
}

#[test]
fn the_comparison_holds_what_changed_with_its_reason_or_its_rule() {
    let (old, new) = versions("old-new");
    later_version(&new);
    let (lines, built) = compared(&old, &new, &[]);
    let row =
        |words: &[&str]| lines.iter().find(|line| words.iter().all(|word| line.contains(word))).unwrap_or_else(|| panic!("{words:?}"));
    assert!(row(&["【実施計画】", "目標症例数：660例", "目標症例数：720例"]).ends_with("脱落が想定を上回ったため"));
    assert!(row(&["5.1 ", "660例", "720例"]).ends_with("脱落が想定を上回ったため"));
    assert!(row(&["起こしやすくし又は"]).ends_with("軽微変更：誤記や体裁の直し"));
    assert!(row(&["肝機能障害", "（記載なし）", "ALT の上昇"]).ends_with("監視を要すると判断したため"));
    assert!(row(&["糖尿病"]).ends_with('\t'), "its reason is left to a person");
    assert!(row(&["実施予定", "実施中"]).contains("軽微変更：計画どおり"), "its day has come");
    assert!(!lines.iter().any(|line| line.contains("悪性腫瘍は")), "what did not change is not there");
    assert_eq!(built.status.code(), Some(1));
    let told = String::from_utf8_lossy(&built.stdout).into_owned();
    assert_eq!(told.matches("FRM002]").count(), 1, "{told}");
    assert!(told.contains("infection.md") && !told.contains("0 rules"), "{told}");
}

#[test]
fn what_was_taken_out_is_shown_where_it_stood() {
    let (old, new) = versions("old-new-taken-out");
    for file in ["concerns/pml.md", "concerns/pml.en.md"] {
        std::fs::remove_file(new.join(file)).unwrap();
    }
    let (_, built) = compared(&old, &new, &["--as-of", "2025-12-04"]);
    let told = String::from_utf8_lossy(&built.stdout).into_owned();
    assert!(told.contains(&format!("{}", old.join("concerns/pml.md").display())), "{told}");
    assert!(!told.contains(&format!("{}", new.join("concerns/pml.md").display())), "{told}");
}

#[test]
fn two_equal_versions_are_said_to_be_equal_and_one_alone_is_not_compared() {
    let (old, new) = versions("old-new-same");
    let (lines, built) = compared(&old, &new, &["--as-of", "2025-12-04"]);
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stderr));
    assert!(lines.iter().any(|line| line.contains("変更はない")), "{lines:?}");
    let alone = build(&new, &["--document", "old-new"]);
    assert_eq!(alone.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&alone.stderr).contains("--against"));
}

#[test]
fn a_day_after_the_last_submission_is_that_of_the_next() {
    let (plan, _) = versions("next");
    let dates = |more: &[&str]| {
        build(&plan, &[&["--document", "j-rmp", "--format", "text"], more].concat());
        let text = fs::read_to_string(plan.join("out/m1-11-j-rmp.txt")).unwrap();
        let after = |label: &str| text.split_once(label).unwrap().1.lines().next().unwrap().trim().to_owned();
        (after("提出年月日"), after("前回提出日："))
    };
    assert_eq!(dates(&[]), ("令和7年12月4日".to_owned(), "令和4年1月7日".to_owned()));
    assert_eq!(dates(&["--as-of", "2026-06-10"]), ("令和8年6月10日".to_owned(), "令和7年12月4日".to_owned()));
}

#[cfg(not(feature = "pdf-output"))]
#[test]
fn without_pdf_the_program_says_so() {
    let folder = plan("no-pdf");
    let built = build(&folder, &["--format", "pdf"]);
    assert_eq!(built.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&built.stderr).contains("not built into this program"));
    assert!(!folder.join("out").exists());
}

#[cfg(feature = "pdf-output")]
#[test]
fn pdf_is_built_and_the_comparison_tells_its_pages() {
    let (old, new) = versions("pdf");
    later_version(&new);
    let (lines, _) = compared(&old, &new, &[]);
    let page = |line: &str, side: &str| line.split_once(side).unwrap().1.split([' ', '\t']).next().unwrap().parse::<u32>().unwrap();
    let row = lines.iter().find(|line| line.contains("目標症例数：660例")).unwrap();
    assert!(page(row, "前 ") > 3 && page(row, "後 ") >= page(row, "前 "), "{row}");
    assert_eq!(build(&new, &["--format", "pdf"]).status.code(), Some(0));
    let pdf = fs::read(new.join("out/m1-11-j-rmp.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    build(&new, &["--format", "pdf"]);
    assert_eq!(pdf, fs::read(new.join("out/m1-11-j-rmp.pdf")).unwrap(), "the same bytes");
}

#[cfg(feature = "pdf-output")]
#[test]
fn every_example_is_built_as_pdf() {
    for example in ["rituximab", "mihon", "minimal"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(example);
        let output = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("build-example-{example}"));
        let built = build(&folder, &["--format", "pdf", "-o", output.to_str().unwrap()]);
        assert_eq!(built.status.code(), Some(0), "{example}: {}", String::from_utf8_lossy(&built.stderr));
        assert!(fs::read(output.join("m1-11-j-rmp.pdf")).unwrap().starts_with(b"%PDF-"), "{example}");
    }
}
