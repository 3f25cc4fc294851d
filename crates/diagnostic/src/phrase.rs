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
    place.extend(span.path.as_deref().map(|path| path_words(path, language)));
    place.push(span.view.get(language).to_owned());
    place.retain(|part| !part.is_empty());
    place
}

/// The words of a path, such as `table 19, row 1`, as a reader of the language says them; a path of other words stays as it is.
fn path_words(path: &str, language: Language) -> String {
    if language == Language::English {
        return path.to_owned();
    }
    let part = |part: &str| {
        let (word, number) = part.rsplit_once(' ').filter(|(_, n)| n.bytes().all(|b| b.is_ascii_digit()))?;
        Some(match word {
            "table" => format!("表{number}"),
            "row" => format!("{number}行目"),
            "cell" => format!("{number}列目"),
            "paragraph" => format!("{number}段落目"),
            "footnote" => format!("脚注{number}"),
            "endnote" => format!("文末脚注{number}"),
            _ => return None,
        })
    };
    path.split(", ").map(part).collect::<Option<Vec<_>>>().map_or_else(|| path.to_owned(), |parts| parts.join("、"))
}

/// What stands between the parts of a place.
pub(crate) const fn between(language: Language) -> &'static str {
    match language {
        Language::Japanese => "、",
        Language::English => ", ",
    }
}

#[cfg(test)]
mod tests {
    use super::path_words;
    use crate::Language::{English, Japanese};

    #[test]
    fn a_path_is_told_in_the_language_of_its_reader() {
        assert_eq!(path_words("table 19, row 1, cell 2, paragraph 3", Japanese), "表19、1行目、2列目、3段落目");
        assert_eq!(path_words("table 19, row 1", English), "table 19, row 1");
        assert_eq!(path_words("plan/table 1.toml", Japanese), "plan/table 1.toml");
    }
}
