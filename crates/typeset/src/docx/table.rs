//! Tables, with every cell of the grid as Word wants it, and frames.

use super::Unwritable;
use super::body::{Extra, Setting, Writer};
use super::flow::{Flow, letters};
use super::places::plain;
use super::twips;
use crate::grid::Grid;
use crate::together::names_below;
use crate::{Block, Cell, Rules, Table, Tone, Weight};

/// Columns that Word takes.
pub(super) const MOST_COLUMNS: usize = 63;

/// A cell in its place; without a cell, what a row lacks.
#[derive(Clone, Copy)]
struct Placed<'a> {
    cell: Option<&'a Cell>,
    column: usize,
    span: usize,
    /// Covers rows below.
    down: bool,
    /// Part of the cell above.
    continues: bool,
}

impl Writer<'_> {
    /// Writes a table.
    pub fn table(&mut self, table: &Table, setting: &Setting) -> Result<(), Unwritable> {
        let grid = Grid::of(table);
        let (rows, columns) = (rows(table, &grid), grid.columns);
        if columns > MOST_COLUMNS {
            return Err(Unwritable::Columns(plain(&table.caption), columns));
        }
        if rows.is_empty() {
            return Ok(());
        }
        if !table.caption.is_empty() {
            self.paragraph("Caption", &table.caption, setting, &Extra { keep: true, ..Extra::default() });
        }
        let widths = self.widths(table, &rows, columns, setting.width.saturating_sub(setting.indent));
        let title = plain(&table.caption);
        let style = if table.rules == Rules::All { "TableGrid" } else { "TableBook" };
        self.table_begin(style, &widths, &title, table.head > 0, setting);
        let mut head = 0.0;
        for (index, placed) in rows.iter().enumerate() {
            let row = &table.rows[index];
            // what names the rows below does not stand alone at a page's foot; Word goes by the paragraphs of a row
            let names = names_below(&grid, index);
            let setting = &Setting { keep: setting.keep || names, ..*setting };
            let mut height = self.row_begin(!row.breakable, index < table.head);
            let mut tallest: f64 = 0.0;
            for cell in placed {
                self.flow.at = 0.0;
                let width: u32 = widths[cell.column..cell.column + cell.span].iter().sum();
                let rule = table.rules == Rules::Book && index + 1 == table.head;
                let align = table.columns.get(cell.column).map_or_else(Default::default, |column| column.align);
                let align = cell.cell.and_then(|cell| cell.align).unwrap_or(align);
                let filled = self.cell(cell, width, rule, align, setting)?;
                if !cell.down {
                    tallest = tallest.max(filled);
                }
            }
            if index < table.head {
                head += tallest;
            }
            if names {
                // with a line of the row below
                height.0.keep(tallest + 2.0 * self.tokens.sizes.table * self.tokens.lines.table);
            }
            self.row_end(height, tallest, row.breakable, if index < table.head { 0.0 } else { head });
        }
        self.table_end();
        self.announced = rows.len() > grid.head && names_below(&grid, rows.len() - 1);
        Ok(())
    }

    /// Blocks in a frame: a table of one cell, which may run over the page.
    pub fn framed(&mut self, blocks: &[Block], setting: &Setting) -> Result<(), Unwritable> {
        let width = setting.width.saturating_sub(setting.indent);
        self.table_begin("TableGrid", &[width], "", false, setting);
        let padding = self.tokens.spacing.cell_block;
        self.flow.at += padding;
        self.xml.open("w:tr", &[]);
        self.xml.open("w:tc", &[]);
        self.xml.open("w:tcPr", &[]);
        self.xml.leaf("w:tcW", &[("w:w", &width), ("w:type", &"dxa")]);
        self.xml.close();
        let inner = Setting { width: self.inside(width), indent: 0, level: 0, cell: true, ..*setting };
        self.filled(blocks, &inner)?;
        self.xml.close();
        self.flow.at += padding;
        self.xml.close();
        self.table_end();
        Ok(())
    }

    fn table_begin(&mut self, style: &str, widths: &[u32], title: &str, head: bool, setting: &Setting) {
        self.before_table(setting);
        let total: u32 = widths.iter().sum();
        self.xml.open("w:tbl", &[]);
        self.xml.open("w:tblPr", &[]);
        self.xml.val("w:tblStyle", &style);
        self.xml.leaf("w:tblW", &[("w:w", &total), ("w:type", &"dxa")]);
        self.xml.leaf("w:tblInd", &[("w:w", &setting.indent), ("w:type", &"dxa")]);
        self.xml.leaf("w:tblLayout", &[("w:type", &"fixed")]);
        self.xml.leaf("w:tblLook", &[("w:val", &if head { "0420" } else { "0400" }), ("w:firstRow", &u8::from(head)), ("w:noVBand", &1)]);
        if !title.is_empty() {
            self.xml.val("w:tblCaption", &title);
        }
        self.xml.close();
        self.xml.open("w:tblGrid", &[]);
        for width in widths {
            self.xml.leaf("w:gridCol", &[("w:w", width)]);
        }
        self.xml.close();
    }

    fn table_end(&mut self) {
        self.xml.close();
        self.after_table = true;
    }

    /// Begins a row, and gives the flow in which the table stands; the cells are measured apart.
    fn row_begin(&mut self, whole: bool, head: bool) -> (Flow, usize) {
        self.xml.open("w:tr", &[]);
        if whole || head {
            self.xml.open("w:trPr", &[]);
            if whole {
                self.xml.leaf("w:cantSplit", &[]);
            }
            if head {
                self.xml.leaf("w:tblHeader", &[]);
            }
            self.xml.close();
        }
        let apart = Flow { at: 0.0, page: f64::INFINITY };
        (std::mem::replace(&mut self.flow, apart), self.stands.len())
    }

    fn row_end(&mut self, (flow, stands): (Flow, usize), height: f64, breakable: bool, head: f64) {
        self.flow = flow;
        let page = self.flow.number(self.flow.at - 0.1);
        if breakable {
            self.flow.keep(height.min(self.tokens.sizes.table * 2.0));
        } else {
            self.flow.keep(height);
        }
        if self.flow.number(self.flow.at) > page {
            self.flow.at += head;
        }
        for (_, at) in &mut self.stands[stands..] {
            *at += self.flow.at;
        }
        self.flow.at += height;
        self.xml.close();
    }

    /// Writes a cell, and gives its height in points.
    fn cell(&mut self, placed: &Placed<'_>, width: u32, rule: bool, align: crate::Align, setting: &Setting) -> Result<f64, Unwritable> {
        let heading = placed.cell.is_some_and(|cell| cell.heading);
        let tone = placed.cell.map_or(Tone::Plain, |cell| cell.tone);
        self.xml.open("w:tc", &[]);
        self.xml.open("w:tcPr", &[]);
        self.xml.leaf("w:tcW", &[("w:w", &width), ("w:type", &"dxa")]);
        if placed.span > 1 {
            self.xml.val("w:gridSpan", &placed.span);
        }
        if placed.continues {
            self.xml.leaf("w:vMerge", &[]);
        } else if placed.down {
            self.xml.val("w:vMerge", &"restart");
        }
        if rule {
            let thick = (self.tokens.spacing.rule * 8.0).round().clamp(2.0, 96.0);
            self.xml.open("w:tcBorders", &[]);
            let colour = self.tokens.light.rule.hex();
            self.xml.leaf("w:bottom", &[("w:val", &"single"), ("w:sz", &thick), ("w:space", &0), ("w:color", &colour)]);
            self.xml.close();
        }
        if let Some(ground) = self.tokens.light.ground(tone) {
            self.xml.leaf("w:shd", &[("w:val", &"clear"), ("w:color", &"auto"), ("w:fill", &ground.hex())]);
        }
        self.xml.close();
        let style = if heading { "TableHeading" } else { "TableText" };
        let inner = Setting { style, width: self.inside(width), indent: 0, level: 0, cell: true, align, ..*setting };
        let blocks = placed.cell.filter(|_| !placed.continues).map_or(&[][..], |cell| &cell.blocks);
        let height = self.filled(blocks, &inner)?;
        self.xml.close();
        Ok(height)
    }

    /// Blocks of a cell; a cell ends with a paragraph. Gives their height in points.
    fn filled(&mut self, blocks: &[Block], inner: &Setting) -> Result<f64, Unwritable> {
        let begin = self.flow.at;
        self.after_table = false;
        let before = self.paragraphs;
        self.blocks(blocks, inner)?;
        if self.after_table {
            self.gap();
        } else if self.paragraphs == before {
            self.paragraph(inner.style, &[], inner, &Extra { last: true, ..Extra::default() });
        }
        self.after_table = false;
        Ok(self.flow.at - begin + 2.0 * self.tokens.spacing.cell_block + self.tokens.spacing.rule)
    }

    /// What a cell's sides leave of its width.
    fn inside(&self, width: u32) -> u32 {
        width.saturating_sub(2 * twips(self.tokens.spacing.cell)).max(200)
    }

    /// Widths of the columns in twips: those as wide as their words first, the rest in parts.
    fn widths(&self, table: &Table, rows: &[Vec<Placed<'_>>], columns: usize, room: u32) -> Vec<u32> {
        let room = f64::from(room);
        let letter = self.tokens.sizes.table * 20.0;
        let least = 2.0 * letter + 2.0 * f64::from(twips(self.tokens.spacing.cell));
        let weight = |column: usize| table.columns.get(column).map_or(Weight::Content, |column| column.width);
        let mut widths = vec![0.0; columns];
        let mut parts = 0.0;
        for (column, width) in widths.iter_mut().enumerate() {
            match weight(column) {
                Weight::Parts(share) => parts += share.max(0.0),
                Weight::Content => {
                    let cells = rows.iter().flatten().filter(|placed| placed.column == column && placed.span == 1 && !placed.continues);
                    let widest = cells.filter_map(|placed| placed.cell).map(|cell| widest(&cell.blocks)).fold(0.0, f64::max);
                    // Half a letter more: proportional letters are guessed at.
                    *width = ((widest + 0.5) * letter + 2.0 * f64::from(twips(self.tokens.spacing.cell))).max(least);
                }
            }
        }
        // A cell over several such columns widens them alike.
        for placed in rows.iter().flatten().filter(|placed| placed.span > 1 && !placed.continues) {
            let under = placed.column..placed.column + placed.span;
            if let (Some(cell), true) = (placed.cell, under.clone().all(|column| weight(column) == Weight::Content)) {
                let wanted = (widest(&cell.blocks) + 0.5) * letter + 2.0 * f64::from(twips(self.tokens.spacing.cell));
                let more = (wanted - widths[under.clone()].iter().sum::<f64>()).max(0.0) / placed.span as f64;
                widths[under].iter_mut().for_each(|width| *width += more);
            }
        }
        let taken: f64 = widths.iter().sum();
        let most = if parts > 0.0 { room * 0.7 } else { room };
        if taken > most {
            widths.iter_mut().for_each(|width| *width *= most / taken);
        }
        let rest = room - widths.iter().sum::<f64>();
        for (column, width) in widths.iter_mut().enumerate() {
            if let (Weight::Parts(share), true) = (weight(column), parts > 0.0) {
                *width = rest * share.max(0.0) / parts;
            }
        }
        // The casts saturate; a column of no width would be none.
        widths.into_iter().map(|width| (width.round() as u32).max(100)).collect()
    }
}

/// Letters in the longest line.
fn widest(blocks: &[Block]) -> f64 {
    let of = |block: &Block| match block {
        Block::Paragraph(content) => plain(content).split('\n').map(letters).fold(0.0, f64::max),
        Block::Heading(heading) => letters(&plain(&heading.content)) * 1.3,
        Block::List { items, .. } => 1.5 + items.iter().map(|item| widest(item)).fold(0.0, f64::max),
        Block::Table(table) => table.columns.len() as f64 * 6.0,
        Block::Picture(_) => 20.0,
        Block::Box(blocks) | Block::Foreign(_, blocks) => widest(blocks) + 1.0,
        Block::Contents { .. } | Block::PageBreak | Block::Note(_) => 0.0,
    };
    blocks.iter().map(of).fold(0.0, f64::max)
}

/// Every row with all that Word wants in it: its cells, what continues from above, and what it lacks.
fn rows<'a>(table: &'a Table, grid: &Grid<'a>) -> Vec<Vec<Placed<'a>>> {
    let mut rows = vec![Vec::new(); table.rows.len()];
    for placed in grid.rows.iter().flatten() {
        for (above, row) in rows[placed.row..placed.row + placed.rows].iter_mut().enumerate() {
            let (column, span) = (placed.column, placed.columns);
            row.push(Placed { cell: Some(placed.cell), column, span, down: placed.rows > 1, continues: above > 0 });
        }
    }
    for (row, column) in &grid.holes {
        rows[*row].push(Placed { cell: None, column: *column, span: 1, down: false, continues: false });
    }
    for row in &mut rows {
        row.sort_by_key(|placed| placed.column);
    }
    rows
}
