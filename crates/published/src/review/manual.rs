//! The manual page of a rule is its test: every example in it is reviewed, and must give what the page says.

#[cfg(test)]
mod tests {
    use crate::review::{RULES, review};
    use calendar::Date;
    use diagnostic::page;
    use std::collections::BTreeSet;

    /// Every rule finds contradictions, whose findings show each side, but for these: why a finding of theirs may show one place.
    const ONE_SIDED: &[(&str, &str)] = &[
        ("RMP101", "a part that the form asks for is missing"),
        ("RMP102", "a part that the form asks for is missing"),
        ("RMP103", "a part that the form asks for is missing"),
        ("RMP104", "a part that the form asks for is missing"),
        ("RMP106", "a part that the form asks for is missing"),
        ("RMP108", "a reason is missing"),
        ("RMP232", "a word against the form, which is not in the document"),
        ("RMP301", "percentage and count are one phrase"),
        ("RMP302", "count and denominator are one phrase"),
        ("RMP304", "a denominator is missing"),
        ("RMP307", "an explanation is missing"),
        ("RMP308", "estimate and interval are one phrase"),
        ("RMP313", "rate and count are one phrase"),
        ("RMP401", "against the calendar, which is not in the document"),
        ("RMP402", "first and last day are one phrase"),
        ("RMP420", "a length against the law, which is not in the document"),
        ("RMP427", "target and arms are one phrase"),
    ];

    #[test]
    fn every_page_tells_what_its_rule_does() {
        let mut wrong = Vec::new();
        let mut one_sided = BTreeSet::new();
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
                let own: Vec<_> = report.findings.iter().filter(|f| f.code == rule.code).collect();
                for finding in own.iter().filter(|f| f.spans.iter().filter(|s| !s.label.ja.is_empty()).count() < 2) {
                    match ONE_SIDED.iter().find(|(code, _)| *code == rule.code) {
                        Some((code, _)) => drop(one_sided.insert(*code)),
                        None => wrong.push(format!("{}: a contradiction with one side only: {}", rule.code, page::line(finding))),
                    }
                }
                let found: Vec<String> = own.iter().copied().map(page::line).collect();
                hits += found.len();
                let expected = example.expected;
                if found != expected {
                    wrong.push(format!("{} example {examples}:\n  expected {expected:#?}\n  found    {found:#?}", rule.code));
                }
            }
            assert!(examples > 0 && hits > 0, "{}: the page has no example that the rule finds", rule.code);
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let idle: Vec<_> = ONE_SIDED.iter().filter(|(code, _)| !one_sided.contains(code)).collect();
        assert!(idle.is_empty(), "no page shows a finding with one place: {idle:?}");
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

    /// The sources of the findings in a plan that its counts contradict, as of a day.
    fn sources(day: Date) -> Vec<(&'static str, String)> {
        let plan = "概要\n販売名\t見本錠\n1.1 安全性検討事項\n【重要な特定されたリスク】\n肝機能障害\n1. 医薬品リスク管理計画の概要\n1.1 安全性検討事項\n\
                    重要な特定されたリスク\n好中球減少\n重要な特定されたリスクとした理由：\n臨床試験において5.6%（16/320例）に認められた。\n";
        let report = review(&crate::read::text("example.txt", plan), Some(day), day);
        report.findings.into_iter().map(|f| (f.code, f.source.ja)).collect()
    }

    #[test]
    fn a_finding_cites_the_notice_that_was_in_force() {
        let on = Date::constant(2022, 5, 1);
        let cited = |day, code| sources(day).into_iter().find(|(found, _)| *found == code).map(|(_, source)| source);
        let begins = |day, code, notice: &str| cited(day, code).is_some_and(|source| source.contains(notice));
        assert!(begins(on, "RMP301", "薬生薬審発0318第2号"), "{:?}", sources(on));
        for day in [on.yesterday().unwrap(), Date::constant(2015, 1, 1), Date::constant(2012, 4, 26)] {
            assert!(begins(day, "RMP301", "薬食審査発0426第2号"), "{day}: {:?}", sources(day));
            assert!(sources(day).iter().all(|(_, source)| !source.contains("0318")), "{day}: {:?}", sources(day));
        }
        // the summary came with the notices of 2016; before the form of 2012 nothing asked for its parts
        assert!(begins(on.yesterday().unwrap(), "RMP201", "薬生審査発0331第13号"), "{:?}", sources(on.yesterday().unwrap()));
        assert_eq!(cited(Date::constant(2016, 3, 30), "RMP201"), None);
        assert_eq!(cited(Date::constant(2012, 4, 25), "RMP301"), None);
    }
}
