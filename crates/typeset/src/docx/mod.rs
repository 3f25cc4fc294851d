//! Word: WordprocessingML (ISO/IEC 29500-1, transitional) as a person at Word would have made it.
//!
//! | file | what |
//! |---|---|
//! | `body.rs`, `inline.rs`, `table.rs`, `picture.rs` | the text |
//! | `places.rs` | the names that links and page numbers lead to |
//! | `printed.rs` | what was printed, for those who take changes back into the source |
//! | `flow.rs` | page numbers that fields show until Word or LibreOffice update them |
//! | `styles.rs`, `parts.rs` | looks, from the tokens; numbering, settings, properties, head and foot |
//! | `package.rs`, `xml.rs` | the zip file and its XML |
//!
//! A library for WordprocessingML was tried and left: what has to be exact here, the order of properties and the cached results of
//! fields, is what such a library decides by itself.

mod body;
mod flow;
mod inline;
mod package;
mod parts;
mod picture;
mod places;
mod printed;
mod styles;
mod table;
mod xml;

use std::collections::HashMap;
use std::fmt;

use jiff::civil::Date;

use crate::{Document, Page, Tokens};
use body::Writer;
use package::Package;
use places::Places;
use printed::Printed;
pub use printed::{PRINTED, Provenance};

const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Why a document cannot be written for Word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unwritable {
    /// A picture is no SVG: its words for those who do not see it, and what is wrong.
    Picture(String, String),
    /// A table has more columns than Word takes: its title, and how many.
    Columns(String, usize),
    /// The file could not be packed.
    Package(String),
}

impl fmt::Display for Unwritable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Picture(words, error) => write!(
                formatter,
                "図「{words}」のSVGを読めません。図を直してください（{error}） / the SVG of the picture “{words}” cannot be read; correct it: {error}"
            ),
            Self::Columns(title, columns) => write!(
                formatter,
                "表「{title}」は{columns}列あります。Wordの表は{}列までです。表を分けてください / the table “{title}” has {columns} columns and Word takes {}; part it",
                table::MOST_COLUMNS,
                table::MOST_COLUMNS
            ),
            Self::Package(error) => {
                write!(formatter, "Wordファイルにまとめられません（{error}） / the parts cannot be packed into a Word file: {error}")
            }
        }
    }
}

impl std::error::Error for Unwritable {}

/// Writes a document as a Word file (DOCX). The same document and tokens give the same bytes.
///
/// Attachments are left out: Word has no place for them that its users would find.
///
/// # Errors
/// [`Unwritable`], when a picture is no SVG or a table is too wide for Word.
pub fn docx(document: &Document, tokens: &Tokens) -> Result<Vec<u8>, Unwritable> {
    write(document, tokens, None)
}

/// The same, with what was printed and where it is written beside it, so that changes made in Word can be taken back into the source.
///
/// # Errors
/// As of [`docx`].
pub fn returnable_docx(document: &Document, tokens: &Tokens, provenance: &Provenance) -> Result<Vec<u8>, Unwritable> {
    write(document, tokens, Some(provenance))
}

fn write(document: &Document, tokens: &Tokens, provenance: Option<&Provenance>) -> Result<Vec<u8>, Unwritable> {
    let places = Places::of(document);
    let pictures = picture::draw(document, tokens)?;
    // Once to learn on which page things come to stand, and once more to say so.
    let trial = Writer::new(document, tokens, &places, &pictures, HashMap::new()).body()?;
    let (pages, last) = trial.pages();
    let mut writer = Writer::new(document, tokens, &places, &pictures, pages);
    writer.last_page = last;
    writer.printed = provenance.map(Printed::new);
    writer.body()?.finish()
}

/// The text's width on a page, in twips.
fn text_width(page: Page, tokens: &Tokens) -> u32 {
    let (across, _) = paper(page);
    across.saturating_sub(millimetres(tokens.page.left) + millimetres(tokens.page.right)).max(1000)
}

/// Width and height of A4, in twips.
fn paper(page: Page) -> (u32, u32) {
    match page {
        Page::Portrait => (11906, 16838),
        Page::Landscape => (16838, 11906),
    }
}

/// Points as twentieths of a point. The casts here saturate, and the tokens are bounded.
fn twips(points: f64) -> u32 {
    (points * 20.0).round() as u32
}

fn half_points(points: f64) -> u32 {
    (points * 2.0).round() as u32
}

fn millimetres(length: f64) -> u32 {
    twips(length * 72.0 / 25.4)
}

fn day(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

impl Writer<'_> {
    /// The whole file, once the body is written.
    fn finish(mut self) -> Result<Vec<u8>, Unwritable> {
        let body = std::mem::replace(&mut self.xml, xml::Xml::new());
        let mut package: Package = std::mem::take(&mut self.package);
        package.document(body);
        if let Some(printed) = self.printed.take() {
            printed.store(&mut package);
        }
        package.about("core", "application/vnd.openxmlformats-package.core-properties+xml", parts::core(self.document));
        let app = parts::app(self.document);
        package.about("app", "application/vnd.openxmlformats-officedocument.extended-properties+xml", app);
        package.finish()
    }
}
