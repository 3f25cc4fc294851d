//! 5.1, 5.2 and 5.3.

use terminology::Text;

use crate::heading::{self, Layer};
use crate::model::{ActivityList, ListRow, Stated};
use crate::read::activities::is_none;
use crate::read::grid::{self, Token};
use crate::read::name::{Hints, open_brackets};
use crate::read::raw_lists;
use crate::read::records;
use crate::source::{Line, Source};

/// The column of names, the first of the columns of a list.
pub const NAME: usize = 0;
/// How many there are.
pub const COLUMNS: usize = 5;
const TARGET: usize = 1;
const MILESTONES: usize = 2;
const STATUS: usize = 3;
const REPORT: usize = 4;

/// Reads the three lists.
#[must_use]
pub fn lists(source: &Source, parts: [&[Line]; 3], hints: &Hints) -> [ActivityList; 3] {
    let mut lists: [ActivityList; 3] = Default::default();
    let mut raw: [&[Line]; 3] = Default::default();
    let mut bodies = raw;
    for (n, lines) in parts.into_iter().enumerate() {
        let list = &mut lists[n];
        list.routine = routine(lines);
        let additional = lines.iter().position(|l| matches!(heading::layer(l.key()), Some((Layer::Additional, _))));
        bodies[n] = &lines[additional.map_or(0, |a| a + 1)..];
        if let Some(rows) = records::rows(bodies[n]) {
            list.rows = rows;
            list.sure = true;
        } else if lines.iter().filter(|l| l.cell.is_some()).count() >= 3 {
            list.rows = from_cells(lines);
            list.sure = true;
        } else if bodies[n].iter().any(|l| l.segments.len() >= 3) {
            (list.rows, list.sure) = from_layout(source, bodies[n], hints);
        } else {
            raw[n] = bodies[n];
        }
    }
    raw_lists::read(source, &raw, hints, &mut lists);
    // 5.3 has no column of targets: a head broken after 「節目となる」 is that of its milestones
    for row in lists[2].rows.iter_mut().filter(|row| row.milestones.is_none()) {
        row.milestones = row.target.take();
    }
    for (list, body) in lists.iter_mut().zip(bodies) {
        if list.rows.is_empty() {
            list.none = body.iter().find(|l| is_none(l.key())).map(|l| Stated::sure(l.text.clone()));
            list.sure |= list.none.is_some();
        }
        for row in &mut list.rows {
            row.name.sure &= list.sure || hints.know(row.name.as_str());
        }
    }
    lists
}

fn routine(lines: &[Line]) -> Option<Stated> {
    let at = lines.iter().position(|l| matches!(heading::layer(l.key()), Some((Layer::Routine | Layer::RoutineText, _))))?;
    let mut text = Text::default();
    for line in &lines[at + 1..] {
        if matches!(heading::layer(line.key()), Some((Layer::Additional, _))) || column(line.key()).is_some() {
            break;
        }
        if matches!(heading::layer(line.key()), Some((Layer::RoutineText, length)) if length == line.text.len()) {
            continue;
        }
        text.append(&line.text);
    }
    (!text.is_empty()).then(|| Stated::sure(text))
}

/// The column that a title names.
#[must_use]
pub fn column(key: &str) -> Option<usize> {
    if key.chars().count() > 40 {
        return None;
    }
    if key.contains("名称") {
        Some(NAME)
    } else if key.contains("症例数") && (key.contains("節目") || key.contains("目標")) {
        Some(TARGET)
    } else if key.contains("予定の時期") || key.contains("節目となる時期") {
        Some(MILESTONES)
    } else if key.contains("実施状況") {
        Some(STATUS)
    } else if key.contains("報告書") && (key.contains("予定") || key.contains("作成")) {
        Some(REPORT)
    } else {
        None
    }
}

fn from_cells(lines: &[Line]) -> Vec<ListRow> {
    let mut rows: Vec<ListRow> = Vec::new();
    let mut map: Vec<(u32, usize)> = Vec::new();
    for row in grid::rows(lines) {
        let head: Vec<(u32, usize)> = row.cells.keys().filter_map(|&c| column(row.text(c).as_str()).map(|m| (c, m))).collect();
        if head.len() >= 2 && head.iter().any(|h| h.1 == NAME) {
            map = head;
            continue;
        }
        if map.is_empty() || heading::layer(row.text(*row.cells.keys().next().unwrap_or(&0)).as_str()).is_some() {
            continue;
        }
        let mut cells: [Option<Text>; 5] = Default::default();
        for &c in row.cells.keys() {
            let text = row.text(c);
            // a cell stands under the title nearest to its left
            if let Some(&(_, m)) = map.iter().rev().find(|(h, _)| *h <= c)
                && !text.is_empty()
            {
                cells[m].get_or_insert_default().append(&text);
            }
        }
        let [name, target, milestones, status, report] = cells;
        match (name, rows.last_mut()) {
            (Some(name), _)
                if !is_none(name.as_str()) && (target.is_some() || milestones.is_some() || status.is_some() || report.is_some()) =>
            {
                rows.push(ListRow {
                    name: Stated::sure(name),
                    target: target.map(Stated::sure),
                    milestones: milestones.map(Stated::sure),
                    status: status.map(Stated::sure),
                    report: report.map(Stated::sure),
                })
            }
            // a row that a page break has cut goes on without status
            (name, Some(last)) if status.is_none() && name.as_ref().is_none_or(|n| !is_none(n.as_str())) => {
                if let Some(name) = name {
                    last.name.text.append(&name);
                }
                for (cell, more) in [(&mut last.target, target), (&mut last.milestones, milestones), (&mut last.report, report)] {
                    if let Some(more) = more {
                        cell.get_or_insert_with(|| Stated::sure(Text::default())).text.append(&more);
                    }
                }
            }
            _ => {}
        }
    }
    rows
}

/// The titles of the columns, to tell the lines of a table's head.
const TITLES: [&str; 12] = [
    "追加の医薬品安全性監視活動の名称",
    "追加のリスク最小化活動の名称",
    "有効性に関する調査・試験の名称",
    "節目となる症例数/目標症例数",
    "節目となる症例数/",
    "節目となる予定の時期",
    "実施状況",
    "報告書の作成予定日",
    "報告書の作成予定日(予定)",
    "節目となる症例数及び目標症例数",
    "目標症例数",
    "の名称",
];

/// True for the first words of a column's title.
#[must_use]
pub fn column_title(word: &str) -> bool {
    word.chars().count() >= 3 && TITLES.iter().any(|title| title.starts_with(word))
}

/// True for a line of titles, or of parts of titles.
#[must_use]
pub fn is_head(tokens: &[Token]) -> bool {
    !tokens.is_empty()
        && tokens.iter().all(|t| {
            TITLES.iter().any(|title| title.contains(t.text.as_str())) && t.text.as_str().chars().count() > 1
                || matches!(t.text.as_str(), "況" | "称" | "数" | "期" | "日" | "名" | "/" | "時" | "例" | "の" | "定")
        })
}

fn from_layout(source: &Source, lines: &[Line], hints: &Hints) -> (Vec<ListRow>, bool) {
    let tokens: Vec<Vec<Token>> = lines.iter().map(|l| grid::tokens(source, l)).collect();
    let mut columns: Vec<(usize, usize)> = Vec::new(); // x, meaning
    let mut cells: Vec<[Text; 5]> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let head = tokens[at..].iter().take_while(|t| is_head(t)).count();
        if head > 0 {
            let part = &tokens[at..at + head];
            let mut found = vec![(0, NAME)];
            for (title, meaning) in
                [("節目となる症例数", TARGET), ("節目となる予定", MILESTONES), ("実施状況", STATUS), ("報告書の作成", REPORT)]
            {
                let x = part
                    .iter()
                    .flatten()
                    .filter(|t| {
                        let key = t.text.as_str();
                        (title.starts_with(key) && key.chars().count() >= 3) || key.starts_with(title)
                    })
                    .filter(|t| {
                        meaning != TARGET
                            || t.text.as_str().contains("症")
                            || part.iter().flatten().filter(|o| o.text.as_str().starts_with("節目")).map(|o| o.x).min() == Some(t.x)
                    })
                    .filter(|t| {
                        meaning != MILESTONES
                            || t.text.as_str().contains("予")
                            || part.iter().flatten().filter(|o| o.text.as_str().starts_with("節目")).map(|o| o.x).max() == Some(t.x)
                    })
                    .map(|t| t.x)
                    .min();
                if let Some(x) = x
                    && x > 0
                    && !found.iter().any(|f| f.0 == x)
                {
                    found.push((x, meaning));
                }
            }
            if found.len() >= 3 {
                found.sort_unstable();
                columns = found;
            }
            at += head;
            continue;
        }
        if !columns.is_empty() {
            let starts: Vec<usize> = columns.iter().map(|c| c.0).collect();
            let mut line: [Text; 5] = Default::default();
            for (text, (_, meaning)) in grid::columns(&tokens[at], &starts).into_iter().zip(&columns) {
                line[*meaning] = text;
            }
            cells.push(line);
        }
        at += 1;
    }
    group(&cells, hints)
}

/// Puts the lines of a table together to rows.
fn group(cells: &[[Text; 5]], hints: &Hints) -> (Vec<ListRow>, bool) {
    let top_aligned = cells.iter().all(|c| c[STATUS].is_empty() || !is_status(c[STATUS].as_str()) || !c[NAME].is_empty());
    let mut rows: Vec<ListRow> = Vec::new();
    let mut texts: Vec<[Text; 5]> = Vec::new();
    if top_aligned {
        for line in cells {
            let begins = !line[NAME].is_empty() && (is_status(line[STATUS].as_str()) || texts.is_empty());
            if begins {
                texts.push(line.clone());
            } else if let Some(last) = texts.last_mut() {
                for (text, more) in last.iter_mut().zip(line) {
                    text.append(more);
                }
            }
        }
    } else {
        // a row ends where its name is complete and the next name begins
        let mut name = String::new();
        for line in cells {
            let key = line[NAME].as_str();
            let begins = texts.is_empty()
                || (!key.is_empty()
                    && (hints.know(&name) || open_brackets(&name) <= 0)
                    && !hints.know(&format!("{name}{key}"))
                    && !hints.goes_on(&format!("{name}{key}")));
            if begins && !key.is_empty() {
                name = key.to_owned();
                texts.push(line.clone());
            } else {
                name.push_str(key);
                if texts.is_empty() {
                    texts.push(Default::default());
                }
                if let Some(last) = texts.last_mut() {
                    for (text, more) in last.iter_mut().zip(line) {
                        text.append(more);
                    }
                }
            }
        }
    }
    let sure = !texts.is_empty() && texts.iter().all(|t| is_status(t[STATUS].as_str()) && (top_aligned || hints.know(t[NAME].as_str())));
    // a cell that begins above the first name is centred: which row a line between two names is of, nothing tells
    let centred = cells.iter().find(|c| c.iter().any(|t| !t.is_empty())).is_some_and(|c| c[NAME].is_empty());
    for [name, target, milestones, status, report] in texts {
        let stated = |text: Text| (!text.is_empty()).then_some(Stated { sure: sure && (!centred || is_status(text.as_str())), text });
        if name.is_empty() || is_none(name.as_str()) {
            continue;
        }
        rows.push(ListRow {
            // a name with a day in it has taken up a part of another column
            name: Stated { sure: !has_day(name.as_str()), text: name },
            target: stated(target),
            milestones: stated(milestones),
            status: stated(status),
            report: stated(report),
        });
    }
    (rows, sure)
}

/// True for text with a day or a month in it, which no name has.
#[must_use]
pub fn has_day(name: &str) -> bool {
    name.match_indices(['日', '月']).any(|(at, _)| name[..at].ends_with(|c: char| c.is_ascii_digit()))
}

/// True for the words of 実施状況.
#[must_use]
pub fn is_status(key: &str) -> bool {
    let key = key.trim_matches(|c| matches!(c, '(' | ')' | '・' | '。'));
    matches!(
        key,
        "終了"
            | "実施中"
            | "計画中"
            | "実施予定"
            | "未実施"
            | "準備中"
            | "予定"
            | "中止"
            | "継続中"
            | "終了済み"
            | "完了"
            | "実施"
            | "開始前"
            | "継続実施中"
            | "調査中"
    )
}
