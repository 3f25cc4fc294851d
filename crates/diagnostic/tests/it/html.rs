use diagnostic::{Language, Span, html};

use crate::example;

#[test]
fn a_page_in_japanese() {
    insta::assert_snapshot!(body(&html(&example::report(), Language::Japanese)));
}

#[test]
fn a_page_in_english() {
    insta::assert_snapshot!(body(&html(&example::report(), Language::English)));
}

#[test]
fn nothing_found_says_what_was_checked() {
    insta::assert_snapshot!(body(&html(&example::nothing_found(), Language::Japanese)));
}

/// The page without its style sheet, a line for each element that a reviewer reads as one.
fn body(page: &str) -> String {
    let start = page.find("<style>").expect("a style sheet");
    let end = page.find("</style>").expect("its end");
    let mut text = format!("{}{}", &page[..start], &page[end + "</style>".len()..]);
    for tag in [
        "<body",
        "<header",
        "<main",
        "<section",
        "<article",
        "<h1",
        "<h2",
        "<h3",
        "<p",
        "<dl",
        "<dt",
        "<figure",
        "<figcaption",
        "<blockquote",
        "<details",
        "<table",
        "<tr",
        "<fieldset",
        "<label",
        "<ul",
        "<li",
        "<footer",
        "<script",
    ] {
        for end in [" ", ">", "."] {
            text = text.replace(&format!("{tag}{end}"), &format!("\n{tag}{end}"));
        }
    }
    text
}

#[test]
fn pages_are_well_formed_and_load_nothing() {
    for report in [example::report(), example::nothing_found()] {
        for language in [Language::Japanese, Language::English] {
            let page = html(&report, language);
            check(&page);
            assert!(page.starts_with("<!DOCTYPE html>"));
            assert!(page.contains(&format!("<html lang=\"{}\">", language.tag())));
            for loading in ["src=", "<link", "url(", "@import", "http"] {
                assert!(!page.contains(loading), "{loading}");
            }
        }
    }
}

#[test]
fn text_of_the_document_is_text() {
    let mut report = example::report();
    let hostile = "</mark><script>alert(1)</script>\u{0}&amp;\u{1b}";
    report.file = hostile.to_owned();
    report.findings[0].spans[0] = Span { excerpt: hostile.to_owned(), mark: 0..7, ..report.findings[0].spans[0].clone() };
    let page = html(&report, Language::Japanese);
    check(&page);
    assert_eq!(page.matches("<script>").count(), 1, "the page's own script");
    assert!(page.contains("<mark>&lt;/mark&gt;</mark>&lt;script&gt;alert(1)&lt;/script&gt;␀&amp;amp;␛"));
}

/// Elements without content (HTML Living Standard, 13.1.2).
const VOID: [&str; 3] = ["meta", "input", "br"];

/// Checks that elements are nested and closed, that ids are unique, and that every link inside the page and every label
/// has its target.
pub fn check(page: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut ids: Vec<&str> = Vec::new();
    let mut references: Vec<&str> = Vec::new();
    let mut rest = page.strip_prefix("<!DOCTYPE html>").expect("a document type");
    while let Some(start) = rest.find('<') {
        let tag = &rest[start + 1..];
        let (tag, after) = tag.split_once('>').expect("tags end");
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "elements are nested");
            continue;
        }
        let name = tag.split_ascii_whitespace().next().expect("a tag has a name");
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()), "{name}");
        if matches!(name, "style" | "script") {
            rest = rest.split_once(&format!("</{name}>")).expect("it ends").1;
            continue;
        }
        if !VOID.contains(&name) {
            open.push(name);
        }
        ids.extend(attribute(tag, "id"));
        references.extend(attribute(tag, "aria-labelledby"));
        references.extend(attribute(tag, "href").and_then(|target| target.strip_prefix('#')));
    }
    assert!(open.is_empty(), "{open:?} stay open");
    for (index, id) in ids.iter().enumerate() {
        assert!(!ids[..index].contains(id), "{id} is given twice");
    }
    for reference in references {
        assert!(ids.contains(&reference), "{reference} is nowhere");
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    value.split('"').next()
}

/// The value of a custom property in one part of the style sheet.
fn token<'a>(sheet: &'a str, name: &str) -> &'a str {
    let (_, value) = sheet.split_once(&format!("--{name}: #")).expect("the token is defined");
    &value[..6]
}

/// Relative luminance (WCAG 2.2).
fn luminance(colour: &str) -> f64 {
    let channel = |index: usize| {
        let value = u8::from_str_radix(&colour[index..index + 2], 16).expect("a hexadecimal colour");
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

#[test]
fn text_has_the_contrast_of_wcag_aa_in_light_and_dark() {
    let page = html(&example::report(), Language::English);
    let (light, dark) = page.split_once("prefers-color-scheme: dark").expect("a dark part");
    for sheet in [light, dark] {
        let mut pairs = vec![("mark-ink", "mark")];
        for ink in ["ink", "quiet", "accent", "error", "warning", "info"] {
            pairs.push((ink, "paper"));
            pairs.push((ink, "raised"));
        }
        for (ink, paper) in pairs {
            let (ink_light, paper_light) = (luminance(token(sheet, ink)), luminance(token(sheet, paper)));
            let ratio = (ink_light.max(paper_light) + 0.05) / (ink_light.min(paper_light) + 0.05);
            assert!(ratio >= 4.5, "{ink} on {paper}: {ratio:.2}");
        }
    }
}
