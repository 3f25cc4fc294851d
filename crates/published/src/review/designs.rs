//! Sample sizes and expectations as the rationale of a plan words them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use terminology::Text;

use super::Context;
use super::activities::PLANS;
use super::periods::{Schedule, schedule, sentences, whole};
use crate::heading::{Section, Title};
use crate::model::{Activity, Count};

/// A rationale under review.
pub struct Rationale<'a> {
    /// Its text.
    pub text: &'a Text,
    /// Its sentences.
    pub sentences: Vec<Range<usize>>,
    /// The activity.
    pub activity: &'a Activity,
    /// Section 2 or 3.
    pub section: Section,
}

impl<'a> Rationale<'a> {
    /// What 【実施計画】 says.
    #[must_use]
    pub fn schedule(&self) -> Option<Schedule<'a>> {
        schedule(self.activity)
    }

    /// The numbers of patients that 目標症例数 states.
    #[must_use]
    pub fn targets(&self) -> Vec<u64> {
        let Some(plan) = self.schedule() else { return Vec::new() };
        let Some(target) = plan.target.clone() else { return Vec::new() };
        patients(&plan.text.as_str()[target]).into_iter().map(|p| p.0).collect()
    }
}

/// The rationales of all plans.
#[must_use]
pub fn rationales<'a>(context: &Context<'a>) -> Vec<Rationale<'a>> {
    let mut all = Vec::new();
    for (plan, section) in context.published.plans.iter().zip(PLANS).take(2) {
        for activity in &plan.activities {
            for part in activity.parts.iter().filter(|p| matches!(p.title, Title::Rationale | Title::TargetRationale)) {
                let text = &part.body.text;
                all.push(Rationale { text, sentences: sentences(text.as_str()), activity, section });
            }
        }
    }
    all
}

static PERCENTAGE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"([0-9]+(?:\.[0-9]+)?)%").ok());
static PATIENTS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"([0-9][0-9,]*)(?:症例|例|人|名)").ok());

/// A percentage with its place, and whether it is that of an event rather than of a test or an interval.
#[derive(Clone, Debug)]
pub struct Percentage {
    /// As a share.
    pub share: f64,
    /// As printed.
    pub printed: String,
    /// Where it stands.
    pub range: Range<usize>,
    /// True for the frequency of an event.
    pub event: bool,
}

/// The percentages of a text.
#[must_use]
pub fn percentages(text: &str) -> Vec<Percentage> {
    let Some(shape) = PERCENTAGE.as_ref() else { return Vec::new() };
    shape
        .captures_iter(text)
        .filter_map(|c| {
            let (all, digits) = (c.get(0)?, c.get(1)?);
            let value: f64 = digits.as_str().parse().ok()?;
            let (before, after) = (&text[..all.start()], &text[all.end()..]);
            let test = ["の確率", "の信頼", "信頼", "の検出力", "の可能性", "の精度"].iter().any(|w| after.starts_with(w))
                || [
                    "検出力",
                    "検出力は",
                    "検出力を",
                    "有意水準",
                    "有意水準は",
                    "片側",
                    "両側",
                    "脱落率",
                    "脱落率は",
                    "脱落率を",
                    "中止率",
                    "±",
                    "確率は",
                    "信頼度",
                    "解析除外率",
                    "確率が",
                ]
                .iter()
                .any(|w| before.ends_with(w));
            Some(Percentage {
                share: value / 100.0,
                printed: digits.as_str().to_owned(),
                range: all.range(),
                event: !test && value > 0.0 && value < 100.0,
            })
        })
        .collect()
}

/// The numbers of patients in a text.
#[must_use]
pub fn patients(text: &str) -> Vec<(u64, Range<usize>)> {
    let Some(shape) = PATIENTS.as_ref() else { return Vec::new() };
    shape.captures_iter(text).filter_map(|c| Some((whole(c.get(1)?.as_str())?, c.get(0)?.range()))).collect()
}

/// A percentage as exactly as the document knows it: from the counts in the brackets after it, 5.3%（1/19例）, else as printed.
#[must_use]
pub fn exact(context: &Context<'_>, percentage: &Percentage, after: &str) -> f64 {
    let counts = |c: &Count| c.denominator > 0 && c.percentage.as_deref() == Some(percentage.printed.as_str());
    let Some(inner) = after.strip_prefix('(').and_then(|a| a.split(')').next()) else { return percentage.share };
    context
        .published
        .prose
        .counts
        .iter()
        .filter(|c| counts(c))
        .find(|c| inner == format!("{}/{}例", c.numerator, c.denominator) || inner == format!("{}/{}", c.numerator, c.denominator))
        .map_or(percentage.share, |c| c.numerator as f64 / c.denominator as f64)
}

/// A share for people: 84.9.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}
