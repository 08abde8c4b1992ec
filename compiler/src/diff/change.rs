//! A change, and whom it breaks.

use crate::source::Place;
use std::sync::Arc;

/// Operations by name, as `GET /things`. Changes of the same ones share them.
pub type Operations = Arc<[Arc<str>]>;

/// Whom a change breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// A caller of the old version may fail with the new one.
    Breaking,
    /// Callers of the old version are fine.
    Additive,
}

impl Effect {
    /// `breaking` or `additive`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Effect::Breaking => "breaking",
            Effect::Additive => "additive",
        }
    }

    pub(super) fn breaking_if(breaking: bool) -> Effect {
        if breaking { Effect::Breaking } else { Effect::Additive }
    }
}

/// A difference between two versions of a document.
#[derive(Clone, Debug)]
pub struct Change {
    /// What kind: `field_removed`, `parameter_added`, `type_changed`.
    pub kind: &'static str,
    /// Whom it breaks.
    pub effect: Effect,
    /// The operations it is part of, as `GET /things`, in the order of the new document; none where it is about the
    /// whole document.
    pub operations: Operations,
    /// What changed: `query.limit`, `response body.items[].name`; empty for the operation itself.
    pub subject: String,
    /// How, in words.
    pub message: String,
    /// Where the old document has it.
    pub old: Option<Place>,
    /// Where the new document has it.
    pub new: Option<Place>,
}

/// A change before it is known whose it is.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) kind: &'static str,
    pub(super) effect: Effect,
    pub(super) subject: String,
    pub(super) message: String,
    pub(super) old: Option<Place>,
    pub(super) new: Option<Place>,
}

impl Draft {
    pub(super) fn new(
        kind: &'static str,
        effect: Effect,
        subject: &str,
        message: impl Into<String>,
    ) -> Draft {
        let (subject, message) = (subject.to_owned(), message.into());
        Draft { kind, effect, subject, message, old: None, new: None }
    }

    pub(super) fn old(mut self, place: &Place) -> Draft {
        self.old = Some(place.clone());
        self
    }

    pub(super) fn new_at(mut self, place: &Place) -> Draft {
        self.new = Some(place.clone());
        self
    }

    pub(super) fn of(self, operations: Operations) -> Change {
        let Draft { kind, effect, subject, message, old, new } = self;
        Change { kind, effect, operations, subject, message, old, new }
    }
}
