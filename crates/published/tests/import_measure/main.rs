//! How much of an invented plan an import finds, over every plan and form that the repository ships: what the document prints, by the
//! truth beside it; its counts; its sentences; and every contradiction between views.
//!
//! `MIMAMORI_PLANS=FOLDER cargo test -p published --test import_measure -- --nocapture` measures plans that stand elsewhere.

#![expect(clippy::unwrap_used, reason = "a test")]

mod borders;
mod disagreements;
mod dropped;
mod structure;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use calendar::Date;
use diagnostic::Severity;
use plan::Folder;
use plan::check::Check;
use published::import::{Imported, Why};
use published::model::Published;
use serde_json::Value;

/// A plan in one form, as it was read and imported.
struct Case {
    /// `G.layout`.
    name: String,
    form: &'static str,
    truth: Value,
    text: Option<String>,
    published: Published,
    imported: Imported,
    check: Check,
    /// The day it was handed in.
    day: Date,
}

/// What was found of what, by what it is.
type Table = BTreeMap<&'static str, (usize, usize)>;

#[cfg(feature = "pdf")]
const FORMS: [(&str, &str); 4] = [("layout", "layout.txt"), ("raw", "raw.txt"), ("docx", "docx"), ("pdf", "pdf")];
#[cfg(not(feature = "pdf"))]
const FORMS: [(&str, &str); 3] = [("layout", "layout.txt"), ("raw", "raw.txt"), ("docx", "docx")];

fn folder() -> PathBuf {
    std::env::var_os("MIMAMORI_PLANS").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plans"), PathBuf::from)
}

fn cases() -> Vec<Case> {
    let mut truths: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(".gt.json"))
        .collect();
    truths.sort();
    truths.iter().flat_map(|path| FORMS.iter().map(move |form| case(path, form.0, form.1))).collect()
}

fn case(truth: &Path, form: &'static str, ending: &str) -> Case {
    let name = truth.file_name().unwrap().to_string_lossy().replace("gt.json", ending);
    let bytes = std::fs::read(truth.with_file_name(&name)).unwrap();
    let truth: Value = serde_json::from_slice(&std::fs::read(truth).unwrap()).unwrap();
    let published = published::read::document(&name, &bytes).unwrap();
    let imported = published::import::plan(&published);
    let files: Folder = imported.files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
    let day: Date = truth["as_of"].as_str().unwrap().parse().unwrap();
    let check = plan::check(&files, day);
    let text = name.ends_with(".txt").then(|| String::from_utf8(bytes).unwrap());
    if let Ok(folder) = std::env::var("MIMAMORI_IMPORT") {
        for (path, text) in &imported.files {
            let path = Path::new(&folder).join(&name).join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }
    Case { name, form, truth, text, published, imported, check, day }
}

fn add(table: &mut Table, what: &'static str, found: usize, of: usize) {
    let row = table.entry(what).or_default();
    row.0 += found;
    row.1 += of;
}

#[test]
fn plans_are_imported_as_well_as_measured() {
    let mut tables: BTreeMap<&str, Table> = BTreeMap::new();
    for case in cases() {
        let table = tables.entry(case.form).or_default();
        println!("── {}", case.name);
        structure::measure(&case, table);
        let figures = case.check.plan.passages().flat_map(|passage| &passage.figures);
        let counts: Vec<_> = figures
            .filter_map(|figure| match figure.kind.as_ref().ok()? {
                plan::figure::FigureKind::Counts(counts) => Some(counts),
                _ => None,
            })
            .collect();
        add(table, "counts with a study", counts.iter().filter(|counts| !counts.sources.is_empty()).count(), counts.len());
        for finding in case.imported.report.findings.iter().filter(|finding| finding.code == "IMP302") {
            println!("   no study: {}", finding.spans.first().map_or("", |span| span.excerpt.as_str()));
        }
        let (kept, all) = dropped::measure(&case);
        add(table, "words kept or listed", kept, all);
        let unplaced = case.imported.left.iter().filter(|left| left.why == Why::NotPlaced);
        let unplaced: Vec<&str> = unplaced.map(|left| left.text.as_str()).collect();
        if !unplaced.is_empty() {
            println!("   not placed: {unplaced:?}");
        }
        add(table, "lines not placed", unplaced.len(), case.published.source.text.lines().count());
        disagreements::measure(&case, table);
        for finding in case.check.report.findings.iter().filter(|finding| finding.severity == Severity::Error) {
            let at = finding.spans.first().map(|s| format!("{}:{}", s.file, s.line.unwrap_or(0))).unwrap_or_default();
            println!("   check: {} {} {at}", finding.code, finding.message.ja);
        }
    }
    let whats: std::collections::BTreeSet<&str> = tables.values().flat_map(|table| table.keys().copied()).collect();
    let forms: Vec<&str> = FORMS.iter().map(|form| form.0).collect();
    println!("\n{:40} {}", "", forms.iter().map(|form| format!("{form:>14}")).collect::<String>());
    for what in whats {
        let cells = forms.iter().map(|form| {
            let (found, of) = tables[form].get(what).copied().unwrap_or_default();
            format!("{:>14}", format!("{found}/{of}"))
        });
        println!("{what:40} {}", cells.collect::<String>());
    }
    for (form, table) in &tables {
        for (what, least) in FLOORS {
            let (found, of) = table[what];
            // raw text has lost the columns of its tables
            let least = if *form == "raw" { least.saturating_sub(RAW) } else { *least };
            assert!(found * 1000 >= of * least, "{form}: {what}: {found} of {of}, below {least} in a thousand");
        }
        assert_eq!(table["words kept or listed"].0, table["words kept or listed"].1, "{form}: words are dropped");
    }
}

/// How much less raw text may give, in a thousand.
const RAW: usize = 140;

/// What an import has to find of the plans in the repository, in a thousand. The rest is what they contradict themselves in, or what
/// their layout does not tell.
const FLOORS: &[(&str, usize)] = &[
    ("activities", 1000),
    ("activities with milestones", 970),
    ("activities with reports", 960),
    ("approval date", 1000),
    ("approval numbers", 1000),
    ("concerns", 1000),
    ("concerns covered", 950),
    ("contradictions of views told", 940),
    ("counts with a study", 960),
    ("efficacy concerns", 1000),
    ("holder", 1000),
    ("indications", 1000),
    ("kinds", 1000),
    ("periods", 1000),
    ("products", 1000),
    ("registrations", 960),
    ("rows of 5.1", 930),
    ("rows of 5.3", 940),
    ("sizes of studies", 955),
    ("studies", 895),
    ("substance", 1000),
    ("targets", 1000),
    ("therapeutic category", 1000),
];
