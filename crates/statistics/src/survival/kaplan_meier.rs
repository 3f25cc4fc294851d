//! The probability to be still without an event (E. L. Kaplan and P. Meier, *Journal of the American Statistical Association* 53, 1958).

use super::follow_up::{FollowUp, last_until, tallies};
use super::limits::{self, Scale};
use crate::Interval;

/// Two probabilities nearer than this are the same: R's tolerance where a curve runs level at a quantile.
const LEVEL: f64 = 1.490_116_119_384_765_6e-8;

/// A survival curve: 1 at the beginning, and a step wherever an observation ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Survival {
    /// Number of patients.
    pub patients: u64,
    /// One step for each time at which an observation ended, in rising time; none without patients.
    pub steps: Vec<SurvivalStep>,
}

/// The curve from one time on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SurvivalStep {
    /// The time from which on this holds.
    pub time: f64,
    /// Patients under observation just before.
    pub at_risk: u64,
    /// Events at this time, of whatever cause.
    pub events: u64,
    /// Observations that ended at this time without an event.
    pub censored: u64,
    /// Probability to be without an event after this time.
    pub survival: f64,
    /// Standard error of the survival, by Greenwood's formula. `None` where nobody is left without the event: the formula then says
    /// nothing.
    pub standard_error: Option<f64>,
}

impl SurvivalStep {
    /// Limits of the survival at this time alone, for a two-sided level.
    ///
    /// `None` where survival is 0; where it is 1 on the scale [`Scale::LogLog`], while [`Scale::Log`] gives 1 and 1; for a level
    /// outside (0, 1). After no event, [`clopper_pearson`](crate::interval::clopper_pearson) says more.
    #[must_use]
    pub fn limits(&self, level: f64, scale: Scale) -> Option<Interval> {
        limits::limits(self.survival, self.standard_error? / self.survival, level, scale)
    }
}

/// The time at which a share of the patients has had the event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuantileTime {
    /// The time; `None` where the share was not reached under observation.
    pub estimate: Option<f64>,
    /// Lower limit; `None` where the lower limits of survival do not fall so far.
    pub lower: Option<f64>,
    /// Upper limit; `None` where the upper limits of survival do not fall so far.
    pub upper: Option<f64>,
}

/// The survival curve; every event counts, whatever its cause.
///
/// No patients give a curve without steps. `None` where a time is negative or not finite.
#[must_use]
pub fn kaplan_meier(follow_ups: &[FollowUp]) -> Option<Survival> {
    let (mut survival, mut greenwood) = (1.0, 0.0_f64);
    let steps = tallies(follow_ups, None)?
        .into_iter()
        .map(|tally| {
            let (at_risk, events) = (tally.at_risk as f64, tally.events as f64);
            let left = at_risk - events;
            survival *= left / at_risk;
            if tally.events > 0 {
                greenwood += events / (at_risk * left);
            }
            let standard_error = (survival > 0.0).then(|| survival * greenwood.sqrt());
            let (time, events) = (tally.time, tally.events);
            SurvivalStep { time, at_risk: tally.at_risk, events, censored: tally.censored, survival, standard_error }
        })
        .collect();
    Some(Survival { patients: follow_ups.len() as u64, steps })
}

impl Survival {
    /// The curve at a time: the last step until then, or 1 with everybody at risk before the first.
    ///
    /// `None` for a negative time, without patients, and after the last observation unless everybody had the event: nothing is known there.
    #[must_use]
    pub fn at(&self, time: f64) -> Option<SurvivalStep> {
        let last = self.steps.last()?;
        if time.is_nan() || time < 0.0 || (time > last.time && last.survival > 0.0) {
            return None;
        }
        let start = SurvivalStep { time: 0.0, at_risk: self.patients, events: 0, censored: 0, survival: 1.0, standard_error: Some(0.0) };
        Some(last_until(&self.steps, time, |step| step.time).copied().unwrap_or(start))
    }

    /// The time at which this share of the patients has had the event, with its limits (R. Brookmeyer and J. Crowley, *Biometrics* 38,
    /// 1982): where the curve, and the curves of its limits, fall to `1 − share`. Where a curve runs level just there it is the middle
    /// of that stretch. A curve of limits may rise again; its first fall counts, as in what R prints for a `survfit`.
    ///
    /// `None` unless share and level lie strictly between 0 and 1.
    #[must_use]
    pub fn quantile(&self, share: f64, level: f64, scale: Scale) -> Option<QuantileTime> {
        if !(share > 0.0 && share < 1.0 && level > 0.0 && level < 1.0) {
            return None;
        }
        let limits: Vec<Option<Interval>> = self.steps.iter().map(|step| step.limits(level, scale)).collect();
        let target = 1.0 - share;
        Some(QuantileTime {
            estimate: self.falls_to(target, |index| Some(self.steps[index].survival)),
            lower: self.falls_to(target, |index| limits[index].map(|limits| limits.lower)),
            upper: self.falls_to(target, |index| limits[index].map(|limits| limits.upper)),
        })
    }

    /// The median time, as [`quantile`](Self::quantile) of a half.
    #[must_use]
    pub fn median(&self, level: f64, scale: Scale) -> Option<QuantileTime> {
        self.quantile(0.5, level, scale)
    }

    /// Where a curve over the steps first is at `target` or below.
    fn falls_to(&self, target: f64, curve: impl Fn(usize) -> Option<f64>) -> Option<f64> {
        let mut points = self.steps.iter().enumerate().filter_map(|(index, step)| curve(index).map(|value| (step.time, value)));
        let (time, value) = points.find(|(_, value)| *value < target + LEVEL)?;
        let next = if (value - target).abs() < LEVEL { points.find(|(_, later)| *later < value) } else { None };
        Some(next.map_or(time, |(later, _)| f64::midpoint(time, later)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survival::End;

    fn observed(data: &[(f64, bool)]) -> Vec<FollowUp> {
        data.iter().map(|(time, event)| FollowUp { time: *time, end: if *event { End::Event(0) } else { End::Censored } }).collect()
    }

    #[test]
    fn a_curve_by_hand() {
        let curve = kaplan_meier(&observed(&[(1.0, true), (2.0, false), (2.0, true), (3.0, true), (4.0, false)])).unwrap();
        let survival: Vec<f64> = curve.steps.iter().map(|step| step.survival).collect();
        assert!(survival.iter().zip([0.8, 0.6, 0.3, 0.3]).all(|(actual, expected)| (actual - expected).abs() < 1e-15), "{survival:?}");
        // 0.3² × (1/20 + 1/12 + 1/2)
        assert!((curve.steps[2].standard_error.unwrap().powi(2) - 0.09 * (1.0 / 20.0 + 1.0 / 12.0 + 0.5)).abs() < 1e-15);
        assert_eq!(curve.median(0.95, Scale::LogLog).unwrap().estimate, Some(3.0));
        assert_eq!(curve.at(0.5).unwrap().survival, 1.0);
        assert_eq!(curve.at(2.5).unwrap().at_risk, 4);
        assert_eq!((curve.at(4.5), curve.at(-1.0), curve.at(f64::NAN)), (None, None, None));
    }

    #[test]
    fn nobody_and_nothing() {
        let nobody = kaplan_meier(&[]).unwrap();
        assert!(nobody.steps.is_empty() && nobody.at(0.0).is_none());
        assert_eq!(nobody.median(0.95, Scale::Log), Some(QuantileTime { estimate: None, lower: None, upper: None }));
        let censored = kaplan_meier(&observed(&[(0.0, false), (3.0, false)])).unwrap();
        assert_eq!(censored.at(3.0).map(|step| (step.survival, step.standard_error)), Some((1.0, Some(0.0))));
        assert_eq!(censored.median(0.95, Scale::LogLog).unwrap().estimate, None);
        assert_eq!(censored.steps[1].limits(0.95, Scale::LogLog), None);
        for time in [-1.0, f64::NAN, f64::INFINITY] {
            assert!(kaplan_meier(&observed(&[(time, true)])).is_none());
        }
    }

    #[test]
    fn after_the_last_event_survival_is_known() {
        let curve = kaplan_meier(&observed(&[(1.0, true), (2.0, true)])).unwrap();
        assert_eq!(curve.at(9.0).unwrap().survival, 0.0);
        assert_eq!(curve.at(9.0).unwrap().limits(0.95, Scale::Log), None);
        assert_eq!(curve.median(0.95, Scale::LogLog).unwrap().estimate, Some(1.5));
    }
}
