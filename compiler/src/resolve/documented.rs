//! What only the text of a document says: numbers of schemas, headers of answers.

use crate::openapi::{Document, Node};
use crate::source::Place;

/// A whole number that the schema of a parameter or of a member says: its `minimum`, its `default`.
pub(crate) fn number(documents: &[Document], place: &Place, key: &str) -> Option<i64> {
    let (document, node) = find(documents, place)?;
    let schema = match node.get("schema") {
        Some(schema) => document.resolve(schema).ok()?,
        None => document.resolve(node).ok()?,
    };
    schema.value.get(key)?.as_i64()
}

/// Whether an answer of an operation, a success or not, has a header.
pub(crate) fn lists_header(documents: &[Document], operation: &Place, name: &str) -> bool {
    has(documents, operation, name, |_| true)
}

/// Whether a success of an operation has a header.
pub(crate) fn has_header(documents: &[Document], operation: &Place, name: &str) -> bool {
    has(documents, operation, name, |status| status.starts_with('2') || status == "default")
}

fn has(
    documents: &[Document],
    operation: &Place,
    name: &str,
    counts: impl Fn(&str) -> bool,
) -> bool {
    let Some((document, node)) = find(documents, operation) else { return false };
    let responses = node.get("responses");
    let mut responses = responses.iter().flat_map(Node::entries);
    responses.any(|(status, response)| {
        let headers = document.resolve(response).ok().and_then(|r| r.get("headers"));
        counts(status)
            && headers.iter().flat_map(Node::entries).any(|(h, _)| h.eq_ignore_ascii_case(name))
    })
}

fn find<'d>(documents: &'d [Document], place: &Place) -> Option<(&'d Document, Node<'d>)> {
    documents.iter().find_map(|document| Some((document, document.node(place)?)))
}
