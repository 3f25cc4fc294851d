use diagnostic::{Finding, Language, Report, Severity, Span, Words, human};
use unicode_width::UnicodeWidthStr;

use crate::example;

#[test]
fn a_report_in_japanese() {
    insta::assert_snapshot!(human(&example::report(), Language::Japanese, false, 100));
}

#[test]
fn a_report_in_english() {
    insta::assert_snapshot!(human(&example::report(), Language::English, false, 100));
}

#[test]
fn a_report_on_a_narrow_terminal() {
    insta::assert_snapshot!(human(&example::report(), Language::Japanese, false, 48));
}

#[test]
fn a_report_in_colour() {
    let text = human(&example::report(), Language::English, true, 100);
    insta::assert_snapshot!(text.replace('\u{1b}', "ESC"));
}

#[test]
fn nothing_found_says_what_was_checked() {
    let report = example::nothing_found();
    let japanese = human(&report, Language::Japanese, false, 100);
    let english = human(&report, Language::English, false, 100);
    insta::assert_snapshot!(format!("{japanese}\n{english}"));
}

/// A report with one finding at one place.
fn one(span: Span) -> Report {
    let finding = Finding {
        code: "RMP001",
        name: "sample",
        severity: Severity::Warning,
        message: Words::same("見本"),
        why: Words::default(),
        hint: Words::default(),
        source: Words::default(),
        spans: vec![span],
    };
    Report { findings: vec![finding], ..Report::default() }
}

/// The columns, from 0, at which `marked` and the carets under it begin and how wide they are.
fn check_carets(excerpt: &str, marked: &str, width: usize) {
    let text = human(&one(example::span(marked, excerpt, Words::default(), Words::default())), Language::Japanese, false, width);
    let lines: Vec<&str> = text.lines().collect();
    let carets = lines.iter().position(|line| line.contains('^')).unwrap_or_else(|| panic!("no carets in {text}"));
    let (before, _) = lines[carets - 1].split_once(marked).expect("the mark is shown");
    let start = lines[carets].find('^').expect("there are carets");
    assert_eq!(lines[carets][..start].width(), before.width(), "{text}");
    let length = lines[carets].chars().filter(|character| *character == '^').count();
    assert_eq!(length, marked.width(), "{text}");
}

#[test]
fn carets_stand_under_full_width_text() {
    check_carets("見本錠で 4.2%（1/24例）に確認", "1/24", 80);
    check_carets("見本錠で 4.2%（１／２４例）に確認", "１／２４例", 80);
    check_carets(&example::long_paragraph(), "1/24", 60);
    check_carets(&example::long_paragraph(), "（1/24例）", 81);
}

#[test]
fn carets_stand_under_half_width_kana() {
    check_carets("通常のﾘｽｸ最小化活動", "ﾘｽｸ", 80);
    check_carets("ﾐﾎﾝｼﾞｮｳﾉｼｹﾝ", "ｼﾞｮｳ", 80);
}

#[test]
fn carets_stand_under_combining_characters() {
    check_carets("か\u{3099}んの患者 SMP-201", "SMP-201", 80);
    check_carets("cafe\u{301} と 葛\u{e0100}飾の SMP", "葛\u{e0100}飾", 80);
    check_carets("は\u{309a}ーの e\u{301}", "e\u{301}", 80);
}

#[test]
fn tabs_and_wide_gaps_do_not_move_carets() {
    let text = human(
        &one(example::span("500例", "        調査\t\t       500例\t実施中", Words::default(), Words::default())),
        Language::Japanese,
        false,
        80,
    );
    assert!(text.contains("    │ 調査   500例   実施中\n    │        ^^^^^\n"), "{text}");
}

#[test]
fn an_empty_mark_points_only_with_a_label() {
    let span =
        |label: &str| Span { excerpt: "【根拠】\n次の節".to_owned(), mark: 12..12, label: Words::same(label), ..Span::default() };
    let with = human(&one(span("理由がない")), Language::Japanese, false, 80);
    assert!(with.contains("    │ 【根拠】\n    │       ^^ 理由がない\n    │ 次の節\n"), "{with}");
    let without = human(&one(span("")), Language::Japanese, false, 80);
    assert!(!without.contains('^'), "{without}");
}

#[test]
fn of_many_underlined_lines_the_ends_are_shown() {
    let lines: Vec<String> = (1..=20).map(|number| format!("{number}行")).collect();
    let excerpt = lines.join("\n");
    let span = Span { mark: 0..excerpt.len(), excerpt, label: Words::same("全体"), ..Span::default() };
    let text = human(&one(span), Language::Japanese, false, 80);
    assert_eq!(text.matches('^').count(), 9 + 12, "{text}");
    assert!(text.contains("    │ …\n") && text.contains("^^^^ 全体"), "{text}");
}

#[test]
fn a_label_without_room_stands_below() {
    let text = human(
        &one(example::span("例数", "これは終わりに近い例数", Words::default(), Words::same("ここでは24例だが、ほかの箇所では47例"))),
        Language::Japanese,
        false,
        46,
    );
    let below = text.lines().find(|line| line.contains("ここでは")).expect("the label is shown");
    assert!(!below.contains('^'), "{text}");
    assert!(text.lines().all(|line| line.width() <= 46), "{text}");
}

#[test]
fn a_document_cannot_act_on_the_terminal() {
    let hostile = "\u{1b}[2J\u{9b}31m\u{7}\u{202e}txt.\r\u{8}見本";
    let span = Span {
        file: hostile.to_owned(),
        path: Some(hostile.to_owned()),
        view: Words::same(hostile),
        label: Words::same(hostile),
        ..example::span("見本", hostile, Words::default(), Words::default())
    };
    let text = human(&one(span), Language::Japanese, false, 200);
    assert!(!text.chars().any(|character| character.is_control() && character != '\n'));
    assert!(!text.contains('\u{202e}'));
    assert!(text.contains("␛[2J"), "{text}");
}
