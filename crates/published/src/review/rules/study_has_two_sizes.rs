//! A study, or one arm of it, has two sizes.

use std::collections::{BTreeMap, HashMap, HashSet};

use diagnostic::Severity;

use crate::model::{BareKind, Prose};
use crate::prose::sentence::before;
use crate::prose::sizes::{Size, Sizes, pools};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP303",
    name: "study-has-two-sizes",
    severity: Severity::Warning,
    title: ("同じ試験の分母が食い違う", "the same study has two sizes"),
    why: (
        "試験の一つの群・時期の対象例数は一つである。別の分母は、断りがなければ、前の文の試験の例数や数字の入れ違いであることが多い。",
        "one arm of a study has one size a phase; another denominator without a word on it is often the size of the study cited before, or a slip",
    ),
    reference: plan::form!(" 1.1", ", section 1.1"),
    manual: include_str!("study_has_two_sizes.md"),
    check,
};

/// Sets of patients that an analysis takes, by whose size the same study may have another one.
const ANALYSED: [&str; 4] = ["解析対象集団", "FAS", "ITT", "PPS"];
/// Words by which a sentence speaks of some of the patients, or of another time.
const SUBSET: [&str; 34] = [
    "に限",
    "のうち",
    "部分集団",
    "サブグループ",
    "日本人",
    "高齢者",
    "歳以上",
    "歳未満",
    "男性",
    "女性",
    "小児",
    "評価可能",
    "測定",
    "検査を受け",
    "解析対象",
    "有する患者",
    "既往",
    "時点",
    "週時",
    "週後",
    "ヵ月後",
    "か月後",
    "カ月後",
    "年後",
    "月時",
    "ベースライン",
    "併用",
    "継続",
    "切り替え",
    "移行",
    "再投与",
    "追跡",
    "例について",
    "脱落",
];

/// A size that stands alone, with the one it stands against.
struct Odd<'a> {
    sizes: Vec<&'a Size>,
    usual: u64,
    often: usize,
    example: &'a Size,
    reason: Reason,
}

/// What speaks for a slip.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// It only stands alone.
    Alone,
    /// It is the size of another arm.
    OtherArm,
    /// It is the usual size with a digit changed or two swapped.
    Near,
    /// The arm beside it has its usual size, and with that this arm has another.
    Beside,
    /// It is the size of a study named nearby.
    OtherStudy(usize),
}

fn check(context: &Context<'_>, sink: &mut Sink) {
    let prose = &context.published.prose;
    let sizes = Sizes::of(prose);
    sink.looked_at(sizes.all.len());
    // how often each study has each size, to know the size of a study named nearby
    let mut known: HashMap<usize, HashMap<u64, usize>> = HashMap::new();
    for size in sizes.all.iter().filter(|s| s.studies.len() == 1) {
        *known.entry(size.studies[0]).or_default().entry(size.value).or_default() += 1;
    }
    for group in sizes.groups() {
        let of: Vec<&Size> = sizes.of_studies(group).collect();
        let mut by_value: BTreeMap<u64, Vec<&Size>> = BTreeMap::new();
        for size in &of {
            by_value.entry(size.value).or_default().push(size);
        }
        if by_value.len() < 2 {
            continue;
        }
        let common: Vec<(u64, &Vec<&Size>)> = by_value.iter().map(|(v, s)| (*v, s)).filter(|(_, s)| s.len() >= 2).collect();
        // the sizes of the members of a pool, and all sums of known sizes
        let mut explained: HashSet<u64> = HashSet::new();
        if group.len() > 1 {
            explained.extend(group.iter().filter_map(|s| known.get(s)).flat_map(|k| k.keys().copied()));
        }
        for (value, stated) in &by_value {
            if !stated.iter().all(|s| s.beside(stated[0])) || explained.contains(value) {
                continue;
            }
            if let Some(odd) = odd(prose, &sizes, &known, &common, stated, *value, group, &by_value) {
                report(context, sink, &odd);
            }
        }
        other_arm(context, sink, prose, &of, group);
    }
}

#[expect(clippy::too_many_arguments, reason = "what is known of the study and of the others")]
fn odd<'a>(
    prose: &Prose,
    sizes: &'a Sizes,
    known: &HashMap<usize, HashMap<u64, usize>>,
    common: &[(u64, &Vec<&'a Size>)],
    stated: &[&'a Size],
    value: u64,
    group: &[usize],
    by_value: &BTreeMap<u64, Vec<&'a Size>>,
) -> Option<Odd<'a>> {
    let first = stated[0];
    let s = prose.paragraphs[first.paragraph].text.as_str();
    let sentence = &s[first.sentence.clone()];
    // the rows of a table are one sentence: there only a slip of a digit speaks against the other rows
    let table = sizes.all.iter().filter(|s| s.beside(first)).count() >= 8;
    if is_sum(value, by_value.keys().copied().filter(|v| *v != value))
        || counted_patients(prose, first, value)
        || (group.len() == 1 && !table && pools(&s[first.sentence.start..first.at.start]))
    {
        return None;
    }
    // of the same arm where both name one, of the same phase where the odd one names one
    let arm = |size: &Size| size.arm.is_none() || first.arm.is_none() || size.arm == first.arm;
    let phase = |size: &Size| first.phase.is_none() || size.phase == first.phase;
    let others = |with_phase: bool| {
        common
            .iter()
            .filter(|(v, _)| *v != value)
            .map(move |(v, list)| {
                (
                    *v,
                    list.iter()
                        .copied()
                        .filter(|x| (!x.beside(first) || table) && arm(x) && (!with_phase || phase(x)))
                        .collect::<Vec<&Size>>(),
                )
            })
            .filter(|(_, list)| list.len() >= 2)
            .collect::<Vec<_>>()
    };
    let subset = SUBSET.iter().chain(&ANALYSED).any(|w| sentence.contains(w));
    let analysed = ANALYSED.iter().any(|w| sentence.contains(w));
    let slip = others(false).into_iter().filter(|_| !analysed).filter(|(v, _)| near(value, *v)).max_by_key(|(_, list)| list.len());
    if let Some((usual, list)) = beside(sizes, first)
        && slip.is_none()
        && !subset
    {
        return Some(Odd { sizes: vec![first], usual, often: list.len(), example: list[0], reason: Reason::Beside });
    }
    if table && slip.is_none() {
        return None;
    }
    let best = || others(true).into_iter().max_by_key(|(_, list)| (list.iter().filter(|x| x.arm == first.arm).count(), list.len()));
    let (reason, (usual, list)) = match (slip, neighbour(prose, sizes, known, first, value, group)) {
        (Some(slip), _) => (Reason::Near, slip),
        (None, Some(study)) => (Reason::OtherStudy(study), best()?),
        (None, None) => (Reason::Alone, best()?),
    };
    if reason == Reason::Alone {
        let subset = subset || modified(s, first);
        let several = common.iter().filter(|(v, _)| *v != value).count() > 1;
        if subset || several || list.len() < 3 || value > usual || by_value.len() > 3 {
            return None;
        }
    }
    Some(Odd { sizes: stated.to_vec(), usual, often: list.len(), example: list[0], reason })
}

/// The size that this arm has wherever the arm beside it has the size it has here: in two sentences or more, and never another.
fn beside<'a>(sizes: &'a Sizes, first: &Size) -> Option<(u64, Vec<&'a Size>)> {
    let of: Vec<&Size> = sizes.all.iter().filter(|s| s.studies == first.studies && s.count.is_some() && s.arm.is_some()).collect();
    // neighbours in a sentence, of two arms, each way round
    let pairs =
        || of.windows(2).map(|pair| (pair[0], pair[1])).filter(|(a, b)| a.beside(b) && a.arm != b.arm).flat_map(|(a, b)| [(a, b), (b, a)]);
    let (_, partner) = pairs().find(|(own, _)| own.beside(first) && own.at == first.at)?;
    let elsewhere: Vec<&Size> = pairs()
        .filter(|(own, other)| !own.beside(first) && own.arm == first.arm && other.arm == partner.arm && other.value == partner.value)
        .map(|(own, _)| own)
        .collect();
    let usual = elsewhere.first()?.value;
    (elsewhere.len() >= 2 && usual != first.value && elsewhere.iter().all(|s| s.value == usual)).then_some((usual, elsewhere))
}

/// True where the number stands as a number of patients in the sentence or the one before: 「184例に限って」「96例のうち」.
fn counted_patients(prose: &Prose, size: &Size, value: u64) -> bool {
    let s = prose.paragraphs[size.paragraph].text.as_str();
    let start = before(s, size.sentence.start).start;
    let from = prose.bare.partition_point(|b| (b.paragraph, b.range.start) < (size.paragraph, start));
    let patients = |b: &crate::model::Bare| matches!(b.kind, BareKind::Patients(n) if n == value);
    // bare evidence is sorted within a paragraph but for the phrases at its end
    let bare = prose.bare[from.saturating_sub(1)..].iter().take_while(|b| b.paragraph <= size.paragraph);
    let own = size.count.is_none().then_some(&size.at);
    bare.filter(|b| b.paragraph == size.paragraph && b.range.start >= start && b.range.end <= size.sentence.end && patients(b)).any(|b| {
        let other = prose.studies[prose.studies.partition_point(|m| (m.paragraph, m.range.start) < (size.paragraph, b.range.end))..]
            .iter()
            .take_while(|m| m.paragraph == size.paragraph && m.range.end <= size.at.start)
            .any(|m| !size.studies.contains(&m.study));
        own != Some(&b.range) && !other
    })
}

/// 検査を受けた52例中3例: words before the number say which patients.
fn modified(s: &str, size: &Size) -> bool {
    let before = &s[..size.at.start];
    before.ends_with(['た', 'る', 'い']) || (before.ends_with('の') && !before.ends_with("群の"))
}

/// True if `value` is the sum of two to four of these.
fn is_sum(value: u64, of: impl Iterator<Item = u64>) -> bool {
    let of: Vec<u64> = of.filter(|v| *v < value).take(12).collect();
    let mut sums: HashSet<(u64, u8)> = HashSet::from([(0, 0)]);
    for v in of {
        let more: Vec<(u64, u8)> =
            sums.iter().filter(|(_, n)| *n < 4).map(|(sum, n)| (sum + v, n + 1)).filter(|(sum, _)| *sum <= value).collect();
        sums.extend(more);
    }
    sums.iter().any(|(sum, n)| *sum == value && *n >= 2)
}

/// Another study, named in the paragraph before the size, that has this size.
fn neighbour(
    prose: &Prose,
    sizes: &Sizes,
    known: &HashMap<usize, HashMap<u64, usize>>,
    size: &Size,
    value: u64,
    group: &[usize],
) -> Option<usize> {
    let from = prose.studies.partition_point(|m| m.paragraph < size.paragraph);
    prose.studies[from..]
        .iter()
        .take_while(|m| m.paragraph == size.paragraph && m.range.end <= size.at.start)
        .map(|m| sizes.canonical[m.study])
        .filter(|study| !group.contains(study) && known.get(study).is_some_and(|k| k.contains_key(&value)))
        .last()
}

/// True where one is the other with two digits swapped, or, from three digits on, with one digit changed, dropped or doubled.
fn near(one: u64, other: u64) -> bool {
    let (a, b) = (one.to_string().into_bytes(), other.to_string().into_bytes());
    if a == b {
        return false;
    }
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    if a.len() == b.len() {
        let differ = a.len() - head - tail.min(a.len() - head);
        return (differ == 2 && a[head] == b[head + 1] && a[head + 1] == b[head]) || (differ == 1 && a.len() >= 3);
    }
    a.len().abs_diff(b.len()) == 1 && a.len().min(b.len()) >= 3 && head + tail >= a.len().min(b.len())
}

/// One arm stated with the size of another: 本剤群 with that of プラセボ群.
fn other_arm(context: &Context<'_>, sink: &mut Sink, prose: &Prose, of: &[&Size], group: &[usize]) {
    if group.len() > 1 || of.iter().any(|s| s.phase.is_some()) {
        return;
    }
    let mut arms: BTreeMap<&str, BTreeMap<u64, Vec<&Size>>> = BTreeMap::new();
    for size in of {
        let s = prose.paragraphs[size.paragraph].text.as_str();
        let sentence = &s[size.sentence.clone()];
        let Some(arm) = &size.arm else { continue };
        // それぞれ and comparisons give sizes in an order of their own
        if ["それぞれ", "各々", "順に", "に対する", "両群", "に比", "と比", "より"].iter().any(|w| sentence.contains(w))
        {
            continue;
        }
        arms.entry(arm).or_default().entry(size.value).or_default().push(size);
    }
    for (arm, values) in &arms {
        let Some((usual, list)) = values.iter().max_by_key(|(_, l)| l.len()) else { continue };
        if list.len() < 3 || values.len() != 2 {
            continue;
        }
        for (value, odd) in values {
            let own = arms.iter().any(|(other, v)| other != arm && v.get(value).is_some_and(|l| l.len() >= 2));
            if value != usual && odd.len() == 1 && own {
                report(
                    context,
                    sink,
                    &Odd { sizes: odd.clone(), usual: *usual, often: list.len(), example: list[0], reason: Reason::OtherArm },
                );
            }
        }
    }
}

fn report(context: &Context<'_>, sink: &mut Sink, odd: &Odd<'_>) {
    let prose = &context.published.prose;
    let first = odd.sizes[0];
    let study: Vec<&str> = first.studies.iter().map(|&s| prose.registry[s].key.as_str()).collect();
    let (study, value, usual) = (study.join("、"), first.value, odd.usual);
    let (mut ja, mut en) = match odd.reason {
        Reason::OtherStudy(other) => {
            let other = &prose.registry[other].key;
            (format!("{value} は同じ段落の {other} の例数です。"), format!("{value} is the size of {other}, cited before; "))
        }
        Reason::OtherArm => (format!("{value} は別の群の例数です。"), format!("{value} is the size of another arm; ")),
        Reason::Near => ("数字の誤記と思われます。".to_owned(), "this looks like a slip of a digit; ".to_owned()),
        Reason::Beside => {
            ("並ぶ群の例数はほかの箇所と同じです。".to_owned(), "the arm beside it has the size it has elsewhere; ".to_owned())
        }
        Reason::Alone => {
            ("部分集団であれば、その旨を記載してください。".to_owned(), "if these are some of the patients, say which; ".to_owned())
        }
    };
    if let Some(count) = first.count.map(|n| &prose.counts[n])
        && let Some(printed) = &count.percentage
        && count.numerator <= usual
    {
        let decimals = printed.split_once('.').map_or(0, |(_, d)| u32::try_from(d.len()).unwrap_or(0));
        if let Some(right) = statistics::percentage::half_up(count.numerator, usual, decimals) {
            ja.push_str(&format!("{usual} 例が正しければ {}/{usual} 例で {right}% になります。", count.numerator));
            en.push_str(&format!("if {usual} is right, the percentage becomes {right} %"));
        }
    }
    let mut marks: Vec<Mark<'_>> =
        odd.sizes.iter().take(4).map(|s| mark(prose, s).label(format!("ここでは {value} 例"), format!("{value} here"))).collect();
    marks.push(
        mark(prose, odd.example)
            .label(format!("ほかの {} か所では {usual} 例", odd.often), format!("{usual} in {} other places", odd.often)),
    );
    sink.report(
        context,
        (
            format!("{study} の分母が {value} 例と {usual} 例に分かれています"),
            format!("{study} has {value} patients here and {usual} elsewhere"),
        ),
        (ja, en.trim_end_matches("; ").to_owned()),
        &marks,
    );
}

fn mark<'a>(prose: &'a Prose, size: &Size) -> Mark<'a> {
    let paragraph = &prose.paragraphs[size.paragraph];
    let range = size.count.map_or_else(|| size.at.clone(), |n| prose.counts[n].range.clone());
    Mark::part(&paragraph.text, range, paragraph.view.section, &paragraph.view.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_slips_of_digits_and_sums() {
        assert!(near(67, 76) && near(213, 231) && near(612, 613) && near(3964, 396));
        assert!(!near(58, 62) && !near(18, 19) && !near(99, 70) && !near(5, 55));
        assert!(is_sum(54, [28, 26, 20].into_iter()) && !is_sum(55, [28, 26, 20].into_iter()));
    }
}
