//! How long the work on a plan takes: `cargo bench -p plan`.
//!
//! The limits: `examples/rituximab` is checked in 20 ms; 1,000 concerns with 1,000 activities in 1 s, and a plan three times as large in
//! about three times as long.

#![expect(clippy::unwrap_used, reason = "a benchmark")]

#[path = "../tests/folders/mod.rs"]
mod folders;

use std::hint::black_box;
use std::time::Duration;

use calendar::Date;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use plan::check::check;
use plan::difference::{apply, difference};
use plan::format::format;
use plan::impact::{Cause, impact};
use plan::read::read;

const DAY: Date = Date::constant(2026, 4, 1);

/// The plan of a real product, and what is done with it day by day.
fn example(criterion: &mut Criterion) {
    let place = folders::place("rituximab");
    let folder = folders::folder(&place);
    let mut group = criterion.benchmark_group("rituximab");
    group.bench_function("check, from the disk", |bencher| bencher.iter(|| check(&folders::folder(black_box(&place)), DAY)));
    group.bench_function("check, from memory", |bencher| bencher.iter(|| check(black_box(&folder), DAY)));
    group.bench_function("fmt", |bencher| bencher.iter(|| format(black_box(&folder))));

    let old = read(&folder).plan;
    let mut changed = folder.clone();
    for (path, from, to) in [
        ("activities/survey-ssc.md", "target = 400", "target = 450"),
        ("concerns/infection.md", "name = ", "terms = [\"肺炎\"]\nname = "),
        ("concerns/cytopenia.md", "どの血球減少も見られなかった", "血球減少は見られなかった"),
    ] {
        let text = std::str::from_utf8(folder.get(path).unwrap()).unwrap();
        assert!(text.contains(from), "{path}: {from}");
        changed.insert(path, text.replacen(from, to, 1));
    }
    let new = read(&changed).plan;
    let between = difference(&old, &new);
    assert_eq!(between.changes.len(), 3);
    group.bench_function("diff", |bencher| bencher.iter(|| difference(black_box(&old), black_box(&new))));
    group.bench_function("apply a diff", |bencher| bencher.iter(|| apply(black_box(&between), black_box(&old))));
    let cause: Cause = "approval:6".parse().unwrap();
    group.bench_function("impact", |bencher| bencher.iter(|| impact(black_box(&old), &cause, DAY).unwrap()));
    group.finish();
}

/// Plans of many concerns and as many activities.
fn growth(criterion: &mut Criterion) {
    for (name, work) in [
        ("check", (|folder| drop(check(folder, DAY))) as fn(&plan::Folder)),
        ("fmt", |folder| drop(format(folder))),
        ("diff", |folder| {
            let plan = read(folder).plan;
            assert!(difference(&plan, &plan).is_empty());
        }),
    ] {
        let mut group = criterion.benchmark_group(format!("{name}, by concerns and activities"));
        group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
        for count in [100, 300, 1000, 3000] {
            let folder = folders::large::large(count);
            group.throughput(Throughput::Elements(count as u64));
            group.bench_with_input(BenchmarkId::from_parameter(format!("{count}+{count}")), &folder, |bencher, folder| {
                bencher.iter(|| work(black_box(folder)));
            });
        }
        group.finish();
    }
}

/// Passages that are written anew from end to end, by their characters.
fn long_passages(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("diff of a passage, by sentences");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
    for count in [600, 6_000, 60_000] {
        let plan = |word: &str| {
            let text: String = (0..count).map(|n| format!("{word}{n}を観察する。")).collect();
            read(&plan::Folder::from_iter([("concerns/long.md", format!("+++\nname = \"感染症\"\n+++\n# 理由\n{text}\n"))])).plan
        };
        let (old, new) = (plan("患者"), plan("症例の記録から"));
        group.throughput(Throughput::Elements(count));
        group.bench_function(BenchmarkId::from_parameter(count), |bencher| bencher.iter(|| difference(black_box(&old), black_box(&new))));
    }
    group.finish();
}

criterion_group!(benches, example, growth, long_passages);
criterion_main!(benches);
