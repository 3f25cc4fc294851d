//! What follows from a plan and is never typed.

#![expect(clippy::unwrap_used, reason = "a test")]

mod folders;

use calendar::Date;
use diagnostic::Language;
use plan::check::{check, repaired};
use plan::model::{List, Status};
use plan::prose::SectionKind;
use plan::tables::Class;
use plan::{Folder, Plan};

const DAY: Date = Date::constant(2026, 4, 1);

fn folder() -> Folder {
    let survey = |name: &str, rest: &str| format!("+++\nkind = \"general-survey\"\nname = \"{name}\"\nconcerns = [\"b\"]\n{rest}+++\n");
    [
        (
            "plan.toml".to_owned(),
            "format = 1\n[product]\napproved = 2021-03-23\n[[strength]]\nname = \"ミホナール\"\n[[indication]]\nid = 1\nname = \"花粉症\"\n\
             short = \"花粉\"\nreexamination = { years = 8 }\n[[submission]]\ndate = 2025-01-05\n[[submission]]\ndate = 2025-10-06\n"
                .to_owned(),
        ),
        (
            "concerns/a.md".to_owned(),
            "+++\nclass = \"missing\"\nname = \"小児\"\n+++\n# 理由\n{{ 30/58 S as x }}、{{ x }}、{{ @old }}、{{ @indication:1 }}、{{ 1/3 S .0 bare unit=件 }}。\n"
                .to_owned(),
        ),
        ("concerns/b.md".to_owned(), "+++\nclass = \"identified\"\nname = \"感染症\"\norder = 2\n+++\n".to_owned()),
        ("concerns/c.md".to_owned(), "+++\nclass = \"identified\"\nname = \"肝障害\"\norder = 1\n+++\n".to_owned()),
        ("concerns/b.en.md".to_owned(), "+++\ntitle = \"Infections\"\n+++\n# why\nIt is {{ x }}.\n".to_owned()),
        ("efficacy/e.md".to_owned(), "+++\nname = \"有効性\"\n+++\n".to_owned()),
        (
            "activities/old.md".to_owned(),
            survey("終了した調査", "efficacy = [\"e\"]\n[period]\nstart = 2020-04-01\nend = 2024-03-31\n[[report]]\nmade = \"2024-09\"\n"),
        ),
        (
            "activities/late.md".to_owned(),
            survey("報告の遅れた調査", "[period]\nstart = 2020-04-01\nend = 2025-02-28\n[[report]]\ndue = { on = \"end\", months = 3 }\n"),
        ),
        ("activities/next.md".to_owned(), survey("これからの調査", "[period]\nstart = 2026-04-02\n")),
        (
            "activities/eppv.md".to_owned(),
            "+++\nkind = \"eppv\"\nname = \"市販直後調査\"\n[period]\nstart = 2026-03-01\n+++\n".to_owned(),
        ),
        ("activities/guide.md".to_owned(), "+++\nkind = \"material\"\nname = \"ガイド\"\n+++\n".to_owned()),
    ]
    .into_iter()
    .collect()
}

fn plan() -> Plan {
    check(&folder(), DAY).plan
}

#[test]
fn lists_follow_from_kinds_and_concerns() {
    let plan = plan();
    let ids = |list| plan.list(list).map(|activity| activity.id.as_str()).collect::<Vec<_>>();
    assert_eq!(ids(List::Pharmacovigilance), ["eppv", "late", "next", "old"]);
    assert_eq!(ids(List::Efficacy), ["old"]);
    assert_eq!(ids(List::Minimisation), ["eppv", "guide"]);
    assert_eq!(plan.concerns.iter().map(|concern| concern.id.as_str()).collect::<Vec<_>>(), ["c", "b", "a"]);
    assert_eq!(plan.concerns_of(Class::Identified).count(), 2);
    let infection = plan.concern("b").unwrap();
    assert_eq!(plan.activities_for(infection).count(), 3);
    assert_eq!(infection.english.as_ref().unwrap().title.as_ref().unwrap().value, "Infections");
    assert_eq!((plan.name(), plan.submitted()), ("ミホナール", Some(Date::constant(2025, 10, 6))));
}

#[test]
fn statuses_follow_from_dates_and_reports() {
    let plan = plan();
    let status = |id: &str, day| plan.status(plan.activity(id).unwrap(), day);
    assert_eq!(status("old", DAY), Status::Finished);
    assert_eq!(status("old", Date::constant(2024, 8, 31)), Status::Running { overdue: true });
    assert_eq!(status("late", DAY), Status::Running { overdue: true });
    assert_eq!(status("next", DAY), Status::Planned);
    assert_eq!(status("next", Date::constant(2026, 4, 2)), Status::Running { overdue: false });
    assert_eq!(status("eppv", DAY), Status::Running { overdue: false });
    assert_eq!(plan.end_of(plan.activity("eppv").unwrap()), Some(Date::constant(2026, 8, 31)));
    assert_eq!(status("guide", DAY), Status::Running { overdue: false });
}

/// The status of an activity of an example on a day, with something replaced in its file.
fn status_in(example: &str, id: &str, (from, to): (&str, &str), day: Date) -> Status {
    let mut folder = folders::example(example);
    let path = format!("activities/{id}.md");
    let text = String::from_utf8(folder.get(&path).unwrap().to_vec()).unwrap();
    assert!(text.contains(from), "{path}: {from}");
    folder.insert(path, text.replacen(from, to, 1));
    let plan = check(&folder, day).plan;
    plan.status(plan.activity(id).unwrap(), day)
}

#[test]
fn only_the_final_report_finishes_a_survey() {
    let day = Date::constant(2026, 3, 1);
    let (overdue, running) = (Status::Running { overdue: true }, Status::Running { overdue: false });
    let as_it_is = ("name =", "name =");
    assert_eq!(status_in("mihon", "survey-itp", as_it_is, day), Status::Finished);
    let last = "[[report]]\nmade = 2025-08-29\ntext = \"最終報告書：作成済み（2025年8月提出）\"\n";
    assert_eq!(status_in("mihon", "survey-itp", (last, ""), day), overdue, "an interim report is no final one");
    let interim = ("made = 2025-08-29", "made = 2025-08-29\nkind = \"interim\"");
    assert_eq!(status_in("mihon", "survey-itp", interim, day), overdue);
    assert_eq!(status_in("mihon", "survey-itp", ("made = 2025-08-29", "made = 2025-03-30"), day), overdue, "made before the end");
    // without an end, what says so, or the day it ended
    assert_eq!(status_in("rituximab", "survey-aboi-liver", as_it_is, day), Status::Finished);
    assert_eq!(status_in("rituximab", "survey-aboi-liver", as_it_is, Date::constant(2023, 7, 31)), running);
    let final_kind = "kind = \"final\"\n";
    assert_eq!(status_in("rituximab", "survey-aboi-liver", (final_kind, ""), day), running);
    let mut ended = folders::example("rituximab");
    let path = "activities/survey-aboi-liver.md";
    let text = String::from_utf8(ended.get(path).unwrap().to_vec()).unwrap();
    ended.insert(path, text.replace(final_kind, "").replace("order = 70", "ended = \"2023-03\"\norder = 70"));
    let plan = check(&ended, day).plan;
    assert_eq!(plan.status(plan.activity("survey-aboi-liver").unwrap(), day), Status::Finished);
}

#[test]
fn deadlines_are_counted_by_the_civil_code() {
    let plan = plan();
    let due: Vec<_> = plan.deadlines(DAY).iter().map(|deadline| (deadline.activity.id.as_str().to_owned(), deadline.due)).collect();
    // the period begins on 1 March, so it ends on the last of May
    assert_eq!(due, [("late".to_owned(), Date::constant(2025, 5, 31))]);
    let indication = plan.indication("1").unwrap();
    let days = indication.reexamination[0].days(plan.approval_of(indication)).unwrap();
    assert_eq!(days, (Date::constant(2021, 3, 23), Date::constant(2029, 3, 22)));
}

#[test]
fn passages_print_their_figures() {
    let plan = plan();
    let why = plan.concern("a").unwrap().prose.get(SectionKind::Why).unwrap();
    assert_eq!(plan.printed(why, Language::Japanese), "51.7%（30/58例）、51.7%（30/58例）、終了した調査、花粉、1/3件。");
    let english = plan.concern("b").unwrap().english.as_ref().unwrap().prose.get(SectionKind::Why).unwrap();
    assert_eq!(plan.printed(english, Language::English), "It is 51.7% (30/58).");
}

#[test]
fn repairs_change_only_what_they_mend() {
    let text = "+++\nclass = \"identifed\"\nname = \"感染症\"\n+++\n# 理由\nSMP-301 試験の本剤群では 5.2%（3/58例）であった。\n";
    let studies = "[[study]]\nid = \"SMP-301\"\n[[study.arm]]\nname = \"本剤群\"\nsize = 58\n";
    let folder: Folder = [("concerns/a.md", text), ("studies.toml", studies)].into_iter().collect();
    let first = check(&folder, DAY);
    let mended = repaired(&folder, &first.repairs);
    let expected = text.replace("identifed", "identified").replace("5.2%（3/58例）", "{{ 3/58 SMP-301:本剤群 }}");
    assert_eq!(std::str::from_utf8(mended.get("concerns/a.md").unwrap()).unwrap(), expected);
    assert!(mended.get("studies.toml").is_none());
    let again: Folder = folder.iter().chain(mended.iter()).collect();
    assert!(check(&again, DAY).repairs.is_empty());
}

#[test]
fn two_readings_of_one_folder_are_equal_wherever_things_stand() {
    let mut moved = folder();
    let text = String::from_utf8(moved.get("concerns/b.md").unwrap().to_vec()).unwrap();
    moved.insert("concerns/b.md", text.replace("name =", "# a comment\nname   ="));
    assert_eq!(plan(), check(&moved, DAY).plan);
    moved.insert("concerns/b.md", text.replace("感染症", "肺炎"));
    assert_ne!(plan(), check(&moved, DAY).plan);
}

/// Each typed figure is linked to the one study that it can be of, or it is said why not.
#[test]
fn typed_figures_are_linked_or_it_is_said_why_not() {
    let studies = "[[study]]\nid = \"A-1\"\naliases = [\"第一試験\"]\n[[study.arm]]\nname = \"本剤群\"\nsize = 58\n[[study.arm]]\nname = \"対照群\"\nsize = 30\n\
                   [[study]]\nid = \"A-2\"\n[[study.arm]]\nname = \"甲群\"\nsize = 30\n[[study.arm]]\nname = \"乙群\"\nsize = 30\n";
    let cases = [
        ("A-1 で 5.2%（3/58例）。", Ok("A-1 で {{ 3/58 A-1:本剤群 }}。")),
        ("第一試験で調べた。5.2%（3/58例）。", Ok("第一試験で調べた。{{ 3/58 A-1:本剤群 }}。")),
        ("{{ 1/58 A-1:本剤群 }}。５．２％（３／５８例）。", Ok("{{ 1/58 A-1:本剤群 }}。{{ 3/58 A-1:本剤群 }}。")),
        ("A-1 で 5.2%(3/58)。", Ok("A-1 で {{ 3/58 A-1:本剤群 }}。")),
        ("A-1 で3例/58例（5.2%）。", Ok("A-1 で{{ 3/58 A-1:本剤群 }}。")),
        ("A-1 で58例中3例（5.17%）。", Ok("A-1 で{{ 3/58 A-1:本剤群 .2 among }}。")),
        ("A-1 で3/58名（5.2%）。", Ok("A-1 で{{ 3/58 A-1:本剤群 unit=名 }}。")),
        ("A-2 の乙群で 6.7%（2/30例）。", Ok("A-2 の乙群で {{ 2/30 A-2:乙群 }}。")),
        ("A-1 と A-2 で 5.2%（3/58例）。", Ok("A-1 と A-2 で {{ 3/58 A-1:本剤群 }}。")),
        ("5.2%（3/58例）。A-1 で。", Err("58 is the size of A-1:本剤群")),
        ("A-10 で 5.2%（3/58例）。", Err("the section names no study")),
        ("A-1 で 6.1%（2/33例）。", Err("A-1 has no arm or phase of 33")),
        ("A-1 と A-2 で 6.7%（2/30例）。", Err("30 is the size of A-1:対照群, A-2:乙群, A-2:甲群")),
        ("A-1 で58例中3名（5.2%）。", Err("its counts have two units")),
        ("A-1 で 5.3%（3/58例）。", Err("the percentage does not agree")),
    ];
    for (text, expected) in cases {
        let front = "+++\nclass = \"identified\"\nname = \"感染症\"\n+++\n# 理由\n";
        let folder: Folder = [("studies.toml", studies.to_owned()), ("concerns/a.md", format!("{front}{text}\n"))].into_iter().collect();
        let first = check(&folder, DAY);
        let repairs: Vec<_> = first.repairs.iter().filter(|repair| repair.code == "PLN304").cloned().collect();
        let mended = repaired(&folder, &repairs);
        let after = mended.get("concerns/a.md").map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let finding = first.report.findings.iter().find(|finding| finding.code == "PLN304").unwrap();
        match expected {
            Ok(linked) => assert_eq!(after, Some(format!("{front}{linked}\n")), "{}", finding.hint.en),
            Err(why) => {
                assert_eq!(after, None, "{text}");
                assert!(finding.hint.en.contains("--fix leaves it") && finding.hint.en.contains(why), "{text}: {}", finding.hint.en);
            }
        }
    }
}
