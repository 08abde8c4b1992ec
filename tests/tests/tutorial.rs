//! The tutorial holds: its spec passes, its mistake is an error, its program compiles.
#![allow(clippy::unwrap_used, clippy::panic)]

mod scratch;

use gusset_compiler::source::Sources;
use gusset_compiler::{Input, check};
use std::fs;

/// The code blocks of the tutorial in a language, in order.
fn blocks(language: &str) -> Vec<String> {
    let text = fs::read_to_string(scratch::root().join("docs/tutorial.md")).unwrap();
    text.split("\n```")
        .filter_map(|block| block.strip_prefix(language))
        .filter_map(|block| block.split_once('\n'))
        .map(|(_, code)| format!("{code}\n"))
        .collect()
}

/// What is said about the tutorial's spec; empty if it is right.
fn said(spec: &str, document: &str) -> Vec<String> {
    let mut sources = Sources::new()
        .with_file("tasks/integration.yaml", spec)
        .with_file("tasks/openapi.yaml", document);
    let input = Input { specs: vec!["tasks/integration.yaml".into()], ..Input::default() };
    let outcome = check(&input, &mut sources);
    outcome.diagnostics.iter().map(|d| format!("{} {}", d.code, d.message)).collect()
}

#[test]
fn the_spec_is_right_and_its_mistake_is_found() {
    let [document, spec, ..] = &blocks("yaml")[..] else { panic!("two blocks of YAML") };
    assert_eq!(said(spec, document), [""; 0]);
    let wrong = spec.replace("body.next_cursor", "body.next_curser");
    assert_eq!(said(&wrong, document), ["GS0302 `TaskPage` has no field `next_curser`"]);
}

#[test]
fn the_program_compiles() {
    let [document, spec, ..] = &blocks("yaml")[..] else { panic!("two blocks of YAML") };
    let [build, main, ..] = &blocks("rust")[..] else { panic!("two blocks of Rust") };
    let [manifest, ..] = &blocks("toml")[..] else { panic!("a block of TOML") };
    let folder = scratch::empty("tutorial");
    let tasks = folder.join("tasks");
    fs::create_dir_all(tasks.join("specs/tasks")).unwrap();
    fs::create_dir_all(tasks.join("src")).unwrap();
    let root = scratch::root().display().to_string();
    let manifest = manifest.replace("../gusset", &root);
    let package = "[package]\nname = \"tasks\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n";
    for (path, text) in [
        ("Cargo.toml", &format!("{package}{manifest}")),
        ("specs/tasks/openapi.yaml", document),
        ("specs/tasks/integration.yaml", spec),
        ("build.rs", build),
        ("src/main.rs", main),
    ] {
        fs::write(tasks.join(path), text).unwrap();
    }
    let output = scratch::check(&folder, &["tasks"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
