//! Puts glyphs together to visual lines.

use std::collections::BTreeMap;

use super::page::{Direction, Glyph};

/// Width of a column of text, in points: half a character of the smallest type in use, so that text never outgrows its place.
const COLUMN: f32 = 4.0;
/// Widest line written with its gaps as wide as printed, in columns. A3 across has 298.
pub(super) const WIDEST: i64 = 320;
/// A gap wider than this, in type sizes, parts columns by itself.
const WIDE_GAP: f32 = 2.5;
/// One that no blank fills does in a line that has a wide one.
const UNFILLED_GAP: f32 = 0.9;
/// A narrower one does where a wide one ends at the same place in another line.
const NARROW_GAP: f32 = 0.6;
/// Texts of one column begin no farther apart than this, in points.
const SAME_START: f32 = 1.5;

/// The column of text at a place. Lines and their parts count from the same edge, so that what stands below each other stays so.
pub(super) fn column(x: f32) -> i64 {
    // The cast saturates.
    (x / COLUMN).round() as i64
}

/// A line as it is printed. Lengths in points, measured the way its text runs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// Its text, blanks put in where the printing shows them.
    pub text: String,
    /// Where it begins.
    pub left: f32,
    /// Where it ends.
    pub right: f32,
    /// Its baseline, which orders the lines.
    pub base: f32,
    /// Its middle on the upright page, from the top, whichever way it runs.
    pub y: f32,
    /// Its largest font size.
    pub size: f32,
    /// Width of its beginning that cannot be parted at a line end.
    pub head: f32,
    /// Which way it runs.
    pub direction: Direction,
    /// Has gaps that part columns.
    pub parted: bool,
}

/// A line while its glyphs are gathered.
struct Gathering {
    top: f32,
    bottom: f32,
    base: f32,
    glyphs: Vec<Glyph>,
}

/// Lines of one cell, or of the page outside tables, from top to bottom.
///
/// `columns` tells that gaps may part columns, as outside of ruled tables; those are written as many blanks as they are wide.
pub(super) fn lines(glyphs: Vec<Glyph>, columns: bool) -> Vec<Line> {
    let mut by_direction: BTreeMap<Direction, Vec<Glyph>> = BTreeMap::new();
    for glyph in glyphs {
        by_direction.entry(glyph.direction).or_default().push(glyph);
    }
    by_direction.into_values().flat_map(|glyphs| level_lines(glyphs, columns)).collect()
}

fn level_lines(glyphs: Vec<Glyph>, columns: bool) -> Vec<Line> {
    let lines = gathered(glyphs);
    let starts = columns.then(|| sorted(starts(&lines)));
    lines.into_iter().map(|line| written(line, starts.as_deref())).collect()
}

/// Whether text shows columns by nothing but its gaps: by two in one line, or by two that end below each other.
pub(super) fn shows_columns(glyphs: Vec<Glyph>) -> bool {
    let lines = gathered(glyphs.into_iter().filter(|glyph| glyph.direction == Direction::Along).collect());
    let starts: Vec<Vec<f32>> = lines.iter().map(|line| starts(std::slice::from_ref(line))).collect();
    let all = sorted(starts.concat());
    starts.iter().any(|line| line.len() > 1) || all.windows(2).any(|pair| pair[1] - pair[0] <= SAME_START)
}

fn sorted(mut places: Vec<f32>) -> Vec<f32> {
    places.sort_by(f32::total_cmp);
    places
}

/// The glyphs of each line, from left to right, and the lines from top to bottom.
fn gathered(mut glyphs: Vec<Glyph>) -> Vec<Gathering> {
    // Large ones first: they make the lines that superscripts then join.
    glyphs.sort_by(|a, b| {
        a.character.is_whitespace().cmp(&b.character.is_whitespace()).then(b.size.total_cmp(&a.size)).then(a.base.total_cmp(&b.base))
    });
    let mut lines: Vec<Gathering> = Vec::new();
    let mut by_base: BTreeMap<i64, usize> = BTreeMap::new();
    let tallest = glyphs.first().map_or(0.0, |glyph| glyph.size.min(100.0));
    for glyph in glyphs {
        let (top, bottom) = (glyph.base - 0.85 * glyph.size, glyph.base + 0.15 * glyph.size);
        let near = key(glyph.base - tallest)..=key(glyph.base + tallest);
        let best = by_base
            .range(near)
            .map(|(_, index)| (*index, bottom.min(lines[*index].bottom) - top.max(lines[*index].top)))
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .filter(|(_, overlap)| *overlap > 0.5 * glyph.size);
        match best {
            Some((index, _)) => lines[index].glyphs.push(glyph),
            // A blank alone is no line.
            None if glyph.character.is_whitespace() => {}
            None => {
                by_base.insert(key(glyph.base), lines.len());
                lines.push(Gathering { top, bottom, base: glyph.base, glyphs: vec![glyph] });
            }
        }
    }
    lines.sort_by(|a, b| a.base.total_cmp(&b.base));
    for line in &mut lines {
        line.glyphs.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    lines
}

fn key(base: f32) -> i64 {
    (f64::from(base) * 20.0).round() as i64
}

/// Where text begins after a wide gap; and, in a line with one, after any gap that no blank fills, as beside a column of page numbers.
fn starts(lines: &[Gathering]) -> Vec<f32> {
    let mut starts = Vec::new();
    for line in lines {
        let kept = starts.len();
        let mut wide = false;
        let mut before: Option<&Glyph> = None;
        let mut blank = false;
        for glyph in &line.glyphs {
            if glyph.character.is_whitespace() {
                blank = true;
                continue;
            }
            if let Some(before) = before {
                let gap = (glyph.left - before.right) / before.size.max(glyph.size);
                wide |= gap > WIDE_GAP;
                if gap > WIDE_GAP || gap > UNFILLED_GAP && !blank {
                    starts.push(glyph.left);
                }
            }
            before = Some(glyph);
            blank = false;
        }
        if !wide {
            starts.truncate(kept);
        }
    }
    starts
}

/// Writes a line. `starts` are the places where columns begin on a page outside of tables.
fn written(line: Gathering, starts: Option<&[f32]>) -> Line {
    let glyphs = line.glyphs;
    let direction = glyphs[0].direction;
    let size = glyphs.iter().map(|glyph| glyph.size).fold(0.0, f32::max);
    let y = glyphs.iter().map(|glyph| glyph.middle.1).fold(f32::INFINITY, f32::min);
    let mut text = String::with_capacity(glyphs.len() * 3);
    let mut last: Option<Glyph> = None;
    let mut blank: Option<char> = None;
    let mut left = 0.0;
    let mut head: Option<f32> = None;
    let mut parted = false;
    let mut length = 1; // of the text, in characters
    let begins = |x: f32| {
        starts.is_some_and(|starts| starts.get(starts.partition_point(|s| *s < x - SAME_START)).is_some_and(|s| *s <= x + SAME_START))
    };
    for glyph in glyphs {
        if glyph.character.is_whitespace() {
            if last.is_some() {
                blank = Some(if glyph.character == '\u{3000}' { '\u{3000}' } else { blank.unwrap_or(' ') });
            }
            continue;
        }
        let Some(before) = last else {
            left = glyph.left;
            text.push(glyph.character);
            last = Some(glyph);
            continue;
        };
        // Bold that is printed by printing twice.
        let doubled = glyph.character == before.character
            && glyph.left - before.left < (0.3 * (before.right - before.left)).min(2.0)
            && (glyph.base - before.base).abs() < 1.0;
        if doubled {
            continue;
        }
        let gap = (glyph.left - before.right) / before.size.min(glyph.size).max(0.5 * size);
        let wide = is_wide(before.character) && is_wide(glyph.character);
        let mixed = is_wide(before.character) != is_wide(glyph.character);
        // In points of the font size: Word and others set a quarter between Japanese and Latin letters by themselves.
        let enough = match (blank.is_some(), wide, mixed) {
            (true, true, _) => 0.2,
            (true, false, true) => 0.3,
            (true, false, false) => 0.1,
            (false, true, _) => 0.9,
            (false, false, true) => 0.45,
            (false, false, false) => 0.18,
        };
        if starts.is_some() && (gap > WIDE_GAP || gap > NARROW_GAP && begins(glyph.left)) {
            let place = (column(glyph.left) - column(left)).min(WIDEST);
            let blanks = (place - length).max(2);
            text.extend(std::iter::repeat_n(' ', blanks as usize));
            length += blanks;
            parted = true;
        } else if gap > enough {
            text.push(blank.unwrap_or(' '));
            length += 1;
        }
        if head.is_none() && (gap > enough || breakable(before.character, glyph.character)) {
            head = Some(before.right - left);
        }
        blank = None;
        text.push(glyph.character);
        length += 1;
        last = Some(glyph);
    }
    let right = last.map_or(left, |glyph| glyph.right);
    Line { text, left, right, base: line.base, y, size, head: head.unwrap_or(right - left), direction, parted }
}

/// Whether a character takes a full square, as Japanese ones do.
pub(super) fn is_wide(character: char) -> bool {
    matches!(character as u32, 0x2E80..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1_F000..=0x3_FFFF | 0x2460..=0x24FF | 0x25A0..=0x25FF)
        || "…‥―—“”‘’※→←↑↓○●◎△▲□■◆◇★☆".contains(character)
}

/// Whether a line may end between two characters, by the rules of Japanese typesetting in short.
fn breakable(before: char, after: char) -> bool {
    const NOT_FIRST: &str = "、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝〕〉》」』】,.:;?!)]}ぁぃぅぇぉっゃゅょァィゥェォッャュョ%％";
    const NOT_LAST: &str = "（［｛〔〈《「『【([{";
    // a figure and the brackets after it stay together: 6.3%（9/144例）
    let figure = (before.is_ascii_alphanumeric() || "%％".contains(before)) && NOT_LAST.contains(after);
    // and some programs keep a Latin word with the comma before it
    let clause = "、。，．".contains(before) && after.is_ascii_alphanumeric();
    !NOT_FIRST.contains(after) && !NOT_LAST.contains(before) && !figure && !clause && (is_wide(before) || is_wide(after))
}
