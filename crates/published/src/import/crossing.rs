//! What the review finds between two places of the document and the import did not meet on its way: it is told as well, once, with what
//! the plan took, and quoted in a comment in the file it concerns.

use diagnostic::{Finding, Severity, Span};

use super::draft::Draft;
use super::rules::STATED_OTHERWISE;
use crate::review;

/// Rules that compare two places of which the plan keeps one: their code, what the plan keeps, and the table of `plan.toml` at which the
/// comment stands where it concerns no activity and no concern.
const RULES: &[(&str, (&str, &str), &str)] = &[
    ("RMP201", BODY, "[product]"),
    ("RMP202", BODY, "[product]"),
    ("RMP203", BODY, "[product]"),
    ("RMP204", BODY, "[product]"),
    ("RMP206", BOTH, "[product]"),
    ("RMP207", BODY, "[product]"),
    ("RMP211", ACTIVITY, "[product]"),
    ("RMP212", ACTIVITY, "[product]"),
    ("RMP213", BOTH, "[product]"),
    ("RMP214", ACTIVITY, "[product]"),
    ("RMP215", ACTIVITY, "[product]"),
    ("RMP221", BODY, "[routine]"),
    ("RMP222", BODY, "[routine]"),
    ("RMP223", BODY, "[routine]"),
    ("RMP224", BODY, "[routine]"),
    ("RMP225", BODY, "[routine]"),
    ("RMP226", BODY, "[routine]"),
    ("RMP227", ("先の行を採りました", "the first row was taken"), "[routine]"),
    ("RMP228", BOTH, "[[attachment]]"),
    ("RMP229", BODY, "[routine]"),
    ("RMP230", DERIVED, "[routine]"),
    ("RMP231", BODY, "[routine]"),
    ("RMP241", BODY, "[product]"),
    ("RMP242", BOTH, "[[strength]]"),
    ("RMP244", BOTH, "[[indication]]"),
    ("RMP245", BOTH, "[product]"),
    ("RMP404", BOTH, "[[submission]]"),
    ("RMP405", BOTH, "[product]"),
    ("RMP406", BOTH, "[[indication]]"),
    ("RMP414", LIST, "[routine]"),
    ("RMP415", BODY, "[routine]"),
    ("RMP416", ("【実施計画】の記載を採りました", "what 【実施計画】 says was taken"), "[[event]]"),
    ("RMP417", DERIVED, "[routine]"),
    ("RMP418", DERIVED, "[routine]"),
    ("RMP419", DERIVED, "[routine]"),
    ("RMP420", ("2 から 4、5.1、5.3 の順に採りました", "2 to 4 were taken before 5.1, and 5.1 before 5.3"), "[routine]"),
    ("RMP422", LIST, "[routine]"),
    ("RMP423", BOTH, "[[condition]]"),
    ("RMP425", LIST, "[[submission]]"),
    ("RMP426", BOTH, "[routine]"),
    ("RMP427", BODY, "[routine]"),
    ("RMP431", ("本文の記載を採りました", "what the body says was taken"), "[[submission]]"),
    ("RMP432", LIST, "[routine]"),
];

const BODY: (&str, &str) = ("本文（1 から 4）の記載を採りました", "what the body (1 to 4) says was taken");
const LIST: (&str, &str) = ("5 の一覧の記載を採りました", "what the list of 5 says was taken");
const ACTIVITY: (&str, &str) = ("活動の側（2 から 4）の記載を採りました", "what the activities (2 to 4) say was taken");
const BOTH: (&str, &str) = ("どちらも文書のまま取り込みました", "both were taken as they stand");
const DERIVED: (&str, &str) =
    ("計画では、実施状況は期間と報告書の日付から導かれます", "in the plan the status follows from the period and the reports");

/// Tells of what only the review sees.
pub fn add(draft: &mut Draft<'_>) {
    if draft.context.submitted.is_none() {
        return;
    }
    let report = review::apply(&draft.context, |rule| RULES.iter().any(|(code, ..)| *code == rule.code));
    let compared: usize = report.checked.iter().map(|checked| checked.of).sum();
    draft.looked_at(&STATED_OTHERWISE, compared);
    for finding in report.findings.iter().filter(|finding| finding.severity <= Severity::Warning) {
        let Some((_, taken, table)) = RULES.iter().find(|rule| rule.0 == finding.code) else { continue };
        if draft.is_told(&finding.spans) {
            continue;
        }
        comment(draft, finding, taken.0, table);
        draft.tell_of(finding, &STATED_OTHERWISE, *taken);
    }
}

/// Writes the comment into the file of the activity or the concern, else into `plan.toml`.
fn comment(draft: &mut Draft<'_>, finding: &Finding, taken: &str, table: &str) {
    let sides: Vec<String> = finding.spans.iter().map(side).collect();
    let words = format!("# {}。{taken}（{}）。\n", finding.message.ja.trim_end_matches('。'), sides.join("、"));
    let words: String = words.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
    let (path, at) = match draft.file_of(&finding.spans) {
        Some(path) => (path, "+++\n"),
        None => ("plan.toml".to_owned(), table),
    };
    let Some(text) = draft.files.get_mut(&path) else { return };
    let at = if at == "+++\n" {
        at.len()
    } else {
        // a table that the document gave no reason to write has no place
        text.find(&format!("\n{at}\n")).map_or(text.len(), |found| found + 1)
    };
    text.insert_str(at, &words);
}

fn side(span: &Span) -> String {
    let quote: String = span.quote.chars().take(120).collect();
    format!("{}「{}」", span.view.ja, quote.split_whitespace().collect::<Vec<_>>().join(" "))
}
