//! The catalog's specs against the vendors' real documents, which stand beside the checkout if at all: what those
//! documents contain must check, and what is emitted must compile.
#![allow(clippy::unwrap_used, clippy::panic)]

mod scratch;

use gusset_compiler::diagnostics::{Severity, Style, render};
use gusset_compiler::emit::{CrateOptions, WriteMode, crate_files, write};
use gusset_compiler::ir::Ir;
use gusset_compiler::source::Sources;
use gusset_compiler::{DocumentOverride, Input};
use std::io::Write as _;
use std::path::PathBuf;

/// The vendor's document; `None`, said on one line, where there is none.
fn document(test: &str, path: &str) -> Option<PathBuf> {
    let path = scratch::root().join("../shared/openapi").join(path);
    if path.is_file() {
        return Some(path);
    }
    assert!(
        std::env::var_os("GUSSET_REQUIRE_SHARED").is_none(),
        "{} is missing, and GUSSET_REQUIRE_SHARED is set",
        path.display()
    );
    // Past the capture of the test's output: what was not tested is to be seen.
    let _ = writeln!(std::io::stderr(), "skipped: {test}: the vendor's document is not here");
    None
}

/// Checks and compiles the spec against the document; gives the IR.
#[track_caller]
fn check(spec: &str, document: PathBuf) -> Ir {
    let mut sources = Sources::new();
    let input = Input {
        specs: vec![scratch::root().join("specs").join(spec)],
        documents: vec![DocumentOverride { name: None, path: document }],
        ..Input::default()
    };
    let outcome = gusset_compiler::check(&input, &mut sources);
    let errors: Vec<String> = outcome
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .map(|d| render(d, &sources, Style::Plain))
        .collect();
    let ir = outcome.value.unwrap_or_else(|| panic!("{}", errors.join("\n\n")));
    let units = gusset_compiler::emit::emit(&ir, &sources);
    let options = CrateOptions::default();
    let files: Vec<_> = units.iter().flat_map(|unit| crate_files(unit, &options)).collect();
    let folder = scratch::empty(&format!("corpus-{spec}"));
    write(&folder, &files, WriteMode::Write).unwrap();
    let members: Vec<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
    let output = scratch::check(&folder, &members);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    ir
}

#[track_caller]
fn has(ir: &Ir, operations: &[&str]) {
    let found: Vec<&str> = ir.integrations[0].operations.keys().map(String::as_str).collect();
    assert_eq!(found, operations);
}

#[test]
fn hubspot_contacts() {
    if let Some(document) = document("hubspot_contacts", "hubspot/contacts-v3.json") {
        has(&check("hubspot", document), &["list_contacts", "search_contacts", "get_contact"]);
    }
}

#[test]
fn salesforce_leads() {
    let path = "salesforce/salesforce-sobjects-beta.oas.json";
    if let Some(document) = document("salesforce_leads", path) {
        has(
            &check("salesforce", document),
            &["get_lead", "create_lead", "update_lead", "delete_lead"],
        );
    }
}
