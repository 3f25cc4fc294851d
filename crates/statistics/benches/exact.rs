//! Exact limits and exact sample sizes: `cargo bench -p statistics`.

#![allow(missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use statistics::interval::clopper_pearson;
use statistics::sample_size::{Sides, one_proportion_exact, to_detect};

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

criterion_group!(benches, exact);
criterion_main!(benches);
