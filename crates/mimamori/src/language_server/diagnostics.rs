//! Findings as the protocol shows them.

use std::collections::BTreeMap;

use diagnostic::{Finding, Severity, Span, harmless};
use lsp_types::{Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString};
use plan::source::Place;

use super::desk::Desk;

/// The diagnostics of a plan by file, for each file that has any.
pub fn diagnostics(desk: &Desk<'_>) -> BTreeMap<String, Vec<Diagnostic>> {
    let mut all: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    for finding in &desk.check.report.findings {
        // what is missing from the whole plan is told where the plan begins
        let path = finding.spans.first().map_or("plan.toml", |span| &span.file);
        all.entry(path.to_owned()).or_default().push(diagnostic(desk, finding));
    }
    all
}

/// A finding.
pub fn diagnostic(desk: &Desk<'_>, finding: &Finding) -> Diagnostic {
    let range = finding.spans.first().and_then(|span| location(desk, span)).map(|location| location.range).unwrap_or_default();
    let related: Vec<_> = finding.spans.iter().skip(1).filter_map(|span| related(desk, span)).collect();
    let mut message = desk.told(&finding.message);
    let hint = desk.told(&finding.hint);
    if !hint.is_empty() {
        message.push('\n');
        message.push_str(&hint);
    }
    Diagnostic {
        range,
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Info => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(finding.code.to_owned())),
        source: Some("mimamori".to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        ..Diagnostic::default()
    }
}

fn related(desk: &Desk<'_>, span: &Span) -> Option<DiagnosticRelatedInformation> {
    let label = desk.told(&span.label);
    let message = if label.is_empty() { harmless(&span.quote) } else { label };
    Some(DiagnosticRelatedInformation { location: location(desk, span)?, message })
}

fn location(desk: &Desk<'_>, span: &Span) -> Option<Location> {
    let sources = &desk.check.plan.sources;
    let file = sources.find(&span.file)?;
    let text = &sources.file(file)?.text;
    // spans count lines from 1 by `\n`, and columns from 1 in characters
    let (line, column) = (span.line? as usize, span.column? as usize);
    let start = if line <= 1 { 0 } else { text.match_indices('\n').nth(line - 2)?.0 + 1 };
    let start = text[start..].char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| start + at);
    desk.location(Place::new(file, start..start + span.quote.len()))
}
