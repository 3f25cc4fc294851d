use maud::{Markup, html};

use super::finding::place;
use super::group::Group;
use crate::text::clean::inline;
use crate::{Checked, Language, Report, phrase};

/// What the reader must be told besides the findings.
pub(super) fn notes(report: &Report, language: Language) -> Markup {
    html! {
        @if !report.notes.is_empty() {
            section.notes aria-labelledby="notes" {
                h2 #notes { (language.pick("注記", "Notes")) }
                ul {
                    @for note in &report.notes {
                        li {
                            (inline(note.message.get(language)))
                            @if let Some(span) = &note.span { div.place { (place(span, language)) } }
                        }
                    }
                }
            }
        }
    }
}

/// What was checked, with denominators: also where nothing was found.
pub(super) fn checked(report: &Report, groups: &[Group<'_>], language: Language) -> Markup {
    html! {
        section aria-labelledby="checked" {
            h2 #checked { (language.pick("確認した範囲", "What was checked")) }
            @if report.checked.is_empty() {
                p { (language.pick("確認した規則はありません。", "No rule was applied.")) }
            } @else {
                p.lead {
                    (language.pick(
                        "指摘のない規則も、何件の記載について確認したかとともに示します。対象が0件の規則は、文書に該当する記載がなかったことを表します。",
                        "Rules that found nothing are shown too, with the number of statements they were applied to. Where that is 0, the document states nothing the rule speaks about.",
                    ))
                }
                div.scroll tabindex="0" role="region" aria-labelledby="checked" {
                    table {
                        thead { tr {
                            th scope="col" { (language.pick("規則", "Rule")) }
                            th scope="col" { (language.pick("確認したこと", "What is checked")) }
                            th.number scope="col" { (language.pick("指摘", "Found")) }
                            th.number scope="col" { (language.pick("対象", "Of")) }
                        } }
                        tbody { @for row in &report.checked { (line(row, groups, language)) } }
                    }
                }
            }
        }
    }
}

fn line(row: &Checked, groups: &[Group<'_>], language: Language) -> Markup {
    let title = row.title.get(language);
    let anchor = groups.iter().find_map(|group| group.of_rule(row.code)).map(|(anchor, _)| anchor);
    html! {
        tr.idle[row.of == 0] {
            th scope="row" { (inline(row.code)) }
            td { (inline(if title.is_empty() { row.name } else { title })) }
            td.number {
                @if let Some(anchor) = anchor { a href={ "#" (anchor) } { (phrase::number(row.found)) } }
                @else { (phrase::number(row.found)) }
            }
            td.number { (phrase::number(row.of)) }
        }
    }
}
