//! What a spec relies on, and how well it is known.

use super::{Slot, TypeId};
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
    /// The integration or the sync that relies on it.
    pub unit: String,
    /// The fact, one sentence.
    pub text: String,
    /// The spec's reason; always there for assumed and overridden facts.
    pub because: Option<String>,
    /// Where the spec relies on it.
    pub place: Place,
    /// Where the document says (or contradicts) it.
    pub document: Option<Place>,
    /// How a run sees that it is false; `None` where no run can, or where it is proven.
    pub sign: Option<Sign>,
    /// The entry of `limits` that it is about, where that holds for some ways to authorise only: no other sees the sign.
    pub limit: Option<String>,
}

impl Fact {
    /// Says how a run sees that it is false. What is proven needs no looking after.
    pub fn seen_by(&mut self, sign: Sign) -> &mut Self {
        if self.standing != Standing::Proven {
            self.sign = Some(sign);
        }
        self
    }

    /// Says which limit it is about, where that holds for some ways to authorise only.
    pub fn under(&mut self, limit: Option<&str>) {
        self.limit = limit.map(str::to_owned);
    }
}

/// How a run sees that an assumption is false. Operations are meant by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A member of one of these types is missing, or is something else.
    Member {
        /// The types that the spec says it of.
        types: Vec<TypeId>,
        /// The wire names from there; `*` is any.
        path: Vec<String>,
    },
    /// A value in the body of an answer is missing, or is something else.
    Answer {
        /// Whose answers.
        operation: String,
        /// The wire names from the body; list elements by number, `*` is any.
        path: Vec<String>,
    },
    /// The pages of a listing do not lead on.
    Page {
        /// The listing.
        operation: String,
        /// What of a page it is about.
        part: PagePart,
    },
    /// Answers lack a header, or it says something else than what is meant.
    Header {
        /// The header.
        name: String,
        /// Whose answers; all if empty.
        operations: Vec<String>,
    },
    /// The provider refuses what is sent there.
    Sent {
        /// The operation.
        operation: String,
        /// Where it goes.
        slot: Slot,
    },
    /// The provider refuses the size of pages that is asked for, by its name.
    Size {
        /// The listing.
        operation: String,
        /// Where the size goes.
        slot: Slot,
    },
    /// Records come in another order.
    Order {
        /// The listing.
        operation: String,
    },
    /// What became of records is not told like that.
    Outcome {
        /// The operation that writes.
        operation: String,
        /// JSON pointer into one result; empty for all of it.
        pointer: String,
    },
    /// Calls are refused with one of these statuses.
    Refused {
        /// The statuses.
        statuses: Vec<u16>,
        /// Whose calls; all if empty.
        operations: Vec<String>,
    },
    /// Calls that are authorised in such a way are refused.
    Unauthorised {
        /// The way, as specs call it: `bearer`.
        way: &'static str,
    },
    /// The token endpoint refuses.
    Tokens {
        /// The grant, as specs call the flow: `refresh_token`.
        grant: &'static str,
    },
    /// A header says something else than what is meant.
    Reads {
        /// The header.
        name: String,
    },
    /// A member of the body of a refusal is something else.
    Failure {
        /// JSON pointer into the body.
        pointer: String,
        /// What it should be.
        kind: FailureKind,
    },
}

/// What of a page an assumption is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagePart {
    /// The array of items.
    Items,
    /// The token or URL of the next page.
    Next,
    /// The boolean that says whether there is more.
    More,
    /// The number of records in all.
    Total,
    /// That the total counts all records.
    All,
    /// The `Link` header.
    Link,
    /// How many records are on it.
    Size,
    /// That there is no other.
    Only,
    /// The way from page to page as a whole.
    Way,
}

/// What a member of a refusal is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// Anything.
    Any,
}
