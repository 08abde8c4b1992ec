//! Sandboxes from the command: which ports they take.

#![allow(clippy::unwrap_used)]

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

fn refused(arguments: &[&str]) -> String {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/asana");
    let output = Command::new(env!("CARGO_BIN_EXE_gusset"))
        .arg("sandbox")
        .arg(specs)
        .args(arguments)
        .output();
    let output = output.unwrap();
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let text = refused(&["--port", &format!("asana={port}")]);
    assert!(text.contains(&format!("asana: port {port} is taken")), "{text}");
    assert!(text.contains("`--port asana=PORT` takes another"), "{text}");
}

#[test]
fn a_name_that_nobody_has_is_refused() {
    let text = refused(&["--port", "asna=4010"]);
    assert!(text.contains("there is no `asna` among asana"), "{text}");
}
