//! Two versions of a document, and a bundled spec that breaks.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn gusset(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gusset")).args(arguments).output().unwrap()
}

/// A member of the record, which identifies it.
const TS: &str = "        ts: {type: string, description: 'The time";

/// A document of the catalog, and a version of it with a change, each in a folder of its own.
fn versions(document: &str, change: (&str, &str)) -> (PathBuf, tempfile::TempDir) {
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs").join(document);
    let text = std::fs::read_to_string(&old).unwrap();
    assert!(text.contains(change.0));
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("new.yaml"), text.replace(change.0, change.1)).unwrap();
    (old, folder)
}

/// The line of a text that holds a part.
fn line(path: &Path, part: &str) -> usize {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().position(|line| line.contains(part)).unwrap() + 1
}

#[track_caller]
fn said(output: &Output, status: i32) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(status), "{text}");
    text
}

fn changes(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_bundled_spec_breaks_at_its_line() {
    let (old, folder) = versions(
        "slack/openapi.yaml",
        (TS, "        stamp: {type: string, description: 'The time"),
    );
    let new = folder.path().join("new.yaml");
    let (old_, new_) = (old.to_string_lossy(), new.to_string_lossy());
    let spec = old.with_file_name("integration.yaml");
    let spec_ = spec.to_string_lossy();
    let output = gusset(&["diff", &old_, &new_, "--specs", &spec_]);
    let text = said(&output, 1);
    let place = format!("integration.yaml:{}:", line(&spec, "key: ts"));
    assert!(text.contains("error[GS0502]") && text.contains(&place), "{text}");
    let text = changes(&output);
    for part in [
        "POST /chat.postMessage",
        "breaking  response body.ts is gone, though `required` names it",
        "new.yaml:",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let output = gusset(&["diff", &old_, &new_, "--specs", &spec_, "--format", "json"]);
    said(&output, 1);
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let gone = lines.iter().find(|line| line["change"] == "field_removed").unwrap();
    assert_eq!(gone["operations"], serde_json::json!(["POST /chat.postMessage"]));
    assert_eq!(gone["old"]["line"], line(&old, TS));
    assert!(lines.iter().any(|line| line["code"] == "GS0502"));
    assert_eq!(lines.last().unwrap()["report"]["spec_errors"], 1);
}

#[test]
fn additions_break_nothing() {
    let more = format!("        extra: {{type: string}}\n{TS}");
    let (old, folder) = versions("slack/openapi.yaml", (TS, &more));
    let new = folder.path().join("new.yaml");
    let (old, new) = (old.to_string_lossy(), new.to_string_lossy());
    let output = gusset(&["diff", &old, &new]);
    let text = said(&output, 0);
    // What was asked for goes to stdout, so that it can be kept; what is said about it does not.
    assert!(text.contains("0 breaking changes, 1 additive") && !text.contains("extra"), "{text}");
    let text = changes(&output);
    assert!(text.contains("additive  response body.extra is new"), "{text}");
    assert!(!text.contains("0 breaking"), "{text}");
    assert!(said(&gusset(&["diff", &old, &old]), 0).contains("nothing changed"));
    let text = said(&gusset(&["diff", &new, &old]), 1);
    assert!(text.contains("1 breaking change, 0 additive"), "{text}");
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/slack");
    let text = said(&gusset(&["diff", &old, &new, "--specs", &spec.to_string_lossy()]), 0);
    assert!(text.contains("no spec breaks (1 spec with this document)"), "{text}");
}

#[test]
fn what_cannot_be_read_is_said() {
    said(&gusset(&["diff", "nowhere.yaml", "nowhere.yaml"]), 2);
    // Several documents, and none of them is the old one.
    let (old, _) = versions("slack/openapi.yaml", ("ts", "ts"));
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/hubspot");
    let old = old.to_string_lossy();
    let text = said(&gusset(&["diff", &old, &old, "--specs", &specs.to_string_lossy()]), 1);
    assert!(text.contains("no spec has `") && text.contains("contacts.yaml"), "{text}");
}

/// A document of many operations that share a parameter, have one of their own that is the same, and give one field.
fn many(number: usize, shared: &str, own: &str, field: &str) -> String {
    let operation = |n: usize| {
        format!(
            "  /things{n}:\n    get:\n      operationId: list{n}\n      parameters:\n      - {{$ref: '#/components/parameters/Shared'}}\n      \
             - {{name: own, in: query, schema: {{type: {own}}}}}\n      responses: {{'200': {{description: ok, content: \
             {{application/json: {{schema: {{type: object, properties: {{{field}: {{type: string}}}}}}}}}}}}}}\n"
        )
    };
    let paths: String = (0..number).map(operation).collect();
    format!(
        "openapi: 3.0.3\ninfo: {{title: Many, version: '1'}}\nservers: [{{url: 'https://many.example.com'}}]\npaths:\n{paths}\
         components: {{parameters: {{Shared: {{name: shared, in: query, schema: {{type: {shared}}}}}}}}}\n"
    )
}

#[test]
fn what_many_operations_have_in_common_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("old.yaml", &many(20, "string", "string", "next"));
    write("new.yaml", &many(20, "integer", "integer", "after"));
    let operations: String = (0..20)
        .map(|n| {
            format!("  list{n}: {{id: list{n}, paginate: {{items: body.next, single: true}}}}\n")
        })
        .collect();
    let fields: String = operations.replace(", paginate: {items: body.next, single: true}", "");
    write(
        "right.yaml",
        &format!(
            "gusset: 1\nintegration: many\ndocument: old.yaml\nlimits: {{all: {{quota: 9 per 1s}}}}\noperations:\n{fields}"
        ),
    );
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let output = gusset(&["diff", &at("old.yaml"), &at("new.yaml")]);
    said(&output, 1);
    let people = changes(&output);
    // One change of a shared parameter; one that says the same of each operation.
    assert_eq!(people.matches("query.shared").count(), 1, "{people}");
    assert_eq!(people.matches("query.own").count(), 1, "{people}");
    assert!(
        people.contains("in 20 operations: GET /things0, GET /things1 and 18 more"),
        "{people}"
    );
    assert!(people.contains("(also in GET /things1, GET /things2 and 17 more)"), "{people}");
    let output = gusset(&["diff", &at("old.yaml"), &at("new.yaml"), "--format", "json"]);
    let lines = changes(&output);
    let all: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |subject: &str| -> Vec<usize> {
        let found = all.iter().filter(|change| change["subject"] == subject);
        found.map(|change| change["operations"].as_array().unwrap().len()).collect()
    };
    assert_eq!(of("query.shared"), [20]);
    assert_eq!(of("query.own"), [1; 20]);
    // Operations that are gone break a spec at each of its lines; people see some of them.
    write("none.yaml", &many(0, "string", "string", "next").replace("paths:\n", "paths: {}\n"));
    let arguments = ["diff", &at("old.yaml"), &at("none.yaml"), "--specs", &at("right.yaml")];
    let text = said(&gusset(&arguments), 1);
    assert_eq!(text.matches("error[GS0301]: the document has no operation").count(), 5, "{text}");
    assert!(text.contains("15 more, which `--format json` shows"), "{text}");
    let machines = gusset(&[&arguments[..], &["--format", "json"]].concat());
    assert_eq!(changes(&machines).matches(r#""code":"GS0301""#).count(), 20);
}
