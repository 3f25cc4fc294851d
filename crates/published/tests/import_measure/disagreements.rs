//! Contradictions that were put into the documents, and what the import says of them.

#[path = "../../../mimamori/tests/quality/matching.rs"]
mod matching;

use diagnostic::Severity;
use matching::{Lines, Pointed, Sought};
use serde_json::Value;

use crate::{Case, Table, add};

/// Kinds of contradictions between two views of the same fact.
const KINDS: [&str; 25] = [
    "concern-name",
    "matrix",
    "target-mismatch",
    "period-mismatch",
    "eppv-period",
    "report-deadline",
    "date-mismatch",
    "status-mismatch",
    "activity-name",
    "summary-missing-activity",
    "summary-missing-concern",
    "summary-extra-activity",
    "summary-extra-concern",
    "missing-activity",
    "milestone-mismatch",
    "routine-text",
    "duplicate-row",
    "class-mismatch",
    "concern-group",
    "summary-item",
    "condition-mismatch",
    "all-case-method",
    "ongoing-past-end",
    "finished-without-report",
    "approval-number",
];

pub fn measure(case: &Case, table: &mut Table) {
    let lines = case.text.as_deref().map(Lines::of);
    let sought = |passage: &Value| {
        let quotes: Vec<String> = passage["quotes"].as_array().unwrap().iter().map(|quote| quote.as_str().unwrap().to_owned()).collect();
        Sought::of(&quotes, lines.as_ref())
    };
    let defects: Vec<(String, String, Sought)> = case.truth["defects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|defect| (defect["id"].as_str().unwrap().to_owned(), defect["kind"].as_str().unwrap().to_owned(), sought(defect)))
        .collect();
    let mut times: Vec<Vec<String>> = vec![Vec::new(); defects.len()];
    for finding in case.imported.report.findings.iter().filter(|finding| finding.code.starts_with("IMP2")) {
        let pointed: Vec<Pointed> = finding.spans.iter().map(|span| Pointed::of(&span.quote, span.line, lines.as_ref())).collect();
        let hits: Vec<usize> = (0..defects.len())
            .filter(|&n| pointed.iter().any(|pointed| defects[n].2.quoted(pointed) || defects[n].2.on_line(pointed)))
            .collect();
        hits.iter().for_each(|&n| times[n].push(format!("{} {}", finding.code, finding.message.ja)));
        let quotes: Vec<String> = finding.spans.iter().map(|span| span.quote.chars().take(50).collect()).collect();
        if hits.is_empty() && finding.severity <= Severity::Warning {
            add(table, "other warnings of views", 1, 1);
            println!("   other: {} {} {quotes:?}", finding.code, finding.message.ja);
        }
        if finding.spans.len() < 2 {
            add(table, "findings with one side only", 1, 1);
        }
    }
    for ((id, kind, _), times) in defects.iter().zip(times) {
        if !KINDS.contains(&kind.as_str()) {
            continue;
        }
        add(table, "contradictions of views told", usize::from(!times.is_empty()), 1);
        if times.len() > 1 {
            add(table, "contradictions told several times", 1, 1);
        }
        if times.len() != 1 {
            println!("   {id} {kind}: told {} times {times:?}", times.len());
        }
    }
}
