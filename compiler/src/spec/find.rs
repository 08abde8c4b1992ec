//! Finds spec files: an argument is a file, or a folder of specs.

use crate::diagnostics::codes::{source, spec as codes};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::source::{Sources, WRITTEN_BY};
use std::io;
use std::path::{Component, Path, PathBuf};

/// The name of the file that makes a folder an integration.
const INTEGRATION: &str = "integration.yaml";

/// Folders in folders that are looked through.
const DEPTH: usize = 8;

/// The spec files that a path means.
pub(super) fn files(
    path: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<PathBuf> {
    if has_yaml_name(path) && !path.is_dir() {
        return vec![path.to_owned()];
    }
    let integration = path.join(INTEGRATION);
    if integration.is_file() || sources.read(&integration).is_ok() {
        return vec![integration];
    }
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let mut found = Vec::new();
    if let Err(error) = walk(path, DEPTH, &mut found) {
        let message = format!("`{}` cannot be read: {error}", path.display());
        diagnostics.push(Diagnostic::error(source::UNREADABLE_FILE, message));
    } else if found.is_empty() {
        let message = format!("no spec in `{}`", path.display());
        diagnostics.push(
            Diagnostic::error(codes::NOT_A_SPEC, message)
                .help("a spec is a .yaml file with `gusset: 1` at the top, and `integration:` or `sync:`")
                .help("a file that lacks them says what it misses when it is named: `gusset check FILE`")
                .help(WRITTEN_BY),
        );
    }
    found
}

fn walk(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries: Vec<_> = std::fs::read_dir(folder)?.collect::<io::Result<_>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        // The type of a link is `symlink`, so links to folders are not followed: no endless walk.
        if entry.file_type()?.is_dir() {
            if depth > 0 && !hidden && entry.file_name() != "target" {
                walk(&path, depth - 1, found)?;
            }
        } else if has_yaml_name(&path) && is_spec(&path) {
            found.push(path);
        }
    }
    Ok(())
}

/// Whether a file has `gusset:` at the start of a line. Other YAML files in a folder are no concern of ours.
#[expect(clippy::disallowed_methods, reason = "a look at files that may be none of ours")]
fn is_spec(path: &Path) -> bool {
    std::fs::read_to_string(path)
        .is_ok_and(|text| text.lines().any(|line| line.starts_with("gusset:")))
}

/// Lines at the top of a text in which a spec says that it is one.
const MOST: usize = 2_000;

/// Whether a text is that of a spec, even one that lacks its version.
pub(crate) fn is_spec_text(text: &str) -> bool {
    let starts = ["gusset:", "integration:", "sync:"];
    // YAML can be JSON.
    let json = text.starts_with('{') && text.lines().take(3).any(|l| l.contains("\"gusset\""));
    json || text.lines().take(MOST).any(|line| starts.iter().any(|start| line.starts_with(start)))
}

fn has_yaml_name(path: &Path) -> bool {
    path.extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("yaml") || e.eq_ignore_ascii_case("yml"))
}

/// The file of an integration that is meant by its folder or by itself.
pub(super) fn integration_file(path: &Path) -> PathBuf {
    if has_yaml_name(path) { path.to_owned() } else { path.join(INTEGRATION) }
}

/// A path without `.` and `..`, as far as the text allows, so that one file has one path.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(normal.components().next_back(), Some(Component::Normal(_))) =>
            {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}
