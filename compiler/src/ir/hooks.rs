//! Hooks: where code of the user is called.

use super::{ParameterIn, Ty};
use crate::source::Place;
use std::borrow::Cow;

/// A hook of an integration: a method of its trait `Hooks`.
#[derive(Clone, Debug)]
pub struct Hook {
    /// The name in the spec, and that of the method.
    pub name: String,
    /// What it is called with.
    pub kind: HookKind,
    /// What it does, for who writes it.
    pub doc: Option<String>,
    /// Where the spec asks for it.
    pub place: Place,
}

/// What a hook of an integration is called with.
#[derive(Clone, Debug)]
pub enum HookKind {
    /// Requests before they are sent.
    Request(RequestHook),
    /// Answers that an error rule hands it.
    Answer,
}

/// A hook that is called with requests.
#[derive(Clone, Debug)]
pub struct RequestHook {
    /// The Rust name of what it gives (`SignValues`).
    pub values: String,
    /// What it gives.
    pub sets: Vec<HookValue>,
    /// The operations that it is called for, by name; empty for all.
    pub operations: Vec<String>,
    /// Whether it sees the credentials.
    pub credentials: bool,
}

impl RequestHook {
    /// Whether it is called for an operation.
    #[must_use]
    pub fn is_for(&self, operation: &str) -> bool {
        self.operations.is_empty() || self.operations.iter().any(|name| name == operation)
    }
}

/// A text that a hook gives for each request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HookValue {
    /// A header or a query parameter.
    pub location: ParameterIn,
    /// Its name.
    pub wire: String,
    /// The Rust name of the field.
    pub ident: String,
}

impl HookValue {
    /// Whether it is what is known as this.
    #[must_use]
    pub fn is(&self, location: ParameterIn, name: &str) -> bool {
        self.location == location && location.same(&self.wire, name)
    }

    /// As the spec writes it: `header.X-Signature`.
    #[must_use]
    pub fn path(&self) -> String {
        let root = match self.location {
            ParameterIn::Header => "header",
            _ => "query",
        };
        format!("{root}.{}", self.wire)
    }

    /// What all that set the same have in common.
    #[must_use]
    pub fn key(&self) -> (ParameterIn, Cow<'_, str>) {
        (self.location, self.location.key(&self.wire))
    }
}

/// A hook of a sync: a function of its expressions, and a method of its trait `Hooks`.
#[derive(Clone, Debug)]
pub struct SyncHook {
    /// The name in the spec, and that of the method.
    pub name: String,
    /// Its parameters in order.
    pub takes: Vec<(String, Ty)>,
    /// What it gives.
    pub gives: Ty,
    /// What it does, for who writes it.
    pub doc: Option<String>,
    /// Where the spec declares it.
    pub place: Place,
}

/// How a call of a hook begins in [`ExprKind::Call`](super::ExprKind::Call): `hook.NAME`.
pub const HOOK: &str = "hook.";
