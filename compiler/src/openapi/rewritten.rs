//! What a rewriting of a file gives.

use crate::diagnostics::Diagnostic;
use crate::source::{Json, Moves};
use std::collections::HashMap;

/// What a rewriting of a file gives.
#[derive(Debug, Default)]
pub(super) struct Rewritten {
    /// The value.
    pub(super) value: Json,
    /// What moved.
    pub(super) moves: Moves,
    /// What it cannot say. They count where the part that they are about is selected.
    pub(super) findings: Vec<Diagnostic>,
    /// The schemas that have names of their own.
    pub(super) ids: Ids,
}

/// Schemas that are referred to by `$id` or `$anchor` instead of where they stand.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// Pointers by `$id`, `#anchor` and `$id#anchor`.
    pub(super) pointers: HashMap<String, String>,
    /// The pointers of schemas with an `$id`: inside, `#/..` may count from there.
    pub(super) roots: Vec<String>,
}

impl Ids {
    /// The pointer that a reference means by name.
    pub(super) fn find(&self, target: &str) -> Option<String> {
        if self.pointers.is_empty() {
            return None;
        }
        if let Some(pointer) = self.pointers.get(target) {
            return Some(pointer.clone());
        }
        let (id, fragment) = target.split_once('#')?;
        let base = self.pointers.get(id).filter(|_| !id.is_empty())?;
        (fragment.is_empty() || fragment.starts_with('/')).then(|| format!("{base}{fragment}"))
    }

    /// The innermost schema with an `$id` around a pointer.
    pub(super) fn root_of(&self, pointer: &str) -> Option<&str> {
        let around = |root: &&String| {
            pointer.strip_prefix(root.as_str()).is_some_and(|b| b.is_empty() || b.starts_with('/'))
        };
        self.roots.iter().filter(around).max_by_key(|root| root.len()).map(String::as_str)
    }
}
