use diagnostic::markdown;
use unicode_width::UnicodeWidthStr;

const PAGE: &str = include_str!("manual.md");

#[test]
fn a_manual_page() {
    insta::assert_snapshot!(markdown(PAGE, false, 72));
}

#[test]
fn a_manual_page_in_colour() {
    insta::assert_snapshot!(markdown(PAGE, true, 72).replace('\u{1b}', "ESC"));
}

#[test]
fn prose_and_tables_fit_a_narrow_terminal() {
    let text = markdown(PAGE, false, 40);
    let too_wide: Vec<&str> = text.lines().filter(|line| line.width() > 40 && !line.starts_with("    ")).collect();
    assert!(too_wide.is_empty(), "{too_wide:?}");
}

#[test]
fn a_page_cannot_act_on_the_terminal() {
    let text = markdown("# a\u{1b}[2J\n\n`\u{9b}b`\n\n    \u{7}c\n\n|\u{202e}|\n|-|\n", false, 72);
    assert!(!text.chars().any(|character| character.is_control() && character != '\n'));
    assert!(!text.contains('\u{202e}'));
}
