//! What compiling costs: the whole catalog, and each pass's share of it.

use criterion::{Criterion, criterion_group, criterion_main};
use gusset_compiler::source::Sources;
use gusset_compiler::{Input, check, compile};
use std::hint::black_box;
use std::path::PathBuf;

fn input() -> Input {
    let specs = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../specs");
    Input { specs: vec![specs], ..Input::default() }
}

fn catalog(c: &mut Criterion) {
    let mut group = c.benchmark_group("catalog");
    group.bench_function("check", |b| {
        b.iter(|| black_box(check(&input(), &mut Sources::new()).value.is_some()));
    });
    group.bench_function("compile", |b| {
        b.iter(|| black_box(compile(&input(), &mut Sources::new()).value.is_some()));
    });
    group.finish();
}

criterion_group!(benches, catalog);
criterion_main!(benches);
