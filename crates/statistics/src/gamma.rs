//! The gamma function's logarithm, and the gamma distribution with scale 1.

use std::f64::consts::PI;

use crate::normal;
use crate::root::{self, LogTail};

/// Euler's constant γ.
const EULER: f64 = 0.577_215_664_901_532_9;
/// `ln(2π)/2`.
const HALF_LN_TWO_PI: f64 = 0.918_938_533_204_672_8;

/// `ζ(k) − 1` for k = 2, 3, …: the coefficients of ln Γ about 2 (DLMF 5.7.3).
const ZETA_MINUS_ONE: [f64; 30] = [
    6.449_340_668_482_264e-1,
    2.020_569_031_595_943e-1,
    8.232_323_371_113_819e-2,
    3.692_775_514_336_993e-2,
    1.734_306_198_444_914e-2,
    8.349_277_381_922_827e-3,
    4.077_356_197_944_339e-3,
    2.008_392_826_082_214_4e-3,
    9.945_751_278_180_853e-4,
    4.941_886_041_194_646e-4,
    2.460_865_533_080_483e-4,
    1.227_133_475_784_891_5e-4,
    6.124_813_505_870_483e-5,
    3.058_823_630_702_049e-5,
    1.528_225_940_865_187e-5,
    7.637_197_637_899_762e-6,
    3.817_293_264_999_84e-6,
    1.908_212_716_553_939e-6,
    9.539_620_338_727_96e-7,
    4.769_329_867_878_064e-7,
    2.384_505_027_277_33e-7,
    1.192_199_259_653_110_7e-7,
    5.960_818_905_125_948e-8,
    2.980_350_351_465_228e-8,
    1.490_155_482_836_504e-8,
    7.450_711_789_835_429e-9,
    3.725_334_024_788_457e-9,
    1.862_659_723_513_049e-9,
    9.313_274_324_196_682e-10,
    4.656_629_065_033_784e-10,
];

/// Coefficients of Stirling's series in `1/x, 1/x³, 1/x⁵, …` (DLMF 5.11.1).
const STIRLING: [f64; 8] =
    [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360_360.0, 1.0 / 156.0, -3617.0 / 122_400.0];

/// From here on Stirling's series alone has full precision.
const STIRLING_FROM: f64 = 10.0;
/// Above this shape the uniform expansion is used, which is then as precise as a double and needs no iteration.
const LARGE_SHAPE: f64 = 1e8;
/// Bound of every series and continued fraction here; about ten times what the worst case below
/// [`LARGE_SHAPE`] needs.
const MAXIMUM_TERMS: u32 = 1_000_000;

/// `ln Γ(x)` for positive `x`; `NaN` otherwise.
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        f64::NAN
    } else if x < 0.5 {
        ln_gamma_about_two(x) - x.ln_1p() - x.ln()
    } else if x < 1.5 {
        ln_gamma_about_two(x - 1.0) - (x - 1.0).ln_1p()
    } else if x <= 2.5 {
        ln_gamma_about_two(x - 2.0)
    } else {
        (x - 0.5) * (x.ln() - 1.0) + (HALF_LN_TWO_PI - 0.5) + stirling_error(x)
    }
}

/// `ln Γ(2 + e)` for `|e| <= 1/2`, by its Taylor series.
fn ln_gamma_about_two(e: f64) -> f64 {
    let mut sum = 0.0;
    for (index, coefficient) in ZETA_MINUS_ONE.iter().enumerate().rev() {
        let k = index as f64 + 2.0;
        sum = coefficient / k - e * sum;
    }
    e * ((1.0 - EULER) + e * sum)
}

/// What Stirling's formula leaves out: `ln Γ(x+1) − [(x + ½) ln x − x + ½ ln 2π]`, for positive `x`.
///
/// Small arguments are raised one by one; every summand is positive, so nothing cancels.
pub(crate) fn stirling_error(x: f64) -> f64 {
    let mut x = x;
    let mut sum = 0.0;
    while x < STIRLING_FROM {
        sum += stirling_step(x);
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let series = STIRLING.iter().rev().fold(0.0, |series, coefficient| series * square + coefficient);
    sum + series / x
}

/// `stirling_error(x) − stirling_error(x + 1) = (x + ½) ln(1 + 1/x) − 1`.
fn stirling_step(x: f64) -> f64 {
    let t = 1.0 / (2.0 * x + 1.0);
    if t > 0.4 {
        return (x + 0.5) * (1.0 / x).ln_1p() - 1.0;
    }
    // atanh(t)/t − 1
    let square = t * t;
    let mut power = square;
    let mut sum = 0.0;
    for k in 1..30 {
        let term = power / f64::from(2 * k + 1);
        sum += term;
        if term <= sum * (f64::EPSILON / 4.0) {
            break;
        }
        power *= square;
    }
    sum
}

/// Half the deviance, `x ln(x/m) + m − x`, given `difference = x − m` to full precision.
///
/// After C. Loader, *Fast and accurate computation of binomial probabilities* (2000): the terms cancel when `x` is
/// near `m`, and the series in `(x − m)/(x + m)` does not.
pub(crate) fn half_deviance(x: f64, m: f64, difference: f64) -> f64 {
    if x == 0.0 {
        return m;
    }
    let v = difference / (x + m);
    if v.abs() >= 0.1 {
        return x * (x / m).ln() - difference;
    }
    let square = v * v;
    let mut sum = difference * v;
    let mut power = 2.0 * x * v;
    for k in 1..40 {
        power *= square;
        let next = sum + power / f64::from(2 * k + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// Both tails of a distribution at one point.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tails {
    /// Probability at or below the point.
    pub lower: f64,
    /// Probability above the point.
    pub upper: f64,
    /// Logarithm of the lower tail, where that is the smaller one and might underflow.
    pub ln_lower: f64,
    /// Logarithm of the upper tail.
    pub ln_upper: f64,
    /// Logarithm of the density along the transformed axis.
    pub ln_density: f64,
}

impl Tails {
    /// From the smaller tail, given as density times factor.
    pub(crate) fn from_factor(ln_density: f64, factor: f64, is_lower: bool) -> Self {
        let small = (ln_density.exp() * factor).clamp(0.0, 1.0);
        let ln_small = ln_density + factor.ln();
        let (large, ln_large) = (1.0 - small, (-small).ln_1p());
        if is_lower {
            Self { lower: small, upper: large, ln_lower: ln_small, ln_upper: ln_large, ln_density }
        } else {
            Self { lower: large, upper: small, ln_lower: ln_large, ln_upper: ln_small, ln_density }
        }
    }

    /// Temme's uniform expansion, two terms: a normal tail at the signed root `w` and its correction.
    ///
    /// `w` has the sign of point minus centre, `correction` is added to the lower tail in units of the normal density.
    pub(crate) fn from_signed_root(ln_density: f64, w: f64, correction: f64) -> Self {
        let shift = correction * normal::density(w);
        let lower = (normal::cdf(w) + shift).clamp(0.0, 1.0);
        let upper = (normal::survival(w) - shift).clamp(0.0, 1.0);
        Self { lower, upper, ln_lower: lower.ln(), ln_upper: upper.ln(), ln_density }
    }

    /// The lower tail as the solver wants it.
    pub(crate) fn log_lower(&self) -> LogTail {
        LogTail { value: self.ln_lower, slope: (self.ln_density - self.ln_lower).exp() }
    }

    /// The upper tail as the solver wants it, along the reversed axis.
    pub(crate) fn log_upper(&self) -> LogTail {
        LogTail { value: self.ln_upper, slope: (self.ln_density - self.ln_upper).exp() }
    }
}

/// Both tails for shape `a > 0` at `0 < x < ∞`.
fn tails(a: f64, x: f64) -> Tails {
    let deviance = half_deviance(a, x, a - x);
    // x^a e^{-x} / Γ(a): the density along the logarithmic axis.
    let ln_density = 0.5 * (a / (2.0 * PI)).ln() - stirling_error(a) - deviance;
    if a > LARGE_SHAPE {
        let w = (2.0 * deviance).sqrt().copysign(x - a);
        let u = (x - a) / a.sqrt();
        let correction = if w.abs() < 1e-4 { 1.0 / (3.0 * a.sqrt()) } else { 1.0 / w - 1.0 / u };
        return Tails::from_signed_root(ln_density, w, correction);
    }
    if x < a + 1.0 {
        Tails::from_factor(ln_density, lower_series(a, x), true)
    } else {
        Tails::from_factor(ln_density, upper_fraction(a, x), false)
    }
}

/// Lower tail over density: `Σ xᵏ / (a (a+1) … (a+k))`.
fn lower_series(a: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let mut sum = term;
    for k in 1..MAXIMUM_TERMS {
        term *= x / (a + f64::from(k));
        sum += term;
        if term <= sum * (f64::EPSILON / 4.0) {
            break;
        }
    }
    sum
}

/// Upper tail over density, by Legendre's continued fraction (DLMF 8.9.2, contracted), after Lentz.
fn upper_fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut d = 1.0 / b;
    let mut c = f64::MAX;
    let mut value = d;
    for k in 1..MAXIMUM_TERMS {
        let k = f64::from(k);
        let numerator = -k * (k - a);
        b += 2.0;
        d = 1.0 / guard(numerator * d + b);
        c = guard(b + numerator / c);
        let factor = c * d;
        value *= factor;
        if (factor - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}

/// Keeps a partial denominator of Lentz's method away from zero.
pub(crate) fn guard(value: f64) -> f64 {
    if value.abs() < 1e-300 { 1e-300 } else { value }
}

/// `P(X <= x)` for the gamma distribution with this shape and scale 1: the regularised lower incomplete gamma
/// function `P(shape, x)`. `NaN` for a shape that is not positive and finite.
#[must_use]
pub fn cdf(x: f64, shape: f64) -> f64 {
    if let Some(certain) = outside(x, shape) { certain } else { tails(shape, x).lower }
}

/// `P(X > x)`: the regularised upper incomplete gamma function `Q(shape, x)`.
#[must_use]
pub fn survival(x: f64, shape: f64) -> f64 {
    if let Some(certain) = outside(x, shape) { 1.0 - certain } else { tails(shape, x).upper }
}

/// The lower tail where it needs no computing.
fn outside(x: f64, shape: f64) -> Option<f64> {
    if x.is_nan() || !shape.is_finite() || shape <= 0.0 {
        Some(f64::NAN)
    } else if x <= 0.0 {
        Some(0.0)
    } else if x == f64::INFINITY {
        Some(1.0)
    } else {
        None
    }
}

/// The `x` with `cdf(x, shape) == p`.
#[must_use]
pub fn quantile(p: f64, shape: f64) -> f64 {
    by_tail(p, shape, false)
}

/// The `x` with `survival(x, shape) == q`, precise for small `q`.
#[must_use]
pub fn upper_quantile(q: f64, shape: f64) -> f64 {
    by_tail(q, shape, true)
}

fn by_tail(p: f64, shape: f64, upper: bool) -> f64 {
    if !(0.0..=1.0).contains(&p) || !shape.is_finite() || shape <= 0.0 {
        return f64::NAN;
    }
    if p == 0.0 || p == 1.0 {
        return if (p == 0.0) == upper { f64::INFINITY } else { 0.0 };
    }
    if p > 0.5 {
        return by_tail(1.0 - p, shape, !upper);
    }
    if shape == 1.0 {
        return if upper { -p.ln() } else { -(-p).ln_1p() };
    }
    let z = if upper { -normal::quantile(p) } else { normal::quantile(p) };
    // Wilson and Hilferty's cube, or the leading term of the lower tail where the cube fails; as ln(x / shape).
    let ninth = 1.0 / (9.0 * shape);
    let cube = 1.0 - ninth + z * ninth.sqrt();
    let start = if cube > 0.2 { 3.0 * cube.ln() } else { (p.ln() + ln_gamma(shape + 1.0)) / shape - shape.ln() };
    let point = |t: f64| (shape * t.exp()).clamp(f64::MIN_POSITIVE, f64::MAX);
    if upper {
        // Below shape 1 the tail lies under the exponential one, so `x <= −ln p`. Without this bound a first step of Newton's
        // could leap to where the tail falls doubly exponentially, from where every further step is only 1.
        let lowest = if shape < 1.0 { (shape / -p.ln()).ln() } else { -709.0 };
        point(-root::solve(|t| tails(shape, point(-t)).log_upper(), p.ln(), -start, lowest, 709.0))
    } else {
        point(root::solve(|t| tails(shape, point(t)).log_lower(), p.ln(), start, -709.0, 709.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_of_factorials() {
        let mut factorial = 0.0_f64;
        for n in 1..100 {
            factorial += f64::from(n).ln();
            let computed = ln_gamma(f64::from(n) + 1.0);
            assert!((computed - factorial).abs() <= 1e-14 * factorial.max(1.0), "{n}: {computed} {factorial}");
        }
        assert!((ln_gamma(0.5) - 0.5 * PI.ln()).abs() < 1e-14);
        assert_eq!(ln_gamma(1.0), 0.0);
        assert_eq!(ln_gamma(2.0), 0.0);
        assert!(ln_gamma(0.0).is_nan());
    }

    /// The root of mpmath's `gammainc(a, 0, x, regularized=True) = p` at 40 digits.
    #[test]
    fn a_small_shape_does_not_lead_the_search_astray() {
        let shape = 10_f64.powf(-1.649_750_969_751_408);
        let x = quantile(0.789_696_454_936_876_7, shape);
        assert!((x / 1.512_099_863_000_727e-5 - 1.0).abs() < 1e-12, "{x}");
        assert!((cdf(x, shape) - 0.789_696_454_936_876_7).abs() < 1e-14);
    }

    #[test]
    fn upper_and_lower_quantiles_meet() {
        for shape in [0.3, 1.0, 2.0, 17.5, 1e4, 1e9] {
            let median = quantile(0.5, shape);
            assert!((median / upper_quantile(0.5, shape) - 1.0).abs() < 1e-13, "{shape}");
            // One rounding of the median moves the probability by this much.
            assert!((cdf(median, shape) - 0.5).abs() < 1e-13 + 1e-16 * shape.sqrt(), "{shape}");
        }
    }
}
