//! `mimamori explain`.

use diagnostic::{Problem, Words};

use crate::arguments::Explain;
use crate::catalogue;
use crate::delivery::Destination;
use crate::outcome::Outcome;
use crate::terminal::Surface;

/// Shows a rule's manual page; of a name that a rule of the review and one of the check share, both.
///
/// # Errors
/// There is no such rule, or the page cannot be written.
pub fn run(options: &Explain) -> Result<Outcome, Problem> {
    let asked = options.rule.trim();
    let rules = catalogue::find(asked);
    if rules.is_empty() {
        return Err(unknown(asked));
    }
    let surface = Surface::of(options.color, false);
    let pages = rules.iter().map(|rule| diagnostic::markdown(&parted(rule.manual), surface.colour, surface.width));
    Destination::Standard.write(&pages.collect::<Vec<_>>().join("\n"))?;
    Ok(Outcome::Clean)
}

/// The page with an empty line wherever English follows Japanese, so that each language has its paragraph.
fn parted(page: &str) -> String {
    let japanese = |line: &str| line.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'));
    let mut parted = String::with_capacity(page.len() + 64);
    let mut fenced = false;
    let mut before = "";
    for line in page.lines() {
        fenced ^= line.starts_with("```");
        let english = line.starts_with(|c: char| c.is_ascii_alphabetic()) && !japanese(line);
        if !fenced && english && japanese(before) && !before.starts_with(['#', '|', '-']) {
            parted.push('\n');
        }
        parted.push_str(line);
        parted.push('\n');
        before = line;
    }
    parted
}

fn unknown(asked: &str) -> Problem {
    let near = near(asked);
    let hint = if near.is_empty() {
        Words::new("`mimamori rules` で規則の一覧を表示します", "`mimamori rules` lists the rules")
    } else {
        let near = near.join("、");
        Words::new(
            format!("近いもの: {near}。`mimamori rules` で一覧を表示します"),
            format!("perhaps {}; `mimamori rules` lists all", near.replace('、', ", ")),
        )
    };
    Problem::new(Words::new(format!("{asked} という規則はありません"), format!("there is no rule {asked}")), hint)
}

/// Up to three rules whose code or name begins with, holds, or differs in few letters from the word.
fn near(asked: &str) -> Vec<String> {
    let asked = asked.to_ascii_lowercase();
    if asked.is_empty() {
        return Vec::new();
    }
    let mut near: Vec<_> = catalogue::all()
        .into_iter()
        .filter_map(|rule| {
            let distance = [rule.code, rule.name]
                .into_iter()
                .map(|word| {
                    let word = word.to_ascii_lowercase();
                    if word.starts_with(&asked) {
                        0
                    } else if word.contains(&asked) {
                        1
                    } else {
                        1 + differences(&word, &asked)
                    }
                })
                .min()?;
            (distance <= 1 + asked.len() / 4).then(|| (distance, format!("{} {}", rule.code, rule.name)))
        })
        .collect();
    near.sort();
    near.into_iter().take(3).map(|(_, rule)| rule).collect()
}

/// Letters to add, drop or change to make one word of the other (Levenshtein).
fn differences(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(100).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_counted() {
        for (one, other, count) in [("", "abc", 3), ("RMP301", "RMP310", 2), ("kitten", "sitting", 3), ("same", "same", 0)] {
            assert_eq!(differences(one, other), count, "{one} {other}");
        }
    }

    #[test]
    fn each_language_has_its_paragraph() {
        assert_eq!(
            parted("# 例 / Example\n割合を比べる。\nIt compares.\nMore.\n"),
            "# 例 / Example\n割合を比べる。\n\nIt compares.\nMore.\n"
        );
        let fenced = "```rmp\n好中球減少\nSMP-1\n```\n";
        assert_eq!(parted(fenced), fenced);
    }

    #[test]
    fn a_slip_of_the_pen_is_understood() {
        assert!(near("percentage-disagree")[0].ends_with("percentage-disagrees"));
        assert!(near("procentage-disagrees")[0].ends_with("percentage-disagrees"));
        assert!(near("something quite different").is_empty());
    }
}
