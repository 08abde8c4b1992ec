//! How much room a document takes while it is compiled.
#![allow(clippy::unwrap_used)]

use gusset_compiler::source::Sources;
use gusset_compiler::{Alone, GenerateOptions, Input, generate};
use gusset_tests::document;
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// The most bytes that are in use while a document of so many operations is generated, its text included, and the
/// bytes of its text.
fn peak(operations: usize) -> (usize, usize) {
    let text = document(operations);
    let size = text.len();
    let out = tempfile::tempdir().unwrap();
    let alone = Alone { path: "kinds.json".into(), ..Alone::default() };
    let input = Input { alone: vec![alone], ..Input::default() };
    let before = ALLOCATOR.current_usage() - size;
    ALLOCATOR.reset_peak_usage();
    let mut sources = Sources::new().with_file("kinds.json", text);
    let options = GenerateOptions::default();
    let generated = generate(&input, &mut sources, out.path(), &options).unwrap().value.unwrap();
    assert_eq!(generated.units[0].operations, operations);
    (ALLOCATOR.peak_usage() - before, size)
}

#[test]
fn a_document_takes_a_few_times_its_size() {
    // What is there once, such as the schema of the spec language, is there now.
    peak(3);
    let (few, small) = peak(300);
    let (many, large) = peak(900);
    // 18 when this was written: the text is there twice (sources keep what they are given from memory), without white
    // space, and nearly all of it is schemas.
    let times = (many - few) as f64 / (large - small) as f64;
    println!("{times:.1} times the document; {few} bytes for {small}, {many} for {large}");
    assert!(times < 20.0, "{times:.1} times the document");
}
