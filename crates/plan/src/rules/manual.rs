//! The manual page of a rule is its test: every example in it is checked, and must give what the page says.

#[cfg(test)]
mod tests {
    use calendar::Date;
    use diagnostic::page;

    use crate::check::{check, repaired};
    use crate::rules::RULES;
    use crate::source::Folder;

    /// The files of an example, each below a line `=== path`.
    fn folder(given: &str) -> Folder {
        let mut folder = Folder::new();
        for part in given.split("=== ").skip(1) {
            let (path, text) = part.split_once('\n').unwrap();
            // a page is text: what is not is written as an escape
            let bytes = text.split("\\xFF").map(str::as_bytes).collect::<Vec<_>>().join(&0xFF_u8);
            folder.insert(path.trim(), bytes);
        }
        folder
    }

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
            let (mut examples, mut hits, mut silent) = (0, 0, 0);
            for example in page::examples(manual, "plan") {
                examples += 1;
                let folder = folder(&example.given);
                let day = Date::constant(2026, 4, 1);
                let checked = check(&folder, day);
                let findings = &checked.report.findings;
                let found: Vec<String> = findings.iter().filter(|f| f.code == rule.code).map(page::line).collect();
                hits += found.len();
                silent += usize::from(found.is_empty());
                if found != example.expected {
                    wrong.push(format!("{} example {examples}:\n  expected {:#?}\n  found    {found:#?}", rule.code, example.expected));
                }
                // a repair mends what it is for
                let repairs: Vec<_> = checked.repairs.iter().filter(|repair| repair.code == rule.code).cloned().collect();
                if !repairs.is_empty() {
                    let mut mended = folder.clone();
                    for (path, bytes) in repaired(&folder, &repairs).iter() {
                        mended.insert(path, bytes);
                    }
                    let left = check(&mended, day).report.findings.iter().filter(|f| f.code == rule.code).count();
                    if left + repairs.len() > found.len() {
                        wrong.push(format!(
                            "{} example {examples}: {} repairs leave {left} of {} findings",
                            rule.code,
                            repairs.len(),
                            found.len()
                        ));
                    }
                }
            }
            assert!(examples > 0 && hits > 0, "{}: the page has no example that the rule finds", rule.code);
            assert!(silent > 0, "{}: the page has no example that only looks wrong", rule.code);
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn codes_and_names_are_used_once() {
        let mut codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
        let mut names: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
        assert!(codes.is_sorted(), "the table is sorted by code");
        codes.dedup();
        names.sort_unstable();
        names.dedup();
        assert_eq!((codes.len(), names.len()), (RULES.len(), RULES.len()));
    }
}
