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
}

static SHAPE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"([0-9０-９]+(?:[.．][0-9０-９]+)?)[ 　]*[%％][ 　]*[（(][ 　]*([0-9０-９]{1,9})[ 　]*[/／][ 　]*([0-9０-９]{1,9})[ 　]*例?[ 　]*[）)]").ok()
});

/// The typed percentages with counts of a text, outside of `{{ … }}`.
#[must_use]
pub fn pasted(text: &str) -> Vec<Pasted> {
    let Some(shape) = SHAPE.as_ref() else { return Vec::new() };
    shape
        .captures_iter(text)
        .filter_map(|found| {
            let half = |index: usize| found.get(index).map(|m| terminology::Text::new(m.as_str(), 0).as_str().to_owned());
            Some(Pasted { range: found.get(0)?.range(), percentage: half(1)?, x: half(2)?.parse().ok()?, n: half(3)?.parse().ok()? })
        })
        .collect()
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
