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
    /// How it is written.
    pub shape: Shape,
}

/// How a percentage and its counts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `51.7%（30/58例）`.
    PercentageFirst,
    /// `30/58例（51.7%）`, which no figure prints.
    CountsFirst,
    /// `58例中30例（51.7%）`.
    Among,
}

/// The shapes, with what their parts are: percentage `p`, numerator `x`, denominator `n`.
static SHAPES: LazyLock<Vec<(Shape, Regex)>> = LazyLock::new(|| {
    const COUNT: &str = "[0-9０-９]{1,9}";
    const PERCENTAGE: &str = "(?P<p>[0-9０-９]+(?:[.．][0-9０-９]+)?)[ 　]*[%％]";
    const UNIT: &str = "[ 　]*(?:例|名|人|件)";
    [
        (
            Shape::PercentageFirst,
            format!("{PERCENTAGE}[ 　]*[（(][ 　]*(?P<x>{COUNT})[ 　]*[/／][ 　]*(?P<n>{COUNT})(?:{UNIT})?[ 　]*[）)]"),
        ),
        (Shape::CountsFirst, format!("(?P<x>{COUNT})[ 　]*[/／][ 　]*(?P<n>{COUNT})(?:{UNIT})?[ 　]*[（(][ 　]*{PERCENTAGE}[ 　]*[）)]")),
        (Shape::Among, format!("(?P<n>{COUNT}){UNIT}中[ 　]*(?P<x>{COUNT}){UNIT}[ 　]*[（(][ 　]*{PERCENTAGE}[ 　]*[）)]")),
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
            Some(Pasted {
                range: found.get(0)?.range(),
                percentage: half("p")?,
                x: half("x")?.parse().ok()?,
                n: half("n")?.parse().ok()?,
                shape,
            })
        })
        .collect();
    all.sort_by_key(|found| found.range.start);
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
