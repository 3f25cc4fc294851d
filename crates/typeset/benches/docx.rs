//! How long a Word file takes: about 70 pages full of tables, and ten times as many.

#![expect(clippy::unwrap_used, reason = "a bench")]

#[path = "../tests/docx/sample.rs"]
mod sample;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use typeset::{Block, Document, Tokens, docx};

/// The sample without its picture, so many times over: seven pages each. It has its contents once: repeated with the rest they would
/// list every heading as often as the sample stands there, ten times ten times as much text for ten times the document.
fn document(times: usize) -> Document {
    let sample = sample::document();
    let (contents, rest): (Vec<_>, Vec<_>) = sample
        .body
        .iter()
        .filter(|block| !matches!(block, Block::Picture(_)))
        .cloned()
        .partition(|block| matches!(block, Block::Contents { .. }));
    let rest = std::iter::repeat_n(rest, times).flatten();
    Document { body: contents.into_iter().chain(rest).collect(), ..sample }
}

fn bench(criterion: &mut Criterion) {
    let tokens = Tokens::default();
    for (name, times) in [("70 pages", 10), ("700 pages", 100)] {
        let document = document(times);
        criterion.bench_function(name, |bencher| bencher.iter(|| docx(black_box(&document), &tokens).unwrap()));
    }
    let sample = sample::document();
    criterion.bench_function("seven pages with a picture", |bencher| bencher.iter(|| docx(black_box(&sample), &tokens).unwrap()));
}

criterion_group! { name = benches; config = Criterion::default().sample_size(10); targets = bench }
criterion_main!(benches);
