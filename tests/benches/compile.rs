//! What compiling costs: the whole catalog, each pass's share of it, and documents of 10 to 10,000 operations, of
//! which each should cost what the one before costs for an operation.

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use gusset_compiler::emit::{CrateOptions, crate_files};
use gusset_compiler::source::Sources;
use gusset_compiler::{Alone, Input, check, compile};
use gusset_tests::document;
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

fn growing(c: &mut Criterion) {
    let mut group = c.benchmark_group("document");
    group.sample_size(10);
    let alone = Alone { path: "kinds.json".into(), ..Alone::default() };
    let input = Input { alone: vec![alone], ..Input::default() };
    for operations in [10, 100, 1_000, 10_000] {
        let document = document(operations);
        group.throughput(Throughput::Elements(operations as u64));
        group.bench_with_input(BenchmarkId::new("operations", operations), &document, |b, text| {
            b.iter_batched(
                || Sources::new().with_file("kinds.json", text.as_str()),
                |mut sources| {
                    let units = compile(&input, &mut sources).value.expect("it compiles");
                    let files = units.iter().flat_map(|u| crate_files(u, &CrateOptions::default()));
                    files.map(|file| file.text.len()).sum::<usize>()
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, catalog, growing);
criterion_main!(benches);
