//! Ways from one folder to another.

use crate::commands::Failure;
use std::path::{Component, Path, PathBuf};

/// The whole path of what is there.
pub(crate) fn whole(path: &Path) -> Result<PathBuf, Failure> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    path.canonicalize().map_err(|error| Failure::at(path.display(), &error))
}

/// The whole path of what need not be there yet.
pub(crate) fn to_be(path: &Path) -> Result<PathBuf, Failure> {
    let all = std::path::absolute(path).map_err(|error| Failure::at(path.display(), &error))?;
    let there = all.ancestors().find(|ancestor| ancestor.exists()).unwrap_or(&all);
    let missing = all.strip_prefix(there)?;
    let mut to_be = whole(there)?;
    for part in missing.components() {
        // What is not there yet is no link to elsewhere.
        match part {
            Component::ParentDir => drop(to_be.pop()),
            part => to_be.push(part),
        }
    }
    Ok(to_be)
}

/// The way from a folder to a file or folder; both are whole paths.
pub(crate) fn way(from: &Path, to: &Path) -> PathBuf {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().count() - shared;
    let down = to.components().skip(shared);
    std::iter::repeat_n(Component::ParentDir, up).chain(down).collect()
}

/// A path as specs write it, on every system.
pub(crate) fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
