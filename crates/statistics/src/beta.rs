//! The beta distribution: the regularised incomplete beta function and its inverse.
//!
//! The density comes from Loader's saddle-point form, which loses nothing for large parameters. The smaller tail is
//! that density times a continued fraction with positive terms (DiDonato and Morris, *ACM Transactions on
//! Mathematical Software* 18, 1992, the fraction behind their `BFRAC`); the larger one is its complement, so nothing
//! cancels. Past parameters of some 10⁸ Temme's uniform expansion takes over, so the work is bounded for every argument.

use std::f64::consts::PI;

use crate::gamma::{Tails, guard, half_deviance, stirling_error};
use crate::normal;
use crate::root;

/// Above this harmonic size `ab/(a+b)` the uniform expansion is as precise as a double.
const LARGE_SIZE: f64 = 1e8;
/// Bound of the continued fraction: the worst case below [`LARGE_SIZE`], at the centre, needs some four thousand.
const MAXIMUM_LEVELS: u32 = 100_000;

/// Both tails at `x` for positive finite `a`, `b`; `y = 1 − x` is given as well, so that neither end loses digits.
fn tails(x: f64, y: f64, a: f64, b: f64) -> Tails {
    let total = a + b;
    // a − (a+b)x, from whichever of x and y is known more finely.
    let lambda = if x <= y { total.mul_add(-x, a) } else { total.mul_add(y, -b) };
    let deviance = half_deviance(a, total * x, lambda) + half_deviance(b, total * y, -lambda);
    let size = a / total * b;
    // x^a y^b / B(a, b): the density along the logit axis.
    let ln_density = 0.5 * (size / (2.0 * PI)).ln() + (stirling_error(total) - stirling_error(a) - stirling_error(b)) - deviance;
    if size > LARGE_SIZE {
        let w = (2.0 * deviance).sqrt().copysign(-lambda);
        let u = -lambda / size.sqrt();
        let correction = if w.abs() < 1e-4 { (b - a) / total / (3.0 * size.sqrt()) } else { 1.0 / w - 1.0 / u };
        return Tails::from_signed_root(ln_density, w, correction);
    }
    if lambda >= 0.0 {
        Tails::from_factor(ln_density, fraction(x, y, a, b, lambda), true)
    } else {
        Tails::from_factor(ln_density, fraction(y, x, b, a, -lambda), false)
    }
}

/// Lower tail over density, for `lambda = a − (a+b)x >= 0`, after Lentz.
fn fraction(x: f64, y: f64, a: f64, b: f64, lambda: f64) -> f64 {
    let mut value = guard(a / (a + 1.0) * (lambda + 1.0));
    let mut c = value;
    let mut d = 0.0;
    for level in 1..MAXIMUM_LEVELS {
        let n = f64::from(level);
        let odd = a + 2.0 * n - 1.0;
        let numerator = (a + n - 1.0) / odd * ((a + b + n - 1.0) / odd) * (n * x) * ((b - n) * x);
        let denominator = n + n * (b - n) * x / odd + (a + n) / (odd + 2.0) * (lambda + 1.0 + n * (1.0 + y));
        d = 1.0 / guard(denominator + numerator * d);
        c = guard(denominator + numerator / c);
        let factor = c * d;
        value *= factor;
        if (factor - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    1.0 / value
}

/// Whether these are parameters of a beta distribution.
fn valid(a: f64, b: f64) -> bool {
    a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite() && (a + b).is_finite()
}

/// `P(X <= x)`: the regularised incomplete beta function `I_x(a, b)`.
///
/// `NaN` unless `a` and `b` are positive and finite.
#[must_use]
pub fn cdf(x: f64, a: f64, b: f64) -> f64 {
    tails_at(x, 1.0 - x, a, b).0
}

/// `P(X > x)`, precise where it is small.
#[must_use]
pub fn survival(x: f64, a: f64, b: f64) -> f64 {
    tails_at(x, 1.0 - x, a, b).1
}

/// Lower and upper tail at `x`, with `y = 1 − x`.
pub(crate) fn tails_at(x: f64, y: f64, a: f64, b: f64) -> (f64, f64) {
    if x.is_nan() || !valid(a, b) {
        (f64::NAN, f64::NAN)
    } else if x <= 0.0 {
        (0.0, 1.0)
    } else if y <= 0.0 {
        (1.0, 0.0)
    } else {
        let tails = tails(x, y, a, b);
        (tails.lower, tails.upper)
    }
}

/// The `x` with `cdf(x, a, b) == p`; 0 and 1 at the ends, `NaN` outside.
#[must_use]
pub fn quantile(p: f64, a: f64, b: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) || !valid(a, b) {
        f64::NAN
    } else if p <= 0.5 {
        lower_point(p, a, b).0
    } else {
        lower_point(1.0 - p, b, a).1
    }
}

/// The `x` with `survival(x, a, b) == q`, precise for small `q`.
#[must_use]
pub fn upper_quantile(q: f64, a: f64, b: f64) -> f64 {
    if !(0.0..=1.0).contains(&q) || !valid(a, b) {
        f64::NAN
    } else if q <= 0.5 {
        lower_point(q, b, a).1
    } else {
        lower_point(1.0 - q, a, b).0
    }
}

/// The point with this lower tail (at most ½), as `(x, 1 − x)`, each to full relative precision.
fn lower_point(p: f64, a: f64, b: f64) -> (f64, f64) {
    if p == 0.0 {
        return (0.0, 1.0);
    }
    if a == 1.0 {
        let ln_y = (-p).ln_1p() / b;
        return (-ln_y.exp_m1(), ln_y.exp());
    }
    if b == 1.0 {
        let ln_x = p.ln() / a;
        return (ln_x.exp(), -ln_x.exp_m1());
    }
    let t = root::solve(
        |t| {
            let (x, y) = from_logit(t);
            tails(x, y, a, b).log_lower()
        },
        p.ln(),
        start(p, a, b),
        -709.0,
        709.0,
    );
    from_logit(t)
}

/// A first guess on the logit axis: the normal approximation of Abramowitz and Stegun 26.5.22, or the centre.
fn start(p: f64, a: f64, b: f64) -> f64 {
    let centre = (a / b).ln();
    if a <= 1.0 || b <= 1.0 {
        return centre;
    }
    let z = -normal::quantile(p);
    let (first, second) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
    let h = 2.0 / (first + second);
    let l = (z * z - 3.0) / 6.0;
    let w = if h + l > 0.0 { z * (h + l).sqrt() / h - (second - first) * (l + 5.0 / 6.0 - 2.0 / (3.0 * h)) } else { 0.0 };
    centre - 2.0 * w
}

/// `(x, 1 − x)` for `t = ln(x / (1 − x))`.
fn from_logit(t: f64) -> (f64, f64) {
    let e = (-t.abs()).exp();
    let (small, large) = (e / (1.0 + e), 1.0 / (1.0 + e));
    if t < 0.0 { (small, large) } else { (large, small) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_forms() {
        assert!((cdf(0.3, 1.0, 1.0) - 0.3).abs() < 1e-15);
        assert!((cdf(0.3, 2.0, 1.0) - 0.09).abs() < 1e-15);
        assert!((cdf(0.25, 0.5, 0.5) - 1.0 / 3.0).abs() < 1e-15, "arc sine");
        assert!((cdf(0.5, 5e5, 5e5) - 0.5).abs() < 1e-12);
        assert!((survival(1e-20, 3.0, 4.0) - 1.0).abs() < 1e-15);
        assert!(cdf(0.5, 0.0, 1.0).is_nan());
        assert!(quantile(1.5, 1.0, 1.0).is_nan());
    }

    #[test]
    fn the_expansion_joins_the_fraction() {
        for ratio in [0.05, 0.5, 0.7] {
            let total = LARGE_SIZE / (ratio * (1.0 - ratio));
            let sd = (ratio * (1.0 - ratio) / total).sqrt();
            for z in [-4.0, -1.0, 0.0, 0.3, 3.0] {
                let x = ratio + z * sd;
                let below = cdf(x, total * ratio * 0.999_999_99, total * (1.0 - ratio) * 0.999_999_99);
                let above = cdf(x, total * ratio * 1.000_000_01, total * (1.0 - ratio) * 1.000_000_01);
                assert!((below - above).abs() < 1e-7, "{ratio} {z}: {below} {above}");
            }
        }
    }
}
