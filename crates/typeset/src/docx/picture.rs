//! Pictures: the drawing itself, and an image of it for programs that do not draw.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, fontdb};

use super::Unwritable;
use super::body::{Extra, Setting, Writer};
use crate::{Align, Block, Document, Picture, Tokens};

/// Points of the image to an inch of paper.
const DENSITY: f64 = 220.0;
/// English metric units in a twip.
const UNITS: f64 = 635.0;
/// Largest side of an image, in its points.
const LARGEST: f64 = 4000.0;

/// A picture, drawn.
pub(super) struct Drawn {
    svg: Vec<u8>,
    png: Vec<u8>,
    /// Height to a width of 1.
    tall: f64,
}

/// Draws the pictures of a document, in their order.
pub(super) fn draw(document: &Document, tokens: &Tokens) -> Result<Vec<Drawn>, Unwritable> {
    let mut pictures = Vec::new();
    gather(&document.body, &mut pictures);
    if pictures.is_empty() {
        return Ok(Vec::new());
    }
    let mut fonts = fontdb::Database::new();
    for font in crate::fonts::ALL {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(font.bytes)));
    }
    // What asks for any family gets the one of the headings, which has Japanese letters.
    fonts.set_serif_family("BIZ UDPMincho");
    fonts.set_sans_serif_family("BIZ UDPGothic");
    let options = usvg::Options { fontdb: Arc::new(fonts), font_family: tokens.fonts.heading.clone(), ..usvg::Options::default() };
    let width = f64::from(super::text_width(document.page, tokens)) / 1440.0 * DENSITY;
    pictures.into_iter().map(|picture| one(picture, width * picture.width.clamp(0.05, 1.0), &options)).collect()
}

fn gather<'a>(blocks: &'a [Block], pictures: &mut Vec<&'a Picture>) {
    for block in blocks {
        match block {
            Block::Picture(picture) => pictures.push(picture),
            Block::List { items, .. } => items.iter().for_each(|item| gather(item, pictures)),
            Block::Table(table) => table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| gather(&cell.blocks, pictures)),
            Block::Box(blocks) | Block::Foreign(_, blocks) => gather(blocks, pictures),
            _ => {}
        }
    }
}

fn one(picture: &Picture, width: f64, options: &usvg::Options<'_>) -> Result<Drawn, Unwritable> {
    let wrong = |error: String| Unwritable::Picture(picture.alternative.clone(), error);
    let tree = usvg::Tree::from_str(&picture.svg, options).map_err(|error| wrong(error.to_string()))?;
    let tall = f64::from(tree.size().height() / tree.size().width());
    let width = width.min(LARGEST).min(LARGEST / tall).max(1.0);
    // The casts saturate and the sides are bounded.
    let mut image =
        Pixmap::new(width.round().max(1.0) as u32, (width * tall).round().max(1.0) as u32).ok_or_else(|| wrong("0 × 0".into()))?;
    let scale = image.width() as f32 / tree.size().width();
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut image.as_mut());
    let png = image.encode_png().map_err(|error| wrong(error.to_string()))?;
    Ok(Drawn { svg: picture.svg.clone().into_bytes(), png, tall })
}

impl Writer<'_> {
    /// Writes a picture and its words.
    pub fn picture(&mut self, picture: &Picture, setting: &Setting) {
        let Some(drawn) = self.pictures.next() else { return };
        self.drawings += 1;
        let room = f64::from(setting.width.saturating_sub(setting.indent));
        let most = self.page_height() * 20.0 * 0.9;
        let width = (room * picture.width.clamp(0.05, 1.0)).min(most / drawn.tall);
        let (width, height) = ((width * UNITS).round() as u64, (width * drawn.tall * UNITS).round() as u64);
        let name = format!("picture{}", self.drawings);
        let png = self.package.image(&format!("{name}.png"), "image/png", drawn.png.clone());
        let svg = self.package.image(&format!("{name}.svg"), "image/svg+xml", drawn.svg.clone());
        let centred = Setting { align: Align::Centre, language: setting.language, ..*setting };
        let keep = !picture.caption.is_empty();
        self.flow.block(height as f64 / UNITS / 20.0);
        self.drawing = Some((width, height, png, svg));
        self.paragraph("Normal", &[], &centred, &Extra { keep, picture: Some(&picture.alternative), ..Extra::default() });
        if keep {
            self.paragraph("Caption", &picture.caption, &centred, &Extra::default());
        }
    }

    /// The drawing in its line.
    pub fn drawing(&mut self, alternative: &str) {
        let Some((width, height, png, svg)) = self.drawing.take() else { return };
        let drawing = "http://schemas.openxmlformats.org/drawingml/2006/main";
        let image = "http://schemas.openxmlformats.org/drawingml/2006/picture";
        let number = self.drawings;
        let name = format!("図 {number}");
        let xml = &mut self.xml;
        xml.open("w:r", &[]);
        xml.open("w:drawing", &[]);
        xml.open("wp:inline", &[("distT", &0), ("distB", &0), ("distL", &0), ("distR", &0)]);
        xml.leaf("wp:extent", &[("cx", &width), ("cy", &height)]);
        xml.leaf("wp:docPr", &[("id", &number), ("name", &name), ("descr", &alternative)]);
        xml.open("wp:cNvGraphicFramePr", &[]);
        xml.leaf("a:graphicFrameLocks", &[("xmlns:a", &drawing), ("noChangeAspect", &1)]);
        xml.close();
        xml.open("a:graphic", &[("xmlns:a", &drawing)]);
        xml.open("a:graphicData", &[("uri", &image)]);
        xml.open("pic:pic", &[("xmlns:pic", &image)]);
        xml.open("pic:nvPicPr", &[]);
        xml.leaf("pic:cNvPr", &[("id", &number), ("name", &name), ("descr", &alternative)]);
        xml.leaf("pic:cNvPicPr", &[]);
        xml.close();
        xml.open("pic:blipFill", &[]);
        xml.open("a:blip", &[("r:embed", &png)]);
        xml.open("a:extLst", &[]);
        xml.open("a:ext", &[("uri", &"{96DAC541-7B7A-43D3-8B79-37D633B846F1}")]);
        let office = "http://schemas.microsoft.com/office/drawing/2016/SVG/main";
        xml.leaf("asvg:svgBlip", &[("xmlns:asvg", &office), ("r:embed", &svg)]);
        xml.close();
        xml.close();
        xml.close();
        xml.open("a:stretch", &[]);
        xml.leaf("a:fillRect", &[]);
        xml.close();
        xml.close();
        xml.open("pic:spPr", &[]);
        xml.open("a:xfrm", &[]);
        xml.leaf("a:off", &[("x", &0), ("y", &0)]);
        xml.leaf("a:ext", &[("cx", &width), ("cy", &height)]);
        xml.close();
        xml.open("a:prstGeom", &[("prst", &"rect")]);
        xml.leaf("a:avLst", &[]);
        // prstGeom, spPr, pic, graphicData, graphic, inline, drawing, r
        for _ in 0..8 {
            xml.close();
        }
    }
}
