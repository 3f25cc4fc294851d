//! Where a name begins and ends, when a document's layout only shows lines.

use std::collections::HashSet;
use std::ops::Range;

use terminology::{Text, key};

use crate::heading;
use crate::model::Stated;
use crate::source::Line;

/// Signs that documents put before the entries of a list and before headings.
pub const BULLETS: [char; 19] = ['・', '-', '○', '●', '◯', '〇', '◎', '◦', '•', '■', '□', '▪', '◆', '◇', '▶', '►', '➢', '❖', '※'];

/// How much of a name's line stands before the name: a bullet, a number such as `(1)`, `2.2.1` or `①`.
#[must_use]
pub fn lead(key: &str) -> usize {
    let rest = key.trim_start_matches(BULLETS);
    let section = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    // 2.2.1, but not 5-HT or 21-水酸化酵素
    let numbered = rest[..section].contains('.') && rest.starts_with(|c: char| c.is_ascii_digit());
    let rest = if numbered { &rest[section..] } else { &rest[super::product::number(rest).1..] };
    key.len() - rest.trim_start_matches(BULLETS).len()
}

/// A name without what stands before it.
#[must_use]
pub fn without_lead(text: Text) -> Text {
    let lead = lead(text.as_str());
    if lead == 0 || lead == text.len() { text } else { text.slice(lead..text.len()) }
}

/// Names that other views of the same document state; they tell where a name in this view begins.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    keys: HashSet<String>,
    /// Keys in order, for finding the one that begins in a given way.
    list: Vec<String>,
}

impl Hints {
    /// Adds a name.
    pub fn add(&mut self, name: &str) {
        let key = bare(name);
        if key.chars().count() >= 2 && self.keys.insert(key.clone()) {
            self.list.push(key);
        }
    }

    /// True if exactly this name is stated elsewhere.
    #[must_use]
    pub fn know(&self, name: &str) -> bool {
        self.keys.contains(&bare(name))
    }

    /// True if this name is stated elsewhere but for hyphens.
    #[must_use]
    pub fn know_without_hyphens(&self, name: &str) -> bool {
        let without = bare(name).replace('-', "");
        self.list.iter().any(|k| k.contains('-') && k.replace('-', "") == without)
    }

    /// True if a name that is stated elsewhere begins so and goes on.
    #[must_use]
    pub fn goes_on(&self, name: &str) -> bool {
        let start = bare(name);
        self.list.iter().any(|k| k.len() > start.len() && k.starts_with(&start))
    }
}

/// The key of a name without the short form that it defines at its end.
fn bare(name: &str) -> String {
    let mut key = key(&name[lead(name).min(name.len())..]);
    if let Some(at) = key.find("(以下").filter(|&at| at > 0) {
        key.truncate(at);
    }
    key
}

/// The lines before line `at` (within `lines[floor..at]`) that name what begins at `at`.
#[must_use]
pub fn before(lines: &[Line], floor: usize, at: usize, hints: &Hints) -> (Range<usize>, bool) {
    if at <= floor {
        return (at..at, false);
    }
    let last = &lines[at - 1];
    if let Some(cell) = last.cell
        && lines[at].cell != Some(cell)
    {
        // the name has a cell of its own
        let start = (floor..at).rev().take_while(|&i| lines[i].cell == Some(cell)).last().unwrap_or(at - 1);
        let start = (start..at).rev().take_while(|&i| may_be_name(&lines[i])).last().unwrap_or(at);
        let cut = lines[start..at].iter().map(|l| l.key().len()).sum::<usize>() > 400;
        return if cut { (at - 1..at, false) } else { (start..at, start < at) };
    }
    let mut run = at;
    while run > floor && at - run < 5 && may_be_name(&lines[run - 1]) && lines[run - 1].cell == last.cell {
        run -= 1;
    }
    if run == at {
        return (at..at, false);
    }
    for start in (run..at).rev() {
        if hints.know(&joined(&lines[start..at])) {
            return (start..at, true);
        }
    }
    // set further out than what it names
    let indent = lines[at].indent;
    if lines[run..at].iter().any(|l| l.indent < indent) {
        let start = (run..at).rev().take_while(|&i| lines[i].indent < indent).last().unwrap_or(at - 1);
        // the lines of a name that is centred begin further in or out
        let whole = |start: usize| open_brackets(&joined(&lines[start..at])) == 0;
        let start = (run..=start).rev().find(|&start| whole(start)).unwrap_or(start);
        return (start..at, whole(start));
    }
    // the text before ends with a full stop, so that all lines after it belong to the name
    let stopped = run == floor || ends_sentence(&lines[run - 1]) || !may_be_name(&lines[run - 1]);
    if stopped && at - run == 1 {
        return (run..at, true);
    }
    if stopped
        && run > floor
        && ends_sentence(&lines[run - 1])
        && at - run <= 3
        && lines[run..at - 1].iter().all(|l| l.key().chars().count() >= 15)
    {
        return (run..at, true);
    }
    let mut start = at - 1;
    while start > run && open_brackets(&joined(&lines[start..at])) < 0 {
        start -= 1;
    }
    (start..at, false)
}

fn may_be_name(line: &Line) -> bool {
    let key = line.key();
    !ends_sentence(line)
        && !key.starts_with(['・', '【', '-', '※', '*'])
        && (!key.ends_with(':') || open_brackets(key) > 0)
        && key.chars().count() <= 120
        && !matches!(key, "なし" | "該当なし" | "特になし" | "該当せず")
        && heading::section(key).is_none()
        && heading::class(key).is_none()
        && heading::layer(key).is_none()
        && heading::concern_box(key).is_none()
}

fn ends_sentence(line: &Line) -> bool {
    line.key().ends_with(['。', '】'])
}

/// Opening minus closing brackets.
#[must_use]
pub fn open_brackets(text: &str) -> i32 {
    text.chars().map(|c| i32::from(matches!(c, '(' | '「' | '[')) - i32::from(matches!(c, ')' | '」' | ']'))).sum()
}

fn joined(lines: &[Line]) -> String {
    lines.iter().map(Line::key).collect()
}

/// The text of several lines as one.
#[must_use]
pub fn join(lines: &[Line]) -> Text {
    let mut text = Text::default();
    lines.iter().for_each(|l| text.append(&l.text));
    text
}

/// Puts the lines of a column together to names: those that another view states, those whose brackets are open, and, where
/// `whole` says that every line is a paragraph, each line.
#[must_use]
pub fn assemble(parts: &[Text], whole: bool, hints: &Hints) -> Vec<Stated> {
    let mut names = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        let mut best = None;
        let mut name = String::new();
        for (n, part) in parts[at..].iter().take(6).enumerate() {
            name.push_str(part.as_str());
            if hints.know(&name) && open_brackets(&name) <= 0 {
                best = Some((n + 1, true));
            }
            if !hints.goes_on(&name) && open_brackets(&name) <= 0 {
                break;
            }
        }
        let (taken, sure) = best.unwrap_or_else(|| {
            let mut name = String::new();
            let mut taken = 0;
            for part in &parts[at..] {
                name.push_str(part.as_str());
                taken += 1;
                if open_brackets(&name) <= 0 || taken == 4 {
                    break;
                }
            }
            (taken, whole)
        });
        let mut text = Text::default();
        parts[at..at + taken].iter().for_each(|p| text.append(p));
        names.push(Stated { text, sure });
        at += taken;
    }
    names
}
