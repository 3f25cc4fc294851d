//! The PDF as other programs see it: poppler's tools.

use std::path::PathBuf;
use std::process::Command;

use typeset::{Block, Cell, Document, Inline, Row, Table, Tokens, pdf};

use crate::sample;

fn file(name: &str, document: &Document) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pdf"));
    std::fs::write(&path, pdf(document, &Tokens::default()).unwrap_or_else(|failure| panic!("{failure}"))).unwrap();
    path
}

fn poppler(tool: &str, arguments: &[&str], path: &std::path::Path) -> String {
    let output = Command::new(tool)
        .args(arguments)
        .arg(path)
        .output()
        .unwrap_or_else(|error| panic!("{tool} is needed; ./test installs it: {error}"));
    assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stderr));
    // poppler writes titles of tags as they stand in the file, which need not be UTF-8
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The words of blocks, in their order, without blanks.
fn words(blocks: &[Block], out: &mut String) {
    fn inlines(content: &[Inline], out: &mut String) {
        for inline in content {
            match inline {
                Inline::Text(text) => out.extend(text.chars().filter(|c| !c.is_whitespace())),
                Inline::Marked(_, content)
                | Inline::Link { content, .. }
                | Inline::Traced { content, .. }
                | Inline::Sourced { content, .. } => inlines(content, out),
                Inline::PageOf(_) | Inline::Anchor(_) | Inline::Break => {}
            }
        }
    }
    for block in blocks {
        match block {
            Block::Heading(heading) => inlines(&heading.content, out),
            Block::Paragraph(content) => inlines(content, out),
            Block::List { ordered, items } => {
                for (number, item) in items.iter().enumerate() {
                    out.push_str(&if *ordered { format!("{}.", number + 1) } else { "・".to_owned() });
                    words(item, out);
                }
            }
            Block::Table(table) => {
                inlines(&table.caption, out);
                table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| words(&cell.blocks, out));
            }
            Block::Picture(picture) => inlines(&picture.caption, out),
            Block::Box(blocks) | Block::Foreign(_, blocks) => words(blocks, out),
            Block::Note(_) | Block::Contents { .. } | Block::PageBreak => {}
        }
    }
}

/// The words that a listing of tags shows.
fn said(tags: &str) -> String {
    tags.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix('"')).collect()
}

#[test]
fn its_text_is_the_trees_text_in_order() {
    let mut document = sample::settled();
    document.head.clear();
    document.numbered = false;
    // what repeats itself, or is a page's number, is not in the tree; a picture's words are the picture's
    document.body.retain(|block| !matches!(block, Block::Contents { .. } | Block::Picture(_)));
    document.body.remove(1);
    for block in &mut document.body {
        if let Block::Table(table) = block {
            table.rows.truncate(8);
        }
    }
    let mut expected = String::new();
    words(&document.body, &mut expected);
    // in the order of reading, which the tags tell; cells over several rows are drawn after them
    let tags = poppler("pdfinfo", &["-struct-text"], &file("words", &document));
    let found: String = said(&tags).chars().filter(|c| !c.is_whitespace()).collect();
    let same = found.chars().zip(expected.chars()).take_while(|(one, other)| one == other).count();
    let from = |text: &str| text.chars().skip(same.saturating_sub(20)).take(60).collect::<String>();
    assert!(found == expected, "found …{}…, the tree says …{}…", from(&found), from(&expected));
}

#[test]
fn it_is_archivable_and_accessible() {
    let path = file("sink", &sample::kitchen_sink());
    let information = poppler("pdfinfo", &[], &path);
    assert!(information.contains("ミマモリン点滴静注に係る医薬品リスク管理計画書"), "{information}");
    assert!(information.contains("見守製薬株式会社"), "{information}");
    assert!(information.lines().any(|line| line.starts_with("Tagged:") && line.ends_with("yes")), "{information}");
    let metadata = poppler("pdfinfo", &["-meta"], &path);
    for claim in ["<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>", "<pdfuaid:part>1</pdfuaid:part>"] {
        assert!(metadata.contains(claim), "{claim} is not in {metadata}");
    }
    assert!(poppler("pdfdetach", &["-list"], &path).contains("figures.json"));
    // name, type, encoding, then whether it is embedded
    let fonts = poppler("pdffonts", &[], &path);
    let listed: Vec<_> = fonts.lines().skip(2).collect();
    assert!(listed.len() >= 2, "{fonts}");
    assert!(listed.iter().all(|font| font.contains("BIZUDP") && font.contains("yes yes yes")), "{fonts}");
}

#[test]
fn its_structure_is_tagged() {
    let tags = poppler("pdfinfo", &["-struct-text"], &file("tags", &sample::kitchen_sink()));
    for tag in [
        "H1", "H2", "H3", "P", "L", "LI", "Lbl", "LBody", "Table", "THead", "TBody", "TR", "TH", "TD", "Figure", "Caption", "Link", "TOC",
        "TOCI",
    ] {
        assert!(tags.lines().any(|line| line.trim_start().split([' ', '(', ':']).next() == Some(tag)), "no {tag} in {tags}");
    }
    // in the order of reading: a note in the margin after the paragraph it stands at
    let said = said(&tags);
    let at = |words: &str| said.rfind(words).unwrap_or_else(|| panic!("no {words} in {said}"));
    assert!(at("1.1. 安全性検討事項") < at("PLN301") && at("PLN301") < at("1.1.1. 重要な特定されたリスク"), "{said}");
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let one = pdf(&sample::kitchen_sink(), &Tokens::default()).unwrap();
    typeset::forget();
    assert!(one == pdf(&sample::kitchen_sink(), &Tokens::default()).unwrap());
}

#[test]
fn a_sign_that_no_font_has_is_told() {
    let mut document = sample::kitchen_sink();
    document.body.push(Block::Paragraph(vec![Inline::text("頭痛が多い😀という")]));
    let failure = pdf(&document, &Tokens::default()).unwrap_err();
    for told in [&failure.japanese, &failure.english] {
        assert!(told.contains("😀") && told.contains("U+1F600") && told.contains("頭痛が多い"), "{told}");
    }
}

/// A hash or an address without a blank is broken where its line ends, in running text and in a cell.
#[test]
fn a_word_longer_than_its_line_is_not_clipped() {
    let word = "e6b314fe170bec05".repeat(16);
    let text = || vec![Block::Paragraph(vec![Inline::text(word.clone())])];
    let row = Row { cells: vec![Cell::new(text()), Cell::new(vec![Block::Paragraph(vec![Inline::text("語")])])], breakable: true };
    let table = Table { caption: vec![], columns: vec![], head: 0, rows: vec![row], rules: typeset::Rules::All };
    let mut document = sample::settled();
    document.body = [text(), vec![Block::Table(table)]].concat();
    let path = file("long-word", &document);
    poppler("pdftotext", &["-bbox"], &path);
    let boxes = std::fs::read_to_string(path.with_extension("html")).unwrap();
    let edge = |line: &str| line.split("xMax=\"").nth(1)?.split('"').next()?.parse::<f64>().ok();
    let edges: Vec<_> = boxes.lines().filter(|line| line.trim_start().starts_with("<word")).filter_map(edge).collect();
    // the page is 842 points wide, and its margin begins at 780
    assert!(edges.len() > 8 && edges.iter().all(|edge| *edge < 780.0), "{boxes}");
}

#[test]
fn odd_trees_are_set_too() {
    let text = |words: &str| vec![Block::Paragraph(vec![Inline::text(words)])];
    let cell = |columns, rows| Cell { columns, rows, ..Cell::new(text("語")) };
    let empty = Table { caption: vec![], columns: vec![], head: 3, rows: vec![], rules: typeset::Rules::All };
    let ragged = Table {
        head: 1,
        rows: vec![
            Row { cells: vec![cell(9, 9), cell(0, 0)], breakable: false },
            Row { cells: vec![], breakable: true },
            Row { cells: vec![cell(1, 1), cell(1, 4), cell(1, 1), cell(1, 1)], breakable: true },
        ],
        ..empty.clone()
    };
    let heading =
        |level| Block::Heading(typeset::Heading { level, id: Some("同じ名".to_owned()), content: vec![Inline::text("見出し")] });
    let link = |to: &str| Inline::Link { to: to.to_owned(), content: vec![Inline::text("先")] };
    // a named place in a head that stands on several pages
    let named = Cell::new(vec![Block::Paragraph(vec![Inline::Anchor("無い所".to_owned()), Inline::text("頭")])]);
    let rows = std::iter::once(named).chain(std::iter::repeat_n(cell(1, 1), 90));
    let repeated = Table { head: 1, rows: rows.map(|cell| Row { cells: vec![cell], breakable: true }).collect(), ..empty.clone() };
    let mut document = sample::settled();
    document.body = vec![
        Block::Contents { depth: 9 },
        Block::Contents { depth: 0 },
        heading(3),
        heading(1),
        heading(200),
        Block::Table(empty),
        Block::Table(ragged),
        Block::List { ordered: true, items: vec![vec![], text("項")] },
        Block::Box(vec![]),
        Block::Paragraph(vec![]),
        Block::Paragraph(vec![
            link(""),
            link("無い所"),
            link("同じ名"),
            Inline::PageOf("無い所".to_owned()),
            Inline::text("\u{0}\u{feff}\n"),
        ]),
        Block::Paragraph(vec![Inline::text("x".repeat(3000))]),
        Block::PageBreak,
        Block::PageBreak,
        Block::Table(repeated),
    ];
    document.attachments.clear();
    pdf(&document, &Tokens::default()).unwrap_or_else(|failure| panic!("{failure}"));
    document.body.clear();
    pdf(&document, &Tokens::default()).unwrap_or_else(|failure| panic!("{failure}"));
    assert!(typeset::html(&document, &Tokens::default()).contains("<main"));
}
