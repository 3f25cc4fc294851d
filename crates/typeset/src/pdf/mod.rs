//! PDF, by Typst: PDF/A-3a and PDF/UA-1 at once.

mod failure;
mod value;
mod world;

use typst::diag::SourceDiagnostic;
use typst::foundations::Datetime;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub use failure::Failure;

use crate::{Document, Tokens};

/// Compilations for which what Typst has laid out is kept, for the next to be quick: a draft and the one after its author saved.
const KEPT: usize = 4;

/// Sets a document as PDF, archivable (PDF/A-3a, ISO 19005-3) and accessible (PDF/UA-1, ISO 14289-1). The same document and
/// tokens give the same bytes.
///
/// # Errors
/// What of the document PDF cannot hold: a character that the fonts lack, a picture that is not SVG, an empty title.
pub fn pdf(document: &Document, tokens: &Tokens) -> Result<Vec<u8>, Failure> {
    failure::check(document)?;
    let world = world::World::new(value::inputs(document, tokens));
    let result = typst::compile::<PagedDocument>(&world).output.and_then(|pages| {
        let date = document.date;
        let parts = (i32::from(date.year()), u8::try_from(date.month()), u8::try_from(date.day()));
        let timestamp = match parts {
            (year, Ok(month), Ok(day)) => Datetime::from_ymd_hms(year, month, day, 0, 0, 0),
            _ => None,
        };
        let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]).expect("the two go together");
        typst_pdf::pdf(&pages, &PdfOptions { timestamp: timestamp.map(Timestamp::new_utc), standards, ..PdfOptions::default() })
    });
    typst::comemo::evict(KEPT);
    result.map_err(|errors| Failure::of(errors.iter().map(|error: &SourceDiagnostic| error.message.as_str())))
}

/// Forgets what was kept to make the next PDF quicker.
pub fn forget() {
    typst::comemo::evict(0);
}
