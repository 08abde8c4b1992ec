//! `gusset check --fix`: what is surely meant is written, and nothing else.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};

const DOCUMENT: &str = "openapi: 3.0.3
info: {title: T, version: '1'}
servers: [{url: https://things.example.com}]
paths:
  /things:
    get:
      operationId: listThings
      parameters: [{name: cursor, in: query, schema: {type: string}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pge'}}}}}
components:
  schemas:
    Page:
      type: object
      properties: {next: {type: string}, things: {type: array, items: {type: object, required: [id], properties: {id: {type: string}}}}}
";

const RIGHT: &str = "gusset: 1
integration: things
document: openapi.yaml
limits: {all: {quota: 9 per 1s}}
operations:
  list_things: {id: listThings, paginate: {because: x, items: body.things, cursor: {from: body.next, into: query.cursor}}}
";

fn folder(spec: &[u8], document: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("integration.yaml"), spec).unwrap();
    std::fs::write(folder.path().join("openapi.yaml"), document).unwrap();
    folder
}

fn gusset(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gusset")).args(arguments).current_dir(folder).output().unwrap()
}

fn read(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("integration.yaml")).unwrap()
}

#[test]
fn slips_are_mended_pass_by_pass() {
    let document = DOCUMENT.replace("Pge", "Page");
    // A key is found first; the path in it only when the key is right; CRLF and the byte order mark stay.
    let wrong = RIGHT.replace("paginate", "pagniate").replace("body.next", "body.nxt");
    let wrong = format!("\u{feff}{}", wrong.replace('\n', "\r\n"));
    let folder = folder(wrong.as_bytes(), &document);
    let before = gusset(folder.path(), &["check", "integration.yaml"]);
    let text = String::from_utf8_lossy(&before.stderr).into_owned();
    assert!(text.contains("`gusset check --fix` mends 1 of them"), "{text}");
    let output = gusset(folder.path(), &["check", "integration.yaml", "--fix"]);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{text}");
    for part in [
        "integration.yaml:6:33: `pagniate` is `paginate` now (GS0203)",
        "`nxt` is `next` now (GS0302)",
        "ok: ",
    ] {
        assert!(text.contains(part), "{text}");
    }
    assert_eq!(read(folder.path()), format!("\u{feff}{}", RIGHT.replace('\n', "\r\n")));
}

#[test]
fn what_may_have_been_meant_is_left_alone() {
    let document = DOCUMENT.replace("Pge", "Page");
    // `things` and `next` are both far from it, and a unit is a guess.
    let wrong = RIGHT.replace("body.next", "body.after").replace("9 per 1s", "9/s");
    let folder = folder(wrong.as_bytes(), &document);
    let output = gusset(folder.path(), &["check", "integration.yaml", "--fix", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(read(folder.path()), wrong);
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let quota = lines.lines().find(|line| line.contains("is no quota")).unwrap();
    let quota: serde_json::Value = serde_json::from_str(quota).unwrap();
    let suggestion = &quota["suggestions"][0];
    assert_eq!(suggestion["applicability"], "MaybeIncorrect");
    let edit = &suggestion["edits"][0];
    assert_eq!(edit["replacement"], "9 per 1s");
    let bytes = |key: &str| usize::try_from(edit[key].as_u64().unwrap()).unwrap();
    assert_eq!(&wrong[bytes("byte_start")..bytes("byte_end")], "9/s");
}

#[test]
fn documents_are_left_alone() {
    let folder = folder(RIGHT.as_bytes(), DOCUMENT);
    let output = gusset(folder.path(), &["check", "integration.yaml", "--fix"]);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains("did you mean `Page`?") && !text.contains("--fix"), "{text}");
    let document = std::fs::read_to_string(folder.path().join("openapi.yaml")).unwrap();
    assert_eq!(document, DOCUMENT);
}
