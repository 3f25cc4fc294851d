//! Two rows of passages compared: what changed, gathered by where it stands.

use typeset::{Block, Inline, Mark};

use super::walk::Passage;
use crate::changes::{Pair, added, marked, pairs, removed, rising};

/// What changed at one place of the form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// Its headings, its row and column, and its label.
    pub section: Vec<String>,
    /// The name of the place that tells of the same thing of the plan.
    pub place: Option<String>,
    /// The passages of the old version, by their number.
    pub old: Vec<usize>,
    /// The passages of the new version.
    pub new: Vec<usize>,
    /// What was said, what is gone marked.
    pub before: Vec<Block>,
    /// What is said, what is new marked.
    pub after: Vec<Block>,
}

/// A step through both versions.
enum Step {
    Same(usize),
    Changed { old: Option<usize>, new: Option<usize> },
}

/// The cell of what stands in the old version alone.
const GONE: usize = usize::MAX;

/// Stands for what did not change between two changes.
const OMITTED: &str = "（略）";

/// What changed between the passages of two versions, in the order of the form. What only moved counts as gone and come.
pub fn changes(old: &[Passage], new: &[Passage]) -> Vec<Change> {
    let mut all: Vec<Change> = Vec::new();
    // the key of what is open, and whether something unchanged was passed since its last change
    let mut open: Option<(usize, Vec<String>)> = None;
    let mut passed = false;
    // which changes follow on one another with nothing unchanged between them
    let mut follows: Vec<bool> = Vec::new();
    let mut beside_last = false;
    for step in steps(old, new) {
        let (x, y) = match step {
            Step::Same(y) => {
                beside_last = false;
                let within = open.as_ref().is_some_and(|(cell, section)| *cell == new[y].cell && *section == new[y].section);
                if within {
                    passed = true
                } else {
                    open = None
                }
                continue;
            }
            Step::Changed { old, new } => (old, new),
        };
        let Some(at) = y.map(|y| &new[y]).or(x.map(|x| &old[x])) else { continue };
        let section = &at.section;
        // what is gone has no cell in the new version: it belongs to what stands beside it
        let beside = open.as_ref().is_some_and(|(cell, open)| open == section && (y.is_none() || *cell == GONE || *cell == at.cell));
        if !beside || all.is_empty() {
            all.push(Change { section: section.clone(), place: at.place.clone(), ..Change::default() });
            follows.push(beside_last);
            passed = false;
        }
        beside_last = true;
        let cell = y.map_or_else(|| open.as_ref().filter(|_| beside).map_or(GONE, |(cell, _)| *cell), |y| new[y].cell);
        open = Some((cell, section.clone()));
        let Some(change) = all.last_mut() else { continue };
        if std::mem::take(&mut passed) {
            change.before.push(Block::Paragraph(vec![Inline::text(OMITTED)]));
            change.after.push(Block::Paragraph(vec![Inline::text(OMITTED)]));
        }
        let texts = (x.map_or("", |x| old[x].text.as_str()), y.map_or("", |y| new[y].text.as_str()));
        if let Some(x) = x {
            let gone = if y.is_some() { removed(texts.0, texts.1) } else { std::iter::once(0..texts.0.len()).collect() };
            change.before.push(shown(&old[x], Mark::Changed, &gone));
            change.old.push(x);
        }
        if let Some(y) = y {
            let come = if x.is_some() { added(texts.0, texts.1) } else { std::iter::once(0..texts.1.len()).collect() };
            change.after.push(shown(&new[y], Mark::Inserted, &come));
            change.new.push(y);
        }
    }
    whole(all, &follows, old, new)
}

/// Makes one change of those by which a whole thing came or went: a concern, an activity, a row of a list.
fn whole(all: Vec<Change>, follows: &[bool], old: &[Passage], new: &[Passage]) -> Vec<Change> {
    let mut out: Vec<Change> = Vec::new();
    let mut parts = 0; // how many changes the last one is made of
    for (change, follows) in all.into_iter().zip(follows) {
        let last = out.last_mut().filter(|last| {
            let alone = |change: &Change| (change.old.is_empty(), change.new.is_empty());
            let (was, is) = (alone(last), alone(&change));
            *follows && was == is && (was.0 || was.1) && last.place.is_some() && last.place == change.place
        });
        let Some(last) = last else {
            out.push(change);
            parts = 1;
            continue;
        };
        let common = last.section.iter().zip(&change.section).take_while(|(a, b)| a == b).count();
        // the first is often the name alone, which the others stand under
        if parts == 1 && common == last.section.len() {
            last.section = change.section
        } else {
            last.section.truncate(common)
        }
        parts += 1;
        last.old.extend(change.old);
        last.new.extend(change.new);
        last.before.extend(change.before);
        last.after.extend(change.after);
    }
    for change in &mut out {
        columns(&change.section, &change.old, old, &mut change.before);
        columns(&change.section, &change.new, new, &mut change.after);
    }
    out
}

/// Names the column of each cell, where several cells of a row stand together.
fn columns(section: &[String], which: &[usize], all: &[Passage], blocks: &mut [Block]) {
    let mut named = None;
    for (n, block) in which.iter().zip(blocks) {
        let passage = &all[*n];
        let Some(column) = passage.column.as_ref().filter(|column| !section.contains(column)) else { continue };
        if named.replace(passage.cell) != Some(passage.cell)
            && let Block::Paragraph(content) = block
        {
            content.insert(0, Inline::text(format!("{column}：")));
        }
    }
}

/// Both versions as one row of steps: what is gone stands after what stood before it.
fn steps(old: &[Passage], new: &[Passage]) -> Vec<Step> {
    let words = |all: &[Passage]| all.iter().map(|passage| passage.text.clone()).collect::<Vec<_>>();
    let paired: Vec<Option<usize>> = pairs(&words(old), &words(new))
        .into_iter()
        .map(|pair| match pair {
            Pair::Same(x) | Pair::Reworded(x) => Some(x),
            Pair::New => None,
        })
        .collect();
    let kept: Vec<(usize, usize)> = paired.iter().enumerate().filter_map(|(y, x)| Some(((*x)?, y))).collect();
    let places: Vec<usize> = kept.iter().map(|(x, _)| *x).collect();
    let mut steps = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (x, y) in rising(&places).into_iter().map(|n| kept[n]).chain([(old.len(), new.len())]) {
        steps.extend((i..x).map(|x| Step::Changed { old: Some(x), new: None }));
        steps.extend((j..y).map(|y| Step::Changed { old: None, new: Some(y) }));
        if let (Some(before), Some(after)) = (old.get(x), new.get(y)) {
            let same = before.text == after.text;
            steps.push(if same { Step::Same(y) } else { Step::Changed { old: Some(x), new: Some(y) } });
        }
        (i, j) = (x + 1, y + 1);
    }
    steps
}

/// A passage as it stands in the table: its words with their marks, without what leads elsewhere.
fn shown(passage: &Passage, mark: Mark, changed: &[std::ops::Range<usize>]) -> Block {
    let mut offset = 0;
    let mut content = bare(marked(passage.content.clone(), mark, &mut offset, changed));
    if let Some(sign) = &passage.sign {
        content.insert(0, Inline::text(sign.clone()));
    }
    Block::Paragraph(content)
}

/// Words and marks alone.
fn bare(content: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::new();
    for inline in content {
        match inline {
            Inline::Link { content, .. } | Inline::Traced { content, .. } | Inline::Sourced { content, .. } => out.extend(bare(content)),
            Inline::Marked(mark, content) => out.push(Inline::Marked(mark, bare(content))),
            Inline::PageOf(_) | Inline::Anchor(_) => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flat::{paragraphs, plain};

    fn passages(texts: &[(&str, &str)]) -> Vec<Passage> {
        let passage = |(section, text): &(&str, &str)| Passage {
            text: (*text).to_owned(),
            content: vec![Inline::text(*text)],
            section: section.split('/').map(str::to_owned).collect(),
            column: None,
            place: None,
            sign: None,
            cell: section.bytes().map(usize::from).sum::<usize>(),
        };
        texts.iter().map(passage).collect()
    }

    fn told(old: &[(&str, &str)], new: &[(&str, &str)]) -> Vec<String> {
        let side = |blocks: &[Block]| paragraphs(blocks).into_iter().map(|p| plain(p)).collect::<Vec<_>>().join("/");
        let line = |c: &Change| format!("{}: {} → {}", c.section.join("/"), side(&c.before), side(&c.after));
        changes(&passages(old), &passages(new)).iter().map(line).collect()
    }

    #[test]
    fn only_what_changed_is_told_in_the_order_of_the_form() {
        let old = [("一", "甲は300例である。"), ("一", "乙。"), ("一", "丙を登録する。"), ("二", "丁。")];
        let new = [("一", "甲は400例である。"), ("一", "乙。"), ("一", "丙を登録した。"), ("二", "丁。"), ("二", "戊。")];
        assert_eq!(
            told(&old, &new),
            ["一: 甲は300例である。/（略）/丙を登録する。 → 甲は400例である。/（略）/丙を登録した。", "二:  → 戊。"]
        );
        assert!(told(&old, &old).is_empty());
    }

    #[test]
    fn a_whole_thing_that_came_is_one_change() {
        let old = passages(&[("一", "甲"), ("二", "丁")]);
        let mut new = passages(&[("一", "甲"), ("一", "新"), ("一/新", "理由"), ("一/新", "内容"), ("二", "丁")]);
        for passage in &mut new[1..4] {
            passage.place = Some("concern-new".to_owned());
        }
        let all = changes(&old, &new);
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].section.join("/").as_str(), all[0].after.len()), ("一/新", 3));
    }

    #[test]
    fn what_is_gone_stands_where_it_stood_and_what_moved_is_gone_and_come() {
        assert_eq!(told(&[("一", "甲"), ("一", "乙"), ("二", "丙")], &[("一", "甲"), ("二", "丙")]), ["一: 乙 → "]);
        assert_eq!(
            told(&[("一", "甲"), ("二", "乙"), ("三", "丙")], &[("三", "丙"), ("一", "甲"), ("二", "乙")]),
            ["三:  → 丙", "三: 丙 → "]
        );
    }
}
