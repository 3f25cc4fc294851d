//! The gamma distribution of the centres' rates, before and after a centre has enrolled.

use super::Centre;
use crate::{Interval, gamma};

/// The distribution of the rates of all centres: gamma with this shape and mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    shape: f64,
    mean: f64,
}

/// What is believed of the rate of one centre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CentreRate {
    /// Mean rate, in patients per unit of time.
    pub mean: f64,
    /// Shape of its gamma distribution; infinite where the rate counts as known.
    pub shape: f64,
}

impl Rates {
    /// Rates of a stated shape and mean: the coefficient of variation between centres is `1 / √shape`, and an infinite shape makes all
    /// centres equal. `None` unless both are positive and the mean is finite.
    #[must_use]
    pub fn new(shape: f64, mean: f64) -> Option<Self> {
        (shape > 0.0 && mean > 0.0 && mean.is_finite()).then_some(Self { shape, mean })
    }

    /// The shape; infinite where centres do not differ by more than chance.
    #[must_use]
    pub fn shape(&self) -> f64 {
        self.shape
    }

    /// The mean rate of a centre, in patients per unit of time.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// What is believed of the rate of a centre after what it has enrolled by `now`; of one that is not open yet, what is believed of all.
    #[must_use]
    pub fn of_centre(&self, centre: &Centre, now: f64) -> CentreRate {
        if self.shape == f64::INFINITY {
            return CentreRate { mean: self.mean, shape: self.shape };
        }
        let shape = self.shape + centre.enrolled as f64;
        CentreRate { mean: shape / (self.time() + centre.active(now)), shape }
    }

    /// The rate parameter of the gamma distribution, which is a time: as much of it the prior weighs.
    pub(super) fn time(&self) -> f64 {
        self.shape / self.mean
    }
}

impl CentreRate {
    /// Variance of the rate.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.mean * self.mean / self.shape
    }

    /// Limits that hold the rate with this probability, each side leaving out half of the rest; both are the mean where the rate counts
    /// as known. `None` for a level outside (0, 1).
    #[must_use]
    pub fn limits(&self, level: f64) -> Option<Interval> {
        if !(level > 0.0 && level < 1.0) {
            return None;
        }
        if self.shape == f64::INFINITY {
            return Some(Interval { lower: self.mean, upper: self.mean });
        }
        let (error, unit) = (0.5 * (1.0 - level), self.mean / self.shape);
        Some(Interval { lower: gamma::quantile(error, self.shape) * unit, upper: gamma::upper_quantile(error, self.shape) * unit })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_centre_enrolled_moves_its_rate() {
        // Before: mean 0.5, shape 2, a time of 4. After 6 patients in a time of 8: shape 8, time 12.
        let rates = Rates::new(2.0, 0.5).unwrap();
        let centre = Centre { opening: 2.0, closing: None, enrolled: 6 };
        let after = rates.of_centre(&centre, 10.0);
        assert!((after.mean - 8.0 / 12.0).abs() < 1e-15 && after.shape == 8.0 && (after.variance() - 8.0 / 144.0).abs() < 1e-15);
        assert!(after.limits(0.95).unwrap().contains(after.mean) && after.limits(1.0).is_none());
        assert_eq!(rates.of_centre(&Centre { opening: 12.0, closing: None, enrolled: 0 }, 10.0), CentreRate { mean: 0.5, shape: 2.0 });
        let known = Rates::new(f64::INFINITY, 0.5).unwrap().of_centre(&centre, 10.0);
        assert_eq!((known.mean, known.variance(), known.limits(0.95)), (0.5, 0.0, Some(Interval { lower: 0.5, upper: 0.5 })));
        assert!(Rates::new(0.0, 1.0).is_none() && Rates::new(1.0, 0.0).is_none() && Rates::new(1.0, f64::INFINITY).is_none());
    }
}
