use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

/// Prose without blanks at the ends of lines and of the text, where Markdown does not read them: in code and as a line break they
/// stay. Line ends become `\n`.
pub(super) fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
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
