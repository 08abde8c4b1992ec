//! How much room a document takes while it is compiled.
#![allow(clippy::unwrap_used)]

use gusset_compiler::source::Sources;
use gusset_compiler::{Alone, GenerateOptions, Input, generate};
use gusset_tests::document;
use peak_alloc::PeakAlloc;
use serde_json::Value;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// The most bytes that are in use while a document of so many operations is generated, and the bytes of its text.
fn peak(operations: usize, write: fn(&Value) -> String) -> (usize, usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kinds.yaml");
    let size = {
        let text = write(&serde_json::from_str(&document(operations)).unwrap());
        std::fs::write(&path, &text).unwrap();
        text.len()
    };
    let input = Input { alone: vec![Alone { path, ..Alone::default() }], ..Input::default() };
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let (mut sources, options) = (Sources::new(), GenerateOptions::default());
    let out = folder.path().join("out");
    let generated = generate(&input, &mut sources, &out, &options).unwrap().value.unwrap();
    assert_eq!(generated.units[0].operations, operations);
    (ALLOCATOR.peak_usage() - before, size)
}

/// What a document of 10,000 operations takes, and its bytes, by what grows from a large document to one twice as large.
fn ten_thousand(operations: usize, write: fn(&Value) -> String) -> (f64, f64) {
    let (few, small) = peak(operations, write);
    let (many, large) = peak(2 * operations, write);
    assert!(small > 1 << 20, "{small} bytes are not read as a large document");
    let more = 10_000.0 / operations as f64 - 1.0;
    let at = |first: usize, second: usize| first as f64 + (second - first) as f64 * more;
    let (room, size) = (at(few, many), at(small, large));
    println!("{:.1} times the document; {room:.0} bytes for {size:.0}", room / size);
    (room, size)
}

/// The command may take four times a document and 100 MB: 20 of these are its own, and a fifth of the rest is what the
/// allocator keeps beside what is in use.
fn limit(size: f64) -> f64 {
    (4.0 * size + 80e6) * 0.8
}

#[test]
fn a_large_document_takes_four_times_its_size_and_100_mb() {
    // What is there once, such as the schema of the spec language, is there now.
    peak(3, |document| document.to_string());
    let (room, size) =
        ten_thousand(1_200, |document| serde_json::to_string_pretty(document).unwrap());
    assert!(room < limit(size), "{room:.0} bytes for JSON of {size:.0}");
    // 6.2 when this was written, 10 of YAML, which is shorter; white space takes nothing.
    assert!(room < 6.8 * size, "{room:.0} bytes for JSON of {size:.0}");
    let (room, size) = ten_thousand(1_500, |document| serde_yaml::to_string(document).unwrap());
    assert!(room < limit(size), "{room:.0} bytes for YAML of {size:.0}");
    assert!(room < 11.0 * size, "{room:.0} bytes for YAML of {size:.0}");
}
