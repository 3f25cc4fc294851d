//! The changes as a page to read, print and send.

use diagnostic::harmless;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use plan::difference::{Change, Piece, Side};

use super::{List, words};
use crate::speech::{language, say};

/// Nothing is loaded; light and dark follow the reader's setting. What is gone and what is new differ by line as well as by colour.
const SHEET: &str = "
:root { color-scheme: light dark; --ink: #1c1d1f; --paper: #fdfdfc; --quiet: #57595e; --line: #d3d3ce; --gone: #b4121f; --come: #0b6b3a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7e6e2; --paper: #17181b; --quiet: #a9acb3; --line: #3b3e45; --gone: #ff9c94; --come: #8fdcae; } }
body { margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 2.5rem) 3rem; max-width: 66rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.7 system-ui, -apple-system, 'Hiragino Sans', 'Yu Gothic UI', 'Noto Sans JP', Meiryo, sans-serif; overflow-wrap: anywhere; line-break: strict; }
h1 { font-size: 1.625rem; line-height: 1.4; } h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; } h3 { font-size: 1rem; margin: 0; }
article { border-top: 1px solid var(--line); padding: .75rem 0; }
.quiet, .place { color: var(--quiet); font-size: .8125rem; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.5rem; }
.sides p { margin: 0; white-space: pre-line; }
del { color: var(--gone); } ins { color: var(--come); text-decoration-thickness: 2px; }
@media (max-width: 40rem) { .sides { grid-template-columns: 1fr; } }
@media print { article { break-inside: avoid; } }
";

impl List<'_> {
    pub(super) fn page(&self) -> String {
        let title = say("計画の変更点", "What changed in the plan");
        let (minor, others): (Vec<_>, Vec<_>) = self.changes.iter().partition(|change| change.minor.is_some());
        let page = html! {
            (DOCTYPE)
            html lang=(language().tag()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="robots" content="noindex";
                    title { (title) }
                    style { (PreEscaped(SHEET)) }
                }
                body {
                    header {
                        h1 { (title) }
                        p { (harmless(&self.old.display().to_string())) " → " (harmless(&self.new.display().to_string())) }
                        p { (self.summary()) }
                    }
                    main {
                        @if !others.is_empty() {
                            h2 { (say("変更", "Changes")) }
                            @for change in &others { (self.change(change)) }
                        }
                        @if !minor.is_empty() {
                            h2 { (say("軽微変更に当たりうるもの", "Possibly minor")) }
                            @for change in &minor { (self.change(change)) }
                        }
                    }
                }
            }
        };
        page.into_string() + "\n"
    }

    fn change(&self, change: &Change) -> Markup {
        html! {
            article {
                h3 { (harmless(words(&change.message))) }
                div.sides {
                    div { (side(&change.old, Self::place(&change.old, self.old), &change.pieces, true)) }
                    div { (side(&change.new, Self::place(&change.new, self.new), &change.pieces, false)) }
                }
                @if let Some(minor) = change.minor {
                    p.quiet { (say(minor.title.0, minor.title.1)) " · " (say(minor.reference.ja, minor.reference.en)) }
                }
            }
        }
    }
}

fn side(side: &Side, place: Option<String>, pieces: &[Piece], old: bool) -> Markup {
    html! {
        @if let Some(place) = place { p.place { (harmless(&place)) } }
        @if let Some(stated) = &side.stated {
            p {
                @if pieces.is_empty() {
                    @if old { del { (lines(words(stated))) } } @else { ins { (lines(words(stated))) } }
                }
                @for piece in pieces {
                    @match piece {
                        Piece::Same(same) => { (lines(same)) },
                        Piece::Removed(gone) => { @if old { del { (lines(gone)) } } },
                        Piece::Added(come) => { @if !old { ins { (lines(come)) } } },
                    }
                }
            }
        }
    }
}

/// A text without effect, with its lines.
fn lines(text: &str) -> String {
    text.split('\n').map(harmless).collect::<Vec<_>>().join("\n")
}
