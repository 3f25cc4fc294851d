//! The page is valid, accessible in a real browser, whole and harmless.

use std::path::Path;
use std::process::Command;

use typeset::{Block, Heading, Inline, Mark, Picture, Tokens, html};

use crate::sample;

fn kitchen_sink() -> String {
    html(&sample::kitchen_sink(), &Tokens::default())
}

/// What axe-core finds wrong in a page in Chromium.
fn violations(name: &str, page: &str, width: u32, dark: bool) -> String {
    let axe = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/axe/axe.min.js");
    let axe = std::fs::read_to_string(axe).unwrap();
    let run = "axe.run(document,{runOnly:{type:'tag',values:['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']}}).then(r=>{\
        const seen=r.violations.map(v=>v.id+': '+v.nodes.map(n=>n.html).slice(0,3).join(' ')).join('\\n');\
        const dark=matchMedia('(prefers-color-scheme: dark)').matches;\
        document.documentElement.innerHTML='<body></body>';\
        document.body.textContent='AXE['+r.passes.length+','+dark+']'+seen+'[END]';});";
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("axe-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("page.html");
    std::fs::write(&file, page.replacen("</body>", &format!("<script>{axe}</script><script>{run}</script></body>"), 1)).unwrap();
    let output = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--virtual-time-budget=60000", "--dump-dom"])
        .arg(format!("--blink-settings=preferredColorScheme={}", u8::from(!dark)))
        .arg(format!("--window-size={width},900"))
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg(format!("file://{}", file.display()))
        .output()
        .expect("chromium is needed; ./test installs it");
    let dom = String::from_utf8(output.stdout).unwrap();
    let told = dom.split_once("AXE[").and_then(|(_, rest)| rest.split_once("[END]")).map(|(told, _)| told.to_owned());
    let told = told.unwrap_or_else(|| panic!("axe did not run: {}", String::from_utf8_lossy(&output.stderr)));
    let (counts, seen) = told.split_once(']').unwrap();
    let (passes, darkness) = counts.split_once(',').unwrap();
    assert!(passes.parse::<u32>().unwrap() > 15, "axe looked at almost nothing");
    assert_eq!(darkness, dark.to_string(), "the browser did not take the colours asked for");
    seen.to_owned()
}

#[test]
fn axe_finds_nothing() {
    let page = kitchen_sink();
    assert_eq!(violations("day", &page, 1280, false), "");
    assert_eq!(violations("night", &page, 500, true), "");
}

#[test]
fn axe_would_find_something() {
    let page = kitchen_sink().replace("#595959", "#dddddd");
    assert!(violations("pale", &page, 1280, false).contains("color-contrast"));
}

#[test]
fn words_of_a_document_stay_words() {
    let evil = "</style><script>alert(1)</script><img src=x onerror=alert(1)>\" onload=\"x";
    let mut document = sample::kitchen_sink();
    document.title = evil.to_owned();
    document.watermark = Some(evil.to_owned());
    document.head = vec![Inline::text(evil)];
    document.body = vec![
        Block::Heading(Heading { level: 1, id: Some(evil.to_owned()), content: vec![Inline::text(evil)] }),
        Block::Paragraph(vec![
            Inline::Link { to: "javascript:alert(1)".to_owned(), content: vec![Inline::text("link")] },
            Inline::Link { to: format!("https://example.org/{evil}"), content: vec![Inline::text("address")] },
            Inline::Traced { origin: evil.to_owned(), told: evil.to_owned(), content: vec![Inline::text(evil)] },
            Inline::Marked(Mark::Code, vec![Inline::text(evil)]),
        ]),
        Block::Picture(Picture { svg: format!("<svg>{evil}</svg>"), alternative: evil.to_owned(), caption: vec![], width: f64::NAN }),
    ];
    let page = html(&document, &Tokens::default());
    assert!(!page.contains("<script"), "{page}");
    assert!(!page.contains("<img src=x"), "{page}");
    assert!(!page.contains("javascript:"), "{page}");
    assert_eq!(page.matches("<style>").count(), page.matches("</style>").count());
}

#[test]
fn a_page_needs_nothing_from_elsewhere() {
    let page = kitchen_sink();
    for door in ["<script", "<link", "@import", "url(", "src=\"http"] {
        assert!(!page.contains(door), "{door}");
    }
}

#[test]
fn every_id_is_unique_and_every_link_arrives() {
    let page = kitchen_sink();
    let values = |name: &str| -> Vec<String> {
        page.split(&format!(" {name}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let ids = values("id");
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
    let links: Vec<_> = values("href").into_iter().filter_map(|to| to.strip_prefix('#').map(str::to_owned)).collect();
    assert!(links.len() > 5);
    for to in links.iter().chain(&values("popovertarget")) {
        assert!(ids.contains(to), "{to} is not among {ids:?}");
    }
}

#[test]
fn a_column_of_page_numbers_is_left_out() {
    let cell = |inlines: Vec<Inline>| typeset::Cell::new(vec![Block::Paragraph(inlines)]);
    let page = || Inline::Marked(Mark::Quiet, vec![Inline::PageOf("place".to_owned())]);
    let column = typeset::Column { width: typeset::Weight::Parts(1.0), align: typeset::Align::Start };
    let row = |cells: Vec<typeset::Cell>| typeset::Row { cells, breakable: false };
    let wide = typeset::Cell { columns: 2, ..cell(vec![Inline::text("across")]) };
    let rows = vec![
        row(vec![cell(vec![Inline::text("name")]), cell(vec![Inline::text("leaf")]), cell(vec![Inline::text("pages said")])]),
        row(vec![
            cell(vec![Inline::Anchor("place".to_owned()), Inline::text("one")]),
            cell(vec![page()]),
            cell(vec![page(), Inline::text(" f.")]),
        ]),
        row(vec![wide, cell(vec![Inline::text("last")])]),
    ];
    let table = typeset::Table { caption: vec![], columns: vec![column; 3], head: 1, rows, rules: typeset::Rules::All };
    let document = typeset::Document { body: vec![Block::Table(table)], ..sample::kitchen_sink() };
    let page = html(&document, &Tokens::default());
    assert!(!page.contains("leaf"), "its head goes too");
    assert!(page.contains("pages said") && page.contains("last"), "what says something stays");
    assert!(!page.contains("colspan"), "what went across two now goes across one");
    assert_eq!(page.matches("<col ").count(), 2);
}

#[test]
fn the_same_document_gives_the_same_page() {
    assert_eq!(kitchen_sink(), kitchen_sink());
}

#[test]
fn the_shipped_colours_can_be_read() {
    let tokens = Tokens::default();
    for palette in [&tokens.light, &tokens.dark] {
        let grounds = [palette.paper, palette.label, palette.met, palette.due, palette.overdue];
        for ground in grounds {
            assert!(contrast(palette.ink, ground) >= 7.0, "ink on {ground}");
            assert!(contrast(palette.quiet, ground) >= 4.5, "quiet on {ground}");
            assert!(contrast(palette.accent, ground) >= 4.5, "accent on {ground}");
            assert!(contrast(palette.inserted, ground) >= 4.5, "inserted on {ground}");
            assert!(contrast(palette.deleted, ground) >= 4.5, "deleted on {ground}");
            assert!(contrast(palette.warn, ground) >= 4.5, "warn on {ground}");
        }
        assert!(contrast(palette.rule, palette.paper) >= 3.0);
    }
}

/// Contrast of two colours (WCAG 2.2, relative luminance).
fn contrast(one: typeset::Colour, other: typeset::Colour) -> f64 {
    let luminance = |colour: typeset::Colour| {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(colour.red) + 0.7152 * part(colour.green) + 0.0722 * part(colour.blue)
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}
