//! The studies: which the text names, and the arms and phases whose sizes its denominators are.

mod beside;
mod described;
mod pools;
mod sized;
mod tabled;
mod write;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use statistics::percentage::half_up;

use super::draft::Draft;
use super::rules::{FIGURE_PRINTED_OTHERWISE, FIGURE_WITHOUT_STUDY, SIZE_CONCLUDED, SIZE_DISAGREES, VIEWS_DISAGREE};
use super::words::Printed;
use crate::model::{Count, Prose};
use crate::prose::arms;
use crate::prose::sizes::{Size, Sizes};
use crate::review::Mark;
use crate::review::rules::study_number_misspelt::misspelt;
use pools::{Pooled, Wanted};
use sized::{Entry, Sized};
use tabled::Tabled;

/// A study and the part of it that was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The study's number.
    pub study: String,
    /// Arm, phase, or arm/phase; empty for the whole.
    pub part: String,
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let quoted =
            |text: &str| if text.contains(|c: char| c.is_whitespace() || c == '+') { format!("\"{text}\"") } else { text.to_owned() };
        f.write_str(&quoted(&self.study))?;
        if self.part.is_empty() { Ok(()) } else { write!(f, ":{}", quoted(&self.part)) }
    }
}

/// More patients than a figure of a plan can count.
const MOST: u64 = 999_999_999_999;

/// Finds the study of each count, makes the figures of the text, and writes `studies.toml`.
pub fn add(draft: &mut Draft<'_>) {
    let prose = &draft.published.prose;
    let sizes = Sizes::of(prose);
    let mut canonical = sizes.canonical.clone();
    let slips = misspelt(prose);
    for (wrong, right) in &slips {
        let index = |key: &str| prose.registry.iter().position(|study| study.key == key);
        if let (Some(wrong), Some(right)) = (index(wrong), index(right)) {
            let right = canonical[right];
            canonical[wrong] = right;
        }
    }
    told(draft, &slips);
    let tabled = tabled::read(draft.published, &canonical);
    let (groups, open) = grouped(prose, &sizes, &canonical, &tabled);
    let names = names(prose, &canonical);
    let mut known: HashMap<usize, Sized> = HashMap::new();
    for (group, entries) in groups.iter().filter(|(group, _)| group.len() == 1) {
        known.insert(group[0], Sized::of(entries));
    }
    let mut sources: HashMap<usize, Vec<Source>> = HashMap::new();
    let name = |study: usize| names[study].clone();
    let named =
        |parts: Vec<sized::Part>| -> Vec<Source> { parts.into_iter().map(|(study, part)| Source { study: name(study), part }).collect() };
    for (group, entries) in groups.iter().filter(|(group, _)| group.len() == 1) {
        let sized = &known[&group[0]];
        for (entry, part) in entries.iter().zip(&sized.part_of) {
            if let (Some(count), Some(part)) = (entry.count, part) {
                sources.insert(count, vec![Source { study: name(group[0]), part: part.clone() }]);
            }
        }
    }
    let mut together: Vec<(String, Vec<usize>, Sized)> = Vec::new();
    let mut pools: Vec<(u64, Vec<Source>)> = Vec::new();
    for (group, entries) in groups.iter().filter(|(group, _)| group.len() > 1) {
        let mut unsummed = Vec::new();
        let mut usual: Vec<(&Entry, Vec<Source>)> = Vec::new();
        for entry in entries {
            // not every study has every arm
            match sized::pooled(group, entry, &known).or_else(|| sized::only_sum(group, entry, &known).filter(|_| entry.arm.is_some())) {
                Some(parts) => {
                    let parts = named(parts);
                    usual.push((entry, parts.clone()));
                    pools.push((entry.value, parts.clone()));
                    entry.count.map(|count| sources.insert(count, parts));
                }
                None => unsummed.push(entry.clone()),
            }
        }
        // another total of the same arms is a slip of it
        let slip = |entry: &Entry| usual.iter().find(|(one, _)| one.arm == entry.arm && sized::alike(entry.value, one.value));
        unsummed.retain(|entry| {
            let Some((one, parts)) = slip(entry) else { return true };
            if let Some(count) = entry.count {
                total_disagrees(draft, count, entry.value, one.value);
                sources.insert(count, parts.clone());
            }
            false
        });
        if !unsummed.is_empty() {
            let id = group.iter().map(|&study| name(study)).collect::<Vec<_>>().join("・");
            let sized = Sized::of(&unsummed);
            for (entry, part) in unsummed.iter().zip(&sized.part_of) {
                if let (Some(count), Some(part)) = (entry.count, part) {
                    sources.insert(count, vec![Source { study: id.clone(), part: part.clone() }]);
                }
            }
            together.push((id, group.clone(), sized));
        }
    }
    for (wanted, entry) in &open {
        let Some(count) = entry.count else { continue };
        if let Some(found) = pools::resolve(prose, &canonical, wanted, entry, &known) {
            let found = named(found);
            pools.push((entry.value, found.clone()));
            sources.insert(count, found);
        }
    }
    // the same total once more
    for entry in open.iter().filter(|(wanted, _)| matches!(wanted, Wanted::Pool(_))).map(|(_, entry)| entry) {
        let Some(count) = entry.count.filter(|count| !sources.contains_key(count)) else { continue };
        let mut same = pools.iter().filter(|(size, of)| *size == entry.value && of.len() > 1).map(|(_, of)| of);
        if let Some(first) = same.next().filter(|first| same.all(|other| other == *first)) {
            sources.insert(count, first.clone());
        }
    }
    // what stands in a table is of no study that the sentence before happens to name
    let settled: HashSet<usize> = tabled.cells.keys().copied().collect();
    let described = described::add(prose, &settled, &|arm, size| of_size(&known, &names, arm, size), &mut sources);
    for (n, count) in prose.counts.iter().enumerate() {
        // more than any number of patients is kept as text
        if count.numerator > MOST || count.denominator > MOST {
            continue;
        }
        let figure = figure(draft, count, sources.get(&n).map_or(&[], Vec::as_slice));
        let text = &prose.paragraphs[count.paragraph].text;
        if let Some(origin) = text.origin(count.range.start) {
            draft.figures.insert(origin, Printed { stated: text.as_str()[count.range.clone()].to_owned(), figure });
        }
    }
    for (group, entries) in &groups {
        let id = name(group[0]);
        let of = known.get(&group[0]).filter(|_| group.len() == 1);
        let of = of.or_else(|| together.iter().find(|(_, studies, _)| studies == group).map(|(.., sized)| sized));
        if let Some(sized) = of {
            conclusions(draft, &id, entries, sized);
        }
    }
    draft.looked_at(&SIZE_CONCLUDED, sizes.all.len());
    draft.looked_at(&SIZE_DISAGREES, sizes.all.len());
    write::write(draft, &canonical, &names, &known, &write::Unnumbered { together, described }, &slips);
}

/// The name of each study: of several the one with a figure in it, which is its number.
fn names(prose: &Prose, canonical: &[usize]) -> Vec<String> {
    let clean = |study: usize| prose.registry[study].key.replace([':', '"'], "");
    let numbered = |study: usize| prose.registry[study].key.contains(|c: char| c.is_ascii_digit());
    (0..canonical.len())
        .map(|study| {
            let own = canonical[study];
            let other = (0..canonical.len()).find(|&other| canonical[other] == own && numbered(other) && prose.registry[other].introduced);
            clean(if numbered(own) { own } else { other.unwrap_or(own) })
        })
        .collect()
}

/// Studies and the sizes that the text gives them together.
type Grouped = Vec<(Vec<usize>, Vec<Entry>)>;

/// The sizes of each study or group of studies, in the order of the document, with arm and phase as the sentence or the table names them;
/// and those whose studies have to be concluded from the sizes of all.
fn grouped(prose: &Prose, sizes: &Sizes, canonical: &[usize], tabled: &Tabled) -> (Grouped, Vec<(Wanted, Entry)>) {
    let mut groups: Grouped = Vec::new();
    let mut index: HashMap<Vec<usize>, usize> = HashMap::new();
    let mut open = Vec::new();
    let mut add = |mut studies: Vec<usize>, entry: Entry| {
        studies.sort_unstable();
        studies.dedup();
        let at = *index.entry(studies.clone()).or_insert_with(|| {
            groups.push((studies, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(entry);
    };
    let fits = |n: usize| (1..=MOST).contains(&prose.counts[n].denominator);
    for size in sizes.all.iter().filter(|size| size.value <= MOST && !size.count.is_some_and(|n| tabled.cells.contains_key(&n))) {
        let mut studies: Vec<usize> = size.studies.iter().map(|&study| canonical[study]).collect();
        if let Some(count) = size.count {
            studies.extend(beside::listed(prose, &prose.counts[count]).into_iter().map(|study| canonical[study]));
        }
        studies.sort_unstable();
        studies.dedup();
        let (arm, phase) = named(prose, size);
        let entry = Entry { value: size.value, arm, phase, count: size.count, odd: odd(prose, sizes, canonical, size, &studies) };
        match (size.count, studies.as_slice()) {
            (Some(count), [_]) if tabled::in_total_row(prose, &prose.counts[count]) => open.push((Wanted::Pool(None), entry)),
            (Some(count), [study]) if pools::pooled(prose, &prose.counts[count]) == Pooled::Surely => {
                open.push((Wanted::Pool(Some(*study)), entry));
            }
            _ => add(studies, entry),
        }
    }
    for (study, entry) in &tabled.sizes {
        add(vec![*study], entry.clone());
    }
    for (n, count) in prose.counts.iter().enumerate().filter(|(n, _)| fits(*n)) {
        if let Some(cell) = tabled.cells.get(&n) {
            let entry = Entry { value: count.denominator, arm: cell.arm.clone(), phase: cell.phase.clone(), count: Some(n), odd: cell.odd };
            match cell.studies.as_slice() {
                [] => open.push((Wanted::OneOf(cell.candidates.clone()), entry)),
                studies => add(studies.to_vec(), entry),
            }
        } else if count.studies.is_empty() {
            // counts whose study is told otherwise than by its number
            let text = prose.paragraphs[count.paragraph].text.as_str();
            let part = &text[crate::prose::sentence::sentence(text, count.range.start).start..count.range.start];
            let entry = Entry { value: count.denominator, arm: arms::arm(part), phase: arms::phase(part), count: Some(n), odd: false };
            if let Some(study) = beside::meant(prose, count) {
                add(vec![canonical[study]], entry);
            } else if pools::pooled(prose, count) != Pooled::No {
                open.push((Wanted::Pool(None), entry));
            }
        }
    }
    (groups, open)
}

/// Arm and phase. An arm that stands before a count and a phase after it do not belong together.
fn named(prose: &Prose, size: &Size) -> (Option<String>, Option<String>) {
    let s = prose.paragraphs[size.paragraph].text.as_str();
    let part = &s[size.sentence.start..size.at.start];
    let clean = |name: &String| name.replace(['"', ':'], "");
    // the heads of a table's columns, run together, are no phase
    let phase = size.phase.as_ref().filter(|phase| !phase.contains('群')).map(clean);
    // 第1クール本剤群 is the arm 本剤群 in that phase; the reading calls 本剤再投与群 本剤再群
    let arm = size.arm.as_ref().map(clean).map(|arm| {
        let arm = phase.as_ref().and_then(|phase| arm.strip_prefix(phase.as_str())).unwrap_or(&arm).to_owned();
        arm.strip_suffix("再群").map_or(arm.clone(), |stem| format!("{stem}再投与群"))
    });
    // 同群の第2クール: the arm named last before
    let same = part.rfind("同群").filter(|at| part.rfind('群').is_some_and(|last| last <= at + "同".len()));
    let arm = match (arm, same) {
        (None, Some(at)) => arms::arm(&s[..size.sentence.start + at]).map(|arm| strip(&arms::phase(&arm).unwrap_or_default(), &arm)),
        (arm, _) => arm,
    };
    let (Some(_), Some(named)) = (&arm, &phase) else { return (arm, phase) };
    let (Some(arm_at), Some(phase_at)) = (part.rfind('群'), part.rfind(named.as_str())) else { return (arm, phase) };
    let between = size.sentence.start + arm_at..size.sentence.start + phase_at;
    let counted = prose.counts.iter().any(|c| c.paragraph == size.paragraph && between.contains(&c.range.start));
    if arm_at < phase_at && counted {
        // 盲検期では本剤群の x/n に、非盲検期では y/m に: the phase begins anew
        return (arms::arm(&part[phase_at..]), phase);
    }
    (arm, phase)
}

/// An arm without the phase that its name begins with.
fn strip(phase: &str, arm: &str) -> String {
    arm.strip_prefix(phase).unwrap_or(arm).to_owned()
}

/// True where a denominator is the size of another study named before it in the paragraph, and of that study's only.
fn odd(prose: &Prose, sizes: &Sizes, canonical: &[usize], size: &Size, studies: &[usize]) -> bool {
    let [study] = studies else { return false };
    let own = sizes.tally(sizes.of_studies(&[*study]));
    let stated = |of: usize| sizes.tally(sizes.of_studies(&[of])).first().map(|(value, _)| *value);
    let from = prose.studies.partition_point(|m| (m.paragraph, m.range.start) < (size.paragraph, 0));
    let mut before = prose.studies[from..].iter().take_while(|m| m.paragraph == size.paragraph && m.range.end <= size.at.start);
    own.len() > 1
        && own
            .first()
            .is_some_and(|(most, times)| *most != size.value && *times > own.iter().find(|o| o.0 == size.value).map_or(0, |o| o.1))
        && before.any(|m| canonical[m.study] != *study && stated(sizes.canonical[m.study]) == Some(size.value))
}

/// A count as the plan writes it.
fn figure(draft: &mut Draft<'_>, count: &Count, sources: &[Source]) -> String {
    let (x, n) = (count.numerator, count.denominator);
    let mut out = format!("{{{{ {x}/{n}");
    for (index, source) in sources.iter().enumerate() {
        out.push_str(if index > 0 { " + " } else { " " });
        out.push_str(&source.to_string());
    }
    let published = draft.published;
    let paragraph = &published.prose.paragraphs[count.paragraph];
    let mark = || Mark::part(&paragraph.text, count.range.clone(), paragraph.view.section, &paragraph.view.name);
    let mut note = String::new();
    let decimals = count.percentage.as_ref().map(|p| p.split_once('.').map_or(0, |(_, decimals)| decimals.len()));
    match (&count.percentage, decimals) {
        (Some(printed), Some(decimals @ 0..=4)) => {
            if decimals != 1 {
                out.push_str(&format!(" .{decimals}"));
            }
            let computed = half_up(x, n, u32::try_from(decimals).unwrap_or(1));
            draft.looked_at(&FIGURE_PRINTED_OTHERWISE, 1);
            if let Some(computed) = computed.filter(|computed| computed != printed) {
                note = format!("<!-- 文書では {printed}% -->");
                draft.tell(
                    &FIGURE_PRINTED_OTHERWISE,
                    (
                        format!("文書の {printed}% は {x}/{n} と合わず、計画では {computed}% と印刷されます"),
                        format!("the document prints {printed}% for {x}/{n}; the plan will print {computed}%"),
                    ),
                    ("例数が誤りなら例数を直してください。", "if the counts are wrong, mend the counts"),
                    &[mark().label(format!("計算では {computed}%"), format!("{computed}% by its counts"))],
                );
            }
        }
        (None, _) => out.push_str(" bare"),
        (Some(printed), _) => note = format!("<!-- 文書では {printed}% -->"),
    }
    let tail = &paragraph.text.as_str()[count.range.clone()];
    if let Some(unit) = ["人", "名"].into_iter().find(|unit| tail.contains(unit)) {
        out.push_str(&format!(" unit={unit}"));
    }
    out.push_str(" }}");
    draft.looked_at(&FIGURE_WITHOUT_STUDY, 1);
    if sources.is_empty() {
        draft.tell(
            &FIGURE_WITHOUT_STUDY,
            (format!("{x}/{n} がどの試験の例数か分かりません"), format!("the study of {x}/{n} is not known")),
            ("例数の後に試験番号を書いてください。", "write the number of the study after the counts"),
            &[mark()],
        );
    }
    format!("{out}{note}")
}

/// Tells of the sizes whose meaning was concluded and of those that look like a slip.
fn conclusions(draft: &mut Draft<'_>, id: &str, entries: &[Entry], sized: &Sized) {
    let published = draft.published;
    let prose = &published.prose;
    let mark = |count: usize| {
        let count = &prose.counts[count];
        let paragraph = &prose.paragraphs[count.paragraph];
        Mark::part(&paragraph.text, count.denominator_at.clone(), paragraph.view.section, &paragraph.view.name)
    };
    let mut told: Vec<&str> = Vec::new();
    for (n, (entry, part)) in entries.iter().zip(&sized.part_of).enumerate() {
        let Some(count) = entry.count else { continue };
        let value = entry.value;
        if sized.slips.contains(&n) {
            let words = (
                format!("{id} の分母 {value} は他の箇所の例数と食い違います。そのまま取り込みました"),
                format!("the denominator {value} of {id} differs from its others; it was kept"),
            );
            draft.tell(&SIZE_DISAGREES, words, ("正しい例数を確かめてください。", "find out the right counts"), &[mark(count)]);
        } else if entry.odd {
            let usual = entries.iter().find(|other| !other.odd && other.value == sized.whole.unwrap_or(0)).and_then(|other| other.count);
            let mut marks = vec![mark(count).label(format!("ここでは {value}"), format!("{value} here"))];
            marks.extend(usual.map(|usual| mark(usual).label("他の箇所", "elsewhere")));
            draft.tell(
                &SIZE_DISAGREES,
                (
                    format!("{id} の分母 {value} は他の箇所と食い違い、同じ段落の別の試験の例数と一致します。そのまま取り込みました"),
                    format!(
                        "the denominator {value} of {id} differs from its others and is that of another study in the paragraph; it was kept"
                    ),
                ),
                ("正しい例数と試験を確かめてください。", "find out the right counts and study"),
                &marks,
            );
        } else if let Some(part) = part.as_ref().filter(|part| sized.concluded.contains(part) && !told.contains(&part.as_str())) {
            told.push(part);
            draft.tell(
                &SIZE_CONCLUDED,
                (
                    format!("{id} の分母 {value} を部分集団「{part}」としました"),
                    format!("the denominator {value} of {id} was taken for a subset, “{part}”"),
                ),
                ("studies.toml で正しい名前に改めてください。", "give it its right name in studies.toml"),
                &[mark(count)],
            );
        }
    }
}

/// The one study of which an arm of this name has so many patients.
fn of_size(known: &HashMap<usize, Sized>, names: &[String], arm: &str, size: u64) -> Option<Source> {
    let mut found = known.iter().filter(|(_, sized)| sized.arms.iter().any(|a| a.name == arm && a.size == size));
    let (study, _) = found.next()?;
    found.next().is_none().then(|| Source { study: names[*study].clone(), part: arm.to_owned() })
}

/// A total of studies taken together that is not the one stated elsewhere.
fn total_disagrees(draft: &mut Draft<'_>, count: usize, value: u64, usual: u64) {
    let published = draft.published;
    let count = &published.prose.counts[count];
    let paragraph = &published.prose.paragraphs[count.paragraph];
    draft.tell(
        &SIZE_DISAGREES,
        (
            format!("併合した試験の分母 {value} は、同じ試験の例数の計 {usual} と食い違います。そのまま取り込みました"),
            format!("the denominator {value} of the studies taken together is not {usual}, the sum of their sizes; it was kept"),
        ),
        ("正しい例数を確かめてください。", "find out the right counts"),
        &[Mark::part(&paragraph.text, count.denominator_at.clone(), paragraph.view.section, &paragraph.view.name)],
    );
}

/// Misspelt numbers: the figures take the right one, the prose keeps its words.
fn told(draft: &mut Draft<'_>, slips: &[(String, String)]) {
    let published = draft.published;
    let prose = &published.prose;
    let place = |key: &str| -> Option<(usize, Range<usize>)> {
        let study = prose.registry.iter().position(|s| s.key == key)?;
        prose.studies.iter().find(|m| m.study == study).map(|m| (m.paragraph, m.range.clone()))
    };
    for (wrong, right) in slips {
        let sides: Vec<Mark<'_>> = [place(right), place(wrong)]
            .into_iter()
            .flatten()
            .map(|(paragraph, range)| {
                let p = &prose.paragraphs[paragraph];
                Mark::part(&p.text, range, p.view.section, &p.view.name)
            })
            .collect();
        if sides.is_empty() {
            continue;
        }
        draft.tell(
            &VIEWS_DISAGREE,
            (
                format!("試験番号「{wrong}」は「{right}」の誤記とみて、例数は「{right}」のものとしました"),
                format!("the study number “{wrong}” looks like a slip of “{right}”, whose its counts were taken to be"),
            ),
            ("別の試験であれば studies.toml に加えてください。", "if it is another study, add it to studies.toml"),
            &sides,
        );
    }
}
