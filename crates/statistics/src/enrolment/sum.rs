//! The exact distribution of a sum of independent negative binomial counts.

/// Probabilities times different parts: the work for one distribution.
const MAXIMUM_WORK: usize = 20_000_000;
/// What is left above the last probability kept, of all.
const LEFT: f64 = 1e-30;
/// Sums grow from 1 by this factor until they are taken down by it.
const SCALE: f64 = 1e200;

/// One part: shape, and the probability `q` with which its counts fall off.
pub(super) type Part = (f64, f64);

/// Both tails of a distribution on 0, 1, 2, …
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tails {
    at_most: Vec<f64>,
    at_least: Vec<f64>,
}

impl Tails {
    pub(super) fn at_most(&self, k: u64) -> f64 {
        usize::try_from(k).ok().and_then(|k| self.at_most.get(k)).copied().unwrap_or(1.0)
    }

    /// 0 where less than the [`LEFT`] part is.
    pub(super) fn at_least(&self, k: u64) -> f64 {
        usize::try_from(k).ok().and_then(|k| self.at_least.get(k)).copied().unwrap_or(0.0)
    }
}

/// The tails of the sum of parts with positive shapes and `0 < q < 1`; `None` where that is too much work.
///
/// With `S_i(n) = Σ_j q_i^j P(n − j)`, the logarithmic derivative of the generating function gives `n P(n) = Σ_i shape_i S_i(n)`. All
/// terms are positive, so nothing cancels; the sum of all is 1, so no probability of nothing is needed, which might be too small for a
/// double.
pub(super) fn tails(parts: &[Part], mean: f64) -> Option<Tails> {
    let most = MAXIMUM_WORK / parts.len().max(1);
    if mean >= most as f64 {
        return None;
    }
    let slowest = parts.iter().map(|(_, q)| *q).fold(0.0, f64::max);
    // Each value with the number of times that all before it were taken down.
    let mut values = vec![(1.0, 0_u32)];
    let mut sums = vec![0.0; parts.len()];
    let (mut last, mut total, mut taken_down) = (1.0_f64, 1.0_f64, 0_u32);
    loop {
        let n = values.len();
        if n > most {
            return None;
        }
        let mut value = 0.0;
        for (sum, (shape, q)) in sums.iter_mut().zip(parts) {
            *sum = q * (*sum + last);
            value += shape * *sum;
        }
        value /= n as f64;
        let ratio = (value / last).max(slowest);
        values.push((value, taken_down));
        total += value;
        last = value;
        if n as f64 > mean && ratio < 1.0 && value * ratio / (1.0 - ratio) < LEFT * total {
            break;
        }
        if value > SCALE {
            taken_down += 1;
            last /= SCALE;
            total /= SCALE;
            for sum in &mut sums {
                *sum /= SCALE;
            }
        }
    }
    let probabilities: Vec<f64> = values
        .iter()
        .map(|(value, before)| match taken_down - before {
            0 => value / total,
            1 => value / SCALE / total,
            _ => 0.0,
        })
        .collect();
    let running = |sum: &mut f64, probability: &f64| {
        *sum += probability;
        Some(sum.min(1.0))
    };
    let at_most = probabilities.iter().scan(0.0, running).collect();
    let mut at_least: Vec<f64> = probabilities.iter().rev().scan(0.0, running).collect();
    at_least.reverse();
    Some(Tails { at_most, at_least })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::negative_binomial;

    #[test]
    fn equal_parts_are_one_negative_binomial() {
        for (shapes, q) in [(vec![0.2, 1.0, 3.5], 0.3_f64), (vec![40.0, 60.0], 0.9), (vec![3000.0, 1000.0, 500.0], 0.5)] {
            let shape: f64 = shapes.iter().sum();
            let mean = shape * q / (1.0 - q);
            let parts: Vec<Part> = shapes.iter().map(|shape| (*shape, q)).collect();
            let tails = tails(&parts, mean).unwrap();
            for k in (0..3 * mean as u64 + 40).step_by(1 + mean as usize / 50) {
                let (below, above) = (negative_binomial::cdf(k, shape, mean), negative_binomial::survival(k, shape, mean));
                assert!((tails.at_most(k) - below).abs() <= 1e-11 * below + 1e-19, "{k}: {} {below}", tails.at_most(k));
                assert!((tails.at_least(k) - above).abs() <= 1e-11 * above + 1e-19, "{k}: {} {above}", tails.at_least(k));
            }
        }
    }

    #[test]
    fn too_much_is_not_begun() {
        assert_eq!(tails(&[(1e9, 0.5)], 1e9), None);
    }
}
