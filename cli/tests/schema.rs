//! The JSON Schemas of spec files: what the compiler takes, they take, and every bundled spec says where its schema is.

#![allow(clippy::unwrap_used, clippy::panic)]

use gusset_compiler::source::parse;
use gusset_compiler::spec::{Kind, json_schema, quantity};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// All spec files below a folder.
fn specs(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            specs(&path, found);
        } else if path.extension().is_some_and(|e| e == "yaml") {
            let text = std::fs::read_to_string(&path).unwrap();
            if text.lines().any(|line| line.starts_with("gusset:")) {
                found.push((path, text));
            }
        }
    }
}

fn kind(value: &Value) -> Kind {
    if value.get("sync").is_some() { Kind::Sync } else { Kind::Integration }
}

fn wrong(value: &Value) -> Vec<String> {
    let schema = jsonschema::validator_for(&json_schema(kind(value))).unwrap();
    schema.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

#[test]
fn every_spec_that_compiles_is_one_of_its_schema() {
    let mut found = Vec::new();
    for folder in ["specs", "tests/golden", "tests/mistakes"] {
        specs(&root().join(folder), &mut found);
    }
    assert!(found.len() >= 20, "{}", found.len());
    for (path, text) in found {
        let value = parse(&text).unwrap();
        assert_eq!(wrong(&value), [""; 0], "{}", path.display());
    }
}

#[test]
fn bundled_specs_say_where_their_schema_is() {
    let mut found = Vec::new();
    specs(&root().join("specs"), &mut found);
    for (path, text) in found {
        let name = match kind(&parse(&text).unwrap()) {
            Kind::Integration => "integration.schema.json",
            Kind::Sync => "sync.schema.json",
        };
        let first = text.lines().next().unwrap();
        assert_eq!(
            first,
            format!("# yaml-language-server: $schema=../{name}"),
            "{}",
            path.display()
        );
        assert!(path.parent().unwrap().join("..").join(name).is_file(), "{}", path.display());
    }
}

/// Off CI they are brought up to date, and the test fails once.
#[test]
fn the_bundled_schemas_are_fresh() {
    for (kind, name) in
        [(Kind::Integration, "integration.schema.json"), (Kind::Sync, "sync.schema.json")]
    {
        let path = root().join("specs").join(name);
        let expected = format!("{:#}\n", json_schema(kind));
        if std::fs::read_to_string(&path).unwrap_or_default() != expected {
            if std::env::var_os("CI").is_none() {
                std::fs::write(&path, &expected).unwrap();
            }
            panic!("specs/{name} was stale; `gusset schema --out specs` brings it up to date");
        }
    }
}

#[test]
fn schemas_are_printed_or_written() {
    let folder = tempfile::tempdir().unwrap();
    let gusset = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gusset"));
        command.args(arguments).current_dir(folder.path()).output().unwrap()
    };
    let printed = gusset(&["schema", "sync"]).stdout;
    assert_eq!(serde_json::from_slice::<Value>(&printed).unwrap(), json_schema(Kind::Sync));
    assert!(gusset(&["schema", "--out", "specs"]).status.success());
    let read = |name: &str| std::fs::read(folder.path().join("specs").join(name)).unwrap();
    assert_eq!(read("sync.schema.json"), printed);
    assert_eq!(read("integration.schema.json"), gusset(&["schema", "integration"]).stdout);
    assert_eq!(gusset(&["schema"]).status.code(), Some(2));
}

/// The schema refuses no quantity that the compiler takes; editors would show a mistake where there is none.
#[test]
fn quantities_of_the_compiler_are_quantities_of_the_schema() {
    let texts = [
        "10s",
        "500ms",
        "5 m",
        " 24h ",
        "7d",
        "10",
        "10 sec",
        "1.5s",
        "-1s",
        "",
        "s",
        "100 per 10s",
        "100_000 per 24h",
        "100 per  10 s",
        " 100 per 1s",
        "+5 per 1s",
        "100 per minute",
        "100/10s",
        "1 per x",
        "x per 1s",
    ];
    for text in texts {
        let limit = json!({"gusset": 1, "integration": "a", "limits": {"a": {"quota": text}}});
        let sync = json!({
            "gusset": 1, "sync": "a", "integrations": {}, "source": "a.b", "target": "c.d",
            "match": {"source": "a", "target": "b"}, "map": {}, "every": text,
        });
        assert_eq!(wrong(&limit).is_empty(), quantity::quota(text).is_ok(), "{text:?}");
        assert_eq!(wrong(&sync).is_empty(), quantity::duration(text).is_ok(), "{text:?}");
    }
}

/// What editors are told beyond the types, by an example each.
#[test]
fn the_schema_refuses_what_the_compiler_refuses() {
    let spec = |key: &str, value: Value| json!({"gusset": 1, "integration": "a", key: value});
    for (value, fine) in [
        (json!({"gusset": 2, "integration": "a"}), false),
        (json!({"gusset": 1, "integration": "My-API"}), false),
        (spec("operations", json!({"listThings": {"id": "a"}})), false),
        (spec("operations", json!({"list_things": {"id": "a"}})), true),
        (spec("types", json!({"thing": {"schema": "a"}})), false),
        (spec("sandbox", json!({"things": {"records": 3, "name": {"like": "email"}}})), true),
        (spec("sandbox", json!({"things": {"records": -3}})), false),
        (spec("sandbox", json!({"things": {"name": {"like": "a name"}}})), false),
        (spec("sandbox", json!({"things": {"name": {"likes": "email"}}})), false),
        (spec("sandbox", json!({"things": {"name": {"one_of": "others.id"}}})), true),
    ] {
        assert_eq!(wrong(&value).is_empty(), fine, "{value}");
    }
}
