//! The document as values of the template. Words stay words: nothing here is ever parsed as Typst source.

use std::cell::RefCell;

use typst::foundations::{Array, Bytes, Dict, IntoValue, Value, dict};

use super::raised;
use super::world::width;
use crate::grid::{Grid, Placed};
use crate::measure::{Widths, extent};
use crate::names::{Depths, Names, is_address};
use crate::together::{announces, names_below};
use crate::{
    Align, Block, Cell, Colour, Document, Heading, Inline, Language, Mark, Page, Palette, Relationship, Rules, Table, Tokens, Tone, Weight,
};

/// Millimetres in points.
const MILLIMETRE: f64 = 72.0 / 25.4;
/// Paper in millimetres: A4, upright.
const PAPER: (f64, f64) = (210.0, 297.0);
/// A row that may not be parted, and a head that is repeated, take at most this share of the page; what is higher is parted, or
/// stands once, so that nothing is lost at the page's foot.
const HIGHEST: f64 = 0.4;
/// In a draft the column of notes reaches into the margin up to so many millimetres from the paper's edge.
const EDGE: f64 = 8.0;
/// Millimetres between the text and its notes.
const BESIDE: f64 = 6.0;

/// The whole document.
pub(super) fn inputs(document: &Document, tokens: &Tokens) -> Dict {
    let noted = has_notes(&document.body);
    let (across, down) = match document.page {
        Page::Portrait => PAPER,
        Page::Landscape => (PAPER.1, PAPER.0),
    };
    // what stands at the right of the text
    let right = if noted { EDGE.min(tokens.page.right) + tokens.page.notes } else { tokens.page.right };
    let writer = Writer {
        names: Names::of(document),
        tokens,
        height: (down - tokens.page.top - tokens.page.bottom) * MILLIMETRE,
        hoisted: RefCell::new(None),
    };
    let width = (across - tokens.page.left - right).max(40.0) * MILLIMETRE;
    let mut depths = Depths::default();
    let attachments: Array = document
        .attachments
        .iter()
        .map(|attachment| {
            dict! {
                "name" => clean(&attachment.name),
                "media" => attachment.media_type.as_str(),
                "description" => clean(&attachment.description),
                "relationship" => match attachment.relationship {
                    Relationship::Source => "source",
                    Relationship::Data => "data",
                    Relationship::Supplement => "supplement",
                },
                "bytes" => Bytes::new(attachment.bytes.clone()),
            }
            .into_value()
        })
        .collect();
    dict! {
        "title" => clean(&document.title),
        "author" => clean(&document.author),
        "language" => language(document.language),
        "landscape" => document.page == Page::Landscape,
        "noted" => noted,
        "head" => writer.inlines(&document.head, width / tokens.sizes.note),
        "numbered" => document.numbered,
        "watermark" => document.watermark.as_deref().map_or(Value::None, |mark| clean(mark).into_value()),
        "body" => writer.blocks(&document.body, &mut depths, width, tokens.sizes.text),
        "attachments" => attachments,
        "tokens" => writer.tokens(),
    }
}

fn language(language: Language) -> &'static str {
    match language {
        Language::Japanese => "ja",
        Language::English => "en",
    }
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Label => "label",
        Tone::Met => "met",
        Tone::Due => "due",
        Tone::Overdue => "overdue",
    }
}

fn align(align: Align) -> &'static str {
    match align {
        Align::Start => "start",
        Align::Centre => "center",
        Align::End => "end",
    }
}

/// A text without what PDF forbids in one: controls and non-characters.
fn clean(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\n' | '\t' => Some(' '),
            '\u{feff}' | '\u{fffe}' | '\u{ffff}' => None,
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}

fn has_notes(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Note(_) => true,
        Block::List { items, .. } => items.iter().any(|item| has_notes(item)),
        Block::Table(table) => table.rows.iter().flat_map(|row| &row.cells).any(|cell| has_notes(&cell.blocks)),
        Block::Box(blocks) | Block::Foreign(_, blocks) => has_notes(blocks),
        _ => false,
    })
}

struct Writer<'a> {
    names: Names<'a>,
    tokens: &'a Tokens,
    /// Height of the text on a page, in points.
    height: f64,
    /// Places named in the head of a table, while one is written: a head is repeated, and a place must be unique, so they stand
    /// before the table.
    hoisted: RefCell<Option<Array>>,
}

impl Writer<'_> {
    /// Blocks on lines of this width, in letters of this size, both in points.
    fn blocks(&self, blocks: &[Block], depths: &mut Depths, width: f64, size: f64) -> Array {
        let mut written = |(number, block)| {
            let mut dict = self.block(block, depths, width, size);
            // the contents do not list the heading they stand under
            dict.insert("listed".into(), (!matches!(blocks.get(number + 1), Some(Block::Contents { .. }))).into_value());
            dict.insert("announces".into(), announces(&blocks[number..]).into_value());
            dict.into_value()
        };
        blocks.iter().enumerate().map(&mut written).collect()
    }

    fn block(&self, block: &Block, depths: &mut Depths, width: f64, size: f64) -> Dict {
        match block {
            Block::Heading(heading) => self.heading(heading, depths, width),
            Block::Paragraph(content) => dict! { "k" => "paragraph", "c" => self.inlines(content, width / size) },
            Block::List { ordered, items } => {
                let indent = self.tokens.spacing.list * size;
                let items: Array = items.iter().map(|item| self.blocks(item, depths, width - indent, size).into_value()).collect();
                dict! { "k" => "list", "ordered" => *ordered, "items" => items }
            }
            Block::Table(table) => self.table(table, depths, width),
            Block::Picture(picture) => dict! {
                "k" => "picture",
                "svg" => Bytes::from_string(picture.svg.clone()),
                "alternative" => clean(&picture.alternative),
                "caption" => self.inlines(&picture.caption, width / size),
                "width" => if picture.width > 0.0 { picture.width.min(1.0) } else { 1.0 },
            },
            Block::Contents { depth } => dict! { "k" => "contents", "depth" => i64::from(*depth) },
            Block::PageBreak => dict! { "k" => "break" },
            Block::Note(note) => dict! {
                "k" => "note",
                "tone" => tone(note.tone),
                "label" => clean(&note.label),
                "c" => self.inlines(&note.content, (self.tokens.page.notes - BESIDE) * MILLIMETRE / self.tokens.sizes.note - 2.5),
            },
            Block::Box(blocks) => {
                let inner = width - 2.0 * self.tokens.spacing.cell;
                dict! { "k" => "box", "c" => self.blocks(blocks, depths, inner, size) }
            }
            Block::Foreign(tongue, blocks) => {
                dict! { "k" => "foreign", "language" => language(*tongue), "c" => self.blocks(blocks, depths, width, size) }
            }
        }
    }

    /// Names within a heading stand before it: the contents and the bookmarks say its words again, and a name must be unique.
    fn heading(&self, heading: &Heading, depths: &mut Depths, width: f64) -> Dict {
        let mut anchors = Array::new();
        let room = width / self.tokens.sizes.heading(heading.level);
        let content = self.without_anchors(&heading.content, &mut anchors, room);
        dict! {
            "k" => "heading",
            "level" => i64::from(heading.level.min(3)),
            "depth" => i64::try_from(depths.next(heading)).unwrap_or(i64::MAX),
            "name" => heading.id.as_deref().map_or(Value::None, |id| self.place(id)),
            "anchors" => anchors,
            "c" => content,
        }
    }

    fn without_anchors(&self, content: &[Inline], anchors: &mut Array, room: f64) -> Array {
        let mut out = Array::new();
        for inline in content {
            match inline {
                Inline::Anchor(name) => anchors.push(self.place(name)),
                Inline::Marked(mark, content) => out.push(marked(*mark, self.without_anchors(content, anchors, room)).into_value()),
                // a link in a heading would lie on the link that the contents make of it
                Inline::Link { content, .. } | Inline::Traced { content, .. } | Inline::Sourced { content, .. } => {
                    out.extend(self.without_anchors(content, anchors, room));
                }
                Inline::Text(_) | Inline::PageOf(_) | Inline::Break => out.push(self.inline(inline, room)),
            }
        }
        out
    }

    /// The label of a named place, for what leads there.
    fn name(&self, name: &str) -> Value {
        label_or_none(self.names.get(name))
    }

    /// The same for the place itself.
    fn place(&self, name: &str) -> Value {
        let place = label_or_none(self.names.claim(name));
        match &mut *self.hoisted.borrow_mut() {
            Some(hoisted) => {
                hoisted.push(place);
                Value::None
            }
            None => place,
        }
    }

    /// A content on lines of so many letters.
    fn inlines(&self, content: &[Inline], room: f64) -> Array {
        content.iter().map(|inline| self.inline(inline, room)).collect()
    }

    fn inline(&self, inline: &Inline, room: f64) -> Value {
        match inline {
            Inline::Text(text) => words(&clean(text), room),
            Inline::Marked(mark, content) => marked(*mark, self.inlines(content, room)).into_value(),
            Inline::Link { to, content } => {
                let content = self.inlines(content, room);
                if self.names.get(to).is_some() {
                    dict! { "k" => "link", "to" => self.name(to), "c" => content }.into_value()
                } else if is_address(to) {
                    dict! { "k" => "address", "to" => clean(to), "c" => content }.into_value()
                } else {
                    content.into_value()
                }
            }
            Inline::PageOf(name) => dict! { "k" => "page", "to" => self.name(name) }.into_value(),
            Inline::Anchor(name) => dict! { "k" => "anchor", "name" => self.place(name) }.into_value(),
            Inline::Traced { content, .. } | Inline::Sourced { content, .. } => self.inlines(content, room).into_value(),
            Inline::Break => dict! { "k" => "line" }.into_value(),
        }
    }

    fn table(&self, table: &Table, depths: &mut Depths, width: f64) -> Dict {
        let size = self.tokens.sizes.table;
        let grid = Grid::of(table);
        let widths = Widths::of(table, &grid, width / size);
        let lines = |placed: &Placed<'_>| {
            let inner: f64 = widths.letters[placed.column..placed.column + placed.columns].iter().sum();
            extent(&placed.cell.blocks).lines_in(inner - 2.0 * self.tokens.spacing.cell / size)
        };
        let line = size * self.tokens.lines.table;
        let height = |row: &[Placed<'_>]| row.iter().map(|placed| lines(placed) / count(placed.rows)).fold(0.0, f64::max) * line;
        let highest = self.height * HIGHEST;
        let head: f64 = grid.rows.iter().take(grid.head).map(|row| height(row)).sum();
        let (mut rows, mut anchors) = (Array::new(), Array::new());
        // a table in the head of another leaves its places to that one
        let within = self.hoisted.borrow().is_some();
        for (number, row) in grid.rows.iter().enumerate() {
            let breakable = table.rows[number].breakable || height(row) > highest;
            let mut cells = Array::new();
            if number < grid.head && self.hoisted.borrow().is_none() {
                self.hoisted.replace(Some(std::mem::take(&mut anchors)));
            } else if number == grid.head && !within {
                anchors = self.hoisted.take().unwrap_or_default();
            }
            for placed in row {
                let inner: f64 = widths.letters[placed.column..placed.column + placed.columns].iter().sum();
                let room = (inner - 2.0 * self.tokens.spacing.cell / size).max(1.0);
                let mut cell = self.cell(placed.cell, depths, room * size, size);
                let align = placed.cell.align.or(table.columns.get(placed.column).map(|column| column.align)).unwrap_or_default();
                cell.insert("align".into(), self::align(align).into_value());
                cell.insert("x".into(), whole(placed.column));
                cell.insert("y".into(), whole(placed.row));
                cell.insert("columns".into(), whole(placed.columns));
                cell.insert("rows".into(), whole(placed.rows));
                cell.insert("breakable".into(), breakable.into_value());
                cell.insert("head".into(), (number < grid.head).into_value());
                // names a row rather than a column; one that spans the table names what is below it
                cell.insert("scope".into(), if placed.columns == grid.columns { "column" } else { "row" }.into_value());
                cells.push(cell.into_value());
            }
            rows.push(cells.into_value());
        }
        if !within && let Some(hoisted) = self.hoisted.take() {
            anchors = hoisted;
        }
        let columns: Array = widths
            .columns
            .iter()
            .map(|weight| match weight {
                Weight::Content => Value::Auto,
                Weight::Parts(parts) => typst::layout::Fr::new(*parts).into_value(),
            })
            .collect();
        let holes: Array =
            grid.holes.iter().map(|(row, column)| dict! { "x" => whole(*column), "y" => whole(*row) }.into_value()).collect();
        dict! {
            "k" => "table",
            "anchors" => anchors,
            "caption" => self.inlines(&table.caption, width / size),
            "columns" => columns,
            "head" => whole(grid.head),
            "repeat" => head <= highest,
            "framed" => table.rules == Rules::All,
            "rows" => rows,
            "names" => (0..grid.rows.len()).map(|row| names_below(&grid, row).into_value()).collect::<Array>(),
            "holes" => holes,
        }
    }

    fn cell(&self, cell: &Cell, depths: &mut Depths, room: f64, size: f64) -> Dict {
        dict! {
            "tone" => tone(cell.tone),
            "heading" => cell.heading,
            // a narrow column set to both edges would be torn
            "even" => room / size >= 20.0,
            "c" => self.blocks(&cell.blocks, depths, room, size),
        }
    }

    fn tokens(&self) -> Dict {
        let Tokens { fonts, sizes, lines, spacing, page, light, dark: _ } = self.tokens;
        let points = |value: f64| typst::layout::Abs::pt(value).into_value();
        let millimetres = |value: f64| typst::layout::Abs::mm(value).into_value();
        dict! {
            "text-font" => fonts.text.as_str(),
            "heading-font" => fonts.heading.as_str(),
            "code-font" => fonts.code.as_str(),
            "text" => points(sizes.text),
            "table" => points(sizes.table),
            "note" => points(sizes.note),
            "headings" => (0..4).map(|level| points(sizes.heading(level))).collect::<Array>(),
            "text-line" => lines.text,
            "table-line" => lines.table,
            "heading-line" => lines.heading,
            "paragraph" => points(spacing.paragraph),
            "indent" => spacing.indent,
            "list" => spacing.list,
            "above" => points(spacing.above),
            "below" => points(spacing.below),
            "cell" => points(spacing.cell),
            "cell-block" => points(spacing.cell_block),
            "rule" => points(spacing.rule),
            "top" => millimetres(page.top),
            "bottom" => millimetres(page.bottom),
            "left" => millimetres(page.left),
            "right" => millimetres(page.right),
            "beside" => millimetres(BESIDE),
            "edge" => millimetres(EDGE.min(page.right)),
            "notes" => millimetres(page.notes),
            "colour" => palette(light),
        }
    }
}

/// The label of a named place of this number.
pub(super) fn label(number: usize) -> String {
    format!("place-{number}")
}

fn label_or_none(number: Option<usize>) -> Value {
    number.map_or(Value::None, |number| label(number).into_value())
}

fn marked(mark: Mark, content: Array) -> Dict {
    let name = match mark {
        Mark::Strong => "strong",
        Mark::Emphasis => "emphasis",
        Mark::Changed => "changed",
        Mark::Inserted => "inserted",
        Mark::Deleted => "deleted",
        Mark::Superscript => "superscript",
        Mark::Subscript => "subscript",
        Mark::Code => "code",
        Mark::Quiet => "quiet",
        Mark::Foreign(Language::Japanese) => "in-japanese",
        Mark::Foreign(Language::English) => "in-english",
    };
    dict! { "k" => name, "c" => content }
}

/// A text, with places to break it where a word is longer than a line: nothing may be clipped.
fn words(text: &str, room: f64) -> Value {
    let parts = raised::cut(text);
    if let [(None, plain)] = parts.as_slice() {
        return unclipped(plain, room);
    }
    let set = |(mark, part): (Option<Mark>, String)| match mark {
        Some(mark) => marked(mark, Array::from_iter([part.into_value()])).into_value(),
        None => unclipped(&part, room),
    };
    parts.into_iter().map(set).collect::<Array>().into_value()
}

fn unclipped(text: &str, room: f64) -> Value {
    let (mut out, mut plain, mut word) = (Array::new(), String::new(), 0.0);
    for c in text.chars() {
        word = if c.is_ascii_graphic() { word + width(c) } else { 0.0 };
        if word >= room {
            out.push(std::mem::take(&mut plain).into_value());
            out.push(dict! { "k" => "soft" }.into_value());
            word = width(c);
        }
        plain.push(c);
    }
    if out.is_empty() {
        return plain.into_value();
    }
    out.push(plain.into_value());
    out.into_value()
}

fn palette(palette: &Palette) -> Dict {
    let colour = |colour: Colour| typst::visualize::Color::from_u8(colour.red, colour.green, colour.blue, 255).into_value();
    let mut dict = dict! {
        "ink" => colour(palette.ink),
        "quiet" => colour(palette.quiet),
        "accent" => colour(palette.accent),
        "rule" => colour(palette.rule),
        "warn" => colour(palette.warn),
        "inserted" => colour(palette.inserted),
        "deleted" => colour(palette.deleted),
        "watermark" => colour(palette.watermark),
    };
    for ground in [Tone::Plain, Tone::Label, Tone::Met, Tone::Due, Tone::Overdue] {
        dict.insert(tone(ground).into(), palette.ground(ground).map_or(Value::None, colour));
    }
    dict
}

fn whole(number: usize) -> Value {
    i64::try_from(number).unwrap_or(i64::MAX).into_value()
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
