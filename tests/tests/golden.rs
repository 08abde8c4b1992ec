//! Small specs and what becomes of them, to be read by people; then compiled, with every warning an error.
//! Off CI, the expected crates are brought up to date, and the test fails once.
//!
//! `tests/golden/NAME/` has the specs, `tests/golden/NAME/expected/` the crates.
#![allow(clippy::unwrap_used, clippy::panic)]

mod scratch;

use gusset_compiler::diagnostics::{Style, render};
use gusset_compiler::emit::{CrateOptions, WriteMode, crate_files, write};
use gusset_compiler::source::Sources;
use gusset_compiler::{Input, compile};
use std::path::Path;

#[track_caller]
fn check(name: &str) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(name);
    let mut sources = Sources::new();
    let input = Input { specs: vec![golden.join("specs")], ..Input::default() };
    let outcome = compile(&input, &mut sources);
    let shown: Vec<String> =
        outcome.diagnostics.iter().map(|d| render(d, &sources, Style::Plain)).collect();
    let units = outcome.value.unwrap_or_else(|| panic!("{}", shown.join("\n\n")));
    let options = CrateOptions::default();
    let files: Vec<_> = units.iter().flat_map(|unit| crate_files(unit, &options)).collect();

    let folder = scratch::empty(&format!("golden-{name}"));
    write(&folder, &files, WriteMode::Write).unwrap();
    let members: Vec<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
    let output = scratch::check(&folder, &members);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let mode = if std::env::var_os("CI").is_some() { WriteMode::Check } else { WriteMode::Write };
    let changes = write(&golden.join("expected"), &files, mode).unwrap();
    assert!(changes.is_empty(), "golden/{name}/expected was not up to date: {changes:#?}");
}

#[test]
fn tasks() {
    check("tasks");
}
