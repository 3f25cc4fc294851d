//! Confidence intervals for a proportion and for a count, and limits on one side alone.

use crate::{beta, gamma, normal};

/// Lower and upper confidence limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower limit, in the unit of what is estimated: a proportion, or a number of cases.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
}

impl Interval {
    /// Whether `value` lies between the limits or on one of them.
    #[must_use]
    pub fn contains(&self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }
}

/// Half of what the level leaves out; `None` unless the level lies strictly between 0 and 1.
fn half_error(level: f64) -> Option<f64> {
    (level > 0.0 && level < 1.0).then_some(0.5 * (1.0 - level))
}

/// The arguments every interval of a proportion shares: `x` of `n`, `1 <= n`, `x <= n`.
fn arguments(x: u64, n: u64, level: f64) -> Option<f64> {
    if n == 0 || x > n { None } else { half_error(level) }
}

/// Exact interval of Clopper and Pearson (*Biometrika* 26, 1934) for `x` cases of `n`, as proportions.
///
/// `level` is the confidence level, such as 0.95; each side has half of the remaining error. The lower limit is
/// exactly 0 for `x = 0`, the upper exactly 1 for `x = n`. `None` for `n = 0`, `x > n` or a level outside (0, 1).
#[must_use]
pub fn clopper_pearson(x: u64, n: u64, level: f64) -> Option<Interval> {
    let error = arguments(x, n, level)?;
    let (cases, others) = (x as f64, (n - x) as f64);
    let lower = if x == 0 { 0.0 } else { beta::quantile(error, cases, others + 1.0) };
    let upper = if x == n { 1.0 } else { beta::upper_quantile(error, cases + 1.0, others) };
    Some(Interval { lower, upper })
}

/// Wilson's score interval (*Journal of the American Statistical Association* 22, 1927), without continuity correction.
///
/// Arguments and domain as for [`clopper_pearson`].
#[must_use]
pub fn wilson(x: u64, n: u64, level: f64) -> Option<Interval> {
    let z = -normal::quantile(arguments(x, n, level)?);
    Some(Interval { lower: wilson_lower(x, n, z), upper: 1.0 - wilson_lower(n - x, n, z) })
}

/// The smaller root of the score equation, by way of the larger one, so that small limits keep their digits.
fn wilson_lower(x: u64, n: u64, z: f64) -> f64 {
    if x == 0 {
        return 0.0;
    }
    let (cases, others, size) = (x as f64, (n - x) as f64, n as f64);
    let half = 0.5 * z * z;
    let root = z * (cases / size * others + 0.5 * half).sqrt();
    cases / size * (cases / (cases + half + root))
}

/// The textbook normal (Wald) interval, `x/n ± z √(p(1−p)/n)`.
///
/// The limits are given as the formula has them: below 0 or above 1 where the approximation fails. Arguments and domain
/// as for [`clopper_pearson`].
#[must_use]
pub fn wald(x: u64, n: u64, level: f64) -> Option<Interval> {
    let z = -normal::quantile(arguments(x, n, level)?);
    let (cases, others, size) = (x as f64, (n - x) as f64, n as f64);
    let half = z * (cases / size * (others / size) / size).sqrt();
    Some(Interval { lower: cases / size - half, upper: cases / size + half })
}

/// Exact interval for the mean of a Poisson distribution of which `count` cases were seen (Garwood, *Biometrika* 28,
/// 1936), in cases; divide by the exposure for a rate. `None` for a level outside (0, 1).
#[must_use]
pub fn poisson_exact(count: u64, level: f64) -> Option<Interval> {
    let error = half_error(level)?;
    let cases = count as f64;
    let lower = if count == 0 { 0.0 } else { gamma::quantile(error, cases) };
    Some(Interval { lower, upper: gamma::upper_quantile(error, cases + 1.0) })
}

/// What the level leaves out; `None` unless the level lies strictly between 0 and 1.
fn error(level: f64) -> Option<f64> {
    (level > 0.0 && level < 1.0).then_some(1.0 - level)
}

/// Exact lower limit for `x` cases of `n`, all of the error on its side: with this level the proportion is at least so large. Domain as
/// for [`clopper_pearson`].
#[must_use]
pub fn clopper_pearson_lower(x: u64, n: u64, level: f64) -> Option<f64> {
    arguments(x, n, level)?;
    Some(if x == 0 { 0.0 } else { beta::quantile(error(level)?, x as f64, (n - x) as f64 + 1.0) })
}

/// Exact upper limit for `x` cases of `n`, all of the error on its side: with this level the proportion is at most so large. For `x =
/// 0` and 0.95 it is near 3/n. Domain as for [`clopper_pearson`].
#[must_use]
pub fn clopper_pearson_upper(x: u64, n: u64, level: f64) -> Option<f64> {
    arguments(x, n, level)?;
    Some(if x == n { 1.0 } else { beta::upper_quantile(error(level)?, x as f64 + 1.0, (n - x) as f64) })
}

/// Exact lower limit for the mean of a Poisson distribution of which `count` cases were seen, all of the error on its side. Domain as
/// for [`poisson_exact`].
#[must_use]
pub fn poisson_exact_lower(count: u64, level: f64) -> Option<f64> {
    let error = error(level)?;
    Some(if count == 0 { 0.0 } else { gamma::quantile(error, count as f64) })
}

/// Exact upper limit for the mean of a Poisson distribution of which `count` cases were seen, all of the error on its side. Domain as
/// for [`poisson_exact`].
#[must_use]
pub fn poisson_exact_upper(count: u64, level: f64) -> Option<f64> {
    Some(gamma::upper_quantile(error(level)?, count as f64 + 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_sample() {
        assert!(clopper_pearson(0, 0, 0.95).is_none());
        assert!(clopper_pearson(3, 2, 0.95).is_none());
        assert!(wilson(1, 2, 1.0).is_none());
        assert!(wald(1, 2, f64::NAN).is_none());
        assert!(poisson_exact(1, 0.0).is_none());
    }

    #[test]
    fn nothing_runs_for_ever() {
        for n in [u64::MAX, 1 << 53, 10_u64.pow(12), 10_000_000] {
            for x in [0, 1, n / 3, n / 2, n - 1, n] {
                let exact = clopper_pearson(x, n, 0.95).unwrap();
                let score = wilson(x, n, 0.95).unwrap();
                assert!((exact.lower - score.lower).abs() < 2e-7 && (exact.upper - score.upper).abs() < 2e-7);
                assert!(poisson_exact(x, 0.95).unwrap().contains(x as f64));
            }
        }
    }
}
