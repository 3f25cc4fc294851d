//! The difference of any two versions, in the plan's own terms.

use std::sync::Arc;

use maud::{Markup, html};
use plan::difference::{Change, Piece, difference};

use crate::answer::{Reply, Trouble};
use crate::ask::Ask;
use crate::house::no_revision;
use crate::look::bits::{cut, empty};
use crate::look::frame;

/// The page.
///
/// # Errors
/// There are no such revisions.
pub fn page(ask: &Ask<'_>) -> Reply {
    let (id, product) = ask.product()?;
    let last = product.revisions.get_max().map_or(0, |(number, _)| *number);
    let number = |name: &str, otherwise: u32| {
        ask.query(name).map_or(Ok(otherwise), str::parse::<u32>).map_err(|_| Trouble::unknown("この番号の改訂", "revision of that number"))
    };
    let to = number("to", last)?;
    let parent = product.revisions.get(&to).and_then(|revision| revision.parent).unwrap_or(to);
    let from = number("from", parent)?;
    let revision = |number: u32| product.revisions.get(&number).ok_or_else(|| Trouble::new(404, no_revision(number)));
    let (old, new) = (revision(from)?, revision(to)?);
    let found = ask.house.differences.get(&(old.content, new.content), || {
        let get = |number, revision| ask.house.compiled(number, revision, ask.as_of());
        Ok::<_, Trouble>(Arc::new(difference(&get(from, old)?.plan, &get(to, new)?.plan)))
    })?;
    let minor = found.changes.iter().filter(|change| change.minor.is_some()).count();
    let body = html! {
        form.actions method="get" action=(ask.path) {
            @for (name, label, chosen) in [("from", ask.say("前の版", "From"), from), ("to", ask.say("後の版", "To"), to)] {
                div {
                    label for=(name) { (label) }
                    select id=(name) name=(name) { @for (number, revision) in product.revisions.iter().rev().take(300) {
                        option value=(number) selected[*number == chosen] { (ask.say("改訂", "revision ")) (number) "　" (ask.local(revision.recorded)) "　" (cut(revision.reason.as_deref().unwrap_or(""), 20)) }
                    } }
                }
            }
            button.second { (ask.say("比べる", "Compare")) }
        }
        p.answer {
            @if found.changes.is_empty() { (ask.say("違いはありません。", "There is no difference.")) }
            @else if ask.is_japanese() { "変更が " (found.changes.len()) " 件あり、うち軽微変更に当たりうるものが " (minor) " 件です。" }
            @else { (found.changes.len()) " changes, " (minor) " of them possibly minor." }
        }
        @if from < to { p.actions { a.button.second href=(ask.link(&format!("/p/{id}/documents/{to}/old-new.html?against={from}"))) { (ask.say("新旧対照表として見る", "As a comparison of old and new (新旧対照表)")) } } }
        @for change in &found.changes { (one(ask, change)) }
        @if found.changes.is_empty() && from == to { (empty(ask.say("二つの異なる改訂を選んでください。", "Choose two different revisions."))) }
    };
    Ok(frame::product_page(ask, ask.say("版の違い", "Difference"), body))
}

/// A change with both its sides.
#[must_use]
pub fn one(ask: &Ask<'_>, change: &Change) -> Markup {
    let side = |stated: &Option<diagnostic::Words>| stated.as_ref().map(|words| ask.words(words).to_owned());
    html! {
        div.finding {
            p { strong { (ask.words(&change.message)) } " "
                @if let Some(minor) = change.minor { span.tag title=(ask.pair(minor.title)) { (ask.say("軽微変更に当たりうる", "possibly minor")) } } }
            @if change.pieces.is_empty() {
                @if let Some(old) = side(&change.old.stated) { p { del { (old) } } }
                @if let Some(new) = side(&change.new.stated) { p { ins { (new) } } }
            } @else {
                p { @for piece in &change.pieces { @match piece {
                    Piece::Same(same) => { @if same.chars().count() > 160 { (cut(same, 80)) " … " (tail(same)) } @else { (same) } },
                    Piece::Removed(gone) => del { (gone) },
                    Piece::Added(come) => ins { (come) },
                } } }
            }
            @if let Some(span) = change.new.span.as_ref().or(change.old.span.as_ref()) { p.small.quiet { (span.file) ":" (span.line.unwrap_or(1)) } }
        }
    }
}

fn tail(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters[letters.len().saturating_sub(40)..].iter().collect()
}
