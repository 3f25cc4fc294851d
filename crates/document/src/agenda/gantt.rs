//! The periods of a plan as a picture: one line a period, the reports and milestones on their days, the day of the calendar across all.

use calendar::{Date, japanese_era};
use typeset::{Inline, Picture};

use super::{Agenda, Kind, Lane, Standing};
use crate::svg::{Anchor, Drawing, fitted, width};

/// Units of the drawing: 1000 are the width of a page that lies.
const WIDTH: f64 = 1000.0;
/// Where the time begins; names stand left of it.
const LEFT: f64 = 268.0;
const RIGHT: f64 = 985.0;
/// Height of what stands above the lines.
const HEAD: f64 = 46.0;
/// Height of a line.
const ROW: f64 = 34.0;
/// Lines on a page.
const ROWS: usize = 15;
/// Where the bar begins in its line, and how high it is.
const BAR: (f64, f64) = (15.0, 13.0);
/// A plan that reaches further back or ahead is drawn from so many years before the day of the calendar, to so many after it.
const YEARS: (i16, i16) = (4, 12);
/// The words of a mark.
const SMALL: f64 = 9.0;

/// The time that is drawn.
struct Scale {
    from: Date,
    until: Date,
}

impl Scale {
    fn of(lanes: &[Lane], as_of: Date) -> Self {
        let days = || lanes.iter().flat_map(days).chain([as_of]);
        let first = days().min().map_or(as_of.year(), Date::year);
        let last = days().max().map_or(as_of.year(), Date::year);
        let long = last - first >= YEARS.0 + YEARS.1;
        let from = if long { first.max(as_of.year() - YEARS.0) } else { first };
        let until = if long { last.min(as_of.year() + YEARS.1) } else { last };
        let year = |year: i16, month, day| Date::new(year, month, day).unwrap_or(as_of);
        Self { from: year(from, 1, 1), until: year(until, 12, 31) }
    }

    /// Where a day stands; days outside stand at the border.
    fn x(&self, day: Date) -> f64 {
        let whole = f64::from(days_between(self.from, self.until).max(1));
        let at = f64::from(days_between(self.from, day.clamp(self.from, self.until)));
        LEFT + (RIGHT - LEFT) * at / whole
    }

    fn holds(&self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }

    fn shows(&self, lane: &Lane) -> bool {
        let first = days(lane).min();
        let last = days(lane).max();
        // without an end it goes on
        let last = if lane.end.is_none() && lane.start.is_some() { Some(Date::MAX) } else { last };
        first.is_some_and(|first| first <= self.until) && last.is_some_and(|last| last >= self.from)
    }
}

fn days_between(from: Date, until: Date) -> i32 {
    until.since(from).map_or(0, |span| span.get_days())
}

fn days(lane: &Lane) -> impl Iterator<Item = Date> + '_ {
    let reports = lane.reports.iter().map(|(day, _)| *day);
    lane.start.into_iter().chain(lane.end).chain(lane.milestones.iter().copied()).chain(reports)
}

/// Draws the periods; a long list takes several pictures.
pub fn pictures(agenda: &Agenda, as_of: Date) -> Vec<Picture> {
    let scale = Scale::of(&agenda.lanes, as_of);
    let lanes: Vec<&Lane> = agenda.lanes.iter().filter(|lane| scale.shows(lane)).collect();
    let left_out = agenda.lanes.len() - lanes.len();
    // as many lines on each page
    let pages = lanes.len().div_ceil(ROWS).max(1);
    let each = lanes.len().div_ceil(pages).max(1);
    lanes
        .chunks(each)
        .enumerate()
        .map(|(n, lanes)| {
            let mut caption = format!("図{}　期間と期日（基準日 {}）", n + 1, japanese_era(as_of));
            if left_out > 0 {
                caption.push_str(&format!("。{}年より前に終わった期間 {left_out} 件は表だけに示す。", scale.from.year()));
            }
            Picture { svg: draw(lanes, &scale, as_of), alternative: told(lanes, as_of), caption: vec![Inline::text(caption)], width: 1.0 }
        })
        .collect()
}

fn draw(lanes: &[&Lane], scale: &Scale, as_of: Date) -> String {
    let mut drawing = Drawing::new(WIDTH);
    let bottom = HEAD + ROW * lanes.len() as f64;
    years(&mut drawing, scale, bottom);
    let now = scale.x(as_of);
    drawing.line((now, HEAD - 28.0), (now, bottom), 1.4, "#000", "6 3");
    for (n, lane) in lanes.iter().enumerate() {
        let top = HEAD + ROW * n as f64;
        drawing.line((0.0, top), (RIGHT, top), if n == 0 { 0.8 } else { 0.4 }, "#999", "");
        row(&mut drawing, lane, scale, top);
        // through the bars too, so that it can be followed
        drawing.line((now, top + BAR.0), (now, top + BAR.0 + BAR.1), 1.4, "#000", "6 3");
    }
    drawing.line((0.0, bottom), (RIGHT, bottom), 0.8, "#999", "");
    let words = format!("基準日 {as_of}");
    let half = width(&words) * 5.5;
    drawing.words(now.clamp(LEFT + half, RIGHT - half), HEAD - 34.0, 11.0, Anchor::Middle, &words);
    key(&mut drawing, bottom + 22.0);
    drawing.finish(bottom + 34.0)
}

fn years(drawing: &mut Drawing, scale: &Scale, bottom: f64) {
    let count = f64::from(scale.until.year() - scale.from.year() + 1);
    let step = (count * 46.0 / (RIGHT - LEFT)).ceil().max(1.0) as usize;
    for year in (scale.from.year()..=scale.until.year()).step_by(step) {
        let Ok(first) = Date::new(year, 1, 1) else { continue };
        let x = scale.x(first);
        drawing.line((x, HEAD - 26.0), (x, bottom), 0.4, "#999", "");
        drawing.words(x + 3.0, HEAD - 17.0, 10.0, Anchor::Start, &year.to_string());
        // the year in which it ends: the era may have changed
        let era = Date::new(year, 12, 31).map(japanese_era).unwrap_or_default();
        let era = era.split('年').next().unwrap_or_default().to_owned();
        drawing.words(x + 3.0, HEAD - 6.0, 8.0, Anchor::Start, &era);
    }
}

fn row(drawing: &mut Drawing, lane: &Lane, scale: &Scale, top: f64) {
    let name = fitted(&lane.name, (LEFT - 14.0) / 10.5, 2);
    let first = if name.len() == 1 { top + 21.0 } else { top + 14.0 };
    for (n, line) in name.iter().enumerate() {
        drawing.words(2.0, first + 13.0 * n as f64, 10.5, Anchor::Start, line);
    }
    let (bar, high) = (top + BAR.0, BAR.1);
    if lane.start.is_some() || lane.end.is_some() {
        let (from, until) = (lane.start.unwrap_or(scale.from), lane.end.unwrap_or(scale.until));
        let (x, end) = (scale.x(from), scale.x(until).max(scale.x(from) + 1.5));
        let ground = match lane.kind {
            Kind::Reexamination => "#fff",
            Kind::Eppv => "#8c8c8c",
            Kind::Survey | Kind::Measure => "#dcdcdc",
        };
        let (y, h) = if lane.kind == Kind::Reexamination { (bar + 3.0, high - 6.0) } else { (bar, high) };
        drawing.bar(x, y, end - x, h, ground);
        // what goes on beyond the picture, or has no stated end, ends in an arrow
        if lane.start.is_none_or(|start| !scale.holds(start)) {
            drawing.shape(&[(x, y), (x, y + h), (x - 6.0, y + h / 2.0)], "#000");
        }
        if lane.end.is_none_or(|end| !scale.holds(end)) {
            drawing.shape(&[(end, y), (end, y + h), (end + 6.0, y + h / 2.0)], "#000");
        }
    }
    if let Some((from, until)) = lane.registration {
        let from = from.or(lane.start).unwrap_or(scale.from);
        let until = until.or(lane.end).unwrap_or(scale.until);
        if from <= scale.until && until >= scale.from {
            let (x, end) = (scale.x(from), scale.x(until));
            drawing.bar(x, bar + high / 2.0 - 2.0, (end - x).max(1.5), 4.0, "#000");
        }
    }
    let middle = bar + high / 2.0;
    for day in lane.milestones.iter().filter(|day| scale.holds(**day)) {
        milestone(drawing, scale.x(*day), middle);
    }
    for (day, standing) in lane.reports.iter().filter(|(day, _)| scale.holds(*day)) {
        report(drawing, scale.x(*day), middle, *standing);
    }
    labels(drawing, lane, scale, top + 11.0);
}

fn milestone(drawing: &mut Drawing, x: f64, y: f64) {
    drawing.shape(&[(x, y - 5.5), (x + 5.5, y), (x, y + 5.5), (x - 5.5, y)], "#fff");
}

fn report(drawing: &mut Drawing, x: f64, y: f64, standing: Standing) {
    let ground = if standing == Standing::Made { "#000" } else { "#fff" };
    drawing.shape(&[(x - 6.0, y + 6.0), (x + 6.0, y + 6.0), (x, y - 6.0)], ground);
    if matches!(standing, Standing::Overdue(_)) {
        drawing.line((x - 9.0, y - 9.0), (x + 9.0, y + 9.0), 1.6, "#000", "");
        drawing.line((x - 9.0, y + 9.0), (x + 9.0, y - 9.0), 1.6, "#000", "");
    }
}

/// The days above the bar, the weightiest first; those without room stand in the table alone.
fn labels(drawing: &mut Drawing, lane: &Lane, scale: &Scale, y: f64) {
    let mut wanted: Vec<(u8, Date, String)> = Vec::new();
    for (day, standing) in &lane.reports {
        match standing {
            Standing::Overdue(_) => wanted.push((0, *day, format!("{day} 超過"))),
            Standing::Ahead(_) => wanted.push((1, *day, day.to_string())),
            Standing::Made | Standing::Passed => wanted.push((4, *day, day.to_string())),
        }
    }
    wanted.extend(lane.end.map(|day| (2, day, day.to_string())));
    wanted.extend(lane.registration.and_then(|(_, until)| until).map(|day| (3, day, day.to_string())));
    wanted.extend(lane.milestones.iter().map(|day| (5, *day, day.to_string())));
    wanted.extend(lane.start.map(|day| (6, day, day.to_string())));
    wanted.sort_by_key(|(weight, day, _)| (*weight, *day));
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for (_, day, words) in wanted.into_iter().filter(|(_, day, _)| scale.holds(*day)) {
        let wide = width(&words) * SMALL;
        let x = (scale.x(day) - wide / 2.0).clamp(LEFT, (WIDTH - wide).max(LEFT));
        if taken.iter().all(|(from, until)| x + wide + 4.0 < *from || *until + 4.0 < x) {
            drawing.label(x, y, SMALL, &words);
            taken.push((x, x + wide));
        }
    }
}

/// What the signs mean.
fn key(drawing: &mut Drawing, y: f64) {
    let mut x = 2.0;
    let mut say = |drawing: &mut Drawing, sign: f64, words: &str| {
        drawing.words(x + sign + 5.0, y, 10.0, Anchor::Start, words);
        let at = x;
        x += sign + 5.0 + width(words) * 10.0 + 16.0;
        at
    };
    let at = say(drawing, 26.0, "再審査期間");
    drawing.bar(at, y - 7.0, 26.0, 7.0, "#fff");
    let at = say(drawing, 26.0, "調査・試験、活動の期間");
    drawing.bar(at, y - 10.0, 26.0, 13.0, "#dcdcdc");
    let at = say(drawing, 26.0, "うち登録期間");
    drawing.bar(at, y - 10.0, 26.0, 13.0, "#dcdcdc");
    drawing.bar(at, y - 5.5, 20.0, 4.0, "#000");
    let at = say(drawing, 26.0, "市販直後調査");
    drawing.bar(at, y - 10.0, 26.0, 13.0, "#8c8c8c");
    let at = say(drawing, 12.0, "報告書（作成済み）");
    report(drawing, at + 6.0, y - 4.0, Standing::Made);
    let at = say(drawing, 12.0, "報告書の期限");
    report(drawing, at + 6.0, y - 4.0, Standing::Ahead(0));
    let at = say(drawing, 18.0, "期限を超過");
    report(drawing, at + 9.0, y - 4.0, Standing::Overdue(1));
    let at = say(drawing, 12.0, "節目");
    milestone(drawing, at + 6.0, y - 4.0);
}

/// The picture in words.
fn told(lanes: &[&Lane], as_of: Date) -> String {
    let mut out = format!("基準日 {as_of} における期間と期日。");
    for lane in lanes {
        let day = |day: Option<Date>| day.map_or_else(|| "記載なし".to_owned(), |day| day.to_string());
        out.push_str(&lane.name);
        if lane.start.is_some() || lane.end.is_some() {
            out.push_str(&format!("：{}から{}まで", day(lane.start), day(lane.end)));
        }
        if let Some((from, until)) = lane.registration {
            out.push_str(&format!("、登録 {}から{}まで", day(from), day(until)));
        }
        for (day, standing) in &lane.reports {
            out.push_str(&match standing {
                Standing::Made | Standing::Passed => format!("、報告書 {day} 作成済み"),
                Standing::Ahead(_) => format!("、報告書の期限 {day}"),
                Standing::Overdue(days) => format!("、報告書の期限 {day}（{days}日超過）"),
            });
        }
        for day in &lane.milestones {
            out.push_str(&format!("、節目 {day}"));
        }
        out.push('。');
    }
    out
}
