use serde::Serialize;

use crate::{Finding, Language, Report, Span, json};

/// One line of the contract; the order of the fields is part of it.
#[derive(Serialize)]
struct Line<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    hint: &'a str,
    why: &'a str,
    source: &'a str,
    spans: Vec<Place<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    page: Option<u32>,
    path: Option<&'a str>,
    quote: &'a str,
    view: Option<&'a str>,
}

/// The findings as JSON Lines (<https://jsonlines.org>), one finding a line, in the report's order:
/// `{"code","severity","message","hint","why","source","spans":[{"file","line","column","page","path","quote","view"}]}`.
///
/// `line` and `column` count from 1, columns in characters; what is not known is `null`. A report without findings is
/// an empty text. Control characters inside strings are escaped, so that every line break ends a finding.
#[must_use]
pub fn jsonl(report: &Report, language: Language) -> String {
    report.findings.iter().map(|finding| json::line(&line(finding, language)) + "\n").collect()
}

fn line(finding: &Finding, language: Language) -> Line<'_> {
    Line {
        code: finding.code,
        severity: finding.severity.as_str(),
        message: finding.message.get(language),
        hint: finding.hint.get(language),
        why: finding.why.get(language),
        source: finding.source.get(language),
        spans: finding.spans.iter().map(|span| place(span, language)).collect(),
    }
}

fn place(span: &Span, language: Language) -> Place<'_> {
    Place {
        file: &span.file,
        line: span.line,
        column: span.column,
        page: span.page,
        path: span.path.as_deref(),
        quote: &span.quote,
        view: Some(span.view.get(language)).filter(|view| !view.is_empty()),
    }
}
