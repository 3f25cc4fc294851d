//! What is not a plan, or not whole, or hostile: a clear message that says what to do, exit 2, no panic, bounded memory and time.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Address space that a review may take, in KiB; the program's own pages and its threads' stacks count too.
const MEMORY: u32 = 1 << 20;
/// Time it may take, without optimisation and on a busy machine.
const TIME: Duration = Duration::from_secs(60);

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn plans(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plans").join(name)
}

fn example() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/mihon-rmp.txt")).unwrap()
}

/// A file of this test.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bad-input");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name);
    std::fs::write(&file, bytes).unwrap();
    file
}

/// Reviews a file within the bounds.
fn review(file: &Path, language: &str) -> Output {
    let start = Instant::now();
    let output = Command::new("bash")
        .args([
            "-c",
            &format!("ulimit -v {MEMORY}; exec \"$@\""),
            "bash",
            env!("CARGO_BIN_EXE_mimamori"),
            "review",
            "--lang",
            language,
            "--format",
            "jsonl",
        ])
        .arg(file)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(start.elapsed() < TIME, "{} took {:?}", file.display(), start.elapsed());
    output
}

/// Asserts that a file is refused with these words, in both languages, each with what to do.
fn refused(file: &Path, japanese: &str, english: &str) {
    for (language, words, remedy) in [("ja", japanese, "\n  対処: "), ("en", english, "\n  do: ")] {
        let output = review(file, language);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{}: {told}", file.display());
        assert!(output.stdout.is_empty());
        assert!(told.contains(words) && told.contains(remedy), "{}: 「{words}」 is not in {told}", file.display());
        assert!(!told.contains("panicked"), "{told}");
    }
}

/// Asserts that a file is read.
fn read(file: &Path) {
    let output = review(file, "en");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}: {}", file.display(), String::from_utf8_lossy(&output.stderr));
}

/// Random bytes, always the same for a seed (SplitMix64).
fn random(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed;
    let words = std::iter::repeat_with(|| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = state;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (word ^ (word >> 31)).to_le_bytes()
    });
    words.flatten().take(length).collect()
}

/// A ZIP file; each part is its bytes, so many times over.
fn zip(parts: &[(&str, &[u8], usize)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes, times) in parts {
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated).large_file(true);
        writer.start_file(*name, options).unwrap();
        for _ in 0..*times {
            writer.write_all(bytes).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

const TYPES: &[u8] = br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONS: &[u8] = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

/// A Word document whose body is `part`, so many times over.
fn word(head: &str, part: &str, times: usize) -> Vec<u8> {
    let opened = format!("{head}<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>");
    let body = [opened.as_bytes(), part.repeat(times).as_bytes(), b"</w:body></w:document>"].concat();
    zip(&[("[Content_Types].xml", TYPES, 1), ("_rels/.rels", RELATIONS, 1), ("word/document.xml", &body, 1)])
}

/// A PDF of one page without text, as a scan is.
fn scan() -> Vec<u8> {
    let picture = "q 500 0 0 700 40 40 cm /Scan Do Q";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Scan 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{picture}\nendstream", picture.len()),
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream".to_owned(),
    ];
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (object, number) in objects.iter().zip(1..) {
        table.push_str(&format!("{:010} 00000 n \n", pdf.len()));
        pdf.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = pdf.len();
    pdf.push_str(&format!("xref\n0 6\n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    pdf.into_bytes()
}

#[test]
fn an_empty_file() {
    refused(&file("empty.pdf", b""), "空です", "is empty");
    refused(&file("blank.txt", " \n\u{3000}\n".as_bytes()), "文字情報がありません", "holds no text");
}

#[test]
fn what_is_no_file() {
    refused(Path::new("/"), "フォルダーです", "is a folder");
    refused(Path::new("/dev/zero"), "通常のファイルではありません", "is no ordinary file");
    refused(Path::new("/no/such/file.pdf"), "見つかりません", "does not exist");
    refused(Path::new("no\u{1b}[31m such\u{202e}file"), "見つかりません", "does not exist");
}

#[test]
fn an_unrelated_file() {
    refused(&file("letter.txt", "拝啓 時下ますますご清栄のこととお慶び申し上げます。\n".repeat(50).as_bytes()), "見出し", "headings");
    refused(&file("program.rs", b"fn main() {}\n"), "見出し", "headings");
    refused(&file("letter.docx", &word("", "<w:p><w:r><w:t>拝啓</w:t></w:r></w:p>", 3)), "見出し", "headings");
}

#[test]
fn a_truncated_file() {
    for (name, numerator) in [("G.pdf", 1), ("G.pdf", 3), ("G.docx", 1), ("G.docx", 3)] {
        let bytes = std::fs::read(plans(name)).unwrap();
        let cut = file(&format!("cut-{numerator}-{name}"), &bytes[..bytes.len() * numerator / 4]);
        refused(&cut, "壊れています", "is damaged");
    }
    refused(&file("head.pdf", b"%PDF-1.7\n"), "壊れています", "is damaged");
}

#[test]
fn a_file_with_a_password() {
    refused(&fixture("password-to-open.pdf"), "パスワード", "password");
    // a password that only forbids printing keeps nobody from reading
    read(&fixture("password-to-print.pdf"));
    // Word wraps what it encrypts, and its old format, in an OLE file
    let ole = [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &random(1, 4096)].concat();
    refused(&file("password.docx", &ole), "パスワードで保護された Word 文書", "protected by a password");
}

#[test]
fn a_scan() {
    refused(&file("scan.pdf", &scan()), "文字情報がありません", "holds no text");
}

#[test]
fn encodings() {
    let text = example();
    let (cp932, _, unmappable) = encoding_rs::SHIFT_JIS.encode(&text);
    assert!(!unmappable);
    read(&file("cp932.txt", &cp932));
    read(&file("mark.txt", &[&b"\xef\xbb\xbf"[..], text.as_bytes()].concat()));
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    read(&file("utf16.txt", &utf16));
    read(&file("windows.txt", text.replace('\n', "\r\n").as_bytes()));
    let (euc, _, _) = encoding_rs::EUC_JP.encode(&text);
    let output = review(&file("euc.txt", &euc), "en");
    assert_eq!(output.status.code(), Some(2), "another encoding is not taken for text");
    let (jis, _, _) = encoding_rs::ISO_2022_JP.encode(&text);
    refused(&file("jis.txt", &jis), "文字コード", "encoding");
}

#[test]
fn random_bytes() {
    for seed in 0..20 {
        let bytes = random(seed, 100_000);
        refused(&file("random", &bytes), "文字コード", "encoding");
        refused(&file("random.pdf", &[b"%PDF-1.7\n", bytes.as_slice()].concat()), "壊れています", "damaged");
        refused(&file("random.docx", &[b"PK\x03\x04", bytes.as_slice()].concat()), "壊れています", "damaged");
    }
}

#[test]
fn a_flipped_bit_somewhere() {
    for name in ["H.pdf", "H.docx"] {
        let whole = std::fs::read(plans(name)).unwrap();
        for (place, flip) in random(7, 24).chunks(3).map(|word| (usize::from(word[0]) << 8 | usize::from(word[1]), word[2] | 1)) {
            let mut bytes = whole.clone();
            let at = place * (bytes.len() - 1) / 0xffff;
            bytes[at] ^= flip;
            let output = review(&file(&format!("flipped-{name}"), &bytes), "en");
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(matches!(output.status.code(), Some(0..=2)) && !told.contains("panicked"), "byte {at} of {name}: {told}");
        }
    }
}

#[test]
fn a_file_of_200_megabytes() {
    let large = file("large.txt", b"");
    // sparse: it takes no room on the disk
    std::fs::File::options().write(true).open(&large).unwrap().set_len(200 << 20).unwrap();
    refused(&large, "大きすぎます", "too large");
    std::fs::remove_file(large).unwrap();
}

#[test]
fn a_text_longer_than_any_plan() {
    let text = example();
    let long = file("long.txt", text.repeat((16 << 20) / text.len() + 1).as_bytes());
    refused(&long, "大きすぎます（上限 16 MB）", "too large (limit 16 MB)");
    std::fs::remove_file(long).unwrap();
}

#[test]
fn bombs() {
    let blanks = vec![b' '; 1 << 20];
    let bomb = zip(&[("[Content_Types].xml", TYPES, 1), ("_rels/.rels", RELATIONS, 1), ("word/document.xml", &blanks, 600)]);
    assert!(bomb.len() < 4 << 20, "it is small until it is unpacked");
    refused(&file("bomb.docx", &bomb), "大きすぎます", "too large");

    let laughs = r#"<!DOCTYPE d [<!ENTITY a "医薬品"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;">]>"#;
    refused(&file("laughs.docx", &word(laughs, "<w:p><w:r><w:t>&g;&g;&g;</w:t></w:r></w:p>", 1)), "文字情報がありません", "holds no text");

    let deep = format!("{}{}", "<w:tbl><w:tr><w:tc>".repeat(20_000), "</w:tc></w:tr></w:tbl>".repeat(20_000));
    refused(&file("deep.docx", &word("", &deep, 1)), "壊れています", "nested too deeply");
}
