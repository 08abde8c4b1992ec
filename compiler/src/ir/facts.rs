//! What a spec relies on, and how well it is known.

use crate::source::Place;

/// How well a fact is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// The document says so.
    Proven,
    /// The spec says so, the document is silent.
    Assumed,
    /// The spec contradicts the document.
    Overridden,
}

/// One thing that a spec relies on.
#[derive(Clone, Debug)]
pub struct Fact {
    /// How well it is known.
    pub standing: Standing,
    /// The fact, one sentence.
    pub text: String,
    /// The spec's reason; always there for assumed and overridden facts.
    pub because: Option<String>,
    /// Where the spec relies on it.
    pub place: Place,
    /// Where the document says (or contradicts) it.
    pub document: Option<Place>,
}
