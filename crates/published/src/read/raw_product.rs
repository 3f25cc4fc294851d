//! 品目の概要 in text without columns, as `pdftotext` leaves it: the labels in one block, the values after it in the order of
//! the form, those of the narrow right column (薬効分類, 承認番号) in between.

use calendar::find_dates;
use terminology::Text;

use crate::model::{Field, Stated};
use crate::read::name::open_brackets;
use crate::source::Line;

/// The labels, in the order of the form.
const LABELS: [&str; 12] = [
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
];

const RIGHT: [&str; 2] = ["薬効分類", "承認番号"];

/// Sorts the values to their labels. None where the lines do not look so: with cells, with columns, with text that says neither
/// when the product was approved nor what it is called.
#[must_use]
pub fn fields(lines: &[Line]) -> Option<Vec<Field>> {
    if lines.iter().any(|l| l.cell.is_some() || l.segments.len() >= 2) {
        return None;
    }
    let mut parts = Parts::default();
    let values = values(lines);
    let names = parts.head(&values);
    parts.body(&values[names..]);
    let complete = ["承認年月日", "販売名", "効能又は効果"].iter().all(|label| parts.fields.iter().any(|f| f.label == *label));
    complete.then_some(parts.fields)
}

/// The lines without labels; those of the right column may stand in a line with a value.
fn values(lines: &[Line]) -> Vec<Text> {
    let mut values: Vec<Text> = Vec::new();
    let mut cuts: Vec<&str> = Vec::new(); // the rests of labels that their column cuts, still to come
    for line in lines {
        let mut text = line.text.clone();
        let key = line.key().trim_end_matches(':');
        // the title of the form may stand below that of this part
        if LABELS.contains(&key) || key.starts_with("会社名") || key.contains("別紙様式") || key == "医薬品リスク管理計画書"
        {
            continue;
        }
        if let Some(n) = cuts.iter().position(|rest| *rest == key) {
            cuts.remove(n);
            continue;
        }
        if let Some(rest) = LABELS.iter().find_map(|l| l.strip_prefix(key)).filter(|_| key.chars().count() >= 3) {
            cuts.push(rest);
            continue;
        }
        for label in RIGHT {
            if let Some(rest) = text.as_str().strip_prefix(label) {
                text = text.slice(text.len() - rest.len()..text.len());
            }
            // whole, or cut to three characters, whose rest 類 or 号 then stands somewhere below
            let cut = label.len() - '類'.len_utf8();
            if let Some(rest) = text.as_str().strip_suffix(label) {
                text = text.slice(0..rest.len());
            } else if let Some(rest) = text.as_str().strip_suffix(&label[..cut]) {
                text = text.slice(0..rest.len());
                cuts.push(&label[cut..]);
            }
        }
        if let Some(n) = cuts.iter().position(|rest| matches!(*rest, "類" | "号") && text.as_str().ends_with(rest)) {
            text = text.slice(0..text.len() - cuts.remove(n).len());
        }
        if !text.is_empty() {
            values.push(text);
        }
    }
    values
}

#[derive(Default)]
struct Parts {
    fields: Vec<Field>,
}

impl Parts {
    fn add(&mut self, label: &'static str, line: &Text) {
        match self.fields.iter_mut().find(|f| f.label == label) {
            Some(field) => {
                field.value.text.append(line);
                field.lines.push(line.clone());
            }
            None => self.fields.push(Field { label, value: Stated::sure(line.clone()), lines: vec![line.clone()] }),
        }
    }

    /// Goes on with the last line of a field.
    fn join(&mut self, label: &'static str, line: &Text) {
        if let Some(field) = self.fields.iter_mut().find(|f| f.label == label) {
            field.value.text.append(line);
            if let Some(last) = field.lines.last_mut() {
                last.append(line);
            }
        }
    }

    fn last(&self, label: &str) -> &str {
        self.fields.iter().find(|f| f.label == label).and_then(|f| f.lines.last()).map_or("", Text::as_str)
    }

    /// What tells itself by its shape: dates, the re-examination period, numbers. Returns where 販売名 begins.
    fn head(&mut self, values: &[Text]) -> usize {
        for (n, line) in values.iter().enumerate() {
            let key = line.as_str();
            let open = open_brackets(self.last("再審査期間")) > 0;
            let open_date = open_brackets(self.last("承認年月日")) > 0 && self.last("再審査期間").is_empty();
            let number = self.last("承認番号");
            if is_approval_number(key) {
                self.add("承認番号", line);
            } else if key.len() <= 4 && key.bytes().all(|b| b.is_ascii_digit()) && !number.is_empty() {
                // 承認番号 of several lines that a narrow column cuts: the first that is too short
                self.complete_number(line);
            } else if key.len() == 6 && key.bytes().all(|b| b.is_ascii_digit()) {
                self.add("薬効分類", line);
            } else if let Some((label, cut)) = code_at_end(key) {
                // a value of the left column and one of the right in a line
                self.left(&line.slice(0..cut), open);
                self.add(label, &line.slice(cut..key.len()));
            } else if open_date && !is_date(key) {
                self.join("承認年月日", line);
            } else if open || is_reexamination(key) || is_date(key) {
                self.left(line, open);
            } else {
                return n;
            }
        }
        values.len()
    }

    fn left(&mut self, line: &Text, open: bool) {
        let key = line.as_str();
        let period = self.last("再審査期間");
        if open {
            self.join("再審査期間", line);
        } else if !period.is_empty() && is_none(period) && is_none(key) {
            self.add("国際誕生日", line);
        } else if is_reexamination(key) {
            self.add("再審査期間", line);
        } else if self.last("再審査期間").is_empty() {
            self.add("承認年月日", line);
        } else if self.last("再審査期間").ends_with("終了") && key.starts_with('(') {
            self.join("再審査期間", line);
        } else {
            self.add("国際誕生日", line);
        }
    }

    fn complete_number(&mut self, rest: &Text) {
        let Some(field) = self.fields.iter_mut().find(|f| f.label == "承認番号") else { return };
        let longest = 16;
        let short = |t: &Text| t.as_str().trim_start_matches(|c| matches!(c, '①'..='⑳')).len() + rest.len() == longest;
        if let Some(line) = field.lines.iter_mut().find(|t| short(t)) {
            line.append(rest);
        }
        field.value.text = Text::default();
        for line in &field.lines {
            field.value.text.append(line);
        }
    }

    /// 販売名 to 備考, which come in their order and begin and end in their own ways.
    fn body(&mut self, values: &[Text]) {
        let find = |from: usize, test: &dyn Fn(&str) -> bool| (from..values.len()).find(|&n| test(values[n].as_str()));
        let Some(contents) = find(0, &is_content) else { return };
        // the substance is the line before what is in a tablet, unless that is numbered on
        let substance = contents.saturating_sub(1);
        let remark = find(contents, &is_remark).unwrap_or(values.len());
        let condition = find(contents, &|key| key.contains("医薬品リスク管理計画を策定")).unwrap_or(remark);
        let dose = find(contents, &is_dose).filter(|&d| d < condition).unwrap_or(condition);
        // what ends with a full stop is still of the dose
        let indication = (dose..condition).rev().find(|&n| values[n].as_str().ends_with('。')).map_or(dose, |n| n + 1);
        for (range, label) in [
            (0..substance, "販売名"),
            (substance..contents, "有効成分"),
            (contents..dose, "含量及び剤形"),
            (dose..indication, "用法及び用量"),
            (indication..condition, "効能又は効果"),
            (condition..remark, "承認条件"),
            (remark..values.len(), "備考"),
        ] {
            for line in &values[range] {
                self.add(label, line);
            }
        }
    }
}

fn is_approval_number(key: &str) -> bool {
    let key = key.trim_start_matches(|c| matches!(c, '①'..='⑳'));
    key.starts_with(|c: char| c.is_ascii_digit())
        && key.len() >= 8
        && key.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        && key.contains(|c: char| c.is_ascii_uppercase())
}

/// A code or a number of approval behind other text.
fn code_at_end(key: &str) -> Option<(&'static str, usize)> {
    let code = key.len() - key.bytes().rev().take_while(|b| b.is_ascii_digit() || b.is_ascii_uppercase()).count();
    let mark = key[..code].chars().next_back().filter(|c| matches!(c, '①'..='⑳')).map_or(code, |c| code - c.len_utf8());
    if mark == 0 || !key.is_char_boundary(mark) {
        return None;
    }
    if is_approval_number(&key[mark..]) {
        Some(("承認番号", mark))
    } else if key.len() - code == 6 && key[..code].ends_with('日') && key[code..].bytes().all(|b| b.is_ascii_digit()) {
        Some(("薬効分類", code))
    } else {
        None
    }
}

/// What a tablet holds: 1錠中に…, or without に where a number begins the line.
fn is_content(key: &str) -> bool {
    let key = key.trim_start_matches(|c| matches!(c, '①'..='⑳'));
    let unit = key.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    key.contains("中に")
        || (unit.len() < key.len()
            && unit.split_once('中').is_some_and(|(unit, rest)| (1..=8).contains(&unit.chars().count()) && !rest.is_empty()))
}

fn is_none(key: &str) -> bool {
    ["なし", "該当なし", "該当しない"].iter().any(|w| key == *w || key.starts_with(&format!("{w}(")))
}

fn is_reexamination(key: &str) -> bool {
    let years = key.trim_start_matches(|c: char| c.is_ascii_digit());
    key.starts_with("効能")
        || (years.len() < key.len() && years.starts_with("年("))
        || key.contains("残余期間")
        || is_none(key)
        || key.contains("再審査")
        || (key.starts_with('(') && key.contains('~') && !find_dates(key).is_empty())
}

/// A line of nothing but dates and the numbers of the products approved then.
fn is_date(key: &str) -> bool {
    let key = key.trim_start_matches(|c| matches!(c, '①'..='⑳' | '、' | ',' | ':'));
    find_dates(key).first().is_some_and(|d| d.range.start == 0 && (d.range.end == key.len() || key[d.range.end..].starts_with('(')))
}

/// The first line of the regulatory history.
fn is_remark(key: &str) -> bool {
    let dated = find_dates(key).first().is_some_and(|d| d.range.start == 0 && d.value.as_ref().is_ok_and(|v| v.day.is_some()));
    key.contains("承認の経緯") || (dated && ["承認", "追加", "販売開始", "発売", "変更", "受領", "通知"].iter().any(|w| key.contains(w)))
}

fn is_dose(key: &str) -> bool {
    let key = key.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '①'..='⑳'));
    key.starts_with(['<', '[', '〈', '《'])
        || key.starts_with("通常")
        || key.contains(":通常")
        || (["1日", "1回", "体重", "投与"].iter().any(|w| key.contains(w)) && !is_content(key))
        || (key.starts_with("効能") && key.contains(':'))
}
