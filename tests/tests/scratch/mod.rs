//! Crates that a test makes, to see what rustc and Cargo say about them.
//!
//! They share the workspace's lock file and target folder, so that only they themselves are compiled.

#![allow(dead_code, unreachable_pub, reason = "each test uses some of it")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Runs `cargo check` on a workspace that a test made; its root manifest is completed by what crates of it share.
#[allow(dead_code, reason = "not every test checks")]
pub(crate) fn check(folder: &Path, members: &[&str]) -> Output {
    cargo(folder, members, &["check"])
}

/// The same, with what Cargo says besides errors.
pub(crate) fn check_aloud(folder: &Path, members: &[&str]) -> Output {
    cargo(folder, members, &["check", "--verbose"])
}

/// Runs the tests of a workspace that a test made.
pub(crate) fn test(folder: &Path, members: &[&str]) -> Output {
    cargo(folder, members, &["test"])
}

/// Documents the crates of a workspace that a test made, with every warning an error.
pub(crate) fn doc(folder: &Path, members: &[&str]) -> Output {
    cargo(folder, members, &["doc", "--no-deps"])
}

/// Runs a crate of a workspace that a test made.
#[allow(dead_code, reason = "not every test runs")]
pub(crate) fn run(folder: &Path, members: &[&str]) -> Output {
    cargo(folder, members, &["run"])
}

fn cargo(folder: &Path, members: &[&str], command: &[&str]) -> Output {
    let root = root();
    let manifest = format!(
        r#"
[workspace]
resolver = "3"
members = {members:?}

[workspace.package]
version = "0.0.0"
edition = "2024"
rust-version = "1.90"
license = "MIT OR Apache-2.0"

[workspace.dependencies]
gusset = {{ path = {:?} }}

[workspace.lints.rust]
warnings = "deny"
missing_docs = "deny"
unreachable_pub = "deny"

[profile.dev]
debug = "line-tables-only"
[profile.dev.package."*"]
debug = false
"#,
        root.join("runtime")
    );
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let target = target();
    let mut cargo = Command::new(env!("CARGO"));
    // What Cargo tells this test about its own package would make build scripts of dependencies run again.
    let own = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()).filter(|name| {
        ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"]
            .iter()
            .any(|own| name.starts_with(own))
    });
    own.for_each(|name| {
        cargo.env_remove(name);
    });
    cargo
        .args(command)
        .args(["--offline", "--message-format=short", "--color=never"])
        .args((!command.contains(&"--verbose")).then_some("--quiet"))
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTFLAGS")
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .unwrap()
}

/// The workspace's target folder: this test runs from `target/debug/deps`.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().to_owned()
}

/// An empty folder for a test.
pub(crate) fn empty(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Compares a file with what it should be. Off CI the file is brought up to date first, and the test fails once.
#[track_caller]
pub(crate) fn expect_file(path: &Path, text: &str) {
    let old = std::fs::read_to_string(path).unwrap_or_default();
    if old == text {
        return;
    }
    if std::env::var_os("CI").is_none() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    panic!("{} was not up to date; it should be:\n{text}", path.display());
}
