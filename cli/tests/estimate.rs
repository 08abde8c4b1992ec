//! `gusset check --estimate`, over the catalog.

#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// What is printed on stdout about the catalog.
fn said(arguments: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let gusset = Command::new(env!("CARGO_BIN_EXE_gusset"))
        .args(["check", "specs"])
        .args(arguments)
        .current_dir(root)
        .output()
        .unwrap();
    assert!(gusset.status.success(), "{}", String::from_utf8_lossy(&gusset.stderr));
    String::from_utf8(gusset.stdout).unwrap()
}

/// The lines of JSON, but for the report of the run.
fn lines(text: &str) -> Vec<Value> {
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    lines.filter(|line: &Value| line.get("report").is_none()).collect()
}

#[test]
fn an_estimate_follows_from_limits_pages_and_batches() {
    let people = said(&["--estimate", "100000"]);
    assert!(
        people.contains(
            "hubspot.contacts: read 100000 records with `list_contacts`: 1000 calls of 100; at least 1m 30s (limit `burst`)"
        ),
        "{people}"
    );
    let all = said(&["--estimate", "100000", "--format", "json"]);
    assert!(all.lines().last().unwrap().starts_with(r#"{"reason":"report""#), "{all}");
    let found = lines(&all);
    let of = |resource: &str, work: &str| {
        found.iter().find(|e| e["resource"] == resource && e["work"] == work).unwrap().clone()
    };
    assert_eq!(of("contacts", "read")["least_seconds"], 90.0);
    assert_eq!(of("contacts", "read")["calls"], 1000);
    // 100,000 calls a day are more than 500.
    assert_eq!(of("leads", "write")["calls"], 500);
    assert_eq!(of("leads", "write")["limit"], Value::Null);
    assert!(!found.iter().any(|e| e["resource"] == "messages"));
}
