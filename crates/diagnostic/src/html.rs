//! A report as a page to read, print and send.

mod checked;
mod excerpt;
mod finding;
mod group;
mod head;
mod style;

use maud::{DOCTYPE, PreEscaped, html};

use crate::text::clean::inline;
use crate::{Language, Report, Severity, phrase};
use group::Group;

/// The report as one HTML page that needs nothing else: styles are inside, nothing is loaded.
///
/// What was found stands first, by rule; then the findings, the most severe first, each with an anchor
/// (`#RMP312-1` for the first of that rule); the notes; and what was checked, with denominators. A choice above the
/// findings shows one severity only; prints show all. Light and dark follow the reader's setting.
#[must_use]
pub fn html(report: &Report, language: Language) -> String {
    let groups = Group::all(report);
    let title = head::title(report, language);
    let page = html! {
        (DOCTYPE)
        html lang=(language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) }
                style { (PreEscaped(style::SHEET)) }
            }
            body {
                a.skip href="#findings" { (language.pick("指摘へ進む", "Skip to the findings")) }
                (head::head(report, &groups, language))
                main {
                    (head::by_rule(report, &groups, language))
                    div #findings tabindex="-1" {
                        @if groups.len() > 1 { (head::filter(&groups, report, language)) }
                        @for group in &groups { (finding::section(group, &report.tool, language)) }
                    }
                    (checked::notes(report, language))
                    (checked::checked(report, &groups, language))
                }
                footer {
                    p { (inline(&report.tool.name)) " " (inline(&report.tool.version)) " · " (phrase::extent(report, language)) }
                }
                @if groups.len() > 1 { script { (PreEscaped(style::SCRIPT)) } }
            }
        }
    };
    page.into_string() + "\n"
}

/// The shape that stands beside a severity's word, so that colour is never alone.
const fn shape(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "■",
        Severity::Warning => "▲",
        Severity::Info => "○",
    }
}
