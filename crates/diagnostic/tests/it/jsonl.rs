use diagnostic::{Language, jsonl};
use serde_json::Value;

use crate::example;

#[test]
fn findings_in_japanese() {
    insta::assert_snapshot!(jsonl(&example::report(), Language::Japanese));
}

#[test]
fn findings_in_english() {
    insta::assert_snapshot!(jsonl(&example::report(), Language::English));
}

#[test]
fn nothing_found_is_an_empty_text() {
    assert_eq!(jsonl(&example::nothing_found(), Language::English), "");
}

#[test]
fn every_field_is_present_and_null_where_unknown() {
    let text = jsonl(&example::report(), Language::English);
    for line in text.lines() {
        let finding: Value = serde_json::from_str(line).expect("a line is JSON");
        for field in ["code", "severity", "message", "hint", "why", "source"] {
            assert!(finding[field].is_string(), "{field} in {line}");
        }
        for span in finding["spans"].as_array().expect("spans are a list") {
            let span = span.as_object().expect("a span is an object");
            for field in ["file", "line", "column", "page", "path", "quote", "view"] {
                assert!(span.contains_key(field), "{field} in {line}");
            }
        }
    }
    assert!(text.contains(r#""line":null,"column":null,"page":9,"path":null"#));
}

#[test]
fn only_line_feeds_end_lines_and_the_quote_stays_verbatim() {
    let quote = "\u{1b}a\n\u{85}\u{9b}\u{2028}\u{202e}\"\\\u{7f}見本";
    let mut report = example::report();
    report.findings.truncate(1);
    report.findings[0].spans[0].quote = quote.to_owned();
    let text = jsonl(&report, Language::Japanese);
    assert_eq!(text.matches('\n').count(), 1);
    assert!(text.trim_end().chars().all(|character| !character.is_control() && !matches!(character, '\u{2028}' | '\u{202e}')));
    let finding: Value = serde_json::from_str(&text).expect("a line is JSON");
    assert_eq!(finding["spans"][0]["quote"], quote);
}
