//! The build script's door, with Cargo itself: what a user sees when specs are wrong, and what happens next.
#![allow(clippy::unwrap_used, clippy::panic)]

mod scratch;

use std::fs;
use std::path::Path;
use std::process::Output;

const SPEC: &str = "gusset: 1
integration: things
document: openapi.yaml
operations:
  list_things: {id: listThings, paginate: {items: body.things, cursor: {from: body.nxt, into: query.cursor}}}
";

const DOCUMENT: &str = "openapi: 3.0.3
info: {title: T, version: '1'}
servers: [{url: https://api.things.net}]
paths:
  /things:
    get:
      operationId: listThings
      parameters: [{name: cursor, in: query, schema: {type: string}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}}
components:
  schemas:
    Page:
      type: object
      properties: {next: {type: string}, things: {type: array, items: {type: object, required: [id], properties: {id: {type: string}}}}}
";

/// A crate whose build script compiles a spec.
fn made(folder: &Path) {
    let member = folder.join("door");
    for path in ["src", "specs"] {
        fs::create_dir_all(member.join(path)).unwrap();
    }
    let compiler = scratch::root().join("compiler");
    let manifest = format!(
        "[package]\nname = \"door\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\ngusset.workspace = true\n\n\
         [build-dependencies]\ngusset-compiler = {{ path = {compiler:?} }}\n"
    );
    fs::write(member.join("Cargo.toml"), manifest).unwrap();
    fs::write(member.join("build.rs"), "fn main() {\n    gusset_compiler::build(\"specs\");\n}\n")
        .unwrap();
    fs::write(member.join("src/lib.rs"), "//! Things.\ngusset::include_specs!();\n").unwrap();
    fs::write(member.join("specs/openapi.yaml"), DOCUMENT).unwrap();
    fs::write(member.join("specs/integration.yaml"), SPEC).unwrap();
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn cargo_shows_what_is_wrong_and_nothing_else() {
    let folder = scratch::empty("build-door");
    made(&folder);
    for _ in 0..2 {
        // The second build finds nothing changed, and must fail all the same.
        let output = scratch::check(&folder, &["door"]);
        let text = stderr(&output);
        assert_eq!(output.status.code(), Some(101), "{text}");
        for part in [
            "error: door@0.1.0: error[GS0302]: `Page` has no field `nxt`",
            "error: door@0.1.0:   --> specs/integration.yaml:5:84",
            "error: door@0.1.0:    = help: did you mean `next`?",
            "error: door@0.1.0: For more about an error, try `gusset explain GS0302`.",
        ] {
            assert!(text.contains(part), "no {part:?} in:\n{text}");
        }
        // Once, and without what a build script that died would add.
        assert_eq!(text.matches("has no field `nxt`").count(), 1, "{text}");
        for part in ["panicked", "backtrace", "cargo::", "custom build command"] {
            assert!(!text.contains(part), "{part:?} in:\n{text}");
        }
    }
    // Mended, it builds; a warning is one line.
    fs::write(folder.join("door/specs/integration.yaml"), SPEC.replace("nxt", "next")).unwrap();
    let output = scratch::check_aloud(&folder, &["door"]);
    let text = stderr(&output);
    assert!(output.status.success(), "{text}");
    let warnings: Vec<&str> = text.lines().filter(|line| line.contains("GS0811")).collect();
    let place =
        "warning: door@0.1.0: specs/integration.yaml:5:3: warning[GS0811]: no limit holds for";
    assert!(warnings.len() == 1 && warnings[0].starts_with(place), "{text}");
}
