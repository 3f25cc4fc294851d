//! Tables of counts, as far as running text shows them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::model::Paragraph;
use crate::prose::counts::number;

/// A cell: 6.3%(10/160例), 10/160例(6.3%), 10例, 10(6.3%).
static CELL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"[0-9]+(?:\.[0-9]+)?%\((?P<a>[0-9][0-9,]*)例?/(?P<b>[0-9][0-9,]*)(?:例|人|名)?\)",
        r"|(?P<c>[0-9][0-9,]*)例?/(?P<d>[0-9][0-9,]*)(?:例|人|名)?(?:\([0-9]+(?:\.[0-9]+)?%?\))?",
        r"|(?P<e>[0-9][0-9,]*)(?:例|人|名)(?:\((?P<p>[0-9]+(?:\.[0-9]+)?)%?\))?",
        r"|(?P<f>[0-9][0-9,]*)\((?P<q>[0-9]+(?:\.[0-9]+)?)%?\)",
    ))
    .ok()
});
/// Parts cells that stand beside or below each other.
const SEAM: char = '\u{1}';
/// Longest heading of a row, in characters.
const LABEL: usize = 60;

/// A cell of a table: patients, of how many, and where.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Patients.
    pub count: u64,
    /// Of how many, where the cell says so.
    pub of: Option<u64>,
    /// The percentage in brackets after a count, as printed.
    pub percentage: Option<String>,
    /// Its paragraph.
    pub paragraph: usize,
    /// Where it stands in it.
    pub range: Range<usize>,
}

/// A row: what stands before it, and its cells.
pub struct Row {
    /// What stands before its first cell.
    pub label: String,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// The rows of counts of one view.
pub fn rows(paragraphs: &[Paragraph], range: Range<usize>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut label = String::new();
    for (n, paragraph) in range.clone().zip(&paragraphs[range]) {
        let s = paragraph.text.as_str();
        for part in paragraph.between_seams(0..s.len()) {
            let mut end = part.start;
            for found in CELL.iter().flat_map(|cell| cell.captures_iter(&s[part.clone()])) {
                let Some(whole) = found.get(0).map(|m| part.start + m.start()..part.start + m.end()) else { continue };
                let value = |name| found.name(name).and_then(|m| number(m.as_str()));
                let Some(count) = value("a").or(value("c")).or(value("e")).or(value("f")) else { continue };
                label.push_str(&s[end..whole.start]);
                end = whole.end;
                let percentage = found.name("p").or(found.name("q")).map(|m| m.as_str().to_owned());
                let cell = Cell { count, of: value("b").or(value("d")), percentage, paragraph: n, range: whole };
                let beside = label.chars().all(|c| c == SEAM);
                match rows.last_mut() {
                    Some(row) if beside => row.cells.push(cell),
                    _ => rows.push(Row { label: label.replace(SEAM, ""), cells: vec![cell] }),
                }
                label.clear();
            }
            label.push_str(&s[end..part.end]);
            label.push(SEAM);
        }
    }
    rows
}

/// True for the heading of a row, and not a sentence.
pub fn is_short(label: &str) -> bool {
    !label.contains('。') && label.chars().count() <= LABEL
}
