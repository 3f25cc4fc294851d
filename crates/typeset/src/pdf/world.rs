//! The world Typst sees: one template, our fonts, one document. No files, no clock, no network.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration};
use typst::layout::Abs;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontVariant, FontVariations};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt};

use crate::fonts;

/// The template; the document comes to it as a value, never as source.
const TEMPLATE: &str = include_str!("template.typ");

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| fonts::ALL.iter().flat_map(|font| Font::iter(Bytes::new(font.bytes))).collect());
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));
static MAIN: LazyLock<Source> = LazyLock::new(|| {
    let path = VirtualPath::new("/template.typ").expect("a plain path");
    Source::new(RootedPath::new(VirtualRoot::Project, path).intern(), TEMPLATE.to_owned())
});

/// The world of one document.
pub(super) struct World {
    library: LazyHash<Library>,
}

impl World {
    /// A world in which the template sees these values as `sys.inputs`.
    pub(super) fn new(inputs: Dict) -> Self {
        // header cells of rows, without which a table is not accessible, still count as an extra
        let features = std::iter::once(Feature::A11yExtras).collect();
        Self { library: LazyHash::new(Library::builder().with_inputs(inputs).with_features(features).build()) }
    }
}

/// How wide the signs of ASCII are in the shipped fonts, in sizes of the letters: of each the widest.
static WIDTHS: LazyLock<[f64; 128]> = LazyLock::new(|| {
    let fonts: Vec<_> =
        FONTS.iter().map(|font| font.clone().instantiate(FontVariant::default(), Abs::pt(10.0), &FontVariations::default())).collect();
    std::array::from_fn(|code| {
        let c = char::from(u8::try_from(code).unwrap_or_default());
        let glyphs = fonts.iter().filter_map(|font| Some(font.x_advance(font.ttf().glyph_index(c)?.0)?.get()));
        glyphs.fold(0.0, f64::max)
    })
});

/// How wide a sign of ASCII is at most, in sizes of the letters; 1 for every other.
pub(super) fn width(c: char) -> f64 {
    usize::try_from(u32::from(c)).ok().and_then(|code| WIDTHS.get(code).copied()).unwrap_or(1.0)
}

/// Whether one of the shipped fonts has a sign for this character.
pub(super) fn drawable(c: char) -> bool {
    FONTS.iter().any(|font| font.info().coverage.contains(u32::from(c)))
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        MAIN.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == MAIN.id() { Ok(MAIN.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _id: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
