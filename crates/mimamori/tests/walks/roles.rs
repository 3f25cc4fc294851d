//! Each role's walk, and what it must not reach.

use access::{Action, Role};

use crate::driver::Browser;
use crate::house::House;

/// Who holds which role in the invented world.
const PEOPLE: &[(&str, Role)] = &[
    ("kanri", Role::Administrator),
    ("sato", Role::GeneralMarketingSupervisor),
    ("suzuki", Role::SafetyManager),
    ("takahashi", Role::SafetyOfficer),
    ("tanaka", Role::PostMarketingStudyManager),
    ("ito", Role::Monitor),
    ("watanabe", Role::MedicalRepresentative),
    ("yamamoto", Role::SurveyPhysician),
    ("nakamura", Role::ContractResearchOrganisation),
    ("kobayashi", Role::Statistician),
    ("kato", Role::Inspector),
];

/// Pages, and what one must be allowed to see them.
const PAGES: &[(&str, Action)] = &[
    ("/p/miholitas", Action::ReadPlan),
    ("/p/miholitas/read", Action::ReadPlan),
    ("/p/miholitas/versions/3", Action::ReadPlan),
    ("/p/miholitas/edit", Action::RecordRevision),
    ("/p/miholitas/trail", Action::ReadTrail),
    ("/trail", Action::ReadTrail),
    ("/trail/reads", Action::ReadAccessLog),
    ("/import", Action::RecordRevision),
];

#[test]
fn each_role_reaches_what_the_matrix_grants_and_nothing_else() {
    let house = House::open();
    let browser = Browser::open(&house);
    browser.go("/language?to=en&back=/sign-in");
    let mut refused = 0;
    for (person, role) in PEOPLE {
        browser.sign_in(person);
        assert_eq!(browser.path(), "/", "{person}");
        // every link that is offered leads somewhere
        let links = browser.script("return [...document.querySelectorAll('header a, main a')].map(a => a.getAttribute('href'))", &[]);
        for link in links
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|link| link.as_str())
            .filter(|link| link.starts_with('/') && !link.starts_with("/language"))
        {
            browser.go(link);
            let title = browser.script("return document.title", &[]);
            assert!(!title.as_str().unwrap().starts_with("This may not be done"), "{person}: {link}");
        }
        for (page, action) in PAGES {
            browser.go(page);
            let shown = browser.script("return document.title", &[]).as_str().unwrap().to_owned();
            // the pages are of a whole product: what reaches a part of it alone does not reach them
            let granted = access::cell(*role, *action).grant == access::Grant::Allowed(access::Scope::Everything);
            assert_eq!(!shown.starts_with("This may not be done"), granted, "{person}: {page}: {shown}");
            refused += usize::from(!granted);
        }
        // who works elsewhere sees nothing of who works here
        let inside = [Action::ReadPlan, Action::RegisterPerson, Action::ReadTrail];
        let inside = inside.iter().any(|action| access::cell(*role, *action).grant == access::Grant::Allowed(access::Scope::Everything));
        for page in ["/administration", "/administration/people", "/system"] {
            browser.go(page);
            let shown = browser.script("return document.title", &[]).as_str().unwrap().to_owned();
            assert_eq!(!shown.starts_with("This may not be done"), inside, "{person}: {page}: {shown}");
        }
        browser.go("/");
        browser.click("form[data-sign-out] button");
        assert_eq!(browser.complaints(), Vec::<String>::new(), "{person}");
    }
    assert!(refused > 20, "something was refused: {refused}");
}
