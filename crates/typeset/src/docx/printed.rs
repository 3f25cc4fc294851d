//! What was printed, carried along in the file: each paragraph, and which of its words a person wrote in the source. Word and LibreOffice
//! keep such a part (ISO/IEC 29500-1, 15.2.5, custom XML data storage) as it is, so that what comes back can be compared with it.

use super::body::Writer;
use super::package::Package;
use super::xml::Xml;
use crate::Inline;

/// What a Word file was made from, for the program that takes its changes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// Name and version of the program.
    pub program: String,
    /// Which document it is.
    pub document: String,
    /// Of which product.
    pub product: String,
    /// A fingerprint of the source.
    pub source: String,
}

/// The vocabulary of the part; its number is that of its form.
pub const PRINTED: &str = "urn:mimamori:printed:1";

/// The record while the text is written.
pub(super) struct Printed {
    xml: Xml,
    /// Words that are written belong to it.
    pub open: bool,
    sourced: u32,
}

impl Printed {
    /// An empty record.
    pub fn new(provenance: &Provenance) -> Self {
        let mut xml = Xml::new();
        let Provenance { program, document, product, source } = provenance;
        xml.open("printed", &[("xmlns", &PRINTED), ("program", program), ("document", document), ("product", product), ("source", source)]);
        Self { xml, open: false, sourced: 0 }
    }

    /// Words of the paragraph.
    pub fn text(&mut self, text: &str) {
        if self.open {
            self.xml.text(text);
        }
    }

    /// Puts the record into the package.
    pub fn store(self, package: &mut Package) {
        package.data(self.xml);
    }
}

impl Writer<'_> {
    /// Begins or ends a paragraph of the record.
    pub fn record(&mut self, begin: bool) {
        if let Some(printed) = &mut self.printed {
            printed.open = begin;
            if begin { printed.xml.open("p", &[]) } else { printed.xml.close() }
        }
    }

    /// Writes words of the source, with a bookmark around them by which they are found again.
    pub fn sourced(&mut self, origin: &str, content: &[Inline], manner: super::inline::Manner) {
        let Some(printed) = self.printed.as_mut().filter(|printed| printed.open) else { return self.inlines(content, manner) };
        printed.sourced += 1;
        let name = format!("_Src{:06}", printed.sourced);
        // words that lead elsewhere are said there
        let mention = manner.is_link();
        let kind = if mention { "mention" } else { "words" };
        printed.xml.open(kind, &[("bookmark", &name), ("origin", &origin)]);
        if mention {
            self.inlines(content, manner);
        } else {
            self.track(None);
            self.bookmarks += 1;
            let id = self.bookmarks;
            self.xml.leaf("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)]);
            self.inlines(content, manner);
            self.track(None);
            self.xml.leaf("w:bookmarkEnd", &[("w:id", &id)]);
        }
        if let Some(printed) = &mut self.printed {
            printed.xml.close();
        }
    }
}

/// The properties of the part, which name it.
pub(super) fn properties() -> Xml {
    let mut xml = Xml::new();
    let space = "http://schemas.openxmlformats.org/officeDocument/2006/customXml";
    let id = "{6D696D61-6D6F-4D69-8000-7072696E7431}";
    xml.open("ds:datastoreItem", &[("ds:itemID", &id), ("xmlns:ds", &space)]);
    xml.open("ds:schemaRefs", &[]);
    xml.leaf("ds:schemaRef", &[("ds:uri", &PRINTED)]);
    xml
}
