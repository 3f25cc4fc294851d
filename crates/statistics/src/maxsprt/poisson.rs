//! Cases against an expected number that grows with exposure, watched continuously.

use crate::poisson;

/// No surveillance is longer than so many expected cases.
const MAXIMUM_LENGTH: f64 = 1000.0;
/// No more cases than this are required before a signal.
const MAXIMUM_CASES: u64 = 1000;
/// No critical value above this is looked for: the error would be far below 10⁻¹³.
const LARGEST: f64 = 50.0;
/// Steps of the search for the critical value, and those of them that may be secants.
const MAXIMUM_STEPS: u32 = 100;
const SECANTS: u32 = 30;
/// Relative width of the bracket at which the search ends.
const TOLERANCE: f64 = 1e-12;
/// Of the next cases, those are forgotten that are less probable than this.
const FORGOTTEN: f64 = 1e-18;
/// Less probable states are not followed.
const NEGLIGIBLE: f64 = 1e-40;

/// A plan of surveillance. All lengths are numbers of cases expected if the risk is not raised.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Poisson {
    length: f64,
    minimum_cases: u64,
    start: f64,
}

/// What a plan does at one relative risk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Performance {
    /// Probability of a signal until the end: at a relative risk of 1 the error of the first kind, above it the power.
    pub power: f64,
    /// Expected time of the signal, in expected cases, where there is one. `NaN` where there never is.
    pub time_to_signal: f64,
    /// Expected length of the surveillance, which ends with a signal or at its end.
    pub length: f64,
}

impl Poisson {
    /// Surveillance until `length` cases would be expected, with a signal at the earliest after `minimum_cases` cases, and no look
    /// before `start` cases would be expected; 1 and 0 for no such delay.
    ///
    /// `None` unless `0 <= start < length <= 1000` and `1 <= minimum_cases <= 1000`.
    #[must_use]
    pub fn new(length: f64, minimum_cases: u64, start: f64) -> Option<Self> {
        let possible = start >= 0.0 && start < length && length <= MAXIMUM_LENGTH && (1..=MAXIMUM_CASES).contains(&minimum_cases);
        possible.then_some(Self { length, minimum_cases, start })
    }

    /// The logarithm of the likelihood ratio after `cases` where `expected` were expected: `c ln(c/e) − (c − e)`, and 0 unless there
    /// are more than expected. `NaN` unless `expected` is positive.
    #[must_use]
    pub fn ln_likelihood_ratio(cases: u64, expected: f64) -> f64 {
        let cases = cases as f64;
        if expected.is_nan() || expected <= 0.0 {
            f64::NAN
        } else if cases <= expected {
            0.0
        } else {
            crate::gamma::half_deviance(cases, expected, cases - expected)
        }
    }

    /// The smallest critical value with which the error of the first kind is at most `alpha`: a signal is given as soon as the
    /// logarithm of the likelihood ratio reaches it.
    ///
    /// The error meets `alpha` but for rounding, unless a look begins late: the error then falls in steps as the critical value grows.
    /// `None` where even without a critical value the error stays below `alpha`, because too few cases are expected for
    /// `minimum_cases`; and unless `alpha` lies strictly between 10⁻⁹ and ½.
    #[must_use]
    pub fn critical_value(&self, alpha: f64) -> Option<f64> {
        if !(alpha > 1e-9 && alpha < 0.5) {
            return None;
        }
        // Above 0 while the error is too large.
        let excess = |critical: f64| (self.walk(critical, 1.0).signal / alpha).ln();
        let (mut above, mut within) = (f64::MIN_POSITIVE, LARGEST);
        let (mut too_large, mut small) = (excess(above), -LARGEST - alpha.ln());
        if too_large <= 0.0 {
            return None;
        }
        // The logarithm of the error falls nearly linearly, so the secant finds the place; an end that stays is given less weight (the Illinois
        // method), and where the error falls in steps the middle is taken instead.
        let mut before = None;
        for step in 0..MAXIMUM_STEPS {
            if within - above <= TOLERANCE * within {
                break;
            }
            let reach = 0.5 * TOLERANCE * within;
            let crossing = above + (within - above) * (too_large / (too_large - small));
            let next = if step < SECANTS { crossing.clamp(above + reach, within - reach) } else { f64::midpoint(above, within) };
            let here = excess(next);
            let enough = here <= 0.0;
            let again = before == Some(enough);
            if enough {
                (within, small) = (next, here.max(-LARGEST));
                too_large *= if again { 0.5 } else { 1.0 };
            } else {
                (above, too_large) = (next, here);
                small *= if again { 0.5 } else { 1.0 };
            }
            before = Some(enough);
        }
        Some(within)
    }

    /// What the plan does with this critical value where cases occur at `relative_risk` times the expected rate.
    ///
    /// `None` unless critical value and relative risk are positive and at most 1000.
    #[must_use]
    pub fn performance(&self, critical: f64, relative_risk: f64) -> Option<Performance> {
        if !(critical > 0.0 && critical <= 1000.0 && relative_risk > 0.0 && relative_risk <= 1000.0) {
            return None;
        }
        let outcome = self.walk(critical, relative_risk);
        let time_to_signal = if outcome.signal > 0.0 { outcome.time / outcome.signal } else { f64::NAN };
        // Rounding may pass certainty.
        let power = outcome.signal.min(1.0);
        Some(Performance { power, time_to_signal, length: outcome.time + self.length * (1.0 - power) })
    }

    /// Until how many expected cases the `cases`-th case gives a signal.
    fn bound(cases: u64, critical: f64) -> f64 {
        // c ln(c/e) − (c − e) = critical, for e = c·x with x < 1: x − 1 − ln x = critical / c. Newton's method from the left, where the
        // function is convex and falls, never passes the root.
        let share = critical / cases as f64;
        let mut x = (-1.0 - share).exp();
        for _ in 0..100 {
            // x − 1 − ln x, which cancels near 1
            let less = x - 1.0;
            let value = if less > -0.5 { crate::gamma::half_deviance(1.0, x, -less) } else { less - x.ln() };
            let step = (value - share) * x / (1.0 - x);
            x += step;
            if step.abs() <= f64::EPSILON * x || x >= 1.0 {
                break;
            }
        }
        cases as f64 * x.min(1.0)
    }

    /// Follows the number of cases from bound to bound: without a signal it is below `c` when the bound of the `c`-th case is reached.
    fn walk(&self, critical: f64, relative_risk: f64) -> Outcome {
        let mut state = State { time: 0.0, cases: vec![1.0], rate: relative_risk, signal: 0.0, signal_time: 0.0 };
        let mut case = self.minimum_cases;
        while Self::bound(case, critical) < self.start {
            case += 1;
        }
        if self.start > 0.0 {
            state.wait(self.start, case);
        }
        loop {
            let bound = Self::bound(case, critical);
            state.go_on(bound.min(self.length), case);
            if bound >= self.length {
                return Outcome { signal: state.signal, time: state.signal_time };
            }
            case += 1;
        }
    }
}

/// Probability of a signal, and its time times that probability.
struct Outcome {
    signal: f64,
    time: f64,
}

/// Where surveillance without a signal stands.
struct State {
    time: f64,
    /// Probability of each number of cases, without a signal so far.
    cases: Vec<f64>,
    rate: f64,
    signal: f64,
    signal_time: f64,
}

impl State {
    /// Until `time` nobody looks; who then has `case` cases or more gives a signal at once.
    fn wait(&mut self, time: f64, case: u64) {
        let before = (self.signal, self.signal_time);
        self.go_on(time, case);
        self.signal_time = before.1 + (self.signal - before.0) * time;
    }

    /// On until `time`; the `case`-th case until then gives a signal.
    fn go_on(&mut self, time: f64, case: u64) {
        let step = time - self.time;
        let mean = self.rate * step;
        let mut next = vec![0.0; case as usize];
        // How probable a number of further cases is, with those that are too many to matter left out.
        let mut further = Vec::with_capacity(next.len());
        for k in 0..case {
            let probability = poisson::probability(k, mean);
            if k as f64 > mean && probability < FORGOTTEN {
                break;
            }
            further.push(probability);
        }
        for (cases, here) in self.cases.iter().enumerate().filter(|(_, here)| **here > NEGLIGIBLE) {
            for (place, probability) in next[cases..].iter_mut().zip(&further) {
                *place += here * probability;
            }
            let missing = case - cases as u64;
            let signal = here * poisson::survival(missing, mean);
            self.signal += signal;
            // The missing case comes after a gamma distributed time.
            self.signal_time += signal * self.time + here * (missing as f64 / self.rate) * poisson::survival(missing + 1, mean);
        }
        self.cases = next;
        self.time = time;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_where_the_ratio_is_critical() {
        for cases in [1, 2, 5, 40, 1000] {
            for critical in [1e-9, 0.1, 1.0, 3.5, 12.0] {
                let bound = Poisson::bound(cases, critical);
                let ratio = Poisson::ln_likelihood_ratio(cases, bound);
                assert!((ratio / critical - 1.0).abs() < 1e-6 * (1.0 + 1e-9 / critical), "{cases} {critical}: {bound} {ratio}");
            }
        }
        assert_eq!(Poisson::ln_likelihood_ratio(3, 4.0), 0.0);
        assert!((Poisson::ln_likelihood_ratio(3, 1.5) - (3.0 * 2.0_f64.ln() - 1.5)).abs() < 1e-15);
        assert!(Poisson::ln_likelihood_ratio(3, 0.0).is_nan());
    }

    #[test]
    fn one_case_alone() {
        // Until 0.1 expected cases, a signal at the first: bound 0.1 or more means any case at all.
        let plan = Poisson::new(0.1, 1, 0.0).unwrap();
        let at_any = plan.performance(0.5, 1.0).unwrap();
        assert!((at_any.power - (1.0 - (-0.1_f64).exp())).abs() < 1e-15);
        // ∫ exp(−t) dt over the length
        assert!((at_any.length - (1.0 - (-0.1_f64).exp())).abs() < 1e-15);
    }

    #[test]
    fn refuses_what_is_no_plan() {
        for (length, minimum, start) in [(0.0, 1, 0.0), (5.0, 0, 0.0), (5.0, 1, 5.0), (5.0, 1, -1.0), (f64::NAN, 1, 0.0), (1e4, 1, 0.0)] {
            assert!(Poisson::new(length, minimum, start).is_none());
        }
        let plan = Poisson::new(1.0, 6, 0.0).unwrap();
        assert_eq!(plan.critical_value(0.05), None);
        assert_eq!(plan.critical_value(0.7), None);
        assert!(plan.performance(0.0, 1.0).is_none() && plan.performance(3.0, f64::NAN).is_none());
    }
}
