//! What changed between two plans.

#![expect(clippy::unwrap_used, reason = "a test")]

mod folders;

use plan::Folder;
use plan::difference::{Change, Piece, apply, difference};
use plan::read::read;
use proptest::prelude::*;

fn replaced(edits: &[(&str, &str, &str)]) -> Folder {
    let mut folder = folders::minimal();
    for (path, from, to) in edits {
        let text = String::from_utf8(folder.get(path).unwrap().to_vec()).unwrap();
        assert!(text.contains(from), "{path}: {from}");
        folder.insert(*path, text.replacen(from, to, 1));
    }
    folder
}

fn changes_to(new: &Folder) -> Vec<Change> {
    let (a, b) = (read(&folders::minimal()).plan, read(new).plan);
    let found = difference(&a, &b);
    assert!(read(&apply(&found, &a)).plan == b);
    for change in &found.changes {
        assert!(!change.message.ja.is_empty() && !change.message.en.is_empty(), "{change:?}");
        assert!(!change.message.ja.contains('{') && !change.message.en.contains('{'), "{change:?}");
    }
    found.changes
}

/// Kind, message in English and the rule by which it is minor.
fn told(edits: &[(&str, &str, &str)]) -> Vec<String> {
    let changes = changes_to(&replaced(edits));
    changes.iter().map(|c| format!("{} [{}] {}", c.kind, c.minor.map_or("-", |minor| minor.name), c.message.en)).collect()
}

#[test]
fn a_plan_does_not_differ_from_itself() {
    for (name, folder) in folders::all() {
        let plan = read(&folder).plan;
        let found = difference(&plan, &plan);
        assert!(found.is_empty() && found.changes.is_empty() && !found.is_minor(), "{name}");
        assert!(read(&apply(&found, &plan)).plan == plan, "{name}: what it states can be written");
    }
}

#[test]
fn concerns() {
    let concern = "concerns/infection.md";
    assert_eq!(
        told(&[(concern, "class = \"identified\"", "class = \"potential\""), (concern, "name = \"重篤な感染症\"", "name = \"感染症\"")]),
        [
            "concern-reclassified [-] safety concern “serious infections” reclassified from important identified risk to important potential risk",
            "concern-renamed [-] safety concern “重篤な感染症” renamed to “感染症”",
        ]
    );
    assert_eq!(
        told(&[(concern, "\"敗血症\"", "\"敗血症\", \"蜂巣炎\"")]),
        ["value-added [not-printed] safety concern “serious infections”: terms of MedDRA that it covers added (蜂巣炎)"]
    );
    assert_eq!(
        told(&[(concern, "patient_guide", "indications = [1]\npatient_guide")]),
        ["indications-changed [-] safety concern “serious infections”: indications concerned: now “1 Mihon syndrome”"]
    );
    let mut folder = folders::minimal();
    folder.insert("concerns/pml.md", "+++\nclass = \"potential\"\nname = \"PML\"\n+++\n# 理由\n類薬で報告がある。\n");
    let changes = changes_to(&folder);
    assert_eq!(changes.len(), 1);
    let change = &changes[0];
    assert_eq!(
        (change.kind.as_str(), change.message.ja.as_str(), change.minor.is_none()),
        ("concern-added", "安全性検討事項「PML」を追加", true)
    );
    assert!(change.old.span.is_none() && change.new.span.as_ref().unwrap().file == "concerns/pml.md");
}

#[test]
fn activities() {
    let survey = "activities/survey.md";
    assert_eq!(
        told(&[(survey, "target = 300", "target = 400")]),
        ["target-raised [-] activity “General use-results survey in Mihon syndrome”: target raised from 300 to 400"]
    );
    let s = "activity “General use-results survey in Mihon syndrome”";
    assert_eq!(
        told(&[(survey, "end = 2030-03-31", "end = 2031-03-31")]),
        [format!("period-moved [-] {s}: period of the survey changed from “2026-04-01 to 2030-03-31” to “2026-04-01 to 2031-03-31”")]
    );
    assert_eq!(
        told(&[(survey, "due = { on = \"end\", months = 6 }", "due = { on = \"end\", months = 3 }")]),
        [format!(
            "report-date [-] {s}: report “最終報告書”, when it is due changed from “6 months after the end of the activity” to “3 months after the end of the activity”"
        )]
    );
    assert_eq!(told(&[(survey, "method =", "ended = 2030-03-31\nmethod =")]), [format!("activity-ended [status] {s} ended on 2030-03-31")]);
    assert_eq!(
        told(&[(survey, "concerns = [\"infection\"]", "")]),
        [format!("coverage-removed [-] {s} no longer covers “serious infections”")]
    );
    let milestone = "[[milestone]]\nwhen = { on";
    let more = format!("[[milestone]]\nwhen = {{ on = \"registered\", count = 100 }}\ntext = \"100例登録時\"\n\n{milestone}");
    let changes = changes_to(&replaced(&[(survey, milestone, &more)]));
    assert_eq!(changes.len(), 1, "{changes:#?}");
    assert_eq!(
        (changes[0].kind.as_str(), changes[0].new.stated.as_ref().unwrap().ja.as_str()),
        ("milestone-added", "時期 症例の登録（100 例）、一覧に印刷する文言 100例登録時")
    );
    assert_eq!(
        told(&[("activities/guide.md", "version = \"1.0\"", "version = \"2.0\"")])[0].split(" activity").next().unwrap(),
        "material-version [material-only]"
    );
}

#[test]
fn the_product_and_its_history() {
    let plan = "plan.toml";
    let kinds = |edits: &[(&str, &str, &str)]| -> Vec<String> {
        told(edits).iter().map(|line| line.split("] ").next().unwrap().to_owned() + "]").collect()
    };
    assert_eq!(
        kinds(&[(plan, "reexamination = { years = 8 }", "approved = 2025-09-19\nreexamination = { years = 10 }")]),
        ["approval-date [approval-facts]", "re-examination-changed [-]"]
    );
    assert_eq!(
        kinds(&[(
            plan,
            "[[submission]]",
            "[[event]]\ndate = 2026-03-27\nkind = \"approval\"\ntext = \"効能追加\"\n\n[[submission]]\nversion = \"2.0\"\ndate = 2026-04-09\nchanges = \"a\"\nreason = \"b\"\n\n[[submission]]"
        )]),
        ["event-added [approval-facts]", "submission-added [record]"]
    );
    assert_eq!(
        told(&[(plan, "適切に実施すること。\"", "適切に実施すること。\"\nlifted = 2026-04-01")]),
        ["condition-lifted [-] condition of approval “rmp” lifted on 2026-04-01"]
    );
    assert_eq!(kinds(&[(plan, "電子添文及び", "電子添文、")]), ["routine-reworded [-]"]);
    assert_eq!(kinds(&[(plan, "電子添文及び患者向医薬品ガイド", "電子添文及び、患者向医薬品ガイド")]), ["routine-reworded [typography]"]);
    assert_eq!(
        kinds(&[(plan, "[[condition]]", "[[indication]]\nid = 2\nname = \"見本病\"\nreexamination = \"none\"\n\n[[condition]]")]),
        ["indication-added [-]"]
    );
    assert_eq!(kinds(&[("studies.toml", "size = 84", "size = 85")]), ["study-size [-]"]);
    let none = changes_to(&replaced(&[(plan, "reexamination = { years = 8 }", "reexamination = \"none\"")]));
    assert!(none[0].message.ja.ends_with("再審査期間を「8年」から「なし」に変更"), "{}", none[0].message.ja);
}

#[test]
fn a_sentence_is_reworded() {
    let changes = changes_to(&replaced(&[
        ("activities/survey.md", "例数として 300 例を登録する。", "例数として、中止を見込み 320 例を登録する。"),
        (
            "concerns/infection.md",
            "感染症があらわれやすくなるおそれがある。",
            "感染症があらわれやすくなるおそれがある。\n定期的な観察を要する。",
        ),
    ]));
    assert_eq!(changes.len(), 2, "{changes:?}");
    assert_eq!(
        (changes[0].kind.as_str(), changes[0].new.stated.as_ref().unwrap().ja.as_str()),
        ("sentence-added", "定期的な観察を要する。")
    );
    let change = &changes[1];
    assert_eq!((change.kind.as_str(), change.path.as_str()), ("sentence-reworded", "prose.rationale"));
    assert!(change.pieces.contains(&Piece::Removed("300".to_owned())) && change.pieces.contains(&Piece::Added("320".to_owned())));
    let (old, new) = (change.old.span.as_ref().unwrap(), change.new.span.as_ref().unwrap());
    assert_eq!((old.file.as_str(), old.line == new.line, old.line > Some(40)), ("activities/survey.md", true, true));
}

/// What the rules count as minor, and what looks like it and is not.
#[test]
fn minor_changes_and_those_that_are_not() {
    let minor = |path: &str, from: &str, to: &str| {
        let changes = changes_to(&replaced(&[(path, from, to)]));
        assert!(!changes.is_empty(), "{path}: {from}");
        changes.iter().map(|change| change.minor.map(|minor| minor.name)).collect::<Vec<_>>()
    };
    let (plan, survey) = ("plan.toml", "activities/survey.md");
    assert_eq!(minor(plan, "電子添文及び", "電子添文 及び"), [Some("typography")]);
    assert_eq!(minor(survey, "例数として 300 例", "例数として 300例"), [Some("typography")]);
    assert_eq!(minor(survey, "例数として 300 例", "例数として 3,00 例"), [None], "another number is no typography");
    assert_eq!(minor(survey, "method =", "started = 2026-04-01\nmethod ="), [Some("status")]);
    assert_eq!(minor(survey, "end = 2030-03-31", "end = 2030-04-30"), [None], "the plan of it is changed");
    assert_eq!(minor("activities/guide.md", "version = \"1.0\"", "version = \"1.1\""), [Some("material-only")]);
    assert_eq!(minor("activities/guide.md", "concerns = [\"infection\"]", "concerns = []"), [None]);
    assert_eq!(minor("concerns/infection.md", "class = \"identified\"", "class = \"potential\""), [None]);
    assert_eq!(minor("studies.toml", "size = 84", "size = 85"), [None]);
}

fn between(old: &Folder, new: &Folder) -> Vec<Change> {
    difference(&read(old).plan, &read(new).plan).changes
}

fn edited(folder: &Folder, path: &str, from: &str, to: &str) -> Folder {
    let mut folder = folder.clone();
    let text = String::from_utf8(folder.get(path).unwrap().to_vec()).unwrap();
    assert!(text.contains(from), "{path}: {from}");
    folder.insert(path, text.replacen(from, to, 1));
    folder
}

/// What is recorded is minor only if it is what the plan said.
#[test]
fn only_what_went_as_planned_is_minor() {
    let minor = |example: &str, path: &str, from: &str, to: &str| {
        let old = folders::example(example);
        let changes = between(&old, &edited(&old, path, from, to));
        changes.iter().map(|change| (change.kind.clone(), change.minor.map(|minor| minor.name))).collect::<Vec<_>>()
    };
    let told = |kind: &str, name: Option<&'static str>| vec![(kind.to_owned(), name)];
    // its period ends on 2028-03-31
    let survey = |rest: &str| minor("mihon", "activities/survey-sle.md", "method =", &format!("{rest}\nmethod ="));
    assert_eq!(survey("ended = 2028-03-31"), told("activity-ended", Some("status")));
    assert_eq!(survey("ended = \"2028-03\""), told("activity-ended", Some("status")));
    assert_eq!(survey("ended = 2026-12-28"), told("activity-ended", None));
    assert_eq!(survey("started = 2021-06-01"), told("activity-started", None));
    // due six months after it
    let due = "due = { on = \"end\", months = 6 }";
    let report = |made: &str| minor("mihon", "activities/survey-sle.md", due, &format!("{due}\nmade = {made}"));
    assert_eq!(report("2028-09-30"), told("report-made", Some("status")));
    assert_eq!(report("2028-10-02"), told("report-made", None));
    let event = |kind: &str| {
        let event = format!("[[event]]\ndate = 2026-03-27\nkind = \"{kind}\"\ntext = \"経緯\"\n\n[[abbreviation]]");
        minor("rituximab", "plan.toml", "[[abbreviation]]", &event)
    };
    assert_eq!(event("approval"), told("event-added", Some("approval-facts")));
    for kind in ["condition-lifted", "re-examination-result", "renamed", "change", "other"] {
        assert_eq!(event(kind), told("event-added", None), "{kind}");
    }
    let counted = minor("mihon", "activities/survey-sle.md", "counted = \"registered\"", "counted = \"forms\"");
    assert_eq!(counted, told("value-changed", None));
}

#[test]
fn a_translation_that_is_only_wrapped_otherwise() {
    let old = folders::example("mihon");
    let text = String::from_utf8(old.get("concerns/pml.en.md").unwrap().to_vec()).unwrap();
    let mut new = old.clone();
    new.insert("concerns/pml.en.md", text.replace(". ", ".  \n"));
    let changes = between(&old, &new);
    let told: Vec<_> = changes.iter().map(|change| (change.kind.as_str(), change.minor.map(|minor| minor.name))).collect();
    assert_eq!(told, [("translation-rewrapped", Some("not-printed"))]);
    new.insert("concerns/pml.en.md", text.replace(". ", ". Indeed "));
    assert_eq!(between(&old, &new)[0].kind, "translation-changed");
}

#[test]
fn another_id_is_told_by_both_ids() {
    let old = folders::example("rituximab");
    let mut new = edited(&old, "plan.toml", "activity = \"guide-nephrotic\"", "activity = \"guide-nephrosis\"");
    let bytes = new.remove("activities/guide-nephrotic.md").unwrap();
    new.insert("activities/guide-nephrosis.md", bytes);
    let changes = between(&old, &new);
    let told: Vec<_> = changes.iter().map(|change| (change.kind.as_str(), change.path.as_str())).collect();
    assert_eq!(told, [("id-changed", "activity"), ("id-changed", "id")]);
    for change in &changes {
        assert!(change.message.ja.ends_with("ID を guide-nephrotic から guide-nephrosis に変更"), "{}", change.message.ja);
    }
}

/// The rules are those of the notice of 2022: of a plan before it none is told to be minor by them.
#[test]
fn minor_changes_have_their_time() {
    let at = |day: &str| {
        let mut folder = replaced(&[("activities/survey.md", "method =", "started = 2026-04-01\nmethod =")]);
        let text = String::from_utf8(folder.get("plan.toml").unwrap().to_vec()).unwrap();
        folder.insert("plan.toml", text.replace("date = 2025-10-06", &format!("date = {day}")));
        changes_to(&folder).into_iter().find(|change| change.kind == "activity-started").unwrap().minor.is_some()
    };
    assert!(at("2022-05-01"));
    assert!(!at("2022-04-30"));
}

#[test]
fn comments_state_nothing() {
    let comment = "感染症があらわれやすくなるおそれがある。";
    let with = |text: &str| replaced(&[("concerns/infection.md", comment, &format!("{comment}{text}"))]);
    assert!(changes_to(&with("<!-- 要確認 {{ 1/2 }} -->\n<!--\n# 監視\n-->")).is_empty());
    let changes = changes_to(&with("<!-- 要確認 -->観察を要する。"));
    assert_eq!(changes.len(), 1);
    assert_eq!((changes[0].kind.as_str(), changes[0].new.stated.as_ref().unwrap().ja.as_str()), ("sentence-added", "観察を要する。"));
    assert!(changes[0].new.span.as_ref().unwrap().quote.contains("観察を要する。"));
}

#[test]
fn another_id_is_not_another_concern() {
    let mut folder = replaced(&[
        ("activities/survey.md", "concerns = [\"infection\"]", "concerns = [\"infections\"]"),
        ("activities/guide.md", "concerns = [\"infection\"]", "concerns = [\"infections\"]"),
    ]);
    let bytes = folder.remove("concerns/infection.md").unwrap();
    folder.insert("concerns/infections.md", bytes);
    let changes = changes_to(&folder);
    assert!(changes.iter().all(|change| change.kind == "id-changed" && change.minor.is_some()), "{changes:#?}");
    assert_eq!(changes.len(), 3);
}

proptest! {
    /// Whatever two plans state, applying their difference to the one gives the other.
    #[test]
    fn applying_a_difference_gives_the_new_plan(
        example in any::<prop::sample::Index>(),
        a in prop::collection::vec((0usize..64, folders::edits()), 0..3),
        b in prop::collection::vec((0usize..64, folders::edits()), 0..4),
        gone in prop::option::of(0usize..64),
    ) {
        let examples = folders::all();
        let example = &examples[example.index(examples.len())].1;
        let edited = |edits: &[(usize, Vec<folders::Edit>)]| {
            let mut folder = example.clone();
            for (which, edits) in edits {
                let (path, bytes) = folders::file_of(example, *which, edits);
                folder.insert(path, bytes);
            }
            folder
        };
        let mut new = edited(&b);
        if let Some(gone) = gone {
            let path = folders::file_of(example, gone, &[]).0;
            new.remove(&path);
        }
        let (a, b) = (read(&edited(&a)).plan, read(&new).plan);
        let found = difference(&a, &b);
        prop_assert_eq!(found.is_empty(), a == b);
        prop_assert_eq!(found.is_empty(), found.changes.is_empty());
        let applied = read(&apply(&found, &a)).plan;
        prop_assert!(applied == b, "{:#?}", difference(&b, &applied).changes);
        prop_assert!(difference(&b, &applied).is_empty());
    }
}
