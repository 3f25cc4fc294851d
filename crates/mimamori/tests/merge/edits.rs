//! What people do to a file.

use std::process::Command;

use crate::{Desk, replaced};

/// The end of a run and the beginning of the next, with what Word leaves between them.
const CUT: &str = "</w:t></w:r><w:proofErr w:type=\"spellStart\"/><w:r w:rsidR=\"00AB12CD\"><w:t xml:space=\"preserve\">";

/// The paragraph around some words: where it begins and ends.
fn paragraph(text: &str, words: &str) -> (usize, usize) {
    let at = text.find(words).unwrap();
    (text[..at].rfind("<w:p>").unwrap(), at + text[at..].find("</w:p>").unwrap() + "</w:p>".len())
}

#[test]
fn nothing_changed_is_said() {
    let desk = Desk::new("same");
    let (code, listed, said) = desk.merge(str::to_owned, &[]);
    assert_eq!((code, listed.as_str(), said.as_str()), (Some(0), "変更はありません\n", ""));
}

#[test]
fn runs_that_are_split_and_bookmarks_that_move_change_nothing() {
    let desk = Desk::new("split");
    let split = |text: &str| {
        let text = text.replace("感染症を起こしやすくし", &format!("感染症{CUT}を起こし{CUT}やすくし"));
        // LibreOffice and Word put bookmarks between paragraphs, too
        text.replace("<w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr><w:bookmarkStart w:id=\"40\"", "<w:bookmarkStart w:id=\"40\"")
            .replace("<w:p>", "<w:p w:rsidR=\"00AB12CD\" w:rsidRDefault=\"00AB12CD\">")
    };
    let (code, listed, _) = desk.merge(split, &[]);
    assert_eq!((code, listed.as_str()), (Some(0), "変更はありません\n"));
}

#[test]
fn words_come_back_and_figures_stay() {
    let desk = Desk::new("words");
    let edit = |text: &str| {
        let text = replaced(text, "感染症を起こしやすくし", "感染症を発現しやすくし");
        replaced(&text, "主なものは肺炎 ", "そのうち肺炎 ")
    };
    let (code, listed, _) = desk.merge(edit, &[]);
    assert_eq!(code, Some(1), "{listed}");
    assert!(
        listed.contains("[-起こしやすくし-]{+発現しやすくし+}") && listed.contains("取り込める変更 2 件、取り込めない変更 0 件"),
        "{listed}"
    );
    assert!(desk.source("concerns/infection.md").contains("起こしやすくし"), "shown and not written");
    let (code, ..) = desk.merge(edit, &["--accept", "1"]);
    assert_eq!(code, Some(1));
    let source = desk.source("concerns/infection.md");
    assert!(source.contains("発現しやすくし") && source.contains("主なものは肺炎 {{ 19/698 long-term }}"), "{source}");
    // what was taken in is not told again
    let (code, listed, said) = desk.merge(edit, &["--accept", "all"]);
    assert_eq!(code, Some(0), "{listed}");
    assert!(said.contains("計画が変わっています"), "{said}");
    let source = desk.source("concerns/infection.md");
    assert!(source.contains("そのうち肺炎 {{ 19/698 long-term }}") && source.contains("as long-term-infection"), "{source}");
    let (code, listed, _) = desk.merge(edit, &[]);
    assert_eq!((code, listed.as_str()), (Some(0), "変更はありません\n"));
}

#[test]
fn tracked_changes_come_back_with_their_authors() {
    let desk = Desk::new("tracked");
    let (code, listed, _) = desk.merge(
        |text| {
            let tracked = "投与前の確認、</w:t></w:r><w:del w:id=\"900\" w:author=\"校閲 花子\" w:date=\"2026-01-01T00:00:00Z\"><w:r><w:delText>投与中の観察、</w:delText></w:r></w:del>\
                <w:ins w:id=\"901\" w:author=\"校閲 花子\"><w:r><w:t>投与後の観察、</w:t></w:r></w:ins><w:r><w:t xml:space=\"preserve\">";
            replaced(text, "投与前の確認、投与中の観察、", tracked)
        },
        &["--format", "jsonl", "--accept", "all"],
    );
    assert_eq!(code, Some(0), "{listed}");
    assert!(listed.contains("\"kind\":\"proposed\"") && listed.contains("校閲 花子"), "{listed}");
    assert!(desk.source("concerns/infection.md").contains("投与前の確認、投与後の観察、"));
}

#[test]
fn what_derives_is_refused_with_its_place() {
    let desk = Desk::new("derived");
    let before = desk.source("concerns/infection.md");
    let (code, listed, _) = desk.merge(
        |text| {
            let text = replaced(text, "13/381", "14/381"); // within a figure
            let text = replaced(&text, "B型肝炎ウイルスの再活性化", "B型肝炎ウイルスの再燃"); // a name in a list
            let text = replaced(&text, "令和2年9月25日", "令和2年9月26日"); // a day of a table
            replaced(&text, "追加のリスク最小化活動", "追加の活動") // words of the form
        },
        &["--accept", "all"],
    );
    assert_eq!(code, Some(1), "{listed}");
    assert!(listed.contains("[-13/381-]{+14/381+}") && listed.contains("例数から計算されます"), "{listed}");
    let line = 1 + before[..before.find("13/381").unwrap()].matches('\n').count();
    assert!(listed.contains(&format!("infection.md:{line}\n")), "{listed}");
    assert!(
        listed.contains("hepatitis-b.md:3\n") && listed.contains("他の記載から導かれます") && listed.contains("様式の文言"),
        "{listed}"
    );
    assert!(listed.contains("取り込める変更 0 件、取り込めない変更 4 件"), "{listed}");
    assert!(listed.contains("plan.toml:13\n"), "{listed}");
    assert_eq!(desk.source("concerns/infection.md"), before);
}

#[test]
fn paragraphs_come_go_part_and_join() {
    let desk = Desk::new("paragraphs");
    let edit = |text: &str| {
        let mut text = text.to_owned();
        let (_, end) = paragraph(&text, "死亡に至った例があり");
        text.insert_str(end, "<w:p><w:r><w:t>1. なお、*重要な*追記{{である。</w:t></w:r></w:p><w:p/>");
        let (start, end) = paragraph(&text, "ITP の全例調査（MZB-ITP01）では、重篤な感染症の");
        text.replace_range(start..end, "");
        // parted by the enter key
        let parted = "徹底する必要がある。</w:t></w:r></w:p><w:p><w:r><w:t xml:space=\"preserve\">";
        replaced(&text, "徹底する必要がある。", parted)
    };
    let (code, listed, said) = desk.merge(edit, &["--accept", "all"]);
    assert_eq!(code, Some(0), "{listed}{said}");
    let source = desk.source("concerns/infection.md");
    assert!(!source.contains("MZB-ITP01"), "{source}");
    assert!(source.contains("とした。\n\n1\\. なお、\\*重要な\\*追記"), "{source}");
    assert!(source.contains("徹底する必要がある。\n\n電子添文"), "{source}");
    // what was taken in is what is printed
    desk.run(&["build", "plan", "--format", "text", "-o", "after", "--as-of", "2026-04-01"]);
    let text = std::fs::read_to_string(desk.path("after/m1-11-j-rmp.txt")).unwrap();
    assert!(text.contains("1. なお、*重要な*追記{{である。"), "{text}");
}

#[test]
fn a_paragraph_that_moves_takes_its_figures_along() {
    let desk = Desk::new("moved");
    let edit = |text: &str| {
        let mut text = text.to_owned();
        let (start, end) = paragraph(&text, "ITP（MZB-311）では");
        let moved = text[start..end].to_owned();
        text.replace_range(start..end, "");
        let (_, after) = paragraph(&text, "ITP の全例調査（MZB-ITP01）では、重篤な感染症の");
        text.insert_str(after, &moved);
        text
    };
    let (code, listed, said) = desk.merge(edit, &["--accept", "all"]);
    assert_eq!(code, Some(0), "{listed}{said}");
    let source = desk.source("concerns/infection.md");
    // from the text of another concern, as a figure and not as its digits
    assert!(source.contains("認められた。\n- ITP（MZB-311）では {{ 4/38 MZB-311 }}に認められた。\n\n死亡に"), "{source}");
    assert!(!desk.source("concerns/injection-reaction.md").contains("4/38 MZB-311"));
}

#[test]
fn a_name_changes_where_it_is_told_of() {
    let desk = Desk::new("name");
    let edit = |text: &str| {
        let table = text.find("とした理由：").unwrap();
        let at = text[..table].rfind("重篤な感染症<").unwrap();
        format!("{}重篤な感染症及び敗血症<{}", &text[..at], &text[at + "重篤な感染症<".len()..])
    };
    let (code, listed, said) = desk.merge(edit, &["--accept", "all"]);
    assert_eq!(code, Some(0), "{listed}{said}");
    assert!(desk.source("concerns/infection.md").contains("name = \"重篤な感染症及び敗血症\""));
}

#[test]
fn a_plan_that_changed_meanwhile_keeps_its_words() {
    let desk = Desk::new("meanwhile");
    let file = desk.path("plan/concerns/infection.md");
    let source = std::fs::read_to_string(&file).unwrap();
    let source = source.replace("感染症を起こしやすくし", "感染症を誘発し").replace("name_en = ", "# 別名\nname_en = ");
    std::fs::write(&file, source).unwrap();
    let edit = |text: &str| {
        let text = replaced(text, "感染症を起こしやすくし", "感染症を発現しやすくし");
        replaced(&text, "又は重くするおそれ", "又は重篤化させるおそれ")
    };
    let (code, listed, _) = desk.merge(edit, &["--accept", "all"]);
    assert_eq!(code, Some(1), "{listed}");
    assert!(listed.contains("計画のこの箇所が変わっている"), "{listed}");
    let source = desk.source("concerns/infection.md");
    assert!(source.contains("感染症を誘発し") && source.contains("又は重篤化させるおそれ"), "{source}");
}

#[test]
fn libreoffice_hands_it_back_unchanged_but_for_the_edit() {
    let office = |arguments: &[&str]| Command::new("soffice").args(arguments).output();
    if office(&["--version"]).is_err() {
        eprintln!("LibreOffice is not installed: not tried");
        return;
    }
    let desk = Desk::new("libreoffice");
    let (_, before, _) = desk.merge(|text| replaced(text, "感染症を起こしやすくし", "感染症を発現しやすくし"), &[]);
    let profile = format!("-env:UserInstallation=file://{}", desk.path("profile").display());
    let (out, back) = (desk.path("office"), desk.path("back.docx"));
    let (out, back) = (out.to_str().unwrap(), back.to_str().unwrap());
    let saved = office(&[&profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", out, back]).unwrap();
    assert!(saved.status.success(), "{}", String::from_utf8_lossy(&saved.stderr));
    let (code, listed, _) = desk.merge_file("office/back.docx", &["--accept", "all"]);
    assert_eq!((code, listed), (Some(0), before));
    assert!(desk.source("concerns/infection.md").contains("発現しやすくし"));
}
