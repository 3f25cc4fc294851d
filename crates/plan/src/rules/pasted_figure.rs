//! A percentage with counts that was typed.

use std::collections::HashMap;
use std::ops::Range;

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::figure::{Pasted, Resolved, Shape, cite, pasted};
use crate::mistake::{Mark, Mistake};
use crate::source::Place;
use crate::tables::StudyFacts;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN304",
    name: "pasted-figure",
    severity: Severity::Info,
    title: ("手で書かれた割合と例数", "a percentage and its counts are typed"),
    why: ("計算できる数値を手で書くと、直し漏れや誤りが残る。", "what is typed although it can be computed goes stale or wrong"),
    reference: notice::FORM,
    manual: include_str!("pasted_figure.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let studies = Studies::of(&context.plan.studies);
    for passage in context.plan.passages() {
        let text = passage.seen();
        let all = pasted(&text);
        if all.is_empty() {
            continue;
        }
        let mentions = studies.mentions(&text);
        for found in all {
            sink.looked_at(1);
            judge(sink, passage.at, &text, &found, |range, n| studies.source(&text, &mentions, range, n));
        }
    }
}

fn judge(sink: &mut Sink, passage: Place, text: &str, found: &Pasted, source: impl Fn(Range<usize>, u64) -> Result<String, Unclear>) {
    let typed = &text[found.range.clone()];
    let at = passage.part(found.range.clone());
    let (x, n) = (found.x, found.n);
    let Some(right) = found.computed().filter(|_| x <= n) else {
        sink.report(
            Mistake::new(
                (format!("{x}/{n} から割合は計算できません"), format!("no percentage can be computed from {x}/{n}")),
                ("原資料で例数を確かめてください。", "check the counts in the report of the study"),
                Mark::at(at),
            )
            .severity(Severity::Error),
        );
        return;
    };
    if right != found.percentage {
        sink.report(
            Mistake::new(
                (
                    format!("{x}/{n} 例は {right}% であり、{}% ではありません", found.percentage),
                    format!("{x}/{n} is {right} %, not {} %", found.percentage),
                ),
                (
                    format!("例数を確かめ、{{{{ {x}/{n} 試験番号 }}}} の形に直してください。割合が合わないので、--fix は書き換えません。"),
                    format!(
                        "check the counts and write them as {{{{ {x}/{n} STUDY }}}}; --fix leaves it, as the percentage does not agree"
                    ),
                ),
                Mark::at(at).label(format!("計算では {right}%"), format!("computed {right} %")),
            )
            .severity(Severity::Error),
        );
        return;
    }
    let source = source(found.range.clone(), n);
    let written = |study: &str| canonical(found, study);
    let name = |language: &str| if let Ok(source) = &source { source.clone() } else { language.to_owned() };
    let (mut ja, mut en) = (
        format!("{} と書くと、分母が試験と照合されます。", written(&name("試験番号"))),
        format!("write {}, and the denominator is checked against the study", written(&name("STUDY"))),
    );
    let kept = match &source {
        Ok(_) if found.decimals() > 4 => Some(("小数が 5 桁以上ある".to_owned(), "it has more than four decimals".to_owned())),
        Ok(_) if found.unit.chars().count() > 1 => Some(("例数の単位が二つある".to_owned(), "its counts have two units".to_owned())),
        Ok(_) => None,
        Err(why) => Some(why.words(n)),
    };
    if let Some((why_ja, why_en)) = &kept {
        ja.push_str(&format!(" {why_ja}ので、--fix は書き換えません。"));
        en.push_str(&format!("; --fix leaves it, as {why_en}"));
    }
    let mistake = Mistake::new((format!("「{typed}」は計算できる数値です"), format!("“{typed}” can be computed")), (ja, en), Mark::at(at));
    sink.report(match source {
        Ok(source) if kept.is_none() => mistake.fix(at, written(&source)),
        _ => mistake,
    });
}

/// A typed figure as it is written with a study.
fn canonical(found: &Pasted, study: &str) -> String {
    let decimals = if found.decimals() == 1 { String::new() } else { format!(" .{}", found.decimals()) };
    let among = if found.shape == Shape::Among { " among" } else { "" };
    let unit = match found.unit.as_str() {
        unit if unit.chars().count() == 1 && unit != "例" => format!(" unit={unit}"),
        _ => String::new(),
    };
    format!("{{{{ {}/{} {study}{decimals}{among}{unit} }}}}", found.x, found.n)
}

/// Why it is not certain which study a typed figure is of.
enum Unclear {
    /// Neither the sentence nor what stands before it in the section names a study. These have such a size.
    Unnamed(Vec<String>),
    /// The studies that are named have no such size.
    Unsized(Vec<String>),
    /// Several have it.
    Several(Vec<String>),
}

impl Unclear {
    fn words(&self, n: u64) -> (String, String) {
        match self {
            Self::Unnamed(fitting) if fitting.is_empty() => {
                (format!("{n} 例の試験、群、時期は studies.toml にない"), format!("studies.toml has no study, arm or phase of {n}"))
            }
            Self::Unnamed(fitting) => (
                format!("この節のここまでに試験の名がない（{n} 例なのは {}）", fitting.join("、")),
                format!("the section names no study up to here ({n} is the size of {})", fitting.join(", ")),
            ),
            Self::Unsized(named) => {
                (format!("{} に {n} 例の群も時期もない", named.join("、")), format!("{} has no arm or phase of {n}", named.join(", ")))
            }
            Self::Several(fitting) => {
                (format!("{n} 例のものが {} とある", fitting.join("、")), format!("{n} is the size of {}", fitting.join(", ")))
            }
        }
    }
}

/// A sentence is looked at so many bytes before and after a figure.
const SENTENCE: usize = 900;
/// And what stands before it in its section so many.
const BEFORE: usize = 6000;
/// So many candidates are told.
const TOLD: usize = 5;

/// The studies of a plan as prose names them.
struct Studies<'a> {
    facts: &'a StudyFacts,
    names: Vec<&'a str>,
    /// What has so many patients: each as a figure cites it.
    sizes: HashMap<u64, Vec<String>>,
}

/// A study that a text names, and where.
struct Mention<'a> {
    at: Range<usize>,
    name: &'a str,
}

impl<'a> Studies<'a> {
    fn of(facts: &'a StudyFacts) -> Self {
        let names: Vec<&str> = facts.names().into_iter().filter(|name| !name.is_empty()).collect();
        let mut sizes: HashMap<u64, Vec<String>> = HashMap::new();
        for study in &facts.study {
            for sized in study.sizes() {
                sizes.entry(sized.size).or_default().push(cite(study.id.as_str(), Some(&sized.part)));
            }
        }
        for pool in &facts.pool {
            if let Ok(size) = facts.size(pool.id.as_str(), None) {
                sizes.entry(size).or_default().push(cite(pool.id.as_str(), None));
            }
        }
        Self { facts, names, sizes }
    }

    /// Where a text names studies. SMP-1 is found in SMP-12 too: the longer name is the one that is meant, and in a number that is not
    /// known none is.
    fn mentions(&self, text: &str) -> Vec<Mention<'a>> {
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let mut found: Vec<Mention<'a>> = Vec::new();
        for name in &self.names {
            for (at, _) in text.match_indices(name) {
                let end = at + name.len();
                let (first, last) = (name.chars().next(), name.chars().next_back());
                let torn = (joins(first) && joins(text[..at].chars().next_back())) || (joins(last) && joins(text[end..].chars().next()));
                if !torn {
                    found.push(Mention { at: at..end, name });
                }
            }
        }
        found.sort_by_key(|mention| (mention.at.start, std::cmp::Reverse(mention.at.end)));
        let mut end = 0;
        found.retain(|mention| {
            let outside = mention.at.start >= end;
            end = end.max(mention.at.end);
            outside
        });
        found
    }

    /// The study, and its part, that a typed figure of this size is of: of the studies that its sentence names, or else of those that
    /// are named before it in the section, the only one of this size.
    fn source(&self, text: &str, mentions: &[Mention<'a>], range: Range<usize>, n: u64) -> Result<String, Unclear> {
        let near =
            text.floor_char_boundary(range.start.saturating_sub(SENTENCE))..text.ceil_char_boundary((range.end + SENTENCE).min(text.len()));
        let start = text[near.start..range.start].rfind(['。', '\n']).map_or(near.start, |at| text.ceil_char_boundary(near.start + at + 1));
        let end = text[range.end..near.end].find('。').map_or(near.end, |at| range.end + at);
        let sentence = &text[start..end];
        let within = |from: usize, to: usize| {
            let first = mentions.partition_point(|mention| mention.at.start < from);
            let mut names: Vec<&str> = Vec::new();
            for mention in mentions[first..].iter().take_while(|mention| mention.at.end <= to) {
                if !names.contains(&mention.name) {
                    names.push(mention.name);
                }
            }
            names
        };
        let mut named = within(start, end);
        if named.is_empty() {
            named = within(range.start.saturating_sub(BEFORE), range.start);
        }
        if named.is_empty() {
            return Err(Unclear::Unnamed(self.sizes.get(&n).into_iter().flatten().take(TOLD).cloned().collect()));
        }
        let mut all: Vec<String> = Vec::new();
        for name in &named {
            let of_size = self.of_size(name, n);
            let mut told = of_size.iter().filter(|(_, part)| !part.is_empty() && sentence.contains(part.as_str()));
            // a part that the sentence names, else the whole, else each part of this size
            let meant: Vec<String> = match (told.next(), told.next(), of_size.as_slice()) {
                (Some((study, part)), None, _) => vec![cite(study, Some(part))],
                (None, None, [(study, whole), ..]) if whole.is_empty() => vec![cite(study, None)],
                (_, _, several) => several.iter().map(|(study, part)| cite(study, Some(part))).collect(),
            };
            all.extend(meant);
        }
        all.sort_unstable();
        all.dedup();
        all.truncate(TOLD);
        match all.as_slice() {
            [] => Err(Unclear::Unsized(named.into_iter().take(TOLD).map(str::to_owned).collect())),
            [only] => Ok(only.clone()),
            _ => Err(Unclear::Several(all)),
        }
    }

    /// The parts of a study, or the pool, of this size.
    fn of_size(&self, name: &str, n: u64) -> Vec<(&'a str, String)> {
        match self.facts.find(name) {
            Some(Resolved::Study(study)) => {
                study.sizes().into_iter().filter(|sized| sized.size == n).map(|sized| (study.id.as_str(), sized.part)).collect()
            }
            Some(Resolved::Pool(pool)) if self.facts.size(pool.id.as_str(), None) == Ok(n) => vec![(pool.id.as_str(), String::new())],
            _ => Vec::new(),
        }
    }
}
