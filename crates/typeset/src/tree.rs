//! The document tree: what is said and how it is built up, never how it looks. Looks are the tokens'.

use jiff::civil::Date;

/// A whole document, ready for any renderer.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Title as the reader's list of documents shows it, in plain text.
    pub title: String,
    /// Who answers for it, in plain text: the marketing authorisation holder. Empty where nobody does.
    pub author: String,
    /// Language of what is not marked otherwise.
    pub language: Language,
    /// The day the document is of. The renderers write it wherever a format asks for a time, so that the same input gives the
    /// same bytes.
    pub date: Date,
    /// Shape of the page.
    pub page: Page,
    /// Printed at the head of each page; empty for none.
    pub head: Vec<Inline>,
    /// Whether pages are numbered at their foot, as `3/46`.
    pub numbered: bool,
    /// Drawn across each page, such as 案 or 模擬データ.
    pub watermark: Option<String>,
    /// Who made the changes marked in it, and when.
    pub revision: Option<Revision>,
    /// What it says.
    pub body: Vec<Block>,
    /// Files carried inside, where the format can.
    pub attachments: Vec<Attachment>,
}

/// Language of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Japanese.
    #[default]
    Japanese,
    /// English.
    English,
}

impl Language {
    /// Its code in BCP 47.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Japanese => "ja",
            Self::English => "en",
        }
    }
}

/// Shape of a page; A4 always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// Upright.
    #[default]
    Portrait,
    /// Lying.
    Landscape,
}

/// Who is named beside tracked changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// Author of the changes.
    pub author: String,
    /// Day of the changes.
    pub date: Date,
}

/// A file inside a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Attachment {
    /// File name, without folders.
    pub name: String,
    /// Such as `application/json`.
    pub media_type: String,
    /// What it is, for the reader.
    pub description: String,
    /// How it belongs to the document.
    pub relationship: Relationship,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// How an attachment belongs to the document (ISO 32000-2, 7.11.3, `AFRelationship`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relationship {
    /// The document was made from it.
    Source,
    /// Data that the document shows.
    Data,
    /// Something beside it.
    Supplement,
}

/// A part of the body that stands by itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// A paragraph of running text.
    Paragraph(Vec<Inline>),
    /// Items, each with its own blocks.
    List {
        /// Numbered, counting from 1, or with a dot.
        ordered: bool,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// A table.
    Table(Table),
    /// A picture with its words.
    Picture(Picture),
    /// The contents: headings down to this level, with links and pages.
    Contents {
        /// Deepest level listed, from 1.
        depth: u8,
    },
    /// What follows begins on a new page.
    PageBreak,
    /// A note beside the text: a finding of a draft. Drawn in the margin where there is one.
    Note(Note),
    /// Blocks that belong together and are framed.
    Box(Vec<Block>),
    /// Blocks in another language than the document's.
    Foreign(Language, Vec<Block>),
}

/// A heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// 1 for a part of the document, 2 and more below. 0 is the document's title on its first page.
    pub level: u8,
    /// Name by which [`Inline::Link`] and [`Inline::PageOf`] find it, unique in the document.
    pub id: Option<String>,
    /// Its words, number included: the form says the numbers.
    pub content: Vec<Inline>,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Words as they are.
    Text(String),
    /// Words with a mark.
    Marked(Mark, Vec<Inline>),
    /// Words that lead to a place named by [`Heading::id`] or [`Inline::Anchor`], or to an address with a scheme.
    Link {
        /// Name of the place, or the address.
        to: String,
        /// What is shown.
        content: Vec<Inline>,
    },
    /// The number of the page on which a named place stands. HTML, which has no pages, shows nothing.
    PageOf(String),
    /// A place with a name, without width.
    Anchor(String),
    /// A printed figure, and what the reader may see of its origin on demand.
    Traced {
        /// Key of the figure in the machine-readable list, unique for each origin.
        origin: String,
        /// The origin in a few words, plain text.
        told: String,
        /// What is printed.
        content: Vec<Inline>,
    },
    /// Words that a person wrote in the source, and may change where they stand here. Shown as their content is; Word files that come
    /// back tell by it which words are whose.
    Sourced {
        /// Where they are written, in the source's own terms.
        origin: String,
        /// What is printed.
        content: Vec<Inline>,
    },
    /// A new line within the paragraph.
    Break,
}

/// A mark on words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Important: bold.
    Strong,
    /// Stressed: italics, in Japanese dots or nothing.
    Emphasis,
    /// Changed since the last submission: underlined.
    Changed,
    /// Put in, as a tracked change where the format can.
    Inserted,
    /// Taken out, as a tracked change where the format can.
    Deleted,
    /// Raised.
    Superscript,
    /// Lowered.
    Subscript,
    /// Source text, ids.
    Code,
    /// Said more quietly: labels, dates, provenance.
    Quiet,
    /// In another language than the words around it (WCAG 2.2, 3.1.2).
    Foreign(Language),
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Title above it; empty for none.
    pub caption: Vec<Inline>,
    /// The columns, from the left.
    pub columns: Vec<Column>,
    /// How many of the first rows are its head: repeated on every page it runs over.
    pub head: usize,
    /// The rows. A cell that spans rows is absent from the rows below it, as in HTML.
    pub rows: Vec<Row>,
    /// Which lines are drawn.
    pub rules: Rules,
}

/// Lines of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rules {
    /// Every cell is framed, as in official forms.
    #[default]
    All,
    /// Lines under the head and at the end alone.
    Book,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Its share of the width.
    pub width: Weight,
    /// How its cells stand.
    pub align: Align,
}

/// Width of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Weight {
    /// As wide as its widest cell: numbers, short codes.
    Content,
    /// This many parts of what is left.
    Parts(f64),
}

/// How a cell's lines stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the start of the line.
    #[default]
    Start,
    /// In the middle.
    Centre,
    /// At the end: whole numbers.
    End,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The cells that begin in this row.
    pub cells: Vec<Cell>,
    /// Whether the row may be parted by a page's end.
    pub breakable: bool,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What it holds.
    pub blocks: Vec<Block>,
    /// Columns it covers, at least 1.
    pub columns: usize,
    /// Rows it covers, at least 1.
    pub rows: usize,
    /// Names its row or column.
    pub heading: bool,
    /// Instead of its column's.
    pub align: Option<Align>,
    /// Coloured ground.
    pub tone: Tone,
}

impl Cell {
    /// A cell of one column and row.
    #[must_use]
    pub fn new(blocks: Vec<Block>) -> Self {
        Self { blocks, columns: 1, rows: 1, heading: false, align: None, tone: Tone::Plain }
    }

    /// The same, naming its row or column.
    #[must_use]
    pub fn heading(blocks: Vec<Block>) -> Self {
        Self { heading: true, ..Self::new(blocks) }
    }
}

/// What the ground of a cell or note says. Never colour alone: the words say it too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Nothing.
    #[default]
    Plain,
    /// A head or a label.
    Label,
    /// Done.
    Met,
    /// Soon.
    Due,
    /// Too late, or wrong: needs a person now.
    Overdue,
}

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The drawing, Japanese as text.
    pub svg: String,
    /// What it shows, for those who do not see it. A table of the same data stands beside it.
    pub alternative: String,
    /// Words below it; empty for none.
    pub caption: Vec<Inline>,
    /// Share of the text's width, above 0 and at most 1.
    pub width: f64,
}

/// A note beside the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// How grave.
    pub tone: Tone,
    /// Its name, such as the code of a rule.
    pub label: String,
    /// What it says.
    pub content: Vec<Inline>,
}

impl Inline {
    /// Words as they are.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}
