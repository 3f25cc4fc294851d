//! A percentage with counts that was typed.

use std::ops::Range;

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::figure::{Pasted, Resolved, Shape, cite, pasted};
use crate::mistake::{Mark, Mistake};
use crate::source::Place;

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
    for passage in context.plan.passages() {
        let text = passage.seen();
        for found in pasted(&text) {
            sink.looked_at(1);
            judge(context, sink, passage.at, &text, &found);
        }
    }
}

fn judge(context: &Context<'_>, sink: &mut Sink, passage: Place, text: &str, found: &Pasted) {
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
                ("例数を確かめ、{{ 30/58 試験番号 }} の形に直してください。", "check the counts and write them as {{ 30/58 STUDY }}"),
                Mark::at(at).label(format!("計算では {right}%"), format!("computed {right} %")),
            )
            .severity(Severity::Error),
        );
        return;
    }
    let decimals = if found.decimals() == 1 { String::new() } else { format!(" .{}", found.decimals()) };
    let source = single_study(context, text, found.range.clone(), n);
    let among = if found.shape == Shape::Among { " among" } else { "" };
    let written = |study: &str| format!("{{{{ {x}/{n} {study}{decimals}{among} }}}}");
    let mistake = Mistake::new(
        (format!("「{typed}」は計算できる数値です"), format!("“{typed}” can be computed")),
        (
            format!("{} と書くと、分母が試験と照合されます。", written(source.as_deref().unwrap_or("試験番号"))),
            format!("write {}, and the denominator is checked against the study", written(source.as_deref().unwrap_or("STUDY"))),
        ),
        Mark::at(at),
    );
    // half-width brackets and other units print differently: only the usual form is put right by itself
    let printed = match found.shape {
        Shape::Among => format!("{n}例中{x}例（{right}%）"),
        Shape::PercentageFirst | Shape::CountsFirst => format!("{right}%（{x}/{n}例）"),
    };
    let usual = typed == printed && found.decimals() <= 4;
    sink.report(match source {
        Some(source) if usual => mistake.fix(at, written(&source)),
        _ => mistake,
    });
}

/// A sentence is looked at so many bytes before and after a figure.
const SENTENCE: usize = 900;

/// The study that the sentence names alone, with its part of this size, if there is no doubt which.
fn single_study(context: &Context<'_>, text: &str, range: Range<usize>, n: u64) -> Option<String> {
    let near =
        text.floor_char_boundary(range.start.saturating_sub(SENTENCE))..text.ceil_char_boundary((range.end + SENTENCE).min(text.len()));
    let start = text[near.start..range.start].rfind(['。', '\n']).map_or(near.start, |at| text.ceil_char_boundary(near.start + at + 1));
    let end = text[range.end..near.end].find('。').map_or(near.end, |at| range.end + at);
    let sentence = &text[start..end];
    let studies = &context.plan.studies;
    let mut named: Vec<&str> = Vec::new();
    for name in studies.names() {
        if !name.is_empty() && sentence.contains(name) {
            named.push(name);
        }
    }
    // IDEC-1 is found in IDEC-12 too: the longer name is the one that is meant
    let longest: Vec<&str> =
        named.iter().copied().filter(|name| !named.iter().any(|other| other.len() > name.len() && other.contains(name))).collect();
    let [only] = longest.as_slice() else { return None };
    match studies.find(only)? {
        Resolved::Study(study) => {
            let fitting: Vec<_> = study.sizes().into_iter().filter(|sized| sized.size == n).collect();
            let mut named = fitting.iter().filter(|sized| !sized.part.is_empty() && sentence.contains(&sized.part));
            // a part that the sentence names, else the whole, else the only part of this size
            let sized = match (named.next(), named.next(), fitting.as_slice()) {
                (Some(sized), None, _) => sized,
                (None, None, [sized]) => sized,
                (None, None, [whole, ..]) if whole.part.is_empty() => whole,
                _ => return None,
            };
            Some(cite(study.id.as_str(), Some(&sized.part)))
        }
        Resolved::Pool(pool) => (studies.sum(pool).ok()? == n).then(|| cite(pool.id.as_str(), None)),
    }
}
