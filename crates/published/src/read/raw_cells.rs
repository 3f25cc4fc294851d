//! Which column a line of 5.1 to 5.3 is of, where only its words tell, and where a cell ends that its lines wrap.

use terminology::Text;

use crate::heading;
use crate::read::activities::is_none;
use crate::read::grid;
use crate::read::lists::{column_title, has_day, is_head, is_status};
use crate::read::name::{Hints, open_brackets};
use crate::source::{Line, Source};

/// A column of the lists, from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
pub enum Column {
    /// Name of the activity.
    Name,
    /// 節目となる症例数／目標症例数.
    Target,
    /// 節目となる予定の時期.
    Milestones,
    /// 実施状況.
    Status,
    /// 報告書の作成予定日.
    Report,
    /// No cell, but the title of the column 実施状況: its cells come from here on.
    StatusTitle,
}

/// A cell that was put together from its lines.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Its column.
    pub column: Column,
    /// 0 to 2 for 5.1 to 5.3: the heading it stands under.
    pub table: usize,
    /// Its text.
    pub text: Text,
    /// True for a name that is certainly complete.
    pub whole: bool,
    /// Its page.
    pub page: u32,
    /// True where it stands behind the foot of its page, that is, out of its order.
    pub leftover: bool,
}

/// The cells of all three lists, in the order in which they begin.
#[must_use]
pub fn sorted(source: &Source, bodies: &[&[Line]; 3], hints: &Hints) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for (table, lines) in bodies.iter().enumerate() {
        let mut other = cells.clone();
        fill(&mut cells, source, table, lines, hints, false);
        if !fits(&cells, table) {
            fill(&mut other, source, table, lines, hints, true);
            if fits(&other, table) {
                cells = other;
            }
        }
    }
    cells
}

/// True where a table has as many times as names.
fn fits(cells: &[Cell], table: usize) -> bool {
    let count = |column| cells.iter().filter(|c| c.table == table && c.column == column).count();
    count(Column::Name) == count(Column::Milestones)
}

/// Adds the cells of a table; `rows` says that a time behind a status is of the next row, as where the table was read row by row.
fn fill(cells: &mut Vec<Cell>, source: &Source, table: usize, lines: &[Line], hints: &Hints, rows: bool) {
    let mut in_head = false;
    let mut name_since_milestone = false;
    let mut strange = false;
    for line in lines {
        let tokens = grid::tokens(source, line);
        let key = line.key();
        in_head =
            is_head(&tokens) && (in_head || tokens.iter().all(|t| column_title(t.text.as_str()))) && !hints.know(key) && !is_nothing(key);
        if in_head && tokens.iter().any(|t| t.text.as_str().starts_with("実施状")) {
            cells.push(Cell {
                column: Column::StatusTitle,
                table,
                text: Text::default(),
                whole: true,
                page: line.page,
                leftover: line.leftover,
            });
        }
        if in_head || heading::layer(key).is_some() || (heading::without_number(key).is_empty() && !is_dash(key)) {
            continue;
        }
        for text in parts(&tokens, hints) {
            let key = text.as_str();
            if let Some(n) = continued(cells, key, hints) {
                cells[n].text.append(&text);
                continue;
            }
            let last = cells.last().filter(|c| c.table == table).map(|c| c.column);
            let column = begun(key, table, last, hints);
            strange |= column == Column::Milestones && last.is_some_and(|l| l != column) && !is_milestone(key) && !is_nothing(key);
            if is_none(key) && matches!(column, Column::Name) {
                continue;
            }
            let next_row = name_since_milestone || (rows && matches!(last, Some(Column::Status | Column::Report)));
            let milestone = cells.iter().rposition(|c| c.column == Column::Milestones && c.table == table);
            match milestone {
                Some(n)
                    if column == Column::Milestones
                        && (goes_on_milestones(cells[n].text.as_str(), key)
                            || !next_row && !begins_milestones(cells[n].text.as_str(), key)) =>
                {
                    cells[n].text.append(&text);
                }
                _ => cells.push(Cell { column, table, text, whole: false, page: line.page, leftover: line.leftover }),
            }
            match column {
                Column::Name => name_since_milestone = true,
                Column::Milestones => name_since_milestone = false,
                _ => {}
            }
        }
    }
    // dashes in a list that says 該当なし
    if !cells.iter().any(|c| c.table == table && c.column == Column::Name) && lines.iter().any(|l| is_none(l.key())) {
        cells.retain(|c| c.table != table || !is_dash(c.text.as_str()));
    }
    // a line that fits nowhere may be of any name
    for cell in cells.iter_mut().filter(|c| c.table == table && c.column == Column::Name) {
        let name = cell.text.as_str();
        // pdftotext drops a hyphen at the end of a line
        cell.whole = hints.know(name) || (!strange && !hints.know_without_hyphens(name) && is_whole_name(name, hints));
    }
}

/// Parts a line where a cell that is told by a single word stands in it: 調査終了時 実施中 調査終了1年後.
/// So do a number of patients behind the first part of a name, and a bullet.
fn parts(tokens: &[grid::Token], hints: &Hints) -> Vec<Text> {
    let mut parts: Vec<Text> = Vec::new();
    let mut apart = true;
    let joined = |tokens: &[grid::Token]| tokens.iter().map(|t| t.text.as_str()).collect::<String>();
    let name =
        |key: &str| hints.know(key) || hints.goes_on(key) || (key.contains("調査(") && open_brackets(key) > 0 && !key.ends_with('例'));
    let number = (1..tokens.len()).rev().find(|&n| is_target(&joined(&tokens[n..])) && name(&joined(&tokens[..n])));
    for (n, token) in tokens.iter().enumerate() {
        let rest = joined(&tokens[n..]);
        apart |= number == Some(n) || (n > 0 && token.gap >= 2);
        // a bullet begins a cell
        apart |= rest.starts_with('・') && rest.chars().count() > 2;
        let alone = is_status(token.text.as_str()) || is_nothing(token.text.as_str());
        match parts.last_mut() {
            Some(last) if !apart && !alone => last.append(&token.text),
            _ => parts.push(token.text.clone()),
        }
        apart = alone;
    }
    parts
}

/// The cell that a line is the rest of.
fn continued(cells: &[Cell], key: &str, hints: &Hints) -> Option<usize> {
    if is_status(key) || is_nothing(key) {
        return None;
    }
    let last = |column: Column| cells.iter().rposition(|c| c.column == column);
    let name = last(Column::Name).filter(|&n| {
        let joined = format!("{}{key}", cells[n].text.as_str());
        hints.know(&joined) || hints.goes_on(&joined)
    });
    if name.is_some() {
        return name;
    }
    // the two columns of times come in their order
    let times = [Column::Milestones, Column::Report];
    let exact = times.into_iter().filter_map(last).find(|&n| ends_in_time(cells[n].text.as_str(), key));
    if exact.is_some() {
        return exact;
    }
    let report = last(Column::Report).filter(|&n| goes_on_report(cells[n].text.as_str(), key));
    if report.is_some() {
        return report;
    }
    let target = last(Column::Target).filter(|&n| goes_on_target(cells[n].text.as_str(), key));
    if target.is_some() {
        return target;
    }
    // what a name has in brackets may stand in a line of its own
    let bracket = key.starts_with('(') && key.ends_with(')') && open_brackets(key) == 0 && !is_target(key) && !is_dated(key);
    last(Column::Name).filter(|&n| {
        let open = cells[n].text.as_str();
        (bracket && n + 1 == cells.len() && open.ends_with(ENDS) && !open.ends_with(')') && !hints.know(open))
            || goes_on_name(open, key, hints)
    })
}

/// The column of a line that begins a cell.
fn begun(key: &str, table: usize, last: Option<Column>, hints: &Hints) -> Column {
    let names: &[&str] = if table == 2 {
        &["資材", "提供", "配布", "管理", "情報", "市販直後", "ガイド", "における", "講習", "研修"]
    } else {
        &["調査", "試験", "レジストリ", "研究", "における", "追跡", "市販直後"]
    };
    if is_status(key) {
        Column::Status
    } else if is_dash(key) {
        match last {
            Some(Column::Report | Column::Status) => Column::Report,
            Some(Column::Name) => Column::Target,
            _ => Column::Milestones,
        }
    } else if is_nothing(key) {
        if key.ends_with("なし") && last != Some(Column::Name) { Column::Name } else { Column::Target }
    } else if hints.know(key) {
        Column::Name
    } else if is_report(key) {
        Column::Report
    } else if is_target(key) {
        Column::Target
    } else if is_milestone(key) {
        Column::Milestones
    } else if key.chars().count() > 4 && names.iter().any(|w| key.contains(w)) || (table < 2 && hints.goes_on(key)) {
        Column::Name
    } else {
        Column::Milestones
    }
}

/// True for the words that stand where there is no number of patients.
#[must_use]
pub fn is_nothing(key: &str) -> bool {
    is_dash(key) || matches!(key, "該当せず" | "該当しない" | "該当なし" | "未定" | "設定せず" | "設定なし" | "設定しない")
}

fn is_dash(key: &str) -> bool {
    matches!(key, "-" | "ー" | "―" | "—")
}

fn is_target(key: &str) -> bool {
    let end = key.trim_end_matches(|c: char| c == ')' || c.is_ascii_digit());
    key.chars().count() <= 24
        && !key.starts_with('・')
        && ((key.ends_with('例') && key.chars().any(|c| c.is_ascii_digit()))
            || (end.ends_with("症例") && key.contains(['全', '各']))
            || (key.contains("例(") && key.ends_with(')')))
}

fn is_report(key: &str) -> bool {
    let deadline =
        ["調査終了", "試験終了", "研究終了", "調査期間終了", "試験期間終了", "終了", "最終症例"].iter().any(|w| key.starts_with(w));
    ["作成済", "提出済", "作成予定", "提出予定"].iter().any(|w| key.starts_with(w))
        || (deadline && !key.ends_with('時') && !key.contains("時点"))
        || calendar::find_dates(key).first().is_some_and(|d| {
            d.range.start == 0
                && key[d.range.end..].trim_start_matches(['予', '定', '提', '出', '作', '成', '済', 'み', '(', ')']).is_empty()
        })
}

fn is_milestone(key: &str) -> bool {
    key.starts_with(['・', '※', '〇', '○'])
        || key.starts_with(|c| matches!(c, '①'..='⑳'))
        || key.contains(':')
        || key.ends_with(['時', '点', '間', '毎'])
        || key.ends_with("ごと")
        || matches!(key, "適宜" | "随時" | "必要時" | "必要に応じて")
        || ["販売開始", "承認", "効能追加", "安全性定期報告", "未知・非重篤", "評価の", "報告の", "製造販売開始"]
            .iter()
            .any(|w| key.starts_with(w))
}

/// True where a line of the column of times begins a new cell rather than going on with the one before.
fn begins_milestones(open: &str, key: &str) -> bool {
    if open_brackets(open) > 0 || open.ends_with(':') {
        return false;
    }
    let first = key.trim_start_matches(['・', '①', '-']);
    key.starts_with("実施期間")
        || first.starts_with("安全性定期報告")
        || first.starts_with("未知・非重篤")
        || key.starts_with('①')
        || (key.starts_with("販売開始") && !open.ends_with(':'))
        // a survey and a trial are two rows
        || (key == "試験終了時" && open.contains("調査")) || (key == "調査終了時" && open.contains("試験終了"))
        // the same again is of the next row
        || (key.ends_with('時') && open.contains(key))
        || (!key.starts_with('・') && open.ends_with("月後") && key.ends_with('時'))
        || (!key.starts_with('・') && open.contains('・') && open.ends_with('時') && is_milestone(key))
}

/// True where a line of the column of times cannot begin a cell, though a name stands between.
fn goes_on_milestones(open: &str, key: &str) -> bool {
    open_brackets(open) > 0
        || key.starts_with(['後', '月', '日', '間', 'の', 'に', 'を', '、', '。', ')'])
        || (open.contains("実施期間") && ["評価の", "報告の"].iter().any(|w| key.starts_with(w) && !open.contains(w)))
}

const MONTHS: [&str; 7] = ["ヵ月", "か月", "カ月", "ヶ月", "ケ月", "箇月", "ヵ月間"];

/// True where a number of months or years goes over the line: 調査終了6ヵ / 月後, 販売開始から6ヵ月 / 後.
fn ends_in_time(open: &str, key: &str) -> bool {
    let cut = open.len() - open.chars().next_back().map_or(0, char::len_utf8);
    let unit = MONTHS.iter().any(|m| open.ends_with(m))
        || open.ends_with(['ヵ', 'か', 'カ', 'ヶ', 'ケ', '箇']) && open[..cut].ends_with(|c: char| c.is_ascii_digit());
    let digit = open.ends_with(|c: char| c.is_ascii_digit());
    let years = open.ends_with('年') && open[..cut].ends_with(|c: char| c.is_ascii_digit());
    let tail = ["月後", "月間", "月以内", "後", "以内", "間"].iter().any(|t| key.starts_with(t)) && key.chars().count() <= 12;
    let month = MONTHS.iter().any(|m| key.starts_with(m)) || key.starts_with('年') || key.starts_with('月');
    let from = open.ends_with("から") || open.ends_with("終了") || open.ends_with("終了後");
    let number = key.starts_with(|c: char| c.is_ascii_digit()) && (key.ends_with('後') || key.ends_with("以内"));
    if open.ends_with(['ヵ', 'か', 'カ', 'ヶ', 'ケ', '箇']) {
        return unit && key.starts_with('月');
    }
    (unit && tail && !key.starts_with('月'))
        || (digit && month)
        || (years && (key.starts_with('後') || key.starts_with("以内")))
        || (from && number)
}

fn is_dated(key: &str) -> bool {
    key.chars().all(|c| {
        c.is_ascii_digit()
            || matches!(
                c,
                '年' | '月'
                    | '日'
                    | '提'
                    | '出'
                    | '予'
                    | '定'
                    | '作'
                    | '成'
                    | '('
                    | ')'
                    | '済'
                    | 'み'
                    | '令'
                    | '和'
                    | '平'
                    | '元'
                    | '頃'
            )
    })
}

fn goes_on_report(open: &str, key: &str) -> bool {
    (open_brackets(open) > 0 && is_dated(key))
        || ((open.ends_with("済み") || open.ends_with('済')) && key.starts_with('(') && is_dated(key.split(')').next().unwrap_or(key)))
        || (open.ends_with(['後', 'に', '内'])
            && (key.starts_with("作成") || key.starts_with("に作成") || key.starts_with("に提出"))
            && key.contains("予定"))
        || (open.ends_with(['作', '提']) && (key.starts_with('成') || key.starts_with('出')))
}

fn goes_on_target(open: &str, key: &str) -> bool {
    (open_brackets(open) > 0 && open_brackets(key) < 0 && key.contains('例'))
        || (key.starts_with('(') && (key.contains('例') || key.starts_with("(見込")) && open.contains('例') && open_brackets(open) <= 0)
        || (key.starts_with(['②', '③', '④']) && open.starts_with('①') && is_target(key))
        || (open.ends_with([':', '/']) && is_target(key))
}

fn goes_on_name(open: &str, key: &str, hints: &Hints) -> bool {
    if hints.know(open) || hints.know(key) || is_report(key) || is_target(key) || key.starts_with(['・', '①']) || key.contains(':') {
        return false;
    }
    if open_brackets(open) > 0 {
        return open_brackets(key) < 0 && !is_dated(key) && !has_day(key) && !key.ends_with('時');
    }
    // no name begins so: (適正使用ガイド) / の作成・提供
    let particle = ["の", "と", "及び", "並びに", "・"].iter().any(|w| key.starts_with(w));
    key.chars().count() <= 16 && key.ends_with(ENDS) && (particle || !is_whole_name(open, hints))
}

const ENDS: [char; 9] = [')', '査', '験', '供', '布', '施', '成', '理', '究'];

fn is_whole_name(name: &str, hints: &Hints) -> bool {
    hints.know(name) || (open_brackets(name) == 0 && !hints.goes_on(name) && name.ends_with(ENDS))
}
