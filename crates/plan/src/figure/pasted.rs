use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use statistics::percentage::half_up;

/// A percentage with its counts that was typed: `51.7%（30/58例）`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// The percentage as typed, in half-width digits.
    pub percentage: String,
    /// Numerator.
    pub x: u64,
    /// Denominator.
    pub n: u64,
    /// What is counted, as it is written with the counts; empty if nothing is.
    pub unit: String,
    /// How it is written.
    pub shape: Shape,
}

/// How a percentage and its counts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `51.7%（30/58例）`.
    PercentageFirst,
    /// `30/58例（51.7%）`, which a figure prints percentage first.
    CountsFirst,
    /// `58例中30例（51.7%）`.
    Among,
}

/// The shapes, with what their parts are: percentage `p`, numerator `x`, denominator `n`.
static SHAPES: LazyLock<Vec<(Shape, Regex)>> = LazyLock::new(|| {
    const UNIT: &str = "例|名|人|件";
    const COUNT: &str = "[0-9０-９]{1,9}";
    const PERCENTAGE: &str = "(?P<p>[0-9０-９]+(?:[.．][0-9０-９]+)?)[ 　]*[%％]";
    // 3/58例, 3例/58例
    let fraction = format!("(?P<x>{COUNT})(?:[ 　]*(?P<v>{UNIT}))?[ 　]*[/／][ 　]*(?P<n>{COUNT})(?:[ 　]*(?P<u>{UNIT}))?");
    [
        (Shape::PercentageFirst, format!("{PERCENTAGE}[ 　]*[（(][ 　]*{fraction}[ 　]*[）)]")),
        (Shape::CountsFirst, format!("{fraction}[ 　]*[（(][ 　]*{PERCENTAGE}[ 　]*[）)]")),
        (
            Shape::Among,
            format!(
                "(?P<n>{COUNT})[ 　]*(?P<u>{UNIT})(?:中|のうち)、?[ 　]*(?P<x>{COUNT})[ 　]*(?P<v>{UNIT})[ 　]*[（(][ 　]*{PERCENTAGE}[ 　]*[）)]"
            ),
        ),
    ]
    .into_iter()
    .filter_map(|(shape, pattern)| Some((shape, Regex::new(&pattern).ok()?)))
    .collect()
});

/// The typed percentages with counts of a text, outside of `{{ … }}`, in its order.
#[must_use]
pub fn pasted(text: &str) -> Vec<Pasted> {
    let mut all: Vec<Pasted> = SHAPES
        .iter()
        .flat_map(|(shape, pattern)| pattern.captures_iter(text).map(move |found| (*shape, found)))
        .filter_map(|(shape, found)| {
            let half = |part: &str| found.name(part).map(|m| terminology::Text::new(m.as_str(), 0).as_str().to_owned());
            let unit = |part: &str| found.name(part).map_or("", |unit| unit.as_str());
            // two units are none that a figure could print
            let (before, after) = (unit("v"), unit("u"));
            let unit = if before.is_empty() || before == after { after.to_owned() } else { format!("{before}{after}") };
            Some(Pasted {
                range: found.get(0)?.range(),
                unit,
                percentage: half("p")?,
                x: half("x")?.parse().ok()?,
                n: half("n")?.parse().ok()?,
                shape,
            })
        })
        .collect();
    all.sort_by_key(|found| found.range.start);
    all.dedup_by(|second, first| second.range.start < first.range.end);
    all
}

impl Pasted {
    /// The decimals typed.
    #[must_use]
    pub fn decimals(&self) -> u32 {
        self.percentage.split_once('.').map_or(0, |(_, decimals)| u32::try_from(decimals.len()).unwrap_or(u32::MAX))
    }

    /// The percentage that the counts give, with as many decimals; `None` for a denominator of 0.
    #[must_use]
    pub fn computed(&self) -> Option<String> {
        (self.decimals() <= 9).then(|| half_up(self.x, self.n, self.decimals())).flatten()
    }
}
