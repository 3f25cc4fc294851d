//! What must hold for every argument.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use statistics::interval::{clopper_pearson, poisson_exact, wald, wilson};
use statistics::percentage::{self, Rounding};
use statistics::sample_size::{self, NormalVariant, Sides};
use statistics::{beta, binomial, gamma, normal, poisson};

/// Sample sizes of every magnitude up to 10⁸, each with a number of cases.
fn count() -> impl Strategy<Value = (u64, u64)> {
    (0..=8_u32)
        .prop_flat_map(|magnitude| 1..=10_u64.pow(magnitude))
        .prop_flat_map(|n| (prop_oneof![0..=n, 0..=n.min(5), n.saturating_sub(5)..=n], Just(n)))
}

fn level() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.9), Just(0.95), Just(0.99), 0.01..0.9999]
}

/// Proportions of every magnitude.
fn proportion() -> impl Strategy<Value = f64> {
    prop_oneof![0.0..=1.0, (-12.0..0.0).prop_map(|e: f64| 10_f64.powf(e)), (-12.0..0.0).prop_map(|e: f64| 1.0 - 10_f64.powf(e))]
}

/// `100 x / n` by schoolbook long division, digit by digit, rounded half-up on the written digits.
fn long_division(x: u64, n: u64, decimals: u32) -> String {
    let n = u128::from(n);
    let mut rest = u128::from(x) * 100;
    let mut digits: Vec<u8> = (rest / n).to_string().bytes().map(|byte| byte - b'0').collect();
    rest %= n;
    for _ in 0..decimals {
        rest *= 10;
        digits.push((rest / n) as u8);
        rest %= n;
    }
    if rest * 10 / n >= 5 {
        let mut place = digits.len();
        loop {
            if place == 0 {
                digits.insert(0, 1);
                break;
            }
            place -= 1;
            if digits[place] < 9 {
                digits[place] += 1;
                break;
            }
            digits[place] = 0;
        }
    }
    let mut text: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
    if decimals > 0 {
        text.insert(text.len() - decimals as usize, '.');
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn exact_limits_contain_the_proportion((x, n) in count(), level in level()) {
        // A level near 0 leaves hardly any width; the exact interval still holds the proportion.
        let interval = clopper_pearson(x, n, level).unwrap();
        let proportion = x as f64 / n as f64;
        prop_assert!(0.0 <= interval.lower && interval.upper <= 1.0);
        prop_assert!(interval.lower <= proportion && proportion <= interval.upper, "{interval:?}");
        prop_assert!((x == 0) == (interval.lower == 0.0));
        prop_assert!((x == n) == (interval.upper == 1.0));
        prop_assert!(wilson(x, n, level).unwrap().contains(proportion));
    }

    #[test]
    fn exact_limits_grow_with_the_cases((x, n) in count(), level in level()) {
        prop_assume!(x < n);
        let (less, more) = (clopper_pearson(x, n, level).unwrap(), clopper_pearson(x + 1, n, level).unwrap());
        prop_assert!(less.lower < more.lower && less.upper < more.upper, "{less:?} {more:?}");
    }

    #[test]
    fn limits_are_mirrored((x, n) in count(), level in level()) {
        for interval in [clopper_pearson, wilson] {
            let (one, other) = (interval(x, n, level).unwrap(), interval(n - x, n, level).unwrap());
            prop_assert!((one.lower - (1.0 - other.upper)).abs() <= f64::EPSILON);
            prop_assert!((one.upper - (1.0 - other.lower)).abs() <= f64::EPSILON);
        }
    }

    #[test]
    fn exact_limits_put_back_give_the_error((x, n) in count(), level in level()) {
        let interval = clopper_pearson(x, n, level).unwrap();
        let error = 0.5 * (1.0 - level);
        // One rounding of a limit near 1 moves the tail by its density there.
        let rounding = |p: f64| 1e-11 + 1e-16 * (n as f64).sqrt() / (1.0 - p).max(1e-16).sqrt();
        if x > 0 {
            let (tail, bound) = (binomial::survival(x, n, interval.lower), rounding(interval.lower));
            prop_assert!((tail - error).abs() <= bound, "lower {tail} {error}");
        }
        if x < n {
            let (tail, bound) = (binomial::cdf(x, n, interval.upper), rounding(interval.upper));
            prop_assert!((tail - error).abs() <= bound, "upper {tail} {error}");
        }
    }

    #[test]
    fn tails_of_the_binomial_complete_each_other((k, n) in count(), p in proportion()) {
        let below = if k == 0 { 0.0 } else { binomial::cdf(k - 1, n, p) };
        prop_assert!((below + binomial::survival(k, n, p) - 1.0).abs() <= 1e-15);
        let step = binomial::cdf(k, n, p) - below;
        prop_assert!((step - binomial::probability(k, n, p)).abs() <= 1e-11, "{step}");
    }

    #[test]
    fn tails_of_the_poisson_complete_each_other((k, mean) in (0..1_000_000_000_u64, 0.0..1e9_f64)) {
        let k = if k % 2 == 0 { k } else { (mean + (k % 9) as f64 * mean.sqrt()) as u64 };
        let below = if k == 0 { 0.0 } else { poisson::cdf(k - 1, mean) };
        prop_assert!((below + poisson::survival(k, mean) - 1.0).abs() <= 1e-15);
        prop_assert!((poisson::cdf(k, mean) - below - poisson::probability(k, mean)).abs() <= 1e-11);
    }

    #[test]
    fn beta_quantile_inverts(p in 0.000_001..0.999_999, a in -2.0..8.0, b in -2.0..8.0) {
        let (a, b) = (10_f64.powf(a), 10_f64.powf(b));
        let x = beta::quantile(p, a, b);
        prop_assert!((0.0..=1.0).contains(&x));
        // Only where the neighbouring doubles of x do not differ by more themselves.
        let (less, more) = (beta::cdf(x.next_down(), a, b), beta::cdf(x.next_up(), a, b));
        prop_assert!(x < 1e-300 || (beta::cdf(x, a, b) - p).abs() <= 1e-11 + 20.0 * (more - less), "{x} {} {p}", beta::cdf(x, a, b));
    }

    #[test]
    fn gamma_quantile_inverts(p in 0.000_001..0.999_999, shape in -2.0..10.0) {
        let shape = 10_f64.powf(shape);
        let x = gamma::quantile(p, shape);
        let (less, more) = (gamma::cdf(x.next_down(), shape), gamma::cdf(x.next_up(), shape));
        prop_assert!(x < 1e-300 || (gamma::cdf(x, shape) - p).abs() <= 1e-11 + 20.0 * (more - less));
    }

    #[test]
    fn normal_quantile_inverts(exponent in -300.0..-0.302) {
        let p = 10_f64.powf(exponent);
        prop_assert!((normal::cdf(normal::quantile(p)) / p - 1.0).abs() < 1e-12);
        prop_assert_eq!(normal::quantile(1.0 - p), -normal::quantile(1.0 - (1.0 - p)));
    }

    #[test]
    fn half_up_is_long_division(x in any::<u64>(), n in 1..=u64::MAX, decimals in 0..=15_u32, divisor in prop_oneof![Just(1_u64), 1..=u64::MAX]) {
        let (x, n) = (x / divisor, (n / divisor).max(1));
        let printed = percentage::half_up(x, n, decimals).unwrap();
        prop_assert_eq!(&printed, &long_division(x, n, decimals));
        // A figure beyond 2⁹⁶ units is not read back.
        if printed.len() < 28 {
            prop_assert!(percentage::matches(&printed, x, n));
        }
    }

    #[test]
    fn candidates_are_those_that_match(n in 1..3000_u64, whole in 0..=101_u64, fraction in 0..100_u64, decimals in 0..=2_u32) {
        let printed = match decimals {
            0 => whole.to_string(),
            1 => format!("{whole}.{}", fraction / 10),
            _ => format!("{whole}.{fraction:02}"),
        };
        let expected: Vec<u64> = (0..=n).filter(|x| percentage::matches(&printed, *x, n)).collect();
        prop_assert_eq!(percentage::candidates(&printed, n), expected);
        let x = n / 7;
        let expected: Vec<u64> = (x.max(1)..=3000).filter(|n| percentage::matches(&printed, x, *n)).collect();
        let actual: Vec<u64> = percentage::denominators(&printed, x, 3000).into_iter().flatten().collect();
        prop_assert_eq!(actual, expected);
    }

    #[test]
    fn every_rounding_explains_what_it_prints(x in 0..5000_u64, n in 1..5000_u64, decimals in 0..4_u32) {
        let scale = 100 * 10_u64.pow(decimals);
        for (units, rounding) in [(x * scale / n, Rounding::Truncated), ((x * scale).div_ceil(n), Rounding::Up)] {
            let one = 10_u64.pow(decimals);
            let printed = if decimals == 0 { units.to_string() } else { format!("{}.{:0w$}", units / one, units % one, w = decimals as usize) };
            let found = percentage::explains(&printed, x, n).unwrap();
            prop_assert!(found == rounding || found == Rounding::HalfUp);
            prop_assert_eq!(found == Rounding::HalfUp, printed == percentage::half_up(x, n, decimals).unwrap());
        }
    }

    /// Anything at all: an answer without panic, in bounded time.
    #[test]
    fn nothing_panics(a in any::<f64>(), b in any::<f64>(), c in any::<f64>(), unit in prop::array::uniform3(proportion()),
        x in any::<u64>(), n in any::<u64>(), text in ".{0,40}") {
        for (p, q, r) in [(a, b, c), (unit[0], unit[1], unit[2]), (a.abs(), unit[1], c.abs())] {
            let _ = (beta::cdf(q, p, r), beta::survival(p, q, r), beta::quantile(q, p, r), beta::upper_quantile(q, r, p));
            let _ = (gamma::cdf(p, q), gamma::survival(p, r), gamma::quantile(q, p), gamma::upper_quantile(q, r), gamma::ln_gamma(p));
            let _ = (normal::cdf(p), normal::quantile(p));
            let _ = (binomial::probability(x, n, p), binomial::cdf(x, n, q), binomial::survival(x, n, q));
            let _ = (poisson::probability(x, p), poisson::cdf(x, p), poisson::survival(x, p));
            let _ = (clopper_pearson(x, n, q), wilson(x, n, q), wald(x, n, q), poisson_exact(x, q));
            let _ = (sample_size::to_detect_one(p, q), sample_size::to_detect(x, p, q), sample_size::to_detect(x % 50, p, q));
            for sides in [Sides::One, Sides::Two] {
                let _ = sample_size::exact_test(n, p, q, r, sides);
                let _ = (sample_size::two_proportions(p, q, r, sides, 0.9), sample_size::two_proportions_unpooled(p, q, 0.1, sides, r));
                for variant in NormalVariant::ALL {
                    let _ = sample_size::one_proportion(p, q, r, sides, 0.9, variant);
                }
            }
            let _ = (sample_size::exact_test_at(n, x, p, q), sample_size::for_proportion_half_width(p, q, r));
            let _ = (sample_size::for_mean_half_width(p, q, r), sample_size::half_width_of_mean(p, n, q));
        }
        let _ = (percentage::explains(&text, x, n), percentage::candidates(&text, n), percentage::denominators(&text, x, n));
        let _ = (percentage::candidates("12.3", n), percentage::denominators("99.99999", x, n), percentage::half_up(x, n, 15));
    }
}
