//! Pointers as they grow while a document is walked.

use crate::source::pointer;
use serde_json::{Value, json};

/// A JSON pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pointer(String);

impl Pointer {
    pub(super) fn root() -> Self {
        Pointer(String::new())
    }

    /// One that is written already.
    pub(super) fn at(pointer: &str) -> Self {
        Pointer(pointer.to_owned())
    }

    /// The pointer to what is below under a key.
    pub(super) fn child(&self, key: &str) -> Self {
        Pointer(format!("{}/{}", self.0, pointer::escape(key)))
    }

    pub(super) fn index(&self, index: usize) -> Self {
        Pointer(format!("{}/{index}", self.0))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// A schema, a body or a parameter that stands there.
    pub(super) fn reference(&self) -> Value {
        json!({"$ref": format!("#{}", self.0.replace('%', "%25"))})
    }
}
