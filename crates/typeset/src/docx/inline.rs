//! Parts of lines: runs, links, fields, bookmarks and tracked changes.

use super::body::Writer;
use super::parts::{field_begin, field_mark};
use super::styles::fonts;
use crate::names::is_address;
use crate::{Inline, Language, Mark};

/// How words are said.
#[derive(Clone, Copy, Default)]
pub(super) struct Manner {
    pub language: Language,
    /// In a part that has no links of its own: head, foot, comments.
    pub alone: bool,
    strong: bool,
    emphasis: bool,
    changed: bool,
    raised: Option<&'static str>,
    code: bool,
    quiet: bool,
    link: bool,
    track: Option<Mark>,
}

impl Manner {
    /// In a language.
    pub fn of(language: Language) -> Self {
        Self { language, ..Self::default() }
    }

    /// Whether the words lead elsewhere.
    pub fn is_link(self) -> bool {
        self.link
    }

    fn with(mut self, mark: Mark) -> Self {
        match mark {
            Mark::Strong => self.strong = true,
            Mark::Emphasis => self.emphasis = true,
            Mark::Changed => self.changed = true,
            Mark::Inserted | Mark::Deleted => self.track = Some(mark),
            Mark::Superscript => self.raised = Some("superscript"),
            Mark::Subscript => self.raised = Some("subscript"),
            Mark::Code => self.code = true,
            Mark::Quiet => self.quiet = true,
            Mark::Foreign(language) => self.language = language,
        }
        self
    }
}

impl Writer<'_> {
    /// Writes parts of a line.
    pub fn inlines(&mut self, content: &[Inline], manner: Manner) {
        for inline in content {
            match inline {
                Inline::Text(text) => self.run(Some(text), manner),
                Inline::Break => self.run(None, manner),
                Inline::Marked(mark, content) => self.inlines(content, manner.with(*mark)),
                Inline::Traced { content, .. } => self.inlines(content, manner),
                Inline::Sourced { origin, content } => self.sourced(origin, content, manner),
                Inline::Link { to, content } => self.link(to, content, manner),
                Inline::PageOf(name) => self.page_of(name, manner),
                Inline::Anchor(name) => {
                    if let (false, Some(bookmark)) = (manner.alone, self.places.bookmark(name)) {
                        self.track(None);
                        self.bookmark_begin(bookmark);
                        self.bookmark_end();
                    }
                }
            }
        }
    }

    /// Writes parts of a line where there are no links.
    pub fn inlines_alone(&mut self, content: &[Inline]) {
        self.inlines(content, Manner { alone: true, ..Manner::of(self.document.language) });
        self.track(None);
    }

    fn link(&mut self, to: &str, content: &[Inline], manner: Manner) {
        let anchor = self.places.bookmark(to);
        if manner.alone || manner.link || (anchor.is_none() && !is_address(to)) {
            return self.inlines(content, manner);
        }
        self.track(None);
        match anchor {
            Some(anchor) => self.xml.open("w:hyperlink", &[("w:anchor", &anchor), ("w:history", &1)]),
            None => {
                let id = self.package.address(to);
                self.xml.open("w:hyperlink", &[("r:id", &id), ("w:history", &1)]);
            }
        }
        self.inlines(content, Manner { link: true, ..manner });
        self.track(None);
        self.xml.close();
    }

    fn page_of(&mut self, name: &str, manner: Manner) {
        let Some(bookmark) = self.places.bookmark(name) else { return };
        if manner.alone {
            return;
        }
        self.track(None);
        self.page_field(bookmark, manner);
    }

    /// The number of the page on which a bookmark stands.
    pub fn page_field(&mut self, bookmark: &str, manner: Manner) {
        let page = self.page_numbers.get(bookmark).copied().unwrap_or(1).to_string();
        field_begin(&mut self.xml, &format!("PAGEREF {bookmark} \\h"));
        // what a program computes anew is not what was printed
        let open = self.printed.as_mut().map(|printed| std::mem::take(&mut printed.open));
        self.run(Some(&page), Manner { track: None, ..manner });
        if let (Some(printed), Some(open)) = (&mut self.printed, open) {
            printed.open = open;
        }
        field_mark(&mut self.xml, "end");
    }

    /// Begins a bookmark.
    pub fn bookmark_begin(&mut self, name: &str) {
        self.bookmarks += 1;
        self.xml.leaf("w:bookmarkStart", &[("w:id", &self.bookmarks), ("w:name", &name)]);
        self.stands.push((name.to_owned(), self.line_begin));
    }

    /// Ends the bookmark begun last.
    pub fn bookmark_end(&mut self) {
        self.xml.leaf("w:bookmarkEnd", &[("w:id", &self.bookmarks)]);
    }

    /// Opens the tracked change that is wanted, and ends the one that is open.
    pub fn track(&mut self, wanted: Option<Mark>) {
        if self.tracking == wanted {
            return;
        }
        if self.tracking.is_some() {
            self.xml.close();
        }
        self.tracking = wanted;
        if let (Some(mark), Some(revision)) = (wanted, &self.document.revision) {
            self.changes += 1;
            let name = if mark == Mark::Deleted { "w:del" } else { "w:ins" };
            let day = super::day(revision.date);
            self.xml.open(name, &[("w:id", &self.changes), ("w:author", &revision.author), ("w:date", &day)]);
        }
    }

    /// The tracked change as a property, of a paragraph's mark.
    pub fn tracked_mark(&mut self, mark: Mark) {
        if let Some(revision) = &self.document.revision {
            self.changes += 1;
            let name = if mark == Mark::Deleted { "w:del" } else { "w:ins" };
            let day = super::day(revision.date);
            self.xml.leaf(name, &[("w:id", &self.changes), ("w:author", &revision.author), ("w:date", &day)]);
        }
    }

    /// A run of words, or of a new line.
    fn run(&mut self, text: Option<&str>, manner: Manner) {
        if text == Some("") {
            return;
        }
        let tracked = manner.track.filter(|_| self.document.revision.is_some());
        self.track(tracked);
        if let Some(printed) = self.printed.as_mut().filter(|_| tracked != Some(Mark::Deleted)) {
            printed.text(text.unwrap_or("\n"));
        }
        self.xml.open("w:r", &[]);
        self.run_properties(text.unwrap_or_default(), manner, tracked.is_some());
        let name = if tracked == Some(Mark::Deleted) { "w:delText" } else { "w:t" };
        match text {
            None => self.xml.leaf("w:br", &[]),
            Some(text) => {
                for (index, part) in text.split('\t').enumerate() {
                    if index > 0 {
                        self.xml.leaf("w:tab", &[]);
                    }
                    if !part.is_empty() {
                        self.xml.say(name, &[("xml:space", &"preserve")], part);
                    }
                }
            }
        }
        self.xml.close();
    }

    fn run_properties(&mut self, text: &str, manner: Manner, tracked: bool) {
        let palette = &self.tokens.light;
        let japanese = manner.language == Language::Japanese;
        let style = match manner {
            Manner { link: true, .. } => Some("Hyperlink"),
            Manner { strong: true, .. } => Some("Strong"),
            Manner { code: true, .. } => Some("Code"),
            Manner { quiet: true, .. } => Some("Quiet"),
            _ => None,
        };
        let change = manner.track.filter(|_| !tracked);
        // Signs that both scripts have, such as ① and α, are set as Japanese.
        let hint = japanese && !text.is_ascii();
        let strong = manner.strong && style != Some("Strong");
        let marked = manner.emphasis || manner.changed || change.is_some() || manner.raised.is_some();
        let foreign = manner.language != self.document.language;
        if style.is_none() && !(hint || strong || marked || foreign) {
            return;
        }
        let xml = &mut self.xml;
        xml.open("w:rPr", &[]);
        if let Some(style) = style {
            xml.val("w:rStyle", &style);
        }
        if strong {
            fonts(xml, &self.tokens.fonts.heading);
            xml.leaf("w:b", &[]);
            xml.leaf("w:bCs", &[]);
        } else if hint {
            xml.leaf("w:rFonts", &[("w:hint", &"eastAsia")]);
        }
        if manner.emphasis && !japanese {
            xml.leaf("w:i", &[]);
            xml.leaf("w:iCs", &[]);
        }
        if change == Some(Mark::Deleted) {
            xml.leaf("w:strike", &[]);
        }
        match change {
            Some(Mark::Deleted) => xml.val("w:color", &palette.deleted.hex()),
            Some(_) => xml.val("w:color", &palette.inserted.hex()),
            None => {}
        }
        if manner.changed || change == Some(Mark::Inserted) {
            xml.val("w:u", &"single");
        }
        if let Some(raised) = manner.raised {
            xml.val("w:vertAlign", &raised);
        }
        if manner.emphasis && japanese {
            xml.val("w:em", &"dot");
        }
        if foreign {
            xml.leaf("w:lang", &[("w:val", &"en-US"), ("w:eastAsia", &"ja-JP")]);
        }
        xml.close();
    }
}
