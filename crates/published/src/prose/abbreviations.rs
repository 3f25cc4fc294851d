//! Short forms that the document defines: …（以下、X）.

use crate::model::{Abbreviation, Prose};

/// Finds all definitions.
pub fn find(prose: &mut Prose) {
    for (paragraph, p) in prose.paragraphs.iter().enumerate() {
        let s = p.text.as_str();
        let mut from = 0;
        while let Some(found) = s[from..].find("以下") {
            let at = from + found;
            from = at + "以下".len();
            let mut start = from;
            for lead in ["、", ",", "「", "『", "\"", "“"] {
                if s[start..].starts_with(lead) {
                    start += lead.len();
                }
            }
            if start == from {
                continue;
            }
            let rest = &s[start..];
            let Some(end) = rest.find([')', '」', '』', '"', '”']).filter(|&e| e > 0 && rest[..e].chars().count() <= 40) else {
                continue;
            };
            let mut short = &rest[..end];
            for tail in ["という", "とする", "と略す", "と略記", "と記載", "と表記"] {
                short = short.strip_suffix(tail).unwrap_or(short);
            }
            if short.contains(['。', '(']) || short.is_empty() {
                continue;
            }
            let long = long_form(&s[..at]);
            prose.abbreviations.push(Abbreviation { paragraph, range: start..start + short.len(), short: short.to_owned(), long });
        }
    }
}

/// The words before a definition that it shortens: back to the last stop, comma or bracket, or what an inner bracket holds.
fn long_form(before: &str) -> String {
    let before = before.trim_end_matches(['、', ',', ';', ':']);
    let (before, inner) = match before.rfind('(') {
        Some(open) if !before[open..].contains(')') => (&before[..open], &before[open + 1..]),
        _ => (before, ""),
    };
    if inner.chars().count() >= 4 && !inner.contains("番号") {
        return format!("{}({inner}", tail(before));
    }
    tail(before).to_owned()
}

fn tail(before: &str) -> &str {
    let start = before
        .char_indices()
        .rev()
        .scan(0i32, |depth, (at, c)| {
            match c {
                ')' | '」' => *depth += 1,
                '(' | '「' => *depth -= 1,
                _ => {}
            }
            Some((at, c, *depth))
        })
        .find(|&(_, c, depth)| depth < 0 || (depth == 0 && matches!(c, '。')))
        .map_or(0, |(at, c, _)| at + c.len_utf8());
    let part = &before[start..];
    let cut = part.char_indices().rev().nth(79).map_or(0, |(at, _)| at);
    &part[cut..]
}
