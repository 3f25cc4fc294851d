//! The style sheet of the page: the tokens as variables, and rules that use them.

use std::fmt::Write;

use crate::{Document, Page, Palette, Tokens};

/// The rules.
const RULES: &str = include_str!("style.css");

pub(super) fn sheet(document: &Document, tokens: &Tokens) -> String {
    let Tokens { fonts, sizes, lines, spacing, page, light, dark } = tokens;
    let mut out = String::from(":root{");
    // on screen sizes go by the reader's own, on paper by the tokens'
    let ratios = [
        ("table", sizes.table),
        ("note", sizes.note),
        ("title", sizes.title),
        ("part", sizes.part),
        ("section", sizes.section),
        ("subsection", sizes.subsection),
    ];
    for (name, size) in ratios {
        push(&mut out, name, &format!("{:.4}rem", size / sizes.text));
    }
    for (name, line) in [("text-line", lines.text), ("table-line", lines.table), ("heading-line", lines.heading)] {
        push(&mut out, name, &line.to_string());
    }
    let points = [
        ("paragraph", spacing.paragraph),
        ("above", spacing.above),
        ("below", spacing.below),
        ("cell", spacing.cell),
        ("cell-block", spacing.cell_block),
        ("rule-width", spacing.rule.max(0.75)),
    ];
    for (name, value) in points {
        push(&mut out, name, &format!("{value}pt"));
    }
    push(&mut out, "indent", &format!("{}em", spacing.indent));
    push(&mut out, "list", &format!("{}em", spacing.list));
    push(&mut out, "text-font", &format!("\"{}\",serif", fonts.text));
    push(&mut out, "heading-font", &format!("\"{}\",sans-serif", fonts.heading));
    push(&mut out, "screen-font", &format!("system-ui,\"{}\",sans-serif", fonts.heading));
    palette(&mut out, light);
    out.push_str("}@media screen and (prefers-color-scheme:dark){:root{");
    palette(&mut out, dark);
    let size = match document.page {
        Page::Portrait => "A4",
        Page::Landscape => "A4 landscape",
    };
    let _ = write!(
        out,
        "}}}}@page{{size:{size};margin:{}mm {}mm {}mm {}mm}}@media print{{:root{{font-size:{}pt}}}}",
        page.top, page.right, page.bottom, page.left, sizes.text
    );
    out.push_str(RULES);
    out
}

fn push(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, "--{name}:{value};");
}

fn palette(out: &mut String, palette: &Palette) {
    let Palette { ink, paper, quiet, accent, rule, label, met, due, overdue, warn, inserted, deleted, watermark } = palette;
    let colours = [
        ("ink", ink),
        ("paper", paper),
        ("quiet", quiet),
        ("accent", accent),
        ("rule", rule),
        ("label", label),
        ("met", met),
        ("due", due),
        ("overdue", overdue),
        ("warn", warn),
        ("inserted", inserted),
        ("deleted", deleted),
        ("watermark", watermark),
    ];
    for (name, colour) in colours {
        push(out, name, &colour.to_string());
    }
}
