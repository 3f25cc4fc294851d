//! What stands in the package.

use std::collections::HashSet;
use std::io::{Cursor, Read};

use typeset::{Block, Document, Inline, Mark, Row, Table, Unwritable};
use zip::ZipArchive;

use crate::sample::{cell, counts, document, heading, row, says, share};
use crate::written;

fn with(body: Vec<Block>) -> Document {
    Document { body, ..document() }
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn body(blocks: Vec<Block>) -> String {
    part(&written(&with(blocks)), "word/document.xml")
}

fn values<'a>(xml: &'a str, element: &str, attribute: &str) -> Vec<&'a str> {
    let of = |rest: &'a str| {
        let tag = rest.split_once('>')?.0;
        Some(tag.split_once(&format!("{attribute}=\""))?.1.split_once('"')?.0)
    };
    xml.split(&format!("<{element} ")).skip(1).filter_map(of).collect()
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(written(&document()), written(&document()));
}

#[test]
fn every_link_and_page_number_leads_to_a_bookmark_that_is_there_once() {
    let xml = part(&written(&document()), "word/document.xml");
    let bookmarks = values(&xml, "w:bookmarkStart", "w:name");
    let names: HashSet<_> = bookmarks.iter().collect();
    assert_eq!(names.len(), bookmarks.len());
    let anchors = values(&xml, "w:hyperlink", "w:anchor");
    assert!(anchors.len() > 6 && anchors.iter().all(|anchor| names.contains(anchor)), "{anchors:?}");
    let ids = values(&xml, "w:bookmarkStart", "w:id");
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
    assert_eq!(ids, values(&xml, "w:bookmarkEnd", "w:id"));
}

#[test]
fn changes_are_tracked_with_author_and_day() {
    let xml = part(&written(&document()), "word/document.xml");
    assert_eq!(values(&xml, "w:del", "w:author"), ["汐路製薬株式会社 安全管理部"]);
    assert_eq!(values(&xml, "w:ins", "w:date"), ["2026-11-20T00:00:00Z"; 3]);
    assert!(xml.contains(">300例</w:delText>"));
    let plain = Document { revision: None, ..document() };
    let xml = part(&written(&plain), "word/document.xml");
    assert!(!xml.contains("<w:ins ") && !xml.contains("<w:del ") && xml.contains("<w:strike/>"));
}

#[test]
fn cells_that_span_rows_and_columns_keep_the_grid() {
    let xml = body(vec![Block::Table(counts(2))]);
    let rows: Vec<_> = xml.split("<w:tr>").skip(1).collect();
    assert_eq!(rows.len(), 4);
    for row in &rows {
        let spans: usize = values(row, "w:gridSpan", "w:val").iter().map(|span| span.parse::<usize>().unwrap() - 1).sum();
        assert_eq!(row.matches("<w:tc>").count() + spans, 5);
    }
    assert!(rows[0].contains(r#"<w:vMerge w:val="restart"/>"#) && rows[1].contains("<w:vMerge/>"));
    assert!(rows[..2].iter().all(|row| row.contains("<w:tblHeader/>")) && !rows[2].contains("<w:tblHeader/>"));
    assert!(rows.iter().all(|row| row.contains("<w:cantSplit/>")));
}

#[test]
fn a_table_that_lacks_cells_is_filled_and_one_without_rows_is_none() {
    let columns = vec![share(1.0), share(1.0), share(1.0)];
    let table = |rows: Vec<Row>| Table { caption: vec![], columns: columns.clone(), head: 0, rows, rules: Default::default() };
    let xml = body(vec![Block::Table(table(vec![row(vec![cell("一")]), row(vec![])]))]);
    assert_eq!(xml.matches("<w:tc>").count(), 6);
    assert!(!body(vec![Block::Table(table(vec![]))]).contains("<w:tbl>"));
}

#[test]
fn tables_that_follow_each_other_stay_two() {
    let xml = body(vec![Block::Table(counts(1)), Block::Table(counts(1)), Block::Box(vec![Block::Box(vec![])]), Block::Box(vec![])]);
    assert!(!xml.contains("</w:tbl><w:tbl>") && !xml.contains("</w:tbl></w:tc>") && !xml.contains("</w:tcPr></w:tc>"));
}

#[test]
fn too_many_columns_are_told() {
    let table = Table { rows: vec![row((0..64).map(|_| cell("x")).collect())], columns: vec![], ..counts(0) };
    let error = typeset::docx(&with(vec![Block::Table(table)]), &typeset::Tokens::default()).unwrap_err();
    assert_eq!(error, Unwritable::Columns("表1 試験MH-301における有害事象の発現状況".into(), 64));
}

#[test]
fn text_stays_text() {
    let words = "a<b>&\"c\"\u{1}\u{FFFE} ]]> \u{10FFFF}";
    let xml = body(vec![says(words), heading(1, "<&\"", words)]);
    assert!(xml.contains("a&lt;b&gt;&amp;&quot;c&quot; ]]&gt; \u{10FFFF}"));
}

#[test]
fn what_leads_nowhere_stays_as_words() {
    let link = |to: &str| Inline::Link { to: to.into(), content: vec![Inline::text("語")] };
    let xml = body(vec![Block::Paragraph(vec![link("nowhere"), link("javascript:alert(1)"), Inline::PageOf("nowhere".into())])]);
    assert!(!xml.contains("w:hyperlink") && !xml.contains("PAGEREF") && xml.matches(">語<").count() == 2);
}

#[test]
fn numbered_lists_count_from_one_each() {
    let list = || Block::List { ordered: true, items: vec![vec![says("一")], vec![says("二")]] };
    let bytes = written(&with(vec![list(), list()]));
    assert_eq!(values(&part(&bytes, "word/document.xml"), "w:numId", "w:val"), ["2", "2", "3", "3"]);
    assert_eq!(part(&bytes, "word/numbering.xml").matches("<w:startOverride").count(), 18);
}

#[test]
fn notes_are_comments_beside_the_words_before_them() {
    let bytes = written(&document());
    let xml = part(&bytes, "word/document.xml");
    assert_eq!(values(&xml, "w:commentReference", "w:id"), ["0"]);
    assert!(part(&bytes, "word/comments.xml").contains("分母が1.1の記載と一致しません。"));
}

#[test]
fn an_inserted_paragraph_can_be_refused_whole() {
    let inserted = || Block::Paragraph(vec![Inline::Marked(Mark::Inserted, vec![Inline::text("追加")])]);
    assert_eq!(body(vec![inserted(), says("次")]).matches("<w:ins ").count(), 2);
}
