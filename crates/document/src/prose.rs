//! Prose of the plan as blocks of the tree, each figure with its origin.

use std::collections::HashMap;

use diagnostic::Language;
use plan::Plan;
use plan::model::printed_by;
use plan::prose::{self, Passage, Run, joined};
use typeset::{Block, Cell, Column, Inline, Mark, Row, Rules, Table, Tone, Weight};

use crate::figures::Figures;
use crate::flat::plain;

/// Characters that stand for the figures of a passage while its Markdown is read.
const STAND_INS: std::ops::RangeInclusive<char> = '\u{F0000}'..='\u{FFFFD}';

/// Sets a passage.
pub fn passage(plan: &Plan, passage: &Passage, figures: &mut Figures, language: Language) -> Vec<Block> {
    let mut stood_for: HashMap<char, Vec<Inline>> = HashMap::new();
    // a character that the author uses stands for itself
    let mut free = STAND_INS.filter(|c| !passage.text.contains(*c));
    let text = printed_by(passage, |figure| {
        let set = figures.set(plan, figure.kind.as_ref().ok()?, figure.at, language)?;
        // more figures than a book of statistics has are printed without their origin
        let Some(c) = free.next() else { return Some(plain(&set)) };
        stood_for.insert(c, set);
        Some(c.to_string())
    });
    let text = closed_up(&text, &stood_for);
    blocks(&prose::blocks(&text), &|c| stood_for.get(&c).cloned())
}

/// The text without the blanks and line breaks that part a figure from Japanese letters for the eye of who writes the source: between
/// two Japanese letters nothing is printed.
fn closed_up(text: &str, stood_for: &HashMap<char, Vec<Inline>>) -> String {
    let printed: HashMap<char, String> = stood_for.iter().map(|(c, set)| (*c, plain(set))).collect();
    let first = |c: char| printed.get(&c).map_or(Some(c), |text| text.chars().next());
    let last = |c: char| printed.get(&c).map_or(Some(c), |text| text.chars().next_back());
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let (before, after) = (out.chars().next_back(), rest.chars().next());
        if let (' ' | '\n', Some(before), Some(after)) = (c, before, after)
            && (printed.contains_key(&before) || printed.contains_key(&after))
            && let (Some(end), Some(start)) = (last(before), first(after))
            && !end.is_whitespace()
            && joined(Some(end), Some(start)).is_empty()
            && (c == ' ' || is_running(&out) && !begins_a_block(rest))
        {
            continue;
        }
        out.push(c);
    }
    out
}

/// True if the last line is running text, which the next line goes on with.
fn is_running(text: &str) -> bool {
    let line = text.rsplit('\n').next().unwrap_or_default().trim_start();
    !line.is_empty() && !line.starts_with(['#', '|'])
}

/// True if a line is not the going on of the one before: the next item of a list, a heading, a quotation, nothing at all.
fn begins_a_block(line: &str) -> bool {
    let line = line.trim_start_matches(' ');
    if line.is_empty() || line.starts_with('\n') {
        return true;
    }
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let marked = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t', '\n']);
    let bullet = line.strip_prefix(['-', '*', '+']).is_some_and(marked);
    let numbered = digits.len() < line.len() && digits.strip_prefix(['.', ')']).is_some_and(marked);
    bullet || numbered || line.starts_with(['#', '|', '>'])
}

/// Sets Markdown without figures.
pub fn markdown(text: &str) -> Vec<Block> {
    blocks(&prose::blocks(text), &|_| None)
}

fn blocks(all: &[prose::Block], meaning: &dyn Fn(char) -> Option<Vec<Inline>>) -> Vec<Block> {
    all.iter()
        .map(|block| match block {
            prose::Block::Paragraph(runs) => Block::Paragraph(inlines(runs, meaning)),
            // headings inside a section of the form are words of the author, not parts of the form
            prose::Block::Heading(_, runs) => Block::Paragraph(vec![Inline::Marked(Mark::Strong, inlines(runs, meaning))]),
            prose::Block::List(first, items) => {
                Block::List { ordered: first.is_some(), items: items.iter().map(|item| blocks(item, meaning)).collect() }
            }
            prose::Block::Table(rows) => {
                let columns = rows.iter().map(Vec::len).max().unwrap_or(1);
                let set = rows.iter().enumerate().map(|(n, row)| {
                    let cells = row.iter().map(|runs| {
                        let blocks = vec![Block::Paragraph(inlines(runs, meaning))];
                        if n == 0 { Cell { tone: Tone::Label, ..Cell::heading(blocks) } } else { Cell::new(blocks) }
                    });
                    Row { cells: cells.collect(), breakable: false }
                });
                Block::Table(table(columns, set.collect()))
            }
        })
        .collect()
}

/// A table of the prose: equal columns, its first row the head; short rows are filled up.
pub fn table(columns: usize, mut rows: Vec<Row>) -> Table {
    for row in &mut rows {
        row.cells.resize(columns, Cell::new(Vec::new()));
    }
    let column = Column { width: Weight::Parts(1.0), align: typeset::Align::Start };
    Table { caption: Vec::new(), columns: vec![column; columns], head: 1.min(rows.len()), rows, rules: Rules::All }
}

/// Sets runs; `meaning` tells what a character stands for.
pub fn inlines(runs: &[Run], meaning: &dyn Fn(char) -> Option<Vec<Inline>>) -> Vec<Inline> {
    let mut all = Vec::new();
    for run in runs {
        let mut content = Vec::new();
        let mut text = String::new();
        for c in run.text.chars() {
            let stands_for = if c == '\n' { Some(vec![Inline::Break]) } else { meaning(c) };
            match stands_for {
                Some(inlines) => {
                    if !text.is_empty() {
                        content.push(Inline::Text(std::mem::take(&mut text)));
                    }
                    content.extend(inlines);
                }
                None => text.push(c),
            }
        }
        if !text.is_empty() {
            content.push(Inline::Text(text));
        }
        if run.italic && !content.is_empty() {
            content = vec![Inline::Marked(Mark::Emphasis, content)];
        }
        if run.bold && !content.is_empty() {
            content = vec![Inline::Marked(Mark::Strong, content)];
        }
        all.extend(content);
    }
    all
}

#[cfg(test)]
mod tests {
    use plan::Folder;
    use plan::prose::SectionKind;
    use plan::read::read;

    use super::*;

    /// What a passage prints, its items and paragraphs each on a line.
    fn lines(prose: &str) -> Vec<String> {
        fn walk(block: &Block, lines: &mut Vec<String>) {
            match block {
                Block::Paragraph(inlines) => lines.push(plain(inlines)),
                Block::List { items, .. } => items.iter().flatten().for_each(|block| walk(block, lines)),
                _ => {}
            }
        }
        let concern = format!("+++\nname = \"感染症\"\nclass = \"identified\"\n+++\n# 理由\n{prose}\n");
        let studies = "[[study]]\nid = \"S-1\"\narm = [{ id = \"A\", size = 67 }]\n";
        let folder = Folder::from_iter([("studies.toml", studies), ("concerns/infection.md", &concern)]);
        let plan = read(&folder).plan;
        let why = plan.concerns[0].prose.get(SectionKind::Why).expect("the section");
        let mut lines = Vec::new();
        passage(&plan, why, &mut Figures::default(), Language::Japanese).iter().for_each(|block| walk(block, &mut lines));
        lines
    }

    #[test]
    fn an_item_that_ends_in_a_figure_is_not_joined_with_the_next() {
        let one = "1.5%（1/67例）";
        for (first, second) in [("- ", "- "), ("* ", "* "), ("1. ", "2. "), ("1) ", "2) ")] {
            let told = lines(&format!("{first}発熱 {{{{ 1/67 S-1:A }}}}\n{second}頭痛 {{{{ 1/67 S-1:A }}}}\n\n後の段落。"));
            assert_eq!(told, [format!("発熱 {one}"), format!("頭痛 {one}"), "後の段落。".to_owned()], "{first}");
        }
        assert_eq!(lines("発熱は {{ 1/67 S-1:A }}\nであった。"), [format!("発熱は {one}であった。")]);
    }
}
