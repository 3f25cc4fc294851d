//! HTML: one page with everything in it, for screens wide and narrow, for print, for screen readers; without scripts.

mod style;
mod table;

use std::collections::BTreeMap;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::names::{Depths, Names, is_address};
use crate::{Block, Document, Heading, Inline, Language, Mark, Note, Picture, Tokens, Tone};

/// Sets a document as one HTML page. Attachments stay out: a page holds no files.
#[must_use]
pub fn html(document: &Document, tokens: &Tokens) -> String {
    let mut writer = Writer::of(document);
    let body = writer.blocks(&document.body);
    let words = Words::of(document.language);
    html! {
        (DOCTYPE)
        html lang=(document.language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                @if !document.author.is_empty() { meta name="author" content=(document.author); }
                meta name="dcterms.date" content=(document.date);
                title { (document.title) }
                style { (PreEscaped(style::sheet(document, tokens))) }
            }
            body data-watermark=[document.watermark.as_deref()] class=[writer.noted.then_some("noted")] {
                a.skip href="#_content" { (words.skip) }
                header {
                    p { (writer.plain(&document.head)) }
                    @if let Some(watermark) = &document.watermark { p.stamp { (watermark) } }
                }
                main #_content { (body) }
                @if !writer.origins.is_empty() { (writer.origins(words)) }
            }
        }
    }
    .into_string()
}

/// The body of a document as a piece of another page, which brings its own style.
#[must_use]
pub fn piece(document: &Document) -> String {
    let mut writer = Writer::of(document);
    // the page around it has its title
    writer.titled = true;
    writer.blocks(&document.body).into_string()
}

/// Words of the page itself.
#[derive(Clone, Copy)]
struct Words {
    skip: &'static str,
    contents: &'static str,
    origins: &'static str,
    origin: &'static str,
    table: &'static str,
}

impl Words {
    const fn of(language: Language) -> Self {
        match language {
            Language::Japanese => {
                Self { skip: "本文へ進む", contents: "目次", origins: "数値の出所", origin: "出所", table: "表" }
            }
            Language::English => {
                Self { skip: "Skip to the text", contents: "Contents", origins: "Origins of the figures", origin: "Origin", table: "Table" }
            }
        }
    }
}

const fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Label => "label",
        Tone::Met => "met",
        Tone::Due => "due",
        Tone::Overdue => "overdue",
    }
}

struct Writer<'a> {
    names: Names<'a>,
    /// Headings that the contents list: depth, place and words, in their order.
    outline: Vec<(usize, String, &'a [Inline])>,
    /// How many headings were written.
    written: usize,
    /// Whether the last block was a heading.
    under_heading: bool,
    depths: Depths,
    /// Whether a heading is the title of the whole, above all others.
    titled: bool,
    noted: bool,
    words: Words,
    /// What is told of figures, each once, with its number.
    origins: BTreeMap<(&'a str, &'a str), usize>,
}

impl<'a> Writer<'a> {
    fn of(document: &'a Document) -> Self {
        let mut writer = Self {
            names: Names::of(document),
            outline: Vec::new(),
            written: 0,
            under_heading: false,
            depths: Depths::default(),
            titled: false,
            noted: false,
            words: Words::of(document.language),
            origins: BTreeMap::new(),
        };
        let mut depths = Depths::default();
        document.body.iter().for_each(|block| writer.look(block, &mut depths));
        writer
    }

    /// Looks for headings and notes before anything is written.
    fn look(&mut self, block: &'a Block, depths: &mut Depths) {
        match block {
            Block::Heading(heading) => {
                let depth = depths.next(heading);
                self.titled |= depth == 0;
                let place =
                    heading.id.as_deref().and_then(|id| self.place(id)).unwrap_or_else(|| format!("_heading-{}", self.outline.len()));
                self.outline.push((depth, place, &heading.content));
            }
            Block::Note(_) => self.noted = true,
            Block::List { items, .. } => items.iter().flatten().for_each(|block| self.look(block, depths)),
            Block::Table(table) => {
                table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks).for_each(|block| self.look(block, depths));
            }
            Block::Box(blocks) | Block::Foreign(_, blocks) => blocks.iter().for_each(|block| self.look(block, depths)),
            Block::Paragraph(_) | Block::Picture(_) | Block::Contents { .. } | Block::PageBreak => {}
        }
    }

    /// The `id` of a named place: its name, where that can be one and is not ours.
    fn place(&self, name: &str) -> Option<String> {
        let number = self.names.get(name)?;
        let fine = !name.is_empty() && !name.starts_with('_') && !name.contains(|c: char| c.is_whitespace() || c.is_control());
        Some(if fine { name.to_owned() } else { format!("_place-{number}") })
    }

    /// The `id` for the place itself: none if another of its name was written.
    fn anchor(&self, name: &str) -> Option<String> {
        self.names.claim(name).and_then(|_| self.place(name))
    }

    fn blocks(&mut self, blocks: &'a [Block]) -> Markup {
        html! {
            @for block in blocks {
                (self.block(block))
                ({ self.under_heading = matches!(block, Block::Heading(_)); "" })
            }
        }
    }

    fn block(&mut self, block: &'a Block) -> Markup {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(content) => html! { p { (self.inlines(content)) } },
            Block::List { ordered: true, items } => html! { ol { @for item in items { li { (self.item(item)) } } } },
            Block::List { ordered: false, items } => html! { ul { @for item in items { li { (self.item(item)) } } } },
            Block::Table(table) => self.table(table),
            Block::Picture(picture) => self.picture(picture),
            Block::Contents { depth } => self.contents(*depth),
            Block::PageBreak => html! { div.page {} },
            Block::Note(note) => self.note(note),
            Block::Box(blocks) => html! { div.box { (self.blocks(blocks)) } },
            Block::Foreign(language, blocks) => html! { div lang=(language.code()) { (self.blocks(blocks)) } },
        }
    }

    /// Blocks within something that is a block already: a single paragraph needs no other.
    fn item(&mut self, blocks: &'a [Block]) -> Markup {
        match blocks {
            [Block::Paragraph(content)] => self.inlines(content),
            blocks => self.blocks(blocks),
        }
    }

    fn heading(&mut self, heading: &'a Heading) -> Markup {
        let depth = self.depths.next(heading) + usize::from(self.titled);
        let free = heading.id.as_deref().is_none_or(|id| self.names.get(id).is_none() || self.names.claim(id).is_some());
        let place = self.outline.get(self.written).map(|(_, place, _)| place.clone()).filter(|_| free);
        self.written += 1;
        let looks = format!("level-{}", heading.level.min(3));
        let words = self.inlines(&heading.content);
        match depth {
            0 | 1 => html! { h1 id=[place] class=(looks) { (words) } },
            2 => html! { h2 id=[place] class=(looks) { (words) } },
            3 => html! { h3 id=[place] class=(looks) { (words) } },
            4 => html! { h4 id=[place] class=(looks) { (words) } },
            5 => html! { h5 id=[place] class=(looks) { (words) } },
            _ => html! { h6 id=[place] class=(looks) { (words) } },
        }
    }

    /// The contents, without the heading they stand under.
    fn contents(&self, deepest: u8) -> Markup {
        let own = self.written.checked_sub(1).filter(|_| self.under_heading);
        let listed = self.outline.iter().enumerate().filter(|(number, _)| Some(*number) != own).map(|(_, listed)| listed);
        let listed = listed.filter(|(depth, _, _)| (1..=usize::from(deepest)).contains(depth));
        html! {
            nav.contents aria-label=(self.words.contents) {
                ol { @for (depth, place, words) in listed { li class={ "depth-" (depth.min(&4)) } { a href=(fragment(place)) { (self.plain(words)) } } } }
            }
        }
    }

    fn note(&mut self, note: &'a Note) -> Markup {
        html! {
            div role="note" class={ "note " (tone(note.tone)) } {
                @if !note.label.is_empty() { p.name { (note.label) } }
                p { (self.inlines(&note.content)) }
            }
        }
    }

    fn picture(&mut self, picture: &'a Picture) -> Markup {
        let share = if picture.width > 0.0 { picture.width.min(1.0) } else { 1.0 };
        // as an image, so that nothing in a drawing can act on the page
        let source = format!("data:image/svg+xml,{}", escaped(&picture.svg, |c| matches!(c, '#' | '?')));
        html! {
            figure {
                img src=(source) alt=(picture.alternative) width={ (format!("{:.1}", share * 100.0)) "%" };
                @if !picture.caption.is_empty() { figcaption { (self.inlines(&picture.caption)) } }
            }
        }
    }

    fn inlines(&mut self, content: &'a [Inline]) -> Markup {
        html! { @for inline in content { (self.inline(inline)) } }
    }

    fn inline(&mut self, inline: &'a Inline) -> Markup {
        match inline {
            Inline::Text(text) => html! { (text) },
            Inline::Marked(mark, content) => marked(*mark, self.inlines(content)),
            Inline::Link { to, content } => {
                let place = self.place(to);
                match place.map(|place| fragment(&place)).or_else(|| is_address(to).then(|| escaped(to, |_| false))) {
                    Some(to) => html! { a href=(to) { (self.anchored(content)) } },
                    None => self.inlines(content),
                }
            }
            Inline::PageOf(_) => html! {},
            Inline::Anchor(name) => html! { span id=[self.anchor(name)] {} },
            Inline::Traced { origin, told, content } => {
                let next = self.origins.len() + 1;
                let number = *self.origins.entry((origin, told)).or_insert(next);
                let words = self.anchored(content);
                html! { button.traced type="button" popovertarget={ "_origin-" (number) } { (words) } }
            }
            Inline::Sourced { content, .. } => self.inlines(content),
            Inline::Break => html! { br; },
        }
    }

    /// A content within a link or a button: no other of them may stand there.
    fn anchored(&self, content: &[Inline]) -> Markup {
        self.copied(content, true)
    }

    /// A content said again elsewhere: without places, links and origins.
    fn plain(&self, content: &[Inline]) -> Markup {
        self.copied(content, false)
    }

    fn copied(&self, content: &[Inline], places: bool) -> Markup {
        html! {
            @for inline in content {
                @match inline {
                    Inline::Text(text) => (text),
                    Inline::Marked(mark, content) => (marked(*mark, self.copied(content, places))),
                    Inline::Link { content, .. } | Inline::Traced { content, .. } | Inline::Sourced { content, .. } => {
                        (self.copied(content, places))
                    },
                    Inline::Anchor(name) => @if places { span id=[self.anchor(name)] {} },
                    Inline::PageOf(_) => {},
                    Inline::Break => br;,
                }
            }
        }
    }

    fn origins(&self, words: Words) -> Markup {
        let mut origins: Vec<_> = self.origins.iter().collect();
        origins.sort_by_key(|(_, number)| **number);
        html! {
            section.origins aria-label=(words.origins) {
                @for ((origin, told), number) in origins {
                    div popover="auto" id={ "_origin-" (number) } {
                        p { (told) }
                        p.quiet { (words.origin) " " code { (origin) } }
                    }
                }
            }
        }
    }
}

fn marked(mark: Mark, content: Markup) -> Markup {
    match mark {
        Mark::Strong => html! { strong { (content) } },
        Mark::Emphasis => html! { em { (content) } },
        Mark::Changed => html! { u { (content) } },
        Mark::Inserted => html! { ins { (content) } },
        Mark::Deleted => html! { del { (content) } },
        Mark::Superscript => html! { sup { (content) } },
        Mark::Subscript => html! { sub { (content) } },
        Mark::Code => html! { code { (content) } },
        Mark::Quiet => html! { span.quiet { (content) } },
        Mark::Foreign(language) => html! { span lang=(language.code()) { (content) } },
    }
}

fn fragment(place: &str) -> String {
    format!("#{}", escaped(place, |c| c == '#'))
}

/// A text within an address: what may not stand in one (URL Standard, URL code points), and what `also` says, as `%xx`. A percent
/// sign that begins an escape stays one only in an address given as such, so it is escaped unless two digits follow.
fn escaped(text: &str, also: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let digits = || text.as_bytes().get(at + 1..at + 3).is_some_and(|next| next.iter().all(u8::is_ascii_hexdigit));
        let bare = match c {
            '%' => !also('#') && digits(),
            '"' | '<' | '>' | '[' | '\\' | ']' | '^' | '`' | '{' | '|' | '}' => false,
            c => c > ' ' && !c.is_control() && !c.is_whitespace() && !also(c),
        };
        if bare {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            c.encode_utf8(&mut buffer).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        }
    }
    out
}
