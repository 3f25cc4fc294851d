//! The rules of the review and of the check, side by side.

use diagnostic::{Reference, Rule, Severity};

/// A rule as its readers see it.
#[derive(Clone, Copy)]
pub struct Entry {
    /// Its code.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What it finds.
    pub title: (&'static str, &'static str),
    /// Why that is bad.
    pub why: (&'static str, &'static str),
    /// Where it comes from.
    pub reference: Reference,
    /// Its page.
    pub manual: &'static str,
}

fn entry<Check>(rule: &Rule<Check>) -> Entry {
    let Rule { code, name, severity, title, why, reference, manual, .. } = *rule;
    Entry { code, name, severity, title, why, reference, manual }
}

/// Every rule: those of the review (RMP…), those of the check (PLN…), then what an import finds (IMP…) and what is wrong
/// in a form or missing for a document (FRM…), by code.
pub fn all() -> Vec<Entry> {
    let review = published::review::RULES.iter().map(|rule| entry(rule));
    let check = plan::rules::RULES.iter().map(|rule| entry(rule));
    let import = published::import::rules::RULES.iter().map(|rule| entry(rule));
    review
        .chain(check)
        .chain(import)
        .chain([
            entry(&document::form::MISTAKE),
            entry(&document::old_new::NO_REASON),
            entry(&document::public::NOT_PUBLISHED),
            entry(&document::eu::NO_ENGLISH),
        ])
        .collect()
}

/// The rules with a code or a name, in any case of letters. The review, the check and the import call some of theirs alike, because
/// they look for the same matter.
pub fn find(asked: &str) -> Vec<Entry> {
    all().into_iter().filter(|rule| rule.code.eq_ignore_ascii_case(asked) || rule.name.eq_ignore_ascii_case(asked)).collect()
}

#[cfg(test)]
mod tests {
    use super::{all, find};

    #[test]
    fn a_code_means_one_rule_and_a_name_one_of_each_kind() {
        for rule in all() {
            assert_eq!(find(rule.code).len(), 1, "{}", rule.code);
            let kinds: Vec<_> = find(rule.name).iter().map(|rule| &rule.code[..3]).collect();
            let distinct: std::collections::BTreeSet<_> = kinds.iter().collect();
            assert_eq!(distinct.len(), kinds.len(), "{}: {kinds:?}", rule.name);
        }
    }
}
