//! From pages to pieces: what stands outside tables, which table goes on over a page break, and which row does.

use std::collections::HashMap;

use super::grid::{self, Cell, Grid};
use super::lines::{Line, WIDEST, column, lines, shows_columns};
use super::page::{Direction, Glyph, Printed, Rule};
use super::rules;
use crate::input::piece::{CellAt, Piece};

/// Edges of tables no farther apart than this, in points, are one.
const SAME_EDGE: f32 = 3.0;
/// An empty cell narrower or lower than this, in points, is the gap between two frames.
const GAP: f32 = 8.0;
/// A table that goes on begins at the very top of the text of its page, to this, in points.
const AT_TOP: f32 = 6.0;
/// A running header or footer keeps its height on the page to this, in points.
const SAME_HEIGHT: f32 = 3.0;

/// A table on a page, with the lines of its cells.
struct PlacedTable {
    grid: Grid,
    lines: Vec<Vec<Line>>,
}

impl PlacedTable {
    /// Whether a cell counts for rows and columns: one that is closed and no gap between frames.
    fn counts(&self, index: usize) -> bool {
        let cell = &self.grid.cells[index];
        let gap = cell.right - cell.left < GAP || cell.bottom - cell.top < GAP / 2.0;
        let nested = || self.lines[index].is_empty();
        !(cell.outside || gap && nested())
    }

    fn last_row(&self) -> usize {
        self.grid.rows.len() - 2
    }
}

/// One page with its text in place.
pub(super) struct PageText {
    tables: Vec<PlacedTable>,
    outside: Vec<Line>,
    /// For each line outside: whether it is a running header or footer.
    running: Vec<bool>,
    extent: (f32, f32),
}

/// Puts the glyphs of a page into its cells.
pub(super) fn place(page: Printed) -> PageText {
    let (level, mut upright) = (rules::join(page.level), rules::join(page.upright));
    let mut grids = grid::tables(&level, &upright, page.extent);
    let glyphs = laid(&grids, page.glyphs);
    let columns = grids.iter().zip(&glyphs.0).any(|(grid, cells)| is_frame(grid) && shows_columns(cells.concat()));
    let rows: Vec<bool> = grids.iter().zip(&glyphs.0).map(|(grid, cells)| grid.rows.len() == 2 && shows_rows(cells)).collect();
    let (mut cells, mut outside) = glyphs;
    if columns || rows.contains(&true) {
        // One way of reading for the page: where one table is read by places, what stands in plain frames is text as well.
        upright.retain(|rule| {
            !grids.iter().zip(&rows).any(|(grid, rows)| *rows && stands_in(rule, grid) || is_frame(grid) && bounds(rule, grid))
        });
        grids = grid::tables(&level, &upright, page.extent);
        outside.extend(cells.into_iter().flatten().flatten());
        (cells, outside) = laid(&grids, outside);
    }
    let outside = lines(outside, true);
    PageText {
        tables: grids
            .into_iter()
            .zip(cells)
            .map(|(grid, cells)| PlacedTable { grid, lines: cells.into_iter().map(|glyphs| lines(glyphs, false)).collect() })
            .collect(),
        running: vec![false; outside.len()],
        outside,
        extent: page.extent,
    }
}

/// The glyphs of each cell of each table, the innermost at their place, and those outside.
fn laid(grids: &[Grid], glyphs: Vec<Glyph>) -> (Vec<Vec<Vec<Glyph>>>, Vec<Glyph>) {
    let mut cells: Vec<Vec<Vec<Glyph>>> = grids.iter().map(|grid| vec![Vec::new(); grid.cells.len()]).collect();
    let mut outside = Vec::new();
    for glyph in glyphs {
        let place = grids.iter().enumerate().find_map(|(table, grid)| Some((table, grid.at(glyph.middle)?)));
        match place.filter(|_| glyph.direction != Direction::Aslant) {
            Some((table, cell)) => cells[table][cell].push(glyph),
            None => outside.push(glyph),
        }
    }
    (cells, outside)
}

/// Whether a table has no lines between columns.
fn is_frame(grid: &Grid) -> bool {
    grid.columns.len() == 2
}

/// Whether cells beside each other hold several rows without lines between them: more than one leaves room and goes on at the
/// same height.
fn shows_rows(cells: &[Vec<Glyph>]) -> bool {
    let heights: Vec<Vec<f32>> =
        cells.iter().map(|glyphs| lines(glyphs.clone(), false).into_iter().map(|line| line.base).collect()).collect();
    let steps = heights.iter().flat_map(|heights| heights.windows(2).map(|pair| pair[1] - pair[0]));
    let step = steps.filter(|step| *step > SAME_EDGE).fold(f32::INFINITY, f32::min);
    let after_room =
        |heights: &Vec<f32>| -> Vec<f32> { heights.windows(2).filter(|pair| pair[1] - pair[0] > 1.7 * step).map(|pair| pair[1]).collect() };
    let mut resumed: Vec<f32> = heights.iter().flat_map(after_room).collect();
    resumed.sort_by(f32::total_cmp);
    resumed.windows(2).any(|pair| pair[1] - pair[0] < 1.0)
}

/// Whether an upright line is a side of a frame.
fn bounds(rule: &Rule, frame: &Grid) -> bool {
    let beside = (rule.at - frame.left()).abs().min((rule.at - frame.right()).abs()) <= SAME_EDGE;
    beside && stands_in(rule, frame)
}

/// Whether an upright line stands within a table.
fn stands_in(rule: &Rule, table: &Grid) -> bool {
    let across = rule.at >= table.left() - SAME_EDGE && rule.at <= table.right() + SAME_EDGE;
    across && rule.from >= table.top() - SAME_EDGE && rule.to <= table.bottom() + SAME_EDGE
}

/// A table of the document: its parts on successive pages.
#[derive(Default)]
struct Whole {
    /// Left edges at which cells begin.
    columns: Vec<f32>,
    /// Rows at which cells begin.
    rows: Vec<usize>,
    /// Its number, given when its first piece is handed on.
    number: Option<u32>,
}

/// Where a table of a page stands in the whole table.
#[derive(Clone, Copy)]
struct Share {
    whole: usize,
    /// Row of the whole table at which the first row of this page stands.
    first_row: usize,
    /// Rows at the top that only repeat the header.
    repeated: usize,
    /// Its last row goes on on the next page.
    cut: bool,
    /// Its last row has a text of its own in its first cell, here or where the row begins on a page before.
    labelled: bool,
}

/// Hands on the pieces of all pages.
pub(super) fn pieces(mut pages: Vec<PageText>) -> Vec<Piece> {
    mark_running(&mut pages);
    let (shares, wholes) = join_tables(&pages);
    let mut output = Output { pages: &pages, shares, wholes, tables: 0, limits: limits(&pages), pieces: Vec::new() };
    for page in 0..pages.len() {
        output.page(page);
    }
    output.pieces
}

/// Marks lines that stand on neighbouring pages at the same height with the same words, page numbers aside.
fn mark_running(pages: &mut [PageText]) {
    let keys: Vec<HashMap<String, Vec<f32>>> = pages
        .iter()
        .map(|page| {
            let mut keys: HashMap<String, Vec<f32>> = HashMap::new();
            for line in &page.outside {
                keys.entry(words(line)).or_default().push(line.y);
            }
            keys
        })
        .collect();
    for (index, page) in pages.iter_mut().enumerate() {
        // Two pages away too: left and right pages may differ.
        let neighbours = [index.checked_sub(2), index.checked_sub(1), Some(index + 1), Some(index + 2)];
        for (line, running) in page.outside.iter().zip(&mut page.running) {
            *running = neighbours.iter().flatten().filter_map(|neighbour| keys.get(*neighbour)).any(|keys| {
                let heights = keys.get(&words(line)).map_or(&[][..], Vec::as_slice);
                heights.iter().any(|height| (height - line.y).abs() <= SAME_HEIGHT)
            });
        }
        // Only what stands above or below everything else runs.
        let body = |line: &Line, running: bool| (!running).then_some(line.y);
        let mut middles: Vec<f32> = page.outside.iter().zip(&page.running).filter_map(|(line, running)| body(line, *running)).collect();
        middles.extend(page.tables.iter().flat_map(|table| [table.grid.top(), table.grid.bottom()]));
        let (Some(top), Some(bottom)) = (middles.iter().copied().reduce(f32::min), middles.iter().copied().reduce(f32::max)) else {
            continue;
        };
        for (line, running) in page.outside.iter().zip(&mut page.running) {
            *running &= line.y < top || line.y > bottom;
        }
    }
}

fn words(line: &Line) -> String {
    line.text.chars().filter(|character| !character.is_whitespace() && !character.is_numeric()).collect()
}

/// Right end of the text outside tables, for each page.
fn limits(pages: &[PageText]) -> Vec<f32> {
    let mut by_width: HashMap<i64, (Vec<(f32, f32)>, f32)> = HashMap::new();
    for page in pages {
        let (rights, frame) = by_width.entry(page.extent.0 as i64).or_default();
        let text = page.outside.iter().zip(&page.running).filter(|(line, running)| line.direction == Direction::Along && !**running);
        rights.extend(text.map(|(line, _)| (line.right, line.size)));
        *frame = page.tables.iter().map(|table| table.grid.right() - 6.0).fold(*frame, f32::max);
    }
    let limits: HashMap<i64, f32> = by_width.into_iter().map(|(width, (rights, frame))| (width, edge(rights).max(frame))).collect();
    pages.iter().map(|page| limits.get(&(page.extent.0 as i64)).copied().unwrap_or(page.extent.0)).collect()
}

/// Where lines end that are full, of their right ends and sizes: a single line may stand out into the margin.
fn edge(mut rights: Vec<(f32, f32)>) -> f32 {
    /// So many lines end within a character of the edge.
    const ENDS: usize = 3;
    rights.sort_by(|a, b| b.0.total_cmp(&a.0));
    let shared = |(at, (right, size)): (usize, &(f32, f32))| {
        rights.get(at + ENDS - 1).is_some_and(|(next, _)| *next > right - size).then_some(*right)
    };
    let widest = rights.first().map_or(0.0, |(right, _)| *right);
    rights.iter().enumerate().find_map(shared).unwrap_or(widest)
}

/// Where the text of a page may begin, for each page: where it begins on the fullest page of the same size.
fn tops(pages: &[PageText]) -> Vec<f32> {
    let mut by_height: HashMap<i64, f32> = HashMap::new();
    for page in pages {
        let top = by_height.entry(page.extent.1 as i64).or_insert(f32::INFINITY);
        *top = page.tables.iter().map(|table| table.grid.top()).fold(*top, f32::min);
    }
    pages.iter().map(|page| by_height.get(&(page.extent.1 as i64)).copied().unwrap_or(0.0)).collect()
}

/// Decides which tables of successive pages are one.
fn join_tables(pages: &[PageText]) -> (Vec<Vec<Share>>, Vec<Whole>) {
    let mut shares: Vec<Vec<Share>> = Vec::new();
    let mut wholes: Vec<Whole> = Vec::new();
    // For each whole table, where its first part stands.
    let mut firsts: Vec<(usize, usize)> = Vec::new();
    let tops = tops(pages);
    for (index, page) in pages.iter().enumerate() {
        let mut here = Vec::new();
        let continuing = index.checked_sub(1).and_then(|before| Some((before, continued(&pages[before], page, tops[index])?)));
        for (number, table) in page.tables.iter().enumerate() {
            let share = match continuing {
                Some((before, (from, to))) if to == number => {
                    let upper: &mut Share = &mut shares[before][from];
                    let whole = upper.whole;
                    let (first_page, first_table) = firsts[whole];
                    let repeated = repeated_rows(&pages[first_page].tables[first_table], table);
                    upper.cut = row_is_cut(&pages[before].tables[from], table, repeated, upper.labelled);
                    let next = upper.first_row + (pages[before].tables[from].last_row() - upper.repeated);
                    let one_row = table.last_row() == repeated;
                    let labelled = is_labelled(table) || upper.cut && one_row && upper.labelled;
                    Share { whole, first_row: next + usize::from(!upper.cut), repeated, cut: false, labelled }
                }
                _ => {
                    wholes.push(Whole::default());
                    firsts.push((index, number));
                    Share { whole: wholes.len() - 1, first_row: 0, repeated: 0, cut: false, labelled: is_labelled(table) }
                }
            };
            let whole = &mut wholes[share.whole];
            for (cell, _) in table.grid.cells.iter().zip(0..).filter(|(_, index)| table.counts(*index)) {
                if cell.row >= share.repeated {
                    whole.columns.push(cell.left);
                    whole.rows.push(row_of(share, cell));
                }
            }
            here.push(share);
        }
        shares.push(here);
    }
    for whole in &mut wholes {
        whole.rows.sort_unstable();
        whole.rows.dedup();
        whole.columns.sort_by(f32::total_cmp);
        whole.columns.dedup_by(|next, kept| *next - *kept <= SAME_EDGE);
    }
    (shares, wholes)
}

fn row_of(share: Share, cell: &Cell) -> usize {
    (share.first_row + cell.row).saturating_sub(share.repeated)
}

/// The last table of a page and the first of the next, where the second continues the first.
fn continued(upper: &PageText, lower: &PageText, top: f32) -> Option<(usize, usize)> {
    if (upper.extent.0 - lower.extent.0).abs() > SAME_EDGE {
        return None;
    }
    let outermost =
        |page: &PageText| -> Vec<usize> { (0..page.tables.len()).filter(|index| page.tables[*index].grid.parent.is_none()).collect() };
    let last = outermost(upper).into_iter().max_by(|a, b| upper.tables[*a].grid.bottom().total_cmp(&upper.tables[*b].grid.bottom()))?;
    let first = outermost(lower).into_iter().min_by(|a, b| lower.tables[*a].grid.top().total_cmp(&lower.tables[*b].grid.top()))?;
    let (above, below) = (&upper.tables[last].grid, &lower.tables[first].grid);
    if below.top() > top + AT_TOP {
        return None;
    }
    let body = |page: &PageText, keep: &dyn Fn(f32) -> bool| {
        page.outside.iter().zip(&page.running).any(|(line, running)| !running && keep(line.y))
    };
    if body(upper, &|y| y > above.bottom()) || body(lower, &|y| y < below.top()) {
        return None;
    }
    if (above.left() - below.left()).abs() > SAME_EDGE || (above.right() - below.right()).abs() > SAME_EDGE {
        return None;
    }
    let within = |a: &[f32], b: &[f32]| a.iter().all(|edge| b.iter().any(|other| (edge - other).abs() <= SAME_EDGE));
    if !within(&above.columns, &below.columns) && !within(&below.columns, &above.columns) {
        return None;
    }
    // A thick frame that closes above and opens again below is two tables.
    let thick = 1.5 * above.thinnest.min(below.thinnest);
    if above.bottom_thickness > thick && below.top_thickness > thick {
        return None;
    }
    Some((last, first))
}

/// How many rows at the top of a continued table repeat the first rows of the table.
fn repeated_rows(first: &PlacedTable, table: &PlacedTable) -> usize {
    let row = |table: &PlacedTable, row: usize| -> Vec<(i64, usize, String)> {
        let cells = table.grid.cells.iter().zip(&table.lines).filter(|(cell, _)| cell.row == row && !cell.outside);
        cells
            .map(|(cell, lines)| {
                let text: String = lines.iter().flat_map(|line| line.text.chars()).filter(|c| !c.is_whitespace()).collect();
                ((cell.left / SAME_EDGE).round() as i64, cell.last_row - cell.row, text)
            })
            .collect()
    };
    let most = first.last_row().min(table.last_row());
    (0..most)
        .take_while(|index| {
            let (above, below) = (row(first, *index), row(table, *index));
            above == below && above.iter().any(|(_, _, text)| !text.is_empty())
        })
        .count()
}

/// Whether the last row above a page break and the first below it are one row that the break cuts.
///
/// Ruled lines do not tell, so this asks the text, and says no in doubt: a cell below goes on where the one above it stops in the
/// middle of a line that is full, or with a heading, or within a list; or where the row above has a label and the one below
/// none.
fn row_is_cut(upper: &PlacedTable, lower: &PlacedTable, repeated: usize, labelled: bool) -> bool {
    let last = upper.last_row();
    let mut goes_on = false;
    let mut any = false;
    let mut leftmost = true;
    let mut below: Vec<usize> =
        (0..lower.grid.cells.len()).filter(|index| lower.grid.cells[*index].row == repeated && lower.counts(*index)).collect();
    below.sort_by(|a, b| lower.grid.cells[*a].left.total_cmp(&lower.grid.cells[*b].left));
    for index in below {
        let cell = &lower.grid.cells[index];
        let first = std::mem::replace(&mut leftmost, false);
        let Some(line) = lower.lines[index].first() else {
            goes_on |= first && labelled;
            continue;
        };
        any = true;
        let same = |above: &Cell| {
            above.last_row == last && (above.left - cell.left).abs() <= SAME_EDGE && (above.right - cell.right).abs() <= SAME_EDGE
        };
        let Some(above) = upper.grid.cells.iter().position(same) else { return false };
        if upper.lines[above].is_empty() {
            return false;
        }
        let strong = text_goes_on(&upper.grid.cells[above], &upper.lines[above], line);
        if first && !strong {
            return false;
        }
        goes_on |= strong;
    }
    goes_on && any
}

/// Whether the first cell of the last row belongs to that row alone and has text.
fn is_labelled(table: &PlacedTable) -> bool {
    let last = table.last_row();
    let cells = table.grid.cells.iter().enumerate().filter(|(index, cell)| cell.last_row == last && table.counts(*index));
    cells.min_by(|a, b| a.1.left.total_cmp(&b.1.left)).is_some_and(|(index, cell)| cell.row == last && !table.lines[index].is_empty())
}

fn text_goes_on(cell: &Cell, above: &[Line], below: &Line) -> bool {
    let Some(last) = above.last() else { return false };
    let text = last.text.trim();
    let Some(end) = text.chars().next_back() else { return false };
    if "：:".contains(end) {
        return true;
    }
    if heading(last).is_some() {
        return true;
    }
    // Sections with headings in brackets: one more of the kind that already stands inside the cell.
    if let Some(bracket) = heading(below)
        && above[1..].iter().any(|line| heading(line) == Some(bracket))
    {
        return true;
    }
    let bullet = |line: &Line| line.text.chars().next().filter(|mark| "・•●○■□◆◇－−–-①②③④⑤⑥⑦⑧⑨⑩".contains(*mark));
    if let Some(mark) = bullet(below) {
        let numbered = ('①'..='⑩').contains(&mark);
        if above.iter().filter_map(bullet).any(|other| other == mark || numbered && ('①'..='⑩').contains(&other)) {
            return true;
        }
    }
    let limit = cell.right - padding(cell, above);
    !"。．！？".contains(end) && limit - last.right < below.head + 0.5 * last.size
}

/// The bracket of a line that is a heading in brackets and nothing else.
fn heading(line: &Line) -> Option<char> {
    let text = line.text.trim();
    let (first, last) = (text.chars().next()?, text.chars().next_back()?);
    ["【】", "［］", "〔〕", "[]", "＜＞", "<>", "〈〉", "《》"]
        .iter()
        .any(|pair| pair.starts_with(first) && pair.ends_with(last))
        .then_some(first)
}

/// The blank between the left edge of a cell and its text.
fn padding(cell: &Cell, lines: &[Line]) -> f32 {
    let along = lines.iter().filter(|line| line.direction == Direction::Along);
    along.map(|line| line.left - cell.left).fold(f32::INFINITY, f32::min).clamp(0.0, 8.0)
}

struct Output<'a> {
    pages: &'a [PageText],
    shares: Vec<Vec<Share>>,
    wholes: Vec<Whole>,
    /// Tables numbered so far.
    tables: u32,
    limits: Vec<f32>,
    pieces: Vec<Piece>,
}

/// A line or a table, by its number in its list.
#[derive(Clone, Copy)]
enum Item {
    Line(usize),
    Table(usize),
}

impl Output<'_> {
    fn page(&mut self, index: usize) {
        let page = &self.pages[index];
        let items = ordered(page, &page.outside, None);
        let edge = page.outside.iter().zip(&page.running).filter(|(line, _)| line.direction == Direction::Along);
        let edge = edge.filter(|(_, running)| !**running).map(|(line, _)| line.left).fold(f32::INFINITY, f32::min);
        for (place, item) in items.iter().enumerate() {
            match *item {
                Item::Line(number) => {
                    let line = &page.outside[number];
                    let next = match items.get(place + 1) {
                        Some(Item::Line(next)) => {
                            Some(&page.outside[*next]).filter(|next| next.y - line.y < 2.0 * line.size.max(next.size))
                        }
                        Some(Item::Table(_)) => None,
                        None => self.pages.get(index + 1).and_then(first_body_line),
                    };
                    // where columns part a line, its end does not tell
                    let wrapped = next.is_some_and(|next| line.parted || next.parted || is_full(line, next, self.limits[index]));
                    let edge = if page.running[number] { line.left } else { edge };
                    self.pieces.push(piece(line, index, None, edge, wrapped));
                }
                Item::Table(number) => self.table(index, number),
            }
        }
    }

    fn table(&mut self, index: usize, number: usize) {
        let page = &self.pages[index];
        let table = &page.tables[number];
        let share = self.shares[index][number];
        let whole = &mut self.wholes[share.whole];
        let table_number = *whole.number.get_or_insert_with(|| {
            self.tables += 1;
            self.tables - 1
        });
        // Text of one column begins at one edge; the smallest blank before it is the margin of the cells.
        let mut margins: HashMap<i64, f32> = HashMap::new();
        for (cell, lines) in table.grid.cells.iter().zip(&table.lines).filter(|(_, lines)| !lines.is_empty()) {
            let margin = margins.entry(cell.left as i64).or_insert(f32::INFINITY);
            *margin = margin.min(padding(cell, lines));
        }
        let mut order: Vec<usize> = (0..table.grid.cells.len()).filter(|cell| !table.grid.cells[*cell].outside).collect();
        order.sort_by(|a, b| {
            let (a, b) = (&table.grid.cells[*a], &table.grid.cells[*b]);
            a.row.cmp(&b.row).then(a.left.total_cmp(&b.left))
        });
        for cell_number in order {
            let cell = &table.grid.cells[cell_number];
            if cell.row < share.repeated {
                continue;
            }
            let lines = &table.lines[cell_number];
            let at = self.cell_at(share, cell, table_number);
            let margin = margins.get(&(cell.left as i64)).copied().unwrap_or(0.0);
            let items = ordered(page, lines, Some((number, cell_number)));
            for (place, item) in items.iter().enumerate() {
                match *item {
                    Item::Line(line_number) => {
                        let line = &lines[line_number];
                        let next = match items.get(place + 1) {
                            Some(Item::Line(next)) => Some(&lines[*next]),
                            Some(Item::Table(_)) => None,
                            None if share.cut => self.continuation(index, share, cell),
                            None => None,
                        };
                        let wrapped = next.is_some_and(|next| is_full(line, next, cell.right - margin));
                        self.pieces.push(piece(line, index, Some(at), cell.left + margin, wrapped));
                    }
                    Item::Table(nested) => self.table(index, nested),
                }
            }
        }
    }

    /// The first line of the same cell on the next page.
    fn continuation(&self, index: usize, share: Share, cell: &Cell) -> Option<&Line> {
        let next = self.pages.get(index + 1)?;
        let number = self.shares[index + 1].iter().position(|other| other.whole == share.whole)?;
        let (table, other) = (&next.tables[number], self.shares[index + 1][number]);
        let below = table
            .grid
            .cells
            .iter()
            .position(|below| below.row == other.repeated && (below.left - cell.left).abs() <= SAME_EDGE && !below.outside)?;
        table.lines[below].first()
    }

    fn cell_at(&self, share: Share, cell: &Cell, table: u32) -> CellAt {
        let whole = &self.wholes[share.whole];
        let column = whole.columns.partition_point(|edge| *edge < cell.left - SAME_EDGE);
        let end = whole.columns.partition_point(|edge| *edge < cell.right - SAME_EDGE);
        let row = whole.rows.partition_point(|row| *row < row_of(share, cell));
        CellAt { table, row: row as u32, column: column as u32, span: end.saturating_sub(column).max(1) as u32 }
    }
}

/// Lines, and the tables that stand in the same place, from top to bottom.
fn ordered(page: &PageText, lines: &[Line], parent: Option<(usize, usize)>) -> Vec<Item> {
    let mut items: Vec<(f32, f32, Item)> = lines.iter().enumerate().map(|(number, line)| (line.y, line.left, Item::Line(number))).collect();
    for (number, table) in page.tables.iter().enumerate().filter(|(_, table)| table.grid.parent == parent) {
        items.push((table.grid.top(), table.grid.left(), Item::Table(number)));
    }
    items.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    items.into_iter().map(|(_, _, item)| item).collect()
}

/// The first line of a page below its header, where no table comes before it.
fn first_body_line(page: &PageText) -> Option<&Line> {
    let body = page.outside.iter().zip(&page.running).filter(|(_, running)| !**running);
    let first = body.map(|(line, _)| line).min_by(|a, b| a.y.total_cmp(&b.y))?;
    page.tables.iter().all(|table| table.grid.top() > first.y).then_some(first)
}

/// Whether a line ends only because the next word would not have fitted.
fn is_full(line: &Line, next: &Line, limit: f32) -> bool {
    line.direction != Direction::Along || limit - line.right < next.head + 0.5 * line.size
}

fn piece(line: &Line, page: usize, cell: Option<CellAt>, edge: f32, wrapped: bool) -> Piece {
    let indent = if line.direction == Direction::Along && edge.is_finite() { column(line.left) - column(edge) } else { 0 };
    Piece {
        text: line.text.clone(),
        cell,
        page: Some(page as u32 + 1),
        path: None,
        // Text that hangs out to the left is not set in.
        indent: indent.clamp(0, WIDEST) as u16,
        wrapped,
    }
}
