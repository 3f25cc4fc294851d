//! Whatever a report holds, nothing panics, nothing escapes, and lines fit.

use diagnostic::{Checked, Finding, Language, Note, Problem, Report, Severity, Span, Tool, Words, html, human, jsonl, markdown, sarif};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

/// Any text, and text made of what is most likely to do harm.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[見本錠、。（）あﾊﾟ0-9a%<>&\"'\u{301}\u{3099}\u{200d}\u{fe0f}👨\u{1b}\u{9b}\u{7}\t\r\n\u{c}\u{85}\u{2028}\u{202e}\u{feff}\u{ffff} ]{0,300}",
    ]
}

fn words() -> impl Strategy<Value = Words> {
    (text(), text()).prop_map(|(ja, en)| Words::new(ja, en))
}

fn index() -> impl Strategy<Value = usize> {
    prop_oneof![0usize..400, any::<usize>()]
}

fn span() -> impl Strategy<Value = Span> {
    (
        (text(), text(), text(), words(), words()),
        (any::<Option<u32>>(), any::<Option<u32>>(), any::<Option<u32>>(), proptest::option::of(text())),
        (index(), index()),
    )
        .prop_map(|((file, quote, excerpt, view, label), (line, column, page, path), (start, end))| Span {
            file,
            line,
            column,
            page,
            path,
            quote,
            view,
            excerpt,
            mark: start..end,
            label,
        })
}

fn finding() -> impl Strategy<Value = Finding> {
    (
        proptest::sample::select(vec!["RMP001", "", "\u{1b}<x>", "規則1"]),
        proptest::sample::select(Severity::ALL.to_vec()),
        (words(), words(), words(), words()),
        proptest::collection::vec(span(), 0..4),
    )
        .prop_map(|(code, severity, (message, why, hint, source), spans)| Finding {
            code,
            name: "sample",
            severity,
            message,
            why,
            hint,
            source,
            spans,
        })
}

fn report() -> impl Strategy<Value = Report> {
    let note = (words(), proptest::option::of(span())).prop_map(|(message, span)| Note { message, span });
    let checked = (words(), any::<usize>(), any::<usize>()).prop_map(|(title, found, of)| Checked {
        code: "RMP001",
        name: "sample",
        title,
        found,
        of,
    });
    (
        (text(), text(), proptest::option::of(text())),
        (text(), words(), text()),
        proptest::collection::vec(finding(), 0..4),
        proptest::collection::vec(note, 0..3),
        proptest::collection::vec(checked, 0..3),
    )
        .prop_map(|((name, version, information_uri), (file, title, as_of), findings, notes, checked)| Report {
            tool: Tool { name, version, information_uri },
            file,
            title,
            as_of,
            findings,
            notes,
            checked,
        })
}

fn harmless(text: &str) -> bool {
    !text.chars().any(|character| {
        character.is_control() && character != '\n' || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

/// Without the styles that the renderers themselves write.
fn without_styles(text: &str) -> String {
    let mut text = text.to_owned();
    for style in ["0", "1", "2", "3", "36", "1;31", "1;33", "1;34"] {
        text = text.replace(&format!("\u{1b}[{style}m"), "");
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn terminal_output_is_harmless_and_fits(report in report(), width in 0usize..160) {
        for language in [Language::Japanese, Language::English] {
            let plain = human(&report, language, false, width);
            prop_assert!(harmless(&plain), "{plain:?}");
            for line in plain.lines() {
                prop_assert!(line.width() <= width.max(32), "{line:?}");
            }
            let coloured = human(&report, language, true, width);
            prop_assert_eq!(without_styles(&coloured), plain);
        }
    }

    #[test]
    fn data_are_json_and_keep_every_quote(report in report()) {
        let lines = jsonl(&report, Language::Japanese);
        prop_assert!(harmless(&lines));
        prop_assert_eq!(lines.lines().count(), report.findings.len());
        for (line, finding) in lines.lines().zip(&report.findings) {
            let value: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
            for (index, span) in finding.spans.iter().enumerate() {
                prop_assert_eq!(value["spans"][index]["quote"].as_str(), Some(span.quote.as_str()));
            }
        }
        let log = sarif(&report, Language::English);
        prop_assert!(harmless(&log));
        let log: serde_json::Value = serde_json::from_str(&log).expect("the log is JSON");
        crate::sarif::check(&log);
    }

    #[test]
    fn a_page_holds_no_markup_of_the_document(report in report()) {
        let page = html(&report, Language::Japanese);
        prop_assert!(harmless(&page));
        crate::html::check(&page);
    }

    #[test]
    fn manual_pages_never_panic(text in text(), width in 0usize..120) {
        prop_assert!(harmless(&markdown(&text, false, width)));
        prop_assert!(harmless(&without_styles(&markdown(&text, true, width))));
    }

    #[test]
    fn problems_are_harmless(message in words(), hint in words()) {
        let problem = Problem::new(message, hint);
        prop_assert!(harmless(&problem.to_string()));
        prop_assert!(problem.human(Language::English).lines().count() <= 2);
    }
}

#[test]
fn nested_markdown_is_set_without_panic() {
    let page = format!("{}a\n\n{}b\n\n{}\n", "> - ".repeat(200), "1. ".repeat(200), "*".repeat(2_000));
    assert!(harmless(&markdown(&page, false, 40)));
}
