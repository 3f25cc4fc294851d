//! 【実施計画】: periods, targets and method, wherever in the part their labels stand.

use std::ops::Range;
use std::sync::LazyLock;

use calendar::{Period, find_periods};
use regex::Regex;
use terminology::Text;

use super::{Interval, intervals};
use crate::heading::{Section, Title};
use crate::model::{Activity, ItemKind, Published};
use crate::review::activities::PLANS;

/// What 【実施計画】 of an activity says. All ranges are of `text`.
pub struct Schedule<'a> {
    /// The part.
    pub text: &'a Text,
    /// 調査期間.
    pub period: Option<Interval>,
    /// 登録期間.
    pub registration: Option<Interval>,
    /// 観察期間.
    pub observation: Option<Range<usize>>,
    /// 目標症例数.
    pub target: Option<Range<usize>>,
    /// 実施方式.
    pub method: Option<Range<usize>>,
}

const LABELS: &str = "調査実施期間|調査対象期間|調査予定期間|調査期間|試験実施期間|試験期間|研究期間|実施期間|症例登録期間|患者登録期間|登録予定期間|登録期間|組入れ期間|組入期間\
|調査予定症例数|登録予定症例数|登録目標症例数|目標登録症例数|予定登録症例数|目標症例数|予定症例数|目標例数|予定例数|目標被験者数|予定被験者数|症例数|実施方式|調査方式|調査方法|実施方法|登録方式|登録方法\
|観察予定期間|観察期間|追跡期間|調査対象|対象患者|評価・報告の予定";

static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!(r"({LABELS})(?:\((?:予定|案)\))?[:>\]》]+")).ok());
static BARE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"^[・\-<\[①-⑳]*({LABELS})(?:\((?:予定|案)\))?(?:$|[0-9]|令和|平成)")).ok());

fn kind(label: &str) -> ItemKind {
    match label {
        l if l.contains("登録") && l.contains("期間") || l.starts_with("組入") => ItemKind::Registration,
        l if l.contains("観察") || l.contains("追跡") => ItemKind::Observation,
        l if l.contains("期間") => ItemKind::Period,
        l if l.ends_with("例数") || l.ends_with("者数") => ItemKind::Target,
        l if l.contains("方式") || l.contains("方法") => ItemKind::Method,
        "調査対象" | "対象患者" => ItemKind::Population,
        _ => ItemKind::Other,
    }
}

/// Reads 【実施計画】. None where the activity has none.
#[must_use]
pub fn schedule(activity: &Activity) -> Option<Schedule<'_>> {
    let body = &activity.part(Title::Plan)?.body;
    let text = body.as_str();
    // where a label's value begins; where a label stands
    let mut labels: Vec<(usize, usize, ItemKind)> = Vec::new();
    for found in LABEL.as_ref()?.captures_iter(text) {
        let (Some(all), Some(label)) = (found.get(0), found.get(1)) else { continue };
        labels.push((all.start(), all.end(), kind(label.as_str())));
    }
    for n in 0..body.starts.len() {
        let line = body.line(n);
        let words = &text[line.clone()];
        if let Some(label) = BARE.as_ref()?.captures(words).and_then(|c| c.get(1)) {
            labels.push((line.start + label.start(), line.start + label.end(), kind(label.as_str())));
        } else if let Some(colon) = words.find(':')
            && words[..colon].chars().count() <= 20
            && !words[..colon].contains(['。', '、', '「', '('])
        {
            // another label ends the value before it
            labels.push((line.start, line.start + colon + 1, ItemKind::Other));
        }
    }
    labels.sort_by_key(|l| (l.1, l.2 == ItemKind::Other));
    labels.dedup_by_key(|l| l.1);
    let value = |kind: ItemKind| {
        let at = labels.iter().position(|l| l.2 == kind)?;
        let end = labels.get(at + 1).map_or(text.len(), |next| next.0.max(labels[at].1));
        Some(labels[at].1..end)
    };
    let interval = |range: Option<Range<usize>>| {
        // of the value alone: 31日 and the label 目標症例数 after it are not 31日目
        let range = range?;
        let mut found = intervals(&text[range.clone()]).into_iter().next()?;
        for at in [&mut found.range, &mut found.from.range, &mut found.until.range] {
            *at = range.start + at.start..range.start + at.end;
        }
        Some(found)
    };
    Some(Schedule {
        text: &body.text,
        period: interval(value(ItemKind::Period)),
        registration: interval(value(ItemKind::Registration)),
        observation: value(ItemKind::Observation),
        target: value(ItemKind::Target),
        method: value(ItemKind::Method),
    })
}

/// An activity of 2 to 4 that states both a survey period and a registration period, neither ending before it begins.
pub struct Registered<'a> {
    /// 2, 3 or 4.
    pub section: Section,
    /// The activity.
    pub activity: &'a Activity,
    /// Its 【実施計画】.
    pub schedule: Schedule<'a>,
    /// 調査期間.
    pub period: Interval,
    /// 登録期間.
    pub registration: Interval,
}

/// The activities that register patients within a survey.
pub fn registered<'a>(published: &'a Published) -> impl Iterator<Item = Registered<'a>> {
    let activities = published.plans.iter().zip(PLANS).flat_map(|(plan, section)| plan.activities.iter().map(move |a| (section, a)));
    activities.filter_map(|(section, activity)| {
        let schedule = schedule(activity)?;
        let (period, registration) = (schedule.period.clone()?, schedule.registration.clone()?);
        let forward = !period.is_reversed() && !registration.is_reversed();
        forward.then_some(Registered { section, activity, schedule, period, registration })
    })
}

/// How long each patient is observed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// Where the length stands, with the smaller figure of a span such as 4～8年.
    pub range: Range<usize>,
    /// The length; the smaller one of a span.
    pub period: Period,
    /// False where it is 概ね, 最長 or the like, or where other lengths are stated beside it.
    pub plain: bool,
}

/// The observation period of a schedule. None where it is not a length.
#[must_use]
pub fn observation(schedule: &Schedule<'_>) -> Option<Observation> {
    let range = schedule.observation.clone()?;
    let mut found = observation_of(&schedule.text.as_str()[range.clone()])?;
    found.range = range.start + found.range.start..range.start + found.range.end;
    Some(found)
}

/// The observation period that a text states: the longest length of its first sentence, brackets left aside.
#[must_use]
pub fn observation_of(text: &str) -> Option<Observation> {
    let sentence = &text[..text.find('。').unwrap_or(text.len())];
    let depth_at = |at: usize| sentence[..at].matches('(').count() > sentence[..at].matches(')').count();
    let found: Vec<_> = find_periods(sentence).into_iter().filter(|p| !depth_at(p.range.start)).collect();
    let longest = found.iter().max_by_key(|p| days(p.period))?;
    let (mut range, mut period) = (longest.range.clone(), longest.period);
    let before = &sentence[..range.start];
    let mut plain = found.len() == 1;
    if let Some(span) = before.strip_suffix('~') {
        let digits = span.len() - span.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        if let Ok(smaller) = span[span.len() - digits..].parse::<u32>() {
            period.amount = smaller;
            range.start -= digits + 1;
            plain = false;
        }
    }
    let rough = ["概ね", "おおむね", "約", "およそ", "最長", "最大", "程度", "以上", "原則", "少なくとも", "可能な限り", "生後"];
    plain &= !rough.iter().any(|w| sentence.contains(w));
    Some(Observation { range, period, plain })
}

fn days(period: Period) -> u64 {
    u64::from(period.amount)
        * match period.unit {
            calendar::Unit::Years => 365,
            calendar::Unit::Months => 30,
            calendar::Unit::Weeks => 7,
            calendar::Unit::Days => 1,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn observations() {
        for (text, length, plain) in [
            ("投与開始から52週間(中止した患者は中止後24週間まで)", "52週", true),
            ("本剤投与開始後4~8年", "4年", false),
            ("3回目の再投与から24週間までとし、概ね2年間とする。中止例は中止1年後まで", "2年", false),
            ("2年間(投与中止例も含めて追跡)", "2年", true),
        ] {
            let found = observation_of(text).unwrap();
            assert_eq!((found.period.in_japanese().as_str(), found.plain), (length, plain), "{text}");
        }
        assert_eq!(observation_of("投与終了まで"), None);
    }
}
