//! The zip package around a document: bounded, and without trust in what it says of itself.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::input::unreadable::{Limit, Unreadable};

/// Largest file taken, in bytes.
const FILE_LIMIT: u64 = 64 << 20;
/// Largest part taken, unpacked, in bytes.
const PART_LIMIT: u64 = 64 << 20;
/// How many times its packed size a part may unpack to, once it is larger than `PART_FLOOR`. Word's own parts stay under 60.
const PART_RATIO: u64 = 250;
/// Unpacked size in bytes below which the ratio does not matter.
const PART_FLOOR: u64 = 4 << 20;
/// First bytes of a compound file: an old `.doc`, or an encrypted `.docx`.
const COMPOUND_FILE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// The parts of a document that are read.
pub(super) struct Parts {
    /// The text.
    pub document: String,
    /// Styles, empty where there are none.
    pub styles: String,
    /// Numbering of lists, empty where there is none.
    pub numbering: String,
    /// Footnotes, empty where there are none.
    pub footnotes: String,
    /// Endnotes, empty where there are none.
    pub endnotes: String,
}

/// Unpacks, as text, the parts whose names are wanted; within the same bounds as a document that is read.
///
/// # Errors
/// [`Unreadable`], when the bytes are no package, are protected, broken, or too large.
pub fn unpack(bytes: &[u8], wanted: impl Fn(&str) -> bool) -> Result<BTreeMap<String, String>, Unreadable> {
    let mut archive = archive(bytes)?;
    let names: Vec<String> = archive.file_names().flatten().filter(|name| wanted(name)).map(|name| name.into_owned()).collect();
    let mut parts = BTreeMap::new();
    let mut left = PART_LIMIT;
    for name in names {
        if let Some(text) = part(&mut archive, &name)? {
            left = left.checked_sub(text.len() as u64).ok_or(Unreadable::TooLarge { limit: Limit::Bytes(PART_LIMIT) })?;
            parts.insert(name, text);
        }
    }
    Ok(parts)
}

/// Opens the package and unpacks the parts.
pub(super) fn open(bytes: &[u8]) -> Result<Parts, Unreadable> {
    let mut archive = archive(bytes)?;
    let relations = part(&mut archive, "_rels/.rels")?.unwrap_or_default();
    let main = related(&relations, "", "/officeDocument").unwrap_or_else(|| "word/document.xml".to_owned());
    let Some(document) = part(&mut archive, &main)? else {
        return Err(Unreadable::NotThisFormat);
    };
    let (folder, name) = main.rsplit_once('/').unwrap_or(("", &main));
    let relations = part(&mut archive, &join(folder, &format!("_rels/{name}.rels")))?.unwrap_or_default();
    let mut other = |kind: &str| -> Result<String, Unreadable> {
        match related(&relations, folder, kind) {
            Some(path) => Ok(part(&mut archive, &path)?.unwrap_or_default()),
            None => Ok(String::new()),
        }
    };
    Ok(Parts {
        styles: other("/styles")?,
        numbering: other("/numbering")?,
        footnotes: other("/footnotes")?,
        endnotes: other("/endnotes")?,
        document,
    })
}

fn archive(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Unreadable> {
    if bytes.starts_with(&COMPOUND_FILE) {
        return Err(if holds_encrypted_package(bytes) { Unreadable::Encrypted } else { Unreadable::NotThisFormat });
    }
    if !bytes.starts_with(b"PK") {
        return Err(Unreadable::NotThisFormat);
    }
    if bytes.len() as u64 > FILE_LIMIT {
        return Err(Unreadable::TooLarge { limit: Limit::Bytes(FILE_LIMIT) });
    }
    ZipArchive::new(Cursor::new(bytes)).map_err(damaged)
}

/// Whether a compound file names the stream that holds an encrypted Office document.
fn holds_encrypted_package(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// Unpacks one part as text; none where the package has no such part.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, Unreadable> {
    let mut file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(ZipError::InvalidPassword) => return Err(Unreadable::Encrypted),
        Err(error) => return Err(damaged(error)),
    };
    if file.encrypted() {
        return Err(Unreadable::Encrypted);
    }
    let limit = PART_LIMIT.min(PART_FLOOR.max(file.compressed_size().saturating_mul(PART_RATIO)));
    let mut bytes = Vec::new();
    file.by_ref().take(limit + 1).read_to_end(&mut bytes).map_err(|error| Unreadable::Damaged(format!("{name}: {error}")))?;
    if bytes.len() as u64 > limit {
        return Err(Unreadable::TooLarge { limit: Limit::Bytes(limit) });
    }
    Ok(Some(decode(bytes, name)?))
}

/// UTF-8, or UTF-16 with its mark: what the format allows.
fn decode(bytes: Vec<u8>, name: &str) -> Result<String, Unreadable> {
    let wide = |little: bool| {
        let units = bytes[2..].chunks_exact(2).map(|pair| {
            let pair = [pair[0], pair[1]];
            if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
        });
        Ok(char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{FFFD}')).collect())
    };
    match bytes.as_slice() {
        [0xFF, 0xFE, ..] => wide(true),
        [0xFE, 0xFF, ..] => wide(false),
        _ => String::from_utf8(bytes).map_err(|_| Unreadable::Damaged(format!("{name} is not UTF-8"))),
    }
}

/// The part that a relationship of this kind points at.
fn related(relations: &str, folder: &str, kind: &str) -> Option<String> {
    let mut reader = Reader::from_str(relations);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) if element.local_name().as_ref() == "Relationship" => {
                let is_kind = attribute(&element, "Type").is_some_and(|value| value.ends_with(kind));
                if is_kind && let Some(target) = attribute(&element, "Target") {
                    return Some(match target.strip_prefix('/') {
                        Some(absolute) => absolute.to_owned(),
                        None => join(folder, &target),
                    });
                }
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// An attribute by its name without prefix, with entities resolved.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element.attributes().with_checks(false).flatten().find_map(|attribute| {
        if attribute.key.local_name().as_ref() != name {
            return None;
        }
        Some(unescape(&attribute.value))
    })
}

/// Resolves the five predefined entities and character references; leaves anything else as it stands.
fn unescape(value: &str) -> String {
    match quick_xml::escape::unescape_with(value, resolve_predefined_entity) {
        Ok(text) => text.into_owned(),
        Err(_) => value.to_owned(),
    }
}

fn damaged(error: ZipError) -> Unreadable {
    Unreadable::Damaged(error.to_string())
}
