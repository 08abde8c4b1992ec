//! What names and descriptions say of pages: what numbers count, what parameters take, what flags tell, where tokens and
//! URLs lead.
//!
//! A document has no word for "the number of all records": all that it says of that is a name and a description. So a
//! name that plainly says something else is an error, what plainly says it is a proof, and all between is an assumption.
//! Descriptions alone are no errors: they tell of many things, and what is meant is not for us to guess.

mod counts;
mod flags;
mod leads;
mod takes;

pub(super) use counts::{Counts, counts};
pub(super) use flags::is_last;
pub(super) use leads::{Leads, leads, reads_behind};
pub(super) use takes::{Takes, takes};

use crate::resolve::names;

/// How a document says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// By a name.
    Name,
    /// By a description alone.
    Description,
}

/// The words of a name, in lower case.
fn words(name: &str) -> Vec<String> {
    names::words(name).iter().map(|word| word.to_lowercase()).collect()
}

/// Whether one of the texts is in another.
fn has(text: &str, known: &[&str]) -> bool {
    known.iter().any(|word| text.contains(word))
}
