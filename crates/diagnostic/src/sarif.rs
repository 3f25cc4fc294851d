//! A report as SARIF (OASIS Static Analysis Results Interchange Format 2.1.0).

mod model;
mod place;

use model::{
    Artifact, ArtifactLocation, Component, Configuration, Driver, Invocation, Log, Message, Notification, Result, ResultProperties, Rule,
    RuleProperties, Run, RunProperties,
};

use crate::{Finding, Language, Report, Severity, json};

/// The findings as a SARIF 2.1.0 log with one run, indented.
///
/// The rules are those checked, followed by any other that a finding names. A finding's first place is its location, the
/// others are related locations. Columns count Unicode characters from 1. Page, path and part are logical locations. The
/// notes are notifications of the invocation; reason, remedy and source are properties.
#[must_use]
pub fn sarif(report: &Report, language: Language) -> String {
    let rules = rules(report, language);
    let results = report.findings.iter().map(|finding| result(finding, &rules, language)).collect();
    json::indented(&Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Component {
                driver: Driver {
                    name: &report.tool.name,
                    version: &report.tool.version,
                    information_uri: report.tool.information_uri.as_deref(),
                    rules,
                },
            },
            invocations: [Invocation { execution_successful: true, tool_execution_notifications: notifications(report, language) }],
            artifacts: [Artifact { location: ArtifactLocation { uri: place::uri(&report.file) }, roles: ["analysisTarget"] }],
            language: language.tag(),
            column_kind: "unicodeCodePoints",
            results,
            properties: RunProperties { title: report.title.get(language), as_of: &report.as_of },
        }],
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn rules<'a>(report: &'a Report, language: Language) -> Vec<Rule<'a>> {
    let mut rules: Vec<Rule<'a>> = Vec::new();
    for row in &report.checked {
        if rules.iter().all(|rule| rule.id != row.code) {
            rules.push(Rule {
                id: row.code,
                name: row.name,
                short_description: Message::unless_empty(row.title.get(language)),
                default_configuration: None,
                properties: Some(RuleProperties { found: row.found, of: row.of }),
            });
        }
    }
    for finding in &report.findings {
        let level = level(finding.severity);
        match rules.iter_mut().find(|rule| rule.id == finding.code) {
            Some(rule) => {
                rule.default_configuration.get_or_insert(Configuration { level });
            }
            None => rules.push(Rule {
                id: finding.code,
                name: finding.name,
                short_description: None,
                default_configuration: Some(Configuration { level }),
                properties: None,
            }),
        }
    }
    rules
}

fn result<'a>(finding: &'a Finding, rules: &[Rule<'_>], language: Language) -> Result<'a> {
    let mut locations = finding.spans.iter().enumerate().map(|(index, span)| place::location(span, index, language));
    Result {
        rule_id: finding.code,
        rule_index: rules.iter().position(|rule| rule.id == finding.code),
        level: level(finding.severity),
        message: Message { text: finding.message.get(language) },
        locations: locations.next().into_iter().collect(),
        related_locations: locations.collect(),
        properties: ResultProperties {
            why: finding.why.get(language),
            hint: finding.hint.get(language),
            source: finding.source.get(language),
        },
    }
}

fn notifications(report: &Report, language: Language) -> Vec<Notification<'_>> {
    report
        .notes
        .iter()
        .map(|note| Notification {
            level: "note",
            message: Message { text: note.message.get(language) },
            locations: note.span.iter().map(|span| place::location(span, 0, language)).collect(),
        })
        .collect()
}
