//! The manual of the language and its schemas are generated from the declarations, and are current.
//! `MIMAMORI_WRITE=1 cargo test -p plan --test language` writes them anew.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::fmt::Write as _;
use std::path::PathBuf;

use plan::Folder;
use plan::check::check;
use plan::prose::SectionKind;
use plan::shape::{Key, Shape, Type, manual};
use plan::tables::{FILES, schemas};

const DAY: calendar::Date = calendar::Date::constant(2026, 4, 1);

fn keep_current(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("manual").join(name);
    if std::env::var_os("MIMAMORI_WRITE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(there == text, "{} is not current: MIMAMORI_WRITE=1 cargo test -p plan --test language", path.display());
}

fn sections() -> String {
    let mut out = String::from("## 節 / sections\n\n| 見出し / heading | ファイル / file | 意味 / meaning |\n|---|---|---|\n");
    for kind in SectionKind::ALL {
        let mut files = Vec::new();
        for (name, held) in
            [("concerns", SectionKind::CONCERN), ("efficacy", SectionKind::EFFICACY), ("activities", SectionKind::SURVEILLANCE)]
        {
            if held.contains(&kind) {
                files.push(name);
            }
        }
        let ((ja, en), (doc_ja, doc_en)) = (kind.words(), kind.doc());
        writeln!(out, "| `# {ja}` `# {en}` | {} | {doc_ja}<br>{doc_en} |", files.join(", ")).unwrap();
    }
    out
}

#[test]
fn the_manual_is_current() {
    let text = format!("{}\n{}\n{}", include_str!("../src/manual_head.md"), manual(FILES), sections());
    keep_current("language.md", &text);
}

#[test]
fn the_schemas_are_current() {
    let schemas = schemas();
    assert_eq!(schemas.iter().count(), FILES.len());
    for (name, bytes) in schemas.iter() {
        let text = std::str::from_utf8(bytes).unwrap();
        let schema: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(schema["$id"], format!("urn:mimamori:plan:1:{}", name.trim_end_matches(".schema.json")));
        keep_current(name, text);
    }
}

/// The tables within a table.
fn inner(of: &Type) -> Vec<&'static Shape> {
    match of {
        Type::Table(shape) => vec![*shape],
        Type::List(of) | Type::Several(of) => inner(of),
        Type::Either(types) => types.iter().flat_map(inner).collect(),
        _ => Vec::new(),
    }
}

fn every_key(shape: &'static Shape, visit: &mut impl FnMut(&'static Shape, &'static Key)) {
    for key in shape.keys {
        visit(shape, key);
        inner(&key.kind).into_iter().for_each(|shape| every_key(shape, visit));
    }
}

#[test]
fn keys_are_documented_in_both_languages() {
    for (_, shape) in FILES {
        every_key(shape, &mut |shape, key| {
            let (ja, en) = (key.doc.0.trim(), key.doc.1.trim());
            assert!(ja.ends_with('。') && en.ends_with('.'), "{}.{}: {ja} / {en}", shape.name, key.name);
            assert!(!key.example.is_empty(), "{}.{}", shape.name, key.name);
        });
    }
}

/// A plan with only this key, in the table that the steps lead to: their names, and whether they are arrays.
fn with_example(path: &str, steps: &[(&str, bool)], key: &Key) -> Folder {
    let mut toml = String::new();
    for (index, (_, array)) in steps.iter().enumerate() {
        let names: Vec<&str> = steps[..=index].iter().map(|(name, _)| *name).collect();
        let (open, close) = if *array { ("[[", "]]") } else { ("[", "]") };
        writeln!(toml, "{open}{}{close}", names.join(".")).unwrap();
    }
    writeln!(toml, "{} = {}", key.name, key.example).unwrap();
    let (path, text) = match path {
        path if path.ends_with(".toml") => (path.replace("<activity>", "a").replace("<form>", "b"), toml),
        _ => (path.replace("<id>", "a").replace("<folder>", "concerns"), format!("+++\n{toml}+++\n")),
    };
    let mut folder = Folder::new();
    folder.insert(path, text);
    folder
}

#[test]
fn every_example_of_the_manual_is_right() {
    fn walk(path: &str, steps: &[(&'static str, bool)], shape: &'static Shape) {
        for key in shape.keys {
            let folder = with_example(path, steps, key);
            let report = check(&folder, DAY).report;
            let wrong: Vec<_> = report
                .findings
                .iter()
                .filter(|f| ["PLN103", "PLN106", "PLN107", "PLN109"].contains(&f.code))
                .map(|f| &f.message.en)
                .collect();
            assert!(wrong.is_empty(), "{path} {steps:?} {} = {}: {wrong:?}", key.name, key.example);
            let lacks = format!("“{}” lacks", key.name);
            assert!(
                !report.findings.iter().any(|f| f.code == "PLN108" && f.message.en.contains(&lacks)),
                "the example of {} is not complete",
                key.name
            );
            let array = matches!(key.kind, Type::List(_));
            for table in inner(&key.kind) {
                walk(path, &[steps, &[(key.name, array)]].concat(), table);
            }
        }
    }
    for (path, shape) in FILES {
        walk(path, &[], shape);
    }
}

#[test]
fn ten_mistakes_give_ten_findings() {
    let folder: Folder = [
        (
            "plan.toml",
            "format = 1\n[product]\nsubstance = 12\nclas = \"874291\"\nbirth_date = 2019-03-08\napproved = 2021-03-23\ndosage = \"点滴静注する。\"\n\
             [holder]\n[[strength]]\nname = \"ミホナール\"\ncontent = \"300mg\"\napproval_number = = 1\n[[indication]]\nid = 1\nname = \"花粉症\"\n\
             reexamination = \"non\"\n[[submission]]\ndate = 2026-03-02\nchanges = \"初回\"\nreason = \"初回\"\n[routine]\n\
             pharmacovigilance = \"自発報告\"\nminimisation = \"電子添文\"\n",
        ),
        ("concern/b.md", "+++\n+++\n"),
        (
            "concerns/a.md",
            "+++\nclass = \"potental\"\nname = \"感染症\"\n+++\n# 理由\n{{ 3/58 XX-1 }} と {{ nothing }}。\n# 監視\n通常の活動で足りる。\n# 最少化\n足りる。\n",
        ),
    ]
    .into_iter()
    .collect();
    let report = check(&folder, DAY).report;
    let mut codes: Vec<_> = report.findings.iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    let expected = [
        "PLN103", // approval_number = = 1
        "PLN105", // concern/
        "PLN106", // clas
        "PLN107", // substance = 12
        "PLN107", // reexamination = "non"
        "PLN108", // the holder's name
        "PLN109", // potental
        "PLN113", // 最少化
        "PLN202", // XX-1
        "PLN203", // nothing
    ];
    assert_eq!(
        codes,
        expected,
        "{:#?}",
        report.findings.iter().map(|f| (f.code, &f.message.en, &f.spans[0].quote, f.spans[0].line)).collect::<Vec<_>>()
    );
}
