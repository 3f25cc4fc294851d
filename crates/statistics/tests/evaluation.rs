//! The tables of the evaluation of a survey in `golden/`, made by `golden/make_evaluation.R` with R 4.2.2 and survival 3.5-3.

#![allow(clippy::unwrap_used)]

mod tables;

use statistics::fisher::{self, Alternative};
use statistics::{interval, rate};
use tables::{Errors, number, rows, whole};

#[test]
fn fisher_two_by_two() {
    let mut errors = Errors::of("fisher::two_by_two");
    for row in rows(include_str!("golden/fisher.csv")) {
        let table = [[whole(row[0]), whole(row[1])], [whole(row[2]), whole(row[3])]];
        for (alternative, value) in [(Alternative::TwoSided, row[4]), (Alternative::Less, row[5]), (Alternative::Greater, row[6])] {
            let actual = fisher::two_by_two(table, alternative).unwrap();
            errors.add(actual, number(value), &|| format!("{alternative:?} {row:?}"));
        }
    }
    errors.at_most(1e-11, 1e-10);
}

#[test]
fn fisher_rows_by_two() {
    let mut errors = Errors::of("fisher::rows_by_two");
    for row in rows(include_str!("golden/fisher_rows.csv")) {
        let counts: Vec<u64> = row[0].split(' ').map(whole).collect();
        let table: Vec<[u64; 2]> = counts.chunks(2).map(|pair| [pair[0], pair[1]]).collect();
        errors.add(fisher::rows_by_two(&table).unwrap(), number(row[1]), &|| format!("{row:?}"));
    }
    errors.at_most(1e-10, 1e-9);
}

#[test]
fn one_sided_limits() {
    let mut errors = Errors::of("clopper_pearson_lower and upper");
    for row in rows(include_str!("golden/one_sided.csv")) {
        let (x, n, level) = (whole(row[0]), whole(row[1]), number(row[2]));
        errors.add(interval::clopper_pearson_lower(x, n, level).unwrap(), number(row[3]), &|| format!("lower {row:?}"));
        errors.add(interval::clopper_pearson_upper(x, n, level).unwrap(), number(row[4]), &|| format!("upper {row:?}"));
    }
    errors.at_most(1e-13, 1e-12);
}

#[test]
fn rates() {
    let mut errors = Errors::of("rate");
    for row in rows(include_str!("golden/rates.csv")) {
        let (count, time, level) = (whole(row[0]), number(row[1]), number(row[2]));
        let actual = rate::rate(count, time, level).unwrap();
        let values = [
            actual.estimate,
            actual.limits.lower,
            actual.limits.upper,
            rate::lower(count, time, level).unwrap(),
            rate::upper(count, time, level).unwrap(),
        ];
        for (value, expected) in values.into_iter().zip(&row[3..]) {
            errors.add(value, number(expected), &|| format!("{row:?}"));
        }
    }
    errors.at_most(f64::INFINITY, 1e-12);
}
