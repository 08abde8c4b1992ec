//! What compiling costs: the whole catalog, each pass's share of it, and documents of 10 to 10,000 operations, of
//! which each should cost what the one before costs for an operation.

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use gusset_compiler::emit::{CrateOptions, crate_files};
use gusset_compiler::source::Sources;
use gusset_compiler::{Alone, Input, check, compile};
use serde_json::{Map, Value, json};
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

/// Operations that make, read and list records of kinds of their own, with nested types, enums and references between kinds.
fn document(operations: usize) -> String {
    let kinds = operations.div_ceil(3);
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    let schema = |kind: usize| json!({"$ref": format!("#/components/schemas/Kind{kind}")});
    let body = |schema: Value| json!({"content": {"application/json": {"schema": schema}}});
    for kind in 0..kinds {
        let list = json!({"type": "object", "properties": {
            "items": {"type": "array", "items": schema(kind)}, "next": {"type": "string"}}});
        let answer = |schema: Value| {
            let mut answer = body(schema);
            answer["description"] = "It worked.".into();
            json!({"200": answer})
        };
        let make = json!({"operationId": format!("make_{kind}"), "tags": [format!("tag {}", kind % 50)],
            "requestBody": body(schema(kind)), "responses": answer(schema(kind))});
        let page = json!({"name": "page", "in": "query", "schema": {"type": "string"}});
        let sort = json!({"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["name", "id"]}});
        let lists = json!({"operationId": format!("list_{kind}"), "parameters": [page, sort],
            "responses": answer(list)});
        let id =
            json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}});
        let read = json!({"operationId": format!("read_{kind}"), "parameters": [id], "responses": answer(schema(kind))});
        paths.insert(format!("/kind{kind}"), json!({"post": make, "get": lists}));
        paths.insert(format!("/kind{kind}/{{id}}"), json!({"get": read}));
        let text = json!({"type": "string", "description": "Some text about it."});
        schemas.insert(
            format!("Kind{kind}"),
            json!({
                "type": "object", "required": ["id", "name"],
                "properties": {
                    "id": {"type": "string", "readOnly": true}, "name": text, "note": text,
                    "status": {"type": "string", "enum": ["open", "on hold", "closed"]},
                    "made": {"type": "string", "format": "date-time"}, "size": {"type": "integer"},
                    "inner": {"type": "object", "properties": {"a": text, "b": {"type": "number"}}},
                    "next": schema((kind + 1) % kinds),
                },
            }),
        );
    }
    json!({"openapi": "3.0.3", "info": {"title": "Kinds", "version": "1"}, "servers": [{"url": "https://api.example.com"}],
        "paths": paths, "components": {"schemas": schemas}})
    .to_string()
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
