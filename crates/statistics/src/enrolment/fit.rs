//! Shape and mean of the rates, by maximum likelihood.

use std::fmt;

use super::{Centre, Rates};

/// More patients of one centre than this are not fitted.
const MAXIMUM_ENROLLED: u64 = 1_000_000;
/// Reciprocals of the shape at which the likelihood is looked at, times the largest expected count: from hardly any to hardly believable
/// differences between centres.
const DECADES: (f64, f64) = (-9.0, 9.0);
const POINTS_PER_DECADE: u32 = 12;
/// More steps than any search needs; each halves a bracket at worst.
const MAXIMUM_STEPS: u32 = 200;

/// Why no rates follow from what was enrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFit {
    /// No centre has enrolled anybody yet: the data bound the rate from above only.
    NobodyYet,
    /// The centre at this place of the list has impossible times, or has enrolled without having been open.
    Impossible(usize),
    /// A centre has enrolled more than a million patients.
    TooMany,
}

impl fmt::Display for NoFit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NobodyYet => formatter.write_str("no centre has enrolled a patient yet"),
            Self::Impossible(index) => write!(formatter, "centre {} has impossible times, or enrolled before it was open", index + 1),
            Self::TooMany => formatter.write_str("a centre has enrolled more than a million patients"),
        }
    }
}

impl std::error::Error for NoFit {}

/// The rates that make what was enrolled by `now` most probable. Centres that were not open yet say nothing.
///
/// The shape is infinite where the centres differ by no more than chance, and always for a single centre: the likelihood then grows with
/// the shape without end.
///
/// # Errors
/// [`NoFit`] says why not.
pub fn fit(centres: &[Centre], now: f64) -> Result<Rates, NoFit> {
    if let Some(index) = centres.iter().position(|centre| !centre.possible(now)) {
        return Err(NoFit::Impossible(index));
    }
    if centres.iter().any(|centre| centre.enrolled > MAXIMUM_ENROLLED) {
        return Err(NoFit::TooMany);
    }
    let counts = Counts::of(centres, now);
    if counts.total == 0.0 {
        return Err(NoFit::NobodyYet);
    }
    let spread = counts.best_spread();
    Rates::new(1.0 / spread, counts.mean(spread)).ok_or(NoFit::NobodyYet)
}

/// What was enrolled, and in what time.
struct Counts {
    /// Patients and time of each centre.
    centres: Vec<(f64, f64)>,
    /// How many centres have enrolled more than 0, 1, 2, … patients.
    above: Vec<f64>,
    total: f64,
    time: f64,
}

impl Counts {
    fn of(centres: &[Centre], now: f64) -> Self {
        let open: Vec<&Centre> = centres.iter().filter(|centre| centre.active(now) > 0.0).collect();
        let most = open.iter().map(|centre| centre.enrolled).max().unwrap_or(0);
        let mut above = vec![0.0; most as usize];
        for centre in &open {
            if let Some(index) = centre.enrolled.checked_sub(1) {
                above[index as usize] += 1.0;
            }
        }
        for index in (1..above.len()).rev() {
            above[index - 1] += above[index];
        }
        let centres: Vec<(f64, f64)> = open.iter().map(|centre| (centre.enrolled as f64, centre.active(now))).collect();
        let (total, time) = centres.iter().fold((0.0, 0.0), |(total, time), (enrolled, active)| (total + enrolled, time + active));
        Self { centres, above, total, time }
    }

    /// The most probable mean rate for a reciprocal `spread` of the shape: the root of `Σ (n − mt) / (1 + mt·spread)`, which falls with
    /// `m` and is convex.
    fn mean(&self, spread: f64) -> f64 {
        let (mut lower, mut upper) = self.centres.iter().fold((f64::INFINITY, 0.0_f64), |(lower, upper), (enrolled, active)| {
            let rate = enrolled / active;
            (lower.min(rate), upper.max(rate))
        });
        let mut mean = self.total / self.time;
        for _ in 0..MAXIMUM_STEPS {
            let (mut value, mut slope) = (0.0, 0.0);
            for (enrolled, active) in &self.centres {
                let expected = mean * active;
                let weight = 1.0 / (1.0 + expected * spread);
                value += (enrolled - expected) * weight;
                slope -= active * (1.0 + enrolled * spread) * weight * weight;
            }
            if value >= 0.0 {
                lower = mean;
            } else {
                upper = mean;
            }
            let newton = mean - value / slope;
            let next = if newton >= lower && newton <= upper { newton } else { f64::midpoint(lower, upper) };
            let step = (next - mean).abs();
            mean = next;
            if step <= f64::EPSILON * mean {
                break;
            }
        }
        mean
    }

    /// What the profile likelihood falls by as `spread` grows, from terms none of which grow beyond bounds as the shape does.
    fn fall(&self, spread: f64) -> f64 {
        let mean = self.mean(spread);
        let by_centre: f64 = self
            .centres
            .iter()
            .map(|(enrolled, active)| {
                let expected = mean * active;
                let x = expected * spread;
                expected * (expected * logarithm_left(x) - (expected - enrolled) / (1.0 + x))
            })
            .sum();
        let by_patient: f64 = self.above.iter().enumerate().map(|(j, centres)| centres * j as f64 / (1.0 + j as f64 * spread)).sum();
        by_centre - by_patient
    }

    /// The logarithm of the profile likelihood, but for a constant.
    fn ln_likelihood(&self, spread: f64) -> f64 {
        let mean = self.mean(spread);
        let by_patient: f64 = self.above.iter().enumerate().map(|(j, centres)| centres * (j as f64 * spread).ln_1p()).sum();
        let by_centre: f64 = self
            .centres
            .iter()
            .map(|(enrolled, active)| {
                let expected = mean * active;
                let logarithm = (expected * spread).ln_1p();
                let exponent = if spread > 0.0 { logarithm / spread } else { expected };
                let counted = if *enrolled > 0.0 { enrolled * (expected.ln() - logarithm) } else { 0.0 };
                counted - exponent
            })
            .sum();
        by_patient + by_centre
    }

    /// The reciprocal of the shape that makes the counts most probable; 0 for equal rates.
    fn best_spread(&self) -> f64 {
        let largest = self.centres.iter().map(|(_, active)| active).fold(0.0_f64, |one, other| one.max(*other)) * self.total / self.time;
        let points = (DECADES.1 - DECADES.0) as u32 * POINTS_PER_DECADE;
        let spread = |point: u32| 10_f64.powf(DECADES.0 + f64::from(point) / f64::from(POINTS_PER_DECADE)) / largest;
        let mut best = 0.0;
        let mut previous = (0.0, self.fall(0.0));
        for point in 0..=points {
            let here = (spread(point), self.fall(spread(point)));
            if previous.1 < 0.0 && here.1 >= 0.0 {
                let top = self.top(previous.0, here.0);
                if self.ln_likelihood(top) > self.ln_likelihood(best) || (best == 0.0 && previous.0 == 0.0) {
                    best = top;
                }
            }
            previous = here;
        }
        best
    }

    /// Where the likelihood turns from rising to falling.
    fn top(&self, mut rising: f64, mut falling: f64) -> f64 {
        for _ in 0..MAXIMUM_STEPS {
            let middle = f64::midpoint(rising, falling);
            if middle <= rising || middle >= falling {
                break;
            }
            if self.fall(middle) < 0.0 {
                rising = middle;
            } else {
                falling = middle;
            }
        }
        f64::midpoint(rising, falling)
    }
}

/// `(x − ln(1 + x)) / x²`, which is ½ at 0.
fn logarithm_left(x: f64) -> f64 {
    if x > 0.2 {
        return (x - x.ln_1p()) / (x * x);
    }
    // Σ (−x)ᵏ / (k + 2)
    (0..30).rev().fold(0.0, |sum, k| 1.0 / f64::from(k + 2) - x * sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(data: &[(u64, f64)]) -> Vec<Centre> {
        data.iter().map(|(enrolled, active)| Centre { opening: 10.0 - active, closing: None, enrolled: *enrolled }).collect()
    }

    #[test]
    fn equal_rates_have_no_shape() {
        for data in [&[(7, 3.5)][..], &[(4, 2.0), (4, 2.0), (4, 2.0)], &[(2, 1.0), (4, 2.0), (8, 4.0)], &[(1, 2.0), (0, 0.0)]] {
            let rates = fit(&open(data), 10.0).unwrap();
            assert_eq!(rates.shape(), f64::INFINITY, "{data:?}");
            let (patients, time) = data.iter().fold((0.0, 0.0), |(n, t), (enrolled, active)| (n + *enrolled as f64, t + active));
            assert!((rates.mean() / (patients / time) - 1.0).abs() < 1e-15);
        }
    }

    #[test]
    fn differing_rates_have_one() {
        let rates = fit(&open(&[(0, 4.0), (1, 4.0), (12, 4.0), (3, 4.0)]), 10.0).unwrap();
        assert!((rates.mean() - 1.0).abs() < 1e-15 && rates.shape() > 0.3 && rates.shape() < 2.0, "{rates:?}");
    }

    #[test]
    fn says_why_not() {
        assert_eq!(fit(&[], 1.0), Err(NoFit::NobodyYet));
        assert_eq!(fit(&open(&[(0, 5.0), (0, 0.0)]), 10.0), Err(NoFit::NobodyYet));
        assert_eq!(fit(&open(&[(1, 5.0), (1, 0.0)]), 10.0), Err(NoFit::Impossible(1)));
        assert_eq!(fit(&open(&[(2_000_000, 5.0)]), 10.0), Err(NoFit::TooMany));
        assert_eq!(fit(&[Centre { opening: f64::NAN, closing: None, enrolled: 0 }], 1.0), Err(NoFit::Impossible(0)));
        assert_eq!(fit(&[Centre { opening: 3.0, closing: Some(2.0), enrolled: 0 }], 9.0), Err(NoFit::Impossible(0)));
    }

    #[test]
    fn the_series_joins_the_logarithm() {
        for x in [0.2, 0.2_f64.next_up()] {
            assert!((logarithm_left(x) - (x - x.ln_1p()) / (x * x)).abs() < 1e-14);
        }
        assert_eq!(logarithm_left(0.0), 0.5);
    }
}
