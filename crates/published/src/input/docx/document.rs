//! The text of a document, paragraph by paragraph, with the cell each stands in.

use std::collections::{BTreeSet, HashMap};

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::marks;
use super::numbering::{Format, Numbering, is_on};
use super::package::{self, attribute};
use crate::input::piece::{CellAt, Piece};
use crate::input::unreadable::Unreadable;

/// Deepest nesting of elements taken. Tables in tables to the tenth degree need about 80.
const DEPTH_LIMIT: usize = 512;
/// Widest cell taken, in columns; Word itself ends at 63.
const SPAN_LIMIT: u32 = 1000;

/// Width of a column that the grid does not tell, in twentieths of a point.
const UNKNOWN_WIDTH: u32 = 1000;
/// Edges of columns no farther apart than this, in twentieths of a point, are one: tables drawn by hand.
const SAME_EDGE: u32 = 60;

/// Reads a document.
///
/// # Errors
/// [`Unreadable`], when the bytes are no Word document, are protected, broken, or too large.
pub fn read(bytes: &[u8]) -> Result<Vec<Piece>, Unreadable> {
    let parts = package::open(bytes)?;
    let mut reading = Reading::new(Numbering::new(&parts.styles, &parts.numbering));
    reading.part(&parts.document, Part::Body)?;
    reading.part(&parts.footnotes, Part::Footnotes)?;
    reading.part(&parts.endnotes, Part::Endnotes)?;
    let pieces = reading.finish();
    if pieces.is_empty() { Err(Unreadable::NoText) } else { Ok(pieces) }
}

/// Which part is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Body,
    Footnotes,
    Endnotes,
}

/// Which vocabulary an element belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Vocabulary {
    Word,
    Mathematics,
    Compatibility,
    Other,
}

/// What has to be done when an element that was begun ends.
enum Open {
    Nothing,
    Text,
    Run,
    Paragraph,
    ParagraphProperties,
    RowProperties,
    CellProperties,
    Table,
    Row,
    Cell,
    Alternatives { taken: bool },
    Note,
}

/// A paragraph that has begun. A text box puts paragraphs into a paragraph.
#[derive(Default)]
struct Paragraph {
    lines: Vec<String>,
    style: Option<String>,
    format: Format,
    /// The mark at its end was deleted, so that the next paragraph joins it.
    joins_next: bool,
    /// What stands in its text boxes.
    boxes: Vec<Piece>,
    /// Open fields; true while instructions are read and no result yet.
    fields: Vec<bool>,
}

/// A table that has begun.
struct Table {
    number: u32,
    /// Rows begun so far.
    rows: u32,
    /// Column at which the next cell begins.
    column: u32,
    cell: Option<Cell>,
    cells_in_row: u32,
    /// Where the output stood when the row began, for a row that was deleted.
    row_start: usize,
    row_deleted: bool,
    /// First row of the cell merged downwards, by its first column.
    merged: HashMap<u32, u32>,
    /// Left edge of each column of the grid, and the right edge of the last, in twentieths of a point.
    grid: Vec<u32>,
}

impl Table {
    /// Where a column begins, in twentieths of a point.
    fn edge(&self, column: u32) -> u32 {
        let known = self.grid.len() as u32 - 1;
        self.grid[column.min(known) as usize].saturating_add(column.saturating_sub(known).saturating_mul(UNKNOWN_WIDTH))
    }
}

#[derive(Clone, Copy, Default)]
struct Cell {
    column: u32,
    span: u32,
    row: u32,
    /// Joins the cell above.
    continues: bool,
    paragraphs: u32,
}

/// Left edges and rows of a table at which a cell begins, so that columns and rows nobody sees can be closed up.
#[derive(Default)]
struct Edges {
    columns: BTreeSet<u32>,
    rows: BTreeSet<u32>,
}

struct Reading {
    numbering: Numbering,
    pieces: Vec<Piece>,
    open: Vec<Open>,
    paragraphs: Vec<Paragraph>,
    /// Text of paragraphs whose end mark was deleted.
    carried: Vec<String>,
    tables: Vec<Table>,
    edges: Vec<Edges>,
    /// Number and rows of a table that has just ended, with nothing after it yet: a table that follows at once joins it, on
    /// paper too.
    ended: Option<(u32, u32)>,
    body_paragraphs: u32,
    note: Option<(Part, String)>,
    hidden: bool,
}

impl Reading {
    fn new(numbering: Numbering) -> Self {
        Self {
            numbering,
            pieces: Vec::new(),
            open: Vec::new(),
            paragraphs: Vec::new(),
            carried: Vec::new(),
            tables: Vec::new(),
            edges: Vec::new(),
            ended: None,
            body_paragraphs: 0,
            note: None,
            hidden: false,
        }
    }

    fn part(&mut self, text: &str, part: Part) -> Result<(), Unreadable> {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().allow_dangling_amp = true;
        // While an element is passed over: how many elements are open inside it, itself included.
        let mut passing = 0usize;
        loop {
            let broken = |error: quick_xml::Error| Unreadable::Damaged(format!("document.xml: {error}"));
            match reader.read_event().map_err(broken)? {
                Event::Start(element) => {
                    if passing > 0 || self.passes_over(vocabulary(&reader, &element), &element, part) {
                        passing += 1;
                        if passing > DEPTH_LIMIT {
                            return Err(too_deep());
                        }
                        continue;
                    }
                    let open = self.begin(vocabulary(&reader, &element), &element, part);
                    self.open.push(open);
                    if self.open.len() > DEPTH_LIMIT {
                        return Err(too_deep());
                    }
                }
                Event::Empty(element) if passing == 0 => {
                    let vocabulary = vocabulary(&reader, &element);
                    if !self.passes_over(vocabulary, &element, part) {
                        let open = self.begin(vocabulary, &element, part);
                        self.end(open);
                    }
                }
                Event::End(_) => {
                    if passing > 0 {
                        passing -= 1;
                    } else if let Some(open) = self.open.pop() {
                        self.end(open);
                    }
                }
                Event::Text(text) if passing == 0 && self.in_text() => self.push(&text.xml10_content()),
                Event::CData(text) if passing == 0 && self.in_text() => self.push(&text.xml10_content()),
                Event::GeneralRef(reference) if passing == 0 && self.in_text() => {
                    if let Ok(Some(character)) = reference.resolve_char_ref() {
                        self.push(character.encode_utf8(&mut [0; 4]));
                    } else if let Some(text) = quick_xml::escape::resolve_predefined_entity(&reference.xml10_content()) {
                        self.push(text);
                    }
                }
                Event::Eof if self.open.is_empty() && passing == 0 => return Ok(()),
                Event::Eof => return Err(Unreadable::Damaged("document.xml ends early".into())),
                _ => {}
            }
        }
    }

    /// Elements whose content is not part of the text as it stands.
    fn passes_over(&mut self, vocabulary: Vocabulary, element: &BytesStart<'_>, part: Part) -> bool {
        let name = element.local_name();
        let name = name.as_ref();
        match vocabulary {
            Vocabulary::Word => match name {
                "del" => !self.in_paragraph_properties() && !matches!(self.open.last(), Some(Open::RowProperties)),
                "moveFrom" | "delText" | "instrText" | "sdtPr" | "rt" | "sectPr" | "tblPr" | "tblGridChange" => true,
                "pPrChange" | "rPrChange" | "tcPrChange" | "trPrChange" | "tblPrChange" | "numberingChange" => true,
                "tblPrEx" | "rubyPr" | "tabs" => true,
                "footnote" | "endnote" => part == Part::Body || attribute(element, "type").is_some_and(|kind| kind != "normal"),
                _ => false,
            },
            Vocabulary::Compatibility if name == "Choice" || name == "Fallback" => match self.open.last_mut() {
                Some(Open::Alternatives { taken }) => std::mem::replace(taken, true),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether the element that begins is a property of the paragraph, or one step further down, of its mark or its list.
    fn in_paragraph_properties(&self) -> bool {
        self.open.iter().rev().take(2).any(|open| matches!(open, Open::ParagraphProperties))
    }

    fn begin(&mut self, vocabulary: Vocabulary, element: &BytesStart<'_>, part: Part) -> Open {
        let name = element.local_name();
        let name = name.as_ref();
        match vocabulary {
            Vocabulary::Word => {}
            Vocabulary::Mathematics if name == "t" => return Open::Text,
            Vocabulary::Compatibility if name == "AlternateContent" => return Open::Alternatives { taken: false },
            _ => return Open::Nothing,
        }
        let value = || attribute(element, "val");
        match name {
            "gridCol" => {
                if let Some(table) = self.tables.last_mut().filter(|table| table.grid.len() <= SPAN_LIMIT as usize) {
                    let width = attribute(element, "w").and_then(|width| width.parse().ok());
                    let width = width.filter(|width| *width > 0).unwrap_or(UNKNOWN_WIDTH);
                    let last = table.grid.last().copied().unwrap_or(0);
                    table.grid.push(last.saturating_add(width));
                }
            }
            "p" => {
                self.ended = None;
                self.paragraphs.push(Paragraph { lines: vec![String::new()], ..Paragraph::default() });
                return Open::Paragraph;
            }
            "pPr" => return Open::ParagraphProperties,
            "trPr" => return Open::RowProperties,
            "tcPr" => return Open::CellProperties,
            "r" => {
                self.hidden = false;
                return Open::Run;
            }
            "t" => return Open::Text,
            "tbl" => {
                let (number, rows) = self.ended.take().unwrap_or_else(|| {
                    self.edges.push(Edges::default());
                    (self.edges.len() as u32 - 1, 0)
                });
                self.tables.push(Table {
                    number,
                    rows,
                    grid: vec![0],
                    column: 0,
                    cell: None,
                    cells_in_row: 0,
                    row_start: 0,
                    row_deleted: false,
                    merged: HashMap::new(),
                });
                return Open::Table;
            }
            "tr" => {
                let start = self.pieces.len();
                if let Some(table) = self.tables.last_mut() {
                    table.rows += 1;
                    table.column = 0;
                    table.cells_in_row = 0;
                    table.row_start = start;
                    table.row_deleted = false;
                    return Open::Row;
                }
            }
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.cells_in_row += 1;
                    let row = table.rows.saturating_sub(1);
                    table.cell = Some(Cell { column: table.column, span: 1, row, ..Cell::default() });
                    return Open::Cell;
                }
            }
            "footnote" | "endnote" => {
                self.note = Some((part, attribute(element, "id").unwrap_or_default()));
                return Open::Note;
            }
            _ => {}
        }
        match self.open.last() {
            Some(Open::RowProperties) => {
                if let Some(table) = self.tables.last_mut() {
                    match name {
                        "gridBefore" => table.column = figure(value()).min(SPAN_LIMIT),
                        "del" => table.row_deleted = true,
                        _ => {}
                    }
                }
            }
            Some(Open::CellProperties) => {
                if let Some(cell) = self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
                    match name {
                        "gridSpan" => cell.span = figure(value()).clamp(1, SPAN_LIMIT),
                        "vMerge" | "hMerge" => cell.continues |= value().is_none_or(|kind| kind != "restart"),
                        _ => {}
                    }
                }
            }
            _ if self.in_paragraph_properties() => self.paragraph_property(name, element),
            _ => self.inline(name, element),
        }
        Open::Nothing
    }

    /// A property of the paragraph, or of its mark.
    fn paragraph_property(&mut self, name: &str, element: &BytesStart<'_>) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        let value = attribute(element, "val");
        match name {
            "pStyle" => paragraph.style = value,
            "numId" => paragraph.format.list = value.and_then(|value| value.parse().ok()),
            "ilvl" => paragraph.format.level = value.and_then(|value| value.parse().ok()),
            "ind" => paragraph.format.indent(element),
            "del" => paragraph.joins_next = true,
            _ => {}
        }
    }

    /// An element inside a run.
    fn inline(&mut self, name: &str, element: &BytesStart<'_>) {
        let value = attribute(element, "val");
        match name {
            "vanish" => self.hidden = value.is_none_or(|value| is_on(&value)),
            "tab" | "ptab" => self.push("\t"),
            "noBreakHyphen" => self.push("-"),
            "br" | "cr" if !self.hidden => {
                if let Some(paragraph) = self.paragraphs.last_mut()
                    && !paragraph.fields.contains(&true)
                {
                    paragraph.lines.push(String::new());
                }
            }
            "sym" => {
                let code = attribute(element, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                if let Some(character) = code.and_then(char::from_u32) {
                    let font = attribute(element, "font");
                    self.push(marks::symbol(font.as_deref(), character).encode_utf8(&mut [0; 4]));
                }
            }
            "fldChar" => {
                let Some(paragraph) = self.paragraphs.last_mut() else { return };
                match attribute(element, "fldCharType").as_deref() {
                    Some("begin") => paragraph.fields.push(true),
                    Some("separate") => {
                        if let Some(last) = paragraph.fields.last_mut() {
                            *last = false;
                        }
                    }
                    Some("end") => {
                        paragraph.fields.pop();
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, open: Open) {
        match open {
            Open::Paragraph => self.end_paragraph(),
            Open::Cell => {
                let Some(table) = self.tables.last_mut() else { return };
                let Some(cell) = table.cell.take() else { return };
                let left = table.edge(cell.column);
                let (number, column, row) = (table.number, cell.column, cell.row);
                table.column = table.column.saturating_add(cell.span);
                if cell.continues && table.merged.contains_key(&column) {
                    return;
                }
                table.merged.insert(column, row);
                if let Some(edges) = self.edges.get_mut(number as usize) {
                    edges.columns.insert(left);
                    edges.rows.insert(row);
                }
            }
            Open::Row => {
                let Some(table) = self.tables.last_mut() else { return };
                if table.row_deleted {
                    table.rows -= 1;
                    self.pieces.truncate(table.row_start);
                }
            }
            Open::Table => self.ended = self.tables.pop().map(|table| (table.number, table.rows)),
            Open::Note => self.note = None,
            Open::Run => self.hidden = false,
            Open::Nothing
            | Open::Text
            | Open::ParagraphProperties
            | Open::RowProperties
            | Open::CellProperties
            | Open::Alternatives { .. } => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        let mut lines = paragraph.lines;
        if !self.carried.is_empty() {
            let mut carried = std::mem::take(&mut self.carried);
            if let (Some(last), Some(first)) = (carried.last_mut(), lines.first()) {
                last.push_str(first);
            }
            carried.extend(lines.drain(1..));
            lines = carried;
        }
        if paragraph.joins_next {
            self.carried = lines;
            return;
        }
        let (cell, path) = self.place();
        if self.numbering.is_contents(paragraph.style.as_deref()) {
            return;
        }
        let blank = lines.iter().all(|line| line.trim().is_empty());
        let (mark, indent) = if blank && paragraph.format.list.is_none() {
            (String::new(), 0)
        } else {
            self.numbering.next(paragraph.style.as_deref(), &paragraph.format)
        };
        if let Some(first) = lines.first_mut().filter(|_| !mark.is_empty()) {
            first.insert_str(0, &mark);
        }
        let mut pieces: Vec<Piece> = lines
            .into_iter()
            .filter(|line| !line.trim().is_empty())
            .map(|text| Piece { text, cell, page: None, path: Some(path.clone()), indent, wrapped: false })
            .collect();
        pieces.extend(paragraph.boxes);
        match self.paragraphs.last_mut() {
            Some(outer) => outer.boxes.extend(pieces),
            None => self.pieces.extend(pieces),
        }
    }

    /// Where the paragraph that ends stands.
    fn place(&mut self) -> (Option<CellAt>, String) {
        if let Some((part, id)) = &self.note {
            let kind = if *part == Part::Footnotes { "footnote" } else { "endnote" };
            return (None, format!("{kind} {id}"));
        }
        let Some(table) = self.tables.last_mut() else {
            self.body_paragraphs += 1;
            return (None, format!("paragraph {}", self.body_paragraphs));
        };
        let (number, cells) = (table.number, table.cells_in_row);
        let rows = table.rows;
        let Some(cell) = table.cell.as_mut() else {
            return (None, format!("table {}", number + 1));
        };
        cell.paragraphs += 1;
        let (column, span, paragraphs) = (cell.column, cell.span, cell.paragraphs);
        let row = if cell.continues { table.merged.get(&cell.column).copied().unwrap_or(cell.row) } else { cell.row };
        // Edges for now; `finish` makes columns of them.
        let (left, right) = (table.edge(column), table.edge(column.saturating_add(span)));
        let at = CellAt { table: number, row, column: left, span: right };
        (Some(at), format!("table {}, row {rows}, cell {cells}, paragraph {paragraphs}", number + 1))
    }

    fn in_text(&self) -> bool {
        matches!(self.open.last(), Some(Open::Text))
    }

    fn push(&mut self, text: &str) {
        if self.hidden {
            return;
        }
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        if paragraph.fields.contains(&true) {
            return;
        }
        if let Some(line) = paragraph.lines.last_mut() {
            line.extend(text.chars().filter(|character| *character != '\u{AD}').map(|character| match character {
                '\n' | '\r' => ' ',
                other => other,
            }));
        }
    }

    /// Closes up columns and rows at which no cell begins.
    fn finish(mut self) -> Vec<Piece> {
        if !self.carried.is_empty() {
            let path = Some(format!("paragraph {}", self.body_paragraphs + 1));
            let rest = std::mem::take(&mut self.carried);
            let rest = rest.into_iter().filter(|line| !line.trim().is_empty());
            self.pieces.extend(rest.map(|text| Piece { text, path: path.clone(), ..Piece::default() }));
        }
        let ranks: Vec<(Vec<u32>, Vec<u32>)> = self
            .edges
            .into_iter()
            .map(|edges| {
                let mut columns: Vec<u32> = edges.columns.into_iter().collect();
                columns.dedup_by(|next, kept| *next - *kept <= SAME_EDGE);
                (columns, edges.rows.into_iter().collect())
            })
            .collect();
        for cell in self.pieces.iter_mut().filter_map(|piece| piece.cell.as_mut()) {
            let Some((columns, rows)) = ranks.get(cell.table as usize) else { continue };
            let rank = |edge: u32| columns.partition_point(|other| other + SAME_EDGE < edge) as u32;
            let (first, last) = (rank(cell.column), rank(cell.span));
            let row = rows.partition_point(|row| *row < cell.row) as u32;
            *cell = CellAt { table: cell.table, row, column: first, span: last.saturating_sub(first).max(1) };
        }
        self.pieces
    }
}

fn vocabulary(reader: &NsReader<&[u8]>, element: &BytesStart<'_>) -> Vocabulary {
    let (ResolveResult::Bound(namespace), _) = reader.resolver().resolve_element(element.name()) else {
        return Vocabulary::Other;
    };
    match namespace.as_ref() {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main" | "http://purl.oclc.org/ooxml/wordprocessingml/main" => {
            Vocabulary::Word
        }
        "http://schemas.openxmlformats.org/officeDocument/2006/math" | "http://purl.oclc.org/ooxml/officeDocument/math" => {
            Vocabulary::Mathematics
        }
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Vocabulary::Compatibility,
        _ => Vocabulary::Other,
    }
}

fn figure(value: Option<String>) -> u32 {
    value.and_then(|value| value.parse().ok()).unwrap_or(0)
}

fn too_deep() -> Unreadable {
    Unreadable::Damaged("elements nested too deeply".into())
}
