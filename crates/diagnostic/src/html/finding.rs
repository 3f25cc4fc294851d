use maud::{Markup, html};

use super::group::Group;
use super::{excerpt, head};
use crate::text::clean::inline;
use crate::{Finding, Language, Span, Tool, phrase};

/// The findings of one severity.
pub(super) fn section(group: &Group<'_>, tool: &Tool, language: Language) -> Markup {
    html! {
        section.group.(group.severity) aria-labelledby=(group.severity) {
            h2 id=(group.severity) {
                (head::severity(group.severity, language))
                " " span.total { (total(group.findings.len(), language)) }
            }
            @for (anchor, finding) in &group.findings { (article(anchor, finding, tool, language)) }
        }
    }
}

fn total(count: usize, language: Language) -> String {
    match language {
        Language::Japanese => format!("{}件", phrase::number(count)),
        Language::English => phrase::number(count),
    }
}

fn article(anchor: &str, finding: &Finding, tool: &Tool, language: Language) -> Markup {
    let title = format!("{anchor}-title");
    html! {
        article.finding.(finding.severity) id=(anchor) aria-labelledby=(title) {
            p.margin {
                a.code href={ "#" (anchor) } { (inline(finding.code)) }
                " " (head::severity(finding.severity, language))
                " " span.name { (inline(finding.name)) }
            }
            div.body {
                h3 id=(title) { (inline(finding.message.get(language))) }
                @for span in &finding.spans { (side(span, language)) }
                dl.advice {
                    (advice(language.pick("理由", "Why"), finding.why.get(language)))
                    (advice(language.pick("対処", "Do"), finding.hint.get(language)))
                    dt { (language.pick("規則", "Rule")) }
                    dd {
                        code { (inline(&tool.name)) " explain " (inline(finding.code)) }
                        @let source = finding.source.get(language);
                        @if !source.is_empty() {
                            span.source { (language.pick("出典 ", "source ")) (inline(source)) }
                        }
                    }
                }
            }
        }
    }
}

fn advice(label: &str, text: &str) -> Markup {
    html! {
        @if !text.is_empty() { dt { (label) } dd { (inline(text)) } }
    }
}

/// One place of a finding with its excerpt.
fn side(span: &Span, language: Language) -> Markup {
    html! {
        figure {
            figcaption { (place(span, language)) }
            (excerpt::excerpt(span, language))
        }
    }
}

/// Where it is, in words.
pub(super) fn place(span: &Span, language: Language) -> Markup {
    let view = span.view.get(language);
    let mut where_ = phrase::place(span, language);
    if !view.is_empty() {
        where_.pop();
    }
    if !span.file.is_empty() {
        where_.insert(0, span.file.clone());
    }
    html! {
        @if !view.is_empty() { span.view { (inline(view)) } " " }
        span.where { (inline(&where_.join(phrase::between(language)))) }
    }
}
