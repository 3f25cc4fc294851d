//! Any bytes as a Word document. The fuzzer's own parts are packed, because a mutated ZIP file seldom opens: the first byte
//! chooses between a whole file and the text of `word/document.xml`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((&kind, rest)) = bytes.split_first() else { return };
    if kind == b'P' {
        let _ = published::input::docx::read(bytes);
    } else {
        let _ = published::input::docx::read(&packed(rest));
    }
});

const TYPES: &[u8] = br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONS: &[u8] = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

/// A ZIP file of stored parts, by hand, so that packing costs nothing (APPNOTE 6.3.9, sections 4.3.7, 4.3.12 and 4.3.16).
fn packed(document: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut directory = Vec::new();
    let parts: [(&str, &[u8]); 3] = [("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", document)];
    for (name, bytes) in parts {
        let start = number(file.len());
        let size = number(bytes.len());
        let common = [
            &20_u16.to_le_bytes()[..],
            &[0; 8],
            &checksum(bytes).to_le_bytes(),
            &size,
            &size,
            &u16::try_from(name.len()).unwrap_or(0).to_le_bytes(),
            &[0; 2],
        ]
        .concat();
        file.extend([b"PK\x03\x04", common.as_slice(), name.as_bytes(), bytes].concat());
        directory.extend([b"PK\x01\x02\x14\x00", common.as_slice(), &[0; 10], &start, name.as_bytes()].concat());
    }
    let (start, size) = (number(file.len()), number(directory.len()));
    file.extend([&directory[..], b"PK\x05\x06\0\0\0\0\x03\0\x03\0", &size, &start, &[0; 2]].concat());
    file
}

fn number(size: usize) -> [u8; 4] {
    u32::try_from(size).unwrap_or(u32::MAX).to_le_bytes()
}

/// CRC-32 as in ISO 3309.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, &byte| (0..8).fold(sum ^ u32::from(byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 * (sum & 1))))
}
