//! The tables in `golden/`, made by `golden/make.py` with mpmath at 50 digits and compared there with scipy.

#![allow(clippy::unwrap_used)]

mod tables;

use statistics::sample_size::{self, NormalVariant, Sides};
use statistics::{beta, binomial, gamma, interval, normal, poisson};
use tables::{Errors, number, rows, whole};

#[test]
fn clopper_pearson() {
    let mut errors = Errors::of("clopper_pearson");
    let mut from_one = Errors::of("clopper_pearson, distance from 1");
    for row in rows(include_str!("golden/clopper_pearson.csv")) {
        let actual = interval::clopper_pearson(whole(row[0]), whole(row[1]), number(row[2])).unwrap();
        errors.add(actual.lower, number(row[3]), &|| format!("lower {row:?}"));
        errors.add(actual.upper, number(row[4]), &|| format!("upper {row:?}"));
        from_one.add(1.0 - actual.upper, 1.0 - number(row[4]), &|| format!("upper {row:?}"));
    }
    errors.at_most(1e-14, 1e-12);
    from_one.at_most(1e-14, f64::INFINITY);
}

#[test]
fn binomial() {
    let mut probability = Errors::of("binomial::probability");
    let mut tails = Errors::of("binomial::cdf and survival");
    for row in rows(include_str!("golden/binomial.csv")) {
        let (k, n, p) = (whole(row[0]), whole(row[1]), number(row[2]));
        let place = || format!("{row:?}");
        probability.add(binomial::probability(k, n, p), number(row[3]), &place);
        tails.add(binomial::cdf(k, n, p), number(row[4]), &place);
        tails.add(binomial::survival(k, n, p), number(row[5]), &place);
    }
    probability.at_most(1e-13, 1e-11);
    tails.at_most(1e-11, 1e-10);
}

#[test]
fn poisson() {
    let mut probability = Errors::of("poisson::probability");
    let mut tails = Errors::of("poisson::cdf and survival");
    for row in rows(include_str!("golden/poisson.csv")) {
        let (k, mean) = (whole(row[0]), number(row[1]));
        let place = || format!("{row:?}");
        probability.add(poisson::probability(k, mean), number(row[2]), &place);
        tails.add(poisson::cdf(k, mean), number(row[3]), &place);
        tails.add(poisson::survival(k, mean), number(row[4]), &place);
    }
    probability.at_most(1e-13, 1e-11);
    tails.at_most(1e-11, 1e-10);
}

#[test]
fn poisson_exact() {
    let mut errors = Errors::of("poisson_exact");
    for row in rows(include_str!("golden/poisson_exact.csv")) {
        let actual = interval::poisson_exact(whole(row[0]), number(row[1])).unwrap();
        errors.add(actual.lower, number(row[2]), &|| format!("lower {row:?}"));
        errors.add(actual.upper, number(row[3]), &|| format!("upper {row:?}"));
    }
    errors.at_most(f64::INFINITY, 1e-12);
}

#[test]
fn functions_of_one_argument() {
    let (mut cdf, mut quantile, mut ln_gamma) = (Errors::of("normal::cdf"), Errors::of("normal::quantile"), Errors::of("ln_gamma"));
    for row in rows(include_str!("golden/functions.csv")) {
        let (argument, value) = (number(row[1]), number(row[2]));
        let place = || format!("{row:?}");
        match row[0] {
            "cdf" => cdf.add(normal::cdf(argument), value, &place),
            "quantile" => quantile.add(normal::quantile(argument), value, &place),
            "ln_gamma" => ln_gamma.add(gamma::ln_gamma(argument), value, &place),
            other => panic!("{other}"),
        }
    }
    cdf.at_most(3e-16, 2e-15);
    quantile.at_most(1e-14, 2e-15);
    ln_gamma.at_most(f64::INFINITY, 2e-15);
}

#[test]
fn beta() {
    let mut tails = Errors::of("beta::cdf and survival");
    let mut quantiles = Errors::of("beta::quantile and upper_quantile");
    for row in rows(include_str!("golden/beta.csv")) {
        let (a, b, x) = (number(row[0]), number(row[1]), number(row[2]));
        let place = || format!("{row:?}");
        let (lower, upper) = (number(row[3]), number(row[4]));
        tails.add(beta::cdf(x, a, b), lower, &place);
        tails.add(beta::survival(x, a, b), upper, &place);
        // From the smaller tail: the larger one does not determine x.
        let again = if lower < upper { beta::quantile(lower, a, b) } else { beta::upper_quantile(upper, a, b) };
        quantiles.add(again, x, &place);
    }
    tails.at_most(1e-11, 1e-10);
    quantiles.at_most(1e-13, 1e-11);
}

fn sides(field: &str) -> Sides {
    match field {
        "1" => Sides::One,
        "2" => Sides::Two,
        other => panic!("{other}"),
    }
}

#[test]
fn sample_sizes() {
    let mut errors = Errors::of("sample sizes");
    for row in rows(include_str!("golden/sample_sizes.csv")) {
        let (p0, p1) = (number(row[2]), number(row[3]));
        let n = whole(row[6]);
        let two = |formula: fn(f64, f64, f64, Sides, f64) -> Option<sample_size::Size>| {
            formula(p0, p1, number(row[4]), sides(row[1]), number(row[5])).unwrap()
        };
        let size = match row[0] {
            "detect" => {
                assert_eq!(sample_size::to_detect(whole(row[1]), p0, p1), Some(n), "{row:?}");
                continue;
            }
            "precision" => {
                assert_eq!(sample_size::for_proportion_half_width(p0, p1, number(row[4])), Some(n), "{row:?}");
                continue;
            }
            "exact" => {
                let expected = sample_size::ExactSize { first: n, always: whole(row[7]) };
                let actual = sample_size::one_proportion_exact_sizes(p0, p1, number(row[4]), sides(row[1]), number(row[5]));
                assert_eq!(actual, Some(expected), "{row:?}");
                continue;
            }
            "TwoPooled" => two(sample_size::two_proportions),
            "TwoUnpooled" => two(sample_size::two_proportions_unpooled),
            name => {
                let variant = NormalVariant::ALL.into_iter().find(|variant| format!("{variant:?}") == name).unwrap();
                sample_size::one_proportion(p0, p1, number(row[4]), sides(row[1]), number(row[5]), variant).unwrap()
            }
        };
        assert_eq!(size.n, n, "{row:?}");
        errors.add(size.exact, number(row[7]), &|| format!("{row:?}"));
    }
    errors.at_most(f64::INFINITY, 1e-13);
}

#[test]
fn exact_tests() {
    let mut errors = Errors::of("exact_test");
    for row in rows(include_str!("golden/exact_tests.csv")) {
        let test = sample_size::exact_test(whole(row[0]), number(row[1]), number(row[2]), number(row[3]), Sides::One);
        if row[4].is_empty() {
            assert_eq!(test, None, "{row:?}");
            continue;
        }
        let test = test.unwrap();
        assert_eq!(test.critical, whole(row[4]), "{row:?}");
        errors.add(test.error, number(row[5]), &|| format!("error {row:?}"));
        errors.add(test.power, number(row[6]), &|| format!("power {row:?}"));
    }
    errors.at_most(1e-11, 1e-10);
}
