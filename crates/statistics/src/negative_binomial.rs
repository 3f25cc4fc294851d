//! The negative binomial distribution: cases of which each patient group has a rate of its own, drawn from a gamma distribution.
//!
//! It is given by the shape of that gamma distribution and by its mean; the variance is `mean + mean² / shape`.

use crate::beta;

/// `P(X <= k)`, precise where it is small; `NaN` unless the shape is positive and finite and the mean finite and not negative.
#[must_use]
pub fn cdf(k: u64, shape: f64, mean: f64) -> f64 {
    if !valid(shape, mean) {
        return f64::NAN;
    }
    let (failure, success) = parts(shape, mean);
    beta::tails_at(failure, success, k as f64 + 1.0, shape).1
}

/// `P(X >= k)`, precise where it is small; domain as for [`cdf`].
#[must_use]
pub fn survival(k: u64, shape: f64, mean: f64) -> f64 {
    if !valid(shape, mean) {
        return f64::NAN;
    }
    if k == 0 {
        return 1.0;
    }
    let (failure, success) = parts(shape, mean);
    beta::tails_at(failure, success, k as f64, shape).0
}

fn valid(shape: f64, mean: f64) -> bool {
    shape > 0.0 && mean >= 0.0 && (shape + mean).is_finite()
}

/// `mean / (shape + mean)` and what it leaves to 1.
fn parts(shape: f64, mean: f64) -> (f64, f64) {
    (mean / (shape + mean), shape / (shape + mean))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shape_one_is_geometric() {
        // P(X >= k) = (3/4)^k for a mean of 3
        for k in 0..60 {
            let expected = 0.75_f64.powi(k);
            assert!((survival(k as u64, 1.0, 3.0) / expected - 1.0).abs() < 1e-12, "{k}");
            assert!((cdf(k as u64, 1.0, 3.0) - (1.0 - 0.75 * expected)).abs() < 1e-14, "{k}");
        }
        assert_eq!((cdf(0, 2.0, 0.0), survival(1, 2.0, 0.0)), (1.0, 0.0));
        assert!(cdf(0, 0.0, 1.0).is_nan() && survival(3, 1.0, f64::INFINITY).is_nan());
    }
}
