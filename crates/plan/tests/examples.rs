//! The plans in `examples/` check clean.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::path::Path;

use plan::Folder;
use plan::check::{Check, check};

fn folder(name: &str) -> Folder {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    let mut folder = Folder::new();
    let mut open = vec![root.clone()];
    while let Some(directory) = open.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let relative = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                folder.insert(relative, std::fs::read(path).unwrap());
            }
        }
    }
    folder
}

fn told(check: &Check) -> String {
    let findings = check.report.findings.iter().map(|finding| {
        let places: Vec<_> =
            finding.spans.iter().map(|s| format!("{}:{}:{}", s.file, s.line.unwrap_or(0), s.column.unwrap_or(0))).collect();
        format!("{} {} {} [{}] {}", finding.code, finding.severity, finding.message.en, places.join(" "), finding.hint.en)
    });
    findings.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_minimal_plan_checks_clean() {
    let check = check(&folder("minimal"), calendar::Date::constant(2026, 4, 1));
    assert!(check.report.findings.is_empty(), "{}", told(&check));
    assert_eq!((check.plan.concerns.len(), check.plan.activities.len(), check.plan.studies.study.len()), (1, 2, 1));
    assert!(check.report.checked.iter().any(|row| row.of > 0));
    let why = check.plan.concerns[0].prose.get(plan::prose::SectionKind::Why).unwrap();
    assert!(check.plan.printed(why, diagnostic::Language::Japanese).contains("本剤群の 3.6%（3/84例）、"));
}
