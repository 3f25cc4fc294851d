//! Lists 5.1 to 5.3 that state each activity as a small table of its own: the titles at the left, what they ask for at the right.

use terminology::Text;

use super::lists::{COLUMNS, NAME, column};
use crate::model::{ListRow, Stated};
use crate::source::Line;

/// The titles, as the form writes them.
const TITLES: [&str; 8] = [
    "追加の医薬品安全性監視活動の名称",
    "追加のリスク最小化活動の名称",
    "有効性に関する調査・試験の名称",
    "節目となる症例数/目標症例数",
    "節目となる症例数及び目標症例数",
    "節目となる予定の時期",
    "実施状況",
    "報告書の作成予定日",
];

/// The rows, where the lines are such tables; none otherwise.
#[must_use]
pub fn rows(lines: &[Line]) -> Option<Vec<ListRow>> {
    let mut cells: Vec<[Text; COLUMNS]> = Vec::new();
    let mut open = None;
    let mut at = 0;
    while at < lines.len() {
        let (title, length, taken) = title(&lines[at..]);
        let line = &lines[at];
        if let Some(meaning) = title {
            if meaning == NAME {
                cells.push(Default::default());
            }
            open = Some(meaning);
            if let Some(cells) = cells.last_mut() {
                cells[meaning].append(&line.text.slice(length..line.text.len()));
            }
        } else if let (Some(meaning), Some(cells)) = (open, cells.last_mut()) {
            cells[meaning].append(&line.text);
        }
        at += taken;
    }
    // the head of an ordinary table states each title once, and beside each other
    let filled = |cells: &[Text; COLUMNS]| cells.iter().filter(|c| !c.is_empty()).count() >= 3 && column(cells[NAME].as_str()).is_none();
    if cells.len() < 2 || !cells.iter().all(filled) {
        return None;
    }
    let stated = |text: Text| (!text.is_empty()).then(|| Stated::sure(text));
    Some(
        cells
            .into_iter()
            .map(|[name, target, milestones, status, report]| ListRow {
                name: Stated::sure(name),
                target: stated(target),
                milestones: stated(milestones),
                status: stated(status),
                report: stated(report),
            })
            .collect(),
    )
}

/// The title with which a line begins, how long it is in the line, and how many lines it takes.
fn title(lines: &[Line]) -> (Option<usize>, usize, usize) {
    let first = &lines[0];
    if let Some(cell) = first.cell {
        let taken = lines.iter().take_while(|l| l.cell == Some(cell)).count();
        let text: String = lines[..taken].iter().map(Line::key).collect();
        let begins = cell.column == 0 && TITLES.iter().any(|title| text == *title);
        return if begins { (column(&text), lines[taken - 1].text.len(), taken) } else { (None, 0, 1) };
    }
    let found = TITLES.iter().find(|title| first.key().starts_with(**title));
    match found {
        Some(title) if !TITLES.iter().any(|other| first.key()[title.len()..].contains(other)) => (column(title), title.len(), 1),
        _ => (None, 0, 1),
    }
}
