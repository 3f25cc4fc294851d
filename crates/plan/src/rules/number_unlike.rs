//! A therapeutic category or an approval number that is not of its form.

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::source::Spanned;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN701",
    name: "number-unlike",
    severity: Severity::Warning,
    title: ("薬効分類か承認番号の形でない", "a category or an approval number is not of its form"),
    why: (
        "薬効分類は 87 で始まる 6 桁、承認番号は 5 桁、英字 3 字、8 桁である。",
        "a category is 87 and four digits, an approval number five digits, three letters and eight digits",
    ),
    reference: notice::FORM,
    manual: include_str!("number_unlike.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let facts = &context.plan.facts;
    let category = |text: &str| text.len() == 6 && text.starts_with("87") && text.bytes().all(|b| b.is_ascii_digit());
    judge(sink, &facts.product.class, category, ("薬効分類", "a therapeutic category"), "874291");
    for strength in &facts.strength {
        judge(sink, &strength.approval_number, approval_number, ("承認番号", "an approval number"), "30300AMX00001000");
    }
}

fn approval_number(text: &str) -> bool {
    let letters = 5..8;
    text.len() == 16
        && text.bytes().enumerate().all(|(index, b)| if letters.contains(&index) { b.is_ascii_uppercase() } else { b.is_ascii_digit() })
}

fn judge(sink: &mut Sink, value: &Spanned<String>, fits: impl Fn(&str) -> bool, what: (&str, &str), example: &str) {
    // what is missing is told as a missing key
    if value.trim().is_empty() {
        return;
    }
    sink.looked_at(1);
    if !fits(value) {
        sink.report(Mistake::new(
            (format!("「{}」は{}の形ではありません", value.value, what.0), format!("“{}” is not of the form of {}", value.value, what.1)),
            (format!("半角で {example} のように書いてください。"), format!("write it like {example}")),
            Mark::at(value.at),
        ));
    }
}
