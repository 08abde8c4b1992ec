//! Types that contain each other three hundred deep: rustc must follow them, and so must `cargo doc`.
#![allow(clippy::unwrap_used, clippy::panic)]

mod scratch;

use gusset_compiler::emit::{CrateOptions, WriteMode, crate_files, write};
use gusset_compiler::source::Sources;
use gusset_compiler::{Alone, Input, compile};
use serde_json::{Map, Value, json};

const DEPTH: usize = 300;

/// Each schema holds the next, itself or in a list; a client of a crate that spawns a task needs to know them all.
fn document() -> String {
    let schema = |n: usize| {
        let next = json!({"$ref": format!("#/components/schemas/Link{}", n + 1)});
        let next = if n.is_multiple_of(2) { next } else { json!({"type": "array", "items": next}) };
        let next = if n + 1 < DEPTH { next } else { json!({"type": "string"}) };
        (format!("Link{n}"), json!({"type": "object", "properties": {"next": next}}))
    };
    let schemas: Map<String, Value> = (0..DEPTH).map(schema).collect();
    let first = json!({"$ref": "#/components/schemas/Link0"});
    let content = json!({"application/json": {"schema": first}});
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Chain", "version": "1"},
        "servers": [{"url": "https://chain.example.com"}],
        "paths": {"/chain": {"put": {
            "operationId": "put_chain",
            "requestBody": {"required": true, "content": content},
            "responses": {"200": {"description": "The chain.", "content": content}},
        }}},
        "components": {"schemas": schemas},
    })
    .to_string()
}

const PROGRAM: &str = "//! Sends a chain from another task.
#![recursion_limit = \"4096\"]

fn spawned<T: Send + 'static>(_: T) {}

fn main() {
    let chain = chain::types::Link0::default();
    let read: chain::types::Link0 = gusset::serde_json::from_str(\"{}\").unwrap_or_default();
    assert_eq!(chain, read);
    spawned(chain::operations::PutChain::new(chain));
}
";

#[test]
fn rustc_follows_three_hundred_types() {
    let mut sources = Sources::new().with_file("chain.json", document());
    let alone = Alone { path: "chain.json".into(), ..Alone::default() };
    let input = Input { alone: vec![alone], ..Input::default() };
    let units = compile(&input, &mut sources).value.unwrap();
    let files: Vec<_> =
        units.iter().flat_map(|unit| crate_files(unit, &CrateOptions::default())).collect();
    // The program has the limit that the emitted crate says it needs.
    let lib = files.iter().find(|file| file.path.ends_with("chain/src/lib.rs")).unwrap();
    assert!(lib.text.contains("#![recursion_limit = \"4096\"]"), "{}", lib.text);
    let folder = scratch::empty("chain");
    write(&folder, &files, WriteMode::Write).unwrap();
    let manifest = "[package]\nname = \"spawns\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
        gusset.workspace = true\nchain = { path = \"../chain\" }\n";
    std::fs::create_dir_all(folder.join("spawns/src")).unwrap();
    std::fs::write(folder.join("spawns/Cargo.toml"), manifest).unwrap();
    std::fs::write(folder.join("spawns/src/main.rs"), PROGRAM).unwrap();
    for output in
        [scratch::run(&folder, &["chain", "spawns"]), scratch::doc(&folder, &["chain", "spawns"])]
    {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}
