//! How long reading and reviewing take: `cargo bench -p published --features pdf`.
//!
//! The limits: a plan of the size of a large published one (130 kB of text) in 30 ms, growth in proportion to length up to
//! fifty times that, a PDF of 60 pages in 1.5 s.

#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use calendar::Date;
use criterion::{Criterion, criterion_group, criterion_main};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn review(name: &str, bytes: &[u8]) -> usize {
    let plan = published::read::document(name, bytes).unwrap();
    published::review::review(&plan, None, Date::constant(2026, 4, 1)).findings.len()
}

/// The largest text of `plans/`, and a real plan where one stands beside the checkout.
fn texts() -> Vec<(String, Vec<u8>)> {
    let plans = std::fs::read_dir(root().join("plans")).unwrap().map(|entry| entry.unwrap().path());
    let largest = plans.filter(|path| path.extension().is_some_and(|kind| kind == "txt")).max_by_key(|path| path.metadata().unwrap().len());
    let real = root().join("../shared/data/rituxan-rmp.txt");
    if !real.exists() {
        println!("skipped: no real plan stands beside the checkout");
    }
    let files = largest.into_iter().chain(Some(real).filter(|path| path.exists()));
    files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap())).collect()
}

fn text(criterion: &mut Criterion) {
    for (name, bytes) in texts() {
        criterion.bench_function(&format!("text {name}, {} kB", bytes.len() / 1000), |bencher| {
            bencher.iter(|| review(&name, black_box(&bytes)));
        });
    }
}

/// The best of some runs.
fn best(runs: usize, name: &str, bytes: &[u8]) -> Duration {
    let run = || {
        let start = Instant::now();
        black_box(review(name, bytes));
        start.elapsed()
    };
    (0..runs).map(|_| run()).min().unwrap()
}

fn growth(_: &mut Criterion) {
    for (name, bytes) in texts() {
        let once = best(10, &name, &bytes);
        for times in [5_u32, 50] {
            let long = bytes.repeat(times as usize);
            let took = best(2, &name, &long);
            println!(
                "growth {name}: {times} times as long takes {took:.1?}, {:.1} times as much as {once:.1?}",
                took.as_secs_f64() / once.as_secs_f64()
            );
        }
    }
}

fn pdf(criterion: &mut Criterion) {
    let plan = root().join("plans/G.pdf");
    let bytes = std::fs::read(&plan).unwrap();
    let mut group = criterion.benchmark_group("pdf");
    group.sample_size(10);
    group.bench_function("G.pdf, 11 pages", |bencher| bencher.iter(|| review("G.pdf", black_box(&bytes))));
    let long = Path::new(env!("CARGO_TARGET_TMPDIR")).join("long.pdf");
    // poppler's pdfunite makes a long one of six copies
    match Command::new("pdfunite").args(std::iter::repeat_n(&plan, 6)).arg(&long).status() {
        Ok(status) if status.success() => {
            let bytes = std::fs::read(&long).unwrap();
            group.bench_function("six times G.pdf, 66 pages", |bencher| bencher.iter(|| review("long.pdf", black_box(&bytes))));
        }
        _ => println!("skipped: pdfunite, which makes the long PDF, is not installed"),
    }
    group.finish();
}

criterion_group!(benches, text, growth, pdf);
criterion_main!(benches);
