//! From expanded text to the tree.

use std::ops::Range;

use diagnostic::{Finding, Words};
use plan::prose::{self, Run};
use typeset::{Align, Block, Cell, Column, Heading, Inline, Page, Row, Rules, Table, Tone, Weight};

use super::Form;
use super::expand::{Expanded, Written};
use crate::flat;
use crate::fragment::{Content, Fragment};
use crate::notes::{Remark, places};

/// A filled form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Formed {
    /// `:::title`.
    pub title: String,
    /// `:::file`: the name of the files, without their ending.
    pub file: String,
    /// `:::head`.
    pub head: Vec<Inline>,
    /// `:::landscape`.
    pub page: Page,
    /// The body.
    pub blocks: Vec<Block>,
    /// Which blocks of the body are never underlined as changed.
    pub unmarked: Vec<Range<usize>>,
    /// `:::spell-out`: how abbreviations are spelt out, and from which block on.
    pub spelt_out: Option<(String, usize)>,
}

/// Sets expanded text.
pub fn layout(form: &Form, expanded: &Expanded, remarks: &[Remark]) -> Result<Formed, Vec<Finding>> {
    let places = places(remarks, &expanded.fragments);
    let mut setter = Setter { form, expanded, at: 0, formed: Formed::default(), mistakes: Vec::new(), remarks, places };
    let blocks = setter.blocks(Inside::Document);
    setter.formed.blocks = blocks;
    setter.front();
    if setter.mistakes.is_empty() { Ok(setter.formed) } else { Err(setter.mistakes) }
}

/// What is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Document,
    Unmarked,
    Box,
    Cell,
}

struct Setter<'a> {
    form: &'a Form,
    expanded: &'a Expanded,
    at: usize,
    formed: Formed,
    mistakes: Vec<Finding>,
    remarks: &'a [Remark],
    /// Where each remark belongs.
    places: Vec<Option<usize>>,
}

/// A table has so many letters in a row before a page's end may part the row.
const BREAKABLE: usize = 200;

impl Setter<'_> {
    fn mistake(&mut self, line: usize, ja: impl Into<String>, en: impl Into<String>) {
        let Written { file, line } = self.expanded.lines.get(line).map_or_else(Written::default, |(_, written)| written.clone());
        let hint = Words::new("書き方は `mimamori explain FRM001` にあります。", "`mimamori explain FRM001` tells how forms are written.");
        self.mistakes.push(self.form.mistake(&file, line, Words::new(ja, en), hint));
    }

    fn line(&self) -> Option<&str> {
        self.expanded.lines.get(self.at).map(|(text, _)| text.trim())
    }

    /// Blocks up to the line that closes them.
    fn blocks(&mut self, inside: Inside) -> Vec<Block> {
        let opened = self.at;
        let mut blocks = Vec::new();
        let mut markdown = String::new();
        while let Some(line) = self.expanded.lines.get(self.at).map(|(text, _)| text.as_str()) {
            let Some(directive) = line.trim().strip_prefix(":::") else {
                markdown.push_str(line);
                markdown.push('\n');
                self.at += 1;
                continue;
            };
            self.set(&std::mem::take(&mut markdown), &mut blocks);
            let (word, rest) = directive.trim().split_once(' ').unwrap_or((directive.trim(), ""));
            let at = self.at;
            match word {
                "" if inside == Inside::Document => {
                    self.mistake(at, "閉じるものがない「:::」です", "“:::” closes nothing");
                    self.at += 1;
                }
                // what ends a cell belongs to its table
                "" | "row" | "cell" | "label" if inside == Inside::Cell => return blocks,
                "" => {
                    self.at += 1;
                    return blocks;
                }
                _ => {
                    self.at += 1;
                    self.directive(word, rest.trim(), at, inside, &mut blocks);
                }
            }
        }
        self.set(&markdown, &mut blocks);
        if inside != Inside::Document {
            self.mistake(opened.saturating_sub(1), "「:::」で閉じられていません", "it is not closed by “:::”");
        }
        blocks
    }

    fn directive(&mut self, word: &str, rest: &str, at: usize, inside: Inside, blocks: &mut Vec<Block>) {
        match word {
            "title" => self.formed.title = flat::plain(&self.inlines(rest)).replace('\n', " "),
            "file" => self.formed.file = flat::plain(&self.inlines(rest)),
            "head" => self.formed.head = self.inlines(rest),
            "spell-out" => {
                if inside != Inside::Document {
                    self.mistake(at, "「:::spell-out」は表や枠の中に置けません", "“:::spell-out” cannot stand in a table or box");
                }
                self.formed.spelt_out = Some((rest.to_owned(), blocks.len()));
            }
            "landscape" => self.formed.page = Page::Landscape,
            "page" => blocks.push(Block::PageBreak),
            "contents" => match rest.parse() {
                Ok(depth @ 1..=6) => blocks.push(Block::Contents { depth }),
                _ => self.mistake(at, "「:::contents」の後に 1 から 6 の数が要ります", "a number from 1 to 6 follows “:::contents”"),
            },
            "box" => {
                let inner = self.blocks(Inside::Box);
                blocks.push(Block::Box(inner));
            }
            "unmarked" => {
                if inside != Inside::Document {
                    self.mistake(at, "「:::unmarked」は表や枠の中に置けません", "“:::unmarked” cannot stand in a table or box");
                }
                let inner = self.blocks(Inside::Unmarked);
                self.formed.unmarked.push(blocks.len()..blocks.len() + inner.len());
                blocks.extend(inner);
            }
            "table" => {
                let table = self.table(rest, at);
                blocks.push(Block::Table(table));
            }
            _ => self.mistake(at, format!("「:::{word}」という指示はありません"), format!("there is no “:::{word}”")),
        }
    }

    fn table(&mut self, words: &str, at: usize) -> Table {
        let mut table = Table { caption: Vec::new(), columns: Vec::new(), head: 0, rows: Vec::new(), rules: Rules::All };
        for word in words.split_whitespace() {
            let (width, align) = match word.strip_suffix('c') {
                Some(width) => (width, Align::Centre),
                None => (word.strip_suffix('r').unwrap_or(word), if word.ends_with('r') { Align::End } else { Align::Start }),
            };
            if let Some(head) = word.strip_prefix("head=").and_then(|n| n.parse().ok()) {
                table.head = head;
            } else if word == "book" {
                table.rules = Rules::Book;
            } else if width == "auto" {
                table.columns.push(Column { width: Weight::Content, align });
            } else if let Some(parts) = width.parse::<f64>().ok().filter(|parts| *parts > 0.0 && parts.is_finite()) {
                table.columns.push(Column { width: Weight::Parts(parts), align });
            } else {
                self.mistake(at, format!("表の列幅「{word}」が分かりません"), format!("“{word}” is no width of a column"));
            }
        }
        if table.columns.is_empty() {
            self.mistake(at, "表の列幅がありません", "the table has no widths of columns");
            table.columns.push(Column { width: Weight::Parts(1.0), align: Align::Start });
        }
        let mut rows: Vec<(Row, usize)> = Vec::new();
        while let Some(line) = self.line().map(str::to_owned) {
            let here = self.at;
            self.at += 1;
            if line.is_empty() {
                continue;
            }
            if let Some(cells) = line.strip_prefix('|') {
                let cells: Vec<Cell> = cells.strip_suffix('|').unwrap_or(cells).split('|').map(|cell| self.cell(cell)).collect();
                rows.push((Row { breakable: false, cells }, here));
                continue;
            }
            match line.strip_prefix(":::").map(str::trim) {
                Some("") => {
                    self.finish(&mut table, rows);
                    return table;
                }
                Some("row") => rows.push((Row::default(), here)),
                Some(directive) if directive.starts_with("cell") || directive.starts_with("label") => {
                    let (word, signs) = directive.split_once(' ').unwrap_or((directive, ""));
                    let mut cell = self.cell(signs);
                    if word == "label" {
                        (cell.heading, cell.tone) = (true, Tone::Label);
                    }
                    cell.blocks = self.blocks(Inside::Cell);
                    match rows.last_mut() {
                        Some((row, _)) => row.cells.push(cell),
                        None => self.mistake(here, "「:::row」の前にセルがあります", "a cell stands before “:::row”"),
                    }
                }
                _ => self.mistake(here, "表の中には「| … |」か「:::row」の行を書きます", "a table holds lines “| … |” and “:::row”"),
            }
        }
        self.mistake(at, "表が「:::」で閉じられていません", "the table is not closed by “:::”");
        table
    }

    /// Rows of which every one fills its columns.
    fn finish(&mut self, table: &mut Table, rows: Vec<(Row, usize)>) {
        let mut down = vec![0_usize; table.columns.len()]; // how many rows a cell above still covers, by column
        for (mut row, at) in rows {
            if row.cells.is_empty() {
                continue;
            }
            let free = down.iter().filter(|rows| **rows == 0).count();
            let wide: usize = row.cells.iter().map(|cell| cell.columns).sum();
            if wide != free {
                self.mistake(
                    at,
                    format!("この行のセルは {wide} 列分ですが、表は {free} 列分を空けています"),
                    format!("the cells of this row take {wide} columns, but {free} are free"),
                );
                continue;
            }
            let mut column = 0;
            for cell in &row.cells {
                for _ in 0..cell.columns {
                    while down.get(column).is_some_and(|rows| *rows > 0) {
                        down[column] -= 1;
                        column += 1;
                    }
                    if let Some(covered) = down.get_mut(column) {
                        *covered = cell.rows - 1;
                    }
                    column += 1;
                }
            }
            down.iter_mut().skip(column).for_each(|rows| *rows = rows.saturating_sub(1));
            let letters: usize = row.cells.iter().flat_map(|cell| flat::paragraphs(&cell.blocks)).map(|p| flat::plain(p).len()).sum();
            row.breakable = letters > BREAKABLE * 3;
            table.rows.push(row);
        }
        if table.head > table.rows.len() {
            table.head = table.rows.len();
        }
    }

    /// A cell with its signs: `#`, `<2>`, `<2,3>`.
    fn cell(&mut self, text: &str) -> Cell {
        let mut rest = text.trim();
        let mut cell = Cell::new(Vec::new());
        if let Some(after) = rest.strip_prefix('#').filter(|after| !after.starts_with('#')) {
            (cell.heading, cell.tone) = (true, Tone::Label);
            rest = after.trim_start();
        }
        if let Some((span, after)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
            let mut numbers = span.split(',').map(|n| n.trim().parse::<usize>().ok().filter(|n| (1..=1000).contains(n)));
            match (numbers.next().flatten(), numbers.next()) {
                (Some(columns), None) => cell.columns = columns,
                (Some(columns), Some(Some(rows))) => (cell.columns, cell.rows) = (columns, rows),
                _ => self.mistake(
                    self.at.saturating_sub(1),
                    format!("セルの幅「<{span}>」が分かりません"),
                    format!("“<{span}>” is no span of a cell"),
                ),
            }
            rest = after.trim_start();
        }
        self.set(rest, &mut cell.blocks);
        cell
    }

    /// Sets Markdown.
    fn set(&mut self, markdown: &str, blocks: &mut Vec<Block>) {
        if !markdown.trim().is_empty() {
            let set: Vec<Block> = prose::blocks(markdown).iter().flat_map(|block| self.block(block)).collect();
            blocks.extend(set);
        }
    }

    fn block(&mut self, block: &prose::Block) -> Vec<Block> {
        match block {
            prose::Block::Paragraph(runs) => {
                if let [only] = runs.as_slice()
                    && let Some((index, fragment)) = self.alone(&only.text)
                    && let Content::Blocks(inner) = &fragment.content
                {
                    let mut all = inner.clone();
                    all.extend(self.beside(&[index]));
                    return all;
                }
                let content = self.runs(runs);
                let notes = self.beside(&self.used(runs));
                let empty = content.iter().all(|inline| matches!(inline, Inline::Text(text) if text.trim().is_empty()));
                (!empty).then_some(Block::Paragraph(content)).into_iter().chain(notes).collect()
            }
            prose::Block::Heading(level, runs) => {
                let mut content = self.runs(runs);
                let id = content.iter().position(|inline| matches!(inline, Inline::Anchor(_))).map(|at| content.remove(at));
                let id = id.and_then(|anchor| if let Inline::Anchor(id) = anchor { Some(id) } else { None });
                let notes = self.beside(&self.used(runs));
                std::iter::once(Block::Heading(Heading { level: level.saturating_sub(1), id, content })).chain(notes).collect()
            }
            prose::Block::List(first, items) => {
                let items = items.iter().map(|item| item.iter().flat_map(|block| self.block(block)).collect()).collect();
                vec![Block::List { ordered: first.is_some(), items }]
            }
            prose::Block::Table(rows) => {
                let columns = rows.iter().map(Vec::len).max().unwrap_or(1);
                let mut notes = Vec::new();
                let set = rows.iter().enumerate().map(|(n, row)| {
                    let cells = row.iter().map(|runs| {
                        notes.extend(self.beside(&self.used(runs)));
                        let blocks = vec![Block::Paragraph(self.runs(runs))];
                        if n == 0 { Cell { tone: Tone::Label, ..Cell::heading(blocks) } } else { Cell::new(blocks) }
                    });
                    Row { cells: cells.collect(), breakable: false }
                });
                let table = crate::prose::table(columns, set.collect());
                std::iter::once(Block::Table(table)).chain(notes).collect()
            }
        }
    }

    fn alone(&self, text: &str) -> Option<(usize, &Fragment)> {
        let mut letters = text.trim().chars();
        let (index, fragment) = self.expanded.fragment(letters.next()?)?;
        letters.next().is_none().then_some((index, fragment.as_ref()))
    }

    fn used(&self, runs: &[Run]) -> Vec<usize> {
        runs.iter().flat_map(|run| run.text.chars()).filter_map(|c| self.expanded.fragment(c)).map(|(index, _)| index).collect()
    }

    fn inlines(&self, markdown: &str) -> Vec<Inline> {
        match prose::blocks(markdown).as_slice() {
            [prose::Block::Paragraph(runs)] => self.runs(runs),
            _ => self.runs(&[Run { text: markdown.to_owned(), bold: false, italic: false }]),
        }
    }

    fn runs(&self, runs: &[Run]) -> Vec<Inline> {
        crate::prose::inlines(runs, &|c| self.expanded.fragment(c).map(|(_, fragment)| fragment.line()))
    }

    /// The notes that belong beside fragments; each is set once.
    fn beside(&mut self, fragments: &[usize]) -> Vec<Block> {
        let mut notes = Vec::new();
        for (place, remark) in self.places.iter_mut().zip(self.remarks) {
            if place.is_some_and(|index| fragments.contains(&index)) {
                *place = Some(usize::MAX);
                notes.push(Block::Note(remark.note.clone()));
            }
        }
        notes
    }

    /// The notes that found no place stand at the front.
    fn front(&mut self) {
        let left = self.places.iter().zip(self.remarks).filter(|(place, _)| **place != Some(usize::MAX));
        let notes: Vec<Block> = left.map(|(_, remark)| Block::Note(remark.note.clone())).collect();
        let moved = notes.len();
        self.formed.blocks.splice(0..0, notes);
        for range in &mut self.formed.unmarked {
            *range = range.start + moved..range.end + moved;
        }
        if let Some((_, from)) = &mut self.formed.spelt_out {
            *from += moved;
        }
    }
}
