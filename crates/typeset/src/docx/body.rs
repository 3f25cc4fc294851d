//! Blocks: paragraphs, headings, lists, contents, notes.

use std::collections::HashMap;

use super::flow::{Flow, letters};
use super::inline::Manner;
use super::package::Package;
use super::parts::{self, LEVELS, field_begin, field_mark};
use super::picture::Drawn;
use super::places::{Places, plain};
use super::printed::Printed;
use super::styles::GAP;
use super::xml::Xml;
use super::{NAMESPACE, RELATIONSHIPS, Unwritable, millimetres, paper, styles, text_width, twips};
use crate::together::announces;
use crate::{Align, Block, Document, Heading, Inline, Language, Mark, Note, Tokens};

/// Writes the text, and gathers what belongs to it.
pub(super) struct Writer<'a> {
    pub xml: Xml,
    pub document: &'a Document,
    pub tokens: &'a Tokens,
    pub places: &'a Places,
    pub package: Package,
    pub flow: Flow,
    /// Bookmarks, and where they stand in the flow.
    pub stands: Vec<(String, f64)>,
    /// Page of each bookmark, as an earlier run learnt it.
    pub page_numbers: HashMap<String, u32>,
    pub last_page: u32,
    /// What is printed, if it is to be known again.
    pub printed: Option<Printed>,
    /// Where the first line of the paragraph stands that is being written.
    pub line_begin: f64,
    pub pictures: std::slice::Iter<'a, Drawn>,
    pub drawings: u32,
    /// Width and height, image and drawing of the picture that the next paragraph holds.
    pub drawing: Option<(u64, u64, String, String)>,
    pub bookmarks: u32,
    pub changes: u32,
    pub tracking: Option<Mark>,
    /// Something that a table must not touch came last.
    pub after_table: bool,
    /// The last table ended with rows that name what comes after it.
    pub announced: bool,
    /// Paragraphs written so far.
    pub paragraphs: u32,
    headings: usize,
    lists: u32,
    comments: Xml,
    commented: u32,
    /// List and level of an item whose first paragraph is still to come.
    mark: Option<(u32, u8)>,
    page_break: bool,
}

/// Where blocks stand.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    /// Style of plain paragraphs.
    pub style: &'static str,
    /// In twips.
    pub width: u32,
    /// From the left, in twips.
    pub indent: u32,
    pub language: Language,
    pub align: Align,
    /// Lists around it.
    pub level: u8,
    pub cell: bool,
    /// Every paragraph stays on the page of what follows it.
    pub keep: bool,
}

/// What a paragraph is beside its words.
#[derive(Default)]
pub(super) struct Extra<'a> {
    pub bookmark: Option<&'a str>,
    pub notes: &'a [Block],
    pub keep: bool,
    /// About how many lines below stay on its page.
    pub below: usize,
    /// Holds the picture, with these words for those who do not see it.
    pub picture: Option<&'a str>,
    /// Its end mark cannot be taken out: the last one of a cell.
    pub last: bool,
}

impl<'a> Writer<'a> {
    pub fn new(
        document: &'a Document,
        tokens: &'a Tokens,
        places: &'a Places,
        pictures: &'a [Drawn],
        page_numbers: HashMap<String, u32>,
    ) -> Self {
        let (_, height) = paper(document.page);
        let height = height.saturating_sub(millimetres(tokens.page.top) + millimetres(tokens.page.bottom)).max(1000);
        let mut comments = Xml::new();
        comments.open("w:comments", &[("xmlns:w", &NAMESPACE)]);
        Self {
            xml: Xml::new(),
            document,
            tokens,
            places,
            package: Package::default(),
            flow: Flow { at: 0.0, page: f64::from(height) / 20.0 },
            stands: Vec::new(),
            page_numbers,
            last_page: 1,
            printed: None,
            line_begin: 0.0,
            pictures: pictures.iter(),
            drawings: 0,
            drawing: None,
            bookmarks: 0,
            changes: 0,
            tracking: None,
            after_table: false,
            announced: false,
            paragraphs: 0,
            headings: 0,
            lists: 0,
            comments,
            commented: 0,
            mark: None,
            page_break: false,
        }
    }

    /// Page of each bookmark, and the last page, as far as this program can tell.
    pub fn pages(&self) -> (HashMap<String, u32>, u32) {
        let numbers = self.stands.iter().map(|(name, at)| (name.clone(), self.flow.number(*at))).collect();
        (numbers, self.flow.number((self.flow.at - 1.0).max(0.0)))
    }

    /// Writes everything.
    pub fn body(mut self) -> Result<Self, Unwritable> {
        self.package.word("styles", "styles", styles::styles(self.document, self.tokens));
        self.package.word("settings", "settings", parts::settings());
        self.package.word("fontTable", "fontTable", parts::font_table(self.tokens));
        let header = (!self.document.head.is_empty() || self.document.watermark.is_some()).then(|| {
            let text = std::mem::replace(&mut self.xml, Xml::new());
            let (document, tokens) = (self.document, self.tokens);
            parts::header(&mut self, document, tokens);
            let header = std::mem::replace(&mut self.xml, text);
            self.package.word("header1", "header", header)
        });
        let footer = self.document.numbered.then(|| self.package.word("footer1", "footer", parts::footer(self.last_page)));
        self.xml.open(
            "w:document",
            &[
                ("xmlns:w", &NAMESPACE),
                ("xmlns:r", &RELATIONSHIPS),
                ("xmlns:wp", &"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
            ],
        );
        self.xml.open("w:body", &[]);
        let setting = Setting {
            style: "BodyText",
            width: text_width(self.document.page, self.tokens),
            indent: 0,
            language: self.document.language,
            align: Align::Start,
            level: 0,
            cell: false,
            keep: false,
        };
        self.blocks(&self.document.body, &setting)?;
        if self.after_table || self.mark.is_some() || self.document.body.is_empty() {
            self.gap();
        }
        self.section(header.as_deref(), footer.as_deref());
        self.xml.close();
        self.xml.close();
        if self.lists > 0 || self.mark_used() {
            let numbering = parts::numbering(self.lists, self.tokens);
            self.package.word("numbering", "numbering", numbering);
        }
        if self.commented > 0 {
            let comments = std::mem::replace(&mut self.comments, Xml::new());
            self.package.word("comments", "comments", comments);
        }
        Ok(self)
    }

    /// Whether the body has a list at all.
    fn mark_used(&self) -> bool {
        fn list(blocks: &[Block]) -> bool {
            blocks.iter().any(|block| match block {
                Block::List { .. } => true,
                Block::Table(table) => table.rows.iter().flat_map(|row| &row.cells).any(|cell| list(&cell.blocks)),
                Block::Box(blocks) | Block::Foreign(_, blocks) => list(blocks),
                _ => false,
            })
        }
        list(&self.document.body)
    }

    /// Height of a page's text, in points.
    pub fn page_height(&self) -> f64 {
        let (_, height) = paper(self.document.page);
        f64::from(height) / 20.0 - (self.tokens.page.top + self.tokens.page.bottom) * 72.0 / 25.4
    }

    fn section(&mut self, header: Option<&str>, footer: Option<&str>) {
        let (width, height) = paper(self.document.page);
        let page = &self.tokens.page;
        self.xml.open("w:sectPr", &[]);
        for (name, id) in [("w:headerReference", header), ("w:footerReference", footer)] {
            if let Some(id) = id {
                self.xml.leaf(name, &[("w:type", &"default"), ("r:id", &id)]);
            }
        }
        if width > height {
            self.xml.leaf("w:pgSz", &[("w:w", &width), ("w:h", &height), ("w:orient", &"landscape")]);
        } else {
            self.xml.leaf("w:pgSz", &[("w:w", &width), ("w:h", &height)]);
        }
        let (top, bottom) = (millimetres(page.top), millimetres(page.bottom));
        self.xml.leaf(
            "w:pgMar",
            &[
                ("w:top", &top),
                ("w:right", &millimetres(page.right)),
                ("w:bottom", &bottom),
                ("w:left", &millimetres(page.left)),
                ("w:header", &(top / 2)),
                ("w:footer", &(bottom / 2)),
                ("w:gutter", &0),
            ],
        );
        self.xml.leaf("w:cols", &[("w:space", &425)]);
        self.xml.close();
    }

    /// Writes blocks one below the other.
    pub fn blocks(&mut self, blocks: &[Block], setting: &Setting) -> Result<(), Unwritable> {
        let mut rest = blocks;
        while let Some((block, after)) = rest.split_first() {
            // LibreOffice loses lines of a table within a cell if a paragraph before it is kept with the next
            let keep = announces(rest) && !(setting.cell && rest.iter().any(|block| matches!(block, Block::Table(_) | Block::Box(_))));
            // what stays on its page with it, down to the first two lines that announce nothing
            let below = 2 + (0..after.len()).take_while(|at| announces(&after[*at..])).count();
            rest = after;
            match block {
                Block::Heading(heading) => {
                    let notes = self.notes(&mut rest);
                    self.heading(heading, setting, notes, below);
                }
                Block::Paragraph(content) => {
                    let notes = self.notes(&mut rest);
                    let extra = Extra {
                        notes,
                        keep,
                        below: if keep { below } else { 0 },
                        last: setting.cell && rest.is_empty(),
                        ..Extra::default()
                    };
                    self.paragraph(setting.style, content, setting, &extra);
                }
                Block::List { ordered, items } => self.list(*ordered, items, setting)?,
                Block::Table(table) => self.table(table, setting)?,
                Block::Picture(picture) => self.picture(picture, setting),
                Block::Contents { depth } => self.contents(*depth, setting),
                Block::PageBreak => self.page_break = !setting.cell,
                Block::Note(_) => {
                    // A note that follows no words has a line of its own.
                    let extra = Extra { notes: std::slice::from_ref(block), ..Extra::default() };
                    self.paragraph("Gap", &[], setting, &extra);
                }
                Block::Box(blocks) => self.framed(blocks, setting)?,
                Block::Foreign(language, blocks) => self.blocks(blocks, &Setting { language: *language, ..*setting })?,
            }
        }
        Ok(())
    }

    /// The notes that follow at once.
    fn notes<'b>(&self, rest: &mut &'b [Block]) -> &'b [Block] {
        let count = rest.iter().take_while(|block| matches!(block, Block::Note(_))).count();
        let (notes, after) = rest.split_at(count);
        *rest = after;
        notes
    }

    fn heading(&mut self, heading: &Heading, setting: &Setting, notes: &[Block], below: usize) {
        let places = self.places;
        let bookmark = places.headings.get(self.headings).map(|listed| listed.bookmark.as_str());
        self.headings += 1;
        let style = match heading.level {
            0 => "Title".to_owned(),
            level => format!("Heading{}", level.min(9)),
        };
        let extra = Extra { bookmark, notes, below, last: setting.cell, ..Extra::default() };
        self.paragraph(&style, &heading.content, &Setting { align: Align::Start, ..*setting }, &extra);
    }

    /// Writes a paragraph.
    pub fn paragraph(&mut self, style: &str, content: &[Inline], setting: &Setting, extra: &Extra<'_>) {
        let mark = self.mark.take();
        let style = if (mark.is_some() || setting.level > 0) && style == "BodyText" { "ListParagraph" } else { style };
        let page_break = std::mem::take(&mut self.page_break);
        self.fill(style, content, setting, page_break, extra.below);
        self.after_table = false;
        self.announced = false;
        self.paragraphs += 1;
        self.xml.open("w:p", &[]);
        self.xml.open("w:pPr", &[]);
        self.xml.val("w:pStyle", &style);
        if extra.keep || setting.keep {
            self.xml.leaf("w:keepNext", &[]);
        }
        if page_break {
            self.xml.leaf("w:pageBreakBefore", &[]);
        }
        if let Some((list, level)) = mark {
            self.xml.open("w:numPr", &[]);
            self.xml.val("w:ilvl", &level);
            self.xml.val("w:numId", &list);
            self.xml.close();
        }
        if mark.is_none() && setting.level > 0 {
            self.xml.leaf("w:ind", &[("w:left", &setting.indent), ("w:firstLine", &0)]);
        } else if style == "BodyText" && setting.language != self.document.language {
            let first = if setting.language == Language::Japanese { self.tokens.spacing.indent } else { 0.0 };
            self.xml.leaf("w:ind", &[("w:firstLineChars", &twips(first * 5.0)), ("w:firstLine", &twips(first * self.tokens.sizes.text))]);
        }
        match setting.align {
            Align::Start => {}
            Align::Centre => self.xml.val("w:jc", &"center"),
            Align::End => self.xml.val("w:jc", &"right"),
        }
        if let Some(change) = whole(content).filter(|_| !extra.last && self.document.revision.is_some()) {
            self.xml.open("w:rPr", &[]);
            self.tracked_mark(change);
            self.xml.close();
        }
        self.xml.close();
        let first = self.commented;
        for id in first..first + extra.notes.len() as u32 {
            self.xml.leaf("w:commentRangeStart", &[("w:id", &id)]);
        }
        self.record(true);
        if let Some(bookmark) = extra.bookmark {
            self.bookmark_begin(bookmark);
            let id = self.bookmarks;
            self.inlines(content, Manner::of(setting.language));
            self.track(None);
            self.xml.leaf("w:bookmarkEnd", &[("w:id", &id)]);
        } else {
            self.inlines(content, Manner::of(setting.language));
            self.track(None);
        }
        self.record(false);
        if let Some(alternative) = extra.picture {
            self.drawing(alternative);
        }
        for note in extra.notes {
            if let Block::Note(note) = note {
                self.note(note);
            }
        }
        self.xml.close();
    }

    /// Fills the flow with a paragraph.
    fn fill(&mut self, style: &str, content: &[Inline], setting: &Setting, page_break: bool, below: usize) {
        let tokens = self.tokens;
        let (size, line, before, after) = match style {
            "Title" => (tokens.sizes.title, tokens.lines.heading, tokens.spacing.above * 2.0, tokens.spacing.above * 2.0),
            "TableText" | "TableHeading" | "Caption" => (tokens.sizes.table, tokens.lines.table, 0.0, 0.0),
            "ListParagraph" => (tokens.sizes.text, tokens.lines.text, 0.0, tokens.spacing.paragraph / 2.0),
            "Gap" => (1.0, f64::from(GAP) / 20.0, 0.0, 0.0),
            "BodyText" => (tokens.sizes.text, tokens.lines.text, 0.0, tokens.spacing.paragraph),
            style if style.starts_with("TOC") => (tokens.sizes.text, 1.5, 0.0, 0.0),
            style => match style.strip_prefix("Heading").and_then(|level| level.parse().ok()) {
                Some(level) => {
                    let above = tokens.spacing.above * if level == 1 { 1.5 } else { 1.0 };
                    (tokens.sizes.heading(level), tokens.lines.heading, above, tokens.spacing.below)
                }
                None => (tokens.sizes.text, tokens.lines.text, 0.0, 0.0),
            },
        };
        if page_break {
            self.flow.break_page();
        }
        let height = size * line;
        if below > 0 {
            self.flow.keep(before + height + after + below as f64 * tokens.sizes.text * tokens.lines.text);
        }
        let room = (f64::from(setting.width.saturating_sub(setting.indent)) / 20.0 / size).max(1.0);
        let words = plain(content);
        let lines: f64 = words.split('\n').map(|part| (letters(part) / room).ceil().max(1.0)).sum();
        self.flow.at += before;
        // The place is the line's own: what does not fit goes to the next page first.
        self.flow.keep(height);
        let begin = self.flow.at;
        self.flow.lines(lines, height);
        self.flow.at += after;
        self.line_begin = begin;
    }

    /// A thin empty line, to part tables.
    pub fn gap(&mut self) {
        let setting = Setting {
            style: "Gap",
            width: 1000,
            indent: 0,
            language: self.document.language,
            align: Align::Start,
            level: 0,
            cell: false,
            keep: std::mem::take(&mut self.announced),
        };
        self.mark = None;
        self.paragraph("Gap", &[], &setting, &Extra::default());
    }

    /// A line that a table, which cannot do it itself, needs before it: to begin a page, to bear a number, or to part it from
    /// another table.
    pub fn before_table(&mut self, setting: &Setting) {
        if self.mark.is_some() {
            self.paragraph(setting.style, &[], setting, &Extra::default());
        } else if self.page_break || self.after_table {
            self.gap();
        }
    }

    fn list(&mut self, ordered: bool, items: &[Vec<Block>], setting: &Setting) -> Result<(), Unwritable> {
        let list = if ordered {
            self.lists += 1;
            self.lists + 1
        } else {
            1
        };
        let level = setting.level.min(LEVELS - 1);
        let step = twips(self.tokens.spacing.list * self.tokens.sizes.text);
        let inner = Setting { level: level + 1, indent: step * u32::from(level + 1), ..*setting };
        for item in items {
            self.mark = Some((list, level));
            self.blocks(item, &inner)?;
            if self.mark.is_some() {
                // An item without words still has its number.
                self.paragraph(setting.style, &[], &inner, &Extra::default());
            }
        }
        Ok(())
    }

    /// The contents: a field that Word fills anew when asked, with the entries it has now.
    fn contents(&mut self, depth: u8, setting: &Setting) {
        let places = self.places;
        let listed: Vec<_> = places.headings.iter().filter(|heading| (1..=depth).contains(&heading.level)).collect();
        if listed.is_empty() {
            return;
        }
        self.before_table(setting);
        self.xml.open("w:sdt", &[]);
        self.xml.open("w:sdtPr", &[]);
        self.xml.open("w:docPartObj", &[]);
        self.xml.val("w:docPartGallery", &"Table of Contents");
        self.xml.leaf("w:docPartUnique", &[]);
        self.xml.close();
        self.xml.close();
        self.xml.open("w:sdtContent", &[]);
        for (index, heading) in listed.iter().enumerate() {
            let style = format!("TOC{}", heading.level.min(9));
            self.fill(&style, &[Inline::text(heading.words.as_str())], setting, false, 0);
            self.xml.open("w:p", &[]);
            self.xml.open("w:pPr", &[]);
            self.xml.val("w:pStyle", &style);
            self.xml.open("w:tabs", &[]);
            self.xml.leaf("w:tab", &[("w:val", &"right"), ("w:leader", &"dot"), ("w:pos", &setting.width)]);
            self.xml.close();
            self.xml.close();
            if index == 0 {
                field_begin(&mut self.xml, &format!("TOC \\o \"1-{}\" \\h \\z", depth.clamp(1, 9)));
            }
            self.xml.open("w:hyperlink", &[("w:anchor", &heading.bookmark), ("w:history", &1)]);
            let manner = Manner::of(self.document.language);
            self.inlines(&[Inline::text(heading.words.replace('\n', "\u{3000}")), Inline::text("\t")], manner);
            self.page_field(&heading.bookmark, manner);
            self.xml.close();
            if index + 1 == listed.len() {
                field_mark(&mut self.xml, "end");
            }
            self.xml.close();
        }
        self.xml.close();
        self.xml.close();
        self.after_table = false;
    }

    /// A comment, at the end of the words it is about.
    fn note(&mut self, note: &Note) {
        let id = self.commented;
        self.commented += 1;
        self.xml.leaf("w:commentRangeEnd", &[("w:id", &id)]);
        self.xml.open("w:r", &[]);
        self.xml.open("w:rPr", &[]);
        self.xml.val("w:rStyle", &"CommentReference");
        self.xml.close();
        self.xml.leaf("w:commentReference", &[("w:id", &id)]);
        self.xml.close();
        std::mem::swap(&mut self.xml, &mut self.comments);
        let day = super::day(self.document.date);
        let attributes: [super::xml::Attribute<'_>; 4] = [("w:id", &id), ("w:author", &"Mimamori"), ("w:date", &day), ("w:initials", &"M")];
        self.xml.open("w:comment", &attributes);
        self.xml.open("w:p", &[]);
        self.xml.open("w:pPr", &[]);
        self.xml.val("w:pStyle", &"CommentText");
        self.xml.close();
        self.xml.open("w:r", &[]);
        self.xml.open("w:rPr", &[]);
        self.xml.val("w:rStyle", &"CommentReference");
        self.xml.close();
        self.xml.leaf("w:annotationRef", &[]);
        self.xml.close();
        let label = Inline::Marked(Mark::Strong, vec![Inline::text(note.label.as_str())]);
        if !note.label.is_empty() {
            self.inlines_alone(&[label, Inline::text("\u{3000}")]);
        }
        self.inlines_alone(&note.content);
        self.xml.close();
        self.xml.close();
        std::mem::swap(&mut self.xml, &mut self.comments);
    }
}

/// The change that a whole paragraph is.
fn whole(content: &[Inline]) -> Option<Mark> {
    let mut change = None;
    for inline in content {
        match inline {
            Inline::Anchor(_) => {}
            Inline::Sourced { content, .. } => match whole(content) {
                Some(mark) if change.is_none_or(|there| there == mark) => change = Some(mark),
                _ => return None,
            },
            Inline::Marked(mark @ (Mark::Inserted | Mark::Deleted), _) if change.is_none_or(|there| there == *mark) => change = Some(*mark),
            _ => return None,
        }
    }
    change
}
