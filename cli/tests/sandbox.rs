//! Sandboxes from the command: which ports they take.

#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};

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
fn a_file_of_faults_that_is_wrong_is_refused_with_the_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("faults.yaml");
    let file = path.to_str().unwrap();
    let text = refused(&["--faults", file]);
    assert!(text.contains("faults.yaml: No such file"), "{text}");
    std::fs::write(&path, "- {kind: reset}\n- {kind: slow}\n").unwrap();
    let text = refused(&["--faults", file]);
    assert!(text.contains("faults.yaml: [1]: this kind needs `wait`"), "{text}");
    assert!(text.contains("line 2 column 3"), "{text}");
    std::fs::write(&path, "- {kind: reset, operation: lst_tasks}\n").unwrap();
    let text = refused(&["--faults", file]);
    assert!(text.contains("faults.yaml: [0]: there is no operation `lst_tasks` among "), "{text}");
}

#[test]
fn calls_go_wrong_as_the_file_says() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("faults.yaml");
    std::fs::write(&path, "- {kind: status, status: 418, headers: {x-why: tea}}\n").unwrap();
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/faults/items");
    let mut server = Command::new(env!("CARGO_BIN_EXE_gusset"))
        .arg("sandbox")
        .arg(specs)
        .args(["--port", "0", "--faults", path.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(server.stdout.take().unwrap()).lines().map(Result::unwrap);
    let url = said.next().unwrap().rsplit(' ').next().unwrap().to_owned();
    let token = said.find_map(|line| line.split_once("bearer token ").map(|(_, t)| t.to_owned()));
    let (host, base) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let ask = || {
        let mut stream = TcpStream::connect(host).unwrap();
        let token = token.as_deref().unwrap();
        let head = "connection: close\r\nhost: x\r\nauthorization: Bearer";
        write!(stream, "GET /{base}/items HTTP/1.1\r\n{head} {token}\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let answers = [ask(), ask()];
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(answers[0].starts_with("HTTP/1.1 418"), "{}", answers[0]);
    assert!(answers[0].contains("x-why: tea"), "{}", answers[0]);
    assert!(answers[1].starts_with("HTTP/1.1 200"), "{}", answers[1]);
}

#[test]
fn a_name_that_nobody_has_is_refused() {
    let text = refused(&["--port", "asna=4010"]);
    assert!(text.contains("there is no `asna` among asana"), "{text}");
}
