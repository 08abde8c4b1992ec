//! Specs that are right, and what is said when one place in them is not.

use crate::fixes;
use gusset_compiler::diagnostics::{Style, render};
use gusset_compiler::ir::Ir;
use gusset_compiler::source::Sources;
use gusset_compiler::{Input, check};
use std::path::Path;

/// The files that mistakes are made in, by their paths in renderings.
pub(crate) fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let mut files: Vec<(String, String)> = ["integration.yaml", "openapi.yaml"]
        .iter()
        .map(|name| (format!("specs/desk/{name}"), read(&format!("tests/mistakes/{name}"))))
        .collect();
    files.extend([
        ("specs/shop/integration.yaml".to_owned(), read("tests/mistakes/shop.yaml")),
        ("specs/shop/openapi.yaml".to_owned(), read("tests/mistakes/shop_openapi.yaml")),
        ("specs/board/integration.yaml".to_owned(), read("tests/mistakes/board.yaml")),
        ("specs/board/openapi.yaml".to_owned(), read("tests/mistakes/board_openapi.yaml")),
    ]);
    for name in [
        "bank/integration.yaml",
        "bank/openapi.yaml",
        "crm/integration.yaml",
        "crm/openapi.yaml",
        "people.yaml",
    ] {
        files.push((format!("specs/{name}"), read(&format!("tests/hooks/{name}"))));
    }
    let catalog = [
        "specs/hubspot/integration.yaml",
        "specs/hubspot/contacts.yaml",
        "specs/hubspot/owners.yaml",
        "specs/salesforce/integration.yaml",
        "specs/salesforce/openapi.yaml",
        "specs/syncs/warm_leads.yaml",
    ];
    files.extend(catalog.iter().map(|path| ((*path).to_owned(), read(path))));
    files
}

/// What is said about `spec` when the first `right` in one of its files is written as `wrong`.
#[track_caller]
pub(crate) fn said(spec: &str, file: &str, right: &str, wrong: &str) -> (bool, String) {
    said_of(spec, &[(file, right, wrong)])
}

/// What is said when several things, of a file each, are written as others.
#[track_caller]
pub(crate) fn said_of(spec: &str, edits: &[(&str, &str, &str)]) -> (bool, String) {
    let (ir, text) = checked(spec, edits);
    (ir.is_some(), text)
}

/// What is said about syncs between the shop and another of its kind.
pub(crate) fn said_of_files(syncs: &[(String, String)]) -> (bool, String) {
    said_of_files_with(syncs, &[])
}

/// What is said about them when parts of the documents are others.
#[track_caller]
pub(crate) fn said_of_files_with(
    syncs: &[(String, String)],
    edits: &[(&str, &str)],
) -> (bool, String) {
    let mut sources = Sources::new();
    for (path, mut text) in files() {
        for (right, wrong) in edits.iter().filter(|_| path == "specs/shop/openapi.yaml") {
            assert!(text.contains(right), "`{right}` is not in {path}");
            text = text.replacen(right, wrong, 1);
        }
        if let Some(name) = path.strip_prefix("specs/shop/") {
            let other = text.replace("integration: shop", "integration: other");
            sources = sources.with_file(format!("specs/other/{name}"), other);
        }
        sources = sources.with_file(path, text);
    }
    let mut input = Input::default();
    for (path, text) in syncs {
        sources = sources.with_file(path, text);
        input.specs.push(path.into());
    }
    let (ir, text) = outcome(&input, &mut sources);
    (ir.is_some(), text)
}

#[track_caller]
pub(crate) fn checked(spec: &str, edits: &[(&str, &str, &str)]) -> (Option<Ir>, String) {
    let mut sources = Sources::new();
    for (path, mut text) in files() {
        for (_, right, wrong) in edits.iter().filter(|(file, _, _)| path == *file) {
            assert!(text.contains(right), "`{right}` is not in {path}");
            text = text.replacen(right, wrong, 1);
        }
        sources = sources.with_file(path, text);
    }
    let input = Input { specs: vec![spec.into()], ..Input::default() };
    outcome(&input, &mut sources)
}

fn outcome(input: &Input, sources: &mut Sources) -> (Option<Ir>, String) {
    let outcome = check(input, sources);
    fixes::hold(input, sources, &outcome.diagnostics);
    let text: Vec<String> =
        outcome.diagnostics.iter().map(|d| render(d, sources, Style::Plain)).collect();
    (outcome.value, text.join("\n\n"))
}

/// A mistake in the spec of the desk.
#[track_caller]
pub(crate) fn mistake(name: &str, right: &str, wrong: &str) {
    let file = "specs/desk/integration.yaml";
    expect(name, &said(file, file, right, wrong));
}

/// What is said about the spec of the desk if its document were another.
#[track_caller]
pub(crate) fn desk(document: (&str, &str), spec: &[(&str, &str)]) -> (bool, String) {
    let file = "specs/desk/integration.yaml";
    let mut edits = vec![("specs/desk/openapi.yaml", document.0, document.1)];
    edits.extend(spec.iter().map(|(right, wrong)| (file, *right, *wrong)));
    said_of(file, &edits)
}

/// A mistake in the spec of the shop, which writes.
#[track_caller]
pub(crate) fn shop_mistake(name: &str, right: &str, wrong: &str) {
    let file = "specs/shop/integration.yaml";
    expect(name, &said(file, file, right, wrong));
}

/// A mistake in the spec of the board, whose records are parts of messages.
#[track_caller]
pub(crate) fn board_mistake(name: &str, right: &str, wrong: &str) {
    let file = "specs/board/integration.yaml";
    expect(name, &said(file, file, right, wrong));
}

/// A mistake in the spec of Salesforce, which upserts in batches.
#[track_caller]
pub(crate) fn salesforce_mistake(name: &str, right: &str, wrong: &str) {
    let file = "specs/salesforce/integration.yaml";
    expect(name, &said(file, file, right, wrong));
}

/// A mistake in the sync of the catalog.
#[track_caller]
pub(crate) fn sync_mistake(name: &str, right: &str, wrong: &str) {
    let file = "specs/syncs/warm_leads.yaml";
    expect(name, &said(file, file, right, wrong));
}

#[track_caller]
pub(crate) fn expect(name: &str, (passes, text): &(bool, String)) {
    assert!(!passes, "{name} compiles: {text}");
    let errors = text.lines().filter(|line| line.starts_with("error[")).count();
    let mistakes = match name {
        "several_at_once" => errors,
        "two_slips_in_one_paginate" => 2,
        _ => 1,
    };
    assert_eq!(errors, mistakes, "{name}: {text}");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../mistakes");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn without_a_mistake_everything_passes() {
    for file in [
        "specs/desk/integration.yaml",
        "specs/shop/integration.yaml",
        "specs/board/integration.yaml",
        "specs/syncs/warm_leads.yaml",
        "specs/people.yaml",
    ] {
        assert_eq!(said(file, file, "gusset: 1", "gusset: 1"), (true, String::new()));
    }
}
