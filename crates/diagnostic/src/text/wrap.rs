//! Breaking prose into lines, where Japanese and Latin text may be broken.

use super::cell::{Cell, cells, width, write_line};
use super::style::Style;

/// May not begin a line (JIS X 4051, 行頭禁則).
const NOT_FIRST: &str =
    "、。，．・：；？！）］｝〕〉》」』】〙〗〟’”｠»,.:;?!)]}、。｣､･ー々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ…‥゛゜ﾞﾟｰ％%‰℃～";
/// May not end a line (行末禁則).
const NOT_LAST: &str = "（［｛〔〈《「『【〘〖〝‘“｟«([{｢￥＄";
/// Stay with the number before them.
const COUNTERS: &str = "例件人日週月年回歳頁章条項号";

fn is_numeric(character: char) -> bool {
    matches!(character, '0'..='9' | '０'..='９' | '.' | ',' | '/' | '．' | '，' | '／')
}

fn is_digit(character: char) -> bool {
    matches!(character, '0'..='9' | '０'..='９')
}

/// Full width, or half-width kana: such text is broken between any two characters that no rule keeps together.
fn is_japanese(cell: &Cell) -> bool {
    cell.width > 1 || matches!(cell.first(), '\u{ff61}'..='\u{ff9f}')
}

fn may_break(before: &Cell, after: &Cell) -> bool {
    let (last, first) = (before.first(), after.first());
    if after.is_blank() {
        return false;
    }
    if before.is_blank() {
        return true;
    }
    if NOT_FIRST.contains(first) || NOT_LAST.contains(last) {
        return false;
    }
    if is_numeric(last) && is_numeric(first) || is_digit(last) && COUNTERS.contains(first) {
        return false;
    }
    is_japanese(before) || is_japanese(after)
}

/// Breaks cells into lines of at most `columns`. A word that is longer than a line is broken inside.
pub(crate) fn wrap(text: &[Cell], columns: usize) -> Vec<Vec<Cell>> {
    let text = collapse(text);
    let columns = columns.max(2);
    let mut lines = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let mut used = 0;
        let mut end = start;
        while end < text.len() && (used + text[end].width <= columns || end == start) {
            used += text[end].width;
            end += 1;
        }
        if end < text.len() && !text[end].is_blank() {
            end = (start + 1..=end).rev().find(|&index| may_break(&text[index - 1], &text[index])).unwrap_or(end);
        }
        lines.push(text[start..end].to_vec());
        start = end;
        while start < text.len() && text[start].is_blank() {
            start += 1;
        }
    }
    lines
}

/// Without blanks at the ends, and with single ones between words.
fn collapse(text: &[Cell]) -> Vec<Cell> {
    let mut collapsed: Vec<Cell> = Vec::with_capacity(text.len());
    for cell in text {
        let doubled = collapsed.last().is_none_or(Cell::is_blank);
        if !(cell.is_blank() && doubled) {
            collapsed.push(cell.clone());
        }
    }
    while collapsed.last().is_some_and(Cell::is_blank) {
        collapsed.pop();
    }
    collapsed
}

/// Writes `text` wrapped to `columns`, beginning with `prefix`; further lines are indented by `indent` columns.
pub(crate) fn write_hanging(out: &mut String, prefix: &[Cell], indent: usize, text: &[Cell], columns: usize, colour: bool) {
    let room = columns.saturating_sub(indent.max(width(prefix)));
    let mut lines = wrap(text, room).into_iter();
    let mut first = prefix.to_vec();
    first.extend(lines.next().unwrap_or_default());
    write_line(out, &first, colour);
    let blank = cells(&" ".repeat(indent), Style::Plain);
    for line in lines {
        let mut row = blank.clone();
        row.extend(line);
        write_line(out, &row, colour);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, columns: usize, expected: &[&str]) {
        let mut out = String::new();
        for line in wrap(&cells(text, Style::Plain), columns) {
            write_line(&mut out, &line, false);
        }
        assert_eq!(out.lines().collect::<Vec<_>>(), expected, "{text} at {columns}");
    }

    #[test]
    fn full_width_characters_take_two_columns() {
        check("見本錠の試験", 8, &["見本錠の", "試験"]);
        check("見本錠の試験", 9, &["見本錠の", "試験"]);
        check("ﾐﾎﾝｼﾞｮｳ", 4, &["ﾐﾎﾝ", "ｼﾞｮｳ"]);
    }

    #[test]
    fn punctuation_does_not_begin_a_line_and_brackets_do_not_end_one() {
        check("見本錠。試験", 6, &["見本", "錠。試", "験"]);
        check("見本（錠）試", 6, &["見本", "（錠）", "試"]);
        check("ショック", 4, &["ショ", "ック"]);
    }

    #[test]
    fn numbers_keep_their_counters_and_words_stay_whole() {
        check("対象は１２例です", 10, &["対象は", "１２例です"]);
        check("見本 SMP-201 試験", 10, &["見本", "SMP-201 試", "験"]);
        check("4.2%（1/24例）", 10, &["4.2%", "（1/24例）"]);
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken() {
        check("abcdefgh ij", 4, &["abcd", "efgh", "ij"]);
    }

    #[test]
    fn blanks_are_single_and_never_at_an_end() {
        check("  a \u{3000}\n b  ", 10, &["a b"]);
        check("", 10, &[]);
    }
}
