use maud::{Markup, html};

use super::group::Group;
use super::shape;
use crate::text::clean::inline;
use crate::{Language, Report, Severity, phrase};

/// The title of the page, or the file's name if it has none.
pub(super) fn title(report: &Report, language: Language) -> String {
    let title = report.title.get(language);
    inline(if title.is_empty() { &report.file } else { title })
}

/// What this is, and the answer in one sentence.
pub(super) fn head(report: &Report, groups: &[Group<'_>], language: Language) -> Markup {
    html! {
        header {
            p.product { (inline(&report.tool.name)) " " (inline(&report.tool.version)) }
            h1 { (title(report, language)) }
            p.answer {
                @if groups.is_empty() {
                    (language.pick("指摘はありません。", "Nothing was found."))
                }
                @for group in groups {
                    a.count.(group.severity) href={ "#" (group.severity) } {
                        span.shape aria-hidden="true" { (shape(group.severity)) }
                        " " (phrase::count(group.severity, group.findings.len(), language))
                    }
                    " "
                }
            }
            dl.facts {
                dt { (language.pick("文書", "Document")) } dd { (inline(&report.file)) }
                @if !report.as_of.is_empty() {
                    dt { (language.pick("基準日", "As of")) } dd { (inline(&report.as_of)) }
                }
                dt { (language.pick("確認", "Checked")) }
                dd { a href="#checked" { (phrase::extent(report, language)) } }
                @if !report.notes.is_empty() {
                    dt { (language.pick("注記", "Notes")) }
                    dd { a href="#notes" { (notes(report.notes.len(), language)) } }
                }
            }
        }
    }
}

fn notes(count: usize, language: Language) -> String {
    match language {
        Language::Japanese => format!("{}件", phrase::number(count)),
        Language::English => format!("{} note{}", phrase::number(count), phrase::plural(count)),
    }
}

/// What was found, a line a rule; every number leads to the first of what it counts.
pub(super) fn by_rule(report: &Report, groups: &[Group<'_>], language: Language) -> Markup {
    html! {
        @if !groups.is_empty() {
            section aria-labelledby="summary" {
                h2 #summary { (language.pick("規則別の件数", "By rule")) }
                div.scroll tabindex="0" role="region" aria-labelledby="summary" {
                    table {
                        thead { tr {
                            th scope="col" { (language.pick("区分", "Severity")) }
                            th scope="col" { (language.pick("規則", "Rule")) }
                            th scope="col" { (language.pick("確認したこと", "What is checked")) }
                            th.number scope="col" { (language.pick("指摘", "Found")) }
                        } }
                        @for group in groups {
                            tbody {
                                @for (code, name) in rules(group) {
                                    @if let Some((anchor, count)) = group.of_rule(code) {
                                        tr {
                                            td { (severity(group.severity, language)) }
                                            th scope="row" { a href={ "#" (anchor) } { (inline(code)) } }
                                            td { (what(report, code, name, language)) }
                                            td.number { a href={ "#" (anchor) } { (phrase::number(count)) } }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The rules of a group, by code.
fn rules<'a>(group: &Group<'a>) -> Vec<(&'a str, &'a str)> {
    let mut rules: Vec<_> = group.findings.iter().map(|(_, finding)| (finding.code, finding.name)).collect();
    rules.sort_unstable();
    rules.dedup_by_key(|(code, _)| *code);
    rules
}

fn what(report: &Report, code: &str, name: &str, language: Language) -> String {
    report
        .checked
        .iter()
        .find(|row| row.code == code)
        .map(|row| row.title.get(language))
        .filter(|title| !title.is_empty())
        .map_or_else(|| inline(name), inline)
}

/// A severity by shape, word and colour.
pub(super) fn severity(severity: Severity, language: Language) -> Markup {
    html! {
        span.severity.(severity) {
            span.shape aria-hidden="true" { (shape(severity)) }
            " " (severity.word(language))
        }
    }
}

/// A choice of one severity; works by style alone, and shows everything where styles cannot do it.
pub(super) fn filter(groups: &[Group<'_>], report: &Report, language: Language) -> Markup {
    html! {
        fieldset.filter {
            legend { (language.pick("表示する指摘", "Show")) }
            label {
                input #show-all type="radio" name="show" checked;
                " " (language.pick("すべて", "all")) " " (phrase::number(report.findings.len()))
            }
            @for group in groups {
                label {
                    input id={ "show-" (group.severity) } type="radio" name="show";
                    " " (phrase::count(group.severity, group.findings.len(), language))
                }
            }
        }
    }
}
