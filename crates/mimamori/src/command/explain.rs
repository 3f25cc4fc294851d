//! `mimamori explain`.

use diagnostic::{Language, Problem, Words};

use crate::arguments::Explain;
use crate::catalogue;
use crate::delivery::Destination;
use crate::outcome::Outcome;
use crate::speech;
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
    let pages = rules.iter().map(|rule| diagnostic::markdown(&told(rule.manual, speech::language()), surface.colour, surface.width));
    Destination::Standard.write(&pages.collect::<Vec<_>>().join("\n"))?;
    Ok(Outcome::Clean)
}

/// The page in one language: of a heading or a caption that says both, and of a paragraph in which English lines follow Japanese
/// ones, the half asked for. What stands in one language only, and what is fenced, stays.
fn told(page: &str, language: Language) -> String {
    let mut told = String::with_capacity(page.len());
    let mut fenced = false;
    let mut paragraph: Vec<&str> = Vec::new();
    // the empty line closes the last paragraph
    for line in page.lines().chain([""]) {
        let fence = line.starts_with("```");
        let apart = fenced || fence || line.is_empty() || line.starts_with(['#', '|', '-']);
        if !apart {
            paragraph.push(line);
            continue;
        }
        for line in half(&paragraph, language) {
            told.push_str(side(line, language));
            told.push('\n');
        }
        paragraph.clear();
        let rest = match line.split_once(' ') {
            Some((mark, title)) if !fenced && line.starts_with('#') => {
                told.push_str(mark);
                told.push(' ');
                side(title, language)
            }
            _ => line,
        };
        told.push_str(rest);
        told.push('\n');
        fenced ^= fence;
    }
    told.truncate(told.trim_end().len());
    told.push('\n');
    told
}

/// The lines of a paragraph in a language, where it says the same in both; else all of them.
fn half<'a, 'b>(paragraph: &'b [&'a str], language: Language) -> &'b [&'a str] {
    let begins = paragraph.iter().position(|line| line.starts_with(|c: char| c.is_ascii_alphanumeric()) && !japanese(line));
    match begins.filter(|&at| at > 0 && paragraph[..at].iter().any(|line| japanese(line))) {
        Some(at) => match language {
            Language::Japanese => &paragraph[..at],
            Language::English => &paragraph[at..],
        },
        None => paragraph,
    }
}

/// One side of 「例 / Example」.
fn side(line: &str, language: Language) -> &str {
    match line.split_once(" / ").filter(|(ja, en)| japanese(ja) && !japanese(en)) {
        Some((ja, _)) if language == Language::Japanese => ja,
        Some((_, en)) => en,
        None => line,
    }
}

fn japanese(line: &str) -> bool {
    line.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'))
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
    fn a_page_is_told_in_one_language() {
        let page = "# RMP301 x\n\n## 例 / Example\n割合を比べる。\nIt compares.\nMore.\n\n誤り / Wrong\n```rmp\n好中球減少\nSMP-1\n```\n## 出典 / References\n様式1。\n";
        assert_eq!(
            told(page, Language::Japanese),
            "# RMP301 x\n\n## 例\n割合を比べる。\n\n誤り\n```rmp\n好中球減少\nSMP-1\n```\n## 出典\n様式1。\n"
        );
        assert_eq!(
            told(page, Language::English),
            "# RMP301 x\n\n## Example\nIt compares.\nMore.\n\nWrong\n```rmp\n好中球減少\nSMP-1\n```\n## References\n様式1。\n"
        );
    }

    #[test]
    fn a_slip_of_the_pen_is_understood() {
        assert!(near("percentage-disagree")[0].ends_with("percentage-disagrees"));
        assert!(near("procentage-disagrees")[0].ends_with("percentage-disagrees"));
        assert!(near("something quite different").is_empty());
    }
}
