//! The round trip: what is built from a plan contradicts itself nowhere when it is reviewed, and importing it gives back the plan's facts.

#![expect(clippy::unwrap_used, reason = "a test")]

#[path = "../../../plan/tests/folders/generated.rs"]
mod any;
mod european;
mod facts;
mod generated;

use std::path::{Path, PathBuf};

use calendar::Date;
use diagnostic::Severity;
use document::{Form, Request, issue, text};
use plan::check::Check;
use plan::{Folder, check};
use proptest::prelude::*;
use published::import;

const DAY: Date = Date::constant(2026, 4, 1);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn folder(path: &Path) -> Folder {
    let mut all = Folder::new();
    let mut open = vec![(path.to_path_buf(), String::new())];
    while let Some((at, prefix)) = open.pop() {
        for entry in std::fs::read_dir(at).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                open.push((entry.path(), format!("{name}/")));
            } else {
                all.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    all
}

/// The J-RMP of a plan as text.
fn built(check: &Check, day: Date) -> String {
    let form = Form::shipped("j-rmp").unwrap();
    let request = Request { plan: &check.plan, findings: &check.report.findings, against: None, as_of: day, form: &form };
    text(&issue(&request).unwrap().document)
}

/// Errors and warnings of the review of a text, as code and message.
fn found(text: &str, day: Date) -> Vec<String> {
    judged(&published::read::text("m1-11-j-rmp.txt", text), day)
}

/// The same of a document that was read.
fn judged(published: &published::model::Published, day: Date) -> Vec<String> {
    let report = published::review::review(published, Some(day), day);
    let grave = report.findings.iter().filter(|finding| finding.severity <= Severity::Warning);
    grave
        .map(|f| format!("{} {} {:?}", f.code, f.message.ja, f.spans.iter().map(|s| (s.line, s.quote.as_str())).collect::<Vec<_>>()))
        .collect()
}

/// The plan that importing a text gives.
fn imported(text: &str, day: Date) -> Check {
    planned(&published::read::text("m1-11-j-rmp.txt", text), day)
}

/// The plan that importing a document gives.
fn planned(published: &published::model::Published, day: Date) -> Check {
    let files: Folder = import::plan(published).files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
    check(&files, day)
}

/// The facts of a document, once it is imported.
fn told(published: &published::model::Published) -> Vec<String> {
    facts::of(&planned(published, DAY).plan, DAY).into_iter().collect()
}

/// Facts that did not come back, and facts that came from nowhere.
fn differences(plan: &Check, day: Date) -> Vec<String> {
    let text = built(plan, day);
    let (before, after) = (facts::of(&plan.plan, day), facts::of(&imported(&text, day).plan, day));
    let lost = before.iter().filter(|fact| !after.contains(*fact)).map(|fact| format!("lost: {fact}"));
    // counts typed as words, 54 例中 48 例, are figures once they are imported
    let new =
        after.iter().filter(|fact| !fact.starts_with("count ")).filter(|fact| !before.contains(*fact)).map(|fact| format!("new: {fact}"));
    lost.chain(new).collect()
}

fn examples() -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(root().join("examples")).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.retain(|path| path.join("plan.toml").exists());
    all.sort();
    all
}

#[test]
fn the_examples_contradict_themselves_nowhere() {
    for path in examples() {
        let plan = check(&folder(&path), DAY);
        let text = built(&plan, DAY);
        let mut found = found(&text, DAY);
        // percentages whose counts the source document does not give: the plan says it too, as PLN206
        found.retain(|finding| !finding.starts_with("RMP304"));
        assert_eq!(found, Vec::<String>::new(), "{}", path.display());
    }
}

#[test]
fn the_examples_contradict_themselves_nowhere_as_word_files_and_tell_the_same_facts() {
    for path in examples() {
        let form = Form::shipped("j-rmp").unwrap();
        let check = check(&folder(&path), DAY);
        let request = Request { plan: &check.plan, findings: &check.report.findings, against: None, as_of: DAY, form: &form };
        let mut document = issue(&request).unwrap().document;
        // with a table of contents, whose lines are no second headings
        document.body.insert(0, typeset::Block::Contents { depth: 3 });
        let bytes = typeset::docx(&document, &typeset::Tokens::default()).unwrap();
        let word = published::read::document("m1-11-j-rmp.docx", &bytes).unwrap();
        let text = built(&check, DAY);
        assert_eq!(told(&word), told(&published::read::text("m1-11-j-rmp.txt", &text)), "{}", path.display());
        let mut found = judged(&word, DAY);
        found.retain(|finding| !finding.starts_with("RMP304"));
        assert_eq!(found, Vec::<String>::new(), "{}", path.display());
    }
}

#[cfg(all(feature = "pdf", feature = "pdf-output"))]
#[test]
fn the_examples_contradict_themselves_nowhere_as_pdf_and_tell_the_same_facts() {
    for path in examples() {
        let form = Form::shipped("j-rmp").unwrap();
        let check = check(&folder(&path), DAY);
        let request = Request { plan: &check.plan, findings: &check.report.findings, against: None, as_of: DAY, form: &form };
        let bytes = typeset::pdf(&issue(&request).unwrap().document, &typeset::Tokens::default()).unwrap();
        let pdf = published::read::document("m1-11-j-rmp.pdf", &bytes).unwrap();
        let text = built(&check, DAY);
        assert_eq!(told(&pdf), told(&published::read::text("m1-11-j-rmp.txt", &text)), "{}", path.display());
        let mut found = judged(&pdf, DAY);
        found.retain(|finding| !finding.starts_with("RMP304"));
        assert_eq!(found, Vec::<String>::new(), "{}", path.display());
    }
}

#[test]
fn the_examples_come_back() {
    for path in examples() {
        assert_eq!(differences(&check(&folder(&path), DAY), DAY), Vec::<String>::new(), "{}", path.display());
    }
}

/// The examples told in English, in Japanese, and as they begin: every concern and activity of them is in their EU-RMP.
#[test]
fn the_european_plan_of_the_examples_tells_all_and_marks_what_has_no_english() {
    for path in examples() {
        let (wrong, gaps) = european::wrong(&check(&folder(&path), DAY), DAY);
        assert_eq!(wrong, Vec::<String>::new(), "{}", path.display());
        assert_eq!(gaps.is_empty(), path.ends_with("mihon"), "{}", path.display());
    }
}

/// What is read of a Word file, imported and built is what was read of it, whatever it contradicts itself in.
#[test]
fn imported_plans_come_back() {
    let plans = std::fs::read_dir(root().join("plans")).unwrap().map(|entry| entry.unwrap().path());
    let mut plans: Vec<PathBuf> = plans.filter(|path| path.extension().is_some_and(|ending| ending == "docx")).collect();
    plans.sort();
    let mut wrong = Vec::new();
    for path in plans {
        let published = published::read::document("plan.docx", &std::fs::read(&path).unwrap()).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        wrong.extend(differences(&planned(&published, DAY), DAY).into_iter().map(|difference| format!("{name}: {difference}")));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn generated_plans_come_back_and_contradict_themselves_nowhere(files in generated::plan()) {
        let plan = check(&files.into_iter().collect(), DAY);
        let wrong: Vec<_> = plan.report.findings.iter().filter(|f| f.severity == Severity::Error).map(|f| &f.message.ja).collect();
        prop_assert!(wrong.is_empty(), "the generator writes wrong plans: {wrong:?}");
        let text = built(&plan, DAY);
        prop_assert_eq!(found(&text, DAY), Vec::<String>::new(), "{}", text);
        prop_assert_eq!(differences(&plan, DAY), Vec::<String>::new(), "{}", text);
        let (wrong, gaps) = european::wrong(&plan, DAY);
        prop_assert_eq!(wrong, Vec::<String>::new());
        prop_assert!(!gaps.is_empty(), "they have no English");
    }

    /// Whatever stands in a plan, and whatever is wrong with it: every document is made, as HTML and for Word.
    #[test]
    fn every_document_is_made_of_any_plan_that_can_be_read(files in any::plan()) {
        let check = check(&files, DAY);
        let tokens = typeset::Tokens::default();
        let form = |name| Form::shipped(name).unwrap();
        let forms = [form("j-rmp"), form("calendar"), form("evidence"), form("eu-rmp")];
        for (n, form) in forms.iter().enumerate() {
            let request = Request { plan: &check.plan, findings: &check.report.findings, against: None, as_of: DAY, form };
            let made = match n {
                0 => issue(&request),
                1 => document::agenda::calendar_of(&request),
                2 => document::evidence::evidence(&request),
                _ => document::eu::eu_rmp(&request).map(|(issue, gaps)| {
                    // what has no English is marked where it stands, and told of
                    let marks = text(&issue.document).matches("[No English]").count() - 1;
                    assert_eq!(marks == 0, gaps.is_empty(), "{marks} marks, {} findings", gaps.len());
                    issue
                }),
            };
            let made = made.map_err(|mistakes| TestCaseError::fail(format!("{mistakes:?}")))?;
            prop_assert!(!typeset::html(&made.document, &tokens).is_empty());
            prop_assert!(typeset::docx(&made.document, &tokens).is_ok());
        }
    }
}
