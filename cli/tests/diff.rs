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
