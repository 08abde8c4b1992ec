//! The example as its user runs it: the binary, again and again, killed and not.

#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

const RECORDS: u64 = 600;

fn warm_leads(state: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_warm-leads"))
        .args(["--records", &RECORDS.to_string(), "--state"])
        .arg(state)
        .args(arguments)
        .output()
        .unwrap()
}

/// The report of a run that came to its end with the leads as they should be.
#[track_caller]
fn report(state: &Path, arguments: &[&str]) -> Value {
    let output = warm_leads(state, &[&["--json"], arguments].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["complete"], true);
    assert_eq!(report["salesforce"]["lost"], 0);
    assert_eq!(report["salesforce"]["doubled"], 0);
    report
}

fn number(report: &Value, field: &str) -> u64 {
    report[field].as_u64().unwrap_or_else(|| panic!("{field} in {report}"))
}

#[test]
fn a_second_run_writes_nothing() {
    let state = tempfile::tempdir().unwrap();
    let first = report(state.path(), &[]);
    assert_eq!(number(&first, "read"), RECORDS);
    assert!(number(&first, "created") > 100);
    assert_eq!(number(&first, "created"), number(&first["salesforce"], "leads"));
    assert_eq!(number(&first, "created") + number(&first, "skipped"), RECORDS);
    assert!(number(&first, "requests") >= number(&first, "pages"));

    for _ in 0..2 {
        let again = report(state.path(), &[]);
        assert_eq!((number(&again, "created"), number(&again, "updated")), (0, 0));
        assert_eq!(again["full"], false);
        assert_eq!(again["salesforce"], first["salesforce"]);
    }
}

#[test]
fn a_run_after_a_kill_goes_on_and_nothing_is_lost_or_doubled() {
    let state = tempfile::tempdir().unwrap();
    for kill in ["1", "250", "550"] {
        let killed = warm_leads(state.path(), &["--kill-after", kill]);
        assert_eq!(killed.status.code(), Some(137));
    }
    let rest = report(state.path(), &[]);
    assert_eq!(rest["resumed"], true);
    assert_eq!(number(&rest, "read"), RECORDS);
    let again = report(state.path(), &[]);
    assert_eq!((number(&again, "created"), number(&again, "updated")), (0, 0));
}

#[test]
fn another_threshold_is_another_sync() {
    let state = tempfile::tempdir().unwrap();
    let hot = report(state.path(), &["--threshold", "90"]);
    let warm = report(state.path(), &["--threshold", "70"]);
    assert_eq!(warm["full"], true);
    assert!(number(&warm, "created") > 0);
    assert_eq!(
        number(&hot, "created") + number(&warm, "created"),
        number(&warm["salesforce"], "leads")
    );
}

#[test]
fn a_reset_forgets_everything() {
    let state = tempfile::tempdir().unwrap();
    let first = report(state.path(), &[]);
    let reset = report(state.path(), &["--reset"]);
    assert_eq!(reset["run"], 1);
    assert_eq!(reset["created"], first["created"]);
}

#[test]
fn people_see_the_report_and_the_last_requests() {
    let state = tempfile::tempdir().unwrap();
    let output = warm_leads(state.path(), &[]);
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(shown.contains("run 1 of warm_leads: all contacts"), "{shown}");
    assert!(shown.contains("0 lost, 0 doubled"), "{shown}");
    assert_eq!(shown.lines().filter(|line| line.trim_end().ends_with(" ms")).count(), 10);
    assert!(shown.contains("upsert_leads"), "{shown}");
}

/// What a run says that does not begin.
#[track_caller]
fn refused(state: &Path, arguments: &[&str]) -> String {
    let output = warm_leads(state, arguments);
    assert_eq!((output.status.code(), output.stdout), (Some(2), Vec::new()));
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn errors_of_files_name_them() {
    let state = tempfile::tempdir().unwrap();
    let file = state.path().join("file");
    std::fs::write(&file, "not a database, and no folder either").unwrap();
    for (state, named) in [(&file, "file: "), (&file.join("below"), "file/below: ")] {
        let said = refused(state, &[]);
        assert!(said.contains(named), "{said}");
    }
    for name in ["log.sqlite", "hubspot.sqlite", "salesforce.sqlite", "state.sqlite"] {
        let folder = state.path().join(name.trim_end_matches(".sqlite"));
        std::fs::create_dir(&folder).unwrap();
        std::fs::copy(&file, folder.join(name)).unwrap();
        let said = refused(&folder, &[]);
        assert!(said.contains(&format!("{name}: ")), "{said}");
    }
}

#[test]
fn a_threshold_is_a_score() {
    let state = tempfile::tempdir().unwrap();
    for wrong in ["nan", "-1", "inf", "warm"] {
        let said = refused(state.path(), &[&format!("--threshold={wrong}")]);
        assert!(said.contains("a score is a number from 0"), "{said}");
    }
}

#[test]
fn other_records_need_another_state() {
    let state = tempfile::tempdir().unwrap();
    report(state.path(), &[]);
    let other = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_warm-leads"));
        command.arg("--state").arg(state.path()).args(arguments).output().unwrap()
    };
    let output = other(&["--records", "20"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("began with 600 contacts, not 20: `--reset` starts over"), "{said}");
    // Without a word it goes on with those that are there.
    assert!(other(&["--json"]).status.success());
    assert!(other(&["--records", "20", "--reset"]).status.success());
}
