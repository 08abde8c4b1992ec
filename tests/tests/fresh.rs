//! `generated/` is what the compiler makes of `specs/`. Off CI it is brought up to date, and the test fails once.
#![allow(clippy::unwrap_used, clippy::panic)]

use gusset_compiler::diagnostics::{Style, render};
use gusset_compiler::source::Sources;
use gusset_compiler::{GenerateOptions, Input, Outcome, generate};
use std::path::Path;

#[test]
fn generated_is_what_specs_give() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let input = Input { specs: vec![root.join("specs")], ..Input::default() };
    let mut sources = Sources::new();
    let options =
        GenerateOptions { check: std::env::var_os("CI").is_some(), ..GenerateOptions::default() };
    let Outcome { value, diagnostics } =
        generate(&input, &mut sources, &root.join("generated"), &options).unwrap();
    let shown: Vec<String> =
        diagnostics.iter().map(|d| render(d, &sources, Style::Plain)).collect();
    let changes =
        value.unwrap_or_else(|| panic!("the catalog is wrong:\n\n{}", shown.join("\n\n"))).changes;
    assert!(
        changes.is_empty(),
        "generated/ was not what specs/ give; `gusset generate specs --out generated` brings it up to date: {changes:#?}"
    );
}
