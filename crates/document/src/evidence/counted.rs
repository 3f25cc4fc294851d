//! The counts in the prose of a concern, in the order in which they are told.

use diagnostic::Language;
use plan::Plan;
use plan::figure::{Counts, FigureKind, Resolved};
use plan::model::printed_by;
use plan::prose::{Passage, Prose, without_comments};
use statistics::interval::clopper_pearson;
use statistics::percentage::half_up;

use super::LEVEL;

/// A count, and what is told of it.
#[derive(Clone, Debug)]
pub struct Counted<'a> {
    /// The count.
    pub counts: &'a Counts,
    /// The study and the part of it; several where the plan pools them.
    pub study: String,
    /// Who was studied, where the plan says so.
    pub population: String,
    /// The words before the count: what was counted, as the author puts it.
    pub event: String,
    /// The sentence it stands in.
    pub sentence: String,
    /// The share in percent, rounded half up.
    pub percentage: Option<String>,
    /// Its limits.
    pub limits: Limits,
}

/// The limits of a share.
#[derive(Clone, Debug, PartialEq)]
pub enum Limits {
    /// Exact, by Clopper and Pearson: proportions, and as they are printed.
    Exact {
        /// Lower limit.
        lower: f64,
        /// Upper limit.
        upper: f64,
        /// Both in percent.
        text: String,
    },
    /// None: the plan pools populations that are not the same, or not said to be.
    Populations,
    /// None: the counts are those of no sample.
    NoSample,
}

/// A count stands for a letter while its sentence is looked for.
const STAND_IN: char = '\u{F0000}';

/// The counts of some prose, each once.
#[must_use]
pub fn counted<'a>(plan: &'a Plan, prose: &'a Prose) -> Vec<Counted<'a>> {
    let mut all: Vec<Counted<'a>> = Vec::new();
    for passage in prose.passages() {
        for (index, figure) in passage.figures.iter().enumerate() {
            let counts = match &figure.kind {
                Ok(FigureKind::Counts(counts)) => counts,
                Ok(FigureKind::Name(name)) => match plan.figures.get(name) {
                    Some(counts) => counts,
                    None => continue,
                },
                _ => continue,
            };
            if all.iter().any(|row| std::ptr::eq(row.counts, counts) || row.counts.counts_at == counts.counts_at) {
                continue;
            }
            let (event, sentence) = words(plan, passage, index);
            all.push(Counted {
                counts,
                study: study(plan, counts),
                population: populations(plan, counts).into_iter().flatten().collect::<Vec<_>>().join("／"),
                event,
                sentence,
                percentage: half_up(counts.x, counts.n, counts.decimals),
                limits: limits(plan, counts),
            });
        }
    }
    all
}

/// The words before a figure, and the sentence it stands in.
fn words(plan: &Plan, passage: &Passage, index: usize) -> (String, String) {
    let mut met = 0;
    let printed = printed_by(passage, |figure| {
        let kind = figure.kind.as_ref().ok()?;
        let text = plan.print(kind, Language::Japanese)?;
        let at = passage.figures.iter().position(|other| std::ptr::eq(other, figure)) == Some(index);
        met += usize::from(at);
        Some(if at { format!("{STAND_IN}{text}") } else { text })
    });
    let printed = without_comments(&printed);
    let Some(at) = printed.find(STAND_IN) else { return (String::new(), String::new()) };
    // a sentence ends with 。 or its paragraph or item
    let start = printed[..at].rfind(['。', '\u{b}']).map_or(0, |n| n + '。'.len_utf8());
    let item = printed[..at].rfind("\n- ").map_or(0, |n| n + 3).max(printed[..at].rfind("\n\n").map_or(0, |n| n + 2));
    let start = start.max(item).min(at);
    let after = &printed[at..];
    let end = ["。", "\n- ", "\n\n"].iter().filter_map(|mark| after.find(mark).map(|n| n + if *mark == "。" { 3 } else { 0 })).min();
    let sentence = &printed[start..end.map_or(printed.len(), |end| at + end)];
    let before = &printed[start..at];
    let event = before.rsplit(['、', '，', '；', ';', '：']).next().unwrap_or_default();
    // what closes a bracket that opens before it
    let event = match (event.find(['（', '(']), event.find(['）', ')'])) {
        (None, Some(close)) => event[close..].trim_start_matches(['）', ')']).trim_start_matches(['の', 'で', 'は', 'に']),
        (Some(open), Some(close)) if close < open => event[close..].trim_start_matches(['）', ')']),
        _ => event,
    };
    let clean = |text: &str| {
        let text: String = text.chars().filter(|c| *c != STAND_IN && *c != '*').collect();
        let text = text.split('\n').map(str::trim).collect::<String>();
        text.trim_start_matches(['-', '・', ' ', '　', '#']).trim().to_owned()
    };
    (trimmed(&clean(event)), clean(sentence))
}

/// Without the particles that lead to the count.
fn trimmed(event: &str) -> String {
    const PARTICLES: [&str; 11] = ["では", "には", "でも", "の", "は", "が", "を", "に", "で", "と", "："];
    let mut event = event.trim();
    // the last sign of もの is no particle
    while let Some(shorter) = PARTICLES.iter().find_map(|p| event.strip_suffix(p)).filter(|_| !event.ends_with("もの")) {
        event = shorter.trim_end();
    }
    event.to_owned()
}

/// Said of what the plan itself pools.
pub const POOLED: &str = "（計画書による併合）";

/// The studies of a count and the parts of them; a pool of the plan is told as its studies.
fn study(plan: &Plan, counts: &Counts) -> String {
    let mut all = Vec::new();
    for source in &counts.sources {
        let part = source.part.as_ref().map(|part| part.value.as_str());
        named(plan, &source.study, part, DEEPEST, &mut all);
    }
    let told = all.join("＋");
    if all.len() > 1 { format!("{told}{POOLED}") } else { told }
}

fn named(plan: &Plan, name: &str, part: Option<&str>, deep: usize, all: &mut Vec<String>) {
    match plan.studies.find(name) {
        Some(Resolved::Pool(pool)) if deep > 0 => {
            for source in &pool.studies {
                let (study, part) = source.value.split_once(':').map_or((source.value.as_str(), None), |(study, part)| (study, Some(part)));
                named(plan, study, part, deep - 1, all);
            }
        }
        _ => {
            let told = part.map_or_else(|| name.to_owned(), |part| format!("{name} {part}"));
            if !all.contains(&told) {
                all.push(told);
            }
        }
    }
}

/// Pools within pools; what is nested deeper is not followed.
const DEEPEST: usize = 16;

/// The populations of the studies that a count is of, each once; `None` for a study that does not say.
fn populations(plan: &Plan, counts: &Counts) -> Vec<Option<String>> {
    let mut all = Vec::new();
    for source in &counts.sources {
        gather(plan, &source.study, DEEPEST, &mut all);
    }
    let mut each: Vec<Option<String>> = Vec::new();
    for (_, population) in all {
        if !each.contains(&population) {
            each.push(population);
        }
    }
    each
}

/// The studies of a count, and who was studied in each.
fn gather(plan: &Plan, name: &str, deep: usize, all: &mut Vec<(String, Option<String>)>) {
    match plan.studies.find(name) {
        Some(Resolved::Study(study)) => {
            let id = study.id.as_str().to_owned();
            if all.iter().all(|(known, _)| *known != id) {
                all.push((id, study.population.as_ref().map(|population| population.value.trim().to_owned())));
            }
        }
        Some(Resolved::Pool(pool)) if deep > 0 => {
            for source in &pool.studies {
                let study = source.value.split_once(':').map_or(source.value.as_str(), |(study, _)| study);
                gather(plan, study, deep - 1, all);
            }
        }
        _ => {
            if all.iter().all(|(known, _)| known != name) {
                all.push((name.to_owned(), None));
            }
        }
    }
}

fn limits(plan: &Plan, counts: &Counts) -> Limits {
    let mut studies = Vec::new();
    for source in &counts.sources {
        gather(plan, &source.study, DEEPEST, &mut studies);
    }
    let populations = populations(plan, counts);
    // one study is one population, said or not; several have to say the same
    if studies.len() > 1 && !matches!(populations.as_slice(), [Some(_)]) {
        return Limits::Populations;
    }
    let Some(interval) = clopper_pearson(counts.x, counts.n, LEVEL) else { return Limits::NoSample };
    let decimals = usize::try_from(counts.decimals.max(1)).unwrap_or(1);
    let text = format!("{:.decimals$}～{:.decimals$}%", interval.lower * 100.0, interval.upper * 100.0);
    Limits::Exact { lower: interval.lower, upper: interval.upper, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_ends_without_its_particle() {
        for (words, event) in
            [("重篤な感染症が本剤群の", "重篤な感染症が本剤群"), ("grade1 のものが", "grade1 のもの"), ("ITP では", "ITP"), ("", "")]
        {
            assert_eq!(trimmed(words), event);
        }
    }
}
