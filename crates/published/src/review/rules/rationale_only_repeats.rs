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
    reference: periods::DESIGN,
    manual: include_str!("rationale_only_repeats.md"),
    check,
};

/// An entry of the rationale: 観察期間:…, (観察期間)…
static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[(・]?(?:予定|目標)?(?:症例数|観察期間|登録期間|調査期間|試験期間)(?:の設定)?(?:の?根拠|について)?[:)]").ok()
});

/// Words that carry a reason of any kind.
const REASONS: [&str; 34] = [
    "ため",
    "から",
    "ので",
    "理由",
    "根拠",
    "考え",
    "踏まえ",
    "勘案",
    "考慮",
    "要する",
    "必要",
    "見込",
    "によ",
    "より",
    "目的",
    "判断",
    "適切",
    "妥当",
    "可能",
    "基づ",
    "把握",
    "評価",
    "検出",
    "収集",
    "参考",
    "同じ",
    "同様",
    "れば",
    "場合",
    "十分",
    "確保",
    "推定",
    "上回",
    "に準じ",
];

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
    let sentence = entry.trim_end_matches('。');
    !sentence.contains('。')
        && sentence.chars().count() <= 45
        && sentence.contains(|c: char| c.is_ascii_digit())
        && ["とした", "とする", "に設定した", "と設定した", "である", "を設定した"].iter().any(|w| sentence.ends_with(w))
        && !REASONS.iter().any(|w| {
            sentence.replace("日から", "").replace("投与から", "").contains(w) && !(*w == "根拠" && sentence.find(w) < sentence.find(':'))
        })
}
