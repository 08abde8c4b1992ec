//! Every line of `--format json` says first what it is.

#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// What the lines of a command are, each once.
#[track_caller]
fn reasons(folder: &Path, arguments: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_gusset"))
        .args(arguments)
        .args(["--format", "json"])
        .current_dir(folder)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut reasons = BTreeSet::new();
    let last = text.lines().last().unwrap();
    assert!(last.starts_with(r#"{"reason":"report","#), "{last}");
    for line in text.lines() {
        assert!(line.starts_with(r#"{"reason":""#), "{line}");
        let line: Value = serde_json::from_str(line).unwrap();
        let reason = line["reason"].as_str().unwrap();
        let has = match reason {
            "diagnostic" => "code",
            "proof" => "standing",
            "estimate" => "least_seconds",
            "change" => "effect",
            "fixed" => "fixed",
            other => other,
        };
        assert!(line.get(has).is_some(), "{line}");
        reasons.insert(reason.to_owned());
    }
    reasons
}

fn set(reasons: &[&str]) -> BTreeSet<String> {
    reasons.iter().map(|reason| (*reason).to_owned()).collect()
}

const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: Shop, version: '1'}
servers: [{url: 'https://shop.things.net'}]
paths:
  /items:
    get:
      operationId: list
      responses: {'200': {description: All, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Item'}}}}}}
components:
  schemas: {Item: {type: object, required: [id], properties: {id: {type: string}}}}
";

const SPEC: &str = "\
gusset: 1
integration: shop
document: openapi.yaml
limits: {all: {quota: 10 per 1s}}
operations:
  list: {id: list, paginate: {items: body, single: true}}
types: {Item: {schema: Item}}
resources: {items: {type: Item, key: id, list: list}}
";

#[test]
fn each_line_says_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("openapi.yaml", DOCUMENT);
    write("integration.yaml", SPEC);
    write("new.yaml", &DOCUMENT.replace("[id], properties", "[], properties"));
    write("wrong.yaml", &SPEC.replace("paginate:", "pagniate:"));
    let of = |arguments: &[&str]| reasons(folder.path(), arguments);
    let check = of(&["check", "integration.yaml", "--proofs", "--estimate", "9"]);
    assert_eq!(check, set(&["estimate", "proof", "report"]));
    assert_eq!(of(&["check", "wrong.yaml"]), set(&["diagnostic", "report"]));
    let diff = of(&["diff", "openapi.yaml", "new.yaml", "--specs", "integration.yaml"]);
    assert_eq!(diff, set(&["change", "diagnostic", "report"]));
    assert!(of(&["check", "wrong.yaml", "--fix"]).contains("fixed"));
    assert_eq!(of(&["generate", "integration.yaml", "--out", "out"]), set(&["report"]));
    assert!(of(&["init", "new.yaml", "--out", "made"]).contains("report"));
    // What cannot be read at all, too.
    write("new.yaml", "openapi: 1\n");
    assert_eq!(of(&["diff", "openapi.yaml", "new.yaml"]), set(&["diagnostic", "report"]));
    assert_eq!(of(&["init", "new.yaml", "--out", "none"]), set(&["diagnostic", "report"]));
}
