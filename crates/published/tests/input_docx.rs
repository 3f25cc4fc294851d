//! Reading Word documents: every test writes the document it reads. All products and studies are invented.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::io::{Cursor, Write};

use published::input::unreadable::Unreadable;
use published::input::{CellAt, Piece, docx};

const SPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math""#;

fn package(parts: &[(&str, String)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    format!(r#"<?xml version="1.0"?><w:document {SPACES}><w:body>{body}</w:body></w:document>"#)
}

fn pieces(body: &str) -> Vec<Piece> {
    docx::read(&package(&[("word/document.xml", document(body))])).unwrap()
}

fn texts(body: &str) -> Vec<String> {
    pieces(body).into_iter().map(|piece| piece.text).collect()
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text))
}

fn at(table: u32, row: u32, column: u32, span: u32) -> Option<CellAt> {
    Some(CellAt { table, row, column, span })
}

#[test]
fn runs_tabs_and_breaks() {
    let body = r#"<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs></w:pPr>
        <w:r><w:t>本剤群</w:t><w:tab/><w:t xml:space="preserve">4.2% </w:t></w:r><w:r><w:t>（2/47例）</w:t><w:br/>
        <w:t>MBK</w:t><w:noBreakHyphen/><w:t>101試験&amp;&#x3b1;</w:t></w:r></w:p>"#;
    assert_eq!(texts(body), ["本剤群\t4.2% （2/47例）", "MBK-101試験&α"]);
}

#[test]
fn the_lines_of_a_table_of_contents_are_no_headings() {
    let styles = r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
        <w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>
        <w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="目次の行"/><w:basedOn w:val="11"/></w:style>
        <w:style w:type="paragraph" w:styleId="Tocopherol"><w:name w:val="toc of forms"/></w:style></w:styles>"#;
    let styled = |style: &str, text: &str| format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#);
    let body = [("11", "1. 安全性検討事項\t3"), ("Mine", "1.1 感染症\t4"), ("Tocopherol", "様式の目次"), ("Unknown", "1. 安全性検討事項")];
    let body: String = body.into_iter().map(|(style, text)| styled(style, text)).collect();
    let relations = r#"<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
    let parts = [
        ("word/document.xml", document(&body)),
        ("word/_rels/document.xml.rels", relations.to_owned()),
        ("word/styles.xml", styles.to_owned()),
    ];
    let pieces = docx::read(&package(&parts)).unwrap();
    assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>(), ["様式の目次", "1. 安全性検討事項"]);
}

#[test]
fn changes_are_accepted() {
    let body = r#"<w:p><w:r><w:t>目標症例数は</w:t></w:r><w:del><w:r><w:delText>200</w:delText></w:r></w:del>
        <w:ins><w:r><w:t>300</w:t></w:r></w:ins><w:r><w:t>例。</w:t></w:r></w:p>
        <w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>段落の</w:t></w:r></w:p><w:p><w:r><w:t>つながり</w:t></w:r></w:p>
        <w:tbl><w:tr><w:trPr><w:del w:id="2"/></w:trPr><w:tc><w:p><w:del><w:r><w:t>消えた行</w:t></w:r></w:del></w:p></w:tc></w:tr>
        <w:tr><w:tc><w:p><w:r><w:t>残る行</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#;
    let pieces = pieces(body);
    let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(texts, ["目標症例数は300例。", "段落のつながり", "残る行"]);
    assert_eq!(pieces[2].cell, at(0, 0, 0, 1));
}

#[test]
fn fields_show_their_result_and_hidden_text_nothing() {
    let body = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF x</w:instrText><w:t>指示</w:t></w:r>
        <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>隠し</w:t></w:r><w:hyperlink><w:r><w:t>頁</w:t></w:r></w:hyperlink></w:p>"#;
    assert_eq!(texts(body), ["12頁"]);
}

#[test]
fn ruby_symbols_alternatives_and_mathematics() {
    let body = r#"<w:p><w:r><w:ruby><w:rt><w:r><w:t>とう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>痘</w:t></w:r></w:rubyBase></w:ruby></w:r>
        <w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>3</w:t></w:r><m:oMath><m:r><m:t>n=5</m:t></m:r></m:oMath></w:p>
        <w:p><w:r><w:t>本文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>囲み</w:t></w:r></w:p></w:txbxContent></mc:Choice>
        <mc:Fallback><v:textbox><w:txbxContent><w:p><w:r><w:t>囲み</w:t></w:r></w:p></w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></w:r></w:p>"#;
    assert_eq!(texts(body), ["痘≥3n=5", "本文", "囲み"]);
}

#[test]
fn merged_cells_stand_at_their_first_row_and_column() {
    let grid = r#"<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>"#;
    let body = format!(
        "<w:tbl>{grid}<w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        cell(r#"<w:gridSpan w:val="2"/>"#, "見出し"),
        cell("", "頁"),
        cell(r#"<w:vMerge w:val="restart"/>"#, "縦"),
        cell("", "あ"),
        cell("", "い"),
        cell("<w:vMerge/>", ""),
        cell("", "う"),
        cell("", "え"),
    );
    let found: Vec<_> = pieces(&body).into_iter().map(|piece| (piece.text, piece.cell)).collect();
    let expected = [
        ("見出し", at(0, 0, 0, 2)),
        ("頁", at(0, 0, 2, 1)),
        ("縦", at(0, 1, 0, 1)),
        ("あ", at(0, 1, 1, 1)),
        ("い", at(0, 1, 2, 1)),
        ("う", at(0, 2, 1, 1)),
        ("え", at(0, 2, 2, 1)),
    ];
    assert_eq!(found, expected.map(|(text, cell)| (text.to_owned(), cell)));
}

#[test]
fn nested_and_adjoining_tables() {
    let inner = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell("", "内"));
    let outer = format!("<w:tbl><w:tr><w:tc>{}{inner}{}</w:tc></w:tr></w:tbl>", paragraph("前"), paragraph("後"));
    let joined = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell("", "続き"));
    let next = format!("{}<w:tbl><w:tr>{}</w:tr></w:tbl>", paragraph("間"), cell("", "別"));
    let pieces = pieces(&format!("{outer}{joined}{next}"));
    let found: Vec<_> = pieces.iter().map(|piece| (piece.text.as_str(), piece.cell)).collect();
    assert_eq!(
        found,
        [
            ("前", at(0, 0, 0, 1)),
            ("内", at(1, 0, 0, 1)),
            ("後", at(0, 0, 0, 1)),
            ("続き", at(0, 1, 0, 1)),
            ("間", None),
            ("別", at(2, 0, 0, 1)),
        ]
    );
    assert_eq!(pieces[1].path.as_deref(), Some("table 2, row 1, cell 1, paragraph 1"));
    assert_eq!(pieces[2].path.as_deref(), Some("table 1, row 1, cell 1, paragraph 2"));
    assert_eq!(pieces[4].path.as_deref(), Some("paragraph 1"));
}

#[test]
fn automatic_numbers_are_written_out() {
    let relations = r#"<Relationships><Relationship Type="x/numbering" Target="numbering.xml"/><Relationship Type="x/styles" Target="styles.xml"/></Relationships>"#;
    let level = |number: usize, format: &str, text: &str, more: &str| {
        format!(r#"<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>"#)
    };
    let numbering = format!(
        r#"<w:numbering {SPACES}><w:abstractNum w:abstractNumId="0">{}{}</w:abstractNum><w:abstractNum w:abstractNumId="1">{}</w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
        <w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>"#,
        level(0, "decimal", "%1.", r#"<w:pStyle w:val="H1"/>"#),
        level(1, "decimal", "%1.%2", r#"<w:pStyle w:val="H2"/>"#),
        level(0, "decimalEnclosedCircle", "%1", r#"<w:suff w:val="nothing"/>"#),
    );
    let styles = format!(
        r#"<w:styles {SPACES}><w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:styleId="H2"><w:basedOn w:val="H1"/></w:style></w:styles>"#
    );
    let styled = |style: &str, text: &str| format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#);
    let listed = |list: u32, text: &str| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list}"/></w:numPr><w:ind w:leftChars="200"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
        )
    };
    let body = [
        styled("H1", "概要"),
        styled("H2", "安全性検討事項"),
        listed(2, "錠"),
        listed(2, "細粒"),
        listed(3, "散"),
        styled("H2", "有効性に関する検討事項"),
        styled("H1", "計画"),
    ]
    .concat();
    let bytes = package(&[
        ("word/document.xml", document(&body)),
        ("word/_rels/document.xml.rels", relations.to_owned()),
        ("word/numbering.xml", numbering),
        ("word/styles.xml", styles),
    ]);
    let pieces = docx::read(&bytes).unwrap();
    let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(texts, ["1. 概要", "1.1 安全性検討事項", "①錠", "②細粒", "⑤散", "1.2 有効性に関する検討事項", "2. 計画"]);
    assert_eq!(pieces[2].indent, 4);
}

#[test]
fn footnotes_stand_at_the_end() {
    let notes = format!(
        r#"<w:footnotes {SPACES}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>x</w:t></w:r></w:p></w:footnote>
        <w:footnote w:id="2">{}</w:footnote></w:footnotes>"#,
        paragraph("注の文")
    );
    let relations = r#"<Relationships><Relationship Type="x/footnotes" Target="/word/footnotes.xml"/></Relationships>"#;
    let body = r#"<w:p><w:r><w:t>本文</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>"#;
    let bytes = package(&[
        ("word/document.xml", document(body)),
        ("word/_rels/document.xml.rels", relations.to_owned()),
        ("word/footnotes.xml", notes),
    ]);
    let pieces = docx::read(&bytes).unwrap();
    assert_eq!(pieces[1].text, "注の文");
    assert_eq!(pieces[1].path.as_deref(), Some("footnote 2"));
}

#[test]
fn what_cannot_be_read_is_told() {
    assert_eq!(docx::read(b""), Err(Unreadable::NotThisFormat));
    assert_eq!(docx::read(b"%PDF-1.7"), Err(Unreadable::NotThisFormat));
    assert_eq!(docx::read(&package(&[("xl/workbook.xml", "<x/>".into())])), Err(Unreadable::NotThisFormat));
    let mut compound = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    assert_eq!(docx::read(&compound), Err(Unreadable::NotThisFormat));
    compound.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(docx::read(&compound), Err(Unreadable::Encrypted));
    let whole = package(&[("word/document.xml", document(&paragraph("本剤")))]);
    assert!(matches!(docx::read(&whole[..whole.len() / 2]), Err(Unreadable::Damaged(_))));
    let early = format!("<w:document {SPACES}><w:body><w:p>");
    assert!(matches!(docx::read(&package(&[("word/document.xml", early)])), Err(Unreadable::Damaged(_))));
    assert_eq!(docx::read(&package(&[("word/document.xml", document("<w:p/>"))])), Err(Unreadable::NoText));
    for error in [Unreadable::NotThisFormat, Unreadable::Encrypted, Unreadable::NoText, Unreadable::Damaged("x".into())] {
        let (japanese, english) = error.words();
        assert!(japanese.contains("ください") && english.is_ascii());
    }
}

#[test]
fn bombs_are_bounded() {
    let bomb = package(&[("word/document.xml", " ".repeat(80 << 20))]);
    assert!(bomb.len() < 200_000);
    assert!(matches!(docx::read(&bomb), Err(Unreadable::TooLarge { .. })));
    let deep = format!("<w:document {SPACES}>{}", "<w:tbl><w:tr><w:tc>".repeat(50_000));
    assert!(matches!(docx::read(&package(&[("word/document.xml", deep)])), Err(Unreadable::Damaged(_))));
    let entities = format!(r#"<!DOCTYPE a [<!ENTITY a "{}">]>{}"#, "a".repeat(1000), &document(&paragraph("x&a;y"))[21..]);
    let pieces = docx::read(&package(&[("word/document.xml", entities)])).unwrap();
    assert_eq!(pieces[0].text, "xy");
}
