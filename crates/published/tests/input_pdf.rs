//! Reading PDF: every test writes the file it reads, glyph by glyph and stroke by stroke. All studies are invented.
#![cfg(feature = "pdf")]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeSet;

use published::input::unreadable::Unreadable;
use published::input::{CellAt, Piece, pdf};

/// A page that is being drawn, in points from its lower left corner.
#[derive(Default)]
struct Page {
    content: String,
    rotate: u32,
    /// All its text, for the font.
    used: String,
}

impl Page {
    fn text(mut self, x: f32, y: f32, text: &str) -> Self {
        self.used += text;
        self.content += &format!("BT /F 10 Tf 1 0 0 1 {x} {y} Tm <{}> Tj ET\n", codes(text));
        self
    }

    fn small(mut self, x: f32, y: f32, text: &str) -> Self {
        self.used += text;
        self.content += &format!("BT /F 6 Tf 1 0 0 1 {x} {y} Tm <{}> Tj ET\n", codes(text));
        self
    }

    fn turned(mut self, x: f32, y: f32, text: &str) -> Self {
        self.used += text;
        self.content += &format!("BT /F 10 Tf 0 1 -1 0 {x} {y} Tm <{}> Tj ET\n", codes(text));
        self
    }

    fn line(mut self, width: f32, from: (f32, f32), to: (f32, f32)) -> Self {
        self.content += &format!("{width} w {} {} m {} {} l S\n", from.0, from.1, to.0, to.1);
        self
    }

    /// A table with single ruled lines at these places.
    fn grid(mut self, columns: &[f32], rows: &[f32]) -> Self {
        let (left, right) = (columns[0], columns[columns.len() - 1]);
        let (top, bottom) = (rows[0], rows[rows.len() - 1]);
        for y in rows {
            self = self.line(0.5, (left, *y), (right, *y));
        }
        for x in columns {
            self = self.line(0.5, (*x, top), (*x, bottom));
        }
        self
    }
}

fn codes(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("{unit:04X}")).collect()
}

/// A PDF with one font in which each code is a UTF-16 unit, Latin letters half as wide as Japanese ones.
fn document(pages: Vec<Page>) -> Vec<u8> {
    let used: BTreeSet<u16> = pages.iter().flat_map(|page| page.used.encode_utf16()).map(|unit| unit >> 8).collect();
    let ranges: String = used.iter().map(|high| format!("<{high:02X}00> <{high:02X}FF> <{high:02X}00>\n")).collect();
    let ranges = format!("{} beginbfrange\n{ranges}endbfrange\n", used.len());
    let unicode = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n{ranges}endcmap end end"
    );
    let stream = |text: &str| format!("<</Length {}>>stream\n{text}\nendstream", text.len());
    let count = pages.len();
    let kids: String = (0..count).map(|page| format!("{} 0 R ", 7 + 2 * page)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{kids}]/Count {count}>>"),
        "<</Type/Font/Subtype/Type0/BaseFont/Mihon/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>".to_owned(),
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Mihon/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 5 0 R/DW 1000/W[32 126 500]>>".to_owned(),
        "<</Type/FontDescriptor/FontName/Mihon/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>".to_owned(),
        stream(&unicode),
    ];
    for (number, page) in pages.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {}/Contents {} 0 R/Resources<</Font<</F 3 0 R>>>>>>",
            page.rotate,
            8 + 2 * number
        ));
        objects.push(stream(&page.content));
    }
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in &places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    file.extend(format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", places.len() + 1).bytes());
    file
}

fn read(pages: Vec<Page>) -> Vec<Piece> {
    pdf::read(&document(pages)).unwrap()
}

fn found(pieces: &[Piece]) -> Vec<(&str, Option<CellAt>)> {
    pieces.iter().map(|piece| (piece.text.as_str(), piece.cell)).collect()
}

fn at(table: u32, row: u32, column: u32, span: u32) -> Option<CellAt> {
    Some(CellAt { table, row, column, span })
}

#[test]
fn lines_in_reading_order_with_their_page_and_indent() {
    let pieces = read(vec![
        Page::default().text(60.0, 700.0, "二行目").text(50.0, 720.0, "一行目").text(150.0, 720.0, "右"),
        Page::default().text(50.0, 720.0, "MBK").text(70.0, 720.0, "101").text(85.0, 720.0, "試験"),
    ]);
    assert_eq!(found(&pieces), [("一行目                      右", None), ("二行目", None), ("MBK 101試験", None)]);
    assert_eq!([pieces[0].page, pieces[2].page], [Some(1), Some(2)]);
    assert_eq!([pieces[0].indent, pieces[1].indent], [0, 2]);
}

#[test]
fn superscripts_stay_in_their_line() {
    let page = Page::default().text(50.0, 700.0, "10").small(60.0, 704.0, "5").text(64.0, 700.0, "個/μL").text(50.0, 688.0, "次の行");
    assert_eq!(found(&read(vec![page])), [("105個/μL", None), ("次の行", None)]);
}

#[test]
fn cells_of_a_ruled_table() {
    let page = Page::default()
        .text(50.0, 760.0, "前の文")
        .grid(&[50.0, 150.0, 300.0], &[750.0, 730.0, 700.0])
        .text(55.0, 735.0, "見出し")
        .text(155.0, 735.0, "内容")
        .text(55.0, 715.0, "項目")
        .text(155.0, 718.0, "一行目は右端まで届く文字列だ")
        .text(155.0, 705.0, "続き")
        .text(50.0, 680.0, "後の文");
    let pieces = read(vec![page]);
    assert_eq!(
        found(&pieces),
        [
            ("前の文", None),
            ("見出し", at(0, 0, 0, 1)),
            ("内容", at(0, 0, 1, 1)),
            ("項目", at(0, 1, 0, 1)),
            ("一行目は右端まで届く文字列だ", at(0, 1, 1, 1)),
            ("続き", at(0, 1, 1, 1)),
            ("後の文", None),
        ]
    );
    assert!(pieces[4].wrapped && !pieces[5].wrapped && !pieces[1].wrapped);
}

#[test]
fn merged_cells_thick_frames_broken_and_doubled_lines() {
    let mut page = Page::default();
    // The frame, thick and drawn twice.
    for (x, y) in [(0.0, 0.0), (1.5, 1.5)] {
        page = page
            .line(1.5, (50.0 + x, 700.0), (50.0 + x, 760.0))
            .line(1.5, (350.0 - x, 700.0), (350.0 - x, 760.0))
            .line(1.5, (50.0, 700.0 + y), (350.0, 700.0 + y))
            .line(1.5, (50.0, 760.0 - y), (350.0, 760.0 - y));
    }
    // Inside: one level line in pieces from the second column on, one across; upright lines only in the lower rows.
    page = page
        .line(0.5, (50.0, 740.0), (350.0, 740.0))
        .line(0.5, (150.0, 720.0), (248.0, 720.0))
        .line(0.5, (250.0, 720.5), (350.0, 720.5))
        .line(0.5, (150.0, 700.0), (150.0, 740.0))
        .line(0.5, (250.0, 700.0), (250.0, 719.0))
        .line(0.5, (250.0, 721.0), (250.0, 740.0));
    page = page
        .text(60.0, 746.0, "全幅")
        .text(60.0, 716.0, "縦")
        .text(160.0, 726.0, "あ")
        .text(260.0, 726.0, "い")
        .text(160.0, 706.0, "う")
        .text(260.0, 706.0, "え");
    let expected = [
        ("全幅", at(0, 0, 0, 3)),
        ("縦", at(0, 1, 0, 1)),
        ("あ", at(0, 1, 1, 1)),
        ("い", at(0, 1, 2, 1)),
        ("う", at(0, 2, 1, 1)),
        ("え", at(0, 2, 2, 1)),
    ];
    assert_eq!(found(&read(vec![page])), expected);
}

#[test]
fn a_table_in_a_cell_apart_from_and_on_its_frame() {
    for right in [340.0, 350.0] {
        let page = Page::default()
            .grid(&[50.0, 150.0, 350.0], &[760.0, 680.0, 660.0])
            .text(55.0, 745.0, "外")
            .text(155.0, 745.0, "前")
            .grid(&[156.0, 250.0, right], &[735.0, 720.0, 705.0])
            .text(160.0, 724.0, "甲")
            .text(255.0, 724.0, "乙")
            .text(160.0, 709.0, "丙")
            .text(255.0, 709.0, "丁")
            .text(155.0, 690.0, "後")
            .text(55.0, 665.0, "末");
        let expected = [
            ("外", at(0, 0, 0, 1)),
            ("前", at(0, 0, 1, 1)),
            ("甲", at(1, 0, 0, 1)),
            ("乙", at(1, 0, 1, 1)),
            ("丙", at(1, 1, 0, 1)),
            ("丁", at(1, 1, 1, 1)),
            ("後", at(0, 0, 1, 1)),
            ("末", at(0, 1, 0, 1)),
        ];
        assert_eq!(found(&read(vec![page])), expected, "{right}");
    }
}

#[test]
fn tables_without_lines_at_the_sides_and_without_lines() {
    let open = Page::default()
        .line(0.5, (50.0, 760.0), (250.0, 760.0))
        .line(0.5, (50.0, 740.0), (250.0, 740.0))
        .line(0.5, (50.0, 720.0), (250.0, 720.0))
        .line(0.5, (150.0, 720.0), (150.0, 760.0))
        .text(55.0, 745.0, "あ")
        .text(155.0, 745.0, "い")
        .text(55.0, 725.0, "う");
    assert_eq!(found(&read(vec![open])), [("あ", at(0, 0, 0, 1)), ("い", at(0, 0, 1, 1)), ("う", at(0, 1, 0, 1))]);
    let none = Page::default().text(55.0, 745.0, "あ").text(155.0, 745.0, "い").line(0.5, (50.0, 740.0), (250.0, 740.0));
    assert_eq!(found(&read(vec![none])), [("あ                        い", None)]);
}

#[test]
fn columns_without_lines_stand_below_each_other() {
    // the first cell of the second row is full: what parts it from the next is no wider than a character
    let page = Page::default()
        .text(50.0, 745.0, "名称")
        .text(150.0, 745.0, "時期")
        .text(250.0, 745.0, "状況")
        .text(50.0, 725.0, "見本手帳の作成及び")
        .text(150.0, 725.0, "報告時")
        .text(250.0, 725.0, "終了")
        .text(50.0, 710.0, "配布")
        .text(170.0, 710.0, "随時");
    let pieces = read(vec![page]);
    let place = |text: &str, part: &str| text.split(part).next().unwrap().chars().count();
    let text = |line: usize| pieces[line].text.as_str();
    assert_eq!(place(text(0), "時期"), place(text(1), "報告時"));
    assert_eq!(place(text(0), "状況"), place(text(1), "終了"));
    assert_eq!(place(text(2), "随時"), place(text(1), "報告時") + 5);
    // so they do in a frame with lines between its rows only; a frame around plain text stays a cell
    let mut frame = Page::default().grid(&[45.0, 345.0], &[760.0, 740.0, 700.0]);
    frame = frame.text(50.0, 745.0, "名称").text(150.0, 745.0, "時期").text(50.0, 725.0, "見本手帳").text(150.0, 725.0, "報告時");
    let pieces = read(vec![frame, Page::default().grid(&[45.0, 345.0], &[760.0, 740.0]).text(50.0, 745.0, "概要")]);
    assert_eq!(place(&pieces[0].text, "時期"), place(&pieces[1].text, "報告時"));
    assert_eq!(pieces.iter().map(|piece| piece.cell).collect::<Vec<_>>(), [None, None, at(0, 0, 0, 1)]);
    // and where lines run between columns only, if two cells leave room and go on at the same height; else it is one row
    let posts = |places: &[(f32, f32)]| {
        let page = Page::default().grid(&[45.0, 145.0, 245.0, 345.0], &[760.0, 690.0]);
        read(vec![places.iter().fold(page, |page, (x, y)| page.text(*x, *y, "文"))])
    };
    let rows = posts(&[(50.0, 745.0), (150.0, 745.0), (250.0, 745.0), (50.0, 730.0), (50.0, 715.0), (150.0, 715.0), (250.0, 715.0)]);
    assert!(rows.iter().all(|piece| piece.cell.is_none()) && rows.len() == 3);
    let row = posts(&[(50.0, 745.0), (150.0, 745.0), (250.0, 745.0), (50.0, 730.0), (50.0, 715.0), (150.0, 730.0), (250.0, 715.0)]);
    assert!(row.iter().all(|piece| piece.cell.is_some()) && row.len() == 7);
    // a full-width blank in a line of its own parts nothing
    let line = Page::default().text(50.0, 745.0, "１\u{3000}品目の概要");
    assert_eq!(found(&read(vec![line])), [("１\u{3000}品目の概要", None)]);
}

#[test]
fn a_page_break_cuts_a_table_and_a_row() {
    let page = |number: &str| Page::default().text(50.0, 800.0, "見本錠　計画書").text(290.0, 30.0, number);
    let first = page("1")
        .grid(&[50.0, 150.0, 280.0], &[780.0, 760.0, 740.0])
        .text(55.0, 765.0, "一")
        .text(155.0, 765.0, "完結した文。")
        .text(55.0, 745.0, "二")
        .text(155.0, 745.0, "この文は頁の終わりで切れ");
    let second = page("2").grid(&[50.0, 150.0, 280.0], &[780.0, 760.0, 740.0]).text(155.0, 765.0, "て続く。").text(55.0, 745.0, "三").text(
        155.0,
        745.0,
        "次の行。",
    );
    let third = page("3").text(50.0, 780.0, "間の文").grid(&[50.0, 150.0, 280.0], &[770.0, 750.0]).text(55.0, 755.0, "別の表");
    let pieces = read(vec![first, second, third]);
    let expected = [
        ("見本錠　計画書", None),
        ("一", at(0, 0, 0, 1)),
        ("完結した文。", at(0, 0, 1, 1)),
        ("二", at(0, 1, 0, 1)),
        ("この文は頁の終わりで切れ", at(0, 1, 1, 1)),
        ("1", None),
        ("見本錠　計画書", None),
        ("て続く。", at(0, 1, 1, 1)),
        ("三", at(0, 2, 0, 1)),
        ("次の行。", at(0, 2, 1, 1)),
        ("2", None),
        ("見本錠　計画書", None),
        ("間の文", None),
        ("別の表", at(1, 0, 0, 1)),
        ("3", None),
    ];
    assert_eq!(found(&pieces), expected);
    assert!(pieces[4].wrapped);
}

#[test]
fn a_header_row_that_is_printed_again_is_read_once() {
    let page = |text: &str| {
        Page::default()
            .grid(&[50.0, 150.0, 280.0], &[780.0, 760.0, 740.0])
            .text(55.0, 765.0, "項目")
            .text(155.0, 765.0, "内容")
            .text(55.0, 745.0, text)
            .text(155.0, 745.0, "文。")
    };
    let expected = [
        ("項目", at(0, 0, 0, 1)),
        ("内容", at(0, 0, 1, 1)),
        ("一", at(0, 1, 0, 1)),
        ("文。", at(0, 1, 1, 1)),
        ("二", at(0, 2, 0, 1)),
        ("文。", at(0, 2, 1, 1)),
    ];
    assert_eq!(found(&read(vec![page("一"), page("二")])), expected);
}

#[test]
fn turned_pages_and_turned_text() {
    let turned = Page { rotate: 90, ..Page::default() }
        .grid(&[50.0, 70.0, 90.0], &[300.0, 200.0, 100.0])
        .turned(65.0, 110.0, "左上")
        .turned(65.0, 210.0, "右上")
        .turned(85.0, 110.0, "左下");
    assert_eq!(found(&read(vec![turned])), [("左上", at(0, 0, 0, 1)), ("右上", at(0, 0, 1, 1)), ("左下", at(0, 1, 0, 1))]);
    let mixed = Page::default().grid(&[50.0, 80.0, 300.0], &[760.0, 660.0]).turned(70.0, 670.0, "縦向き").text(90.0, 745.0, "横向きの文章");
    assert_eq!(found(&read(vec![mixed])), [("縦向き", at(0, 0, 0, 1)), ("横向きの文章", at(0, 0, 1, 1))]);
}

#[test]
fn what_cannot_be_read_is_told() {
    assert_eq!(pdf::read(b""), Err(Unreadable::NotThisFormat));
    assert_eq!(pdf::read(b"PK\x03\x04"), Err(Unreadable::NotThisFormat));
    assert_eq!(pdf::read(&document(vec![Page::default().line(1.0, (0.0, 0.0), (9.0, 9.0))])), Err(Unreadable::NoText));
    let whole = document(vec![Page::default().text(50.0, 700.0, "本剤")]);
    for end in (20..whole.len() - 6).step_by(97) {
        assert!(matches!(pdf::read(&whole[..end]), Err(Unreadable::Damaged(_))), "{end}");
    }
    let deep = Page { content: "<</A ".repeat(500_000), ..Page::default() };
    assert!(matches!(pdf::read(&document(vec![deep])), Err(Unreadable::Damaged(_))));
}

#[test]
fn packed_objects_are_not_followed_too_deeply() {
    // a stream whose bytes are written in hexadecimal: nothing of its brackets can be seen before it is unpacked
    for kind in ["/Type/ObjStm/N 1/First 4", "/Type/XObject/Subtype/Form"] {
        let packed = "5B".repeat(100_000);
        let object =
            format!("99 0 obj\n<<{kind}/Filter/ASCIIHexDecode/Length {}>>stream\n{packed}>\nendstream\nendobj\n", packed.len() + 1);
        let mut file = document(vec![Page::default().text(50.0, 720.0, "本文")]);
        let table = file.windows(5).position(|window| window == b"xref\n").unwrap();
        file.splice(table..table, object.bytes());
        assert!(matches!(pdf::read(&file), Err(Unreadable::Damaged(found)) if found.contains("nested")), "{kind}");
    }
}

#[test]
fn nothing_panics_on_changed_bytes() {
    let page = || Page::default().grid(&[50.0, 150.0, 280.0], &[780.0, 760.0, 740.0]).text(55.0, 765.0, "項目").text(155.0, 745.0, "文。");
    let whole = document(vec![page(), page()]);
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for _ in 0..300 {
        let mut bytes = whole.clone();
        for _ in 0..1 + next() % 8 {
            let place = next() as usize % bytes.len();
            bytes[place] = next() as u8;
        }
        let _ = pdf::read(&bytes);
    }
}
