//! The operations of a document, found by id or by method and path.

use super::{Document, Node};
use crate::diagnostics::codes::openapi::BAD_PART;
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::Place;

/// How a spec selects an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// By `operationId`.
    Id(String),
    /// By method and path.
    Call {
        /// The method, in any case.
        method: String,
        /// The path template; the names of its parameters do not matter.
        path: String,
    },
}

impl Selector {
    /// `GET /contacts/{id}`.
    #[must_use]
    pub fn call(text: &str) -> Option<Selector> {
        let (method, path) = text.trim().split_once(char::is_whitespace)?;
        let path = path.trim();
        let known = METHODS.iter().any(|m| m.eq_ignore_ascii_case(method));
        (known && path.starts_with('/'))
            .then(|| Selector::Call { method: method.to_uppercase(), path: path.to_owned() })
    }
}

/// An operation that was found; read it by its places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundOperation {
    /// The method, upper case.
    pub method: String,
    /// The path template, as the document has it.
    pub path: String,
    /// Its `operationId`.
    pub id: Option<String>,
    /// The path item, which has parameters in common.
    pub item: Place,
    /// The operation.
    pub place: Place,
}

/// An operation in the index.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) method: &'static str,
    pub(super) path: String,
    pub(super) id: Option<String>,
    item: Place,
    place: Place,
}

impl Entry {
    pub(super) fn found(&self) -> FoundOperation {
        FoundOperation {
            method: self.method.to_owned(),
            path: self.path.clone(),
            id: self.id.clone(),
            item: self.item.clone(),
            place: self.place.clone(),
        }
    }
}

const METHODS: [&str; 8] = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/// What path items have beside operations.
const FIELDS: [&str; 5] = ["$ref", "summary", "description", "servers", "parameters"];

/// The operations, and what may have been meant as such but cannot be read.
pub(super) fn index(document: &Document) -> (Vec<Entry>, Vec<Diagnostic>) {
    let paths = document.root_node().and_then(|root| root.get("paths"));
    let mut entries: Vec<Entry> = Vec::new();
    let mut lost = Vec::new();
    for (path, item) in paths.iter().flat_map(Node::entries) {
        if path.starts_with("x-") || item.value.is_null() {
            continue;
        }
        let start = entries.len();
        // What stands beside a `$ref` counts, too, and before what stands there.
        for item in [Some(item.clone()), referred(document, &item, &mut lost)].into_iter().flatten()
        {
            if !item.value.is_object() {
                lost.push(left_out(&item, format!("`{path}` is no mapping")));
            }
            for (key, operation) in item.entries() {
                let Some(method) = METHODS.iter().find(|m| m.eq_ignore_ascii_case(key)) else {
                    if !FIELDS.contains(&key)
                        && !key.starts_with("x-")
                        && operation.value.is_object()
                    {
                        let message = format!("`{key}` of `{path}` is no method that is sent here");
                        lost.push(left_out(&operation, message));
                    }
                    continue;
                };
                if entries[start..].iter().any(|known| known.method == *method) {
                    let message = format!("`{path}` has `{key}` already");
                    lost.push(left_out(&operation, message));
                    continue;
                }
                // OpenAPI has no references to operations, but documents do.
                let operation = match document.resolve(operation.clone()) {
                    Ok(operation) => operation,
                    Err(error) => {
                        lost.push(error.diagnostic(Severity::Warning));
                        operation
                    }
                };
                entries.push(Entry {
                    method,
                    path: path.to_owned(),
                    id: operation.str("operationId").map(str::to_owned),
                    item: item.place.clone(),
                    place: operation.place,
                });
            }
        }
    }
    (entries, lost)
}

/// What a path item refers to; nothing, with a finding, if that leads nowhere.
fn referred<'d>(
    document: &'d Document,
    item: &Node<'d>,
    lost: &mut Vec<Diagnostic>,
) -> Option<Node<'d>> {
    item.str("$ref")?;
    document.resolve(item.clone()).map_err(|e| lost.push(e.diagnostic(Severity::Warning))).ok()
}

fn left_out(node: &Node<'_>, message: String) -> Diagnostic {
    Diagnostic::warning(BAD_PART, message).at(&node.place.key(), "it is left out")
}

pub(super) fn find(entries: &[Entry], selector: &Selector) -> Option<FoundOperation> {
    let entry = match selector {
        Selector::Id(id) => entries.iter().find(|e| e.id.as_deref() == Some(id)),
        Selector::Call { method, path } => {
            let same_method = |e: &&Entry| e.method.eq_ignore_ascii_case(method);
            let exact = entries.iter().filter(same_method).find(|e| e.path == *path);
            let template = unnamed(path);
            exact.or_else(|| {
                entries.iter().filter(same_method).find(|e| unnamed(&e.path) == template)
            })
        }
    };
    entry.map(Entry::found)
}

/// A path template without the names of its parameters.
pub(crate) fn unnamed(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut inside = false;
    for char in path.chars() {
        match char {
            '{' => inside = true,
            '}' if inside => {
                inside = false;
                out.push_str("{}");
            }
            _ if inside => {}
            _ => out.push(char),
        }
    }
    out
}
