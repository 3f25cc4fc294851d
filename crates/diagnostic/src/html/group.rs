use std::collections::HashMap;

use crate::{Finding, Report, Severity};

/// The findings of one severity, each with its anchor.
pub(super) struct Group<'a> {
    pub(super) severity: Severity,
    pub(super) findings: Vec<(String, &'a Finding)>,
}

impl<'a> Group<'a> {
    /// The groups that have findings, the most severe first. An anchor is the rule's code and the finding's number among
    /// those of its rule, in the order of the page.
    pub(super) fn all(report: &'a Report) -> Vec<Self> {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut groups = Vec::new();
        for severity in Severity::ALL {
            let findings: Vec<_> = report
                .findings
                .iter()
                .filter(|finding| finding.severity == severity)
                .map(|finding| {
                    let code = slug(finding.code);
                    let number = numbers.entry(code.clone()).or_default();
                    *number += 1;
                    (format!("{code}-{number}"), finding)
                })
                .collect();
            if !findings.is_empty() {
                groups.push(Self { severity, findings });
            }
        }
        groups
    }

    /// The anchor of the first finding of a rule in this group, and how many there are.
    pub(super) fn of_rule(&self, code: &str) -> Option<(&str, usize)> {
        let mut found = self.findings.iter().filter(|(_, finding)| finding.code == code);
        let (anchor, _) = found.next()?;
        Some((anchor, found.count() + 1))
    }
}

fn slug(code: &str) -> String {
    let slug: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    if slug.is_empty() { "finding".to_owned() } else { slug }
}
