//! A pooled count is not the sum of what it pools.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;

use crate::model::{Count, Prose};
use crate::prose::counts::number;
use crate::prose::sizes::{Size, Sizes};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP309",
    name: "pooled-count-disagrees",
    severity: Severity::Warning,
    title: ("併合した例数が合計と合わない", "a pooled count is not the sum of what it pools"),
    why: ("併合した例数は、併合した試験や群の例数の和である。", "a pooled count is the sum of the counts it pools"),
    reference: plan::form!(" 1.1", ", section 1.1"),
    manual: include_str!("pooled_count_disagrees.md"),
    check,
};

/// 本剤群300例、対照群300例(計600例)
static TOTAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<a>[0-9][0-9,]*)例(?:、|及び|と|並びに)[^0-9。、()]{1,16}?(?P<b>[0-9][0-9,]*)例(?:(?:、|及び|と|並びに)[^0-9。、()]{1,16}?(?P<c>[0-9][0-9,]*)例)?[(、](?:合計|計|総計)(?P<t>[0-9][0-9,]*)例").ok()
});

fn check(context: &Context<'_>, sink: &mut Sink) {
    let prose = &context.published.prose;
    let sizes = Sizes::of(prose);
    for size in sizes.all.iter().filter(|s| s.studies.len() >= 2) {
        let Some(n) = size.count else { continue };
        sink.looked_at(1);
        if !numerators(context, sink, prose, &sizes, size, n) {
            denominators(context, sink, prose, &sizes, size, n);
        }
    }
    totals(context, sink, prose);
}

/// Compares with the counts named before it in its paragraph. True where they could be compared.
fn numerators(context: &Context<'_>, sink: &mut Sink, prose: &Prose, sizes: &Sizes, size: &Size, n: usize) -> bool {
    let pooled = &prose.counts[n];
    let s = prose.paragraphs[pooled.paragraph].text.as_str();
    let mut singles: HashMap<usize, Vec<&Count>> = HashMap::new();
    let mut last = None;
    for count in prose.counts[..n].iter().rev().take_while(|c| c.paragraph == pooled.paragraph).take(24) {
        if let [study] = count.studies.as_slice() {
            last = last.or(Some(count.range.end));
            singles.entry(sizes.canonical[*study]).or_default().push(count);
        }
    }
    let Some(last) = last else { return false };
    // the same event: nothing between them names another
    let between = s[last..pooled.range.start].replace("では", "").replace("には", "").replace("であ", "");
    if between.chars().count() > 60 || between.contains('は') || between.contains('が') {
        return false;
    }
    let Some(parts) = size.studies.iter().map(|study| singles.get(study)).collect::<Option<Vec<_>>>() else { return false };
    if parts.len() > 5 || parts.iter().any(|p| p.len() > 3) {
        return false;
    }
    let mut combinations: Vec<Vec<&Count>> = vec![Vec::new()];
    for part in parts {
        combinations = combinations.iter().flat_map(|c| part.iter().map(move |p| c.iter().copied().chain([*p]).collect())).collect();
    }
    let sum = |c: &[&Count], f: fn(&Count) -> u64| c.iter().map(|c| f(c)).sum::<u64>();
    let fitting: Vec<&Vec<&Count>> = combinations.iter().filter(|c| sum(c, |c| c.denominator) == pooled.denominator).collect();
    match fitting.as_slice() {
        [one] => {
            let right = sum(one, |c| c.numerator);
            if right != pooled.numerator {
                let terms: Vec<String> = one.iter().map(|c| c.numerator.to_string()).collect();
                report(context, sink, prose, n, one, &format!("{} = {right}", terms.join(" + ")), pooled.numerator, right);
            }
            true
        }
        [] => {
            let same: Vec<&Vec<&Count>> =
                combinations.iter().filter(|c| sum(c, |c| c.numerator) == pooled.numerator && pooled.numerator >= 5).collect();
            if let [one] = same.as_slice() {
                let right = sum(one, |c| c.denominator);
                let terms: Vec<String> = one.iter().map(|c| c.denominator.to_string()).collect();
                report(context, sink, prose, n, one, &format!("{} = {right}", terms.join(" + ")), pooled.denominator, right);
                return true;
            }
            false
        }
        _ => true,
    }
}

/// Compares its denominator with the only sizes of the studies.
fn denominators(context: &Context<'_>, sink: &mut Sink, prose: &Prose, sizes: &Sizes, size: &Size, n: usize) {
    let again = sizes.of_studies(&size.studies).filter(|s| s.value == size.value).count();
    if again > 1 || size.phase.is_some() {
        return;
    }
    let mut right = 0;
    let mut known: BTreeSet<u64> = BTreeSet::new();
    let mut terms = Vec::new();
    let mut examples = Vec::new();
    for study in &size.studies {
        let of: Vec<&Size> =
            sizes.of_studies(std::slice::from_ref(study)).filter(|s| size.arm.is_none() || s.arm.is_none() || s.arm == size.arm).collect();
        let values: BTreeSet<u64> = of.iter().map(|s| s.value).collect();
        known.extend(values.iter().copied());
        let (Some(&value), 1) = (values.first(), values.len()) else { return };
        if of.len() < 2 {
            return;
        }
        right += value;
        terms.push(value.to_string());
        examples.extend(of.iter().find_map(|s| s.count).map(|n| &prose.counts[n]));
    }
    if right != size.value && !known.contains(&size.value) && size.value.abs_diff(right) * 4 <= right {
        report(context, sink, prose, n, &examples, &format!("{} = {right}", terms.join(" + ")), size.value, right);
    }
}

#[expect(clippy::too_many_arguments, reason = "both sides and how they were computed")]
fn report(context: &Context<'_>, sink: &mut Sink, prose: &Prose, n: usize, parts: &[&Count], sum: &str, printed: u64, right: u64) {
    let mark = |count: &Count| {
        let paragraph = &prose.paragraphs[count.paragraph];
        Mark::part(&paragraph.text, count.range.clone(), paragraph.view.section, &paragraph.view.name)
    };
    let mut marks = vec![mark(&prose.counts[n]).label(format!("併合 {printed} 例"), format!("{printed} pooled"))];
    marks.extend(parts.iter().map(|c| mark(c).label("併合の一部", "a part of the pool")));
    sink.report(
        context,
        (format!("併合した {printed} 例は、合計の {right} 例と合いません"), format!("{printed} pooled, but the parts add up to {right}")),
        (format!("{sum}。併合した例数か、もとの例数を確かめてください。"), format!("{sum}; check the pooled count and its parts")),
        &marks,
    );
}

/// 本剤群300例、対照群300例（計600例）.
fn totals(context: &Context<'_>, sink: &mut Sink, prose: &Prose) {
    let Some(regex) = TOTAL.as_ref() else { return };
    for paragraph in prose.paragraphs.iter().filter(|p| p.text.as_str().contains('計')) {
        for found in regex.captures_iter(paragraph.text.as_str()) {
            let figure = |name: &str| found.name(name).and_then(|m| number(m.as_str()));
            let (Some(a), Some(b), Some(total), Some(whole)) = (figure("a"), figure("b"), figure("t"), found.get(0)) else { continue };
            sink.looked_at(1);
            let c = figure("c").unwrap_or(0);
            let sum = a + b + c;
            // a figure before the list may belong to it or not
            if [sum, b + c].contains(&total) || total < a.max(b).max(c) {
                continue;
            }
            sink.report(
                context,
                (format!("計 {total} 例は、合計の {sum} 例と合いません"), format!("{total} in all, but the parts add up to {sum}")),
                ("合計か、もとの例数を確かめてください。".to_owned(), "check the total and its parts".to_owned()),
                &[Mark::part(&paragraph.text, whole.range(), paragraph.view.section, &paragraph.view.name)],
            );
        }
    }
}
