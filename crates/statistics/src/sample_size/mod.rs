//! Sample sizes as plans of surveys and trials state them, by the stated method and exactly.

mod detection;
mod exact;
mod precision;
mod proportion;

pub use detection::{expected_cases, probability_to_detect, probability_to_detect_one, to_detect, to_detect_one};
pub use exact::{ExactSize, ExactTest, exact_test, exact_test_at, one_proportion_exact, one_proportion_exact_sizes};
pub use precision::{for_mean_half_width, for_proportion_half_width, half_width_of_mean, half_width_of_proportion};
pub use proportion::{
    NormalVariant, one_proportion, power_of_one_proportion, two_proportions, two_proportions_corrected, two_proportions_unpooled,
};

use crate::normal;

/// Whether a test rejects in one direction or in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sides {
    /// One-sided: all of the error lies on the side of the alternative.
    One,
    /// Two-sided: half of the error lies on each side.
    Two,
}

impl Sides {
    /// The error allowed on the side of the alternative.
    #[must_use]
    pub fn share(self, alpha: f64) -> f64 {
        match self {
            Self::One => alpha,
            Self::Two => 0.5 * alpha,
        }
    }
}

/// A sample size as a formula gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// The value of the formula.
    pub exact: f64,
    /// The next whole number of patients, at least 1.
    pub n: u64,
}

impl Size {
    /// `None` unless the value is finite, positive and below 2⁵³.
    fn of(exact: f64) -> Option<Self> {
        (exact > 0.0).then(|| ceiling(exact)).flatten().map(|n| Self { exact, n: n.max(1) })
    }
}

/// Relative rounding error forgiven at a boundary: far more than arithmetic makes, far less than any figure states.
const FORGIVEN: f64 = 1e-12;
/// Whole numbers above this are not all representable as a double.
const LARGEST: f64 = 9_007_199_254_740_992.0;

/// The next whole number, taking for whole what is so but for rounding; `None` if negative or 2⁵³ and more.
fn ceiling(value: f64) -> Option<u64> {
    if !(0.0..LARGEST).contains(&value) {
        return None;
    }
    let nearest = value.round();
    let whole = if (value - nearest).abs() <= FORGIVEN * nearest { nearest } else { value.ceil() };
    Some(whole as u64)
}

/// Whether `p` lies strictly between 0 and 1.
fn inside(p: f64) -> bool {
    p > 0.0 && p < 1.0
}

/// The normal quantiles of a one-directional error and of a power; `None` unless the power exceeds the error.
fn quantiles(error: f64, power: f64) -> Option<(f64, f64)> {
    (inside(error) && inside(power) && power > error).then(|| (-normal::quantile(error), normal::quantile(power)))
}
