//! How long setting takes: a plan of about seventy pages, full of tables.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use typeset::Tokens;

#[path = "../tests/it/sample.rs"]
mod sample;

fn render(criterion: &mut Criterion) {
    let tokens = Tokens::default();
    let document = sample::long(70);
    criterion.bench_function("HTML, 70 pages", |bencher| bencher.iter(|| typeset::html(black_box(&document), &tokens)));
    #[cfg(feature = "pdf")]
    pdf(criterion, &document, &tokens);
}

#[cfg(feature = "pdf")]
fn pdf(criterion: &mut Criterion, document: &typeset::Document, tokens: &Tokens) {
    let mut group = criterion.benchmark_group("PDF, 70 pages");
    group.sample_size(10);
    group.bench_function("cold", |bencher| {
        bencher.iter(|| {
            typeset::forget();
            typeset::pdf(black_box(document), tokens)
        });
    });
    // as after a save: one paragraph differs each time
    let mut saved = 0;
    group.bench_function("after a save", |bencher| {
        bencher.iter(|| {
            saved += 1;
            let mut changed = document.clone();
            let words = typeset::Inline::text(format!("{saved}回目に保存した段落である。"));
            changed.body.insert(9, typeset::Block::Paragraph(vec![words]));
            typeset::pdf(&changed, tokens)
        });
    });
    group.finish();
}

criterion_group!(benches, render);
criterion_main!(benches);
