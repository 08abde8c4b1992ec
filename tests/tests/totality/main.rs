//! Documents with random damage: each ends in code that parses or in errors, never in a panic.
//!
//! `TOTALITY_CASES=N` tries more of them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod documents;
mod edits;
mod nasty;
#[path = "../scratch/mod.rs"]
mod scratch;

use edits::Edit;
use gusset_compiler::diagnostics::{Severity, Style, render};
use gusset_compiler::emit::{CrateOptions, crate_files};
use gusset_compiler::source::Sources;
use gusset_compiler::{Alone, Input, compile};
use proptest::prelude::*;
use serde_json::Value;
use std::path::Path;

/// Compiles a document alone, and reads what comes out as Rust.
fn total(document: &Value) {
    let mut sources = Sources::new().with_file("openapi.json", document.to_string());
    let name = Some("damaged".to_owned());
    let alone = Alone { name, path: "openapi.json".into(), ..Alone::default() };
    let input = Input { alone: vec![alone], ..Input::default() };
    let outcome = compile(&input, &mut sources);
    let shown: Vec<String> =
        outcome.diagnostics.iter().map(|d| render(d, &sources, Style::Plain)).collect();
    let Some(units) = outcome.value else {
        let errors = outcome.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
        assert!(errors > 0, "neither code nor errors: {shown:?}");
        return;
    };
    for file in units.iter().flat_map(|unit| crate_files(unit, &CrateOptions::default())) {
        if file.path.extension().is_some_and(|extension| extension == "rs") {
            let fault = syn::parse_file(&file.text).err();
            let path = file.path.display();
            assert!(fault.is_none(), "{path}: {}\n{}", fault.unwrap(), file.text);
        }
    }
}

fn cases() -> u32 {
    std::env::var("TOTALITY_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(150)
}

#[test]
fn whole_documents_compile() {
    for document in documents::all() {
        total(&document);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_documents_end_in_code_or_errors(
        which in 0..documents::COUNT,
        edits in prop::collection::vec(any::<(u8, u16, u16)>(), 1..6),
    ) {
        let mut document = documents::all().swap_remove(which);
        for (kind, at, other) in edits {
            Edit::new(kind, at, other).apply(&mut document);
        }
        total(&document);
    }
}

/// Fuzz targets change one text of these, so the rest of them has to be right.
#[test]
fn what_fuzz_targets_hold_fixed_is_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/fixed");
    let specs = ["integration.yaml", "sync.yaml"].map(|name| folder.join(name)).to_vec();
    let input = Input { specs, ..Input::default() };
    let outcome = compile(&input, &mut Sources::new());
    assert!(outcome.value.is_some(), "{:?}", outcome.diagnostics);
}
