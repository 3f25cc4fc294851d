//! The tree as a row of passages, each with where in the form it stands.

use std::ops::Range;

use typeset::{Block, Inline, Table};

use crate::flat::{paragraphs_mut, plain};

/// A paragraph or heading of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// Its words, without marks.
    pub text: String,
    /// What it says.
    pub content: Vec<Inline>,
    /// The headings above it, the row and column of its table, and the label above it in its cell.
    pub section: Vec<String>,
    /// The name of its column, of a table that has several.
    pub column: Option<String>,
    /// The name of the place that tells of the same thing of the plan.
    pub place: Option<String>,
    /// The sign of the list it is an item of.
    pub sign: Option<String>,
    /// Which cell it stands in; what stands in no table is counted by its heading.
    pub cell: usize,
}

/// The passages of a body without the blocks of `left_out`, in the order in which they are read.
pub fn passages(body: &[Block], left_out: &[Range<usize>]) -> Vec<Passage> {
    let mut walk = Walk::default();
    for (index, block) in body.iter().enumerate() {
        if !left_out.iter().any(|range| range.contains(&index)) {
            walk.block(block);
        }
    }
    walk.passages
}

/// Puts a named place before each passage that `passages` gives: `prefix` and its number.
pub fn name_passages(body: &mut [Block], left_out: &[Range<usize>], prefix: &str) {
    let mut number = 0;
    for (index, block) in body.iter_mut().enumerate() {
        if left_out.iter().any(|range| range.contains(&index)) {
            continue;
        }
        for content in paragraphs_mut(std::slice::from_mut(block)) {
            if !plain(content).trim().is_empty() {
                content.insert(0, Inline::Anchor(format!("{prefix}{number}")));
                number += 1;
            }
        }
    }
}

#[derive(Default)]
struct Walk {
    passages: Vec<Passage>,
    headings: Vec<(u8, String)>,
    /// Rows and columns of the tables that are open.
    cells: Vec<String>,
    column: Option<String>,
    /// Labels above, such as 【目的】 and a line that ends with a colon.
    labels: [Option<String>; 2],
    place: Option<String>,
    cell: usize,
    sign: Option<String>,
}

impl Walk {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => {
                while self.headings.last().is_some_and(|(level, _)| *level >= heading.level) {
                    self.headings.pop();
                }
                self.labels = [None, None];
                self.cell += 1;
                if heading.level <= 3 {
                    self.place = None;
                }
                self.place = heading.id.clone().or(self.place.take());
                self.passage(&heading.content);
                self.headings.push((heading.level, plain(&heading.content).replace('\n', " ").trim().to_owned()));
            }
            Block::Paragraph(content) => self.paragraph(content),
            Block::List { ordered, items } => {
                for (number, item) in items.iter().enumerate() {
                    let sign = if *ordered { format!("{}. ", number + 1) } else { "・".to_owned() };
                    for (index, block) in item.iter().enumerate() {
                        self.sign = (index == 0).then(|| sign.clone());
                        self.block(block);
                    }
                }
                self.sign = None;
            }
            Block::Table(table) => self.table(table),
            Block::Box(inner) | Block::Foreign(_, inner) => inner.iter().for_each(|block| self.block(block)),
            Block::Picture(picture) => self.passage(&picture.caption),
            Block::Contents { .. } | Block::PageBreak | Block::Note(_) => {}
        }
    }

    fn paragraph(&mut self, content: &[Inline]) {
        let text = plain(content);
        let text = text.trim();
        let short = text.chars().count() <= LABEL;
        if short && text.starts_with('【') && text.ends_with('】') {
            self.labels = [None, None];
            self.passage(content);
            self.labels[0] = Some(text.to_owned());
        } else if short && text.ends_with('：') && self.sign.is_none() {
            self.labels[1] = None;
            self.passage(content);
            self.labels[1] = Some(text.trim_end_matches('：').to_owned());
        } else {
            self.passage(content);
        }
    }

    fn passage(&mut self, content: &[Inline]) {
        let text = plain(content);
        let anchors = &mut self.place;
        named(content, &mut |name| *anchors = Some(name.to_owned()));
        let sign = self.sign.take();
        if text.trim().is_empty() {
            return;
        }
        let headings = self.headings.iter().map(|(_, words)| words);
        let section = headings.chain(&self.cells).chain(self.labels.iter().flatten()).cloned().collect();
        let content = content.to_vec();
        let (column, place) = (self.column.clone(), self.place.clone());
        self.passages.push(Passage { text, content, section, column, place, sign, cell: self.cell });
    }

    fn table(&mut self, table: &Table) {
        self.caption(table);
        let width = table.columns.len();
        // how many more rows a cell from above takes in each column, and what names the column
        let mut taken = vec![0_usize; width];
        let mut heads: Vec<Option<String>> = vec![None; width];
        for row in &table.rows {
            let outer = self.place.clone();
            let all_name = row.cells.iter().all(|cell| cell.heading);
            let mut row_name: Option<String> = None;
            let mut column = 0;
            let mut filled = vec![0_usize; width];
            for cell in &row.cells {
                while column < width && taken[column] > 0 {
                    column += 1;
                }
                let text = said(&cell.blocks);
                let columns = column..(column + cell.columns.max(1)).min(width);
                self.cell += 1;
                self.labels = [None, None];
                if width > 1 && row_name.is_none() {
                    linked(&cell.blocks, &mut |to| self.place = Some(to.to_owned()));
                }
                let head = heads.get(column).cloned().flatten();
                let names = [row_name.clone(), head.clone()];
                let open = self.cells.len();
                let outside = std::mem::replace(&mut self.column, head.filter(|_| width > 1 && !cell.heading));
                if !cell.heading {
                    self.cells.extend(names.into_iter().flatten().filter(|name| !name.is_empty()));
                }
                cell.blocks.iter().for_each(|block| self.block(block));
                self.cells.truncate(open);
                self.column = outside;
                if cell.heading && all_name && !has_heading(&cell.blocks) {
                    heads[columns.clone()].iter_mut().for_each(|head| *head = Some(text.clone()));
                } else if cell.heading || (row_name.is_none() && width > 1) {
                    row_name = Some(text);
                }
                filled[columns.clone()].iter_mut().for_each(|rows| *rows = cell.rows.max(1));
                column = columns.end;
            }
            for (taken, filled) in taken.iter_mut().zip(filled) {
                *taken = taken.saturating_sub(1).max(filled.saturating_sub(1));
            }
            self.labels = [None, None];
            if width > 1 {
                self.place = outer;
            }
        }
    }

    fn caption(&mut self, table: &Table) {
        if !table.caption.is_empty() {
            self.passage(&table.caption);
        }
    }
}

/// Letters a label has at most.
const LABEL: usize = 60;

/// The words of a cell in one line, if they are a name and no text.
fn said(blocks: &[Block]) -> String {
    match blocks.first() {
        Some(Block::Paragraph(content)) => {
            let text = plain(content).replace('\n', " ");
            if text.chars().count() <= LABEL { text.trim().to_owned() } else { String::new() }
        }
        _ => String::new(),
    }
}

fn has_heading(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| matches!(block, Block::Heading(_)))
}

/// Places that a line names.
fn named(content: &[Inline], each: &mut dyn FnMut(&str)) {
    for inline in content {
        match inline {
            Inline::Anchor(name) => each(name),
            Inline::Marked(_, inner)
            | Inline::Link { content: inner, .. }
            | Inline::Traced { content: inner, .. }
            | Inline::Sourced { content: inner, .. } => named(inner, each),
            _ => {}
        }
    }
}

/// Places to which the first line of a cell leads.
fn linked(blocks: &[Block], each: &mut dyn FnMut(&str)) {
    let Some(Block::Paragraph(content)) = blocks.first() else { return };
    for inline in content {
        if let Inline::Link { to, .. } = inline {
            each(to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use typeset::{Align, Cell, Column, Heading, Row, Rules, Weight};

    fn line(text: &str) -> Block {
        Block::Paragraph(vec![Inline::text(text)])
    }

    #[test]
    fn each_passage_knows_its_headings_row_and_column() {
        let head = |text: &str| Cell::heading(vec![line(text)]);
        let cell = |text: &str| Cell::new(vec![line(text)]);
        let row = |cells: Vec<Cell>| Row { cells, breakable: true };
        let column = Column { width: Weight::Parts(1.0), align: Align::Start };
        let wide = Cell { columns: 2, ..head("通常の活動") };
        let body = [
            Block::Heading(Heading { level: 2, id: None, content: vec![Inline::text("5.1 一覧")] }),
            Block::Table(Table {
                caption: Vec::new(),
                columns: vec![column; 2],
                head: 0,
                rows: vec![row(vec![wide]), row(vec![head("名称"), head("実施状況")]), row(vec![cell("調査甲"), cell("実施中")])],
                rules: Rules::All,
            }),
            line("【目的】"),
            line("設定の根拠："),
            line("甲である。"),
        ];
        let all = passages(&body, &[]);
        let of = |text: &str| all.iter().find(|p| p.text == text).map(|p| p.section.join("/")).unwrap_or_default();
        assert_eq!(of("実施中"), "5.1 一覧/調査甲/実施状況");
        assert_eq!(of("調査甲"), "5.1 一覧/名称");
        assert_eq!(of("甲である。"), "5.1 一覧/【目的】/設定の根拠");
        let all = 0..5;
        assert!(passages(&body, std::slice::from_ref(&all)).is_empty());
    }

    #[test]
    fn names_are_given_in_the_order_of_the_passages() {
        let mut body = [line("一"), line(""), Block::Box(vec![line("二")])];
        let before: Vec<String> = passages(&body, &[]).into_iter().map(|p| p.text).collect();
        name_passages(&mut body, &[], "p");
        let places: Vec<Option<String>> = passages(&body, &[]).into_iter().map(|p| p.place).collect();
        assert_eq!(before, ["一", "二"]);
        assert_eq!(places, [Some("p0".to_owned()), Some("p1".to_owned())]);
    }
}
