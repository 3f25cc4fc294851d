//! The rows or columns of a table of counts do not add up to its totals.

use diagnostic::Severity;

use crate::review::tables::{Cell, Row, is_short, rows};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP331",
    name: "table-does-not-add-up",
    severity: Severity::Error,
    title: ("表の計が行や列の合計と合わない", "the totals of a table are not the sums of its rows or columns"),
    why: (
        "計は各欄を足したものである。合わない場合は、計か各欄のどれかが誤っている。",
        "a total is the sum of its cells; where it is not, the total or one of the cells is wrong",
    ),
    reference: plan::form!(" 1.1", ", section 1.1"),
    manual: include_str!("table_does_not_add_up.md"),
    check,
};

/// Longest heading of a table's columns, in characters.
const HEAD: usize = 200;

fn check(context: &Context<'_>, sink: &mut Sink) {
    let paragraphs = &context.published.prose.paragraphs;
    let mut from = 0;
    while from < paragraphs.len() {
        let to = from + paragraphs[from..].iter().take_while(|p| p.view == paragraphs[from].view).count();
        let rows = rows(paragraphs, from..to);
        for (n, row) in rows.iter().enumerate() {
            across(context, sink, &rows, n);
            if is_total(&row.label) {
                down(context, sink, &rows[..n], row);
            }
        }
        from = to;
    }
}

/// True where the heading of a row ends with a word for the total.
fn is_total(label: &str) -> bool {
    let label = label.trim_end_matches([')', '群', ':']);
    label.ends_with("併合")
        || label.ends_with("統合")
        || label.ends_with("全体")
        || label.strip_suffix('計').is_some_and(|before| !before.ends_with(['統', '累', '推', '設', '会']))
}

/// True where the heading of the columns names a total.
fn names_total(head: &str) -> bool {
    ["併合", "統合", "合計", "全体"].iter().any(|w| head.contains(w))
        || head.match_indices('計').any(|(at, c)| {
            !head[..at].ends_with(['統', '累', '推', '設', '会', '時']) && !head[at + c.len()..].starts_with(['画', '算', '測', '量'])
        })
}

/// The last column as the sum of the others.
fn across(context: &Context<'_>, sink: &mut Sink, rows: &[Row], n: usize) {
    let row = &rows[n];
    let width = row.cells.len();
    if width < 3 {
        return;
    }
    // the heading of the columns stands before the first row of the same width
    let first = (0..=n).rev().take_while(|&m| rows[m].cells.len() == width && (m == n || is_short(&rows[m + 1].label))).last().unwrap_or(n);
    let head: String = {
        let label = &rows[first].label;
        let start = label.rfind('。').map_or(0, |at| at + '。'.len_utf8());
        label[start..].to_owned()
    };
    if head.chars().count() > HEAD || !names_total(&head) {
        return;
    }
    let (parts, total) = (&row.cells[..width - 1], &row.cells[width - 1]);
    sink.looked_at(1);
    judge(context, sink, parts, total, is_graded(&head) || pools(&head));
}

/// The last row as the sum of the rows above it.
fn down(context: &Context<'_>, sink: &mut Sink, above: &[Row], total: &Row) {
    let width = total.cells.len();
    if !is_short(&total.label) {
        return;
    }
    let mut rows: Vec<&Row> = Vec::new();
    for row in above.iter().rev() {
        if row.cells.len() != width {
            break;
        }
        rows.push(row);
        if !is_short(&row.label) {
            break;
        }
    }
    if rows.len() < 2 {
        return;
    }
    let graded = rows.iter().any(|row| is_graded(&row.label));
    for column in 0..width {
        let parts: Vec<Cell> = rows.iter().rev().map(|r| r.cells[column].clone()).collect();
        sink.looked_at(1);
        judge(context, sink, &parts, &total.cells[column], graded);
    }
}

/// Columns of studies, whose patients are different ones.
fn pools(head: &str) -> bool {
    head.contains("併合") || head.contains("統合")
}

/// Rows into which each patient falls once.
fn is_graded(head: &str) -> bool {
    ["軽度", "重度", "Grade", "grade", "グレード", "重篤", "転帰", "重複なし"].iter().any(|w| head.contains(w))
}

fn judge(context: &Context<'_>, sink: &mut Sink, parts: &[Cell], total: &Cell, graded: bool) {
    let counts: u64 = parts.iter().map(|c| c.count).sum();
    let of: Option<u64> = parts.iter().map(|c| c.of).sum();
    // rows of several studies have each its own patients; rows of several events have the same, who count once in the total
    let studies = parts.windows(2).any(|pair| pair[0].of != pair[1].of);
    let (sum, stated, patients) = match (of, total.of) {
        // one of the two sums fits, so that the other is a slip
        (Some(of), Some(stated)) if studies && counts == total.count && of != stated && close(of, stated) => (of, stated, true),
        (Some(of), Some(stated)) if studies && counts != total.count && of == stated => (counts, total.count, false),
        // grades of one study: the parts have no denominator, or all the same one
        (None, _) if graded && counts != total.count && close(counts, total.count) => (counts, total.count, false),
        (Some(_), Some(stated))
            if graded && parts.iter().all(|c| c.of == Some(stated)) && counts != total.count && close(counts, total.count) =>
        {
            (counts, total.count, false)
        }
        _ => return,
    };
    let paragraph = |cell: &Cell| &context.published.prose.paragraphs[cell.paragraph];
    let mark = |cell: &Cell| {
        let p = paragraph(cell);
        Mark::part(&p.text, cell.range.clone(), p.view.section, &p.view.name)
    };
    let terms: Vec<String> = parts.iter().map(|c| if patients { c.of.unwrap_or(0) } else { c.count }.to_string()).collect();
    let mut marks = vec![mark(total).label(format!("計 {stated}"), format!("total {stated}"))];
    marks.extend(parts.iter().map(|cell| mark(cell).label("足した欄", "added up")));
    let (ja, en) = if patients { ("対象例数", "patients") } else { ("例数", "counts") };
    sink.report(
        context,
        (
            format!("表の{ja}の計は {sum} であり、{stated} ではありません"),
            format!("the {en} of the table add up to {sum}, not to {stated}"),
        ),
        (
            format!("{} = {sum}。計か各欄を原資料で確かめてください。", terms.join(" + ")),
            format!("{} = {sum}; check the total and the cells against the report", terms.join(" + ")),
        ),
        &marks,
    );
}

/// A slip is small; a column that is no total of the others lies far off.
fn close(sum: u64, total: u64) -> bool {
    sum.abs_diff(total) <= 2.max(total / 10)
}
