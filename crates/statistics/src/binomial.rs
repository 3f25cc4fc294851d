//! The binomial distribution: `n` patients, each a case with probability `p`.

use std::f64::consts::PI;

use crate::beta;
use crate::gamma::{half_deviance, stirling_error};

/// `P(X = k)`; 0 for `k > n`, `NaN` unless `0 <= p <= 1`.
#[must_use]
pub fn probability(k: u64, n: u64, p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if k > n {
        return 0.0;
    }
    let (q, size) = (1.0 - p, n as f64);
    if k == 0 {
        return if n == 0 { 1.0 } else { (size * (-p).ln_1p()).exp() };
    }
    if k == n {
        return (size * ln_of(p, q)).exp();
    }
    if p == 0.0 || q == 0.0 {
        return 0.0;
    }
    let (cases, others) = (k as f64, (n - k) as f64);
    let difference = if p <= q { size.mul_add(-p, cases) } else { size.mul_add(q, -others) };
    let exponent = (stirling_error(size) - stirling_error(cases) - stirling_error(others))
        - half_deviance(cases, size * p, difference)
        - half_deviance(others, size * q, -difference);
    (size / (2.0 * PI * cases) / others).sqrt() * exponent.exp()
}

/// `ln P(X = k)`, where the probability itself may be too small for a double; domain as for [`probability`].
#[must_use]
pub fn ln_probability(k: u64, n: u64, p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let (q, size) = (1.0 - p, n as f64);
    if k > n || (p == 0.0 && k > 0) || (q == 0.0 && k < n) {
        f64::NEG_INFINITY
    } else if n == 0 {
        0.0
    } else if k == 0 {
        size * (-p).ln_1p()
    } else if k == n {
        size * ln_of(p, q)
    } else {
        let (cases, others) = (k as f64, (n - k) as f64);
        let difference = if p <= q { size.mul_add(-p, cases) } else { size.mul_add(q, -others) };
        0.5 * (size / (2.0 * PI * cases) / others).ln() + (stirling_error(size) - stirling_error(cases) - stirling_error(others))
            - half_deviance(cases, size * p, difference)
            - half_deviance(others, size * q, -difference)
    }
}

/// `ln p`, from `q = 1 − p` where that is finer.
fn ln_of(p: f64, q: f64) -> f64 {
    if p > 0.5 { (-q).ln_1p() } else { p.ln() }
}

/// `P(X <= k)`: at most `k` cases, precise where it is small.
#[must_use]
pub fn cdf(k: u64, n: u64, p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        f64::NAN
    } else if k >= n {
        1.0
    } else {
        let (a, b) = parameters(k, n);
        beta::tails_at(p, 1.0 - p, a, b).1
    }
}

/// `P(X >= k)`: at least `k` cases, precise where it is small.
#[must_use]
pub fn survival(k: u64, n: u64, p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        f64::NAN
    } else if k == 0 {
        1.0
    } else if k > n {
        0.0
    } else {
        let (a, b) = parameters(k - 1, n);
        beta::tails_at(p, 1.0 - p, a, b).0
    }
}

/// The beta distribution whose lower tail at `p` is `P(X > k)`, for `k < n`.
fn parameters(k: u64, n: u64) -> (f64, f64) {
    ((k + 1) as f64, (n - k) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_cases_by_hand() {
        assert!((probability(2, 4, 0.5) - 0.375).abs() < 1e-16);
        assert!((cdf(1, 3, 0.5) - 0.5).abs() < 1e-15);
        assert!((survival(3, 3, 0.1) - 0.001).abs() < 1e-17);
        assert_eq!(probability(0, 0, 0.3), 1.0);
        assert_eq!(probability(5, 4, 0.3), 0.0);
        assert_eq!((probability(0, 9, 0.0), probability(9, 9, 1.0), probability(3, 9, 1.0)), (1.0, 1.0, 0.0));
        assert_eq!((cdf(3, 9, 0.0), cdf(3, 9, 1.0), survival(3, 9, 1.0)), (1.0, 0.0, 1.0));
        assert_eq!((cdf(u64::MAX, u64::MAX, 0.5), survival(u64::MAX, 3, 0.5)), (1.0, 0.0));
        assert!(cdf(1, 2, f64::NAN).is_nan());
    }

    #[test]
    fn logarithms_are_those_of_the_probabilities() {
        for (k, n, p) in [(0, 0, 0.3), (0, 7, 0.3), (7, 7, 0.3), (3, 7, 0.3), (40, 1000, 0.9), (2, 9, 0.0), (9, 9, 1.0), (10, 9, 0.5)] {
            let (direct, by_logarithm) = (probability(k, n, p), ln_probability(k, n, p).exp());
            assert!((direct - by_logarithm).abs() <= 1e-13 * direct, "{k} {n} {p}: {direct} {by_logarithm}");
        }
        assert!(ln_probability(1, 2, 1.5).is_nan());
    }

    #[test]
    fn probabilities_add_up() {
        for (n, p) in [(1, 0.2), (30, 0.01), (100, 0.5), (400, 0.97)] {
            let mut sum = 0.0;
            for k in 0..=n {
                sum += probability(k, n, p);
                assert!((sum - cdf(k, n, p)).abs() < 1e-13, "{k} {n} {p}");
            }
        }
    }
}
