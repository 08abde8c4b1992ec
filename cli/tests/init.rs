//! A spec for a document, on disk.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};

const DOCUMENT: &str = "openapi: 3.0.3
info: {title: The Things API, version: '1'}
servers: [{url: https://things.example.com/v1}]
security: [{key: []}]
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas: {Thing: {type: object, required: [id], properties: {id: {type: string}}}}
paths:
  /things:
    get:
      operationId: listThings
      parameters: [{name: cursor, in: query, schema: {type: string}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: 'page.yaml#/Page'}}}}}
";

const PAGE: &str = "Page:
  type: object
  required: [things]
  properties:
    next_cursor: {type: string}
    things: {type: array, items: {type: object, properties: {id: {type: string}}}}
";

fn gusset(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gusset")).args(arguments).current_dir(folder).output().unwrap()
}

fn folder(within: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join(within)).unwrap();
    std::fs::write(folder.path().join(within).join("openapi.yaml"), DOCUMENT).unwrap();
    std::fs::write(folder.path().join(within).join("page.yaml"), PAGE).unwrap();
    folder
}

#[track_caller]
fn said(output: &Output, status: i32) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(status), "{text}");
    text
}

fn read(folder: &Path, path: &str) -> String {
    std::fs::read_to_string(folder.join(path)).unwrap()
}

#[test]
fn a_document_of_the_project_is_referred_to() {
    let folder = folder("api");
    let path = folder.path();
    let text = said(&gusset(path, &["init", "./api/openapi.yaml"]), 0);
    for part in
        ["auth        key", "all 1 are named", "1 operation: cursor 1", "gusset check specs/things"]
    {
        assert!(text.contains(part), "{text}");
    }
    let spec = read(path, "specs/things/integration.yaml");
    assert!(spec.contains("document: '../../api/openapi.yaml'"), "{spec}");
    assert!(!path.join("specs/things/openapi.yaml").exists());
    said(&gusset(path, &["check", "specs"]), 0);
    said(&gusset(path, &["init", "api/openapi.yaml", "--out", "api", "--name", "shop"]), 0);
    let spec = read(path, "api/integration.yaml");
    assert!(
        spec.contains("document: openapi.yaml\n") && spec.contains("integration: shop\n"),
        "{spec}"
    );
    said(&gusset(path, &["check", "api"]), 0);
}

#[test]
fn a_document_from_elsewhere_is_copied_with_its_files() {
    let (there, here) = (folder(""), tempfile::tempdir().unwrap());
    let document = there.path().join("openapi.yaml");
    let document = document.to_string_lossy();
    said(&gusset(here.path(), &["init", &document]), 0);
    assert_eq!(read(here.path(), "specs/things/openapi.yaml"), DOCUMENT);
    assert_eq!(read(here.path(), "specs/things/page.yaml"), PAGE);
    said(&gusset(here.path(), &["check"]), 0);
}

#[test]
fn nothing_is_written_over_without_being_asked_to() {
    let folder = folder("");
    let path = folder.path();
    std::fs::create_dir_all(path.join("specs/things")).unwrap();
    std::fs::write(path.join("specs/things/integration.yaml"), "mine").unwrap();
    let text = said(&gusset(path, &["init", "openapi.yaml"]), 2);
    assert!(text.contains("`--force` writes over it"), "{text}");
    assert_eq!(read(path, "specs/things/integration.yaml"), "mine");
    said(&gusset(path, &["init", "openapi.yaml", "--force"]), 0);
    assert!(read(path, "specs/things/integration.yaml").contains("\ngusset: 1\n"));
}

#[test]
fn editors_find_the_schema() {
    let folder = folder("api");
    let path = folder.path();
    // Beside the specs of a project, where the specs of all of them find it; else beside the spec.
    for (out, schema, way) in [
        ("specs/things", "specs/integration.schema.json", "../integration.schema.json"),
        ("specs/more/shop", "specs/integration.schema.json", "../../integration.schema.json"),
        ("api", "api/integration.schema.json", "integration.schema.json"),
    ] {
        let text = said(&gusset(path, &["init", "api/openapi.yaml", "--out", out]), 0);
        let spec = read(path, &format!("{out}/integration.yaml"));
        assert_eq!(spec.lines().next(), Some(&*format!("# yaml-language-server: $schema={way}")));
        assert!(read(path, schema).contains("\"paginate\""));
        // It is written once.
        assert_eq!(text.contains(&format!("new {schema}\n")), out != "specs/more/shop", "{text}");
        said(&gusset(path, &["check", out]), 0);
    }
}

#[test]
fn machines_are_told_as_well() {
    let folder = folder("");
    let output = gusset(folder.path(), &["init", "openapi.yaml", "--format", "json"]);
    said(&output, 0);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let report: serde_json::Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    let report = &report["report"];
    assert_eq!(report["integration"], "things");
    assert_eq!(report["auth"], serde_json::json!(["key"]));
    assert_eq!(report["pagination"], serde_json::json!({"cursor": ["list_things"]}));
    assert_eq!(report["spec"], "specs/things/integration.yaml");
}

#[test]
fn what_is_no_document_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.yaml"), "openapi: 9.0.0\n").unwrap();
    said(&gusset(folder.path(), &["init", "a.yaml"]), 1);
    said(&gusset(folder.path(), &["init", "b.yaml"]), 2);
    assert!(!folder.path().join("specs").exists());
}

#[test]
fn copies_can_be_changed_and_what_is_left_out_is_said() {
    let (there, here) = (folder(""), tempfile::tempdir().unwrap());
    let document = there.path().join("openapi.yaml");
    let more = DOCUMENT.replace(
        "paths:\n",
        "paths:\n  /ping: {get: {operationId: ping, responses: {'204': {description: none}}}}\n",
    );
    std::fs::write(&document, more).unwrap();
    let mut permissions = std::fs::metadata(&document).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&document, permissions).unwrap();
    let text = said(&gusset(here.path(), &["init", &document.to_string_lossy()]), 0);
    let copy = here.path().join("specs/things/openapi.yaml");
    assert!(!std::fs::metadata(copy).unwrap().permissions().readonly());
    let why = "1 of 2 are named: those that have pages or belong to a resource; `include:`";
    for part in [why, "gusset generate specs/things", "gusset sandbox specs/things"] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn a_server_that_is_an_example_becomes_a_setting() {
    for (example, server, setting) in [
        (
            "https://your-domain.things.net/v1",
            "https://${settings.domain}.things.net/v1",
            "domain:",
        ),
        ("http://localhost:8080/v1", "https://${settings.host}/v1", "host:"),
        ("https://your-server:8443/v1", "https://${settings.server}:8443/v1", "server:"),
        ("https://api.mycompany:8443/v1", "https://api.${settings.company}:8443/v1", "company:"),
        ("https://your-example.things.net", "https://${settings.site}.things.net", "site:"),
        // Variables beside it are settings, too; the port is the example's.
        ("'http://localhost:{port}/v1'", "https://${settings.host}/v1", "host:"),
        (
            "'https://your-domain.things.net/{version}'",
            "https://${settings.domain}.things.net/${settings.version}",
            "version:",
        ),
        (
            "https://myexample.example.things.net/v1",
            "https://myexample.${settings.site}.things.net/v1",
            "site:",
        ),
    ] {
        let folder = folder("");
        let path = folder.path();
        let text = DOCUMENT.replace("https://things.example.com/v1", example);
        std::fs::write(path.join("openapi.yaml"), text).unwrap();
        said(&gusset(path, &["init", "openapi.yaml"]), 0);
        let spec = read(path, "specs/things/integration.yaml");
        assert!(spec.contains(server) && spec.contains(setting), "{spec}");
        assert!(spec.contains("is an example"), "{spec}");
        said(&gusset(path, &["check", "specs"]), 0);
    }
}
