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

/// Whether an answer of an operation has a header.
pub(crate) fn has_header(documents: &[Document], operation: &Place, name: &str) -> bool {
    let Some((document, node)) = find(documents, operation) else { return false };
    let responses = node.get("responses");
    let mut responses = responses.iter().flat_map(Node::entries);
    responses.any(|(status, response)| {
        let answers = status.starts_with('2') || status == "default";
        let headers = document.resolve(response).ok().and_then(|r| r.get("headers"));
        answers && headers.iter().flat_map(Node::entries).any(|(h, _)| h.eq_ignore_ascii_case(name))
    })
}

fn find<'d>(documents: &'d [Document], place: &Place) -> Option<(&'d Document, Node<'d>)> {
    documents.iter().find_map(|document| Some((document, document.node(place)?)))
}
