//! A study number in prose that is nearly one of `studies.toml`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;

use super::{Context, Rule, Sink, source::LANGUAGE};
use crate::mistake::{Mark, Mistake};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN209",
    name: "study-misspelt",
    severity: Severity::Warning,
    title: ("試験番号に似た語", "prose names what is nearly a study"),
    why: (
        "番号を誤った試験は、別の試験か、ない試験として読まれる。",
        "a study with a wrong number is read as another one, or as one that is not there",
    ),
    reference: LANGUAGE,
    manual: include_str!("study_misspelt.md"),
    check,
};

/// Letters and digits, with or without dashes between them. What has no digit is no number of a study.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*").ok());
/// Shorter ones are like too many other words.
const SHORTEST: usize = 5;

fn check(context: &Context<'_>, sink: &mut Sink) {
    let plan = context.plan;
    let names: Vec<&str> = plan.studies.names().into_iter().filter(|name| name.is_ascii() && name.len() >= SHORTEST).collect();
    let Some(number) = NUMBER.as_ref().filter(|_| !names.is_empty()) else { return };
    // what studies.toml itself says is no slip, such as the number of a paper or of a registry
    let written = plan.sources.iter().find(|(_, file)| file.path == "studies.toml").map_or("", |(_, file)| &file.text);
    // nor is a study that is an activity of the plan: 製造販売後臨床試験（HG-401）
    let activities = plan.activities.iter().map(|activity| activity.name.value.as_str());
    let written: HashSet<&str> = activities.chain([written]).flat_map(|text| number.find_iter(text)).map(|found| found.as_str()).collect();
    let mut seen: HashMap<String, Option<&str>> = HashMap::new();
    for passage in plan.passages() {
        let text = passage.seen();
        let in_figure = |at: usize| {
            let index = passage.figures.partition_point(|figure| figure.at.end <= at + passage.at.start);
            passage.figures.get(index).is_some_and(|figure| figure.at.start <= at + passage.at.start)
        };
        for found in number.find_iter(&text) {
            let token = found.as_str();
            let like =
                token.len() >= SHORTEST && token.contains(|c: char| c.is_ascii_digit()) && token.contains(|c: char| c.is_ascii_uppercase());
            if !like || in_figure(found.start()) {
                continue;
            }
            sink.looked_at(1);
            let meant = *seen.entry(token.to_owned()).or_insert_with(|| if written.contains(token) { None } else { near(token, &names) });
            let Some(meant) = meant else { continue };
            // one digit for another may be another study
            let other = token.len() == meant.len() && !swapped(token, meant);
            sink.report(
                Mistake::new(
                    (
                        format!("「{token}」は studies.toml の「{meant}」に似ています"),
                        format!("“{token}” is nearly “{meant}” of studies.toml"),
                    ),
                    (
                        format!("「{meant}」であれば直し、別の試験であれば studies.toml に書いてください。"),
                        format!("mend it if “{meant}” is meant; if it is another study write it in studies.toml"),
                    ),
                    Mark::at(passage.at.part(found.range())),
                )
                .severity(if other { Severity::Info } else { Severity::Warning }),
            );
        }
    }
}

/// The study that is one letter, or one swap of neighbours, away.
fn near<'a>(token: &str, names: &[&'a str]) -> Option<&'a str> {
    let letters: Vec<char> = token.chars().collect();
    let close = |name: &&&str| name.len().abs_diff(token.len()) <= 1;
    names.iter().filter(close).find(|name| terminology::distance(&letters, &name.chars().collect::<Vec<_>>()) == 1).copied()
}

/// True for two texts of the same letters.
fn swapped(one: &str, other: &str) -> bool {
    let sorted = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        bytes.sort_unstable();
        bytes
    };
    sorted(one) == sorted(other)
}
