//! Sample sizes from a wished precision: the half width of a two-sided confidence interval.

use super::{ceiling, inside};
use crate::normal;

/// The two-sided normal quantile of a level; `None` unless it lies strictly between 0 and 1.
fn two_sided(level: f64) -> Option<f64> {
    inside(level).then(|| -normal::quantile(0.5 * (1.0 - level)))
}

/// Smallest `n` with which the normal (Wald) interval of an expected proportion `p` is at most `±d`:
/// `z² p (1 − p) / d²`, rounded up.
///
/// `None` unless `p` and `level` lie strictly between 0 and 1, `d` is positive and the answer is below 2⁵³.
#[must_use]
pub fn for_proportion_half_width(p: f64, d: f64, level: f64) -> Option<u64> {
    if !inside(p) {
        return None;
    }
    for_mean_half_width((p * (1.0 - p)).sqrt(), d, level)
}

/// Smallest `n` with which the interval of a mean is at most `±d`, given the standard deviation of one patient in the same
/// unit: `(z sd / d)²`, rounded up.
///
/// `None` unless `sd` and `d` are positive, `level` lies strictly between 0 and 1 and the answer is below 2⁵³.
#[must_use]
pub fn for_mean_half_width(sd: f64, d: f64, level: f64) -> Option<u64> {
    if !(sd > 0.0 && d > 0.0) {
        return None;
    }
    let root = two_sided(level)? * (sd / d);
    ceiling(root * root).map(|n| n.max(1))
}

/// Half width of the normal (Wald) interval of a proportion `p` seen in `n` patients.
///
/// `None` for `n = 0`, `p` outside `[0, 1]` or `level` outside `(0, 1)`.
#[must_use]
pub fn half_width_of_proportion(p: f64, n: u64, level: f64) -> Option<f64> {
    if n == 0 || !(0.0..=1.0).contains(&p) {
        return None;
    }
    Some(two_sided(level)? * (p * (1.0 - p) / n as f64).sqrt())
}

/// Half width of the normal interval of a mean of `n` patients, in the unit of `sd`.
///
/// `None` for `n = 0`, a negative `sd` or `level` outside `(0, 1)`.
#[must_use]
pub fn half_width_of_mean(sd: f64, n: u64, level: f64) -> Option<f64> {
    if n == 0 || !sd.is_finite() || sd < 0.0 {
        return None;
    }
    Some(two_sided(level)? * sd / (n as f64).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn textbook_sizes() {
        // 1.96² × 0.25 / 0.05² = 384.15; 1.96² × 0.09 / 0.05² = 138.3
        assert_eq!(for_proportion_half_width(0.5, 0.05, 0.95), Some(385));
        assert_eq!(for_proportion_half_width(0.1, 0.05, 0.95), Some(139));
        // (1.96 × 15 / 3)² = 96.04
        assert_eq!(for_mean_half_width(15.0, 3.0, 0.95), Some(97));
        assert_eq!(for_mean_half_width(0.001, 3.0, 0.95), Some(1));
        assert_eq!(for_mean_half_width(1.0, f64::NAN, 0.95), None);
        assert_eq!(for_mean_half_width(1.0, 1e-20, 0.95), None);
    }

    #[test]
    fn the_size_has_the_width() {
        for p in [0.01, 0.1, 0.5, 0.93] {
            for d in [0.001, 0.02, 0.1] {
                let n = for_proportion_half_width(p, d, 0.95).unwrap();
                assert!(half_width_of_proportion(p, n, 0.95).unwrap() <= d);
                assert!(n == 1 || half_width_of_proportion(p, n - 1, 0.95).unwrap() > d);
            }
        }
    }
}
