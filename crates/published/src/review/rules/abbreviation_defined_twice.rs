//! A short form that stands for two things.

use std::collections::BTreeMap;

use diagnostic::Severity;

use crate::model::Abbreviation;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP315",
    name: "abbreviation-defined-twice",
    severity: Severity::Warning,
    title: ("一つの略語に二つの意味がある", "one short form stands for two things"),
    why: (
        "同じ略語が二つのものを指すと、以後どちらのことか読み取れない。",
        "where one short form stands for two things, nobody can tell which one is meant afterwards",
    ),
    reference: plan::form!(" 1.1", ", section 1.1"),
    manual: include_str!("abbreviation_defined_twice.md"),
    check,
};

/// As many characters that end both long forms make them the same thing.
const SAME_END: usize = 3;
/// As many characters in a row that both long forms hold make them the same thing.
const SAME_WITHIN: usize = 5;

fn check(context: &Context<'_>, sink: &mut Sink) {
    let prose = &context.published.prose;
    let mut defined: BTreeMap<&str, Vec<&Abbreviation>> = BTreeMap::new();
    for abbreviation in prose.abbreviations.iter().filter(|a| is_letters(&a.short)) {
        defined.entry(&abbreviation.short).or_default().push(abbreviation);
    }
    for (short, definitions) in defined {
        sink.looked_at(1);
        let (first, others) = (definitions[0], &definitions[1..]);
        let Some(other) = others.iter().find(|other| another_thing(&first.long, &other.long)) else { continue };
        let marks = [first, *other].map(|definition| {
            let paragraph = &prose.paragraphs[definition.paragraph];
            let s = paragraph.text.as_str();
            // with the words it shortens
            let start = s[..definition.range.start].rfind("(以下").map_or(definition.range.start, |open| {
                s[..open]
                    .char_indices()
                    .rev()
                    .take(12)
                    .take_while(|(_, c)| !matches!(c, '。' | '、' | '(' | ')' | '「'))
                    .last()
                    .map_or(open, |(at, _)| at)
            });
            Mark::part(&paragraph.text, start..definition.range.end, paragraph.view.section, &paragraph.view.name)
        });
        let [one, two] = marks;
        sink.report(
            context,
            (format!("略語「{short}」が二つのものに定義されています"), format!("“{short}” is defined for two things")),
            (
                "一方に別の略語を用いるか、略さずに記載してください。".to_owned(),
                "give one of them another short form, or spell it out".to_owned(),
            ),
            &[one.label("一つ目の定義", "defined here"), two.label("別の定義", "and here for something else")],
        );
    }
}

/// Letters and figures: 本剤 and 本試験 are defined anew where another medicine or study is meant.
fn is_letters(short: &str) -> bool {
    short.chars().count() >= 2
        && short.chars().any(|c| c.is_ascii_uppercase())
        && short.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.' | '&'))
}

/// True for two long forms of which no reading is like a reading of the other. What stands before a definition is a sentence that
/// ends with the long form, in Japanese, in English or in both.
fn another_thing(one: &str, other: &str) -> bool {
    let (ones, others) = (readings(one), readings(other));
    let mut compared = false;
    for (a, b) in ones.iter().flat_map(|a| others.iter().map(move |b| (a, b))).filter(|(a, b)| a.is_ascii() == b.is_ascii()) {
        compared = true;
        if alike(a, b) {
            return false;
        }
    }
    compared
}

/// The text before the inner bracket, and what stands in it.
fn readings(long: &str) -> Vec<&str> {
    let (outer, inner) = match long.rfind('(') {
        Some(open) if !long[open..].contains(')') => (&long[..open], &long[open + 1..]),
        _ => (long, ""),
    };
    [outer, inner].into_iter().map(|r| r.trim_end_matches(['、', ',', ':', ' '])).filter(|r| r.chars().count() >= 2).collect()
}

fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (tail(a), tail(b));
    let ends = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let least = a.len().min(b.len());
    ends >= SAME_END.min(least) || a.windows(SAME_WITHIN).any(|part| b.windows(SAME_WITHIN).any(|other| part == other))
}

/// The last characters, as far as a term is long.
fn tail(s: &str) -> Vec<char> {
    let all: Vec<char> = s.to_lowercase().chars().collect();
    let longest = if s.is_ascii() { 40 } else { 14 };
    all[all.len().saturating_sub(longest)..].to_vec()
}
