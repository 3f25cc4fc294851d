//! How many will have been enrolled by a time.

use super::sum::{self, Part, Tails};
use super::{Centre, Rates};
use crate::{negative_binomial, poisson};

/// Whether probabilities are those of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// They are, but for rounding.
    Exact,
    /// They are those of the negative binomial distribution with the same mean and variance, because the exact sum is too long: from
    /// some twenty million expected patients divided by the number of different centres on. Where both can be computed, for shapes from
    /// 0.3 to 5 and centres that opened and did not open at different times, the two differed by less than 0.04 in every probability
    /// with ten centres, 0.02 with 60 and 0.011 with 200.
    Matched,
}

/// The number of patients enrolled by a time: those there are, and those to come.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    enrolled: u64,
    mean: f64,
    variance: f64,
    law: Law,
}

/// The distribution of those to come.
#[derive(Clone, Debug, PartialEq)]
enum Law {
    Nobody,
    Poisson,
    NegativeBinomial { shape: f64 },
    Sum(Tails),
    Matched { shape: f64 },
}

/// Two fall-offs nearer than this are one.
const SAME: f64 = 1e-14;
/// No prediction says more than so many patients.
const MAXIMUM: f64 = 1e15;
/// Halvings of the search for a time.
const HALVINGS: u32 = 60;

/// The prediction for the time `until`, made at `now`.
///
/// `None` where a centre's times are impossible (see [`NoFit::Impossible`](super::NoFit::Impossible)), where `until` is not finite or
/// before `now`, or above 10¹⁵ patients.
#[must_use]
pub fn predict(rates: &Rates, centres: &[Centre], now: f64, until: f64) -> Option<Prediction> {
    if !(until.is_finite() && until >= now) || centres.iter().any(|centre| !centre.possible(now)) {
        return None;
    }
    let enrolled = centres.iter().try_fold(0_u64, |sum, centre| sum.checked_add(centre.enrolled))?;
    let (mut mean, mut extra) = (0.0, 0.0);
    let mut parts: Vec<Part> = Vec::new();
    for centre in centres {
        let time = centre.open_between(now, until);
        if time == 0.0 {
            continue;
        }
        let rate = rates.of_centre(centre, now);
        let expected = rate.mean * time;
        mean += expected;
        extra += expected * (expected / rate.shape);
        parts.push((rate.shape, time / (rates.time() + centre.active(now) + time)));
    }
    if !(mean <= MAXIMUM && enrolled as f64 <= MAXIMUM) {
        return None;
    }
    Some(Prediction { enrolled, mean, variance: mean + extra, law: law(parts, mean, extra) })
}

/// The distribution with these parts, exactly if possible.
fn law(mut parts: Vec<Part>, mean: f64, extra: f64) -> Law {
    parts.sort_by(|one, other| one.1.total_cmp(&other.1));
    parts.dedup_by(|part, first| {
        let same = part.1 - first.1 <= SAME * first.1;
        if same {
            first.0 += part.0;
        }
        same
    });
    match parts.as_slice() {
        [] => Law::Nobody,
        [(shape, _), ..] if *shape == f64::INFINITY => Law::Poisson,
        [(shape, _)] => Law::NegativeBinomial { shape: *shape },
        _ => sum::tails(&parts, mean).map_or(Law::Matched { shape: mean * (mean / extra) }, Law::Sum),
    }
}

impl Prediction {
    /// Patients enrolled already.
    #[must_use]
    pub fn enrolled(&self) -> u64 {
        self.enrolled
    }

    /// Expected number of all patients at that time.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.enrolled as f64 + self.mean
    }

    /// Variance of that number.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.variance
    }

    /// Whether the probabilities and limits are exact; mean and variance always are.
    #[must_use]
    pub fn method(&self) -> Method {
        if matches!(self.law, Law::Matched { .. }) { Method::Matched } else { Method::Exact }
    }

    /// Probability that there are `target` patients or more.
    #[must_use]
    pub fn probability_to_reach(&self, target: u64) -> f64 {
        match target.checked_sub(self.enrolled) {
            None | Some(0) => 1.0,
            Some(more) => self.at_least(more),
        }
    }

    /// Probability that there are at most `number` patients.
    #[must_use]
    pub fn probability_of_at_most(&self, number: u64) -> f64 {
        number.checked_sub(self.enrolled).map_or(0.0, |more| self.at_most(more))
    }

    /// Fewest and most patients with this probability: outside on either side lies no more than half of the rest. Each is the smallest
    /// number of which the probability of at most so many is half of the rest, and all but half of it. `None` for a level outside (0,
    /// 1).
    #[must_use]
    pub fn limits(&self, level: f64) -> Option<(u64, u64)> {
        if !(level > 0.0 && level < 1.0) {
            return None;
        }
        let error = 0.5 * (1.0 - level);
        let lower = self.first(|k| self.at_most(k) >= error);
        let upper = self.first(|k| self.at_least(k + 1) <= error);
        Some((self.enrolled + lower, self.enrolled + upper))
    }

    /// The smallest number from which on `holds`.
    fn first(&self, holds: impl Fn(u64) -> bool) -> u64 {
        if holds(0) {
            return 0;
        }
        let (mut below, mut first) = (0, 1);
        while !holds(first) && first < 1 << 52 {
            below = first;
            first *= 2;
        }
        while first - below > 1 {
            let middle = below.midpoint(first);
            if holds(middle) {
                first = middle;
            } else {
                below = middle;
            }
        }
        first
    }

    fn at_most(&self, k: u64) -> f64 {
        match &self.law {
            Law::Nobody => 1.0,
            Law::Poisson => poisson::cdf(k, self.mean),
            Law::NegativeBinomial { shape } | Law::Matched { shape } => negative_binomial::cdf(k, *shape, self.mean),
            Law::Sum(tails) => tails.at_most(k),
        }
    }

    fn at_least(&self, k: u64) -> f64 {
        match &self.law {
            Law::Nobody => f64::from(u8::from(k == 0)),
            Law::Poisson => poisson::survival(k, self.mean),
            Law::NegativeBinomial { shape } | Law::Matched { shape } => negative_binomial::survival(k, *shape, self.mean),
            Law::Sum(tails) => tails.at_least(k),
        }
    }
}

/// The first time, from `now` to `latest`, by which `target` is reached with this probability; 0.5 gives the median time, 0.1 and 0.9
/// an early and a late one.
///
/// `None` where that is not so by `latest`, unless the probability lies strictly between 0 and 1, and where [`predict`] gives none.
#[must_use]
pub fn time_to_reach(rates: &Rates, centres: &[Centre], now: f64, latest: f64, target: u64, probability: f64) -> Option<f64> {
    if !(probability > 0.0 && probability < 1.0) {
        return None;
    }
    let reaches = |until: f64| Some(predict(rates, centres, now, until)?.probability_to_reach(target) >= probability);
    if reaches(now)? {
        return Some(now);
    }
    if !reaches(latest)? {
        return None;
    }
    let (mut before, mut reached) = (now, latest);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(before, reached);
        if middle <= before || middle >= reached {
            break;
        }
        if reaches(middle)? {
            reached = middle;
        } else {
            before = middle;
        }
    }
    Some(reached)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn centres(number: u32, steps: f64) -> Vec<Centre> {
        (0..number)
            .map(|i| Centre { opening: f64::from(i % 7) * steps, closing: None, enrolled: u64::from(i * i % 11) * u64::from(i % 7 < 4) })
            .collect()
    }

    #[test]
    fn centres_alike_share_one_law() {
        let rates = Rates::new(1.2, 0.5).unwrap();
        let alike = centres(12, 0.0);
        assert!(matches!(predict(&rates, &alike, 10.0, 14.0).unwrap().law, Law::NegativeBinomial { .. }));
        let apart = centres(12, 2.0);
        assert!(matches!(predict(&rates, &apart, 10.0, 14.0).unwrap().law, Law::Sum(_)));
        let known = Rates::new(f64::INFINITY, 0.5).unwrap();
        assert_eq!(predict(&known, &apart, 10.0, 14.0).unwrap().law, Law::Poisson);
        assert_eq!(predict(&rates, &apart, 10.0, 10.0).unwrap().limits(0.95), Some((33, 33)));
    }

    #[test]
    fn the_matched_law_is_near_the_exact_one() {
        for (number, bound) in [(5, 0.04), (10, 0.04), (60, 0.02), (200, 0.011)] {
            let mut worst = 0.0_f64;
            for shape in [0.3, 0.5, 1.2, 5.0] {
                for until in [9.5, 11.0, 15.0, 40.0, 200.0] {
                    let exact = predict(&Rates::new(shape, 0.5).unwrap(), &centres(number, 2.0), 9.0, until).unwrap();
                    assert_eq!(exact.method(), Method::Exact);
                    let shape = exact.mean * exact.mean / (exact.variance - exact.mean);
                    let matched = Prediction { law: Law::Matched { shape }, ..exact.clone() };
                    let (_, last) = exact.limits(0.999_999).unwrap();
                    for k in exact.enrolled()..=last {
                        worst = worst.max((exact.probability_to_reach(k) - matched.probability_to_reach(k)).abs());
                    }
                }
            }
            println!("{number} centres: {worst}");
            assert!(worst < bound, "{number} centres: {worst}");
        }
    }

    #[test]
    fn large_numbers_are_matched() {
        let rates = Rates::new(1.2, 1e7).unwrap();
        let prediction = predict(&rates, &centres(30, 2.0), 9.0, 20.0).unwrap();
        assert_eq!(prediction.method(), Method::Matched);
        let (lower, upper) = prediction.limits(0.95).unwrap();
        assert!((lower as f64) < prediction.mean() && prediction.mean() < upper as f64);
        assert!((prediction.probability_to_reach(lower) - 0.975).abs() < 1e-4);
    }

    #[test]
    fn a_target_has_its_time() {
        let (rates, centres) = (Rates::new(1.2, 0.5).unwrap(), centres(12, 2.0));
        let time = time_to_reach(&rates, &centres, 10.0, 100.0, 80, 0.9).unwrap();
        let at = |time| predict(&rates, &centres, 10.0, time).unwrap().probability_to_reach(80);
        assert!((at(time) - 0.9).abs() < 1e-9 && at(time - 0.1) < 0.9);
        assert_eq!(time_to_reach(&rates, &centres, 10.0, 100.0, 30, 0.9), Some(10.0));
        assert_eq!(time_to_reach(&rates, &centres, 10.0, 11.0, 10_000, 0.9), None);
        assert_eq!(time_to_reach(&rates, &centres, 10.0, 9.0, 80, 0.9), None);
        assert_eq!(time_to_reach(&rates, &centres, 10.0, 100.0, 80, 1.0), None);
    }
}
