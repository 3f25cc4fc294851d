//! Limits of a probability, on a scale on which its error is nearly normal.

use crate::{Interval, normal};

/// The scale on which limits are symmetrical.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scale {
    /// `ln(−ln p)`: limits never leave 0 to 1 (J. D. Kalbfleisch and R. L. Prentice, *The Statistical Analysis of Failure Time Data*,
    /// 1980).
    LogLog,
    /// `ln p`: the default of R's `survfit`; an upper limit above 1 is given as 1.
    Log,
}

/// The two-sided normal quantile of a level; `None` unless it lies strictly between 0 and 1.
pub(super) fn two_sided(level: f64) -> Option<f64> {
    (level > 0.0 && level < 1.0).then(|| -normal::quantile(0.5 * (1.0 - level)))
}

/// Limits of `p`, known to a relative standard error. `None` where the scale has no place for `p`: at 0, and at 1 on that of
/// [`Scale::LogLog`].
pub(super) fn limits(p: f64, relative_error: f64, level: f64, scale: Scale) -> Option<Interval> {
    let reach = two_sided(level)? * relative_error;
    if !(p > 0.0 && reach.is_finite()) {
        return None;
    }
    match scale {
        Scale::Log => Some(Interval { lower: p * (-reach).exp(), upper: (p * reach.exp()).min(1.0) }),
        Scale::LogLog if p >= 1.0 => None,
        Scale::LogLog => {
            let ln_p = p.ln();
            let factor = (-reach / ln_p).exp();
            // At least the estimate itself, which rounding may have passed where there is no error.
            Some(Interval { lower: (ln_p * factor).exp().min(p), upper: (ln_p / factor).exp().max(p) })
        }
    }
}
