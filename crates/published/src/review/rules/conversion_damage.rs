//! Damage done by the conversion of the document.

use diagnostic::Severity;

use crate::review::{Context, Mark, Reference, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP107",
    name: "conversion-damage",
    severity: Severity::Info,
    title: ("変換で損なわれた箇所", "damage done by conversion"),
    why: ("変換で損なわれた箇所は文書の矛盾ではないが、読み違いのもとになる。", "what a conversion damaged is no contradiction of the document, but misleads its readers"),
    reference: Reference::form(
        "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）別紙様式1",
        "Form 1  (notice of 18 March 2022, PSEHB/PED 0318-2, PSEHB/PSD 0318-1)",
    ),
    manual: include_str!("conversion_damage.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let mut marks: Vec<Mark<'_>> = Vec::new();
    for paragraph in &context.published.prose.paragraphs {
        let text = paragraph.text.as_str();
        sink.looked_at(1);
        let mut add = |at: usize, length: usize, ja: &str, en: &str| {
            marks.push(Mark::part(&paragraph.text, at..at + length, paragraph.view.section, &paragraph.view.name).label(ja, en));
        };
        for (at, c) in text.char_indices() {
            if matches!(c, '\u{fffd}' | '\u{25a1}' | '〓') || ('\u{e000}'..='\u{f8ff}').contains(&c) {
                add(at, c.len_utf8(), "文字化け", "a character was lost");
            }
        }
        // an English word that a translation of the text left between Japanese words
        for word in ["of", "and", "the", "in", "or", "with", "to", "for"] {
            for (at, _) in text.match_indices(word) {
                let before = text[..at].chars().next_back();
                let after = text[at + word.len()..].chars().next();
                if before.is_some_and(is_japanese) && after.is_some_and(|c| is_japanese(c) || c.is_ascii_digit()) {
                    add(at, word.len(), "英単語の混入", "an English word among Japanese ones");
                }
            }
        }
        for tag in ["&nbsp;", "&lt;", "&gt;", "&amp;"] {
            for (at, _) in text.match_indices(tag) {
                add(at, tag.len(), "変換の記号が残っている", "a code of the conversion");
            }
        }
    }
    if !marks.is_empty() {
        let count = marks.len();
        let shown: Vec<Mark<'_>> = marks.into_iter().take(20).collect();
        sink.report(
            context,
            (format!("変換で損なわれたとみられる箇所が{count}か所あります"), format!("{count} places look damaged by conversion")),
            ("元の文書で確かめてください。".to_owned(), "check them in the original document".to_owned()),
            &shown,
        );
    }
}

fn is_japanese(c: char) -> bool {
    matches!(c, 'ぁ'..='ヿ' | '一'..='鿿')
}
