//! Glyphs and ruled lines of one page, turned so that its text runs from left to right.

use pdf_oxide::PdfDocument;
use pdf_oxide::elements::{PathContent, PathOperation};
use pdf_oxide::layout::{Color, TextChar, TextSpan};

use super::lines::is_wide;
use super::read::nested_too_deeply;

/// Thickest stroke or filled bar, in points, that counts as a ruled line.
const THICKEST_RULE: f32 = 6.0;
/// How far a line may slant, in points, and still be level or upright.
const SLANT: f32 = 1.0;
/// Coordinates beyond this, in points, are nonsense: a page has at most 14,400.
const FARTHEST: f32 = 50_000.0;

/// Which way a glyph runs, relative to most of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    /// As most of the page.
    Along,
    /// A quarter turn to the left.
    Left,
    /// Upside down.
    Over,
    /// A quarter turn to the right.
    Right,
    /// Aslant, as a watermark.
    Aslant,
}

/// One character as printed. Lengths are in points; y grows downwards.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    /// The character.
    pub character: char,
    /// Where it begins, along its line.
    pub left: f32,
    /// Where it ends, along its line.
    pub right: f32,
    /// Its baseline, across its line.
    pub base: f32,
    /// Font size.
    pub size: f32,
    /// The middle of the glyph on the upright page.
    pub middle: (f32, f32),
    /// Which way its line runs; `left`, `right` and `base` are measured in a page turned that way.
    pub direction: Direction,
}

/// A straight ruled line, level or upright.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    /// Place across its length: y of a level line, x of an upright one.
    pub at: f32,
    /// Smaller end.
    pub from: f32,
    /// Larger end.
    pub to: f32,
    /// Thickness.
    pub thickness: f32,
}

/// What is printed on a page.
#[derive(Debug, Default)]
pub(super) struct Printed {
    /// All glyphs, blanks included, in no particular order.
    pub glyphs: Vec<Glyph>,
    /// Level lines.
    pub level: Vec<Rule>,
    /// Upright lines.
    pub upright: Vec<Rule>,
    /// Width and height of the upright page.
    pub extent: (f32, f32),
}

/// A glyph as the library tells it, before the page is turned.
struct Raw {
    character: char,
    origin: (f32, f32),
    advance: f32,
    size: f32,
    /// Degrees, against the clock.
    angle: f32,
}

/// Takes a page from the library.
pub(super) fn printed(document: &PdfDocument, index: usize) -> Result<Printed, pdf_oxide::Error> {
    let content = document.get_page_content_data(index)?;
    if nested_too_deeply(&content) {
        return Err(pdf_oxide::Error::InvalidPdf("brackets nested too deeply".into()));
    }
    // Replacement text is understood in spans only; the glyphs of single characters are more exact everywhere else.
    let raw: Vec<Raw> = if holds(&content, b"/ActualText") {
        document.extract_spans(index)?.iter().flat_map(of_span).collect()
    } else {
        document.extract_chars(index)?.iter().map(of_character).collect()
    };
    drop(content);
    let (x0, y0, x1, y1) = document.get_page_visible_box(index).unwrap_or((-FARTHEST, -FARTHEST, FARTHEST, FARTHEST));
    let (x0, x1) = (x0.min(x1), x0.max(x1));
    let (y0, y1) = (y0.min(y1), y0.max(y1));
    let raw: Vec<Raw> = raw
        .into_iter()
        .filter(|glyph| {
            let (x, y) = glyph.origin;
            let sound = [x, y, glyph.advance, glyph.size].iter().all(|value| value.abs() < FARTHEST);
            sound && x >= x0 - glyph.size && x <= x1 && y >= y0 - glyph.size && y <= y1
        })
        .collect();
    let turn = prevailing(&raw);
    let mut page = Printed {
        glyphs: raw.iter().map(|glyph| turned(glyph, turn)).collect(),
        extent: if turn.is_multiple_of(2) { (x1 - x0, y1 - y0) } else { (y1 - y0, x1 - x0) },
        ..Printed::default()
    };
    for path in document.extract_paths(index)? {
        collect_rules(&path, turn, &mut page);
    }
    Ok(page)
}

fn holds(content: &[u8], name: &[u8]) -> bool {
    content.windows(name.len()).any(|window| window == name)
}

fn of_character(character: &TextChar) -> Raw {
    // The library measures the advance along the page's x, where upright text has none.
    let along = character.rotation_degrees.to_radians().cos().abs();
    let advance = if along > 0.1 {
        character.advance_width / along
    } else if is_wide(character.char) {
        character.font_size
    } else {
        character.font_size / 2.0
    };
    Raw {
        character: character.char,
        origin: (character.origin_x, character.origin_y),
        advance,
        size: character.font_size,
        angle: character.rotation_degrees,
    }
}

fn of_span(span: &TextSpan) -> Vec<Raw> {
    let count = span.text.chars().count();
    let (cos, sin) = (span.rotation_degrees.to_radians().cos(), span.rotation_degrees.to_radians().sin());
    let level = span.rotation_degrees == 0.0;
    let even = if level { span.bbox.width } else { span.bbox.width.max(span.bbox.height) } / count.max(1) as f32;
    let mut along = 0.0;
    span.text
        .chars()
        .enumerate()
        .map(|(index, character)| {
            let advance = if span.char_widths.len() == count { span.char_widths[index] } else { even };
            let origin = if level && span.char_x_offsets.len() == count {
                (span.char_x_offsets[index], span.bbox.y)
            } else {
                (span.bbox.x + along * cos, span.bbox.y + along * sin)
            };
            along += advance;
            Raw { character, origin, advance, size: span.font_size, angle: span.rotation_degrees }
        })
        .collect()
}

/// Quarter turns against the clock; none where the text is aslant.
fn quarter_turns(angle: f32) -> Option<u8> {
    let turns = (angle / 90.0).round();
    if (angle - turns * 90.0).abs() > 5.0 {
        return None;
    }
    Some((turns as i32).rem_euclid(4) as u8)
}

/// The direction of most glyphs.
fn prevailing(glyphs: &[Raw]) -> u8 {
    let mut counts = [0usize; 4];
    for glyph in glyphs.iter().filter(|glyph| !glyph.character.is_whitespace()) {
        if let Some(turns) = quarter_turns(glyph.angle) {
            counts[turns as usize] += 1;
        }
    }
    // The last of equals wins in `max_by_key`; upright is to win.
    (0..4u8).rev().max_by_key(|turns| counts[*turns as usize]).unwrap_or(0)
}

/// The page turned back by quarter turns, and y turned to grow downwards.
fn upright(turns: u8, (x, y): (f32, f32)) -> (f32, f32) {
    match turns {
        0 => (x, -y),
        1 => (y, x),
        2 => (-x, y),
        _ => (-y, -x),
    }
}

fn turned(glyph: &Raw, turn: u8) -> Glyph {
    let own = quarter_turns(glyph.angle);
    let direction = match own.map(|own| (own + 4 - turn) % 4) {
        Some(0) => Direction::Along,
        Some(1) => Direction::Left,
        Some(2) => Direction::Over,
        Some(_) => Direction::Right,
        None => Direction::Aslant,
    };
    let (left, base) = upright(own.unwrap_or(turn), glyph.origin);
    let (sin, cos) = glyph.angle.to_radians().sin_cos();
    let (half, rise) = (glyph.advance / 2.0, glyph.size * 0.35);
    let middle = (glyph.origin.0 + cos * half - sin * rise, glyph.origin.1 + sin * half + cos * rise);
    Glyph {
        character: glyph.character,
        left,
        right: left + glyph.advance.max(0.0),
        base,
        size: glyph.size.abs().max(0.5),
        middle: upright(turn, middle),
        direction,
    }
}

fn collect_rules(path: &PathContent, turn: u8, page: &mut Printed) {
    let stroked = path.stroke_color.as_ref().is_some_and(visible) && path.stroke_width <= THICKEST_RULE;
    let filled = path.fill_color.as_ref().is_some_and(visible);
    if !stroked && !filled {
        return;
    }
    let thickness = path.stroke_width.max(0.0);
    let mut outline: Vec<(f32, f32)> = Vec::new();
    let mut curved = false;
    for operation in &path.operations {
        match *operation {
            PathOperation::MoveTo(x, y) => {
                if filled && !curved {
                    bar(&outline, page);
                }
                outline.clear();
                curved = false;
                outline.push(upright(turn, (x, y)));
            }
            PathOperation::LineTo(x, y) => {
                let to = upright(turn, (x, y));
                if let (true, Some(from)) = (stroked, outline.last()) {
                    segment(*from, to, thickness, page);
                }
                outline.push(to);
            }
            PathOperation::CurveTo(_, _, _, _, x, y) => {
                curved = true;
                outline.push(upright(turn, (x, y)));
            }
            PathOperation::Rectangle(x, y, width, height) => {
                let (a, c) = (upright(turn, (x, y)), upright(turn, (x + width, y + height)));
                if stroked {
                    segment(a, (c.0, a.1), thickness, page);
                    segment((c.0, a.1), c, thickness, page);
                    segment(c, (a.0, c.1), thickness, page);
                    segment((a.0, c.1), a, thickness, page);
                }
                if filled {
                    bar(&[a, c], page);
                }
            }
            PathOperation::ClosePath => {
                if let (true, Some(from), Some(to)) = (stroked, outline.last(), outline.first()) {
                    segment(*from, *to, thickness, page);
                }
            }
        }
    }
    if filled && !curved {
        bar(&outline, page);
    }
}

/// White strokes only hide what is under them.
fn visible(color: &Color) -> bool {
    color.r.min(color.g).min(color.b) < 0.97
}

fn segment(from: (f32, f32), to: (f32, f32), thickness: f32, page: &mut Printed) {
    if [from.0, from.1, to.0, to.1].iter().any(|value| value.is_nan() || value.abs() > FARTHEST) {
        return;
    }
    let (wide, high) = ((from.0 - to.0).abs(), (from.1 - to.1).abs());
    if high <= SLANT && wide > high {
        page.level.push(Rule { at: (from.1 + to.1) / 2.0, from: from.0.min(to.0), to: from.0.max(to.0), thickness });
    } else if wide <= SLANT && high > wide {
        page.upright.push(Rule { at: (from.0 + to.0) / 2.0, from: from.1.min(to.1), to: from.1.max(to.1), thickness });
    }
}

/// A thin filled shape is a ruled line too: Word prints borders so.
fn bar(outline: &[(f32, f32)], page: &mut Printed) {
    let Some(first) = outline.first() else { return };
    let mut low = *first;
    let mut high = *first;
    for point in outline {
        low = (low.0.min(point.0), low.1.min(point.1));
        high = (high.0.max(point.0), high.1.max(point.1));
    }
    let (wide, tall) = (high.0 - low.0, high.1 - low.1);
    if wide.min(tall) > THICKEST_RULE / 2.0 {
        return;
    }
    if wide > tall {
        let middle = (low.1 + high.1) / 2.0;
        segment((low.0, middle), (high.0, middle), tall, page);
    } else {
        let middle = (low.0 + high.0) / 2.0;
        segment((middle, low.1), (middle, high.1), wide, page);
    }
}
