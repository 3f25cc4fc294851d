//! Printed percentages, in whole numbers only: `x` of `n` as `100 x / n`, to some decimals.
//!
//! A printed percentage is its digits with at most one point, such as `51.7`; a percent sign and blanks around it are
//! allowed, and so are full-width digits, point and sign (`５１．７％`).

use std::ops::RangeInclusive;

/// More decimals than anyone prints, and few enough that `10^(decimals + 2) × 2 × u64::MAX` fits in 128 bits.
const MAXIMUM_DECIMALS: u32 = 15;
/// [`candidates`] lists no more numerators than this.
const MAXIMUM_CANDIDATES: u64 = 10_000;

/// How a printed percentage follows from its count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// Half-up, the rule (四捨五入).
    HalfUp,
    /// Cut off (切り捨て). A half rounded to the even digit below it looks the same.
    Truncated,
    /// Raised (切り上げ).
    Up,
}

/// `100 x / n` rounded half-up to `decimals` decimals, with exactly that many digits after the point.
///
/// `x` may exceed `n`. `None` for `n = 0` or more than 15 decimals.
#[must_use]
pub fn half_up(x: u64, n: u64, decimals: u32) -> Option<String> {
    Some(show(units(x, n, decimals, Rounding::HalfUp)?, decimals))
}

/// `100 x / n` in units of the last decimal.
fn units(x: u64, n: u64, decimals: u32, rounding: Rounding) -> Option<u128> {
    if n == 0 || decimals > MAXIMUM_DECIMALS {
        return None;
    }
    let (scaled, n) = (u128::from(x) * scale(decimals), u128::from(n));
    Some(match rounding {
        Rounding::HalfUp => (2 * scaled + n) / (2 * n),
        Rounding::Truncated => scaled / n,
        Rounding::Up => scaled.div_ceil(n),
    })
}

/// Units of the last decimal in the whole, 100 %.
fn scale(decimals: u32) -> u128 {
    100 * 10_u128.pow(decimals)
}

fn show(units: u128, decimals: u32) -> String {
    let one = 10_u128.pow(decimals);
    let whole = units / one;
    if decimals == 0 {
        return whole.to_string();
    }
    let width = decimals as usize;
    format!("{whole}.{:0width$}", units % one)
}

/// The printed figure in units of its last decimal, and how many decimals it has.
fn parse(printed: &str) -> Option<(u128, u32)> {
    let digits = printed.trim().trim_end_matches(['%', '％']).trim_end();
    let mut value: u128 = 0;
    let (mut whole, mut decimals) = (0_u32, None);
    for character in digits.chars() {
        let digit = match character {
            '0'..='9' => character as u32 - '0' as u32,
            '０'..='９' => character as u32 - '０' as u32,
            '.' | '．' if decimals.is_none() && whole > 0 => {
                decimals = Some(0);
                continue;
            }
            _ => return None,
        };
        match &mut decimals {
            Some(count) => *count += 1,
            None => whole += 1,
        }
        value = value.checked_mul(10)?.checked_add(u128::from(digit))?;
    }
    // A point must have digits on both sides; a figure past 2⁹⁶ units is no percentage and would overflow below.
    (whole > 0 && decimals != Some(0) && decimals.unwrap_or(0) <= MAXIMUM_DECIMALS && value < 1 << 96)
        .then_some((value, decimals.unwrap_or(0)))
}

/// Whether the printed percentage is `100 x / n` rounded half-up to the decimals it shows.
///
/// `false` where `printed` is no percentage or `n` is 0.
#[must_use]
pub fn matches(printed: &str, x: u64, n: u64) -> bool {
    explains(printed, x, n) == Some(Rounding::HalfUp)
}

/// The rounding by which `100 x / n` prints so; half-up before the others. `None` if none does.
#[must_use]
pub fn explains(printed: &str, x: u64, n: u64) -> Option<Rounding> {
    let (value, decimals) = parse(printed)?;
    [Rounding::HalfUp, Rounding::Truncated, Rounding::Up].into_iter().find(|rounding| units(x, n, decimals, *rounding) == Some(value))
}

/// The numerators from 0 to `n` that print so, half-up; `None` if there is none.
#[must_use]
pub fn candidate_range(printed: &str, n: u64) -> Option<RangeInclusive<u64>> {
    let (value, decimals) = parse(printed)?;
    if n == 0 {
        return None;
    }
    // value <= (2·scale·x + n) / 2n < value + 1
    let (size, double) = (u128::from(n), 2 * scale(decimals));
    if value > scale(decimals) {
        return None;
    }
    let low = (2 * value).saturating_sub(1).checked_mul(size)?.div_ceil(double);
    let high = (2 * value + 1).checked_mul(size)?.div_ceil(double).checked_sub(1)?;
    range(low, high.min(size))
}

/// The numerators from 0 to `n` that print so, half-up, in rising order; the first 10,000 where there are more
/// ([`candidate_range`] has them all).
#[must_use]
pub fn candidates(printed: &str, n: u64) -> Vec<u64> {
    candidate_range(printed, n).map_or_else(Vec::new, |range| range.take(MAXIMUM_CANDIDATES as usize).collect())
}

/// The denominators from `max(x, 1)` to `maximum` with which `x` prints so, half-up; `None` if there is none.
#[must_use]
pub fn denominators(printed: &str, x: u64, maximum: u64) -> Option<RangeInclusive<u64>> {
    let (value, decimals) = parse(printed)?;
    if value > scale(decimals) {
        return None;
    }
    // (2·value − 1)·n <= 2·scale·x < (2·value + 1)·n
    let double = 2 * scale(decimals) * u128::from(x);
    let low = double / (2 * value + 1) + 1;
    let high = if value == 0 { u128::from(maximum) } else { double / (2 * value - 1) };
    range(low.max(u128::from(x.max(1))), high.min(u128::from(maximum)))
}

fn range(low: u128, high: u128) -> Option<RangeInclusive<u64>> {
    let (low, high) = (u64::try_from(low).ok()?, u64::try_from(high).ok()?);
    (low <= high).then_some(low..=high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints() {
        assert_eq!(half_up(30, 58, 1).as_deref(), Some("51.7"));
        assert_eq!(half_up(1, 8, 0).as_deref(), Some("13"));
        assert_eq!(half_up(1, 8, 2).as_deref(), Some("12.50"));
        assert_eq!(half_up(1, 16, 1).as_deref(), Some("6.3"));
        assert_eq!(half_up(1, 1000, 1).as_deref(), Some("0.1"));
        assert_eq!(half_up(1, 2001, 1).as_deref(), Some("0.0"));
        assert_eq!(half_up(u64::MAX, u64::MAX, 15).as_deref(), Some("100.000000000000000"));
        assert_eq!(half_up(1, 0, 1), None);
        assert_eq!(half_up(1, 1, 16), None);
    }

    #[test]
    fn explains_what_is_printed() {
        assert!(matches("51.7", 30, 58) && matches("51.7%", 30, 58) && matches("５１．７％", 30, 58));
        assert_eq!(explains("66.7", 2, 3), Some(Rounding::HalfUp));
        assert_eq!(explains("66.6", 2, 3), Some(Rounding::Truncated));
        assert_eq!(explains("33.4", 1, 3), Some(Rounding::Up));
        assert_eq!(explains("6.2", 1, 16), Some(Rounding::Truncated), "a half to the even digit");
        assert_eq!(explains("33.5", 1, 3), None);
        assert_eq!(explains("100", 999, 1000), Some(Rounding::HalfUp));
        for wrong in ["", ".", "5.", ".5", "1.2.3", "-1", "x", "99999999999999999999999999999999999999999"] {
            assert_eq!(explains(wrong, 1, 3), None, "{wrong}");
            assert!(candidates(wrong, 10).is_empty());
        }
    }

    #[test]
    fn finds_counts() {
        assert_eq!(candidates("51.7", 58), [30]);
        assert_eq!(candidates("0", 58), [0]);
        assert_eq!(candidates("100.0", 58), [58]);
        assert!(candidates("51.8", 58).is_empty());
        assert_eq!(candidates("50", 1_000_000_000).len(), 10_000);
        assert_eq!(denominators("51.7", 30, 100), Some(58..=58));
        assert_eq!(denominators("4.2", 1, 1000), Some(24..=24));
        assert_eq!(denominators("0.0", 0, 50), Some(1..=50));
        assert_eq!(denominators("150", 3, 50), None);
    }
}
