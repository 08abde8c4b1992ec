//! Operations that are included under names made from the document.

mod names;

use super::Context;
use crate::openapi::FoundOperation;

/// An operation that is included.
#[derive(Debug)]
pub(super) struct Included {
    /// Its name.
    pub(super) name: String,
    /// The number of its document.
    pub(super) document: usize,
    /// Where it is.
    pub(super) found: FoundOperation,
}

/// The operations that are included.
pub(super) fn select(context: &mut Context<'_>) -> Vec<Included> {
    if !context.spec.alone {
        return Vec::new();
    }
    let all: Vec<(usize, FoundOperation)> = context
        .documents
        .iter()
        .enumerate()
        .flat_map(|(number, document)| document.operations().map(move |found| (number, found)))
        .collect();
    let names = names::of(all.iter().map(|(_, found)| found), []);
    let one = |(name, (document, found))| Included { name, document, found };
    names.into_iter().zip(all).map(one).collect()
}
