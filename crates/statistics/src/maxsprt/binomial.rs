//! Cases against matched controls, looked at after every event.

use super::Performance;

/// No surveillance is longer than so many events.
const MAXIMUM_EVENTS: u64 = 1000;

/// A plan of surveillance by events, each of which concerns an exposed person (a case) or a control.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Binomial {
    events: u64,
    minimum_cases: u64,
    ratio: f64,
}

impl Binomial {
    /// Surveillance until `events` events, cases and controls together, with a signal at the earliest after `minimum_cases` cases.
    /// `ratio` is the number of controls for each exposed person, or of their times at risk, so that an event is a case with
    /// probability `1 / (1 + ratio)` if the risk is not raised.
    ///
    /// `None` unless `1 <= events <= 1000`, `1 <= minimum_cases <= events` and the ratio is positive and finite.
    #[must_use]
    pub fn new(events: u64, minimum_cases: u64, ratio: f64) -> Option<Self> {
        let possible = (1..=MAXIMUM_EVENTS).contains(&events) && (1..=events).contains(&minimum_cases) && ratio > 0.0 && ratio.is_finite();
        possible.then_some(Self { events, minimum_cases, ratio })
    }

    /// The logarithm of the likelihood ratio after `cases` among `events`: 0 unless cases are more than expected. `NaN` for more cases
    /// than events.
    #[must_use]
    pub fn ln_likelihood_ratio(&self, cases: u64, events: u64) -> f64 {
        if cases > events {
            return f64::NAN;
        }
        let (cases, all) = (cases as f64, events as f64);
        let controls = all - cases;
        if cases * self.ratio <= controls {
            return 0.0;
        }
        let of_controls = if controls == 0.0 { 0.0 } else { controls * (controls / all * ((1.0 + self.ratio) / self.ratio)).ln() };
        cases * (cases / all * (1.0 + self.ratio)).ln() + of_controls
    }

    /// The critical value with which the error of the first kind is at most `alpha`: a signal is given as soon as the logarithm of the
    /// likelihood ratio **exceeds** it.
    ///
    /// It is the smallest such value, and itself a value that the ratio can have; Sequential prints it rounded up at the fifth decimal.
    /// As counts are whole the error is below `alpha`; [`performance`](Self::performance) at a relative risk of 1 tells it. `None`
    /// where no outcome is improbable enough, where every raised ratio is, and unless `alpha` lies strictly between 0 and 1.
    #[must_use]
    pub fn critical_value(&self, alpha: f64) -> Option<f64> {
        if !(alpha > 0.0 && alpha < 1.0) {
            return None;
        }
        let mut values: Vec<f64> = (self.minimum_cases..=self.events)
            .flat_map(|events| (self.minimum_cases..=events).map(move |cases| (cases, events)))
            .map(|(cases, events)| self.ln_likelihood_ratio(cases, events))
            .filter(|value| *value > 0.0)
            .collect();
        values.sort_by(f64::total_cmp);
        let error = |value: f64| self.walk(value, 1.0).power;
        if error(0.0) <= alpha {
            return None;
        }
        let first = values.partition_point(|value| error(*value) > alpha);
        values.get(first).copied().filter(|value| error(*value) > 0.0)
    }

    /// What the plan does with this critical value at a relative risk: power, and the number of events until a signal and until the
    /// end, in expectation.
    ///
    /// `None` unless the critical value and the relative risk are positive and finite.
    #[must_use]
    pub fn performance(&self, critical: f64, relative_risk: f64) -> Option<Performance> {
        let possible = critical > 0.0 && critical.is_finite() && relative_risk > 0.0 && relative_risk.is_finite();
        possible.then(|| self.walk(critical, relative_risk))
    }

    /// Whether a signal is given; ratios that are equal to the critical value but for rounding do not exceed it.
    fn signals(&self, cases: u64, events: u64, critical: f64) -> bool {
        cases >= self.minimum_cases && self.ln_likelihood_ratio(cases, events) > critical * (1.0 + 1e-10)
    }

    fn walk(&self, critical: f64, relative_risk: f64) -> Performance {
        let of_case = relative_risk / (relative_risk + self.ratio);
        let of_control = self.ratio / (relative_risk + self.ratio);
        // Probability of each number of cases, without a signal so far.
        let mut state = vec![1.0];
        let (mut power, mut time) = (0.0, 0.0);
        for events in 1..=self.events {
            let mut next = vec![0.0; state.len() + 1];
            for (cases, here) in state.iter().enumerate() {
                next[cases] += here * of_control;
                next[cases + 1] += here * of_case;
            }
            // The ratio grows with the cases: a signal from one number of them on.
            let mut kept = next.len();
            while kept > 0 && self.signals(kept as u64 - 1, events, critical) {
                kept -= 1;
            }
            for signal in next.drain(kept..) {
                power += signal;
                time += signal * events as f64;
            }
            state = next;
        }
        let time_to_signal = if power > 0.0 { time / power } else { f64::NAN };
        Performance { power, time_to_signal, length: time + (1.0 - power) * self.events as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_of_five_by_hand() {
        // With one control each, n cases of n events have the ratio n ln 2.
        let plan = Binomial::new(5, 1, 1.0).unwrap();
        let critical = plan.critical_value(0.05).unwrap();
        assert!((critical - 4.0 * 2.0_f64.ln()).abs() < 1e-14, "{critical}");
        let under_null = plan.performance(critical, 1.0).unwrap();
        assert_eq!((under_null.power, under_null.time_to_signal, under_null.length), (0.03125, 5.0, 5.0));
        assert_eq!(plan.performance(2.77259, 1.0), Some(under_null), "rounded up");
        assert_eq!(plan.performance(critical, 3.0).unwrap().power, 0.75_f64.powi(5));
    }

    #[test]
    fn refuses_what_is_no_plan() {
        for (events, minimum, ratio) in [(0, 1, 1.0), (10, 0, 1.0), (10, 11, 1.0), (10, 1, 0.0), (10, 1, f64::NAN), (1001, 1, 1.0)] {
            assert!(Binomial::new(events, minimum, ratio).is_none());
        }
        let plan = Binomial::new(3, 1, 1.0).unwrap();
        assert_eq!((plan.critical_value(0.05), plan.critical_value(0.0)), (None, None));
        assert!(plan.ln_likelihood_ratio(4, 3).is_nan() && plan.performance(-1.0, 1.0).is_none());
        assert_eq!(plan.ln_likelihood_ratio(0, 0), 0.0);
    }
}
