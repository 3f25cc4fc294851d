//! The manual page of a rule is its test: every example in it is reviewed, and must give what the page says.

#[cfg(test)]
mod tests {
    use crate::review::{RULES, review};
    use calendar::Date;

    /// The fenced blocks of a page: their language and text.
    fn blocks(page: &str) -> Vec<(String, String)> {
        let mut blocks = Vec::new();
        let mut open: Option<(String, String)> = None;
        for line in page.lines() {
            match (&mut open, line.strip_prefix("```")) {
                (None, Some(language)) => open = Some((language.trim().to_owned(), String::new())),
                (Some(_), Some("")) => blocks.extend(open.take()),
                (Some((_, text)), _) => {
                    text.push_str(line);
                    text.push('\n');
                }
                (None, None) => {}
            }
        }
        blocks
    }

    #[test]
    fn every_page_tells_what_its_rule_does() {
        let mut wrong = Vec::new();
        for rule in RULES {
            let page = rule.manual;
            assert!(
                page.starts_with(&format!("# {} {}\n", rule.code, rule.name)),
                "{} {}: the page begins with another title",
                rule.code,
                rule.name
            );
            for part in [
                "## 何を見るか / What it does",
                "## なぜ / Why is this bad?",
                "## 例 / Example",
                "## 直し方 / Instead",
                "## 出典 / References",
            ] {
                assert!(page.contains(part), "{}: the page lacks {part}", rule.code);
            }
            let blocks = blocks(page);
            let mut examples = 0;
            let mut hits = 0;
            for pair in blocks.windows(2).filter(|pair| pair[0].0 == "rmp" && pair[1].0 == "findings") {
                examples += 1;
                let published = crate::read::text("example.txt", &pair[0].1);
                let report = review(&published, None, Date::constant(2026, 4, 1));
                let found: Vec<String> = report
                    .findings
                    .iter()
                    .filter(|f| f.code == rule.code)
                    .map(|f| {
                        format!("{} {}", f.severity.as_str(), f.spans.iter().map(|s| s.quote.as_str()).collect::<Vec<_>>().join(" | "))
                    })
                    .collect();
                hits += found.len();
                let expected: Vec<String> = pair[1].1.lines().map(str::to_owned).collect();
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
