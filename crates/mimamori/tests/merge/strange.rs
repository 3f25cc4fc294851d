//! Files that are not what was built, and what is asked that is not there.

use std::fs;

use crate::{Desk, changed, replaced};

fn refused(desk: &Desk, bytes: &[u8], words: &str) {
    fs::write(desk.path("back.docx"), bytes).unwrap();
    let before = desk.source("concerns/infection.md");
    let (code, listed, said) = desk.merge_file("back.docx", &["--accept", "all"]);
    assert_eq!((code, listed.as_str()), (Some(2), ""), "{said}");
    assert!(said.contains(words), "{said}");
    let english = desk.run(&["merge", "plan", "back.docx", "--lang=en"]);
    assert_eq!(english.status.code(), Some(2));
    assert_eq!(desk.source("concerns/infection.md"), before);
}

#[test]
fn a_file_of_another_product_is_refused() {
    let desk = Desk::new("another");
    assert!(desk.run(&["new", "another"]).status.success());
    let built = desk.run(&["build", "another", "--document", "j-rmp", "--format", "docx", "-o", "other"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let (code, _, said) = desk.merge_file("other/m1-11-j-rmp.docx", &["--accept", "all"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("別の製品のものです") && said.contains("何も取り込んでいません"), "{said}");
}

#[test]
fn files_that_were_not_built_are_refused() {
    let desk = Desk::new("strange");
    let built = desk.built();
    let record = "customXml/item1.xml";
    refused(&desk, b"no Word file", "Word");
    refused(&desk, &built[..built.len() / 2], "壊れ");
    refused(&desk, &changed(&built, record, |_| String::new()), "作成時の記録が失われ");
    refused(&desk, &changed(&built, record, |text| text.replace("printed:1\"", "printed:2\"")), "別の版");
    refused(&desk, &changed(&built, record, |text| text.replace("#why.", "#")), "壊れ");
    let text = "word/document.xml";
    refused(&desk, &changed(&built, text, |text| text[..text.floor_char_boundary(text.len() / 3)].to_owned()), "壊れ");
    let entity =
        |text: &str| replaced(text, "<w:document", "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><w:document");
    refused(&desk, &changed(&built, text, entity), "壊れ");
    refused(&desk, &changed(&built, text, |text| replaced(text, "感染症", "&file;")), "壊れ");
    let deep = |text: &str| replaced(text, "<w:body>", &format!("<w:body>{}{}", "<w:sdt>".repeat(5000), "</w:sdt>".repeat(5000)));
    refused(&desk, &changed(&built, text, deep), "壊れ");
    let bomb = |text: &str| replaced(text, "</w:body>", &format!("{}</w:body>", " ".repeat(80 << 20)));
    refused(&desk, &changed(&built, text, bomb), "大きすぎ");
}

#[test]
fn comments_are_listed() {
    let desk = Desk::new("comments");
    // a plan whose findings are set beside the text has a part of comments already; this one has none
    let comments = "<?xml version=\"1.0\"?><w:comments xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
        <w:comment w:id=\"7\" w:author=\"校閲 花子\" w:date=\"2026-01-02T03:04:05Z\"><w:p><w:r><w:t>出典は\u{1b}[31m？</w:t></w:r></w:p></w:comment></w:comments>";
    let text = |text: &str| {
        let start =
            "</w:t></w:r><w:commentRangeStart w:id=\"7\"/><w:r><w:t>感染症を起こし</w:t></w:r><w:commentRangeEnd w:id=\"7\"/><w:r><w:t>";
        replaced(text, "感染症を起こし", start)
    };
    let bytes = changed(&desk.built(), "word/document.xml", text);
    let mut package = zip::ZipWriter::new_append(std::io::Cursor::new(bytes)).unwrap();
    package.start_file("word/comments.xml", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut package, comments.as_bytes()).unwrap();
    fs::write(desk.path("back.docx"), package.finish().unwrap().into_inner()).unwrap();
    let (code, listed, _) = desk.merge_file("back.docx", &[]);
    assert_eq!(code, Some(0), "{listed}");
    assert!(listed.contains("※  校閲 花子 2026-01-02\n   「感染症を起こし」\n   出典は"), "{listed}");
    assert!(!listed.contains('\u{1b}'), "{listed:?}");
}

#[test]
fn numbers_that_are_not_there_are_told() {
    let desk = Desk::new("numbers");
    let edit = |text: &str| replaced(text, "感染症を起こしやすくし", "感染症を発現しやすくし");
    for wrong in ["2", "0", "x", "1,9"] {
        let (code, listed, said) = desk.merge(edit, &["--accept", wrong]);
        assert_eq!((code, listed.as_str()), (Some(2), ""), "{wrong}");
        assert!(said.contains("という番号の変更はありません") && said.contains("1 から 1"), "{said}");
    }
    assert!(desk.source("concerns/infection.md").contains("起こしやすくし"));
}
