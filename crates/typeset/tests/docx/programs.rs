//! LibreOffice converts it, python-docx reads it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::sample::document;
use crate::written;

/// A folder of this test alone, with the sample in it.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("sample.docx"), written(&document())).unwrap();
    folder
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}; ./test installs what is missing"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn libreoffice_shows_every_word_in_order_and_the_pages_of_the_contents() {
    let folder = folder("libreoffice");
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    // The shipped fonts and no others, so that the pages are the same everywhere.
    let fonts = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts");
    let cache = folder.join("fonts");
    let configuration = format!("<fontconfig><dir>{fonts}</dir><cachedir>{}</cachedir></fontconfig>", cache.display());
    std::fs::write(folder.join("fonts.conf"), configuration).unwrap();
    let convert = ["--headless", "--convert-to", "pdf", "sample.docx"];
    run(Command::new("soffice").arg(profile).args(convert).env("FONTCONFIG_FILE", folder.join("fonts.conf")).current_dir(&folder));
    let text = run(Command::new("pdftotext").args(["-raw", "sample.pdf", "-"]).current_dir(&folder));
    let text: String = text.chars().filter(|character| !character.is_whitespace() || *character == '\u{c}').collect();
    let mut rest = text.as_str();
    for words in [
        "ミハリナ皮下注150mgに係る医薬品リスク管理計画書",
        "汐路製薬株式会社",
        "1.1安全性検討事項....",
        "医薬品リスク管理計画書（RMP）の概要",
        "ミハリヌマブ（遺伝子組換え）",
        "重篤な過敏症（3頁）",
        "1.医薬品リスク管理計画の概要",
        "本剤群96例中3例（3.1％）",
        "表1試験MH-301における有害事象の発現状況",
        "アナフィラキシー反応",
        "①～③",
        "・通常の医薬品安全性監視活動",
        "1.市販直後調査",
        "2.変更の履歴",
        "500例",
        "この段落は今回追加した。",
        "Summaryin",
        "図1重篤な過敏症の発現割合",
    ] {
        let at = rest.find(words).unwrap_or_else(|| panic!("{words} is not where it belongs in:\n{rest}"));
        rest = &rest[at + words.len()..];
    }
    // The heads of the long table stand on each of its pages.
    assert!(text.matches("事象名").count() > 4, "{text}");
    let pages = text.matches('\u{c}').count();
    assert!(text.contains(&format!("{pages}/{pages}")), "the pages are numbered: {text}");
}

#[test]
fn python_docx_reads_it() {
    let folder = folder("python");
    let script = r#"
import docx
d = docx.Document("sample.docx")
print(d.core_properties.title, d.core_properties.author, f"{d.core_properties.created:%Y-%m-%dT%H:%M:%S}", sep="|")
print([(p.style.name, p.text) for p in d.paragraphs if p.style.name.startswith(("Heading", "Title"))][:3])
print([c.text for c in d.tables[0].rows[2].cells])
print(round(d.sections[0].page_width.mm), d.sections[0].header.paragraphs[0].text)
"#;
    // what the system installs is known to its own Python, which need not be the first on the path
    let knows = |python: &&str| Command::new(python).args(["-c", "import docx"]).status().is_ok_and(|status| status.success());
    let python = ["python3", "/usr/bin/python3"].into_iter().find(knows).expect("no Python has python-docx: ./test installs it");
    let told = run(Command::new(python).args(["-c", script]).current_dir(&folder));
    let title = "ミハリナ皮下注150mgに係る医薬品リスク管理計画書";
    let day = "令和8年11月22日";
    let expected = format!(
        "{title}|汐路製薬株式会社|2026-11-22T00:00:00\n\
         [('Title', '{title}'), ('Heading 1', '医薬品リスク管理計画書（RMP）の概要'), ('Heading 1', '1. 医薬品リスク管理計画の概要')]\n\
         ['提出年月日', '{day}', '{day}', '{day}']\n210 ミハリナ皮下注150mg\u{3000}医薬品リスク管理計画書\n"
    );
    assert_eq!(told, expected);
}
