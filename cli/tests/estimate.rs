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

#[test]
fn a_listing_that_ends_with_an_empty_page_takes_one_more() {
    let all = said(&["--estimate", "1000", "--format", "json"]);
    let calls = |operation: &str| {
        let found = lines(&all).into_iter().find(|e| e["operation"] == operation);
        found.unwrap_or_else(|| unreachable!("{operation}: {all}"))["calls"].clone()
    };
    // By the number of the first record, without a total: one page of 1000, and an empty one.
    assert_eq!(calls("query_customers"), 2);
    // A token ends it.
    assert_eq!(calls("list_contacts"), 10);
}

#[test]
fn a_sync_takes_from_what_it_reads_to_what_it_writes() {
    let people = said(&["--estimate", "100000"]);
    for line in [
        "warm_leads: a run over 100000 records of which none changed: 4 calls (",
        "warm_leads: a first run that writes all of 100000 records: 2003 calls (",
        // Each page of 100 is written by itself, though a batch has room for 200.
        "1000 of `hubspot.list_contacts`, 1000 of `salesforce.upsert_leads`); at least 1m 40s (limit `hubspot.burst`)",
    ] {
        assert!(people.contains(line), "{line}: {people}");
    }
    let all = said(&["--estimate", "100000", "--format", "json"]);
    let runs: Vec<Value> = lines(&all).into_iter().filter(|e| e["sync"] == "warm_leads").collect();
    let cases: Vec<&Value> = runs.iter().map(|run| &run["case"]).collect();
    assert_eq!(cases, ["none_changed", "all_written"]);
    assert_eq!((&runs[0]["calls"], &runs[0]["least_seconds"]), (&4.into(), &0.0.into()));
    let writes = runs[1]["operations"].as_array().unwrap().last().unwrap();
    assert_eq!(writes["calls"], 1000, "{writes}");
}
