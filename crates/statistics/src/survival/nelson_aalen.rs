//! The hazard added up over time (W. Nelson, *Technometrics* 14, 1972; O. Aalen, *Annals of Statistics* 6, 1978).

use super::follow_up::{FollowUp, last_until, tallies};
use super::limits::two_sided;
use crate::Interval;

/// A cumulative hazard: 0 at the beginning, and a step wherever an observation ends.
#[derive(Clone, Debug, PartialEq)]
pub struct CumulativeHazard {
    /// Number of patients.
    pub patients: u64,
    /// One step for each time at which an observation ended, in rising time.
    pub steps: Vec<HazardStep>,
}

/// The cumulative hazard from one time on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HazardStep {
    /// The time from which on this holds.
    pub time: f64,
    /// Patients under observation just before.
    pub at_risk: u64,
    /// Events at this time, of whatever cause.
    pub events: u64,
    /// Sum of events over patients at risk.
    pub hazard: f64,
    /// Standard error: the root of the sum of events over squared patients at risk (Aalen), as R's `survfit` has it.
    pub standard_error: f64,
}

impl HazardStep {
    /// Limits symmetrical on the scale of the logarithm, `H exp(± z se / H)`, for a two-sided level. `None` while the hazard is 0, and
    /// for a level outside (0, 1).
    #[must_use]
    pub fn limits(&self, level: f64) -> Option<Interval> {
        let reach = two_sided(level)? * self.standard_error / self.hazard;
        (self.hazard > 0.0).then(|| Interval { lower: self.hazard * (-reach).exp(), upper: self.hazard * reach.exp() })
    }
}

/// The cumulative hazard; every event counts, whatever its cause. Tied events count at once: `d / n`.
///
/// No patients give no steps. `None` where a time is negative or not finite.
#[must_use]
pub fn nelson_aalen(follow_ups: &[FollowUp]) -> Option<CumulativeHazard> {
    let (mut hazard, mut variance) = (0.0, 0.0_f64);
    let steps = tallies(follow_ups, None)?
        .into_iter()
        .map(|tally| {
            let (at_risk, events) = (tally.at_risk as f64, tally.events as f64);
            hazard += events / at_risk;
            variance += events / (at_risk * at_risk);
            HazardStep { time: tally.time, at_risk: tally.at_risk, events: tally.events, hazard, standard_error: variance.sqrt() }
        })
        .collect();
    Some(CumulativeHazard { patients: follow_ups.len() as u64, steps })
}

impl CumulativeHazard {
    /// The cumulative hazard at a time: the last step until then, or 0 before the first.
    ///
    /// `None` for a negative time, without patients, and after the last observation.
    #[must_use]
    pub fn at(&self, time: f64) -> Option<HazardStep> {
        let last = self.steps.last()?;
        if !(time >= 0.0 && time <= last.time) {
            return None;
        }
        let start = HazardStep { time: 0.0, at_risk: self.patients, events: 0, hazard: 0.0, standard_error: 0.0 };
        Some(last_until(&self.steps, time, |step| step.time).copied().unwrap_or(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survival::End;

    #[test]
    fn a_hazard_by_hand() {
        let data = [(1.0, End::Event(0)), (1.0, End::Event(3)), (2.0, End::Censored), (3.0, End::Event(0))];
        let hazard = nelson_aalen(&data.map(|(time, end)| FollowUp { time, end })).unwrap();
        assert_eq!(hazard.at(0.0).unwrap().limits(0.95), None);
        assert_eq!(hazard.at(2.0).unwrap().hazard, 0.5);
        assert_eq!(hazard.at(3.0).unwrap().hazard, 1.5);
        assert!((hazard.at(3.0).unwrap().standard_error.powi(2) - 1.125).abs() < 1e-15);
        assert!(hazard.at(3.1).is_none() && hazard.at(f64::NAN).is_none());
        assert!(nelson_aalen(&[]).unwrap().at(0.0).is_none());
    }
}
