//! PDF, by Typst: PDF/A-3a and PDF/UA-1 at once.

mod failure;
mod raised;
mod value;
mod world;

use std::collections::BTreeMap;

use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Label};
use typst::introspection::Introspector as _;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub use failure::Failure;

use crate::names::Names;
use crate::{Document, Tokens};

/// Compilations for which what Typst has laid out is kept, for the next to be quick: a draft and the one after its author saved.
const KEPT: usize = 4;

/// Sets a document as PDF, archivable (PDF/A-3a, ISO 19005-3) and accessible (PDF/UA-1, ISO 14289-1). The same document and
/// tokens give the same bytes.
///
/// # Errors
/// What of the document PDF cannot hold: a character that the fonts lack, a picture that is not SVG, an empty title.
pub fn pdf(document: &Document, tokens: &Tokens) -> Result<Vec<u8>, Failure> {
    let pages = laid_out(document, tokens)?;
    let date = document.date;
    let parts = (i32::from(date.year()), u8::try_from(date.month()), u8::try_from(date.day()));
    let timestamp = match parts {
        (year, Ok(month), Ok(day)) => Datetime::from_ymd_hms(year, month, day, 0, 0, 0),
        _ => None,
    };
    let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]).expect("the two go together");
    let options = PdfOptions { timestamp: timestamp.map(Timestamp::new_utc), standards, ..PdfOptions::default() };
    typst_pdf::pdf(&pages, &options).map_err(|errors| told(&errors))
}

/// The pages, from 1, on which the named places of a document stand in its PDF.
///
/// # Errors
/// As of [`pdf`].
pub fn pages(document: &Document, tokens: &Tokens) -> Result<BTreeMap<String, usize>, Failure> {
    let pages = laid_out(document, tokens)?;
    let introspector = pages.introspector();
    let page = |number: usize| {
        let label = Label::new(PicoStr::intern(&value::label(number)))?;
        let location = introspector.query_label(label).ok()?.location()?;
        introspector.page(location).map(std::num::NonZeroUsize::get)
    };
    Ok(Names::of(document).all().filter_map(|(name, number)| Some((name.to_owned(), page(number)?))).collect())
}

fn laid_out(document: &Document, tokens: &Tokens) -> Result<PagedDocument, Failure> {
    failure::check(document)?;
    let world = world::World::new(value::inputs(document, tokens));
    let pages = typst::compile::<PagedDocument>(&world).output;
    typst::comemo::evict(KEPT);
    pages.map_err(|errors| told(&errors))
}

fn told(errors: &[SourceDiagnostic]) -> Failure {
    Failure::of(errors.iter().map(|error| error.message.as_str()))
}

/// Forgets what was kept to make the next PDF quicker.
pub fn forget() {
    typst::comemo::evict(0);
}
