//! Abbreviations spelt out where each is first used.

use plan::prose::joined;
use typeset::{Block, Inline};

use crate::flat::{paragraphs, plain};

/// Spells out each abbreviation, given as short and long form, where it is first used in running text; one that the prose explains by
/// itself is left. `pattern` is how: `{long}（以下、{short}）`. Names, headings and labels are left too.
pub fn spell_out(blocks: &mut [Block], abbreviations: &[(String, String)], pattern: &str) {
    let explained: Vec<bool> = {
        let texts: Vec<String> = paragraphs(blocks).into_iter().map(|inlines| plain(inlines)).collect();
        abbreviations.iter().map(|(short, _)| texts.iter().any(|text| is_explained(text, short))).collect()
    };
    let mut open: Vec<(&str, String)> = abbreviations
        .iter()
        .zip(explained)
        .filter(|((short, _), explained)| !explained && !short.is_empty())
        .map(|((short, long), _)| (short.as_str(), pattern.replace("{long}", long).replace("{short}", short)))
        .collect();
    // the longest first, so that no part of one is taken for another
    open.sort_by_key(|(short, _)| std::cmp::Reverse(short.len()));
    walk(blocks, &mut open);
}

/// True if a text says 以下、X.
fn is_explained(text: &str, short: &str) -> bool {
    text.match_indices("以下").any(|(at, word)| {
        let rest = text[at + word.len()..].trim_start_matches(['、', '，', ',', '「', '『', ' ', '“', '"']);
        rest.strip_prefix(short).is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric()))
    })
}

fn walk(blocks: &mut [Block], open: &mut Vec<(&str, String)>) {
    for block in blocks {
        if open.is_empty() {
            return;
        }
        match block {
            Block::Paragraph(content) => line(content, open),
            Block::List { items, .. } => items.iter_mut().for_each(|item| walk(item, open)),
            Block::Table(table) => {
                for row in &mut table.rows {
                    row.cells.iter_mut().filter(|cell| !cell.heading).for_each(|cell| walk(&mut cell.blocks, open));
                }
            }
            Block::Box(inner) => walk(inner, open),
            _ => {}
        }
    }
}

fn line(content: &mut [Inline], open: &mut Vec<(&str, String)>) {
    for inline in content {
        match inline {
            Inline::Text(text) => words(text, open),
            Inline::Marked(_, inner) | Inline::Sourced { content: inner, .. } => line(inner, open),
            _ => {}
        }
    }
}

fn words(text: &mut String, open: &mut Vec<(&str, String)>) {
    let mut done = String::new();
    let mut rest = text.as_str();
    loop {
        let found = open.iter().enumerate().filter_map(|(n, (short, _))| Some((whole(rest, short)?, n))).min();
        let Some((at, n)) = found else { break };
        let (short, spelt) = open.remove(n);
        done.push_str(&rest[..at]);
        // no blank stays between two Japanese letters
        if let Some(before) = done.strip_suffix(' ').and_then(|before| before.chars().next_back())
            && joined(Some(before), spelt.chars().next()).is_empty()
        {
            done.pop();
        }
        done.push_str(&spelt);
        rest = &rest[at + short.len()..];
        if let Some(after) = rest.strip_prefix(' ')
            && joined(spelt.chars().next_back(), after.chars().next()).is_empty()
        {
            rest = after;
        }
    }
    done.push_str(rest);
    *text = done;
}

/// Where a word stands by itself: no letter or figure of its own script beside it.
fn whole(text: &str, word: &str) -> Option<usize> {
    let latin = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    text.match_indices(word).map(|(at, _)| at).find(|&at| {
        let before = text[..at].chars().next_back().is_some_and(latin) && word.starts_with(latin);
        let after = text[at + word.len()..].chars().next().is_some_and(latin) && word.ends_with(latin);
        !before && !after
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelt(texts: &[&str]) -> Vec<String> {
        let mut blocks: Vec<Block> = texts.iter().map(|t| Block::Paragraph(vec![Inline::text(*t)])).collect();
        let pair = |short: &str, long: &str| (short.to_owned(), long.to_owned());
        spell_out(&mut blocks, &[pair("NHL", "非ホジキンリンパ腫"), pair("GPA", "多発血管炎性肉芽腫症")], "{long}（以下、{short}）");
        paragraphs(&blocks).into_iter().map(|inlines| plain(inlines)).collect()
    }

    #[test]
    fn the_first_use_is_spelt_out() {
        assert_eq!(
            spelt(&["B 細胞性 NHL に", "NHL と GPA・"]),
            ["B 細胞性非ホジキンリンパ腫（以下、NHL）に", "NHL と多発血管炎性肉芽腫症（以下、GPA）・"]
        );
    }

    #[test]
    fn what_the_author_explains_is_left_and_so_are_parts_of_words() {
        assert_eq!(
            spelt(&["NHL の", "リンパ腫（以下、NHL）の", "01NHL001 と XGPA"]),
            ["NHL の", "リンパ腫（以下、NHL）の", "01NHL001 と XGPA"]
        );
    }
}
