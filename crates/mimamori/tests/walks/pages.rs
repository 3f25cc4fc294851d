//! Every page in both languages and two widths: axe-core finds nothing, the browser complains of nothing, nothing is wider than the window.

use crate::driver::{Browser, WIDTHS};
use crate::house::House;

const PAGES: &[&str] = &[
    "/",
    "/account",
    "/deadlines",
    "/deadlines?view=month",
    "/trail",
    "/import",
    "/administration",
    "/administration/people",
    "/administration/institutions",
    "/administration/rhythms",
    "/administration/dictionaries",
    "/administration/backup",
    "/system",
    "/api",
    "/p/miholitas",
    "/p/miholitas?finished=1&indication=6",
    "/p/miholitas?recorded=2025-03-28",
    "/p/miholitas/read",
    "/p/miholitas/versions",
    "/p/miholitas/versions/3",
    "/p/miholitas/difference?from=1&to=2",
    "/p/miholitas/documents",
    "/p/miholitas/impact?cause=approval:6",
    "/p/miholitas/impact/1",
    "/p/miholitas/deadlines",
    "/p/miholitas/deadlines?view=month&id=unexpected-non-serious/2026-08-28",
    "/p/miholitas/deadlines?view=gantt",
    "/p/miholitas/trail",
    "/p/miholitas/trail?value=concerns/pml",
    "/p/miholitas/concerns/pml",
    "/p/miholitas/edit",
    "/p/miholitas/edit/concerns/pml.md",
    "/p/miholitas/merge?line=%E5%B0%8F%E5%85%90",
    "/p/miholitas/surveys",
    "/p/miholitas/surveys/survey-nmosd",
    "/p/miholitas/surveys/survey-nmosd/sites",
    "/p/miholitas/surveys/survey-nmosd/queries",
    "/p/miholitas/surveys/survey-nmosd/patients/2",
    "/p/miholitas/surveys/survey-nmosd/patients/2/forms/background?visit=start&turn=1",
    "/p/miholitas/surveys/survey-nmosd/patients/2/forms/adverse-event?visit=&turn=1",
    "/nothing-here",
];

#[test]
fn axe_finds_nothing_on_any_page() {
    let house = House::open();
    let browser = Browser::open(&house);
    let mut wrong = Vec::new();
    let mut look = |language: &str, pages: &[&str]| {
        for page in pages {
            for width in WIDTHS {
                browser.width(width);
                browser.go(page);
                let told = browser.judged();
                wrong.extend(told.into_iter().chain(browser.complaints()).map(|one| format!("{language} {width} {page}: {one}")));
            }
        }
    };
    for language in ["ja", "en"] {
        browser.go(&format!("/language?to={language}&back=/sign-in"));
        look(language, &["/sign-in", "/invitation"]);
        browser.sign_in("suzuki");
        look(language, PAGES);
        browser.change("yamamoto");
        look(
            language,
            &[
                "/",
                "/p/miholitas/surveys/survey-nmosd/register",
                "/p/miholitas/surveys/survey-nmosd/patients/9/forms/background?visit=start&turn=1",
            ],
        );
        browser.change("kanri");
        browser.go("/administration/people");
        browser.click("tbody tr:nth-child(2) a");
        look(language, &[&browser.path()]);
        browser.width(WIDTHS[0]);
        browser.click("form[data-sign-out] button");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
