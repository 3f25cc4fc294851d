//! `README.import.md`: what was chosen and what was left, beside the plan. The language ignores it.

use std::fmt::Write;

use super::draft::Draft;
use super::left::{Left, Why};
use crate::source::Place;

/// Writes the account of the import.
pub fn add(draft: &mut Draft<'_>, left: &[Left]) {
    // its name alone: where it lay on one machine is of no use to the others who read the plan
    let file = draft.published.source.file.rsplit(['/', '\\']).next().unwrap_or_default().replace(char::is_control, "");
    let mut out = format!("# 取り込みの記録\n\n「{file}」から取り込んだ。確かめ終えたら、このファイルは消してよい。\n");
    let findings = draft.findings();
    // writing to a string cannot fail
    let _ = writeln!(out, "\n## 食い違い、確実でない読み取り（{} 件）\n", findings.len());
    for finding in &findings {
        let _ = writeln!(out, "- {} {}", finding.code, finding.message.ja);
        for span in &finding.spans {
            let quote: String = span.quote.chars().take(200).collect();
            let _ = writeln!(out, "  - {}：「{quote}」", span.view.ja);
        }
    }
    for (why, title) in [
        (Why::NotPlaced, "取り込めなかった記載"),
        (Why::Derived, "計画から導かれるため取り込まなかった記載（表紙と概要）"),
        (Why::Form, "様式の見出し、欄の名、頁"),
    ] {
        let of: Vec<&Left> = left.iter().filter(|left| left.why == why).collect();
        let _ = writeln!(out, "\n## {title}（{} か所）\n", of.len());
        for left in of {
            let _ = writeln!(out, "- {}{}", place(&left.place), left.text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    draft.files.insert("README.import.md".to_owned(), out);
}

fn place(place: &Place) -> String {
    match (&place.path, place.line, place.page) {
        (Some(path), ..) => format!("{path}："),
        (_, Some(line), _) => format!("{line} 行目："),
        (_, _, Some(page)) => format!("{page} 頁："),
        _ => String::new(),
    }
}
