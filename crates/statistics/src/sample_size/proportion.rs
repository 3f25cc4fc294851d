//! Tests of one proportion against a fixed value, and of two proportions, by the normal approximation.

use super::{Sides, Size, inside, quantiles};
use crate::normal;

/// The variants of the normal approximation in use for one proportion, with `q = 1 − p`, `z_a`, `z_b` the normal
/// quantiles of error and power, and `d = |p1 − p0|`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NormalVariant {
    /// `(z_a √(p0 q0) + z_b √(p1 q1))² / d²`: each variance under its own hypothesis; the usual one.
    NullAndAlternative,
    /// The usual one, `n`, with continuity correction: `n/4 · (1 + √(1 + 2/(n d)))²` (Fleiss, Levin and Paik,
    /// *Statistical Methods for Rates and Proportions*, 2003, 2.5).
    ContinuityCorrected,
    /// `(z_a + z_b)² p1 q1 / d²`: the variance under the alternative for both (Wald).
    AlternativeVariance,
    /// `(z_a + z_b)² p0 q0 / d²`: the variance under the null hypothesis for both.
    NullVariance,
    /// `((z_a + z_b) / (2 (arcsin √p1 − arcsin √p0)))²`: after the variance-stabilising transformation.
    ArcSine,
}

impl NormalVariant {
    /// Every variant, the usual one first.
    pub const ALL: [Self; 5] =
        [Self::NullAndAlternative, Self::ContinuityCorrected, Self::AlternativeVariance, Self::NullVariance, Self::ArcSine];
}

/// Patients for a test of `p0` against `p1` with this error and power, by the normal approximation.
///
/// `None` unless all four lie strictly between 0 and 1, `p0 != p1`, the power exceeds the error of one side, and the
/// answer is below 2⁵³.
#[must_use]
pub fn one_proportion(p0: f64, p1: f64, alpha: f64, sides: Sides, power: f64, variant: NormalVariant) -> Option<Size> {
    if !inside(p0) || !inside(p1) || p0 == p1 || !inside(alpha) {
        return None;
    }
    let (a, b) = quantiles(sides.share(alpha), power)?;
    let (sd0, sd1, d) = ((p0 * (1.0 - p0)).sqrt(), (p1 * (1.0 - p1)).sqrt(), (p1 - p0).abs());
    let usual = ((a * sd0 + b * sd1).max(0.0) / d).powi(2);
    Size::of(match variant {
        NormalVariant::NullAndAlternative => usual,
        NormalVariant::ContinuityCorrected => 0.25 * usual * (1.0 + (1.0 + 2.0 / (usual * d)).sqrt()).powi(2),
        NormalVariant::AlternativeVariance => ((a + b) * sd1 / d).powi(2),
        NormalVariant::NullVariance => ((a + b) * sd0 / d).powi(2),
        NormalVariant::ArcSine => ((a + b) / (2.0 * (p1.sqrt().asin() - p0.sqrt().asin()))).powi(2),
    })
}

/// Power of that test with `n` patients, by the usual variant ([`NormalVariant::NullAndAlternative`]).
///
/// `None` for `n = 0`, `p0 == p1`, or any of `p0`, `p1`, `alpha` not strictly between 0 and 1.
#[must_use]
pub fn power_of_one_proportion(n: u64, p0: f64, p1: f64, alpha: f64, sides: Sides) -> Option<f64> {
    if n == 0 || !inside(p0) || !inside(p1) || p0 == p1 || !inside(alpha) {
        return None;
    }
    let a = -normal::quantile(sides.share(alpha));
    let distance = (p1 - p0).abs() * (n as f64).sqrt();
    Some(normal::cdf((distance - a * (p0 * (1.0 - p0)).sqrt()) / (p1 * (1.0 - p1)).sqrt()))
}

/// Patients *per group* for a comparison of two proportions in groups of equal size, with the pooled variance under
/// the null hypothesis: `(z_a √(2 p̄ q̄) + z_b √(p1 q1 + p2 q2))² / (p1 − p2)²`, without continuity correction.
///
/// Domain as for [`one_proportion`].
#[must_use]
pub fn two_proportions(p1: f64, p2: f64, alpha: f64, sides: Sides, power: f64) -> Option<Size> {
    let mean = f64::midpoint(p1, p2);
    compare(p1, p2, 2.0 * mean * (1.0 - mean), alpha, sides, power)
}

/// As [`two_proportions`], with the unpooled variance for both: `(z_a + z_b)² (p1 q1 + p2 q2) / (p1 − p2)²`.
#[must_use]
pub fn two_proportions_unpooled(p1: f64, p2: f64, alpha: f64, sides: Sides, power: f64) -> Option<Size> {
    compare(p1, p2, p1 * (1.0 - p1) + p2 * (1.0 - p2), alpha, sides, power)
}

/// [`two_proportions`], `n`, with continuity correction: `n/4 · (1 + √(1 + 4/(n |p1 − p2|)))²` (Fleiss, Tytun and Ury, *Biometrics*
/// 36 (1980), 343–346). It comes near to the size that Fisher's exact test needs.
#[must_use]
pub fn two_proportions_corrected(p1: f64, p2: f64, alpha: f64, sides: Sides, power: f64) -> Option<Size> {
    let usual = two_proportions(p1, p2, alpha, sides, power)?.exact;
    Size::of(0.25 * usual * (1.0 + (1.0 + 4.0 / (usual * (p1 - p2).abs())).sqrt()).powi(2))
}

fn compare(p1: f64, p2: f64, null_variance: f64, alpha: f64, sides: Sides, power: f64) -> Option<Size> {
    if !inside(p1) || !inside(p2) || p1 == p2 || !inside(alpha) {
        return None;
    }
    let (a, b) = quantiles(sides.share(alpha), power)?;
    let alternative_variance = p1 * (1.0 - p1) + p2 * (1.0 - p2);
    Size::of(((a * null_variance.sqrt() + b * alternative_variance.sqrt()).max(0.0) / (p1 - p2)).powi(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_design() {
        let size = |variant| one_proportion(0.09, 0.18, 0.05, Sides::One, 0.9, variant).unwrap().n;
        assert_eq!(NormalVariant::ALL.map(size), [115, 126, 157, 87, 121]);
        let power = power_of_one_proportion(115, 0.09, 0.18, 0.05, Sides::One).unwrap();
        assert!((0.9..0.905).contains(&power), "{power}");
        assert!(power_of_one_proportion(114, 0.09, 0.18, 0.05, Sides::One).unwrap() < 0.9);
    }

    #[test]
    fn two_groups() {
        assert_eq!(two_proportions(0.4, 0.6, 0.05, Sides::Two, 0.8).unwrap().n, 97);
        assert_eq!(two_proportions_unpooled(0.4, 0.6, 0.05, Sides::Two, 0.8).unwrap().n, 95);
    }

    /// 60 % against 70 % at 1 % and 95 %: the example of Fleiss, *Statistical Methods for Rates and Proportions*. The correction adds
    /// about `2/|p1 − p2|` in each group.
    #[test]
    fn two_groups_with_continuity_correction() {
        assert_eq!(two_proportions(0.6, 0.7, 0.01, Sides::Two, 0.95).unwrap().n, 808);
        assert_eq!(two_proportions_corrected(0.6, 0.7, 0.01, Sides::Two, 0.95).unwrap().n, 827);
        assert!(two_proportions_corrected(0.6, 0.6, 0.01, Sides::Two, 0.95).is_none());
    }

    #[test]
    fn refuses_what_is_no_test() {
        let usual = NormalVariant::NullAndAlternative;
        for (p0, p1, alpha, power) in
            [(0.1, 0.1, 0.05, 0.9), (0.0, 0.1, 0.05, 0.9), (0.1, 1.0, 0.05, 0.9), (0.1, 0.2, 0.0, 0.9), (0.1, 0.2, 0.05, 0.05)]
        {
            assert!(one_proportion(p0, p1, alpha, Sides::One, power, usual).is_none());
            assert!(two_proportions(p0, p1, alpha, Sides::One, power).is_none());
        }
        assert!(one_proportion(0.5, 0.5 + 1e-12, 0.05, Sides::One, 0.9, usual).is_none());
        assert!(one_proportion(f64::NAN, 0.5, 0.05, Sides::One, 0.9, usual).is_none());
    }
}
