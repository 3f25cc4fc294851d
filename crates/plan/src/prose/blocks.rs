use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use super::{joined, without_comments};

/// A piece of text in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// What it says.
    pub text: String,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is set in italics.
    pub italic: bool,
}

/// A block of a printed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// A heading below the section's own, with its level.
    Heading(u8, Vec<Run>),
    /// A list; numbered ones have the number of their first item.
    List(Option<u64>, Vec<Vec<Block>>),
    /// A table: rows of cells, the head first.
    Table(Vec<Vec<Vec<Run>>>),
}

/// The blocks of a Markdown text (CommonMark with tables).
///
/// Comments print nothing. Two things are as Japanese text wants them: a line break inside a paragraph prints nothing between two Japanese characters,
/// and `**「…」**` is bold whatever stands beside it, which CommonMark denies next to brackets.
///
/// ```
/// use plan::prose::{Block, Run, blocks};
/// let bold = |text: &str, bold| Run { text: text.to_owned(), bold, italic: false };
/// assert_eq!(blocks("重い**「感染症」**が\n出た。"), [Block::Paragraph(vec![bold("重い", false), bold("「感染症」", true), bold("が出た。", false)])]);
/// ```
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    build(&without_comments(text)).0
}

/// Where each paragraph of a text without comments is written: headings, items and cells are paragraphs too, and those without words
/// have no bytes. They stand in the order in which [`blocks`] has them, without the marks before and after: `- `, `## `, `|`.
#[must_use]
pub fn paragraph_ranges(text: &str) -> Vec<Range<usize>> {
    build(text).1
}

fn build(text: &str) -> (Vec<Block>, Vec<Range<usize>>) {
    let mut builder = Builder { source: text, frames: vec![Frame::Blocks(Vec::new())], runs: Vec::new(), ..Builder::default() };
    for (event, range) in TextMergeWithOffset::new(Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter()) {
        builder.event(event, range);
    }
    builder.paragraph();
    while builder.frames.len() > 1 {
        builder.close();
    }
    match builder.frames.pop() {
        Some(Frame::Blocks(blocks)) => (blocks, builder.ranges),
        _ => (Vec::new(), Vec::new()),
    }
}

enum Frame {
    Blocks(Vec<Block>),
    List(Option<u64>, Vec<Vec<Block>>),
    Table(Vec<Vec<Vec<Run>>>),
}

#[derive(Default)]
struct Builder<'a> {
    source: &'a str,
    frames: Vec<Frame>,
    runs: Vec<Run>,
    bold: bool,
    loose_bold: bool,
    italic: bool,
    broken: bool,
    level: Option<u8>,
    too_deep: usize,
    /// The bytes of the paragraphs that have ended, and of the one that is open.
    ranges: Vec<Range<usize>>,
    open: Option<Range<usize>>,
}

/// Lists deeper than this are set as the text of their outermost item: no page has room for them.
const DEEPEST: usize = 40;

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let inline = matches!(event, Event::Text(_) | Event::Code(_) | Event::Html(_) | Event::InlineHtml(_))
            || matches!(event, Event::Start(Tag::Strong | Tag::Emphasis | Tag::Link { .. }));
        if inline {
            let open = self.open.get_or_insert(range.clone());
            open.end = open.end.max(range.end);
        }
        match event {
            Event::Start(Tag::List(_) | Tag::Item) if self.too_deep > 0 || self.frames.len() >= DEEPEST => {
                self.paragraph();
                self.too_deep += 1;
            }
            Event::End(TagEnd::List(_) | TagEnd::Item) if self.too_deep > 0 => {
                self.paragraph();
                self.too_deep -= 1;
            }
            Event::Start(Tag::Heading { level, .. }) => {
                self.paragraph();
                self.level = Some(level as u8);
            }
            Event::Start(Tag::List(first)) => {
                self.paragraph();
                self.frames.push(Frame::List(first, Vec::new()));
            }
            Event::Start(Tag::Item) => self.frames.push(Frame::Blocks(Vec::new())),
            Event::Start(Tag::Table(_)) => {
                self.paragraph();
                self.frames.push(Frame::Table(Vec::new()));
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                if let Some(Frame::Table(rows)) = self.frames.last_mut() {
                    rows.push(Vec::new());
                }
            }
            Event::End(TagEnd::TableCell) => {
                let cell = self.take();
                let bytes = self.open.take().unwrap_or(range.start..range.start);
                self.ranges.push(bytes);
                if let Some(Frame::Table(rows)) = self.frames.last_mut()
                    && let Some(row) = rows.last_mut()
                {
                    row.push(cell);
                }
            }
            Event::Start(Tag::Strong) => self.bold = true,
            Event::End(TagEnd::Strong) => self.bold = false,
            Event::Start(Tag::Emphasis) => self.italic = true,
            Event::End(TagEnd::Emphasis) => self.italic = false,
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock) => self.paragraph(),
            Event::End(TagEnd::Item | TagEnd::List(_) | TagEnd::Table) => self.close(),
            Event::Text(text) => self.text(&text, &range),
            Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => self.push(&text),
            Event::SoftBreak => self.broken = true,
            Event::HardBreak => self.push("\n"),
            _ => {}
        }
    }

    /// Text, in which `**` may be left over that CommonMark did not take for bold.
    fn text(&mut self, text: &str, range: &Range<usize>) {
        let verbatim = self.source.get(range.clone()) == Some(text) && !self.source[..range.start].ends_with('\\');
        if !verbatim || !text.contains("**") {
            self.push(text);
            return;
        }
        for (index, part) in text.split("**").enumerate() {
            if index > 0 {
                self.loose_bold = !self.loose_bold;
            }
            self.push(part);
        }
    }

    fn push(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let style = (self.bold || self.loose_bold, self.italic);
        let mut gap = "";
        if std::mem::take(&mut self.broken) {
            gap = joined(self.runs.last().and_then(|run| run.text.chars().next_back()), text.chars().next());
        }
        match self.runs.last_mut() {
            Some(run) if (run.bold, run.italic) == style => {
                run.text.push_str(gap);
                run.text.push_str(text);
            }
            _ => self.runs.push(Run { text: format!("{gap}{text}"), bold: style.0, italic: style.1 }),
        }
    }

    fn take(&mut self) -> Vec<Run> {
        self.broken = false;
        self.loose_bold = false;
        std::mem::take(&mut self.runs)
    }

    fn paragraph(&mut self) {
        let level = self.level.take();
        let runs = self.take();
        let bytes = self.open.take();
        if runs.is_empty() {
            return;
        }
        self.ranges.extend(bytes);
        let block = level.map_or_else(|| Block::Paragraph(runs.clone()), |level| Block::Heading(level, runs.clone()));
        self.add(block);
    }

    fn add(&mut self, block: Block) {
        if let Some(Frame::Blocks(blocks)) = self.frames.iter_mut().rev().find(|frame| matches!(frame, Frame::Blocks(_))) {
            blocks.push(block);
        }
    }

    /// Closes the innermost item, list or table.
    fn close(&mut self) {
        self.paragraph();
        if self.frames.len() < 2 {
            return;
        }
        match self.frames.pop() {
            Some(Frame::Blocks(blocks)) => {
                if let Some(Frame::List(_, items)) = self.frames.last_mut() {
                    items.push(blocks);
                }
            }
            Some(Frame::List(first, items)) => self.add(Block::List(first, items)),
            Some(Frame::Table(rows)) => self.add(Block::Table(rows)),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(blocks: &[Block]) -> String {
        let runs = |runs: &[Run]| runs.iter().map(|r| if r.bold { format!("<{}>", r.text) } else { r.text.clone() }).collect::<String>();
        blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(p) => format!("p:{}", runs(p)),
                Block::Heading(level, h) => format!("h{level}:{}", runs(h)),
                Block::List(first, items) => format!("l{first:?}[{}]", items.iter().map(|i| text(i)).collect::<Vec<_>>().join("|")),
                Block::Table(rows) => {
                    format!(
                        "t[{}]",
                        rows.iter().map(|r| r.iter().map(|c| runs(c)).collect::<Vec<_>>().join(",")).collect::<Vec<_>>().join("|")
                    )
                }
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn japanese_paragraphs() {
        assert_eq!(text(&blocks("本剤は、\n国内で")), "p:本剤は、国内で");
        assert_eq!(text(&blocks("in the\nplan")), "p:in the plan");
        assert_eq!(text(&blocks("**「重要」**である。")), "p:<「重要」>である。");
        assert_eq!(text(&blocks(r"a \*\*b\*\* c")), "p:a **b** c");
        // the letters of a figure that is none
        assert_eq!(text(&blocks(r"{\{ 3/58 }}")), "p:{{ 3/58 }}");
    }

    #[test]
    fn paragraphs_have_places() {
        let text = "甲は、\n**乙**。\n\n## 丙 ##\n\n- 丁\n\n  戊\n  - 己\n\n| 庚 | **辛** |\n|---|---|\n| 壬 | |\n";
        let places: Vec<&str> = paragraph_ranges(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(places, ["甲は、\n**乙**。", "丙", "丁", "戊", "己", "庚", "**辛**", "壬", ""]);
    }

    #[test]
    fn comments_print_nothing() {
        assert_eq!(text(&blocks("本剤は、\n<!-- 要確認 -->\n国内で<!-- a\n\nb -->用いる。\n\n<!-- c -->")), "p:本剤は、国内で用いる。");
        assert_eq!(text(&blocks("<!-- a -->\n- 一\n<!-- b -->\n- 二")), "lNone[p:一|p:二]");
    }

    #[test]
    fn lists_and_tables() {
        assert_eq!(text(&blocks("- 一\n- 二\n  - 三\n")), "lNone[p:一|p:二 lNone[p:三]]");
        assert_eq!(text(&blocks("| a | b |\n|---|---|\n| **1** | 2 |\n")), "t[a,b|<1>,2]");
        assert_eq!(text(&blocks("## 症例数\n\n本文")), "h2:症例数 p:本文");
    }
}
