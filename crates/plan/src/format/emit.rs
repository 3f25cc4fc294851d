use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::comments::{Anchor, Comments, Line, ROOT};
use super::scalar::scalar;
use crate::shape::{Shape, Type, quoted};

/// Columns that an array may reach before it is written item by item.
const WIDTH: usize = 120;

/// A value, where it begins, and what its key says of it.
struct Item<'a> {
    key: Option<&'a str>,
    /// The first byte of the thing, by which its comments know it.
    start: usize,
    value: &'a Spanned<DeValue<'a>>,
    kind: Option<&'static Type>,
}

/// A TOML text in canonical layout.
pub(super) fn document(text: &str, table: &DeTable<'_>, shape: &'static Shape) -> String {
    let mut anchors = Vec::new();
    let mut brackets = Vec::new();
    collect(text, table, &mut anchors, &mut brackets);
    anchors.sort_by_key(|anchor| anchor.range.start);
    let comments = Comments::of(text, &anchors, &brackets);
    let mut emitter = Emitter { text, comments, out: String::new() };
    let top = std::mem::take(&mut emitter.comments.top);
    emitter.lines(&top, "");
    emitter.table(&mut Vec::new(), table, Some(shape), ROOT);
    let end = std::mem::take(&mut emitter.comments.end);
    if !end.is_empty() {
        emitter.blank_line();
        emitter.lines(&end, "");
    }
    let end = emitter.out.trim_end().len();
    emitter.out.truncate(end);
    if end > 0 {
        emitter.out.push('\n');
    }
    emitter.out
}

/// Every thing that a comment can stand with, and every pair of brackets.
fn collect(text: &str, table: &DeTable<'_>, anchors: &mut Vec<Anchor>, brackets: &mut Vec<(Range<usize>, usize)>) {
    for (key, value) in table.iter() {
        let start = first_byte(text, Some(key.span()), value);
        if !by_headers(text, value) {
            anchors.push(Anchor { range: start..value.span().end.max(key.span().end), header: is_header(text, value) });
        }
        values(text, value, start, anchors, brackets);
    }
}

fn values(text: &str, value: &Spanned<DeValue<'_>>, start: usize, anchors: &mut Vec<Anchor>, brackets: &mut Vec<(Range<usize>, usize)>) {
    match value.get_ref() {
        DeValue::Table(inner) => {
            if text[value.span().start..].starts_with('{') {
                brackets.push((value.span(), start));
            }
            collect(text, inner, anchors, brackets);
        }
        DeValue::Array(items) => {
            let headers = by_headers(text, value);
            if !headers {
                brackets.push((value.span(), start));
            }
            for item in items.iter() {
                let start = item.span().start;
                anchors.push(Anchor { range: item.span(), header: headers });
                values(text, item, start, anchors, brackets);
            }
        }
        _ => {}
    }
}

/// The byte by which the comments of a value know it: its header, or else its key.
fn first_byte(text: &str, key: Option<Range<usize>>, value: &Spanned<DeValue<'_>>) -> usize {
    match key {
        Some(key) if !is_header(text, value) => key.start,
        _ => value.span().start,
    }
}

/// True for a table with a header.
fn is_header(text: &str, value: &Spanned<DeValue<'_>>) -> bool {
    matches!(value.get_ref(), DeValue::Table(_)) && text[value.span().start..].starts_with('[')
}

/// True for an array of tables with headers.
fn by_headers(text: &str, value: &Spanned<DeValue<'_>>) -> bool {
    matches!(value.get_ref(), DeValue::Array(items) if items.iter().next().is_some_and(|first| is_header(text, first)))
}

fn is_inline_table(text: &str, value: &Spanned<DeValue<'_>>) -> bool {
    matches!(value.get_ref(), DeValue::Table(_)) && text[value.span().start..].starts_with('{')
}

struct Emitter<'a> {
    text: &'a str,
    comments: Comments<'a>,
    out: String,
}

/// How a value of a table is written.
enum Form {
    Inline,
    Header,
    Headers,
}

impl<'a> Emitter<'a> {
    /// The values of a table in canonical order; keys that the language does not know come last, in their own order.
    fn items(&self, table: &'a DeTable<'a>, shape: Option<&'static Shape>) -> Vec<Item<'a>> {
        let place = |name: &str| shape.and_then(|shape| shape.keys.iter().position(|key| key.name == name));
        let mut items: Vec<_> = table
            .iter()
            .map(|(key, value)| {
                let name: &str = key.get_ref();
                let kind = shape.and_then(|shape| shape.key(name)).map(|key| &key.kind);
                Item { key: Some(name), start: first_byte(self.text, Some(key.span()), value), value, kind }
            })
            .collect();
        items.sort_by_key(|item| (item.key.and_then(place).unwrap_or(usize::MAX), item.start));
        items
    }

    fn form(&self, item: &Item<'_>) -> Form {
        match (item.value.get_ref(), item.kind) {
            (DeValue::Table(_), Some(Type::Table(_))) => Form::Header,
            (DeValue::Table(_), None | Some(Type::List(_))) if !is_inline_table(self.text, item.value) => Form::Header,
            (DeValue::Array(items), Some(Type::List(Type::Table(_)))) if all_tables(items.iter()) => Form::Headers,
            (DeValue::Array(_), None | Some(Type::Table(_))) if by_headers(self.text, item.value) => Form::Headers,
            _ => Form::Inline,
        }
    }

    /// A table whose header is written, and the tables below it.
    fn table(&mut self, path: &mut Vec<String>, table: &'a DeTable<'a>, shape: Option<&'static Shape>, start: usize) {
        let (inline, below): (Vec<_>, Vec<_>) =
            self.items(table, shape).into_iter().partition(|item| matches!(self.form(item), Form::Inline));
        for item in &inline {
            self.above(item.start, "");
            let key = key(item.key.unwrap_or_default());
            let before = self.out.len();
            self.out.push_str(&key);
            self.out.push_str(" = ");
            self.value(item, 0, before);
            self.beside(item.start);
        }
        let inside = self.comments.inside.remove(&start).unwrap_or_default();
        self.lines(&inside, "");
        for item in &below {
            path.push(key(item.key.unwrap_or_default()));
            match (self.form(item), item.value.get_ref()) {
                (Form::Headers, DeValue::Array(items)) => self.headers(path, item, items.iter()),
                (_, DeValue::Table(inner)) => {
                    self.blank_line();
                    self.above(item.start, "");
                    self.out.push_str(&format!("[{}]", path.join(".")));
                    self.beside(item.start);
                    self.table(path, inner, item.kind.and_then(shape_in), item.start);
                }
                _ => {}
            }
            path.pop();
        }
    }

    fn headers(&mut self, path: &mut Vec<String>, item: &Item<'a>, items: impl Iterator<Item = &'a Spanned<DeValue<'a>>>) {
        let shape = item.kind.and_then(shape_in);
        let mut last = None;
        for (index, element) in items.enumerate() {
            let DeValue::Table(inner) = element.get_ref() else { continue };
            let start = element.span().start;
            self.blank_line();
            if index == 0 {
                self.above(item.start, "");
                let beside = self.comments.beside.remove(&item.start).unwrap_or_default();
                let beside: Vec<_> = beside.into_iter().map(|text| Line { text, blank: false }).collect();
                self.lines(&beside, "");
            }
            self.above(start, "");
            self.out.push_str(&format!("[[{}]]", path.join(".")));
            self.beside(start);
            self.table(path, inner, shape, start);
            last = Some(start);
        }
        if let Some(left) = last.and_then(|_| self.comments.inside.remove(&item.start)) {
            self.lines(&left, "");
        }
    }

    /// A value behind its key. `line` is where its line begins in what is written.
    fn value(&mut self, item: &Item<'a>, depth: usize, line: usize) {
        let inner = item.value.span();
        let several = match (item.kind, item.value.get_ref()) {
            (Some(Type::Several(_)), DeValue::Array(items)) if items.len() == 1 && !self.comments.within(&inner) => items.iter().next(),
            _ => None,
        };
        if let (Some(one), Some(Type::Several(of))) = (several, item.kind) {
            self.value(&Item { key: None, start: one.span().start, value: one, kind: Some(of) }, depth, line);
            return;
        }
        if matches!(item.value.get_ref(), DeValue::Array(_) | DeValue::Table(_)) {
            let broken = self.has_comments(item);
            let short = if broken { None } else { Some(self.flat(item)) };
            let is_array = matches!(item.value.get_ref(), DeValue::Array(_));
            match short {
                Some(flat) if !is_array || columns(&self.out[line..]) + columns(&flat) <= WIDTH => self.out.push_str(&flat),
                _ => self.broken(item, depth),
            }
        } else {
            self.out.push_str(&scalar(item.value.get_ref(), &self.text[inner], item.kind));
        }
    }

    fn has_comments(&self, item: &Item<'a>) -> bool {
        self.comments.inside.contains_key(&item.start)
            || self.inner(item).iter().any(|inner| {
                self.comments.above.contains_key(&inner.start)
                    || self.comments.beside.contains_key(&inner.start)
                    || self.has_comments(inner)
            })
    }

    /// What stands in an array or a table.
    fn inner(&self, item: &Item<'a>) -> Vec<Item<'a>> {
        match item.value.get_ref() {
            DeValue::Table(table) => self.items(table, item.kind.and_then(shape_in)),
            DeValue::Array(items) => {
                let kind = item.kind.and_then(item_in);
                items.iter().map(|value| Item { key: None, start: value.span().start, value, kind }).collect()
            }
            _ => Vec::new(),
        }
    }

    /// On one line.
    fn flat(&self, item: &Item<'a>) -> String {
        let inner = self.inner(item).into_iter().map(|inner| match inner.key {
            Some(name) => format!("{} = {}", key(name), self.flat(&inner)),
            None => self.flat(&inner),
        });
        let inner = inner.collect::<Vec<_>>().join(", ");
        match item.value.get_ref() {
            DeValue::Table(table) if table.is_empty() => "{}".to_owned(),
            DeValue::Table(_) => format!("{{ {inner} }}"),
            DeValue::Array(_) => format!("[{inner}]"),
            other => scalar(other, &self.text[item.value.span()], item.kind),
        }
    }

    /// Item by item, each on its line.
    fn broken(&mut self, item: &Item<'a>, depth: usize) {
        let indent = "  ".repeat(depth + 1);
        let (open, close) = if matches!(item.value.get_ref(), DeValue::Table(_)) { ('{', '}') } else { ('[', ']') };
        self.out.push(open);
        self.out.push('\n');
        for inner in self.inner(item) {
            self.above(inner.start, &indent);
            let line = self.out.len();
            self.out.push_str(&indent);
            if let Some(name) = inner.key {
                self.out.push_str(&key(name));
                self.out.push_str(" = ");
            }
            self.value(&inner, depth + 1, line);
            self.out.push(',');
            self.beside(inner.start);
        }
        let inside = self.comments.inside.remove(&item.start).unwrap_or_default();
        self.lines(&inside, &indent);
        self.out.push_str(&"  ".repeat(depth));
        self.out.push(close);
    }

    fn above(&mut self, start: usize, indent: &str) {
        let lines = self.comments.above.remove(&start).unwrap_or_default();
        self.lines(&lines, indent);
    }

    fn lines(&mut self, lines: &[Line<'_>], indent: &str) {
        for line in lines {
            self.out.push_str(indent);
            self.out.push_str(line.text);
            self.out.push_str(if line.blank { "\n\n" } else { "\n" });
        }
    }

    /// Ends a line with the comments beside it.
    fn beside(&mut self, start: usize) {
        for comment in self.comments.beside.remove(&start).unwrap_or_default() {
            self.out.push(' ');
            self.out.push_str(comment);
        }
        self.out.push('\n');
    }

    fn blank_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
}

fn all_tables<'a>(mut items: impl ExactSizeIterator<Item = &'a Spanned<DeValue<'a>>>) -> bool {
    items.len() > 0 && items.all(|item| matches!(item.get_ref(), DeValue::Table(_)))
}

/// The shape of the tables that a key may have as its value.
fn shape_in(kind: &'static Type) -> Option<&'static Shape> {
    match kind {
        Type::Table(shape) => Some(shape),
        Type::List(of) | Type::Several(of) => shape_in(of),
        Type::Either(types) => types.iter().find_map(shape_in),
        _ => None,
    }
}

/// What the items of an array are.
fn item_in(kind: &'static Type) -> Option<&'static Type> {
    match kind {
        Type::List(of) | Type::Several(of) => Some(of),
        _ => None,
    }
}

fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if bare { name.to_owned() } else { quoted(name) }
}

/// Columns of a text, wide characters counted twice.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
