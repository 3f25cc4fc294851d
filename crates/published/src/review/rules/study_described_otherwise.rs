//! A study that is of one phase here and of another there.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;

use crate::model::StudyMention;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP317",
    name: "study-described-otherwise",
    severity: Severity::Warning,
    title: ("同じ試験の相又は実施地域の記載が異なる", "one study is of two phases or places"),
    why: (
        "一つの試験の相と実施地域（国内、国際共同、海外）は一つである。",
        "a study has one phase and is run in one country or in several",
    ),
    reference: plan::form!(" 1.1", ", section 1.1"),
    manual: include_str!("study_described_otherwise.md"),
    check,
};

/// What is said of a study right before its number: 国際共同第III相試験(試験番号:X, 国内第2相試験であるX
static DESCRIBED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?P<place>国内|国際共同|海外)?第(?P<phase>I{1,3}|IV|[1-4])(?P<mixed>[/~・]|[ab]/)?[^。、()0-9第]{0,16}試験(?:である|\(|(?:\(|、)?試験番号:?|:|「|\((?:試験番号|治験番号|プロトコル番号):?)$",
    )
    .ok()
});

/// How far before a number its description is looked for, in characters.
const LEAD: usize = 48;

/// Phase, place, where it is told, and the mention.
type Told<'a> = (u8, Option<&'a str>, std::ops::Range<usize>, &'a StudyMention);

fn check(context: &Context<'_>, sink: &mut Sink) {
    let prose = &context.published.prose;
    let Some(shape) = DESCRIBED.as_ref() else { return };
    let mut said: BTreeMap<usize, Vec<Told<'_>>> = BTreeMap::new();
    for mention in &prose.studies {
        let s = prose.paragraphs[mention.paragraph].text.as_str();
        let lead = &s[..mention.range.start];
        let start = lead.char_indices().rev().nth(LEAD).map_or(0, |(at, _)| at);
        let Some(found) = shape.captures(&lead[start..]) else { continue };
        let (Some(whole), Some(phase)) = (found.get(0), found.name("phase")) else { continue };
        let number = match phase.as_str() {
            "I" | "1" => 1,
            "II" | "2" => 2,
            "III" | "3" => 3,
            _ => 4,
        };
        if found.name("mixed").is_some() || lead[..start + whole.start()].ends_with(['/', '・', '~']) {
            continue;
        }
        sink.looked_at(1);
        let place = found.name("place").map(|m| m.as_str());
        said.entry(mention.study).or_default().push((number, place, start + whole.start()..mention.range.end, mention));
    }
    for (study, told) in said {
        let first = &told[0];
        let differs = |other: &&Told<'_>| other.0 != first.0 || matches!((other.1, first.1), (Some(a), Some(b)) if a != b);
        let Some(other) = told[1..].iter().find(differs) else { continue };
        let name = &prose.registry[study].key;
        let mark = |it: &Told<'_>| {
            let paragraph = &prose.paragraphs[it.3.paragraph];
            Mark::part(&paragraph.text, it.2.clone(), paragraph.view.section, &paragraph.view.name)
        };
        sink.report(
            context,
            (format!("試験 {name} の相又は実施地域の記載が異なります"), format!("study {name} is described in two ways")),
            (
                "試験の相と実施地域を確かめ、同じ記載にしてください。試験番号の誤りでないかも確かめてください。".to_owned(),
                "check phase and place, and whether another study is meant".to_owned(),
            ),
            &[mark(first).label("ここでは", "here"), mark(other).label("別の記載", "told otherwise")],
        );
    }
}
