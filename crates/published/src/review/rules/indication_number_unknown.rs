//! An indication number that does not exist.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP244",
    name: "indication-number-unknown",
    severity: Severity::Error,
    title: ("存在しない効能番号を引いている", "an indication number that does not exist is cited"),
    why: ("効能の番号は「効能又は効果」の番号を指す。", "indication numbers are those of 効能又は効果"),
    reference: plan::form!(" 品目の概要", ", product outline"),
    manual: include_str!("indication_number_unknown.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let Some(product) = &context.published.product else { return };
    let numbers: Vec<u32> = product.indications.iter().filter_map(|i| i.number).collect();
    // without numbers, or with gaps that the reading left, nothing can be said
    let whole =
        !numbers.is_empty() && numbers.iter().zip(1..).all(|(n, wanted)| *n == wanted) && product.indications.iter().all(|i| i.text.sure);
    if !whole {
        return;
    }
    for field in product.fields.iter().filter(|f| matches!(f.label, "承認条件" | "備考" | "用法及び用量") && f.value.sure) {
        let text = field.value.as_str();
        for (at, word) in text.match_indices("効能") {
            let rest = &text[at + word.len()..];
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let Ok(number) = rest[..digits].parse::<u32>() else { continue };
            sink.looked_at(1);
            if numbers.contains(&number) {
                continue;
            }
            let last = numbers.len();
            let mut marks = vec![
                Mark::part(&field.value.text, at..sentence_end(text, at), Section::Product, "").label("ない番号", "no such indication"),
            ];
            marks.extend(product.indications.last().map(|i| {
                Mark::part(&i.text.text, 0..sentence_end(i.text.as_str(), 0), Section::Product, "")
                    .label("最後の効能又は効果", "the last indication")
            }));
            sink.report(
                context,
                (
                    format!("{}の「効能{number}」は効能又は効果にありません（1から{last}まで）", field.label),
                    format!("{} cites indication {number}, but there are {last}", field.label),
                ),
                ("番号を確かめてください。".to_owned(), "check the number".to_owned()),
                &marks,
            );
        }
    }
}

/// The words after a number, up to a stop and 24 characters at most.
fn sentence_end(text: &str, at: usize) -> usize {
    text[at..]
        .char_indices()
        .take(24)
        .find(|(_, c)| matches!(c, '、' | '。'))
        .map_or_else(|| text[at..].char_indices().nth(24).map_or(text.len(), |(n, _)| at + n), |(n, _)| at + n)
}
