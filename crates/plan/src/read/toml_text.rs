use std::collections::HashSet;
use std::ops::Range;

use toml::de::DeTable;

use crate::mistake::{Mark, Mistake, Mistakes};
use crate::rules::code;
use crate::shape::{Reader, Table};
use crate::source::{FileId, Place};

/// So many words of a line that is no TOML are kept.
const WORDS: usize = 8;

/// Reads TOML that begins at a byte of a file as a table of the language. A line that is no TOML is told once, and what else seems
/// wrong on that line is not.
pub(super) fn read<T: Table>(text: &str, file: FileId, offset: usize, mistakes: &mut Mistakes) -> T {
    let (table, mut errors) = DeTable::parse_recoverable(text);
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    let place = |range: Range<usize>| Place::new(file, range.start + offset..range.end + offset);
    let first_line = text.find('\n').unwrap_or(text.len());
    mistakes.looked_at(code::SYNTAX_ERROR);
    let mut lines: Vec<Place> = Vec::new();
    let mut torn: HashSet<&str> = HashSet::new();
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        let (start, end) = (text.floor_char_boundary(span.start), text.ceil_char_boundary(span.end.min(text.len())));
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[end.max(start)..].find('\n').map_or(text.len(), |at| end.max(start) + at);
        let line = place(line_start..line_end);
        if lines.last().is_some_and(|before| line.start <= before.end) {
            continue;
        }
        lines.push(line);
        let at = place(if start < end { start..end } else { line_start..line_end });
        mistakes.add(code::SYNTAX_ERROR, told(error.message(), at));
        torn.extend(text[line_start..line_end].split(|c: char| !c.is_ascii_alphanumeric() && c != '_').take(WORDS));
    }
    let value = T::read(&mut Reader::new(file, offset, mistakes).torn(torn), table.get_ref(), place(0..first_line));
    if !lines.is_empty() {
        let touches = |at: Place| {
            let before = lines.partition_point(|line| line.start <= at.start).checked_sub(1).map(|index| lines[index]);
            at.file == file && before.is_some_and(|line| at.start <= line.end)
        };
        mistakes.retain(|code, mistake| {
            !matches!(code, code::WRONG_TYPE | code::UNKNOWN_KEY | code::MISSING_KEY | code::UNKNOWN_VALUE)
                || !mistake.marks.first().is_some_and(|mark| touches(mark.at))
        });
    }
    value
}

/// The parser's words, in both languages as far as they are usual.
fn told(message: &str, at: Place) -> Mistake {
    let (ja, hint_ja, hint_en) = if message.starts_with("duplicate key") {
        ("同じキーが二度書かれています", "どちらかを消してください。", "delete one of them")
    } else if message.contains("newline") || message.contains("unclosed") || message.contains("invalid basic string") {
        (
            "行が途中で終わっているか、閉じられていません",
            "引用符や括弧の対応を確かめてください。",
            "check that quotation marks and brackets are closed",
        )
    } else if message.contains("date") || message.contains("time") {
        ("日付の書き方が正しくありません", "2026-04-01 のように書いてください。", "write it like 2026-04-01")
    } else {
        (
            "TOML として読めません",
            "キー = 値 の形と、文字列の引用符を確かめてください。",
            "check that it is key = value, and that strings are in quotation marks",
        )
    };
    Mistake::new((ja.to_owned(), format!("this is no TOML: {message}")), (hint_ja, hint_en), Mark::at(at))
}
