//! The plans in `examples/` check clean.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::path::Path;

use plan::Folder;
use plan::check::{Check, check};
use plan::figure::FigureKind;
use plan::model::{List, Status};
use plan::tables::{ActivityKind, Class};

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

/// The plan of a real product as its holder published it on this day; the numbers are the document's own.
#[test]
fn the_plan_of_rituximab_is_whole_and_checks_clean() {
    let day = calendar::Date::constant(2025, 4, 9);
    let check = check(&folder("rituximab"), day);
    let plan = &check.plan;
    assert!(check.report.findings.iter().all(|finding| finding.severity == diagnostic::Severity::Info), "{}", told(&check));

    let of = |class| plan.concerns_of(class).count();
    assert_eq!((of(Class::Identified), of(Class::Potential), of(Class::Missing)), (14, 2, 1));
    assert_eq!(plan.efficacy.len(), 2);
    assert_eq!((plan.facts.indication.len(), plan.facts.event.len(), plan.facts.condition.len()), (14, 23, 3));
    assert_eq!(plan.facts.indication.iter().map(|indication| indication.reexamination.iter().count()).sum::<usize>(), 15);
    assert_eq!((plan.facts.strength.len(), plan.facts.abbreviation.len(), plan.studies.study.len()), (2, 14, 29));
    assert_eq!(plan.submitted(), Some(day));

    // the third row of 5.2 is a finished survey whose efficacy concern the plan has no more
    let rows = |list| plan.list(list).count();
    assert_eq!((rows(List::Pharmacovigilance), rows(List::Efficacy), rows(List::Minimisation)), (11, 3, 9));
    let running = |activity: &&plan::model::Activity| plan.status(activity, day) == Status::Running { overdue: false };
    let surveys: Vec<_> = plan.list(List::Pharmacovigilance).filter(running).map(|survey| survey.target.as_ref().unwrap().value).collect();
    assert_eq!(surveys, [40, 400, 125, 200]);
    assert_eq!(plan.list(List::Pharmacovigilance).filter(|a| plan.status(a, day) == Status::Finished).count(), 7);
    let materials: Vec<_> = plan.activities_of(ActivityKind::Material).filter(running).collect();
    assert_eq!(materials.len(), 5);
    assert!(materials.iter().all(|material| material.concerns.len() == 13));

    let figures = |entries: Vec<&plan::prose::Passage>| {
        let all = entries.into_iter().flat_map(|passage| &passage.figures);
        all.filter(|figure| matches!(figure.kind, Ok(FigureKind::Counts(_) | FigureKind::Name(_)))).count()
    };
    assert_eq!(figures(plan.passages().collect()), 178);
    let in_concern = |id| figures(plan.concern(id).unwrap().passages().collect());
    assert_eq!((in_concern("infusion-reaction"), in_concern("cytopenia"), in_concern("infection")), (24, 47, 50));
}
