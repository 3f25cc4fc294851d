//! Prose block by block: one blank line between blocks and none below a heading, `-` before items, numbers in order, tables in
//! columns. A line break that blanks at the end of a line make is written `\`. What is none of these stays as it is written.
//!
//! Markdown is read without the comments, and written with them: each stays where it is, between blocks or in one.

use std::collections::HashSet;
use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{Event, OffsetIter, Options, Parser, Tag, TagEnd};

use super::prose::{same, tidy};
use super::table::Table;
use crate::prose::{blocks, comments, cuts};

/// Lists within lists deeper than this are left as they are.
const DEEPEST: usize = 12;

/// A line to be written.
struct Line {
    text: String,
    /// Whether it is inside of a comment, where it has no indentation of ours.
    inside: bool,
}

impl Line {
    fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), inside: false }
    }
}

/// A block, with its bytes in the text without comments.
struct Node {
    kind: Kind,
    range: Range<usize>,
}

enum Kind {
    Paragraph,
    /// Its level and its words.
    Heading(usize, Range<usize>),
    List(Option<u64>, Vec<Item>),
    Table(Table),
    /// What is written as it stands: code, quotations, rules, HTML.
    Verbatim,
}

struct Item {
    start: usize,
    nodes: Vec<Node>,
}

/// What stands below one another: a block, or what stands between blocks.
enum Part<'n> {
    Node(&'n Node),
    Comment(Range<usize>),
    Other(Range<usize>),
}

/// A text that is being laid out.
pub(super) struct Layout<'t> {
    /// As it is written.
    text: &'t str,
    /// Without its comments.
    bare: String,
    /// Where in `bare` something was left out, and how many bytes up to there.
    cuts: Vec<(usize, usize)>,
    comments: Vec<Range<usize>>,
    /// Line ends after blanks that break the line, in `text`.
    breaks: HashSet<usize>,
}

impl<'t> Layout<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let (mut bare, mut marks) = (String::with_capacity(text.len()), Vec::new());
        let (mut from, mut gone) = (0, 0);
        for cut in cuts(text) {
            bare.push_str(&text[from..cut.start]);
            gone += cut.len();
            marks.push((bare.len(), gone));
            from = cut.end;
        }
        bare.push_str(&text[from..]);
        Self { text, bare, cuts: marks, comments: comments(text).closed, breaks: HashSet::new() }
    }

    /// Its canonical layout.
    pub(super) fn document(mut self) -> String {
        let bare = self.bare.clone();
        let mut reader = Reader {
            bare: &bare,
            events: Parser::new_ext(&bare, Options::ENABLE_TABLES).into_offset_iter().peekable(),
            breaks: Vec::new(),
        };
        let nodes = reader.nodes(0);
        self.breaks = reader.breaks.iter().map(|at| self.after(*at)).collect();
        let mut out: Vec<Line> = Vec::new();
        let parts = self.parts(&nodes, 0..self.text.len());
        let mut twin = false;
        for (index, part) in parts.iter().enumerate() {
            twin = index > 0 && follows(&parts[..index], part) && !twin;
            let lines = match part {
                Part::Node(node) => {
                    let range = self.outer(node);
                    let lines = self.node(node, twin).filter(|lines| same(&self.text[range.clone()], &joined(lines)));
                    lines.unwrap_or_else(|| self.verbatim(range))
                }
                Part::Comment(range) => self.lines(range.clone()),
                Part::Other(range) => self.verbatim(range.clone()),
            };
            if index > 0 && self.parted(&parts, index) {
                out.push(Line::new(""));
            }
            out.extend(lines);
        }
        joined(&out)
    }

    /// The byte of the text at a byte of `bare`, behind what is left out there.
    fn after(&self, at: usize) -> usize {
        let index = self.cuts.partition_point(|(start, _)| *start <= at);
        at + index.checked_sub(1).map_or(0, |index| self.cuts[index].1)
    }

    /// The byte of the text at a byte of `bare`, before what is left out there.
    fn before(&self, at: usize) -> usize {
        let index = self.cuts.partition_point(|(start, _)| *start < at);
        at + index.checked_sub(1).map_or(0, |index| self.cuts[index].1)
    }

    /// The bytes of a block in the text, with the comments beside it on its first and last line.
    fn outer(&self, node: &Node) -> Range<usize> {
        let mut range = self.spread(&node.range);
        if matches!(node.kind, Kind::Verbatim) {
            // blanks before and behind it may mean something
            let line = self.text[..range.start].trim_end_matches([' ', '\t']);
            range.start = if line.is_empty() || line.ends_with('\n') { line.len() } else { range.start };
            let rest = &self.text[range.end..];
            range.end += rest.len() - rest.trim_start_matches([' ', '\t']).len();
        }
        range
    }

    fn spread(&self, bare: &Range<usize>) -> Range<usize> {
        let written = self.bare[bare.clone()].trim_end_matches([' ', '\t', '\n']);
        let (mut start, mut end) = (self.after(bare.start), self.before(bare.start + written.len()));
        let blank = [' ', '\t'];
        loop {
            let near = self.text[..start].trim_end_matches(blank).len();
            let index = self.comments.partition_point(|comment| comment.end < near);
            match self.comments.get(index).filter(|comment| comment.end == near && !self.text[(*comment).clone()].contains('\n')) {
                Some(comment) => start = comment.start,
                None => break,
            }
        }
        loop {
            let near = self.text.len() - self.text[end..].trim_start_matches(blank).len();
            let index = self.comments.partition_point(|comment| comment.start < near);
            match self.comments.get(index).filter(|comment| comment.start == near && !self.text[(*comment).clone()].contains('\n')) {
                Some(comment) => end = comment.end,
                None => break,
            }
        }
        start.min(end)..end
    }

    /// Blocks and what stands between them, in order.
    fn parts<'n>(&self, nodes: &'n [Node], within: Range<usize>) -> Vec<Part<'n>> {
        let mut parts = Vec::new();
        let mut from = within.start;
        for node in nodes {
            let outer = self.outer(node);
            self.between(from..outer.start, &mut parts);
            parts.push(Part::Node(node));
            from = outer.end.max(from);
        }
        self.between(from..within.end, &mut parts);
        parts
    }

    fn between(&self, range: Range<usize>, parts: &mut Vec<Part<'_>>) {
        let mut from = range.start;
        let other = |range: Range<usize>, parts: &mut Vec<Part<'_>>| {
            let text = &self.text[range.clone()];
            if !text.trim_matches([' ', '\t', '\n']).is_empty() {
                parts.push(Part::Other(range));
            }
        };
        let first = self.comments.partition_point(|comment| comment.start < range.start);
        for comment in self.comments[first..].iter().take_while(|comment| comment.end <= range.end) {
            other(from..comment.start, parts);
            parts.push(Part::Comment(comment.clone()));
            from = comment.end;
        }
        if from < range.end {
            other(from..range.end, parts);
        }
    }

    fn place(&self, part: &Part<'_>) -> Range<usize> {
        match part {
            Part::Node(node) => self.outer(node),
            Part::Comment(range) => range.clone(),
            Part::Other(range) => {
                let text = &self.text[range.clone()];
                let end = range.start + text.trim_end_matches([' ', '\t', '\n']).len();
                end - text.trim_matches([' ', '\t', '\n']).len()..end
            }
        }
    }

    /// True if a blank line parts a part from the one before it: always between two blocks, beside a comment where one is written.
    fn parted(&self, parts: &[Part<'_>], index: usize) -> bool {
        let (before, this) = (&parts[index - 1], &parts[index]);
        if let Part::Node(Node { kind: Kind::Heading(above, _), .. }) = before {
            return matches!(this, Part::Node(Node { kind: Kind::Heading(level, _), .. }) if level <= above);
        }
        let written = |a: &Part<'_>, b: &Part<'_>| self.text[self.place(a).end..self.place(b).start].matches('\n').count() > 1;
        match (before, this) {
            (Part::Comment(_), _) => written(before, this),
            (Part::Node(_) | Part::Other(_), Part::Comment(_)) => {
                // what comes after the comments needs its blank line, before or after them
                let end = index + parts[index..].iter().take_while(|part| matches!(part, Part::Comment(_))).count();
                written(before, this) || (end < parts.len() && !(index + 1..=end).any(|at| written(&parts[at - 1], &parts[at])))
            }
            _ => true,
        }
    }

    /// A block in its layout; `None` if it has none. `twin` is true for a list right below another.
    fn node(&self, node: &Node, twin: bool) -> Option<Vec<Line>> {
        let range = self.outer(node);
        match &node.kind {
            Kind::Paragraph => Some(self.lines(range)),
            Kind::Heading(level, words) => {
                let lines = self.lines(self.spread(words));
                let [line] = lines.as_slice() else { return None };
                Some(vec![Line::new(format!("{} {}", "#".repeat(*level), line.text).trim_end())])
            }
            Kind::List(first, items) => self.list(*first, items, range, twin),
            Kind::Table(table) => {
                let bare = self.text[range] == self.bare[node.range.clone()].trim_end_matches([' ', '\t', '\n'])[..];
                let lines = table.lines(&self.bare).filter(|_| bare)?;
                Some(lines.into_iter().map(Line::new).collect())
            }
            Kind::Verbatim => None,
        }
    }

    fn list(&self, first: Option<u64>, items: &[Item], range: Range<usize>, twin: bool) -> Option<Vec<Line>> {
        let mut all: Vec<Vec<Line>> = Vec::new();
        let mut comments: Vec<Line> = Vec::new();
        let mut loose = false;
        for (index, item) in items.iter().enumerate() {
            let end = items.get(index + 1).map_or(range.end, |next| self.after(next.start));
            let start = self.after(item.start);
            let marked = &self.text[start.min(end)..end];
            // its bytes may begin with its indentation
            let indented = marked.len() - marked.trim_start_matches([' ', '\t']).len();
            let mark = marked[indented..].find([' ', '\t', '\n']).map_or(marked.len(), |mark| indented + mark);
            let mut parts = self.parts(&item.nodes, start + mark..end);
            // a comment between two items is about the second
            let words = parts.iter().rposition(|part| !matches!(part, Part::Comment(_))).map_or(0, |last| last + 1);
            let next = parts.split_off(words);
            let marker = match (first, twin) {
                (None, false) => "-".to_owned(),
                (None, true) => "*".to_owned(),
                (Some(first), twin) => {
                    let number = first.checked_add(u64::try_from(index).ok()?).filter(|number| *number < 1_000_000_000)?;
                    format!("{number}{}", if twin { ")" } else { "." })
                }
            };
            let mut lines: Vec<Line> = Vec::new();
            let mut twin = false;
            for (at, part) in parts.iter().enumerate() {
                twin = at > 0 && follows(&parts[..at], part) && !twin;
                let written = match part {
                    Part::Node(node) => self.node(node, twin)?,
                    Part::Comment(range) => self.lines(range.clone()),
                    Part::Other(_) => return None,
                };
                let tight = at > 0
                    && matches!(
                        (&parts[at - 1], part),
                        (Part::Node(Node { kind: Kind::Paragraph, .. }), Part::Node(Node { kind: Kind::List(None | Some(1), _), .. }))
                    );
                if at > 0 && !tight && self.parted(&parts, at) {
                    loose = true;
                    lines.push(Line::new(""));
                }
                lines.extend(written);
            }
            let indent = " ".repeat(marker.len() + 1);
            for (at, line) in lines.iter_mut().enumerate() {
                if at == 0 {
                    line.text = format!("{marker} {}", line.text);
                } else if !line.inside && !line.text.is_empty() {
                    line.text.insert_str(0, &indent);
                }
            }
            let mut above = std::mem::take(&mut comments);
            above.extend(if lines.is_empty() { vec![Line::new(marker)] } else { lines });
            all.push(above);
            comments = next.iter().flat_map(|part| self.lines(self.place(part))).collect();
        }
        let mut out: Vec<Line> = Vec::new();
        for lines in all {
            if loose && !out.is_empty() {
                out.push(Line::new(""));
            }
            out.extend(lines);
        }
        out.extend(comments);
        Some(out)
    }

    /// The lines of a paragraph or a comment, without indentation and blanks at their ends.
    fn lines(&self, range: Range<usize>) -> Vec<Line> {
        let mut at = range.start;
        let mut lines = Vec::new();
        for line in self.text[range].split('\n') {
            let end = at + line.len();
            let inside = |at: usize| {
                let index = self.comments.partition_point(|comment| comment.end <= at);
                self.comments.get(index).is_some_and(|comment| comment.start < at)
            };
            let (from, to) = (inside(at), inside(end));
            let mut text = if from { line } else { line.trim_start_matches([' ', '\t']) };
            if !to {
                text = text.trim_end_matches([' ', '\t']);
            }
            let text = if self.breaks.contains(&end) { format!("{text}\\") } else { text.to_owned() };
            lines.push(Line { text, inside: from });
            at = end + 1;
        }
        lines
    }

    /// A part as it is written, but for blanks at the ends of its lines where they mean nothing.
    fn verbatim(&self, range: Range<usize>) -> Vec<Line> {
        let written = &self.text[range];
        let tidied = tidy(written);
        let text = if blocks(&tidied) == blocks(written) { &tidied } else { written };
        text.trim_end_matches('\n').split('\n').map(|line| Line { text: line.to_owned(), inside: true }).collect()
    }
}

fn joined(lines: &[Line]) -> String {
    let mut out = String::new();
    for line in lines {
        out.push_str(&line.text);
        out.push('\n');
    }
    out
}

/// True if a part is a list and the block before it is one of the same kind: only another mark parts the two.
fn follows(before: &[Part<'_>], part: &Part<'_>) -> bool {
    let numbered = |part: &Part<'_>| match part {
        Part::Node(Node { kind: Kind::List(first, _), .. }) => Some(first.is_some()),
        _ => None,
    };
    let last = before.iter().rev().find(|part| !matches!(part, Part::Comment(_)));
    numbered(part).is_some_and(|this| last.and_then(numbered) == Some(this))
}

/// Reads blocks from the events of the parser.
struct Reader<'b> {
    bare: &'b str,
    events: Peekable<OffsetIter<'b>>,
    /// The line ends after blanks that break a line.
    breaks: Vec<usize>,
}

impl Reader<'_> {
    /// The blocks up to the end of what holds them.
    fn nodes(&mut self, depth: usize) -> Vec<Node> {
        let mut nodes: Vec<Node> = Vec::new();
        // words of an item that are no paragraph of their own
        let mut open: Option<Range<usize>> = None;
        while let Some((event, range)) = self.events.next() {
            let block = match event {
                Event::End(_) => break,
                Event::Start(Tag::Paragraph) => self.words().map(|_| (Kind::Paragraph, range)),
                Event::Start(Tag::Heading { level, .. }) => {
                    // without words it begins behind its marks
                    let words = self.words().unwrap_or(range.end..range.end);
                    Some((Kind::Heading(level as usize, words), range))
                }
                Event::Start(Tag::List(first)) if depth < DEEPEST => {
                    let mut items = Vec::new();
                    while let Some((Event::Start(Tag::Item), range)) = self.events.next() {
                        items.push(Item { start: range.start, nodes: self.nodes(depth + 1) });
                    }
                    Some((Kind::List(first, items), range))
                }
                Event::Start(Tag::Table(alignments)) => {
                    let mut table = Table::new(alignments, range.clone());
                    for (event, range) in self.events.by_ref() {
                        match event {
                            Event::Start(Tag::TableHead | Tag::TableRow) => table.row(range),
                            Event::Start(Tag::TableCell) => table.cell(self.bare, range),
                            Event::End(TagEnd::Table) => break,
                            _ => {}
                        }
                    }
                    Some((Kind::Table(table), range))
                }
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }) => {
                    self.skip();
                    open.get_or_insert(range.clone()).end = range.end;
                    None
                }
                Event::Start(_) => {
                    self.skip();
                    Some((Kind::Verbatim, range))
                }
                Event::Rule => Some((Kind::Verbatim, range)),
                Event::HardBreak => {
                    self.hard_break(&range);
                    None
                }
                Event::SoftBreak => None,
                _ => {
                    open.get_or_insert(range.clone()).end = range.end;
                    None
                }
            };
            if let Some((kind, range)) = block {
                nodes.extend(open.take().map(|range| Node { kind: Kind::Paragraph, range }));
                nodes.push(Node { kind, range });
            }
        }
        nodes.extend(open.take().map(|range| Node { kind: Kind::Paragraph, range }));
        nodes
    }

    /// Reads the words of a paragraph or a heading to its end: their bytes.
    fn words(&mut self) -> Option<Range<usize>> {
        let mut words: Option<Range<usize>> = None;
        let mut depth = 0_usize;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(_) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                Event::HardBreak => self.hard_break(&range),
                event => {
                    let seen = words.get_or_insert(range.clone());
                    seen.end = seen.end.max(range.end);
                    depth += usize::from(matches!(event, Event::Start(_)));
                }
            }
        }
        words
    }

    /// Reads to the end of what has begun.
    fn skip(&mut self) {
        let mut depth = 0_usize;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(_) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                Event::Start(_) => depth += 1,
                Event::HardBreak => self.hard_break(&range),
                _ => {}
            }
        }
    }

    fn hard_break(&mut self, range: &Range<usize>) {
        if self.bare[range.start..].starts_with(' ') {
            self.breaks.extend(self.bare[range.start..].find('\n').map(|end| range.start + end));
        }
    }
}
