//! A percentage without its counts, for a study whose counts stand elsewhere.

use std::collections::HashMap;

use diagnostic::Severity;

use crate::heading::Section;
use crate::model::{Bare, BareKind, Prose};
use crate::prose::arms;
use crate::prose::sentence::{floor, sentence};
use crate::prose::sizes::Sizes;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP304",
    name: "evidence-without-denominator",
    severity: Severity::Warning,
    title: ("例数のない割合", "a percentage without its counts"),
    why: (
        "ほかでは例数を示している試験の割合だけを示すと、読み手は確かめられない。",
        "the study's counts stand elsewhere; a percentage alone cannot be checked",
    ),
    reference: plan::form!(" 1.1", ", section 1.1"),
    manual: include_str!("evidence_without_denominator.md"),
    check,
};

/// What speaks of something else than how many patients had an event: right after the figure.
const AFTER: [&str; 27] = [
    "は女性",
    "は男性",
    "が女性",
    "以上",
    "以下",
    "未満",
    "超",
    "程度",
    "前後",
    "を下回",
    "を上回",
    "を超",
    "ポイント",
    "増加",
    "増",
    "減",
    "低下",
    "上昇",
    "の確率",
    "の頻度",
    "信頼",
    "の検出",
    "ブドウ",
    "の液",
    "CI",
    "の用量",
    "の信頼",
];
/// The same, in the words before it.
const BEFORE: [&str; 27] = [
    "信頼区間",
    "有意水準",
    "検出力",
    "閾値",
    "期待",
    "確率",
    "水準",
    "ハザード",
    "オッズ",
    "約",
    "平均",
    "中央値",
    "用量",
    "濃度",
    "以上",
    "減少率",
    "増加率",
    "変化率",
    "駆出率",
    "リスク比",
    "有効率",
    "有効性",
    "累積",
    "Kaplan",
    "カプラン",
    "推定",
    "人年",
];
/// Words of an event in the sentence.
const EVENT: [&str; 12] = ["発現", "生じ", "認め", "確認", "みられ", "見られ", "割合", "報告", "陽性", "下回っ", "上回っ", "に至っ"];

fn check(context: &Context<'_>, sink: &mut Sink) {
    let prose = &context.published.prose;
    let sizes = Sizes::of(prose);
    let mut counted: HashMap<usize, Vec<u64>> = HashMap::new();
    for size in sizes.all.iter().filter(|s| s.studies.len() == 1 && s.count.is_some()) {
        counted.entry(size.studies[0]).or_default().push(size.value);
    }
    // percentages that stand with their counts somewhere: a reference to them needs none
    let mut printed: HashMap<(usize, &str), usize> = HashMap::new();
    for count in &prose.counts {
        if let Some(p) = &count.percentage {
            count.studies.iter().for_each(|&s| *printed.entry((sizes.canonical[s], p)).or_default() += 1);
        }
    }
    let mut open: Vec<(usize, usize, Vec<&Bare>)> = Vec::new();
    for bare in &prose.bare {
        let (BareKind::Percentage(percentage), [study]) = (&bare.kind, bare.studies.as_slice()) else { continue };
        let paragraph = &prose.paragraphs[bare.paragraph];
        if !matches!(paragraph.view.section, Section::Safety | Section::Efficacy) || paragraph.cell {
            continue;
        }
        sink.looked_at(1);
        let study = sizes.canonical[*study];
        let s = paragraph.text.as_str();
        let around = sentence(s, bare.range.start);
        let whole = &s[around.clone()];
        let before = &s[floor(s, bare.range.start.saturating_sub(30)).max(around.start)..bare.range.start];
        let after = &s[bare.range.end..];
        let other = AFTER.iter().any(|w| after.starts_with(w))
            || BEFORE.iter().any(|w| before.contains(w))
            || after.starts_with(['~', '-', ')'])
            || ["(95%", "(90%", "(99%", "(両側"].iter().any(|w| after.starts_with(w))
            || before.ends_with(['~', '-', '<', '>', '(', '±'])
            || !(EVENT.iter().any(|w| whole.contains(w)) || after.starts_with("であった") || counts_beside(prose, bare.paragraph, &around))
            || whole.contains("N=")
            || whole.contains("n=");
        // 本剤群612例では1.8%: the denominator stands there; not so in 1.8%であり、このうち1例は
        let given = prose.bare[prose.bare.partition_point(|b| b.paragraph < bare.paragraph)..]
            .iter()
            .take_while(|b| b.paragraph == bare.paragraph)
            .filter(|b| matches!(b.kind, BareKind::Patients(_)) && around.start <= b.range.start && b.range.end <= around.end)
            .any(|b| b.range.end <= bare.range.start || !["うち", "内訳"].iter().any(|w| s[bare.range.end..b.range.start].contains(w)));
        if other || given || counted.get(&study).is_none_or(|c| c.len() < 2) || printed.contains_key(&(study, percentage.as_str())) {
            continue;
        }
        match open.last_mut() {
            Some((p, start, list)) if *p == bare.paragraph && *start == around.start => list.push(bare),
            _ => open.push((bare.paragraph, around.start, vec![bare])),
        }
    }
    for (paragraph, start, list) in open {
        let p = &prose.paragraphs[paragraph];
        let study = sizes.canonical[list[0].studies[0]];
        let key = &prose.registry[study].key;
        let (ja, en) = hint(&sizes, study, &p.text.as_str()[start..list[0].range.start], &list);
        let marks: Vec<Mark<'_>> = list
            .iter()
            .map(|b| Mark::part(&p.text, b.range.clone(), p.view.section, &p.view.name).label("例数がない", "no counts"))
            .collect();
        sink.report(
            context,
            (format!("{key} の割合に例数がありません"), format!("a percentage of {key} stands without its counts")),
            (format!("ほかと同じく「割合（a/b例）」で示してください。{ja}"), format!("give the counts, as elsewhere{en}")),
            &marks,
        );
    }
}

/// True where the sentence gives another percentage with its counts: in the one arm, but not in the other.
fn counts_beside(prose: &Prose, paragraph: usize, sentence: &std::ops::Range<usize>) -> bool {
    let from = prose.counts.partition_point(|c| c.paragraph < paragraph);
    let here = prose.counts[from..].iter().take_while(|c| c.paragraph == paragraph);
    here.filter(|c| c.percentage.is_some()).any(|c| sentence.start <= c.range.start && c.range.end <= sentence.end)
}

/// The counts that give the percentages, where only one fits.
fn hint(sizes: &Sizes, study: usize, lead: &str, list: &[&Bare]) -> (String, String) {
    let arm = arms::arm(lead);
    let of: Vec<&crate::prose::sizes::Size> = sizes.of_studies(std::slice::from_ref(&study)).collect();
    let same: Vec<u64> = of.iter().filter(|s| s.arm.is_some() && s.arm == arm).map(|s| s.value).collect();
    let mut tally: HashMap<u64, usize> = HashMap::new();
    let values = if same.is_empty() { of.iter().map(|s| s.value).collect() } else { same };
    values.into_iter().for_each(|v| *tally.entry(v).or_default() += 1);
    let Some((&usual, _)) = tally.iter().max_by_key(|(v, n)| (**n, **v)) else { return (String::new(), String::new()) };
    let BareKind::Percentage(percentage) = &list[0].kind else { return (String::new(), String::new()) };
    match statistics::percentage::candidates(percentage, usual).as_slice() {
        [one] => (
            format!("分母が {usual} 例なら {percentage}%（{one}/{usual}例）です。"),
            format!("; of {usual} patients, {percentage} % is {one}/{usual}"),
        ),
        _ => (String::new(), String::new()),
    }
}
