//! What stands on every page and belongs to none of its statements: running headers, footers, page numbers.

use std::collections::{HashMap, HashSet};

use crate::heading;
use crate::source::Line;

/// Removes running headers, footers and page numbers.
#[must_use]
pub fn remove(mut lines: Vec<Line>) -> Vec<Line> {
    let pages = lines.iter().map(|l| l.page).max().unwrap_or(0);
    let mut drop = vec![false; lines.len()];
    let mut edges: HashMap<String, u32> = HashMap::new();
    let mut at = 0;
    while at < lines.len() {
        let page = lines[at].page;
        let end = at + lines[at..].iter().take_while(|l| l.page == page).count();
        // once a page: 終了 may stand at its end several times
        let keys: HashSet<String> = candidates(at, end).map(|i| without_digits(lines[i].key())).collect();
        for key in keys {
            *edges.entry(key).or_default() += 1;
        }
        at = end;
    }
    at = 0;
    while at < lines.len() {
        let page = lines[at].page;
        let end = at + lines[at..].iter().take_while(|l| l.page == page).count();
        let repeats = |line: &Line| {
            let repeated = edges.get(&without_digits(line.key())).copied().unwrap_or(0);
            pages >= 3 && line.key().len() > 1 && repeated * 2 > pages && !line.key().contains(['。', '【']) && !is_of_the_form(line.key())
        };
        for i in candidates(at, end) {
            drop[i] = repeats(&lines[i]);
        }
        if pages > 1
            && let Some(i) = (at..end).rev().find(|&i| lines[i].cell.is_none() && is_page_number(lines[i].key(), page))
        {
            drop[i] = true;
            // the rest of a foot, behind which a converter put what it passed over
            for near in i.saturating_sub(2).max(at)..(i + 3).min(end) {
                drop[near] |= repeats(&lines[near]);
            }
            // a foot in the lower half
            if i - at > end - i {
                lines[i + 1..end].iter_mut().for_each(|l| l.leftover = true);
            }
        }
        at = end;
    }
    // without pages only a number set apart by dashes is a page number for certain
    for (i, line) in lines.iter().enumerate() {
        drop[i] |= line.cell.is_none() && is_dashed_number(line.key());
    }
    let mut keep = drop.into_iter();
    lines.into_iter().filter(|_| !keep.next().unwrap_or(false)).collect()
}

/// The first three and the last three lines of a page.
fn candidates(start: usize, end: usize) -> impl Iterator<Item = usize> {
    let head = (start + 3).min(end);
    let tail = end.saturating_sub(3).max(head);
    (start..head).chain(tail..end)
}

/// Headings of the form come again for every concern and activity.
fn is_of_the_form(key: &str) -> bool {
    heading::section(key).is_some()
        || heading::class(key).is_some()
        || heading::concern_box(key).is_some()
        || heading::title(key).is_some()
        || heading::layer(key).is_some()
}

fn without_digits(key: &str) -> String {
    key.chars().filter(|c| !c.is_ascii_digit()).collect()
}

fn is_page_number(key: &str, page: u32) -> bool {
    if is_dashed_number(key) {
        return true;
    }
    let number = key
        .trim_matches(['(', ')'])
        .trim_start_matches(['頁', 'ー'])
        .trim_start_matches("ページ")
        .trim_start_matches("Page")
        .trim_start_matches("P.")
        .trim_start_matches("p.")
        .trim_end_matches('頁')
        .trim_end_matches("ページ");
    let (number, total) = number.split_once('/').unwrap_or((number, "1"));
    let Ok(number) = number.parse::<u32>() else { return false };
    total.parse::<u32>().is_ok() && (number == page || (number < page && number + 4 >= page))
}

fn is_dashed_number(key: &str) -> bool {
    let inner = key.trim_matches('-');
    key.starts_with('-')
        && key.ends_with('-')
        && inner.len() + 2 <= key.len()
        && !inner.is_empty()
        && inner.len() < 5
        && inner.bytes().all(|b| b.is_ascii_digit())
}
