//! A percentage of a table is not that of its count and the patients of its column.

use std::ops::Range;
use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;
use statistics::percentage::{explains, half_up};

use crate::model::Paragraph;
use crate::prose::counts::number;
use crate::review::tables::{Cell, Row, is_short, rows};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP319",
    name: "table-percentage-disagrees",
    severity: Severity::Error,
    title: ("表の割合が、列の例数から求めた値と合わない", "a percentage of a table is not that of its column's patients"),
    why: (
        "列の見出しが例数を示す表では、各欄の割合はその例数から一意に決まる。",
        "where the head of a column tells its patients, each percentage below it follows from them",
    ),
    reference: plan::form!(" 1.1", ", section 1.1"),
    manual: include_str!("table_percentage_disagrees.md"),
    check,
};

/// N=233, in the head of a column.
static SIZE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[Nn]=(?P<n>[0-9][0-9,]*)").ok());

/// Most paragraphs, as cells of a table are, in which the heads of the columns stand.
const HEAD: usize = 40;

fn check(context: &Context<'_>, sink: &mut Sink) {
    let paragraphs = &context.published.prose.paragraphs;
    let mut from = 0;
    while from < paragraphs.len() {
        let to = from + paragraphs[from..].iter().take_while(|p| p.view == paragraphs[from].view).count();
        let rows = rows(paragraphs, from..to);
        let mut at = 0;
        while at < rows.len() {
            let width = rows[at].cells.len();
            let filled =
                |row: &&Row| row.cells.len() == width && row.cells.iter().all(|cell| cell.percentage.is_some() && cell.of.is_none());
            let height = rows[at..].iter().enumerate().take_while(|(n, row)| filled(row) && (*n == 0 || is_short(&row.label))).count();
            if height > 0 {
                let sizes = sizes(paragraphs, &rows, at, width);
                for (column, size) in sizes.iter().enumerate() {
                    judge(context, sink, paragraphs, &rows[at..at + height], column, size);
                }
            }
            at += height.max(1);
        }
        from = to;
    }
}

/// The patients of a column, and where its head tells them.
struct Size {
    patients: u64,
    paragraph: usize,
    range: Range<usize>,
}

/// The patients of each column, which the head tells as 本剤群（233例）or 本剤群 N=233; empty where it does not tell all of them.
fn sizes(paragraphs: &[Paragraph], rows: &[Row], first: usize, width: usize) -> Vec<Size> {
    let told = SIZE.as_ref().map_or(0, |size| size.find_iter(&rows[first].label).count());
    let mut sizes: Vec<Size> = Vec::new();
    if told == width {
        // what stands in the label of the first row stands in the text before its first cell
        let cell = &rows[first].cells[0];
        for paragraph in (0..=cell.paragraph).rev().take(HEAD) {
            let s = paragraphs[paragraph].text.as_str();
            let end = if paragraph == cell.paragraph { cell.range.start } else { s.len() };
            let found = SIZE
                .iter()
                .flat_map(|size| size.captures_iter(&s[..end]))
                .filter_map(|found| Some(Size { patients: number(found.name("n")?.as_str())?, paragraph, range: found.get(0)?.range() }));
            sizes.splice(0..0, found.collect::<Vec<_>>());
            if sizes.len() >= width {
                break;
            }
        }
        return sizes.split_off(sizes.len().saturating_sub(width));
    }
    for (n, row) in rows[..first].iter().enumerate().rev() {
        let head = row.cells.iter().all(|cell| cell.of.is_none() && cell.percentage.is_none());
        // a figure of the sentence before the table is none of its head
        if !head || !is_short(&rows[n + 1].label) || sizes.len() >= width {
            break;
        }
        let cells = row.cells.iter().map(|cell| Size { patients: cell.count, paragraph: cell.paragraph, range: cell.range.clone() });
        sizes.splice(0..0, cells.collect::<Vec<_>>());
    }
    if sizes.len() == width { sizes } else { Vec::new() }
}

/// One column. The head tells its patients only if most of its percentages say so too.
fn judge(context: &Context<'_>, sink: &mut Sink, paragraphs: &[Paragraph], rows: &[Row], column: usize, size_of: &Size) {
    let cells: Vec<(&Cell, &str)> =
        rows.iter().filter_map(|row| row.cells.get(column)).filter_map(|cell| Some((cell, cell.percentage.as_deref()?))).collect();
    let Size { patients: size, .. } = *size_of;
    let fits = |(cell, printed): &(&Cell, &str)| cell.count <= size && explains(printed, cell.count, size).is_some();
    let fitting = cells.iter().filter(|cell| fits(cell)).count();
    if size == 0 || fitting < 2 || 2 * fitting <= cells.len() {
        return;
    }
    sink.looked_at(cells.len());
    for (cell, printed) in cells.into_iter().filter(|cell| !fits(cell)) {
        let decimals = printed.split_once('.').map_or(0, |(_, d)| u32::try_from(d.len()).unwrap_or(0));
        let Some(right) = half_up(cell.count, size, decimals) else { continue };
        let (paragraph, head) = (&paragraphs[cell.paragraph], &paragraphs[size_of.paragraph]);
        let counts = format!("{}/{size}", cell.count);
        sink.report(
            context,
            (format!("{counts} 例は {right}% であり、{printed}% ではありません"), format!("{counts} is {right} %, not {printed} %")),
            (
                format!("列の例数は {size} です。例数が正しければ {right} に直してください。"),
                format!("the column has {size} patients; if the count is right, write {right}"),
            ),
            &[
                Mark::part(&paragraph.text, cell.range.clone(), paragraph.view.section, &paragraph.view.name)
                    .label(format!("{counts} は {right}%"), format!("{counts} is {right} %")),
                Mark::part(&head.text, size_of.range.clone(), head.view.section, &head.view.name)
                    .label("この列の例数", "the patients of the column"),
            ],
        );
    }
}
