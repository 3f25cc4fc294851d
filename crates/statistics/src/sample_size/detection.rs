//! Detecting a rare event: so many patients that at least one case, or at least `k`, is seen with a given probability
//! (検出確率).

use super::{FORGIVEN, ceiling, inside};
use crate::binomial;

/// [`to_detect`] looks no further than this many patients.
const MAXIMUM: u64 = 1_000_000_000_000;

/// Expected number of cases among `n` patients, `n p`.
#[must_use]
pub fn expected_cases(p: f64, n: u64) -> f64 {
    p * n as f64
}

/// Smallest `n` with `1 − (1 − p)ⁿ >= probability`: `ln(1 − probability) / ln(1 − p)`, rounded up.
///
/// A quotient that is whole but for rounding (such as `p = 0.1`, `probability = 0.19`, which is 2) is taken as whole.
/// `None` unless both lie strictly between 0 and 1 and the answer is below 2⁵³.
#[must_use]
pub fn to_detect_one(p: f64, probability: f64) -> Option<u64> {
    if !inside(p) || !inside(probability) {
        return None;
    }
    ceiling((-probability).ln_1p() / (-p).ln_1p()).map(|n| n.max(1))
}

/// Probability of at least one case among `n` patients, `1 − (1 − p)ⁿ`; `NaN` unless `0 <= p <= 1`.
#[must_use]
pub fn probability_to_detect_one(p: f64, n: u64) -> f64 {
    probability_to_detect(1, p, n)
}

/// Probability of at least `k` cases among `n` patients; `NaN` unless `0 <= p <= 1`.
#[must_use]
pub fn probability_to_detect(k: u64, p: f64, n: u64) -> f64 {
    if k == 1 && n > 0 && (0.0..1.0).contains(&p) {
        return -(n as f64 * (-p).ln_1p()).exp_m1();
    }
    binomial::survival(k, n, p)
}

/// Smallest `n` with which at least `k` cases are seen with this probability.
///
/// `None` unless `k >= 1`, both probabilities lie strictly between 0 and 1 and the answer is at most 10¹².
#[must_use]
pub fn to_detect(k: u64, p: f64, probability: f64) -> Option<u64> {
    if k <= 1 {
        return if k == 1 { to_detect_one(p, probability) } else { None };
    }
    if !inside(p) || !inside(probability) {
        return None;
    }
    let missed = (1.0 - probability) * (1.0 + FORGIVEN);
    let enough = |n: u64| binomial::cdf(k - 1, n, p) <= missed;
    // The probability grows with n: double until enough, then halve the interval.
    let mut low = k - 1;
    let mut high = k;
    while !enough(high) {
        if high >= MAXIMUM {
            return None;
        }
        low = high;
        high = high.saturating_mul(2).min(MAXIMUM);
    }
    while high - low > 1 {
        let middle = low.midpoint(high);
        if enough(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_sizes() {
        assert_eq!(to_detect_one(0.1, 0.95), Some(29));
        assert_eq!(to_detect_one(0.01, 0.9), Some(230));
        assert_eq!(to_detect_one(0.003, 0.95), Some(998));
        assert_eq!(to_detect_one(0.001, 0.95), Some(2995));
        assert_eq!(to_detect(0, 0.1, 0.9), None);
        assert_eq!(to_detect(2, 0.01, 0.95), Some(473));
        assert_eq!(to_detect(u64::MAX, 0.5, 0.95), None);
        assert_eq!(to_detect(3, 1e-300, 0.95), None);
    }

    #[test]
    fn boundaries_are_not_rounded_away() {
        for (p, probability, n) in [(0.1, 0.19, 2), (0.1, 0.271, 3), (0.2, 0.36, 2), (0.5, 0.9375, 4), (0.3, 0.3, 1), (0.9, 0.99, 2)] {
            assert_eq!(to_detect_one(p, probability), Some(n), "{p} {probability}");
        }
        assert_eq!(to_detect_one(0.5, 1e-9), Some(1));
        // Two cases in two patients: p².
        assert_eq!(to_detect(2, 0.3, 0.09), Some(2));
    }

    #[test]
    fn the_size_is_the_first_that_is_enough() {
        for p in [0.5, 0.09, 0.003, 1e-5] {
            for probability in [0.8, 0.9, 0.95, 0.99] {
                for k in [1, 2, 5, 40] {
                    let n = to_detect(k, p, probability).unwrap();
                    assert!(probability_to_detect(k, p, n) >= probability - 1e-12, "{k} {p} {probability}");
                    assert!(probability_to_detect(k, p, n - 1) < probability, "{k} {p} {probability}");
                }
            }
        }
    }
}
