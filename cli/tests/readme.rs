//! What the README says of the command is what it does.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

const DOCUMENT: &str = r#"{
  "openapi": "3.0.3",
  "info": {"title": "Tickets", "version": "1"},
  "servers": [{"url": "https://api.tickets.net"}],
  "security": [{"key": []}],
  "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}},
  "paths": {
    "/contacts/{id}": {"get": {
      "operationId": "getContact", "tags": ["contacts"],
      "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}],
      "responses": {"204": {"description": "None."}}
    }},
    "/owners": {"get": {"operationId": "listOwners", "responses": {"204": {"description": "None."}}}},
    "/notes": {"get": {"operationId": "listNotes", "responses": {"204": {"description": "None."}}}}
  }
}"#;

/// What stands below a heading.
fn section(heading: &str) -> String {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let text = std::fs::read_to_string(readme).unwrap();
    let (_, section) = text.split_once(&format!("\n## {heading}\n")).unwrap();
    section.split("\n## ").next().unwrap().to_owned()
}

/// The blocks of code in a language.
fn blocks(section: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    section.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn a_client_from_a_document_alone() {
    let section = section("A client from a document alone");
    let folder = tempfile::tempdir().unwrap();
    let app = folder.path().join("app");
    for path in ["app", "gusset/runtime"] {
        std::fs::create_dir_all(folder.path().join(path)).unwrap();
    }
    std::fs::write(app.join("openapi.json"), DOCUMENT).unwrap();
    let [command] = &blocks(&section, "sh")[..] else { unreachable!("one command") };
    let mut words = command.split_whitespace().map(|word| word.trim_matches('\''));
    assert_eq!(words.next(), Some("gusset"));
    // `'GET /owners/**'` is one word of a shell.
    let arguments = words.collect::<Vec<_>>().join("\n").replace("GET\n", "GET ");
    let output = Command::new(env!("CARGO_BIN_EXE_gusset"))
        .args(arguments.lines())
        .current_dir(&app)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let header = section.lines().find(|line| line.contains("operations emitted")).map(words);
    let header = header.unwrap();
    let lines: Vec<Vec<String>> = said.lines().map(words).collect();
    assert!(lines.contains(&header), "{header:?}\n{said}");
    let row = lines.iter().find(|line| line.first().is_some_and(|name| name == "tickets")).unwrap();
    assert_eq!(row[1..4], ["2", "of", "3"], "{said}");

    // Both name the same runtime, and the crate is where the program looks for it.
    let [dependencies] = &blocks(&section, "toml")[..] else { unreachable!("dependencies") };
    let path =
        |line: &str| line.split("path = \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let of = |text: &str, name: &str| {
        text.lines().find(|line| line.starts_with(&format!("{name} = "))).map(path).unwrap()
    };
    let emitted = app.join(of(dependencies, "tickets"));
    let manifest = std::fs::read_to_string(emitted.join("Cargo.toml")).unwrap();
    let runtime = |from: &Path, text: &str| from.join(of(text, "gusset")).canonicalize().unwrap();
    assert_eq!(runtime(&emitted, &manifest), runtime(&app, dependencies));
    assert!(emitted.join("src/operations.rs").is_file());
}
