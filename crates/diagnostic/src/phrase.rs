//! Sentences that more than one renderer says.

use crate::{Language, Report, Severity, Span};

/// `1,234`.
pub(crate) fn number(value: usize) -> String {
    let digits = value.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `2 errors`, `要修正 2件`.
pub(crate) fn count(severity: Severity, count: usize, language: Language) -> String {
    let word = severity.word(language);
    let counted = number(count);
    match language {
        Language::Japanese => format!("{word} {counted}件"),
        Language::English if count == 1 || severity == Severity::Info => {
            format!("{counted} {word}")
        }
        Language::English => format!("{counted} {word}s"),
    }
}

/// How many rules were applied to how many statements.
pub(crate) fn extent(report: &Report, language: Language) -> String {
    let rules = report.checked.len();
    let statements = report.statements();
    match language {
        Language::Japanese => format!("規則{}件を延べ{}か所で確認", number(rules), number(statements)),
        Language::English => {
            format!("{} rule{} applied to {} statement{}", number(rules), plural(rules), number(statements), plural(statements))
        }
    }
}

/// The ending of an English plural.
pub(crate) const fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// Where a span is, without its file: page, line, paragraph or cell, and the part it stands in.
pub(crate) fn place(span: &Span, language: Language) -> Vec<String> {
    let numbered = |ja: &str, en: &str, number: u32| match language {
        Language::Japanese => format!("{number}{ja}"),
        Language::English => format!("{en} {number}"),
    };
    let mut place = Vec::new();
    place.extend(span.page.map(|page| numbered("ページ", "page", page)));
    place.extend(span.line.map(|line| numbered("行目", "line", line)));
    place.extend(span.path.clone());
    place.push(span.view.get(language).to_owned());
    place.retain(|part| !part.is_empty());
    place
}

/// What stands between the parts of a place.
pub(crate) const fn between(language: Language) -> &'static str {
    match language {
        Language::Japanese => "、",
        Language::English => ", ",
    }
}
