//! Which paragraph that came back is which that was printed.

use std::collections::HashMap;
use std::ops::Range;

use super::{Printed, Returned};
use crate::changes::{Pair, pairs};

/// Paragraphs that belong together: none that was printed for what is new, none that came back for what is gone, several of one side
/// where a paragraph was parted or two were joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Those printed.
    pub printed: Range<usize>,
    /// Those that came back.
    pub returned: Range<usize>,
}

/// Groups in the order in which they stand; every paragraph of both sides is in one.
pub fn align(printed: &[Printed], returned: &[Returned]) -> Vec<Group> {
    let fixed = anchors(printed, returned);
    let before: Vec<String> = printed.iter().map(|paragraph| paragraph.text.clone()).collect();
    let after: Vec<String> = returned.iter().map(|paragraph| paragraph.text.clone()).collect();
    let mut partner: Vec<Option<usize>> = vec![None; returned.len()];
    let (mut i, mut j) = (0, 0);
    for (x, y) in fixed.into_iter().chain([(printed.len(), returned.len())]) {
        let mut last = i;
        for (n, pair) in pairs(&before[i..x], &after[j..y]).into_iter().enumerate() {
            if let Pair::Same(m) | Pair::Reworded(m) = pair
                && i + m >= last
            {
                partner[j + n] = Some(i + m);
                last = i + m + 1;
            }
        }
        if y < returned.len() {
            partner[y] = Some(x);
        }
        (i, j) = (x + 1, y + 1);
    }
    let mut groups: Vec<Group> = Vec::new();
    let mut next = 0;
    for (n, partner) in partner.into_iter().enumerate() {
        match partner {
            Some(m) => {
                groups.extend((next..m).map(|gone| Group { printed: gone..gone + 1, returned: n..n }));
                groups.push(Group { printed: m..m + 1, returned: n..n + 1 });
                next = m + 1;
            }
            None => groups.push(Group { printed: next..next, returned: n..n + 1 }),
        }
    }
    let end = returned.len();
    groups.extend((next..printed.len()).map(|gone| Group { printed: gone..gone + 1, returned: end..end }));
    joined(groups, printed, returned)
}

/// Pairs that share a bookmark, in the same order on both sides: the longest such row, so that what was moved elsewhere is none.
fn anchors(printed: &[Printed], returned: &[Returned]) -> Vec<(usize, usize)> {
    let homes: HashMap<&str, usize> =
        printed.iter().enumerate().flat_map(|(n, paragraph)| paragraph.parts.iter().map(move |part| (part.bookmark.as_str(), n))).collect();
    let mut taken = vec![false; printed.len()];
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (n, paragraph) in returned.iter().enumerate() {
        // a bookmark that is left in an empty line holds nothing
        let home = paragraph.begins.iter().filter_map(|bookmark| homes.get(bookmark.as_str()).copied()).min();
        if let Some(home) = home.filter(|home| !taken[*home] && !paragraph.text.trim().is_empty()) {
            taken[home] = true;
            found.push((home, n));
        }
    }
    // patience: for each length the smallest end of a row, and for each pair the one before it
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; found.len()];
    for index in 0..found.len() {
        let at = ends.partition_point(|&end| found[end].0 < found[index].0);
        before[index] = at.checked_sub(1).map(|below| ends[below]);
        if at == ends.len() { ends.push(index) } else { ends[at] = index }
    }
    let mut row = Vec::new();
    let mut at = ends.last().copied();
    while let Some(index) = at {
        row.push(found[index]);
        at = before[index];
    }
    row.reverse();
    row
}

/// Puts together what was parted or joined, of which the rest of a paragraph stands by itself, word by word; and words of the form that
/// were written anew with what was written instead.
fn joined(groups: Vec<Group>, printed: &[Printed], returned: &[Returned]) -> Vec<Group> {
    let mut all: Vec<Group> = Vec::new();
    for group in groups {
        if let Some(last) = all.last_mut()
            && last.printed.is_empty()
            && group.returned.is_empty()
            && printed[group.printed.start].parts.is_empty()
        {
            last.printed = group.printed;
            continue;
        }
        if let Some(last) = all.last_mut().filter(|last| !last.printed.is_empty() && !last.returned.is_empty()) {
            let whole = |side: &[&str]| side.iter().any(|text| !text.trim().is_empty());
            if group.printed.is_empty() {
                let rest = returned[group.returned.start].text.trim();
                let from = &printed[last.printed.end - 1].text;
                let first = &returned[last.returned.start].text;
                if whole(&[rest]) && from.trim_end().ends_with(rest) && !first.trim_end().ends_with(rest) {
                    last.returned.end = group.returned.end;
                    continue;
                }
            } else if group.returned.is_empty() {
                let gone = printed[group.printed.start].text.trim();
                let into = &returned[last.returned.end - 1].text;
                let first = &printed[last.printed.start].text;
                if whole(&[gone]) && into.trim_end().ends_with(gone) && !first.trim_end().ends_with(gone) {
                    last.printed.end = group.printed.end;
                    continue;
                }
            }
        }
        all.push(group);
    }
    all
}
