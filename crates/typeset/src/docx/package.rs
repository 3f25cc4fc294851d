//! The package: parts, what they are, and how they belong together. Ordered, and of one fixed time, so that the same parts give
//! the same bytes.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Unwritable;
use super::xml::Xml;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The package while it is filled.
#[derive(Default)]
pub(super) struct Package {
    /// Path, content type and bytes; in the order in which they are written.
    parts: Vec<(String, String, Vec<u8>)>,
    /// Kind, target and whether the target is outside, of what `word/document.xml` names.
    related: Vec<(String, String, bool)>,
}

impl Package {
    /// Adds a part beside the text, such as `styles`, and gives the id by which the text names it.
    pub fn word(&mut self, name: &str, kind: &str, part: Xml) -> String {
        let content = if kind == "document" { "document.main" } else { kind };
        self.parts.push((format!("word/{name}.xml"), format!("{WORD}.{content}+xml"), part.finish()));
        self.relate(kind, format!("{name}.xml"), false)
    }

    /// Adds the text itself.
    pub fn document(&mut self, part: Xml) {
        self.parts.insert(0, ("word/document.xml".into(), format!("{WORD}.document.main+xml"), part.finish()));
    }

    /// Adds a picture, and gives its id.
    pub fn image(&mut self, name: &str, content_type: &str, bytes: Vec<u8>) -> String {
        self.parts.push((format!("word/media/{name}"), content_type.into(), bytes));
        self.relate("image", format!("media/{name}"), false)
    }

    /// Adds a part about the document.
    pub fn about(&mut self, name: &str, content_type: &str, part: Xml) {
        self.parts.push((format!("docProps/{name}.xml"), content_type.into(), part.finish()));
    }

    /// Adds data that programs carry along as they are.
    pub fn data(&mut self, part: Xml) {
        self.parts.push(("customXml/item1.xml".into(), "application/xml".into(), part.finish()));
        let properties = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml";
        self.parts.push(("customXml/itemProps1.xml".into(), properties.into(), super::printed::properties().finish()));
        let mut relations = begin_relationships();
        let kind = format!("{OFFICE}/customXmlProps");
        relations.leaf("Relationship", &[("Id", &"rId1"), ("Type", &kind), ("Target", &"itemProps1.xml")]);
        let relationships = "application/vnd.openxmlformats-package.relationships+xml";
        self.parts.push(("customXml/_rels/item1.xml.rels".into(), relationships.into(), relations.finish()));
        self.relate("customXml", "../customXml/item1.xml".into(), false);
    }

    /// An address outside, and its id.
    pub fn address(&mut self, address: &str) -> String {
        self.relate("hyperlink", address.to_owned(), true)
    }

    fn relate(&mut self, kind: &str, target: String, outside: bool) -> String {
        let wanted = (format!("{OFFICE}/{kind}"), target, outside);
        let index = self.related.iter().position(|there| *there == wanted).unwrap_or_else(|| {
            self.related.push(wanted);
            self.related.len() - 1
        });
        format!("rId{}", index + 1)
    }

    /// The file.
    pub fn finish(self) -> Result<Vec<u8>, Unwritable> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default());
        let mut write = |name: &str, bytes: &[u8]| -> Result<(), Unwritable> {
            zip.start_file(name, options).map_err(|error| Unwritable::Package(error.to_string()))?;
            zip.write_all(bytes).map_err(|error| Unwritable::Package(error.to_string()))
        };
        write("[Content_Types].xml", &self.content_types())?;
        write("_rels/.rels", &roots())?;
        write("word/_rels/document.xml.rels", &self.relationships())?;
        for (name, _, bytes) in &self.parts {
            write(name, bytes)?;
        }
        Ok(zip.finish().map_err(|error| Unwritable::Package(error.to_string()))?.into_inner())
    }

    fn content_types(&self) -> Vec<u8> {
        let mut xml = Xml::new();
        xml.open("Types", &[("xmlns", &"http://schemas.openxmlformats.org/package/2006/content-types")]);
        xml.leaf("Default", &[("Extension", &"rels"), ("ContentType", &"application/vnd.openxmlformats-package.relationships+xml")]);
        xml.leaf("Default", &[("Extension", &"xml"), ("ContentType", &"application/xml")]);
        for (extension, kind) in [("png", "image/png"), ("svg", "image/svg+xml")] {
            if self.parts.iter().any(|(_, content, _)| content == kind) {
                xml.leaf("Default", &[("Extension", &extension), ("ContentType", &kind)]);
            }
        }
        for (name, content, _) in self.parts.iter().filter(|(name, content, _)| !content.starts_with("image/") && !name.ends_with(".rels"))
        {
            xml.leaf("Override", &[("PartName", &format!("/{name}")), ("ContentType", content)]);
        }
        xml.finish()
    }

    fn relationships(&self) -> Vec<u8> {
        let mut xml = begin_relationships();
        for (index, (kind, target, outside)) in self.related.iter().enumerate() {
            let id = format!("rId{}", index + 1);
            let mut attributes: Vec<super::xml::Attribute<'_>> = vec![("Id", &id), ("Type", kind), ("Target", target)];
            if *outside {
                attributes.push(("TargetMode", &"External"));
            }
            xml.leaf("Relationship", &attributes);
        }
        xml.finish()
    }
}

fn begin_relationships() -> Xml {
    let mut xml = Xml::new();
    xml.open("Relationships", &[("xmlns", &"http://schemas.openxmlformats.org/package/2006/relationships")]);
    xml
}

/// What the package holds, from its root.
fn roots() -> Vec<u8> {
    let mut xml = begin_relationships();
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    let targets = [
        (format!("{OFFICE}/officeDocument"), "word/document.xml"),
        (core.to_owned(), "docProps/core.xml"),
        (format!("{OFFICE}/extended-properties"), "docProps/app.xml"),
    ];
    for (index, (kind, target)) in targets.iter().enumerate() {
        xml.leaf("Relationship", &[("Id", &format!("rId{}", index + 1)), ("Type", kind), ("Target", target)]);
    }
    xml.finish()
}
