//! The Poisson distribution: cases in a given exposure, with this mean.

use std::f64::consts::PI;

use crate::gamma::{self, half_deviance, stirling_error};

/// `P(X = k)`; `NaN` unless the mean is finite and not negative.
#[must_use]
pub fn probability(k: u64, mean: f64) -> f64 {
    if !valid(mean) {
        return f64::NAN;
    }
    if k == 0 {
        return (-mean).exp();
    }
    if mean == 0.0 {
        return 0.0;
    }
    let cases = k as f64;
    let exponent = -stirling_error(cases) - half_deviance(cases, mean, cases - mean);
    exponent.exp() / (2.0 * PI * cases).sqrt()
}

/// `P(X <= k)`.
#[must_use]
pub fn cdf(k: u64, mean: f64) -> f64 {
    if valid(mean) { gamma::survival(mean, k as f64 + 1.0) } else { f64::NAN }
}

/// `P(X >= k)`.
#[must_use]
pub fn survival(k: u64, mean: f64) -> f64 {
    if !valid(mean) {
        f64::NAN
    } else if k == 0 {
        1.0
    } else {
        gamma::cdf(mean, k as f64)
    }
}

fn valid(mean: f64) -> bool {
    mean.is_finite() && mean >= 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_add_up() {
        for mean in [0.0, 0.01, 1.0, 7.3, 250.0] {
            let mut sum = 0.0;
            for k in 0..400 {
                assert!((sum + survival(k, mean) - 1.0).abs() < 1e-13, "{k} {mean}");
                sum += probability(k, mean);
                assert!((sum - cdf(k, mean)).abs() < 1e-13, "{k} {mean}");
            }
        }
        assert!(cdf(1, -1.0).is_nan());
    }
}
