//! The page about clients holds: its spec passes against the vendor's document, its excerpts are what is emitted, its
//! program compiles.
#![allow(clippy::unwrap_used, clippy::panic)]

mod scratch;

use gusset_compiler::emit::{CrateOptions, WriteMode, crate_files, write};
use gusset_compiler::source::Sources;
use gusset_compiler::{Input, compile};
use std::fs;
use std::io::Write as _;

/// The code blocks of the page in a language, in order.
fn blocks(language: &str) -> Vec<String> {
    let text = fs::read_to_string(scratch::root().join("docs/clients.md")).unwrap();
    text.split("\n```")
        .filter_map(|block| block.strip_prefix(language))
        .filter_map(|block| block.strip_prefix('\n'))
        .map(|code| format!("{code}\n"))
        .collect()
}

/// The lines without comments and blank lines.
fn code(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with("//")).collect()
}

#[test]
fn the_page_holds() {
    let document = scratch::root().join("../shared/openapi/jira/swagger-v3-2025-12.json");
    let Ok(document) = fs::read_to_string(document) else {
        assert!(std::env::var_os("GUSSET_REQUIRE_SHARED").is_none(), "the document is missing");
        // Past the capture of the test's output: what was not tested is to be seen.
        let _ = writeln!(std::io::stderr(), "skipped: clients: the vendor's document is not here");
        return;
    };
    let [spec] = &blocks("yaml")[..] else { panic!("a block of YAML") };
    let mut sources = Sources::new()
        .with_file("jira/integration.yaml", spec)
        .with_file("jira/jira.json", document);
    let input = Input { specs: vec!["jira/integration.yaml".into()], ..Input::default() };
    let outcome = compile(&input, &mut sources);
    let said: Vec<&str> = outcome.diagnostics.iter().map(|d| d.message.as_str()).collect();
    let units = outcome.value.unwrap_or_else(|| panic!("{said:?}"));
    let files: Vec<_> =
        units.iter().flat_map(|unit| crate_files(unit, &CrateOptions::default())).collect();

    let emitted: Vec<&str> = files.iter().flat_map(|file| code(&file.text)).collect();
    for excerpt in blocks("rust,ignore") {
        let excerpt = code(&excerpt);
        let found = emitted.windows(excerpt.len()).any(|lines| lines == excerpt);
        assert!(found, "this is not emitted (any more): {excerpt:#?}");
    }

    let folder = scratch::empty("clients");
    write(&folder, &files, WriteMode::Write).unwrap();
    let [program] = &blocks("rust")[..] else { panic!("a block of Rust") };
    let manifest = "[package]\nname = \"program\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
        gusset.workspace = true\njira = { path = \"../jira\" }\nfutures-util = \"0.3\"\n\
        tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n";
    fs::create_dir_all(folder.join("program/src")).unwrap();
    fs::write(folder.join("program/Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("program/src/main.rs"), program).unwrap();
    let output = scratch::check(&folder, &["jira", "program"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
