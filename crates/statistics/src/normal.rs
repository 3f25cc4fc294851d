//! The standard normal distribution.

use std::f64::consts::{PI, SQRT_2};

/// Below this distance from the centre the series is used, above it the continued fraction.
const CENTRE: f64 = 1.5;
/// Enough levels of the continued fraction for full precision at [`CENTRE`].
const LEVELS: u32 = 240;
/// Enough terms of the series for full precision at the far end of its range.
const TERMS: u32 = 60;

/// Density at `z`.
///
/// The square is taken with its rounding error, so that the density keeps its relative precision far out.
#[must_use]
pub fn density(z: f64) -> f64 {
    let square = z * z;
    if square > 1500.0 {
        return 0.0;
    }
    let error = z.mul_add(z, -square);
    (-0.5 * square).exp() * (-0.5 * error).exp() / (SQRT_2 * PI.sqrt())
}

/// Probability between the centre and `z`: `cdf(z) - 1/2`, with full relative precision for small `z`.
fn from_centre(z: f64) -> f64 {
    let square = z * z;
    let mut term = z;
    let mut sum = z;
    for k in 1..TERMS {
        term *= square / f64::from(2 * k + 1);
        sum += term;
        if term.abs() <= sum.abs() * (f64::EPSILON / 4.0) {
            break;
        }
    }
    density(z) * sum
}

/// Mills' ratio: upper tail over density, for `z` of at least [`CENTRE`], by Laplace's continued fraction.
fn mills_ratio(z: f64) -> f64 {
    let mut denominator = z;
    for level in (1..=LEVELS).rev() {
        denominator = z + f64::from(level) / denominator;
    }
    1.0 / denominator
}

/// `P(Z <= z)`, with full relative precision in the lower tail.
#[must_use]
pub fn cdf(z: f64) -> f64 {
    if z.is_nan() {
        f64::NAN
    } else if z <= -CENTRE {
        density(z) * mills_ratio(-z)
    } else if z < CENTRE {
        0.5 + from_centre(z)
    } else {
        1.0 - density(z) * mills_ratio(z)
    }
}

/// `P(Z >= z)`, with full relative precision in the upper tail.
#[must_use]
pub fn survival(z: f64) -> f64 {
    cdf(-z)
}

/// The `z` with `cdf(z) == p`; infinite at 0 and 1, `NaN` outside.
#[must_use]
pub fn quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        f64::NAN
    } else if p == 0.0 {
        f64::NEG_INFINITY
    } else if p == 1.0 {
        f64::INFINITY
    } else if (p - 0.5).abs() < 0.43 {
        central_quantile(p - 0.5)
    } else if p < 0.5 {
        -upper_quantile(p)
    } else {
        upper_quantile(1.0 - p)
    }
}

/// Newton's method, with the second derivative, on the probability between the centre and the point.
fn central_quantile(area: f64) -> f64 {
    let mut z = area / density(0.0);
    // The start is too near the centre; the method is monotone from there, and few steps suffice.
    for _ in 0..30 {
        let newton = (from_centre(z) - area) / density(z);
        let step = newton / (1.0 + 0.5 * z * newton).max(0.5);
        z -= step;
        if step.abs() <= f64::EPSILON * z.abs() {
            break;
        }
    }
    z
}

/// Newton's method on the logarithm of the upper tail, for a tail below 0.07.
fn upper_quantile(tail: f64) -> f64 {
    let target = tail.ln();
    let leading = -2.0 * target;
    let mut z = (leading - (leading * PI).ln()).max(CENTRE * CENTRE).sqrt();
    for _ in 0..30 {
        let ratio = if z > CENTRE { mills_ratio(z) } else { survival(z) / density(z) };
        let logarithm = -0.5 * z * z - (SQRT_2 * PI.sqrt()).ln() + ratio.ln();
        // Where the tail is still a normal number, compare sizes: the logarithm would cost digits.
        let actual = density(z) * ratio;
        let excess = if tail > 1e-290 && (actual / tail - 1.0).abs() < 0.5 { ((actual - tail) / tail).ln_1p() } else { logarithm - target };
        let step = excess * ratio;
        z += step;
        if step.abs() <= f64::EPSILON * z {
            break;
        }
    }
    z
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantile_is_odd_and_inverts() {
        for i in 1..1000 {
            let p = f64::from(i) / 1000.0;
            assert!((cdf(quantile(p)) - p).abs() < 4e-16, "{p}");
        }
        assert_eq!(quantile(0.5), 0.0);
        assert!((cdf(quantile(1e-300)) / 1e-300 - 1.0).abs() < 1e-12);
        assert!(quantile(-0.1).is_nan() && quantile(f64::NAN).is_nan());
    }
}
