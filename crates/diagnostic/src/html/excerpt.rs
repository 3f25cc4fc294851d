use maud::{Markup, html};

use crate::text::clean::{ends_line, inline, visible};
use crate::{Language, Span};

/// Characters of context shown on each side of what is marked; the rest stands behind a fold.
const CONTEXT: usize = 64;
/// So few characters more are shown at once rather than folded away.
const SLACK: usize = 24;

/// An excerpt with its mark and the note on it. Of a long one the surroundings of the mark are shown, and the whole on demand.
pub(super) fn excerpt(span: &Span, language: Language) -> Markup {
    let (text, mark) = span.shown();
    let (before, rest) = text.split_at(mark.start);
    let (marked, after) = rest.split_at(mark.len());
    let (start, end) = (last(before), first(after));
    let label = span.label.get(language);
    let cut = start > 0 || end < after.len();
    html! {
        @if !text.is_empty() {
            blockquote {
                p {
                    @if start > 0 { "…" }
                    (lines(&before[start..])) (mark_up(marked)) (lines(&after[..end]))
                    @if end < after.len() { "…" }
                }
                @if !label.is_empty() {
                    p.label { span aria-hidden="true" { "▴ " } (inline(label)) }
                }
                @if cut {
                    details {
                        summary { (language.pick("前後の全文", "whole paragraph")) }
                        p { (lines(before)) (mark_up(marked)) (lines(after)) }
                    }
                }
            }
        }
    }
}

fn mark_up(marked: &str) -> Markup {
    html! { @if !marked.is_empty() { mark { (lines(marked)) } } }
}

/// Where the last characters of the text before the mark begin.
fn last(text: &str) -> usize {
    if text.chars().count() <= CONTEXT + SLACK {
        return 0;
    }
    text.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(index, _)| index)
}

/// Where the first characters of the text behind the mark end.
fn first(text: &str) -> usize {
    if text.chars().count() <= CONTEXT + SLACK {
        return text.len();
    }
    text.char_indices().nth(CONTEXT).map_or(text.len(), |(index, _)| index)
}

/// Lines stay lines; the cells of a table's row stand apart.
fn lines(text: &str) -> String {
    let mut lines = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\t' => lines.push('\u{2003}'),
            '\r' if characters.peek() == Some(&'\n') => {}
            _ if ends_line(character) => lines.push('\n'),
            _ => lines.push(visible(character)),
        }
    }
    lines
}
