//! What compiling costs: the whole catalog, each pass's share of it, and documents of 10 to 10,000 operations, of
//! which each should cost what the one before costs for an operation.

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use gusset_compiler::diagnostics::{Renderer, Style};
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
    // One mistake, which is shown: what somebody waits for who is writing a spec.
    group.bench_function("check with a mistake", |b| {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../specs");
        let spec = folder.join("hubspot/integration.yaml");
        let text = std::fs::read_to_string(&spec).expect("it is there");
        let wrong = text.replace("paging.next.after", "paging.nxt.after");
        assert_ne!(text, wrong);
        b.iter(|| {
            let mut sources = Sources::new().with_file(spec.clone(), wrong.as_str());
            let found = check(&input(), &mut sources).diagnostics;
            let renderer = Renderer::new(&found, &sources, Style::Plain);
            assert!(!found.is_empty());
            found.iter().map(|finding| renderer.render(finding).len()).sum::<usize>()
        });
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
