//! A Markdown page for a terminal.

mod inline;
mod table;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::text::cell::{Cell, Cells, cells, width as columns, write_line};
use crate::text::style::Style;
use crate::text::wrap::write_hanging;
use inline::Inline;
use table::Table;

/// Fewer columns than these are not tried.
const NARROWEST: usize = 24;

/// Sets a Markdown page (CommonMark with tables) for a terminal of `width` columns, with or without colour.
///
/// Headings are bold, or without colour underlined (the first two levels) or marked with `#`; code blocks are indented
/// and not wrapped; columns of tables are aligned by display width; prose is wrapped where Japanese and Latin text may be
/// broken. Control characters of the text come out as visible characters.
#[must_use]
pub fn markdown(text: &str, colour: bool, width: usize) -> String {
    let mut page = Page {
        out: String::new(),
        colour,
        width: width.max(NARROWEST),
        indent: 0,
        prefix: None,
        inline: Inline::default(),
        lists: Vec::new(),
        heading: None,
        code: false,
        table: None,
        tight: true,
    };
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        page.event(event);
    }
    page.paragraph();
    page.out
}

/// The page being written, and where in the document's tree the writer stands.
struct Page {
    out: String,
    colour: bool,
    width: usize,
    /// Columns left of the text of the current item or quotation.
    indent: usize,
    /// What stands before the first line of the next paragraph, such as a bullet.
    prefix: Option<Vec<Cell>>,
    inline: Inline,
    /// The lists that are open; of a numbered one, the next number.
    lists: Vec<Option<u64>>,
    heading: Option<HeadingLevel>,
    code: bool,
    table: Option<Table>,
    /// Whether the next block follows without an empty line.
    tight: bool,
}

impl Page {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code => self.code_block(&text),
            Event::Text(text) => self.inline.text(&text),
            Event::Code(code) => self.inline.code(&code),
            Event::InlineHtml(html) | Event::Html(html) => self.inline.text(&html),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.inline.text(&text),
            Event::FootnoteReference(name) => self.inline.text(&name),
            Event::SoftBreak => self.inline.soft_break(),
            Event::HardBreak => {
                self.paragraph();
                self.tight = true;
            }
            Event::Rule => {
                self.gap();
                let rule = "─".repeat(self.width - self.margin());
                self.line(&cells(&rule, Style::Quiet));
            }
            Event::TaskListMarker(done) => self.inline.text(if done { "[x] " } else { "[ ] " }),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.paragraph();
                self.heading = Some(level);
                self.inline.begin(Style::Strong);
            }
            Tag::CodeBlock(_) => {
                self.paragraph();
                self.code = true;
                self.gap();
            }
            Tag::List(first) => {
                self.paragraph();
                if !self.lists.is_empty() {
                    self.tight = true;
                }
                self.lists.push(first);
            }
            Tag::Item => self.item(),
            Tag::BlockQuote(_) => {
                self.paragraph();
                self.indent += 2;
            }
            Tag::Table(alignments) => {
                self.paragraph();
                self.table = Some(Table::new(alignments));
            }
            Tag::TableHead => self.inline.begin(Style::Strong),
            Tag::Emphasis => self.inline.begin(Style::Emphasis),
            Tag::Strong => self.inline.begin(Style::Strong),
            Tag::Link { dest_url, .. } => self.inline.begin_link(&dest_url),
            Tag::Image { dest_url, .. } => self.inline.begin_link(&dest_url),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.paragraph(),
            TagEnd::Heading(_) => {
                self.inline.end();
                self.heading();
            }
            TagEnd::CodeBlock => self.code = false,
            TagEnd::List(_) => {
                self.paragraph();
                self.lists.pop();
                self.tight = !self.lists.is_empty();
            }
            TagEnd::Item => {
                self.paragraph();
                self.prefix = None;
                self.indent = self.indent.saturating_sub(self.item_indent());
                self.tight = true;
            }
            TagEnd::BlockQuote(_) => {
                self.paragraph();
                self.indent = self.indent.saturating_sub(2);
            }
            TagEnd::TableCell => {
                let cell = self.inline.take();
                if let Some(table) = &mut self.table {
                    table.cell(cell);
                }
            }
            TagEnd::TableHead => {
                self.inline.end();
                self.row();
            }
            TagEnd::TableRow => self.row(),
            TagEnd::Table => self.table(),
            TagEnd::Emphasis | TagEnd::Strong => self.inline.end(),
            TagEnd::Link | TagEnd::Image => self.inline.end_link(),
            _ => {}
        }
    }

    /// Columns that stay free at the left; deep nesting leaves room for the text.
    fn margin(&self) -> usize {
        self.indent.min(self.width / 2)
    }

    /// An empty line between blocks.
    fn gap(&mut self) {
        if !self.tight {
            self.out.push('\n');
        }
        self.tight = false;
    }

    fn line(&mut self, text: &[Cell]) {
        let mut row = cells(&" ".repeat(self.margin()), Style::Plain);
        row.extend_from_slice(text);
        write_line(&mut self.out, &row, self.colour);
    }

    fn paragraph(&mut self) {
        let text = self.inline.take();
        if text.iter().all(Cell::is_blank) {
            return;
        }
        self.gap();
        let margin = self.margin();
        let mut first = self.prefix.take().unwrap_or_default();
        let before = margin.saturating_sub(columns(&first));
        let mut prefix = cells(&" ".repeat(before), Style::Plain);
        prefix.append(&mut first);
        write_hanging(&mut self.out, &prefix, margin, &text, self.width, self.colour);
    }

    fn heading(&mut self) {
        let level = self.heading.take().unwrap_or(HeadingLevel::H6);
        let mut text = self.inline.take();
        if !self.out.is_empty() {
            self.tight = false;
        }
        self.gap();
        if !self.colour && level > HeadingLevel::H2 {
            let hashes = "#".repeat(level as usize);
            let mut marked = cells(&format!("{hashes} "), Style::Strong);
            marked.append(&mut text);
            text = marked;
        }
        let margin = self.margin();
        let prefix = cells(&" ".repeat(margin), Style::Plain);
        write_hanging(&mut self.out, &prefix, margin, &text, self.width, self.colour);
        let stroke = match level {
            HeadingLevel::H1 => "═",
            HeadingLevel::H2 => "─",
            _ => "",
        };
        if !self.colour && !stroke.is_empty() {
            let length = columns(&text).min(self.width - margin);
            self.line(&cells(&stroke.repeat(length), Style::Plain));
        }
    }

    fn item(&mut self) {
        self.paragraph();
        let (bullet, width) = match self.lists.last_mut() {
            Some(Some(number)) => {
                let bullet = format!("{number:>2}. ");
                *number = number.saturating_add(1);
                (bullet, NUMBERED)
            }
            _ => ("- ".to_owned(), BULLETED),
        };
        self.indent += width;
        self.prefix = Some(cells(&bullet, Style::Plain));
    }

    fn item_indent(&self) -> usize {
        match self.lists.last() {
            Some(Some(_)) => NUMBERED,
            _ => BULLETED,
        }
    }

    fn code_block(&mut self, text: &str) {
        for line in text.lines() {
            let mut row = cells("    ", Style::Plain);
            let mut code = Cells::default();
            for character in line.chars() {
                if character == '\t' {
                    code.push_str("    ", Style::Code);
                } else {
                    code.push(character, Style::Code);
                }
            }
            row.append(&mut code.into_vec());
            self.line(&row);
        }
    }

    fn row(&mut self) {
        if let Some(table) = &mut self.table {
            table.end_row();
        }
    }

    fn table(&mut self) {
        if let Some(table) = self.table.take() {
            self.gap();
            for line in table.lines(self.width - self.margin()) {
                self.line(&line);
            }
        }
    }
}

/// Columns of a bullet and of a number before an item.
const BULLETED: usize = 2;
const NUMBERED: usize = 4;
