//! A large plan is read, checked, laid out and compared like a small one. How long that takes, `cargo bench -p plan` measures.

mod folders;

use folders::large::large;
use plan::check::check;
use plan::difference::difference;
use plan::format::format;

#[test]
fn a_thousand_concerns_and_activities() {
    const COUNT: usize = 1000;
    let folder = large(COUNT);
    let checked = check(&folder, calendar::Date::constant(2026, 4, 1));
    assert_eq!((checked.plan.concerns.len(), checked.plan.activities.len(), checked.plan.studies.study.len()), (COUNT, COUNT, COUNT / 10));
    // all that it lacks are the facts of a product
    let unexpected: Vec<_> = checked.report.findings.iter().filter(|f| f.code != "PLN108").collect();
    assert!(unexpected.is_empty(), "{:?}", unexpected.first());
    let cited = checked.report.checked.iter().find(|row| row.code == "PLN301").map(|row| row.of);
    assert_eq!(cited, Some(5 * COUNT), "every figure was looked at");

    let formatted = format(&folder);
    assert!(formatted.left.is_empty() && formatted.changed.iter().next().is_none(), "{:?}", formatted.changed.iter().next());
    assert!(difference(&checked.plan, &checked.plan).is_empty());
}
