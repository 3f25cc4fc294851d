//! Solving for the point at which a tail of a distribution has a given size.

/// What is known of a tail at one point of the (transformed) axis.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LogTail {
    /// Natural logarithm of the tail probability.
    pub value: f64,
    /// Its derivative along the axis, never negative.
    pub slope: f64,
}

/// More steps than any case needs; each step halves the bracket at worst.
const MAXIMUM_STEPS: u32 = 200;

/// The `t` in `[lower, upper]` with `tail(t).value == target`, for a logarithm that grows with `t`.
///
/// On the logit axis of a beta and on the logarithmic axis of a gamma distribution the density is log-concave, and so
/// is each tail. Newton's method on the logarithm of a concave growing function comes from the left without ever
/// passing the root, so it cannot cycle; the bracket only guards the first step and rounding.
pub(crate) fn solve(tail: impl Fn(f64) -> LogTail, target: f64, start: f64, mut lower: f64, mut upper: f64) -> f64 {
    let mut t = start.clamp(lower, upper);
    let mut previous = f64::INFINITY;
    for _ in 0..MAXIMUM_STEPS {
        let here = tail(t);
        let excess = here.value - target;
        if excess == 0.0 {
            return t;
        }
        if excess > 0.0 {
            upper = t;
        } else {
            lower = t;
        }
        let newton = t - excess / here.slope;
        let next = if newton.is_finite() && newton >= lower && newton <= upper { newton } else { f64::midpoint(lower, upper) };
        let step = (next - t).abs();
        t = next;
        let resolution = f64::EPSILON * t.abs().max(1.0);
        // Near the root rounding decides; stop when a step is noise or no longer shrinks to any purpose.
        if step <= resolution || (step <= 64.0 * resolution && step >= previous) {
            break;
        }
        previous = step;
    }
    t
}
