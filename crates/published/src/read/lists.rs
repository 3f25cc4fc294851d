//! 5.1, 5.2 and 5.3.

use terminology::Text;

use crate::heading::{self, Layer};
use crate::model::{ActivityList, ListRow, Stated};
use crate::read::activities::is_none;
use crate::read::grid::{self, Token};
use crate::read::name::{Hints, open_brackets};
use crate::source::{Line, Source};

/// The columns of the lists.
const NAME: usize = 0;
const TARGET: usize = 1;
const MILESTONES: usize = 2;
const STATUS: usize = 3;
const REPORT: usize = 4;

/// Reads one of the lists.
#[must_use]
pub fn list(source: &Source, lines: &[Line], hints: &Hints) -> ActivityList {
    let mut list = ActivityList { routine: routine(lines), ..ActivityList::default() };
    let additional = lines.iter().position(|l| matches!(heading::layer(l.key()), Some((Layer::Additional, _))));
    let body = &lines[additional.map_or(0, |a| a + 1)..];
    if lines.iter().filter(|l| l.cell.is_some()).count() >= 3 {
        list.rows = from_cells(lines);
        list.sure = true;
    } else if body.iter().any(|l| l.segments.len() >= 3) {
        (list.rows, list.sure) = from_layout(source, body, hints);
    } else {
        (list.rows, list.sure) = from_lines(body, hints);
    }
    if list.rows.is_empty() {
        list.none = body.iter().find(|l| is_none(l.key())).map(|l| Stated::sure(l.text.clone()));
        list.sure |= list.none.is_some();
    }
    for row in &mut list.rows {
        row.name.sure &= list.sure || hints.know(row.name.as_str());
    }
    list
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
fn column(key: &str) -> Option<usize> {
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

fn is_head(tokens: &[Token]) -> bool {
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
    for [name, target, milestones, status, report] in texts {
        let stated = |text: Text| (!text.is_empty()).then_some(Stated { text, sure });
        if name.is_empty() || is_none(name.as_str()) {
            continue;
        }
        rows.push(ListRow {
            name: Stated { text: name, sure: true },
            target: stated(target),
            milestones: stated(milestones),
            status: stated(status),
            report: stated(report),
        });
    }
    (rows, sure)
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

/// What a line of a table is, where only its words tell.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Name,
    Target,
    Status,
    Report,
    Milestone,
}

/// Text without columns: the cells stand one after the other, line by line of a row or column by column.
fn from_lines(lines: &[Line], hints: &Hints) -> (Vec<ListRow>, bool) {
    // the head of another list within this one shows that their cells are mixed
    let mixed = lines.iter().filter(|l| l.key() == "実施状況" || l.key().starts_with("実施状況報告書")).count() > 1;
    let mut parts: Vec<(Part, Text, bool)> = Vec::new(); // what it is, its text, whether it is complete
    for line in lines {
        let key = line.key();
        if heading::layer(key).is_some()
            || heading::section(key).is_some()
            || TITLES.iter().any(|t| t.contains(key))
            || column(key).is_some()
            || (is_none(key) && !is_target(key))
        {
            continue;
        }
        // the rest of a cell that its line end cut
        let rest = parts.iter_mut().rev().take(8).find(|(part, text, complete)| !complete && goes_on_with(*part, text, key, hints));
        if let Some((part, text, complete)) = rest {
            text.append(&line.text);
            *complete = is_complete(*part, text.as_str(), hints);
            continue;
        }
        let part = part_of(key, hints);
        parts.push((part, line.text.clone(), is_complete(part, key, hints)));
    }
    let count = |wanted: Part| parts.iter().filter(|p| p.0 == wanted).count();
    let names = count(Part::Name);
    // line by line, if something else stands between the first and the last name
    let first = parts.iter().position(|p| p.0 == Part::Name);
    let last = parts.iter().rposition(|p| p.0 == Part::Name);
    let by_row =
        first.zip(last).is_some_and(|(f, l)| parts[f..l].iter().any(|p| matches!(p.0, Part::Status | Part::Target | Part::Milestone)));
    let mut rows: Vec<ListRow> = Vec::new();
    let mut next = [0usize; 3];
    for (part, text, complete) in &parts {
        let stated = |sure: bool| Some(Stated { text: text.clone(), sure });
        if *part == Part::Name {
            rows.push(ListRow { name: Stated { text: text.clone(), sure: *complete }, ..ListRow::default() });
            continue;
        }
        if *part == Part::Milestone {
            if let Some(row) = rows.last_mut().filter(|_| by_row) {
                row.milestones.get_or_insert_with(|| Stated { text: Text::default(), sure: false }).text.append(text);
            }
            continue;
        }
        let slot = match part {
            Part::Target => 0,
            Part::Status => 1,
            _ => 2,
        };
        if count(*part) == names {
            // as many as rows: in their order
            let n = next[slot];
            next[slot] += 1;
            // it must stand after the name of its row and before the next
            if by_row {
                let in_place = rows.len() == n + 1 && !mixed;
                if let Some(row) = rows.get_mut(n) {
                    set(row, slot, stated(in_place));
                }
            }
        } else if by_row && let Some(row) = rows.last_mut() {
            set(row, slot, stated(false));
        }
    }
    if !by_row {
        for (slot, part) in [(0, Part::Target), (1, Part::Status), (2, Part::Report)] {
            if count(part) == rows.len() && !mixed {
                for (row, (_, text, _)) in rows.iter_mut().zip(parts.iter().filter(|p| p.0 == part)) {
                    set(row, slot, Some(Stated { text: text.clone(), sure: true }));
                }
            }
        }
    }
    let sure = !rows.is_empty() && rows.iter().all(|r| r.name.sure && r.status.as_ref().is_some_and(|s| s.sure));
    for milestones in rows.iter_mut().filter_map(|r| r.milestones.as_mut()) {
        milestones.sure = sure && by_row;
    }
    (rows, sure)
}

fn set(row: &mut ListRow, slot: usize, stated: Option<Stated>) {
    let cell = match slot {
        0 => &mut row.target,
        1 => &mut row.status,
        _ => &mut row.report,
    };
    if cell.is_none() {
        *cell = stated;
    }
}

fn part_of(key: &str, hints: &Hints) -> Part {
    if hints.know(key) {
        Part::Name
    } else if is_status(key) {
        Part::Status
    } else if is_report(key) || (key.contains("月提出") && key.ends_with(')')) {
        Part::Report
    } else if is_target(key) {
        Part::Target
    } else if key.starts_with(['・', '※'])
        || key.contains(':')
        || key.ends_with(['時', '後', '間', '点'])
        || key.starts_with(|c| matches!(c, '①'..='⑳'))
    {
        Part::Milestone
    } else if hints.goes_on(key) || ["調査", "試験", "資材", "提供", "配布", "管理", "における"].iter().any(|w| key.contains(w))
    {
        Part::Name
    } else {
        Part::Milestone
    }
}

fn is_complete(part: Part, key: &str, hints: &Hints) -> bool {
    match part {
        Part::Name => {
            hints.know(key)
                || (open_brackets(key) <= 0 && !hints.goes_on(key) && key.ends_with([')', '査', '験', '供', '布', '施', '成', '理']))
        }
        Part::Report | Part::Milestone | Part::Target => open_brackets(key) <= 0,
        Part::Status => true,
    }
}

/// True if a line is the rest of a cell.
fn goes_on_with(part: Part, open: &Text, key: &str, hints: &Hints) -> bool {
    let joined = format!("{}{key}", open.as_str());
    match part {
        Part::Name => {
            hints.know(&joined)
                || hints.goes_on(&joined)
                || (!is_status(key)
                    && !is_target(key)
                    && !is_report(key)
                    && !key.starts_with('・')
                    && (if open_brackets(open.as_str()) > 0 {
                        open_brackets(key) < 0 && !key.contains('提')
                    } else {
                        key.chars().count() <= 16 && key.ends_with([')', '査', '験', '供', '布']) && !hints.know(key)
                    }))
        }
        Part::Report => {
            open_brackets(open.as_str()) > 0 && (key.starts_with(|c: char| c.is_ascii_digit()) || key.contains('月') || key.contains('提'))
        }
        Part::Milestone | Part::Target => open_brackets(key) < 0,
        Part::Status => false,
    }
}

fn is_target(key: &str) -> bool {
    matches!(key, "該当せず" | "該当しない" | "該当なし" | "-" | "未定" | "設定せず")
        || (key.ends_with('例') && key.chars().next().is_some_and(|c| c.is_ascii_digit()))
}

fn is_report(key: &str) -> bool {
    key.contains("作成済")
        || key.contains("提出済")
        || key.starts_with("提出")
        || (key.contains("終了") && (key.ends_with('後') || key.ends_with("以内")) && !key.starts_with('・'))
}
