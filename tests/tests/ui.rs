//! What a user sees of a wrong spec in the compiler's output: the rendered diagnostic.
//!
//! Each `tests/ui/NAME.rs` is the `main.rs` of a crate with the specs of a folder, `tests/ui/NAME/` if no other;
//! `tests/ui/NAME.stderr` is what `cargo check` says.
#![allow(clippy::unwrap_used, clippy::panic)]

mod scratch;

use std::fs;
use std::path::Path;

#[track_caller]
fn check(name: &str) {
    check_with(name, &format!("ui/{name}"));
}

#[track_caller]
fn check_with(name: &str, specs: &str) {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join(specs);
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    let folder = scratch::empty(&format!("ui-{name}"));
    let member = folder.join(name);
    fs::create_dir_all(member.join("src")).unwrap();
    fs::create_dir_all(member.join("specs")).unwrap();
    fs::copy(ui.join(format!("{name}.rs")), member.join("src/main.rs")).unwrap();
    for file in fs::read_dir(specs).into_iter().flatten() {
        let file = file.unwrap();
        fs::copy(file.path(), member.join("specs").join(file.file_name())).unwrap();
    }
    let manifest = format!(
        "[package]\nname = \"ui-{name}\"\nedition = \"2024\"\n[dependencies]\ngusset = {{ workspace = true, features = [\"macros\"] }}\n"
    );
    fs::write(member.join("Cargo.toml"), manifest).unwrap();
    let output = scratch::check(&folder, &[name]);
    assert!(!output.status.success(), "{name} compiles, but should not");
    let shown = String::from_utf8(output.stderr).unwrap();
    scratch::expect_file(&ui.join(format!("{name}.stderr")), &shown);
}

#[test]
fn a_wrong_cursor_path_shows_the_line_and_the_nearest_name() {
    check("wrong_path");
}

#[test]
fn a_missing_spec_shows_its_path() {
    check("missing_spec");
}

#[test]
fn a_hook_that_is_not_there_does_not_compile() {
    check_with("missing_hook", "hooks/bank");
}
