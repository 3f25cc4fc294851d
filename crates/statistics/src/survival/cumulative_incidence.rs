//! The probability to have had an event of one cause, where others come before it (O. O. Aalen and S. Johansen, *Scandinavian Journal of
//! Statistics* 5, 1978).
//!
//! Censoring the competing events and taking one minus [`kaplan_meier`](super::kaplan_meier) would overstate it.

use super::follow_up::{FollowUp, Tally, last_until, tallies};
use super::limits::{self, Scale};
use crate::Interval;

/// The cumulative incidence of one cause: 0 at the beginning, and a step wherever an observation ends.
#[derive(Clone, Debug, PartialEq)]
pub struct CumulativeIncidence {
    /// Number of patients.
    pub patients: u64,
    /// One step for each time at which an observation ended, in rising time.
    pub steps: Vec<IncidenceStep>,
}

/// The cumulative incidence from one time on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IncidenceStep {
    /// The time from which on this holds.
    pub time: f64,
    /// Patients under observation just before.
    pub at_risk: u64,
    /// Events of the cause at this time.
    pub events: u64,
    /// Events of other causes at this time.
    pub competing: u64,
    /// Observations that ended at this time without an event.
    pub censored: u64,
    /// Probability to be without an event of any cause after this time.
    pub survival: f64,
    /// Probability to have had an event of the cause until this time.
    pub incidence: f64,
    /// Standard error of the incidence: that of Greenwood for several causes, which without delayed entry is the infinitesimal
    /// jackknife of R's `survfit`.
    pub standard_error: f64,
}

impl IncidenceStep {
    /// Limits of the incidence at this time alone, symmetrical on the scale of the incidence itself (`ln(−ln F)` or `ln F`), for a
    /// two-sided level.
    ///
    /// `None` while the incidence is 0; where it is 1 on the scale [`Scale::LogLog`]; for a level outside (0, 1).
    #[must_use]
    pub fn limits(&self, level: f64, scale: Scale) -> Option<Interval> {
        limits::limits(self.incidence, self.standard_error / self.incidence, level, scale)
    }
}

/// The cumulative incidence of events of this cause, all others competing.
///
/// No patients give no steps. `None` where a time is negative or not finite.
#[must_use]
pub fn cumulative_incidence(follow_ups: &[FollowUp], cause: u32) -> Option<CumulativeIncidence> {
    let mut now = Moments { survival: 1.0, incidence: 0.0, of_survival: 0.0, of_both: 0.0, of_incidence: 0.0 };
    let steps = tallies(follow_ups, Some(cause))?
        .into_iter()
        .map(|tally| {
            now = now.after(&tally);
            IncidenceStep {
                time: tally.time,
                at_risk: tally.at_risk,
                events: tally.of_cause,
                competing: tally.events - tally.of_cause,
                censored: tally.censored,
                survival: now.survival,
                incidence: now.incidence,
                // Rounding may leave a trace below nothing.
                standard_error: now.of_incidence.max(0.0).sqrt(),
            }
        })
        .collect();
    Some(CumulativeIncidence { patients: follow_ups.len() as u64, steps })
}

/// Survival, incidence, and their variances and covariance.
#[derive(Clone, Copy)]
struct Moments {
    survival: f64,
    incidence: f64,
    of_survival: f64,
    of_both: f64,
    of_incidence: f64,
}

impl Moments {
    /// One time later: events divide those at risk as a multinomial distribution does.
    fn after(self, tally: &Tally) -> Self {
        let at_risk = tally.at_risk as f64;
        let (any, cause) = (tally.events as f64 / at_risk, tally.of_cause as f64 / at_risk);
        let stay = (tally.at_risk - tally.events) as f64 / at_risk;
        let squared = self.survival * self.survival / at_risk;
        Self {
            survival: self.survival * stay,
            incidence: self.incidence + self.survival * cause,
            of_survival: stay * stay * self.of_survival + squared * any * stay,
            of_both: stay * (self.of_both + cause * self.of_survival) - squared * cause * stay,
            of_incidence: self.of_incidence + cause * (2.0 * self.of_both + cause * self.of_survival) + squared * cause * (1.0 - cause),
        }
    }
}

impl CumulativeIncidence {
    /// The curve at a time: the last step until then, or 0 before the first.
    ///
    /// `None` for a negative time, without patients, and after the last observation unless everybody had an event.
    #[must_use]
    pub fn at(&self, time: f64) -> Option<IncidenceStep> {
        let last = self.steps.last()?;
        if time.is_nan() || time < 0.0 || (time > last.time && last.survival > 0.0) {
            return None;
        }
        let start = IncidenceStep {
            time: 0.0,
            at_risk: self.patients,
            events: 0,
            competing: 0,
            censored: 0,
            survival: 1.0,
            incidence: 0.0,
            standard_error: 0.0,
        };
        Some(last_until(&self.steps, time, |step| step.time).copied().unwrap_or(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survival::End;

    #[test]
    fn without_censoring_it_is_a_proportion() {
        let data: Vec<FollowUp> = (0..40).map(|i| FollowUp { time: f64::from(i % 7), end: End::Event(u32::from(i % 4 == 0)) }).collect();
        let curve = cumulative_incidence(&data, 1).unwrap();
        let last = curve.steps.last().unwrap();
        assert!((last.incidence - 0.25).abs() < 1e-15 && last.survival == 0.0);
        assert!((last.standard_error.powi(2) - 0.25 * 0.75 / 40.0).abs() < 1e-16);
        assert_eq!(curve.at(100.0).unwrap().incidence, last.incidence);
    }

    #[test]
    fn nobody_and_nothing() {
        assert!(cumulative_incidence(&[], 0).unwrap().at(0.0).is_none());
        let censored = cumulative_incidence(&[FollowUp { time: 0.0, end: End::Censored }], 0).unwrap();
        assert_eq!(censored.at(0.0).map(|step| (step.incidence, step.limits(0.95, Scale::Log))), Some((0.0, None)));
        assert!(cumulative_incidence(&[FollowUp { time: -1.0, end: End::Censored }], 0).is_none());
    }
}
