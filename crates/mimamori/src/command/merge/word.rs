//! A Word file that came back: what was printed, its paragraphs with all changes accepted, and its comments.
//!
//! Runs may be split, revision ids added and bookmarks moved to between paragraphs, as Word and LibreOffice do; only words and bookmarks
//! are looked at.

use std::collections::BTreeMap;

use document::merge::{Part, Printed, Returned};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// Elements inside elements; a table in a table in a table has about thirty.
const DEEPEST: usize = 256;
/// What the vocabulary of the record begins with, before its version.
const RECORD: &str = "urn:mimamori:printed:";

/// A Word file that came back.
#[derive(Debug, Default)]
pub struct Word {
    /// The program that built it.
    pub program: String,
    /// The product it is of.
    pub product: String,
    /// The fingerprint of the plan that it was built from.
    pub source: String,
    /// What was printed.
    pub printed: Vec<Printed>,
    /// What came back.
    pub returned: Vec<Returned>,
    /// Comments of its readers.
    pub comments: Vec<Comment>,
}

/// A comment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comment {
    /// Who wrote it.
    pub author: String,
    /// When, as the file says it.
    pub date: String,
    /// What it says.
    pub text: String,
    /// The words it is about.
    pub about: String,
}

/// Why a file cannot be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Strange {
    /// It holds no record of what was printed.
    NoRecord,
    /// Its record is of another form: its vocabulary.
    OtherForm(String),
    /// It is broken: what is wrong.
    Broken(String),
}

/// Whether a part of the package is looked at.
pub fn is_read(name: &str) -> bool {
    // not their properties, itemProps1.xml
    let number = name.strip_prefix("customXml/item").and_then(|rest| rest.strip_suffix(".xml"));
    matches!(name, "word/document.xml" | "word/comments.xml")
        || number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Reads a file from its parts.
///
/// # Errors
/// [`Strange`].
pub fn read(parts: &BTreeMap<String, String>) -> Result<Word, Strange> {
    let text = parts.get("word/document.xml").ok_or(Strange::NoRecord)?;
    let records: Vec<&String> = parts.iter().filter(|(name, _)| name.starts_with("customXml/")).map(|(_, text)| text).collect();
    let own = format!("\"{}\"", typeset::PRINTED);
    let Some(record) = records.iter().find(|text| text.contains(&own)) else {
        let other = records.iter().find_map(|text| text.split_once(RECORD)).map(|(_, rest)| rest.split('"').next().unwrap_or_default());
        return Err(other.map_or(Strange::NoRecord, |version| Strange::OtherForm(version.chars().take(20).collect())));
    };
    let mut word = Word::default();
    self::record(record, &mut word)?;
    let mut body = Body::default();
    walk(text, &mut body)?;
    word.returned = body.finish();
    if let Some(comments) = parts.get("word/comments.xml") {
        let mut notes = Notes::default();
        walk(comments, &mut notes)?;
        for (id, comment) in notes.done {
            let about = body.about.get(&id).cloned().unwrap_or_default();
            // findings that this program set beside a draft are not its readers' words
            if comment.author != "Mimamori" {
                word.comments.push(Comment { about, ..comment });
            }
        }
    }
    Ok(word)
}

/// What is done with the elements and words of a part.
trait Visitor {
    /// An element begins; true if its words are looked at.
    fn begin(&mut self, element: &BytesStart<'_>) -> bool;
    /// An element ends.
    fn end(&mut self, name: &str);
    /// Words.
    fn text(&mut self, text: &str);
}

/// Reads a part. Entities of its own and nesting beyond measure are refused: no word processor writes them.
fn walk(part: &str, visitor: &mut dyn Visitor) -> Result<(), Strange> {
    let broken = |what: String| Strange::Broken(what);
    let mut reader = Reader::from_str(part);
    let mut open: Vec<String> = Vec::new();
    let mut passing = 0_usize;
    loop {
        match reader.read_event().map_err(|error| broken(error.to_string()))? {
            Event::DocType(_) => return Err(broken("DOCTYPE".to_owned())),
            Event::Start(element) => {
                if open.len() >= DEEPEST {
                    return Err(broken("elements nested too deeply".to_owned()));
                }
                open.push(element.local_name().as_ref().to_owned());
                if passing > 0 || !visitor.begin(&element) {
                    passing += 1;
                }
            }
            Event::Empty(element) if passing == 0 && visitor.begin(&element) => visitor.end(element.local_name().as_ref()),
            Event::End(_) => {
                let name = open.pop().unwrap_or_default();
                if passing > 0 {
                    passing -= 1;
                } else {
                    visitor.end(&name);
                }
            }
            Event::Text(text) if passing == 0 => visitor.text(&text.xml10_content()),
            Event::CData(text) if passing == 0 => visitor.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let known = match reference.resolve_char_ref() {
                    Ok(Some(character)) => Some(character.to_string()),
                    _ => quick_xml::escape::resolve_predefined_entity(&reference.xml10_content()).map(str::to_owned),
                };
                let Some(text) = known else { return Err(broken("an entity that no word processor writes".to_owned())) };
                if passing == 0 {
                    visitor.text(&text);
                }
            }
            Event::Eof if open.is_empty() => return Ok(()),
            Event::Eof => return Err(broken("it ends early".to_owned())),
            _ => {}
        }
    }
}

/// An attribute by its name without prefix.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let resolved = quick_xml::escape::unescape_with(&found.value, quick_xml::escape::resolve_predefined_entity);
    Some(resolved.map_or_else(|_| found.value.to_string(), |text| text.into_owned()))
}

fn record(part: &str, word: &mut Word) -> Result<(), Strange> {
    #[derive(Default)]
    struct Record {
        facts: [String; 3],
        printed: Vec<Printed>,
        open: bool,
        strange: bool,
    }
    impl Visitor for Record {
        fn begin(&mut self, element: &BytesStart<'_>) -> bool {
            match element.local_name().as_ref() {
                "printed" => self.facts = ["program", "product", "source"].map(|name| attribute(element, name).unwrap_or_default()),
                "p" => {
                    self.printed.push(Printed::default());
                    self.open = true;
                }
                kind @ ("words" | "mention") => {
                    let at = self.printed.last().map_or(0, |paragraph| paragraph.text.len());
                    let written = attribute(element, "origin").and_then(|origin| origin.parse().ok());
                    match (written, attribute(element, "bookmark"), self.printed.last_mut()) {
                        (Some(written), Some(bookmark), Some(paragraph)) => {
                            paragraph.parts.push(Part { bookmark, written, range: at..at, mention: kind == "mention" });
                        }
                        _ => self.strange = true,
                    }
                }
                _ => self.strange = true,
            }
            true
        }
        fn end(&mut self, name: &str) {
            match name {
                "p" => self.open = false,
                "words" | "mention" => {
                    if let Some(paragraph) = self.printed.last_mut() {
                        let end = paragraph.text.len();
                        if let Some(part) = paragraph.parts.last_mut() {
                            part.range.end = end;
                        }
                    }
                }
                _ => {}
            }
        }
        fn text(&mut self, text: &str) {
            if let Some(paragraph) = self.printed.last_mut().filter(|_| self.open) {
                paragraph.text.push_str(text);
            }
        }
    }
    let mut record = Record::default();
    walk(part, &mut record)?;
    if record.strange {
        return Err(Strange::Broken("the record of what was printed".to_owned()));
    }
    [word.program, word.product, word.source] = record.facts;
    word.printed = record.printed;
    Ok(())
}

/// The text.
#[derive(Default)]
struct Body {
    done: Vec<Returned>,
    /// Paragraphs that are open; a text box would open one in another.
    open: Option<Paragraph>,
    /// Words and bookmarks of paragraphs whose end mark was taken out.
    carried: Option<Returned>,
    /// Bookmarks between paragraphs.
    waiting: Vec<String>,
    in_text: bool,
    properties: usize,
    /// Where the paragraphs of each open row begin, and whether the row was taken out.
    rows: Vec<(usize, bool)>,
    row_properties: usize,
    fields: Vec<Field>,
    instruction: bool,
    /// Comments whose words are being read.
    commented: Vec<String>,
    about: BTreeMap<String, String>,
}

/// A field that is open.
#[derive(Default)]
struct Field {
    instruction: String,
    /// Where its result begins in the paragraph; `None` while its instruction is read.
    result: Option<usize>,
}

#[derive(Default)]
struct Paragraph {
    words: Returned,
    joins_next: bool,
    /// A line of a table of contents.
    contents: bool,
}

impl Body {
    /// True where words are those of a field's instruction.
    fn is_instruction(&self) -> bool {
        self.fields.iter().any(|field| field.result.is_none())
    }

    /// Ends the innermost field. Numbers of pages are computed by whoever opens the file and are not what was printed; but LibreOffice
    /// makes such a field of the words of a link to a heading, too.
    fn end_field(&mut self) {
        let Some(Field { instruction, result: Some(begin) }) = self.fields.pop() else { return };
        let word = instruction.split_whitespace().next().unwrap_or_default();
        if ["PAGE", "PAGEREF", "NUMPAGES", "SECTIONPAGES"].contains(&word)
            && let Some(paragraph) = &mut self.open
            && paragraph.words.text.get(begin..).is_some_and(|result| result.bytes().all(|byte| byte.is_ascii_digit()))
        {
            paragraph.words.text.truncate(begin);
        }
    }

    fn in_contents(&self) -> bool {
        self.fields.iter().any(|field| field.instruction.trim_start().starts_with("TOC"))
    }

    fn push(&mut self, text: &str) {
        if self.is_instruction() {
            return;
        }
        if let Some(paragraph) = &mut self.open {
            paragraph.words.text.push_str(text);
            for id in &self.commented {
                self.about.entry(id.clone()).or_default().push_str(text);
            }
        }
    }

    fn finish(&mut self) -> Vec<Returned> {
        self.done.extend(self.carried.take());
        std::mem::take(&mut self.done)
    }
}

impl Visitor for Body {
    fn begin(&mut self, element: &BytesStart<'_>) -> bool {
        let name = element.local_name();
        let name = name.as_ref();
        let author = || attribute(element, "author").filter(|author| !author.is_empty());
        match name {
            // other words of the same, pictures, and what is said beside the text
            "Fallback" | "drawing" | "pict" | "object" | "sdtPr" | "rt" | "rPrChange" | "pPrChange" | "tblPr" | "tcPr" | "sectPr" => {
                return false;
            }
            "p" => {
                let mut paragraph = Paragraph { contents: self.in_contents(), ..Paragraph::default() };
                paragraph.words.begins = std::mem::take(&mut self.waiting);
                self.open = Some(paragraph);
            }
            "pPr" => self.properties += 1,
            "trPr" => self.row_properties += 1,
            "tr" => self.rows.push((self.done.len(), false)),
            "del" | "moveFrom" if self.row_properties > 0 => {
                if let Some(row) = self.rows.last_mut() {
                    row.1 = true;
                }
            }
            "del" | "moveFrom" if self.properties > 0 => {
                if let Some(paragraph) = &mut self.open {
                    paragraph.joins_next = true;
                }
            }
            "del" | "moveFrom" => {
                if let (Some(paragraph), Some(author)) = (&mut self.open, author()) {
                    paragraph.words.authors.push(author);
                }
                return false;
            }
            "ins" | "moveTo" => {
                if let (Some(paragraph), Some(author)) = (&mut self.open, author()) {
                    paragraph.words.authors.push(author);
                }
            }
            "rPr" if self.properties == 0 => return false,
            "bookmarkStart" => {
                let bookmark = attribute(element, "name").filter(|name| name.starts_with("_Src"));
                match &mut self.open {
                    Some(paragraph) => paragraph.words.begins.extend(bookmark),
                    None => self.waiting.extend(bookmark),
                }
            }
            "commentRangeStart" => self.commented.extend(attribute(element, "id")),
            "commentRangeEnd" => {
                let id = attribute(element, "id");
                self.commented.retain(|open| Some(open) != id.as_ref());
            }
            "fldSimple" => {
                let instruction = attribute(element, "instr").unwrap_or_default();
                self.fields.push(Field { instruction, result: Some(self.open.as_ref().map_or(0, |open| open.words.text.len())) });
            }
            "fldChar" => match attribute(element, "fldCharType").as_deref() {
                Some("begin") => self.fields.push(Field::default()),
                Some("separate") => {
                    let begin = self.open.as_ref().map_or(0, |open| open.words.text.len());
                    if let Some(field) = self.fields.last_mut() {
                        field.result = Some(begin);
                    }
                    let contents = self.in_contents();
                    if let Some(paragraph) = &mut self.open {
                        paragraph.contents |= contents;
                    }
                }
                Some("end") => self.end_field(),
                _ => {}
            },
            "instrText" => self.instruction = true,
            "t" => self.in_text = true,
            "tab" if self.properties == 0 => self.push("\t"),
            "br" if attribute(element, "type").is_none_or(|kind| kind == "textWrapping") => self.push("\n"),
            "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            _ => {}
        }
        true
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => {
                let Some(mut paragraph) = self.open.take() else { return };
                paragraph.words.authors.sort();
                paragraph.words.authors.dedup();
                let words = match self.carried.take() {
                    Some(mut carried) => {
                        carried.text.push_str(&paragraph.words.text);
                        carried.begins.append(&mut paragraph.words.begins);
                        carried.authors.append(&mut paragraph.words.authors);
                        carried
                    }
                    None => paragraph.words,
                };
                if paragraph.joins_next {
                    self.carried = Some(words);
                } else if !paragraph.contents {
                    self.done.push(words);
                }
            }
            "pPr" => self.properties = self.properties.saturating_sub(1),
            "trPr" => self.row_properties = self.row_properties.saturating_sub(1),
            "tr" => {
                if let Some((start, true)) = self.rows.pop() {
                    self.done.truncate(start);
                }
            }
            "fldSimple" => self.end_field(),
            "instrText" => self.instruction = false,
            "t" => self.in_text = false,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.instruction {
            if let Some(field) = self.fields.last_mut() {
                field.instruction.push_str(text);
            }
        } else if self.in_text {
            self.push(text);
        }
    }
}

/// The comments.
#[derive(Default)]
struct Notes {
    done: Vec<(String, Comment)>,
    in_text: bool,
}

impl Visitor for Notes {
    fn begin(&mut self, element: &BytesStart<'_>) -> bool {
        let of = |name: &str| attribute(element, name).unwrap_or_default();
        match element.local_name().as_ref() {
            "comment" => self.done.push((of("id"), Comment { author: of("author"), date: of("date"), ..Comment::default() })),
            "p" => {
                if let Some((_, comment)) = self.done.last_mut().filter(|(_, comment)| !comment.text.is_empty()) {
                    comment.text.push('\n');
                }
            }
            "t" => self.in_text = true,
            "del" => return false,
            _ => {}
        }
        true
    }

    fn end(&mut self, name: &str) {
        self.in_text &= name != "t";
    }

    fn text(&mut self, text: &str) {
        if let Some((_, comment)) = self.done.last_mut().filter(|_| self.in_text) {
            comment.text.push_str(text);
        }
    }
}
