//! The one layout of prose: what is written means the same, and every letter of it stays.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::layout::Layout;
use crate::figure::figures;
use crate::prose::{blanked, blocks, comments};
use crate::source::{FileId, Place, sections};

/// Prose in its canonical layout. Where it would mean something else, only blanks at the ends of lines go, or nothing.
pub(super) fn laid_out(text: &str) -> String {
    let layout = |text: &str| {
        let spelt = spelt(text);
        let new = Layout::of(&spelt).document();
        same(&spelt, &new).then_some(new)
    };
    let settled = |text: &str| layout(text).filter(|new| layout(new).as_ref() == Some(new));
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let tidied = tidy(text);
    let tidied = if blocks(&tidied) == blocks(text) { tidied } else { text.to_owned() };
    // what follows a comment that is not closed is read line by line, as a person means it
    if comments(text).open.is_some() {
        return tidied;
    }
    settled(&lines).or_else(|| settled(&tidied)).unwrap_or(tidied)
}

/// True if two texts have the same blocks, comments and letters.
pub(super) fn same(a: &str, b: &str) -> bool {
    fn words(text: &str) -> Vec<&str> {
        comments(text).closed.into_iter().map(|range| &text[range]).collect()
    }
    // of what stands for layout only: marks of lists, headings, tables and line breaks
    let letters = |text: &str| {
        let kept = |c: &char| !matches!(c, ' ' | '\t' | '\n' | '-' | '*' | '+' | '#' | '=' | '|' | ':' | '\\' | '.' | ')' | '0'..='9');
        text.chars().filter(kept).collect::<String>()
    };
    blocks(a) == blocks(b) && words(a) == words(b) && letters(a) == letters(b)
}

/// The text with its figures in canonical spelling. One that is written over two lines, or around a comment, stays.
fn spelt(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    let seen = blanked(text);
    // a heading of a section is a name, in which nothing is computed
    let bodies = sections(text).into_iter().map(|section| section.body);
    for figure in bodies.flat_map(|body| figures(&seen[body.clone()], Place::new(FileId::default(), body))) {
        let range = figure.at.range();
        let written = &text[range.clone()];
        let Ok(kind) = &figure.kind else { continue };
        let canonical = kind.to_string();
        let again = figures(&canonical, Place::default());
        let stays = matches!(again.as_slice(), [one] if one.at.range() == (0..canonical.len()) && one.kind.as_ref().is_ok_and(|kind| kind.to_string() == canonical));
        if stays && !written.contains(['\n', '<', '`']) {
            out.push_str(&text[from..range.start]);
            out.push_str(&canonical);
            from = range.end;
        }
    }
    out.push_str(&text[from..]);
    out
}

/// Prose without blanks at the ends of lines and of the text, where Markdown does not read them: in code and as a line break they
/// stay. Line ends become `\n`.
pub(super) fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = kept(&text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.trim_end_matches('\n').len();
        let written = line.trim_end_matches('\n').trim_end_matches([' ', '\t']);
        let cut = at + written.len();
        // ranges are in order; only the last one that begins before the end can hold it
        let index = kept.partition_point(|range| range.start <= end);
        let holds = kept[..index].iter().rev().take(2).any(|range| cut < range.end && range.start <= end);
        if !(out.is_empty() && written.is_empty()) {
            out.push_str(if holds { &text[at..end] } else { written });
            out.push('\n');
        }
        at += line.len();
    }
    let end = out.trim_end_matches([' ', '\t', '\n']).len();
    out.truncate(end);
    if end > 0 {
        out.push('\n');
    }
    out
}

/// The bytes in which blanks at the end of a line mean something.
fn kept(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Parser::new_ext(text, Options::ENABLE_TABLES)
        .into_offset_iter()
        .filter(|(event, _)| {
            matches!(event, Event::HardBreak | Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) | Event::Code(_) | Event::InlineHtml(_))
        })
        .map(|(_, range)| range)
        .collect();
    ranges.sort_by_key(|range| range.start);
    ranges
}
