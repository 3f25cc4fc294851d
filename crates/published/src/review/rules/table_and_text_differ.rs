//! The text tells another count than the table beside it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;

use crate::heading::Section;
use crate::model::Passage;
use crate::review::periods::whole;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP314",
    name: "table-and-text-differ",
    severity: Severity::Warning,
    title: ("本文の例数が表と異なる", "a count of the text is not that of the table"),
    why: (
        "表と本文は同じ成績を述べる。例数が違えば、どちらかが誤りである。",
        "table and text tell the same results; where they differ one of them is wrong",
    ),
    reference: plan::form!(" 1.1", ", section 1.1"),
    manual: include_str!("table_and_text_differ.md"),
    check,
};

/// 9/158例, 158例中9例, 158例のうち9例
static COUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<a>[0-9][0-9,]*)(?:例)?/(?P<n>[0-9][0-9,]*)(?:例)?|(?P<m>[0-9][0-9,]*)例(?:中|のうち)(?P<b>[0-9][0-9,]*)例").ok()
});
/// （7.0%）に低血糖がみられ
static AFTER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:[)(]|[0-9]+(?:\.[0-9]+)?%)*に([^、。にがをはの0-9]{2,20})(?:が|を)").ok());
/// 低血糖は 7.0%（
static BEFORE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"([^、。にがをはの0-9()]{2,20})[はが](?:[0-9]+(?:\.[0-9]+)?%)?\(?$").ok());

/// Counts of a table stand for it from this many on.
const A_TABLE: usize = 4;

struct Counted {
    numerator: u64,
    denominator: u64,
    at: Range<usize>,
}

fn check(context: &Context<'_>, sink: &mut Sink) {
    for concern in &context.published.concerns {
        for section in [&concern.reason, &concern.pharmacovigilance, &concern.minimisation].into_iter().flatten() {
            box_of(context, sink, concern.name.as_str(), &section.body);
        }
    }
}

fn box_of(context: &Context<'_>, sink: &mut Sink, name: &str, body: &Passage) {
    let text = body.as_str();
    let (table, prose): (Vec<_>, Vec<_>) = (0..body.starts.len()).map(|n| body.line(n)).partition(|line| in_table(&text[line.clone()]));
    let words: String = table.iter().map(|line| &text[line.clone()]).collect();
    let mut by_size: BTreeMap<u64, Vec<Counted>> = BTreeMap::new();
    for count in table.iter().flat_map(|line| counts(text, line)) {
        by_size.entry(count.denominator).or_default().push(count);
    }
    if by_size.values().map(Vec::len).sum::<usize>() < A_TABLE {
        return;
    }
    for run in runs(prose) {
        for count in counts(text, &run) {
            let Some(listed) = by_size.get(&count.denominator) else { continue };
            let start = text[run.start..count.at.start].rfind('。').map_or(run.start, |at| run.start + at + '。'.len_utf8());
            let lead = &text[start..count.at.start];
            let same_study = context.published.prose.registry.iter().any(|s| lead.contains(&s.key) && words.contains(&s.key));
            let event = event(lead, &text[count.at.end..run.end]).filter(|e| words.contains(e));
            let (true, Some(event)) = (same_study, event) else { continue };
            sink.looked_at(1);
            if listed.iter().any(|l| l.numerator == count.numerator) {
                continue;
            }
            let n = count.denominator;
            let mut marks = vec![Mark::part(&body.text, count.at.clone(), Section::Safety, name).label("本文では", "in the text")];
            marks.extend(
                listed.iter().take(3).map(|l| Mark::part(&body.text, l.at.clone(), Section::Safety, name).label("表では", "in the table")),
            );
            sink.report(
                context,
                (
                    format!("{event}は本文では {n} 例中 {} 例ですが、表の {n} 例の群にその例数がありません", count.numerator),
                    format!("the text counts {} of {n} for {event}; the table has no such count among its {n}", count.numerator),
                ),
                (
                    "原資料で例数を確かめ、表と本文を合わせてください。部分集団や別の時期であれば、その旨を記載してください。".to_owned(),
                    "check the count and let table and text agree; of some of the patients or another time, say so".to_owned(),
                ),
                &marks,
            );
        }
    }
}

/// A row or a cell: words without the particles of a sentence.
fn in_table(line: &str) -> bool {
    !line.contains('。') && !line.chars().any(|c| matches!(c, 'ぁ'..='ゖ') && c != 'の') && line.chars().count() <= 160
}

/// Lines that follow one another, as one stretch each.
fn runs(lines: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for line in lines {
        match runs.last_mut() {
            Some(run) if run.end == line.start => run.end = line.end,
            _ => runs.push(line),
        }
    }
    runs
}

fn counts<'t>(text: &'t str, range: &Range<usize>) -> impl Iterator<Item = Counted> + 't {
    let start = range.start;
    let found = COUNT.as_ref().map(|shape| shape.captures_iter(&text[range.clone()]));
    found.into_iter().flatten().filter_map(move |c| {
        let number = |name: &str| c.name(name).and_then(|m| whole(m.as_str()));
        let (numerator, denominator) = (number("a").or(number("b"))?, number("n").or(number("m"))?);
        let at = c.get(0)?;
        Some(Counted { numerator, denominator, at: start + at.start()..start + at.end() })
    })
}

/// What was counted: the words right after the count, or right before it.
fn event<'t>(before: &'t str, after: &'t str) -> Option<&'t str> {
    let one = AFTER.as_ref().and_then(|shape| shape.captures(after)).and_then(|c| c.get(1));
    let other = || BEFORE.as_ref().and_then(|shape| shape.captures(before)).and_then(|c| c.get(1));
    one.or_else(other).map(|m| m.as_str())
}
