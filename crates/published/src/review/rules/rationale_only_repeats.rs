//! A rationale that only repeats the figure it should give a reason for.

use std::ops::Range;
use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;

use crate::heading::Title;
use crate::review::activities::PLANS;
use crate::review::periods::{self, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP108",
    name: "rationale-only-repeats",
    severity: Severity::Warning,
    title: ("根拠の欄が値を繰り返すだけで理由がない", "a rationale repeats the figure and gives no reason"),
    why: (
        "【実施計画の根拠】は、例数や期間をそのように定めた理由を求める。値だけでは妥当性を判断できない。",
        "the rationale asks why the size or the period was chosen; the figure alone lets nobody judge it",
    ),
    reference: periods::RATIONALE,
    manual: include_str!("rationale_only_repeats.md"),
    check,
};

/// An entry of the rationale: 観察期間:…, (観察期間)…
static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[(・]?(?:予定|目標)?(?:症例数|観察期間|登録期間|調査期間|試験期間)(?:の設定)?(?:の?根拠|について)?[:)]").ok()
});

/// What a figure is said with: when a period begins, in what it is counted, who is counted. Whatever else stands there may be a reason.
static PLAIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:[0-9][0-9,]*|(?:症)?例|年|か月|ヵ月|ヶ月|カ月|箇月|週|日|間|目標|予定|症例数|観察期間|登録期間|調査期間|試験期間",
        r"|初回|第|回目|回|最終|本剤の?|投与|接種|開始|登録|時|後|から|より|まで|以上|最長|最大|安全性解析対象|として|の設定",
        r"|は|を|の|に|と|、|:|\(|\)|・|した|する|設定|である)+",
    ))
    .ok()
});

fn check(context: &Context<'_>, sink: &mut Sink) {
    for (plan, section) in context.published.plans.iter().zip(PLANS).take(2) {
        for activity in &plan.activities {
            for part in activity.parts.iter().filter(|p| p.title == Title::Rationale) {
                let text = part.body.as_str();
                for entry in entries(text) {
                    sink.looked_at(1);
                    let said = &text[entry.clone()];
                    if !repeats(said) {
                        continue;
                    }
                    let name = context.verbatim(&activity.name.text);
                    sink.report(
                        context,
                        words(
                            format!("{}の「{name}」の根拠は値を繰り返すだけで、そのように定めた理由がありません", section.number()),
                            format!("the rationale of “{name}” in section {} repeats the figure and gives no reason", section.number()),
                        ),
                        words(
                            "臨床試験での発現時期や例数の計算など、そのように定めた理由を書き添えてください。",
                            "say why: the time of onset in the trials, the calculation of the size",
                        ),
                        &[Mark::part(&part.body.text, entry, section, activity.name.as_str()).label("理由がない", "no reason")],
                    );
                }
            }
        }
    }
}

/// The labelled entries of a rationale, with their labels.
fn entries(text: &str) -> Vec<Range<usize>> {
    let starts: Vec<usize> = LABEL.iter().flat_map(|label| label.find_iter(text)).map(|m| m.start()).collect();
    starts.iter().enumerate().map(|(n, &start)| start..starts.get(n + 1).copied().unwrap_or(text.len())).collect()
}

/// True for one short sentence that sets a figure and says nothing else.
fn repeats(entry: &str) -> bool {
    let entry = entry.trim_end_matches('。');
    let label = entry.find([':', ')']).map_or(0, |at| at + 1);
    let said = &entry[label..];
    said.contains(|c: char| c.is_ascii_digit()) && PLAIN.iter().any(|plain| plain.find(said).is_some_and(|found| found.len() == said.len()))
}
