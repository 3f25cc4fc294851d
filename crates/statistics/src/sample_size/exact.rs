//! The exact binomial test of one proportion: its critical value, its true error and power, and the size it needs.

use super::{FORGIVEN, NormalVariant, Sides, inside, one_proportion};
use crate::binomial;

/// An exact binomial test: what it rejects, and how often.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExactTest {
    /// The null hypothesis is rejected from so many cases on: `critical` or more where the alternative is the larger
    /// proportion, `critical` or fewer where it is the smaller one.
    pub critical: u64,
    /// True error of the first kind: probability of rejecting under `p0`. A two-sided test counts both sides.
    pub error: f64,
    /// Probability under `p1` of rejecting on the side of the alternative; rejecting on the wrong side is no success.
    pub power: f64,
}

/// The exact test with `n` patients: the widest region of rejection whose probability under `p0` is at most `alpha`
/// (half of it on each side for a two-sided test).
///
/// `None` if no outcome rejects, or unless `n >= 1`, `p0 != p1` and all proportions lie strictly between 0 and 1.
#[must_use]
pub fn exact_test(n: u64, p0: f64, p1: f64, alpha: f64, sides: Sides) -> Option<ExactTest> {
    if n == 0 || !inside(p0) || !inside(p1) || p0 == p1 || !inside(alpha) {
        return None;
    }
    let share = sides.share(alpha);
    let critical = if p1 > p0 { upper_critical(n, p0, share) } else { lower_critical(n, p0, share) }?;
    let mut test = exact_test_at(n, critical, p0, p1)?;
    if sides == Sides::Two {
        test.error += if p1 > p0 {
            lower_critical(n, p0, share).map_or(0.0, |c| binomial::cdf(c, n, p0))
        } else {
            upper_critical(n, p0, share).map_or(0.0, |c| binomial::survival(c, n, p0))
        };
    }
    Some(test)
}

/// Error and power of a one-sided test that rejects at `critical` cases and beyond, on the side of the alternative.
///
/// `None` unless `critical <= n`, `n >= 1`, `p0 != p1` and both lie strictly between 0 and 1.
#[must_use]
pub fn exact_test_at(n: u64, critical: u64, p0: f64, p1: f64) -> Option<ExactTest> {
    if n == 0 || critical > n || !inside(p0) || !inside(p1) || p0 == p1 {
        return None;
    }
    let reject = if p1 > p0 { binomial::survival } else { binomial::cdf };
    Some(ExactTest { critical, error: reject(critical, n, p0), power: reject(critical, n, p1) })
}

/// Smallest `c <= n` with `P(X >= c) <= error`.
fn upper_critical(n: u64, p: f64, error: f64) -> Option<u64> {
    let fits = |c: u64| binomial::survival(c, n, p) <= error * (1.0 + FORGIVEN);
    if !fits(n) {
        return None;
    }
    // P(X >= 0) = 1 never fits.
    let (mut below, mut critical) = (0, n);
    while critical - below > 1 {
        let middle = below.midpoint(critical);
        if fits(middle) {
            critical = middle;
        } else {
            below = middle;
        }
    }
    Some(critical)
}

/// Largest `c` with `P(X <= c) <= error`.
fn lower_critical(n: u64, p: f64, error: f64) -> Option<u64> {
    let fits = |c: u64| binomial::cdf(c, n, p) <= error * (1.0 + FORGIVEN);
    if !fits(0) {
        return None;
    }
    let (mut critical, mut above) = (0, n);
    while above - critical > 1 {
        let middle = critical.midpoint(above);
        if fits(middle) {
            critical = middle;
        } else {
            above = middle;
        }
    }
    Some(critical)
}

/// The sizes with which the exact test has its power. Power does not grow steadily with `n`: each time the critical
/// value rises it drops, so there are two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExactSize {
    /// Smallest `n` with the power.
    pub first: u64,
    /// Smallest `n` from which every size has it.
    pub always: u64,
}

/// Smallest `n` from which on the exact test of `p0` against `p1` has at least this power at every size
/// ([`ExactSize::always`]).
///
/// Domain as for [`one_proportion_exact_sizes`].
#[must_use]
pub fn one_proportion_exact(p0: f64, p1: f64, alpha: f64, sides: Sides, power: f64) -> Option<u64> {
    one_proportion_exact_sizes(p0, p1, alpha, sides, power).map(|sizes| sizes.always)
}

/// Past this many patients the search gives up.
const MAXIMUM: u64 = 20_000_000;
/// A normal approximation past this is not searched for at all.
const MAXIMUM_APPROXIMATE: u64 = 5_000_000;
/// The running sums are made anew after so many steps.
const RENEWED_AFTER: u64 = 1024;

/// First size with the power, and the size from which on it is never lost again.
///
/// Every `n` is looked at in turn, up to twice the last one without the power and until the next rise of the critical
/// value costs nothing either. Takes time in proportion to `n`: some tens of nanoseconds
/// for each, and never more than a second in an optimised build.
///
/// `None` unless all proportions lie strictly between 0 and 1, `p0 != p1`, the power exceeds the error of one side,
/// and the answer is below about five million.
#[must_use]
pub fn one_proportion_exact_sizes(p0: f64, p1: f64, alpha: f64, sides: Sides, power: f64) -> Option<ExactSize> {
    let approximate = one_proportion(p0, p1, alpha, sides, power, NormalVariant::NullAndAlternative)
        .or_else(|| one_proportion(p0, p1, alpha, sides, power, NormalVariant::NullVariance))?;
    if approximate.n > MAXIMUM_APPROXIMATE {
        return None;
    }
    let error = sides.share(alpha);
    // Counting those without the event turns a smaller alternative into a larger one.
    let (null, alternative) = if p1 > p0 { (p0, p1) } else { (1.0 - p0, 1.0 - p1) };
    let mut critical = 1;
    let mut under_null = UpperTail::empty(null);
    let mut under_alternative = UpperTail::empty(alternative);
    let (mut first, mut last_without) = (None, 0_u64);
    for n in 1..=MAXIMUM {
        under_null.add_patient(n, critical);
        under_alternative.add_patient(n, critical);
        if n % RENEWED_AFTER == 0 {
            under_null.renew(n, critical);
            under_alternative.renew(n, critical);
        }
        if under_null.exceeds(error * (1.0 + FORGIVEN), n, critical) {
            under_null.raise(n, critical);
            under_alternative.raise(n, critical);
            critical += 1;
        }
        if critical > n || !under_alternative.exceeds(power * (1.0 - FORGIVEN), n, critical) {
            last_without = n;
            continue;
        }
        first = first.or(Some(n));
        if n >= 2 * last_without + 50 && under_alternative.after_raise(n, critical) > power {
            return first.map(|first| ExactSize { first, always: last_without + 1 });
        }
    }
    None
}

/// `P(X >= c)` and `P(X = c − 1)` of a binomial distribution, kept up to date while `n` and `c` grow by ones.
struct UpperTail {
    p: f64,
    q: f64,
    tail: f64,
    below: f64,
}

impl UpperTail {
    /// For no patient and `c = 1`.
    fn empty(p: f64) -> Self {
        Self { p, q: 1.0 - p, tail: 0.0, below: 1.0 }
    }

    /// From `n − 1` patients to `n`.
    fn add_patient(&mut self, n: u64, critical: u64) {
        self.tail += self.p * self.below;
        self.below *= self.q * (n as f64 / (n + 1 - critical) as f64);
    }

    /// `P(X = c)`; 0 for `c > n`.
    fn at(&self, n: u64, critical: u64) -> f64 {
        self.below * ((n + 1 - critical) as f64 / critical as f64) * (self.p / self.q)
    }

    /// The tail from `c + 1` on.
    fn after_raise(&self, n: u64, critical: u64) -> f64 {
        self.tail - self.at(n, critical)
    }

    /// From `c` to `c + 1`.
    fn raise(&mut self, n: u64, critical: u64) {
        let at = self.at(n, critical);
        self.tail = (self.tail - at).max(0.0);
        self.below = at;
    }

    /// Replaces the running sums by computed ones.
    fn renew(&mut self, n: u64, critical: u64) {
        self.tail = binomial::survival(critical, n, self.p);
        self.below = binomial::probability(critical - 1, n, self.p);
    }

    /// Whether the tail is greater than `bound`; computed anew where the running sum is too near to tell.
    fn exceeds(&mut self, bound: f64, n: u64, critical: u64) -> bool {
        if (self.tail - bound).abs() <= 1e-9 * bound + 1e-12 {
            self.renew(n, critical);
        }
        self.tail > bound
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_design() {
        let test = exact_test(115, 0.09, 0.18, 0.05, Sides::One).unwrap();
        assert_eq!(test.critical, 17);
        assert!((test.power - 0.846).abs() < 5e-4 && (test.error - 0.029).abs() < 5e-4, "{test:?}");
        let test = exact_test_at(115, 16, 0.09, 0.18).unwrap();
        assert!((test.power - 0.900).abs() < 5e-4 && (test.error - 0.053).abs() < 5e-4, "{test:?}");
    }

    #[test]
    fn boundaries_are_not_rounded_away() {
        // P(X >= 5 | 5, 1/2) = 1/32; P(X >= 3 | 3, 0.1) = 0.001
        assert_eq!(exact_test(5, 0.5, 0.9, 0.03125, Sides::One).unwrap().critical, 5);
        assert_eq!(exact_test(3, 0.1, 0.5, 0.001, Sides::One).unwrap().critical, 3);
        assert_eq!(exact_test(3, 0.9, 0.5, 0.001, Sides::One).unwrap().critical, 0);
        assert_eq!(exact_test(4, 0.5, 0.9, 0.03125, Sides::One), None);
        let both = exact_test(6, 0.5, 0.9, 0.03125, Sides::Two).unwrap();
        assert!((both.error - 0.03125).abs() < 1e-15 && both.critical == 6);
    }

    #[test]
    fn mirrored_tests_agree() {
        for n in [10, 57, 115, 400] {
            let up = exact_test(n, 0.09, 0.18, 0.05, Sides::Two).unwrap();
            let down = exact_test(n, 0.91, 0.82, 0.05, Sides::Two).unwrap();
            assert_eq!(down.critical, n - up.critical);
            assert!((up.error - down.error).abs() < 1e-14 && (up.power - down.power).abs() < 1e-14);
        }
    }

    /// The definition, without short cuts.
    fn by_definition(p0: f64, p1: f64, alpha: f64, sides: Sides, power: f64, until: u64) -> ExactSize {
        let has = |n| exact_test(n, p0, p1, alpha, sides).is_some_and(|test| test.power >= power);
        let first = (1..until).find(|n| has(*n)).unwrap();
        let last = (1..until).rev().find(|n| !has(*n)).unwrap_or(0);
        ExactSize { first, always: last + 1 }
    }

    #[test]
    fn sizes_follow_the_definition() {
        for (p0, p1) in [(0.09, 0.18), (0.18, 0.09), (0.5, 0.7), (0.01, 0.05), (0.3, 0.99), (0.95, 0.8), (0.001, 0.02)] {
            for (alpha, power) in [(0.05, 0.9), (0.025, 0.8), (0.01, 0.95)] {
                for sides in [Sides::One, Sides::Two] {
                    let sizes = one_proportion_exact_sizes(p0, p1, alpha, sides, power).unwrap();
                    let expected = by_definition(p0, p1, alpha, sides, power, 3 * sizes.always + 100);
                    assert_eq!(sizes, expected, "{p0} {p1} {alpha} {power} {sides:?}");
                }
            }
        }
    }

    #[test]
    fn the_search_is_bounded() {
        assert_eq!(one_proportion_exact(0.5, 0.500_001, 0.05, Sides::One, 0.9), None);
        assert!(one_proportion_exact(1e-9, 0.5, 0.05, Sides::One, 0.9).is_some());
        assert!(one_proportion_exact(1e-300, 1e-4, 0.05, Sides::One, 0.9).is_some());
        assert_eq!(one_proportion_exact(0.3, 0.2, 0.05, Sides::One, 1.0), None);
    }
}
