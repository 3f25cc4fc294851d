//! Finds tables and their cells from ruled lines.

use std::collections::{HashMap, HashSet};

use super::page::Rule;
use super::rules::SAME;

/// Most pairs of level and upright lines compared on one page. A page of text stays under ten thousand; a drawing may not.
const PAIR_LIMIT: usize = 4_000_000;
/// Most squares of the grid of one table.
const SQUARE_LIMIT: usize = 100_000;
/// Most tables kept on one page.
const TABLE_LIMIT: usize = 400;
/// Part of an edge, between two crossings, that must be ruled for the edge to part two cells.
const RULED: f32 = 0.6;

/// Widest margins, left and right together, in points, between a cell and a table in it that shares a part of its frame.
const MARGINS: f32 = 36.0;

/// A cell as it is printed on one page. Lengths in points, y grows downwards.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Left edge.
    pub left: f32,
    /// Right edge.
    pub right: f32,
    /// Upper edge.
    pub top: f32,
    /// Lower edge.
    pub bottom: f32,
    /// First row, from 0 on this page.
    pub row: usize,
    /// Last row it covers.
    pub last_row: usize,
    /// Open to the outside: no cell, but the space beside a table.
    pub outside: bool,
}

/// A table as it is printed on one page.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// Upright edges from left to right.
    pub columns: Vec<f32>,
    /// Level edges from top to bottom.
    pub rows: Vec<f32>,
    /// Cells by row and column.
    pub cells: Vec<Cell>,
    /// The cell of each square of the grid, row by row.
    squares: Vec<usize>,
    /// The table and cell it stands in.
    pub parent: Option<(usize, usize)>,
    /// Thickness of the uppermost line.
    pub top_thickness: f32,
    /// Thickness of the lowermost line.
    pub bottom_thickness: f32,
    /// Thickness of the thinnest level line inside or at the edge.
    pub thinnest: f32,
}

impl Grid {
    /// Left edge.
    pub fn left(&self) -> f32 {
        self.columns[0]
    }
    /// Right edge.
    pub fn right(&self) -> f32 {
        self.columns[self.columns.len() - 1]
    }
    /// Upper edge.
    pub fn top(&self) -> f32 {
        self.rows[0]
    }
    /// Lower edge.
    pub fn bottom(&self) -> f32 {
        self.rows[self.rows.len() - 1]
    }

    fn area(&self) -> f32 {
        (self.right() - self.left()) * (self.bottom() - self.top())
    }

    /// The cell at a point.
    pub fn at(&self, (x, y): (f32, f32)) -> Option<usize> {
        let column = self.columns.partition_point(|edge| *edge <= x).checked_sub(1)?;
        let row = self.rows.partition_point(|edge| *edge <= y).checked_sub(1)?;
        if column + 1 >= self.columns.len() || row + 1 >= self.rows.len() {
            return None;
        }
        let cell = self.squares[row * (self.columns.len() - 1) + column];
        (!self.cells[cell].outside).then_some(cell)
    }
}

/// Finds the tables of a page, smallest first, so that the first one found at a point is the innermost.
pub(super) fn tables(level: &[Rule], upright: &[Rule], extent: (f32, f32)) -> Vec<Grid> {
    if level.len().saturating_mul(upright.len()) > PAIR_LIMIT {
        return Vec::new();
    }
    let bundles = connected(level, upright);
    let whole = bundles.into_iter().filter_map(|(level, upright)| grid(&level, &upright));
    let mut grids: Vec<Grid> = whole.flat_map(split).collect();
    // A frame around the whole page is no table.
    grids.retain(|grid| {
        let cells = grid.cells.iter().filter(|cell| !cell.outside).count();
        let frame = grid.right() - grid.left() > extent.0 * 0.85 && grid.bottom() - grid.top() > extent.1 * 0.85;
        cells > 1 || (cells == 1 && !frame)
    });
    grids.sort_by(|a, b| a.area().total_cmp(&b.area()));
    if grids.len() > TABLE_LIMIT {
        grids.drain(..grids.len() - TABLE_LIMIT);
    }
    for inner in 0..grids.len() {
        let (left, right, top, bottom) = (grids[inner].left(), grids[inner].right(), grids[inner].top(), grids[inner].bottom());
        let middle = ((left + right) / 2.0, (top + bottom) / 2.0);
        let parent = (inner + 1..grids.len()).find_map(|outer| {
            let cell = grids[outer].at(middle)?;
            let around = &grids[outer].cells[cell];
            let fits =
                around.left - SAME <= left && right <= around.right + SAME && around.top - SAME <= top && bottom <= around.bottom + SAME;
            fits.then_some((outer, cell))
        });
        grids[inner].parent = parent;
    }
    grids
}

/// Bundles of lines that touch each other.
fn connected(level: &[Rule], upright: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let count = level.len();
    let mut sets = Sets::new(count + upright.len());
    // Both come sorted by place from joining, but only almost: joining moves a line within its bundle.
    for (a, line) in level.iter().enumerate() {
        for (b, post) in upright.iter().enumerate() {
            let reach = SAME + line.thickness.max(post.thickness) / 2.0;
            if post.at >= line.from - reach && post.at <= line.to + reach && line.at >= post.from - reach && line.at <= post.to + reach {
                sets.unite(a, count + b);
            }
        }
    }
    let mut bundles: Vec<(Vec<Rule>, Vec<Rule>)> = Vec::new();
    let mut place = vec![usize::MAX; count + upright.len()];
    for index in 0..count + upright.len() {
        let root = sets.root(index);
        if place[root] == usize::MAX {
            place[root] = bundles.len();
            bundles.push(Default::default());
        }
        let bundle = &mut bundles[place[root]];
        if index < count { bundle.0.push(level[index]) } else { bundle.1.push(upright[index - count]) }
    }
    bundles.retain(|(level, upright)| level.len() > 1 && !upright.is_empty() || upright.len() > 1 && level.len() > 1);
    bundles
}

/// The grid of one bundle of lines; none where it encloses nothing.
fn grid(level: &[Rule], upright: &[Rule]) -> Option<Grid> {
    let mut columns = edges(upright);
    let mut rows = edges(level);
    // Sides that are not ruled, but at which the lines across end: tables open to left and right, rows open at a page break.
    let open_left = open_side(&mut columns, level.iter().map(|line| line.from), false);
    let open_right = open_side(&mut columns, level.iter().map(|line| line.to), true);
    let open_top = open_side(&mut rows, upright.iter().map(|line| line.from), false);
    let open_bottom = open_side(&mut rows, upright.iter().map(|line| line.to), true);
    if columns.len() < 2 || rows.len() < 2 {
        return None;
    }
    let (wide, high) = (columns.len() - 1, rows.len() - 1);
    if wide.saturating_mul(high) > SQUARE_LIMIT {
        return None;
    }
    // walls[r][c]: the upright edge c beside row r is ruled; floors[r][c]: the level edge r over column c is.
    let mut walls = ruled(upright, &columns, &rows);
    let mut floors = ruled(level, &rows, &columns);
    for row in 0..high {
        walls[row] |= open_left;
        walls[wide * high + row] |= open_right;
    }
    for column in 0..wide {
        floors[column] |= open_top;
        floors[high * wide + column] |= open_bottom;
    }
    let wall = |row: usize, edge: usize| walls[edge * high + row];
    let floor = |edge: usize, column: usize| floors[edge * wide + column];
    let mut sets = Sets::new(wide * high);
    for row in 0..high {
        for column in 0..wide {
            let square = row * wide + column;
            if column + 1 < wide && !wall(row, column + 1) {
                sets.unite(square, square + 1);
            }
            if row + 1 < high && !floor(row + 1, column) {
                sets.unite(square, square + wide);
            }
        }
    }
    let mut cells: Vec<Cell> = Vec::new();
    let mut place = vec![usize::MAX; wide * high];
    let mut squares = vec![0; wide * high];
    for row in 0..high {
        for column in 0..wide {
            let root = sets.root(row * wide + column);
            if place[root] == usize::MAX {
                place[root] = cells.len();
                cells.push(Cell {
                    left: columns[column],
                    right: columns[column + 1],
                    top: rows[row],
                    bottom: rows[row + 1],
                    row,
                    last_row: row,
                    outside: false,
                });
            }
            let index = place[root];
            squares[row * wide + column] = index;
            let cell = &mut cells[index];
            cell.left = cell.left.min(columns[column]);
            cell.right = cell.right.max(columns[column + 1]);
            cell.bottom = cell.bottom.max(rows[row + 1]);
            cell.last_row = cell.last_row.max(row);
            cell.outside |= column == 0 && !wall(row, 0)
                || column + 1 == wide && !wall(row, wide)
                || row == 0 && !floor(0, column)
                || row + 1 == high && !floor(high, column);
        }
    }
    if cells.iter().all(|cell| cell.outside) {
        return None;
    }
    let thickness = |at: f32| {
        let near = level.iter().filter(|line| (line.at - at).abs() <= SAME);
        near.map(|line| line.thickness).fold(0.0, f32::max)
    };
    Some(Grid {
        top_thickness: thickness(rows[0]),
        bottom_thickness: thickness(rows[high]),
        thinnest: level.iter().map(|line| line.thickness).fold(f32::INFINITY, f32::min),
        columns,
        rows,
        cells,
        squares,
        parent: None,
    })
}

/// Takes apart a table and the tables in its cells that share a part of its frame.
///
/// A cell that goes around others is no rectangle; what it goes around, with a narrow margin at the sides, is a table in it.
fn split(mut outer: Grid) -> Vec<Grid> {
    let wide = outer.columns.len() - 1;
    let mut inner = Vec::new();
    let mut work = 0;
    let around: Vec<usize> = (0..outer.cells.len()).filter(|index| !outer.cells[*index].outside).collect();
    let mut sizes = vec![0usize; outer.cells.len()];
    for cell in &outer.squares {
        sizes[*cell] += 1;
    }
    for index in around {
        let cell = outer.cells[index].clone();
        let (first, last) = (position(&outer.columns, cell.left), position(&outer.columns, cell.right));
        let (width, height) = (last - first, cell.last_row + 1 - cell.row);
        if cell.outside || sizes[index] == width * height {
            continue;
        }
        work += width * height;
        if work > 4 * SQUARE_LIMIT {
            break;
        }
        // Bundles of squares inside that belong to other cells.
        let mut sets = Sets::new(width * height);
        let square = |place: usize| (cell.row + place / width) * wide + first + place % width;
        let other = |outer: &Grid, place: usize| outer.squares[square(place)] != index;
        for place in (0..width * height).filter(|place| other(&outer, *place)) {
            if (place + 1) % width != 0 && other(&outer, place + 1) {
                sets.unite(place, place + 1);
            }
            if place + width < width * height && other(&outer, place + width) {
                sets.unite(place, place + width);
            }
        }
        let mut bundles: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut found = vec![usize::MAX; width * height];
        for place in (0..width * height).filter(|place| other(&outer, *place)) {
            let root = sets.root(place);
            if found[root] == usize::MAX {
                found[root] = bundles.len();
                bundles.push((root, Vec::new()));
            }
            bundles[found[root]].1.push(place);
        }
        for (_, places) in bundles {
            if let Some(grid) = cut_out(&outer, &cell, &places.iter().map(|place| square(*place)).collect::<Vec<_>>()) {
                for place in places {
                    let inside = outer.squares[square(place)];
                    outer.cells[inside].outside = true;
                    outer.squares[square(place)] = index;
                }
                inner.push(grid);
            }
        }
    }
    inner.push(outer);
    inner
}

/// A table of its own from squares of another's grid; none where they are no whole cells, or not inside with narrow margins.
fn cut_out(outer: &Grid, around: &Cell, squares: &[usize]) -> Option<Grid> {
    let wide = outer.columns.len() - 1;
    let (mut top, mut bottom, mut left, mut right) = (usize::MAX, 0, usize::MAX, 0);
    for square in squares {
        (top, bottom) = (top.min(square / wide), bottom.max(square / wide));
        (left, right) = (left.min(square % wide), right.max(square % wide));
    }
    let margins = outer.columns[left] - around.left + around.right - outer.columns[right + 1];
    if margins > MARGINS {
        return None;
    }
    let mut cells: Vec<Cell> = Vec::new();
    let mut names: HashMap<usize, usize> = HashMap::new();
    let own: HashSet<usize> = squares.iter().copied().collect();
    let mut inside = Vec::with_capacity((bottom + 1 - top) * (right + 1 - left));
    for row in top..=bottom {
        for column in left..=right {
            let square = row * wide + column;
            let from = outer.squares[square];
            let cell = &outer.cells[from];
            let taken = own.contains(&square);
            let whole =
                cell.row >= top && cell.last_row <= bottom && cell.left >= outer.columns[left] && cell.right <= outer.columns[right + 1];
            if taken && !whole {
                return None;
            }
            inside.push(*names.entry(from).or_insert_with(|| {
                let row = cell.row.saturating_sub(top);
                cells.push(Cell { row, last_row: cell.last_row.saturating_sub(top), outside: !taken, ..cell.clone() });
                cells.len() - 1
            }));
        }
    }
    Some(Grid {
        columns: outer.columns[left..=right + 1].to_vec(),
        rows: outer.rows[top..=bottom + 1].to_vec(),
        cells,
        squares: inside,
        parent: None,
        ..*outer
    })
}

/// The number of an edge.
fn position(edges: &[f32], at: f32) -> usize {
    edges.partition_point(|edge| *edge < at)
}

/// The places of lines, those that are one taken together.
fn edges(rules: &[Rule]) -> Vec<f32> {
    let mut places: Vec<f32> = rules.iter().map(|rule| rule.at).collect();
    places.sort_by(f32::total_cmp);
    let mut edges: Vec<f32> = Vec::new();
    let mut first = f32::NEG_INFINITY;
    let mut count = 0.0;
    for place in places {
        match edges.last_mut() {
            Some(edge) if place - first <= SAME => {
                count += 1.0;
                *edge += (place - *edge) / count;
            }
            _ => {
                first = place;
                count = 1.0;
                edges.push(place);
            }
        }
    }
    edges
}

/// Adds an edge where at least two lines end together beyond the last one; true where it did.
fn open_side(edges: &mut Vec<f32>, ends: impl Iterator<Item = f32> + Clone, far: bool) -> bool {
    let pick = if far { f32::max } else { f32::min };
    let Some(utmost) = ends.clone().reduce(pick) else { return false };
    let beyond = match if far { edges.last() } else { edges.first() } {
        Some(edge) if far => utmost - edge,
        Some(edge) => edge - utmost,
        None => return false,
    };
    if beyond < 2.0 * SAME || ends.filter(|end| (end - utmost).abs() <= SAME).count() < 2 {
        return false;
    }
    if far {
        edges.push(utmost)
    } else {
        edges.insert(0, utmost)
    }
    true
}

/// For each edge across (`edges`) and each gap between edges along (`gaps`), whether a rule runs there. Edge by edge.
fn ruled(rules: &[Rule], edges: &[f32], gaps: &[f32]) -> Vec<bool> {
    let count = gaps.len() - 1;
    let mut covered = vec![0.0f32; edges.len() * count];
    for rule in rules {
        let Some(edge) = nearest(edges, rule.at) else { continue };
        let begin = gaps.partition_point(|gap| *gap <= rule.from).saturating_sub(1);
        for gap in begin..count {
            if gaps[gap] >= rule.to {
                break;
            }
            covered[edge * count + gap] += rule.to.min(gaps[gap + 1]) - rule.from.max(gaps[gap]);
        }
    }
    covered
        .iter()
        .enumerate()
        .map(|(index, length)| {
            let gap = index % count;
            *length >= RULED * (gaps[gap + 1] - gaps[gap])
        })
        .collect()
}

fn nearest(edges: &[f32], at: f32) -> Option<usize> {
    let after = edges.partition_point(|edge| *edge < at);
    [after.checked_sub(1), Some(after)]
        .into_iter()
        .flatten()
        .filter(|index| *index < edges.len())
        .min_by(|a, b| (edges[*a] - at).abs().total_cmp(&(edges[*b] - at).abs()))
}

/// Disjoint sets, by union and path halving.
struct Sets {
    above: Vec<usize>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self { above: (0..count).collect() }
    }

    fn root(&mut self, mut index: usize) -> usize {
        while self.above[index] != index {
            self.above[index] = self.above[self.above[index]];
            index = self.above[index];
        }
        index
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        // The smaller number leads, so that a set is known by its first square.
        self.above[a.max(b)] = a.min(b);
    }
}
