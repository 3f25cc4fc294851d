//! What was not placed.

use std::collections::HashMap;
use std::ops::Range;

use super::draft::Draft;
use super::rules::NOT_PLACED;
use crate::heading;
use crate::review::Mark;
use crate::source::Place;
use terminology::Text;

/// Why something stands in no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// It was not understood where it belongs.
    NotPlaced,
    /// It repeats what the plan derives: the summary, the lists, the cover.
    Derived,
    /// A heading, a label or a mark of the form.
    Form,
}

/// A part of the document that stands in no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Its words.
    pub text: String,
    /// Where they stand.
    pub place: Place,
    /// Why they were left.
    pub why: Why,
}

/// Everything that is not carried over, line by line.
pub fn collect(draft: &mut Draft<'_>) -> Vec<Left> {
    let source = draft.published.source.text.as_str();
    let headings: Vec<Text> = draft.published.headings.iter().map(|h| h.text.clone()).collect();
    for heading in &headings {
        form(draft, heading);
    }
    let mut left: Vec<Left> = Vec::new();
    let mut block: Vec<Range<usize>> = Vec::new();
    let open = open_lines(draft);
    let mut times: HashMap<String, usize> = HashMap::new();
    open.iter().for_each(|parts| *times.entry(without_page(source, parts)).or_default() += 1);
    let mut lines = 0;
    for parts in &open {
        let mut told = false;
        let mut whole = Text::default();
        parts.iter().for_each(|part| whole.push(&source[part.clone()], part.start));
        // what stands on page after page is of the page
        let repeated = whole.as_str().chars().count() <= 60 && times[&without_page(source, parts)] >= 3;
        let of_form = repeated || is_form(whole.as_str()) || cells_of_form(source, parts);
        for part in parts {
            let text = Text::new(&source[part.clone()], part.start);
            if !text.as_str().contains(char::is_alphanumeric) {
                continue;
            }
            lines += 1;
            let why = if of_form || is_form(text.as_str()) { Why::Form } else { why(draft, part.start) };
            if why == Why::NotPlaced {
                told = true;
                block.push(part.clone());
            }
            left.push(Left { text: source[part.clone()].trim().to_owned(), place: draft.published.source.place(part.start), why });
        }
        if !told {
            report(draft, &mut block);
        }
    }
    report(draft, &mut block);
    draft.looked_at(&NOT_PLACED, lines);
    left
}

/// What of each line is not carried over, without the tags that a converter left.
fn open_lines(draft: &Draft<'_>) -> Vec<Vec<Range<usize>>> {
    let source = draft.published.source.text.as_str();
    let coverage = draft.coverage.borrow();
    let mut start = 0;
    source
        .split_inclusive('\n')
        .map(|line| {
            let open = coverage.open(start..start + line.len());
            start += line.len();
            open.into_iter().flat_map(|part| untagged(source, part)).collect()
        })
        .collect()
}

/// A line without figures, to find it again on other pages.
fn without_page(source: &str, parts: &[Range<usize>]) -> String {
    parts.iter().flat_map(|part| source[part.clone()].chars()).filter(|c| !c.is_numeric() && !c.is_whitespace()).collect()
}

/// True for a line of cells that each are a label of the form or a part of one: the head of a table, which lines cut.
fn cells_of_form(source: &str, parts: &[Range<usize>]) -> bool {
    let cells = parts.iter().flat_map(|part| source[part.clone()].split_whitespace());
    let mut any = false;
    let all = cells.map(|cell| Text::new(cell, 0)).all(|cell| {
        any = true;
        LABELS.iter().any(|label| label.contains(cell.as_str()))
    });
    any && all
}

/// The whole line of a heading is of the form.
fn form(draft: &Draft<'_>, text: &Text) {
    draft.coverage.borrow_mut().add(text);
}

/// One finding for lines that follow each other.
fn report(draft: &mut Draft<'_>, block: &mut Vec<Range<usize>>) {
    let source = draft.published.source.text.as_str();
    let parts = std::mem::take(block);
    let Some(first) = parts.first() else { return };
    let text = Text::new(&source[first.clone()], first.start);
    let section = section_at(draft, first.start);
    let more = parts.len() - 1;
    let (ja, en) = match more {
        0 => (String::new(), String::new()),
        _ => (format!("（ほかに続く {more} か所）"), format!(" (and {more} more after it)")),
    };
    let head: String = draft.quote(&text).chars().take(40).collect();
    let message = (format!("「{head}」を取り込めませんでした{ja}"), format!("“{head}” was not placed{en}"));
    let hint = (
        "README.import.md の一覧から、あてはまる箇所に書き写してください。",
        "copy it from the list in README.import.md to where it belongs",
    );
    draft.tell(&NOT_PLACED, message, hint, &[Mark::whole(&text, section, "")]);
}

/// The part of the form around a byte.
fn section_at(draft: &Draft<'_>, at: usize) -> heading::Section {
    let before = draft.published.headings.iter().filter(|h| h.text.origin(0).is_some_and(|origin| origin <= at));
    before.max_by_key(|h| h.text.origin(0)).map_or(heading::Section::Summary, |h| h.section)
}

/// The summary repeats the plan, and so does the cover before it.
fn why(draft: &Draft<'_>, at: usize) -> Why {
    let before = draft.published.headings.iter().filter(|h| h.text.origin(0).is_some_and(|origin| origin <= at));
    match before.max_by_key(|h| h.text.origin(0)) {
        Some(heading) if heading.in_summary || heading.section == heading::Section::Summary => Why::Derived,
        None => Why::Derived,
        Some(_) => Why::NotPlaced,
    }
}

/// Labels of the form and of its tables.
const LABELS: [&str; 46] = [
    "【内容】",
    "【選択理由】",
    "内容",
    "選択理由",
    "品目の概要",
    "承認年月日",
    "薬効分類",
    "再審査期間",
    "承認番号",
    "国際誕生日",
    "販売名",
    "有効成分",
    "含量及び剤形",
    "用法及び用量",
    "効能又は効果",
    "承認条件",
    "備考",
    "製造販売業者",
    "提出年月日",
    "会社名",
    "変更の履歴",
    "前回提出日",
    "変更内容の概要",
    "変更理由",
    "追加の医薬品安全性監視活動の名称",
    "追加のリスク最小化活動の名称",
    "有効性に関する調査・試験の名称",
    "調査・試験の目的、内容及び手法の概要並びに選択理由",
    "有効性に関する検討事項とした理由",
    "節目となる症例数",
    "/目標症例数",
    "目標症例数",
    "節目となる症例数/目標症例数",
    "節目となる",
    "予定の時期",
    "節目となる予定の時期",
    "実施状況",
    "報告書の",
    "作成予定日",
    "報告書の作成予定日",
    "(別紙様式1)",
    "医薬品リスク管理計画書",
    "頁",
    "該当なし",
    "に係る医薬品リスク管理計画書",
    "添付資料",
];

/// True for what belongs to the form and not to the plan: headings, labels, numbers of pages.
fn is_form(key: &str) -> bool {
    let bare = key.trim_matches(|c: char| matches!(c, ':' | '。' | '・' | '-' | '(' | ')' | '.' | '|'));
    bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '/' | '頁' | '①'..='⑳' | 'P' | 'p'))
        || LABELS.iter().any(|label| bare == label.trim_matches(['(', ')']) || key == *label)
        || heading::section(key).is_some()
        || heading::class(key).is_some()
        || heading::layer(key).is_some_and(|(_, length)| length == key.len())
        || heading::title(key).is_some_and(|(_, length)| length == key.len())
        || heading::concern_box(key).is_some_and(|(_, _, length)| length == key.len())
        || key.starts_with("↓上記に基づく")
        || head_of_table(key)
}

/// True for the cells of a table's head in one line.
fn head_of_table(key: &str) -> bool {
    let mut labels = LABELS;
    labels.sort_by_key(|label| std::cmp::Reverse(label.len()));
    let rest = labels.iter().fold(key.to_owned(), |rest, label| rest.replace(label, ""));
    key.len() < 300 && !rest.contains(char::is_alphanumeric)
}

/// A stretch without the tags that a converter left in it.
fn untagged(source: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = range.start;
    let mut at = range.start;
    while let Some(open) = source[at..range.end].find('<').map(|n| at + n) {
        let tag = source[open + 1..range.end].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match source[open..range.end].find('>').filter(|_| tag) {
            Some(close) => {
                parts.push(from..open);
                from = open + close + 1;
                at = from;
            }
            None => at = open + 1,
        }
    }
    parts.push(from..range.end);
    parts.retain(|part| !source[part.clone()].trim().is_empty());
    parts
}
