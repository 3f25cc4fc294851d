//! Opens a PDF, and keeps it within bounds.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_oxide::parser::parse_object;
use pdf_oxide::{Error, PdfDocument};

use super::{flow, page};
use crate::input::piece::Piece;
use crate::input::unreadable::{Limit, Unreadable};

/// Largest file taken, in bytes. Published plans stay under a tenth of it.
const FILE_LIMIT: usize = 64 << 20;
/// Most pages taken.
const PAGE_LIMIT: usize = 3000;
/// Most glyphs taken in all.
const GLYPH_LIMIT: usize = 5_000_000;
/// Deepest nesting of brackets taken. Plans stay under a hundred; the bytes of pictures reach some hundreds by chance. The
/// library follows brackets by recursion, and a stack that overflows ends the program, which nothing can catch.
const NESTING_LIMIT: usize = 4000;
/// Most bytes that objects and drawings may have when unpacked.
const UNPACKED_LIMIT: usize = 256 << 20;
/// The mark of the format stands within these first bytes.
const HEAD: usize = 1024;
/// The mark of a whole file stands within these last bytes; readers in use ask for 1,024 and forgive some more.
const TAIL: usize = 4096;

/// Reads a document.
///
/// # Errors
/// [`Unreadable`], when the bytes are no PDF, open only with a password, hold no text, are broken or cut off, or too large.
pub fn read(bytes: &[u8]) -> Result<Vec<Piece>, Unreadable> {
    let head = &bytes[..bytes.len().min(HEAD)];
    if !holds(head, b"%PDF-") {
        return Err(Unreadable::NotThisFormat);
    }
    if bytes.len() > FILE_LIMIT {
        return Err(Unreadable::TooLarge { limit: Limit::Bytes(FILE_LIMIT as u64) });
    }
    // The library mends a file that is cut off and returns the pages that are left, which would read as a plan without its end.
    if !holds(&bytes[bytes.len().saturating_sub(TAIL)..], b"%%EOF") {
        return Err(Unreadable::Damaged("the end of the file is missing".into()));
    }
    if nested_too_deeply(bytes) {
        return Err(Unreadable::Damaged("brackets nested too deeply".into()));
    }
    // The last resort: the library is written for broken files, yet a panic in it must not end the program.
    catch_unwind(AssertUnwindSafe(|| packed_soundly(bytes).and_then(|()| read_whole(bytes))))
        .unwrap_or_else(|_| Err(Unreadable::Damaged("its structure cannot be followed".into())))
}

fn read_whole(bytes: &[u8]) -> Result<Vec<Piece>, Unreadable> {
    let document = PdfDocument::from_bytes(bytes.to_vec()).map_err(unreadable)?;
    if document.is_encrypted() && !document.is_authenticated() {
        return Err(Unreadable::Encrypted);
    }
    let count = document.page_count().map_err(unreadable)?;
    if count == 0 {
        return Err(Unreadable::Damaged("no page can be found".into()));
    }
    if count > PAGE_LIMIT {
        return Err(Unreadable::TooLarge { limit: Limit::Pages(PAGE_LIMIT) });
    }
    let mut glyphs = 0;
    let mut pages = Vec::with_capacity(count);
    for index in 0..count {
        let printed = page::printed(&document, index).map_err(|error| match unreadable(error) {
            Unreadable::Damaged(found) => Unreadable::Damaged(format!("page {}: {found}", index + 1)),
            other => other,
        })?;
        glyphs += printed.glyphs.len();
        if glyphs > GLYPH_LIMIT {
            return Err(Unreadable::TooLarge { limit: Limit::Characters(GLYPH_LIMIT) });
        }
        pages.push(flow::place(printed));
    }
    let pieces = flow::pieces(pages);
    if pieces.is_empty() { Err(Unreadable::NoText) } else { Ok(pieces) }
}

/// Looks into the streams that the library follows by recursion once it has unpacked them: those that hold objects, told by
/// `/First`, and drawings used on pages, told by `/Form`. The streams of the pages themselves are looked at page by page.
fn packed_soundly(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut unpacked = 0;
    let mut from = 0;
    while let Some(end) = find(&bytes[from..], b"endobj").map(|at| from + at) {
        let object = &bytes[from..end];
        from = end + b"endobj".len();
        let Some(start) = find(object, b"obj") else { continue };
        let object = &object[start + b"obj".len()..];
        let head = &object[..find(object, b"stream").unwrap_or(0)];
        if !holds(head, b"/First") && !holds(head, b"/Form") {
            continue;
        }
        let Ok((_, stream)) = parse_object(object) else { continue };
        let Ok(content) = stream.decode_stream_data() else { continue };
        unpacked += content.len();
        if unpacked > UNPACKED_LIMIT {
            return Err(Unreadable::TooLarge { limit: Limit::Bytes(UNPACKED_LIMIT as u64) });
        }
        if nested_too_deeply(&content) {
            return Err(Unreadable::Damaged("brackets nested too deeply".into()));
        }
    }
    Ok(())
}

fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).position(|window| window == mark)
}

/// Whether brackets of arrays and dictionaries open far more often than they close.
pub(super) fn nested_too_deeply(bytes: &[u8]) -> bool {
    let mut depth = 0usize;
    let mut before = 0u8;
    for byte in bytes {
        match (before, byte) {
            (_, b'[') => depth += 1,
            (_, b']') => depth = depth.saturating_sub(1),
            (b'<', b'<') => depth += 1,
            (b'>', b'>') => depth = depth.saturating_sub(1),
            _ => {
                before = *byte;
                continue;
            }
        }
        if depth > NESTING_LIMIT {
            return true;
        }
        // A pair counts once: `<<<<` is two.
        before = 0;
    }
    false
}

fn unreadable(error: Error) -> Unreadable {
    match error {
        Error::EncryptedPdf => Unreadable::Encrypted,
        other => Unreadable::Damaged(other.to_string()),
    }
}

fn holds(bytes: &[u8], mark: &[u8]) -> bool {
    find(bytes, mark).is_some()
}
