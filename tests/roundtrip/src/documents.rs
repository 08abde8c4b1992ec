//! Which documents are tried.

use crate::Options;
use std::path::{Path, PathBuf};

/// The documents below the paths that were asked for, in order.
pub(crate) fn find(options: &Options) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = options.paths.clone();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if is_document(&path) {
            found.push(path);
        }
    }
    found.sort();
    let small = |path: &PathBuf| {
        let size = std::fs::metadata(path).unwrap().len();
        options.at_most.is_none_or(|most| size <= most * 1024)
    };
    let mine = |at: usize| options.third.is_none_or(|third| at % 3 == third % 3);
    found
        .into_iter()
        .filter(small)
        .enumerate()
        .filter(|(at, _)| mine(*at))
        .map(|(_, p)| p)
        .collect()
}

fn is_document(path: &Path) -> bool {
    let kind = path.extension().and_then(|extension| extension.to_str());
    if !matches!(kind, Some("yaml" | "yml" | "json")) {
        return false;
    }
    let Ok(text) = std::fs::read_to_string(path) else { return false };
    let marks = ["openapi:", "swagger:", "\"openapi\"", "\"swagger\"", "'openapi'", "'swagger'"];
    marks.iter().any(|mark| text.contains(mark))
}
