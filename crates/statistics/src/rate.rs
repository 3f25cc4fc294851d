//! A rate: cases per time under observation, such as events per patient-year.

use crate::interval::{self, Interval};

/// A rate with its exact limits, in cases per unit of the time given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Cases divided by time.
    pub estimate: f64,
    /// Exact limits of both sides (Garwood, *Biometrika* 28, 1936).
    pub limits: Interval,
}

impl Rate {
    /// The same rate per so many units of time: `per(100.0)` of a rate per patient-year is that per 100 patient-years.
    #[must_use]
    pub fn per(self, units: f64) -> Self {
        let Interval { lower, upper } = self.limits;
        Self { estimate: self.estimate * units, limits: Interval { lower: lower * units, upper: upper * units } }
    }
}

/// The rate of `count` cases in `time` under observation, all patients together.
///
/// `level` is that of the two-sided limits. The lower limit is exactly 0 for no case. `None` unless the time is positive and finite and
/// the level lies strictly between 0 and 1.
#[must_use]
pub fn rate(count: u64, time: f64, level: f64) -> Option<Rate> {
    let limits = interval::poisson_exact(count, level)?;
    observed(time)?;
    Some(Rate { estimate: count as f64 / time, limits: Interval { lower: limits.lower / time, upper: limits.upper / time } })
}

/// The exact lower limit of a rate with all of the error on its side; domain as for [`rate`].
#[must_use]
pub fn lower(count: u64, time: f64, level: f64) -> Option<f64> {
    observed(time)?;
    Some(interval::poisson_exact_lower(count, level)? / time)
}

/// The exact upper limit of a rate with all of the error on its side: after no case in `time`, near `3 / time` for 0.95. Domain as for
/// [`rate`].
#[must_use]
pub fn upper(count: u64, time: f64, level: f64) -> Option<f64> {
    observed(time)?;
    Some(interval::poisson_exact_upper(count, level)? / time)
}

fn observed(time: f64) -> Option<()> {
    (time > 0.0 && time.is_finite()).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_case_leaves_the_upper_limit() {
        let none = rate(0, 1000.0, 0.95).unwrap();
        assert_eq!((none.estimate, none.limits.lower), (0.0, 0.0));
        assert!((none.per(1000.0).limits.upper - 3.688_879_454_113_936).abs() < 1e-14);
        assert!((upper(0, 1000.0, 0.95).unwrap() * 1000.0 - 2.995_732_273_553_991).abs() < 1e-14);
        assert_eq!(lower(0, 1000.0, 0.95), Some(0.0));
    }

    #[test]
    fn refuses_what_is_no_time() {
        for time in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(rate(1, time, 0.95).is_none() && lower(1, time, 0.95).is_none() && upper(1, time, 0.95).is_none());
        }
        assert!(rate(1, 1.0, 1.0).is_none() && upper(1, 1.0, 0.0).is_none());
    }
}
