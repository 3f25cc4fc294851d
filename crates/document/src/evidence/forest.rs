//! The counts of a concern as a forest plot: a square a share, a line its limits. There is no sum and no diamond.

use typeset::{Inline, Picture};

use super::counted::{Counted, Limits, POOLED};
use crate::svg::{Anchor, Drawing, fitted};

/// Units of the drawing: these are the width of the text.
const WIDTH: f64 = 660.0;
/// Where the shares stand; words are left of it, figures right of it.
const LEFT: f64 = 296.0;
const RIGHT: f64 = 480.0;
const HEAD: f64 = 30.0;
const ROW: f64 = 29.0;
/// Rows in a picture.
const ROWS: usize = 20;

/// Draws the counts of a concern that have limits. `number` counts the pictures of the document.
pub fn pictures(name: &str, all: &[Counted<'_>], number: &mut usize) -> Vec<Picture> {
    let rows: Vec<(usize, &Counted<'_>, f64, f64, &str)> = all
        .iter()
        .enumerate()
        .filter_map(|(n, row)| match &row.limits {
            Limits::Exact { lower, upper, text } => Some((n + 1, row, *lower, *upper, text.as_str())),
            _ => None,
        })
        .collect();
    // every part of the picture has the same scale
    let highest = rows.iter().map(|row| row.3).fold(0.0, f64::max);
    let scale = Scale::of(highest);
    rows.chunks(ROWS)
        .map(|rows| {
            *number += 1;
            let mut drawing = Drawing::new(WIDTH);
            let bottom = HEAD + ROW * rows.len() as f64;
            axis(&mut drawing, &scale, bottom);
            for (n, row) in rows.iter().enumerate() {
                draw(&mut drawing, &scale, HEAD + ROW * n as f64, *row);
            }
            let told: Vec<String> = rows.iter().map(|(n, row, _, _, text)| words(*n, row, text)).collect();
            Picture {
                svg: drawing.finish(bottom + 26.0),
                alternative: format!("{name}の発現割合と95%信頼区間。{}", told.join("。")),
                caption: vec![Inline::text(format!("図{number}　{name}：発現割合と正確な95%信頼区間（番号は表の番号。併合しない）"))],
                width: 1.0,
            }
        })
        .collect()
}

fn words(n: usize, row: &Counted<'_>, limits: &str) -> String {
    let counts = row.counts;
    let share = row.percentage.as_deref().unwrap_or("–");
    format!("{n} {} {} {}/{}、{share}%（{limits}）", row.study, row.event, counts.x, counts.n)
}

/// From 0 to a round number above the highest limit.
struct Scale {
    highest: f64,
    step: f64,
}

impl Scale {
    fn of(highest: f64) -> Self {
        let wanted = highest.clamp(0.0005, 1.0);
        let steps = [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2];
        let step = steps.into_iter().find(|step| wanted / step <= 6.0).unwrap_or(0.2);
        Self { highest: ((wanted / step - 1e-9).ceil() * step).min(1.0), step }
    }

    fn x(&self, share: f64) -> f64 {
        LEFT + (RIGHT - LEFT) * (share / self.highest).clamp(0.0, 1.0)
    }
}

fn axis(drawing: &mut Drawing, scale: &Scale, bottom: f64) {
    drawing.words(2.0, HEAD - 12.0, 9.5, Anchor::Start, "番号　試験・集団、事象");
    drawing.words((LEFT + RIGHT) / 2.0, HEAD - 12.0, 9.5, Anchor::Middle, "発現割合");
    drawing.words(WIDTH - 4.0, HEAD - 12.0, 9.5, Anchor::End, "例数　割合（95%信頼区間）");
    drawing.line((0.0, HEAD - 4.0), (WIDTH, HEAD - 4.0), 0.8, "#000", "");
    let decimals = if scale.step < 0.001 { 2 } else { usize::from(scale.step < 0.01) };
    let mut n = 0.0;
    while n * scale.step <= scale.highest + 1e-9 {
        let share = n * scale.step;
        let x = scale.x(share);
        drawing.line((x, HEAD - 4.0), (x, bottom + 5.0), if n == 0.0 { 1.0 } else { 0.3 }, if n == 0.0 { "#000" } else { "#aaa" }, "");
        drawing.words(x, bottom + 16.0, 9.5, Anchor::Middle, &format!("{:.decimals$}%", share * 100.0));
        n += 1.0;
    }
    drawing.line((LEFT, bottom + 2.0), (RIGHT, bottom + 2.0), 0.8, "#000", "");
}

fn draw(drawing: &mut Drawing, scale: &Scale, top: f64, (n, row, lower, upper, limits): (usize, &Counted<'_>, f64, f64, &str)) {
    drawing.words(18.0, top + 13.0, 10.0, Anchor::End, &n.to_string());
    let study = if row.study.is_empty() { "試験の記載なし" } else { row.study.trim_end_matches(POOLED) };
    let room = LEFT - 30.0;
    drawing.words(24.0, top + 13.0, 10.0, Anchor::Start, &fitted(study, room / 10.0, 1)[0]);
    drawing.words(24.0, top + 24.0, 8.5, Anchor::Start, &fitted(&row.event, room / 8.5, 1)[0]);
    let y = top + 15.0;
    let (from, until) = (scale.x(lower), scale.x(upper));
    drawing.line((from, y), (until, y), 1.4, "#000", "");
    for x in [from, until] {
        drawing.line((x, y - 4.0), (x, y + 4.0), 1.4, "#000", "");
    }
    let counts = row.counts;
    let at = scale.x(counts.x as f64 / counts.n as f64);
    drawing.bar(at - 4.0, y - 4.0, 8.0, 8.0, "#000");
    let share = row.percentage.as_deref().unwrap_or("–");
    drawing.words(WIDTH - 4.0, y + 4.0, 9.5, Anchor::End, &format!("{}/{}　{share}%（{limits}）", counts.x, counts.n));
}
