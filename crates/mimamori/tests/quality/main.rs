//! How well the review does on plans with known faults, and the pages that are generated from it.
//!
//! `MIMAMORI_WRITE=1` writes the pages anew instead of comparing them. `MIMAMORI_PLANS=FOLDER` measures other plans and only
//! prints the figures.

#![expect(clippy::unwrap_used, reason = "a test")]

mod figures;
mod manual;
mod matching;
mod measure;
mod truth;

use std::path::{Path, PathBuf};

use measure::Measured;

/// Share of the planted faults that the review must find, as errors or warnings, in the first two plans, G and H, in all forms.
const RECALL: f64 = 0.9;
/// The same over the plans added after them.
const RECALL_OF_LATER_PLANS: f64 = 0.9;
/// Errors and warnings about what is right, in ten pages, that it may at most give.
const FALSE_IN_TEN_PAGES: f64 = 1.0;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Compares a generated page with the one in the repository, or writes it.
fn check_page(path: &str, page: &str) {
    let file = root().join(path);
    if std::env::var_os("MIMAMORI_WRITE").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, page).unwrap();
        return;
    }
    let stands = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        stands == page,
        "{path} is not current; write it anew with\n  MIMAMORI_WRITE=1 cargo test -p mimamori --test quality\n{}",
        first_difference(&stands, page)
    );
}

fn first_difference(stands: &str, should: &str) -> String {
    let ends = |text: &str| text.lines().chain(std::iter::repeat("(end)")).take(100_000).map(str::to_owned).collect::<Vec<_>>();
    let differing = ends(stands).into_iter().zip(ends(should)).zip(1..).find(|((one, other), _)| one != other);
    differing.map_or(String::new(), |((one, other), line)| format!("line {line}\n  stands {one}\n  should {other}"))
}

#[test]
fn the_review_finds_what_is_wrong_and_little_else() {
    if let Some(folder) = std::env::var_os("MIMAMORI_PLANS") {
        let plans = truth::plans(Path::new(&folder));
        assert!(!plans.is_empty(), "no *.gt.json in {}", Path::new(&folder).display());
        println!("{}", figures::page(&measure::all(&plans)));
        return;
    }
    let plans = truth::plans(&root().join("plans"));
    assert!(!plans.is_empty());
    let measured = measure::all(&plans);
    println!("{}", figures::summary(&measured));
    check_page("docs/figures.md", &figures::page(&measured));
    let wrong = Measured::false_in_ten_pages(&measured);
    let (later, first): (Vec<Measured>, Vec<Measured>) = measured.into_iter().partition(|one| !matches!(one.plan.as_str(), "G" | "H"));
    for (of, least) in [(first, RECALL), (later, RECALL_OF_LATER_PLANS)] {
        let recall = Measured::recall(&of);
        assert!(recall >= least, "recall {recall:.3} is below {least}; docs/figures.md names what was missed");
    }
    assert!(wrong <= FALSE_IN_TEN_PAGES, "{wrong:.2} false findings in ten pages; docs/figures.md names them");
}

#[test]
fn the_list_of_rules_is_current() {
    check_page("docs/rules.md", &manual::page(&root()));
}
