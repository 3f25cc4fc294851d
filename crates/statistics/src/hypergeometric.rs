//! The hypergeometric distribution: of `cases + others` patients `drawn` are looked at; how many of them are cases?

use std::f64::consts::PI;

use crate::gamma::{half_deviance, stirling_error};

/// No more patients than this: every sum then has at most some millions of terms.
pub const MAXIMUM_PATIENTS: u64 = 1_000_000_000_000;

/// A 2×2 table's margins: what stays the same while its cells vary.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Margins {
    pub cases: u64,
    pub others: u64,
    pub drawn: u64,
}

impl Margins {
    /// `None` where more are drawn than there are, or above [`MAXIMUM_PATIENTS`].
    pub(crate) fn of(cases: u64, others: u64, drawn: u64) -> Option<Self> {
        let all = cases.checked_add(others)?;
        (drawn <= all && all <= MAXIMUM_PATIENTS).then_some(Self { cases, others, drawn })
    }

    fn all(self) -> u64 {
        self.cases + self.others
    }

    /// Fewest and most cases that can be among those drawn.
    pub(crate) fn range(self) -> (u64, u64) {
        (self.drawn.saturating_sub(self.others), self.cases.min(self.drawn))
    }

    /// The most probable number of cases.
    pub(crate) fn mode(self) -> u64 {
        let product = (u128::from(self.drawn) + 1) * (u128::from(self.cases) + 1);
        let mode = (product / (u128::from(self.all()) + 2)) as u64;
        let (lowest, highest) = self.range();
        mode.clamp(lowest, highest)
    }

    /// `ln P(X = k)` for `k` in the range, after Loader: the deviance of the four cells from what the margins let expect, with their
    /// differences from whole numbers, so that nothing cancels.
    pub(crate) fn ln_probability(self, k: u64) -> f64 {
        let all = self.all();
        if all == 0 {
            return 0.0;
        }
        let not_drawn = all - self.drawn;
        let size = all as f64;
        // observed − expected, the same in all four cells but for its sign
        let numerator = i128::from(k) * i128::from(all) - i128::from(self.cases) * i128::from(self.drawn);
        let difference = numerator as f64 / size;
        let expected = |row: u64, column: u64| row as f64 / size * column as f64;
        let cells = [
            (k, expected(self.cases, self.drawn), difference),
            (self.cases - k, expected(self.cases, not_drawn), -difference),
            (self.drawn - k, expected(self.others, self.drawn), -difference),
            (not_drawn + k - self.cases, expected(self.others, not_drawn), difference),
        ];
        let margins: f64 = [self.cases, self.others, self.drawn, not_drawn].into_iter().map(stirling).sum();
        let inner: f64 = cells.iter().map(|(count, ..)| stirling(*count)).sum();
        let deviance: f64 = cells.iter().map(|(count, expected, difference)| half_deviance(*count as f64, *expected, *difference)).sum();
        margins - stirling(all) - inner - deviance
    }

    /// `P(X = k + 1) / P(X = k)`.
    fn rise(self, k: u64) -> f64 {
        let not_drawn_others = self.others + k - self.drawn;
        (self.cases - k) as f64 / (k + 1) as f64 * ((self.drawn - k) as f64 / (not_drawn_others + 1) as f64)
    }

    /// `P(X <= k)`, summed downwards; precise where `k` is below the mode.
    pub(crate) fn sum_down(self, k: u64) -> f64 {
        let (lowest, _) = self.range();
        let first = self.ln_probability(k).exp();
        let (mut term, mut sum) = (first, first);
        for below in (lowest..k).rev() {
            term /= self.rise(below);
            sum += term;
            if term <= sum * (f64::EPSILON / 16.0) {
                break;
            }
        }
        sum.min(1.0)
    }

    /// `P(X >= k)`, summed upwards; precise where `k` is above the mode.
    pub(crate) fn sum_up(self, k: u64) -> f64 {
        let (_, highest) = self.range();
        let first = self.ln_probability(k).exp();
        let (mut term, mut sum) = (first, first);
        for above in k..highest {
            term *= self.rise(above);
            sum += term;
            if term <= sum * (f64::EPSILON / 16.0) {
                break;
            }
        }
        sum.min(1.0)
    }

    /// `P(X <= k)`.
    pub(crate) fn at_most(self, k: u64) -> f64 {
        let (lowest, highest) = self.range();
        if k < lowest {
            0.0
        } else if k >= highest {
            1.0
        } else if k <= self.mode() {
            self.sum_down(k)
        } else {
            1.0 - self.sum_up(k + 1)
        }
    }

    /// `P(X >= k)`.
    pub(crate) fn at_least(self, k: u64) -> f64 {
        let (lowest, highest) = self.range();
        if k <= lowest {
            1.0
        } else if k > highest {
            0.0
        } else if k >= self.mode() {
            self.sum_up(k)
        } else {
            1.0 - self.sum_down(k - 1)
        }
    }
}

/// What a factorial has beside `n ln n − n`: `½ ln(2πn)` and Stirling's error; nothing for `0! = 1`.
fn stirling(n: u64) -> f64 {
    if n == 0 {
        return 0.0;
    }
    let n = n as f64;
    0.5 * (2.0 * PI * n).ln() + stirling_error(n)
}

/// `P(X = k)`: `k` cases among `drawn` of `cases + others` patients; 0 where that cannot be. `NaN` where more are drawn than there are,
/// or above [`MAXIMUM_PATIENTS`].
#[must_use]
pub fn probability(k: u64, cases: u64, others: u64, drawn: u64) -> f64 {
    Margins::of(cases, others, drawn).map_or(f64::NAN, |margins| {
        let (lowest, highest) = margins.range();
        if (lowest..=highest).contains(&k) { margins.ln_probability(k).exp() } else { 0.0 }
    })
}

/// `P(X <= k)`, precise where it is small; domain as for [`probability`].
#[must_use]
pub fn cdf(k: u64, cases: u64, others: u64, drawn: u64) -> f64 {
    Margins::of(cases, others, drawn).map_or(f64::NAN, |margins| margins.at_most(k))
}

/// `P(X >= k)`, precise where it is small; domain as for [`probability`].
#[must_use]
pub fn survival(k: u64, cases: u64, others: u64, drawn: u64) -> f64 {
    Margins::of(cases, others, drawn).map_or(f64::NAN, |margins| margins.at_least(k))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_cases_by_hand() {
        // 2 of 3 cases among 4 drawn of 7: C(3,2) C(4,2) / C(7,4) = 18/35
        assert!((probability(2, 3, 4, 4) - 18.0 / 35.0).abs() < 1e-15);
        assert!((cdf(1, 3, 4, 4) - 13.0 / 35.0).abs() < 1e-15);
        assert!((survival(3, 3, 4, 4) - 4.0 / 35.0).abs() < 1e-15);
        assert_eq!((probability(0, 0, 0, 0), cdf(0, 0, 0, 0)), (1.0, 1.0));
        assert!((probability(3, 3, 4, 7) - 1.0).abs() < 1e-15);
        assert_eq!((probability(4, 3, 4, 7), cdf(2, 3, 4, 7), survival(4, 3, 4, 7)), (0.0, 0.0, 0.0));
        assert!(probability(1, 3, 4, 8).is_nan() && cdf(1, u64::MAX, 4, 8).is_nan());
    }

    #[test]
    fn tails_complete_each_other() {
        for (cases, others, drawn) in [(3, 4, 4), (30, 500, 60), (500, 30, 400), (100_000, 400_000, 9)] {
            let margins = Margins::of(cases, others, drawn).unwrap();
            let (lowest, highest) = margins.range();
            let mut sum = 0.0;
            for k in lowest..=highest {
                assert!((sum + margins.at_least(k) - 1.0).abs() < 1e-13, "{k}");
                sum += probability(k, cases, others, drawn);
                assert!((sum - margins.at_most(k)).abs() < 1e-13, "{k}");
                assert!(margins.ln_probability(k) <= margins.ln_probability(margins.mode()) + 1e-13);
            }
        }
    }
}
