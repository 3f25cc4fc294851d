//! A document as plain text: tables with tabs between their cells, so that it can be read again.

use typeset::{Block, Document, Inline, Table};

use crate::flat::plain;

/// The document as plain text. Notes and the watermark are left out: they are not part of what is said.
#[must_use]
pub fn text(document: &Document) -> String {
    let mut out = String::new();
    blocks(&document.body, "", &mut out);
    out
}

fn blocks(all: &[Block], indent: &str, out: &mut String) {
    for block in all {
        match block {
            Block::Heading(heading) => {
                blank(out);
                lines(&heading.content, "", indent, out);
                out.push('\n');
            }
            Block::Paragraph(content) => lines(content, "", indent, out),
            Block::List { ordered, items } => {
                for (n, item) in items.iter().enumerate() {
                    let sign = if *ordered { format!("{}. ", n + 1) } else { "・".to_owned() };
                    let deeper = format!("{indent}　");
                    let mut rest = item.as_slice();
                    match item.split_first() {
                        Some((Block::Paragraph(content), after)) => {
                            lines(content, &sign, indent, out);
                            rest = after;
                        }
                        _ => out.push_str(&format!("{indent}{sign}\n")),
                    }
                    blocks(rest, &deeper, out);
                }
            }
            Block::Table(table) => self::table(table, out),
            Block::Picture(picture) => lines(&[Inline::Text(format!("［図：{}］", picture.alternative))], "", indent, out),
            Block::PageBreak => blank(out),
            Block::Box(inner) | Block::Foreign(_, inner) => {
                blank(out);
                blocks(inner, indent, out);
                blank(out);
            }
            Block::Contents { .. } | Block::Note(_) => {}
        }
    }
}

fn table(table: &Table, out: &mut String) {
    blank(out);
    if !table.caption.is_empty() {
        lines(&table.caption, "", "", out);
    }
    for row in &table.rows {
        if let [cell] = row.cells.as_slice() {
            blocks(&cell.blocks, "", out);
            continue;
        }
        // what a label tells keeps its lines; in wider tables a row is a line
        if let [label, told] = row.cells.as_slice()
            && label.heading
        {
            let mut inner = String::new();
            blocks(&told.blocks, "", &mut inner);
            let told = inner.lines().map(|line| line.replace('\t', " ")).filter(|line| !line.trim().is_empty());
            let mut label = in_line(&label.blocks);
            for line in told {
                out.push_str(&format!("{}\t{line}\n", std::mem::take(&mut label)));
            }
            if !label.is_empty() {
                out.push_str(&format!("{label}\t\n"));
            }
            continue;
        }
        let cells: Vec<String> = row.cells.iter().map(|cell| in_line(&cell.blocks)).collect();
        out.push_str(&cells.join("\t"));
        out.push('\n');
    }
    blank(out);
}

/// A cell in one line.
fn in_line(all: &[Block]) -> String {
    let mut inner = String::new();
    blocks(all, "", &mut inner);
    inner.lines().map(|line| line.trim().replace('\t', " ")).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

fn lines(content: &[Inline], sign: &str, indent: &str, out: &mut String) {
    for (n, line) in plain(content).split('\n').enumerate() {
        out.push_str(indent);
        out.push_str(if n == 0 { sign } else { "" });
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// An empty line, unless there is one.
fn blank(out: &mut String) {
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}
