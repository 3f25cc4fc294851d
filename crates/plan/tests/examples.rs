//! The plans in `examples/` check clean.

mod folders;

use folders::example;
use plan::check::{Check, check};
use plan::figure::FigureKind;
use plan::model::{List, Status};
use plan::tables::{ActivityKind, Class};

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
    let check = check(&example("minimal"), calendar::Date::constant(2026, 4, 1));
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
    let check = check(&example("rituximab"), day);
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

/// The invented plan on a day when one EPPV runs, one survey is done and its condition lifted, and a database study is planned.
#[test]
fn the_plan_of_mihonsa_is_whole_in_both_languages_and_checks_clean() {
    let day = calendar::Date::constant(2026, 4, 1);
    let check = check(&example("mihon"), day);
    let plan = &check.plan;
    assert!(check.report.findings.is_empty(), "{}", told(&check));

    let of = |class| plan.concerns_of(class).count();
    assert_eq!((of(Class::Identified), of(Class::Potential), of(Class::Missing)), (4, 3, 2));
    assert_eq!((plan.efficacy.len(), plan.facts.indication.len(), plan.facts.submission.len()), (2, 3, 3));
    let years: Vec<_> = plan.facts.indication.iter().flat_map(|indication| indication.reexamination.iter()).collect();
    assert_eq!((years.len(), plan.facts.condition.iter().filter(|condition| condition.lifted.is_some()).count()), (3, 1));
    assert_eq!((plan.studies.study.len(), plan.studies.pool.len(), plan.facts.label.len()), (8, 6, 12));

    let rows = |list| plan.list(list).map(|activity| activity.id.as_str()).collect::<Vec<_>>();
    assert_eq!(rows(List::Pharmacovigilance), ["eppv-sle", "eppv-ra", "survey-itp", "survey-sle", "database-ra", "trial-ra"]);
    assert_eq!(rows(List::Efficacy), ["survey-sle", "trial-ra"]);
    assert_eq!(rows(List::Minimisation), ["eppv-sle", "eppv-ra", "guide", "booklet", "distribution"]);
    let standing = |status| plan.activities.iter().filter(|a| plan.status(a, day) == status).map(|a| a.id.as_str()).collect::<Vec<_>>();
    assert_eq!(standing(Status::Finished), ["eppv-sle", "survey-itp"]);
    assert_eq!(standing(Status::Planned), ["database-ra"]);
    assert_eq!(standing(Status::Running { overdue: true }), [""; 0]);

    let count = |passages: Vec<&plan::prose::Passage>| {
        let all = passages.into_iter().flat_map(|passage| &passage.figures);
        all.filter(|figure| matches!(figure.kind, Ok(FigureKind::Counts(_) | FigureKind::Name(_)))).count()
    };
    let proses = || {
        let concerns = plan.concerns.iter().map(|entry| (entry.id.as_str(), &entry.prose, &entry.english));
        let efficacy = plan.efficacy.iter().map(|entry| (entry.id.as_str(), &entry.prose, &entry.english));
        concerns.chain(efficacy).chain(plan.activities.iter().map(|entry| (entry.id.as_str(), &entry.prose, &entry.english)))
    };
    assert_eq!(proses().map(|(_, prose, _)| count(prose.passages().collect())).sum::<usize>(), 63);
    assert_eq!(plan.figures.names().len(), 10);
    // what one language says, with the figures it says it by, the other says too
    for (id, prose, english) in proses() {
        let english = english.as_ref().unwrap_or_else(|| panic!("{id}: there is no English"));
        assert!(english.title.is_some(), "{id}");
        for section in &prose.sections {
            let other = english.prose.section(section.kind).unwrap_or_else(|| panic!("{id}: {:?} is not in English", section.kind));
            let printed = |passage| plan.printed(passage, diagnostic::Language::English);
            let figures = |text: String| {
                let mut figures: Vec<String> = counts_in(&text);
                figures.sort();
                figures
            };
            assert_eq!(figures(printed(&other.body)), figures(printed(&section.body)), "{id}: {:?}", section.kind);
        }
        assert_eq!(prose.sections.len(), english.prose.sections.len(), "{id}");
    }
}

/// Every `(3/44)` of a text.
fn counts_in(text: &str) -> Vec<String> {
    let inside = text.split('(').skip(1).filter_map(|rest| rest.split_once(')')).map(|(inside, _)| inside);
    inside.filter(|inside| inside.contains('/') && inside.chars().all(|c| c.is_ascii_digit() || c == '/')).map(str::to_owned).collect()
}
