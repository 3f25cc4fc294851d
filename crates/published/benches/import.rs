//! How long an import takes: `cargo bench -p published --bench import`.
//!
//! The limit: reading and importing a plan of the size of a large published one (130 kB of text) in 60 ms.

#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, criterion_group, criterion_main};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn import(criterion: &mut Criterion) {
    let real = root().join("../shared/data/rituxan-rmp.txt");
    if !real.exists() {
        println!("skipped: no real plan stands beside the checkout");
    }
    for path in [root().join("plans/G.layout.txt"), real].into_iter().filter(|path| path.exists()) {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        criterion.bench_function(&format!("import {name}, {} kB", bytes.len() / 1000), |bencher| {
            bencher.iter(|| published::import::plan(&published::read::document(&name, black_box(&bytes)).unwrap()));
        });
    }
}

criterion_group!(benches, import);
criterion_main!(benches);
