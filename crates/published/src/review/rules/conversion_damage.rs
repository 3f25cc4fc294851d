//! Damage done by the conversion of the document.

use diagnostic::Severity;

use crate::review::{Context, Mark, Reference, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP107",
    name: "conversion-damage",
    severity: Severity::Info,
    title: ("文字の取り出しで損なわれたとみられる箇所", "places damaged by conversion to text"),
    why: (
        "変換で損なわれた箇所は計画書の矛盾ではないが、読み違いのもとになり、他の指摘の確かさも下げる。",
        "what a conversion damaged is no contradiction of the plan, but it misleads readers and weakens the other findings",
    ),
    reference: Reference::always("通知に定めはない（本点検の実務上の項目）", "no notice: a matter of practice of this review"),
    manual: include_str!("conversion_damage.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let mut marks: Vec<Mark<'_>> = Vec::new();
    for paragraph in &context.published.prose.paragraphs {
        let text = paragraph.text.as_str();
        sink.looked_at(1);
        let mut here: Vec<(usize, Mark<'_>)> = Vec::new();
        let mut add = |at: usize, length: usize, ja: &str, en: &str| {
            let mark = Mark::part(&paragraph.text, at..at + length, paragraph.view.section, &paragraph.view.name).label(ja, en);
            here.push((at, mark));
        };
        for (at, c) in text.char_indices() {
            // □ beside ■, or at the head of its line, is a box to tick
            let to_tick = c == '\u{25a1}' && (at == 0 || text.contains(['■', '☑', '☒', 'レ']));
            if (matches!(c, '\u{fffd}' | '\u{25a1}' | '〓') && !to_tick) || ('\u{e000}'..='\u{f8ff}').contains(&c) {
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
        here.sort_by_key(|(at, _)| *at);
        marks.extend(here.into_iter().map(|(_, mark)| mark));
    }
    if !marks.is_empty() {
        let count = marks.len();
        let shown: Vec<Mark<'_>> = marks.into_iter().take(20).collect();
        sink.report(
            context,
            (
                format!("変換で損なわれたとみられる箇所が{count}か所あります（20か所まで示します）"),
                format!("{count} places look damaged by conversion (the first 20 are shown)"),
            ),
            (
                "元の文書で該当箇所を確かめ、元の文書にも傷があれば直してください。".to_owned(),
                "check them in the original document, and mend it there if it has the damage too".to_owned(),
            ),
            &shown,
        );
    }
}

fn is_japanese(c: char) -> bool {
    matches!(c, 'ぁ'..='ヿ' | '一'..='鿿')
}
