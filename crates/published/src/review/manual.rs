//! The manual page of a rule is its test: every example in it is reviewed, and must give what the page says.

#[cfg(test)]
mod tests {
    use crate::review::{RULES, review};
    use calendar::Date;
    use diagnostic::page;

    #[test]
    fn every_page_tells_what_its_rule_does() {
        let mut wrong = Vec::new();
        for rule in RULES {
            let manual = rule.manual;
            assert!(
                manual.starts_with(&format!("# {} {}\n", rule.code, rule.name)),
                "{} {}: the page begins with another title",
                rule.code,
                rule.name
            );
            for part in page::PARTS {
                assert!(manual.contains(part), "{}: the page lacks {part}", rule.code);
            }
            let mut examples = 0;
            let mut hits = 0;
            for example in page::examples(manual, "rmp") {
                examples += 1;
                let published = crate::read::text("example.txt", &example.given);
                let report = review(&published, None, Date::constant(2026, 4, 1));
                let found: Vec<String> = report.findings.iter().filter(|f| f.code == rule.code).map(page::line).collect();
                hits += found.len();
                let expected = example.expected;
                if found != expected {
                    wrong.push(format!("{} example {examples}:\n  expected {expected:#?}\n  found    {found:#?}", rule.code));
                }
            }
            assert!(examples > 0 && hits > 0, "{}: the page has no example that the rule finds", rule.code);
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn codes_and_names_are_used_once() {
        let mut codes: Vec<_> = RULES.iter().map(|r| r.code).collect();
        let mut names: Vec<_> = RULES.iter().map(|r| r.name).collect();
        assert!(codes.is_sorted(), "the table is sorted by code");
        codes.dedup();
        names.sort_unstable();
        names.dedup();
        assert_eq!((codes.len(), names.len()), (RULES.len(), RULES.len()));
    }
}
