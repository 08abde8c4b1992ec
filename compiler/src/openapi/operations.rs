//! The operations of a document, found by id or by method and path.

use super::{Document, Node};
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

pub(super) fn index(document: &Document) -> Vec<Entry> {
    let paths = document.root_node().and_then(|root| root.get("paths"));
    let mut entries = Vec::new();
    for (path, item) in paths.iter().flat_map(Node::entries) {
        // A path item that leads nowhere has no operations; whoever selects one is told so.
        let Ok(item) = document.resolve(item) else { continue };
        for (key, operation) in item.entries() {
            let Some(method) = METHODS.iter().find(|m| m.to_ascii_lowercase() == key) else {
                continue;
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
    entries
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
