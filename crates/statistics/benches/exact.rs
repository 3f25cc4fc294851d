//! Exact limits and exact sample sizes, and what the evaluation of a survey computes: `cargo bench -p statistics`.

#![allow(missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use statistics::enrolment::{self, Centre};
use statistics::fisher::rows_by_two;
use statistics::interval::clopper_pearson;
use statistics::maxsprt;
use statistics::sample_size::{Sides, one_proportion_exact, to_detect};
use statistics::survival::{End, FollowUp, cumulative_incidence};

fn exact(criterion: &mut Criterion) {
    for n in [100, 1_000_000, 100_000_000] {
        criterion.bench_function(&format!("clopper_pearson, n/10 of {n}"), |bencher| {
            bencher.iter(|| clopper_pearson(black_box(n / 10), black_box(n), 0.95));
        });
        criterion.bench_function(&format!("clopper_pearson, n/2 of {n}"), |bencher| {
            bencher.iter(|| clopper_pearson(black_box(n / 2), black_box(n), 0.95));
        });
    }
    criterion.bench_function("one_proportion_exact, 0.09 against 0.18", |bencher| {
        bencher.iter(|| one_proportion_exact(black_box(0.09), 0.18, 0.05, Sides::One, 0.9));
    });
    criterion.bench_function("one_proportion_exact, 0.500 against 0.503", |bencher| {
        bencher.iter(|| one_proportion_exact(black_box(0.5), 0.503, 0.05, Sides::One, 0.9));
    });
    criterion.bench_function("to_detect, 3 cases of 0.00001", |bencher| {
        bencher.iter(|| to_detect(3, black_box(0.000_01), 0.95));
    });
}

fn evaluation(criterion: &mut Criterion) {
    for rows in [4, 8] {
        let table: Vec<[u64; 2]> = (0..rows).map(|row| [10 + row, 290 - 3 * row]).collect();
        criterion.bench_function(&format!("rows_by_two, {rows} of 300"), |bencher| bencher.iter(|| rows_by_two(black_box(&table))));
    }
    let followed: Vec<FollowUp> = (0..10_000_u32)
        .map(|i| FollowUp { time: f64::from(i * 7919 % 365), end: if i % 9 < 2 { End::Event(i % 9) } else { End::Censored } })
        .collect();
    criterion.bench_function("cumulative_incidence of 10,000", |bencher| bencher.iter(|| cumulative_incidence(black_box(&followed), 1)));
    let centres: Vec<Centre> =
        (0..300_u32).map(|i| Centre { opening: f64::from(i) / 30.0, closing: None, enrolled: u64::from(i * 7919 % 13) }).collect();
    criterion.bench_function("fit, 300 centres", |bencher| bencher.iter(|| enrolment::fit(black_box(&centres), 12.0)));
    if let Ok(rates) = enrolment::fit(&centres, 12.0) {
        criterion
            .bench_function("predict, 300 centres", |bencher| bencher.iter(|| enrolment::predict(&rates, black_box(&centres), 12.0, 24.0)));
    }
    for length in [20.0, 200.0] {
        if let Some(plan) = maxsprt::Poisson::new(length, 1, 0.0) {
            criterion.bench_function(&format!("critical_value, {length} expected"), |bencher| {
                bencher.iter(|| plan.critical_value(black_box(0.05)))
            });
        }
    }
    if let Some(plan) = maxsprt::Binomial::new(200, 1, 1.0) {
        criterion.bench_function("critical_value, 200 events", |bencher| bencher.iter(|| plan.critical_value(black_box(0.05))));
    }
}

criterion_group!(benches, exact, evaluation);
criterion_main!(benches);
