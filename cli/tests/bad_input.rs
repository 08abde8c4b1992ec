//! Bad input: a clear error with its place, the documented exit status, never a panic.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};

const DOCUMENT: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /things:\n    get:\n      \
                        operationId: listThings\n      responses: {'200': {description: ok}}\n";

fn spec(body: &str) -> String {
    format!(
        "gusset: 1\nintegration: things\ndocument: openapi.yaml\nserver: https://api.example.com\n{body}"
    )
}

struct Case {
    folder: tempfile::TempDir,
}

impl Case {
    fn new(spec: &str, document: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("integration.yaml"), spec).unwrap();
        std::fs::write(folder.path().join("openapi.yaml"), document).unwrap();
        Case { folder }
    }

    fn check(&self) -> Output {
        gusset(self.folder.path(), &["check", "integration.yaml"])
    }

    #[track_caller]
    fn fails(&self, status: i32, needles: &[&str]) {
        expect(&self.check(), status, needles);
    }
}

fn gusset(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gusset")).args(arguments).current_dir(folder).output().unwrap()
}

#[track_caller]
fn expect(output: &Output, status: i32, needles: &[&str]) {
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{text}");
    assert!(!text.contains("panicked"), "{text}");
    for needle in needles {
        assert!(text.contains(needle), "no {needle:?} in:\n{text}");
    }
}

#[test]
fn a_right_spec_is_fine() {
    let case = Case::new(&spec("operations: {list_things: {id: listThings}}\n"), DOCUMENT);
    expect(&case.check(), 0, &["ok"]);
}

#[test]
fn a_missing_file() {
    let case = Case::new(&spec(""), DOCUMENT);
    expect(&gusset(case.folder.path(), &["check", "nowhere.yaml"]), 2, &["nowhere.yaml", "GS0001"]);
}

#[test]
fn a_missing_document_is_named_where_the_spec_names_it() {
    let case = Case::new(&spec("").replace("openapi.yaml", "opanapi.yaml"), DOCUMENT);
    case.fails(2, &["opanapi.yaml", "integration.yaml:3:11"]);
}

#[test]
fn not_yaml() {
    Case::new("gusset: 1\nintegration: [things\n", DOCUMENT)
        .fails(2, &["integration.yaml:", "GS0003"]);
}

#[test]
fn not_openapi() {
    Case::new(&spec("operations: {list_things: {id: listThings}}\n"), "hello: world\n")
        .fails(1, &["openapi.yaml", "OpenAPI"]);
}

#[test]
fn a_wrong_version_of_the_language() {
    Case::new(&spec("").replace("gusset: 1", "gusset: 7"), DOCUMENT)
        .fails(1, &["integration.yaml:1:9", "7"]);
}

#[test]
fn a_wrong_version_of_openapi() {
    let document = DOCUMENT.replace("openapi: 3.0.3", "openapi: 9.0.0");
    Case::new(&spec("operations: {list_things: {id: listThings}}\n"), &document)
        .fails(1, &["openapi.yaml:1", "9.0.0"]);
}

#[test]
fn an_unknown_key() {
    Case::new(&spec("limitz: {}\n"), DOCUMENT).fails(1, &["integration.yaml:5:1", "`limits`"]);
}

#[test]
fn an_unknown_operation() {
    Case::new(&spec("operations: {list_things: {id: listThing}}\n"), DOCUMENT)
        .fails(1, &["integration.yaml:5:", "`listThings`"]);
}

#[test]
fn a_recursive_alias() {
    Case::new("gusset: 1\nintegration: &a [*a]\n", DOCUMENT).fails(2, &["integration.yaml"]);
    Case::new(&spec(""), "a: &a [*a, *a]\nopenapi: 3.0.0\n").fails(2, &["openapi.yaml"]);
}

#[test]
fn aliases_that_unfold_into_something_huge() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for n in 1..30 {
        let list = vec![format!("*a{}", n - 1); 9].join(", ");
        text.push_str(&format!("a{n}: &a{n} [{list}]\n"));
    }
    Case::new(&text, DOCUMENT).fails(2, &["integration.yaml"]);
}

#[test]
fn ten_megabytes_of_nested_brackets() {
    let brackets = "[".repeat(10 << 20);
    Case::new(&brackets, DOCUMENT).fails(2, &["integration.yaml"]);
    let json = format!("{{\"openapi\": \"3.0.0\", \"paths\": {brackets}");
    Case::new(&spec("operations: {list_things: {id: listThings}}\n"), &json)
        .fails(2, &["openapi.yaml"]);
}

#[test]
fn not_utf8() {
    let case = Case::new(&spec(""), DOCUMENT);
    std::fs::write(case.folder.path().join("integration.yaml"), b"gusset: 1\nx: \xe9\n").unwrap();
    case.fails(2, &["integration.yaml", "UTF-8"]);
}

#[test]
fn usage() {
    let folder = tempfile::tempdir().unwrap();
    expect(&gusset(folder.path(), &["check", "--nonsense"]), 2, &["--nonsense", "Usage"]);
    expect(&gusset(folder.path(), &["explain", "GS9999"]), 2, &["GS9999", "gusset explain"]);
}
