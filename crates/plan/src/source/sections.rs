use std::ops::Range;

use crate::prose::{blanked, comments};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A level-1 heading of a Markdown text and what stands below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawSection {
    /// The heading's words; empty for what stands before the first heading.
    pub title: String,
    /// The bytes of the heading's line.
    pub heading: Range<usize>,
    /// The bytes below it, up to the next, without the blank lines around them.
    pub body: Range<usize>,
}

/// Splits a Markdown text at its level-1 headings, as CommonMark sees them: `#` in a code block or a comment is none. What stands
/// below them keeps its comments, but not those at its ends.
#[must_use]
pub fn sections(text: &str) -> Vec<RawSection> {
    let mut seen = blanked(text).into_owned();
    // CommonMark would take all that follows an open comment for its text; a heading is told as one all the same
    if let Some(open) = comments(&seen).open {
        seen.replace_range(open..open + 4, "    ");
    }
    let text = seen.as_str();
    let mut headings: Vec<(String, Range<usize>)> = Vec::new();
    let mut open = None;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => open = Some((String::new(), range)),
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => headings.extend(open.take()),
            Event::Text(words) | Event::Code(words) => {
                if let Some((title, _)) = &mut open {
                    title.push_str(&words);
                }
            }
            _ => {}
        }
    }
    let first = headings.first().map_or(text.len(), |(_, range)| range.start);
    let mut all = Vec::new();
    let before = trim(text, 0..first);
    if !before.is_empty() {
        all.push(RawSection { title: String::new(), heading: before.start..before.start, body: before });
    }
    for (index, (title, heading)) in headings.iter().enumerate() {
        let end = headings.get(index + 1).map_or(text.len(), |(_, next)| next.start);
        let line = trim(text, heading.clone());
        all.push(RawSection { title: title.trim().to_owned(), heading: line, body: trim(text, heading.end.min(end)..end) });
    }
    all
}

/// Without blank lines before and after, and without blanks at the end. The blanks that indent the first line stay.
fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let end = range.start + part.trim_end().len();
    let mut start = range.start;
    for line in part.split_inclusive('\n') {
        if !line.trim().is_empty() {
            break;
        }
        start += line.len();
    }
    start.min(end)..end
}
