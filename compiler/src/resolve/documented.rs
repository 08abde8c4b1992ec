//! What only the text of a document says: numbers of schemas, headers of answers.

use crate::openapi::{Document, FoundOperation, Node};
use crate::source::{Json, Place};

/// A whole number that the schema of a parameter or of a member says: its `minimum`, its `default`. What may be null
/// says so beside the schema of the number.
pub(crate) fn number(documents: &[Document], place: &Place, key: &str) -> Option<i64> {
    let found: Vec<Node<'_>> = nodes(documents, place).collect();
    let schema = found.last()?;
    let bound = |node: &Node<'_>| {
        let said = node.value.get(key).and_then(whole);
        let exclusive = match key {
            "minimum" => ("exclusiveMinimum", 1),
            "maximum" => ("exclusiveMaximum", -1),
            _ => return said,
        };
        match node.value.get(exclusive.0) {
            // As OpenAPI 3.0 says it: beside the bound.
            Some(value) if value.as_bool() == Some(true) => said?.checked_add(exclusive.1),
            Some(value) => whole(value).and_then(|n| n.checked_add(exclusive.1)).or(said),
            None => said,
        }
    };
    bound(schema).or_else(|| {
        let choices = ["anyOf", "oneOf", "allOf"].into_iter().filter_map(|key| schema.get(key));
        choices.flat_map(|list| list.items().collect::<Vec<_>>()).find_map(|node| bound(&node))
    })
}

/// A whole number, though documents write `1.0`.
fn whole(value: &Json) -> Option<i64> {
    value.as_i64().or_else(|| {
        let number = value.as_f64().filter(|number| number.fract() == 0.0)?;
        format!("{number:.0}").parse().ok()
    })
}

/// A text that the schema of a parameter or of a member says: its `pattern`, its `format`.
pub(crate) fn text(documents: &[Document], place: &Place, key: &str) -> Option<String> {
    nodes(documents, place).last()?.str(key).map(str::to_owned)
}

/// What the document says in words about a value, in lower case: its description, and those of its schema.
pub(crate) fn words(documents: &[Document], place: &Place) -> String {
    let mut words = String::new();
    for node in nodes(documents, place) {
        for key in ["description", "title", "x-description"] {
            words.push_str(&node.str(key).unwrap_or_default().to_lowercase());
            words.push('\n');
        }
    }
    words
}

/// The node at a place, its schema, and what that refers to.
pub(crate) fn nodes<'d>(
    documents: &'d [Document],
    place: &Place,
) -> impl Iterator<Item = Node<'d>> {
    find(documents, place).into_iter().flat_map(|(document, node)| {
        let schema = node.get("schema");
        let target = document.resolve(schema.clone().unwrap_or_else(|| node.clone())).ok();
        [Some(node), schema, target].into_iter().flatten()
    })
}

/// Where a schema has a member that is only read.
pub(crate) fn only_read(documents: &[Document], schema: &Place, member: &str) -> Option<Place> {
    let (document, node) = find(documents, schema)?;
    let node = document.resolve(node).ok()?.get("properties")?.get(member)?;
    let said = node.value.get("readOnly").is_some_and(|value| value.as_bool() == Some(true));
    said.then_some(node.place)
}

/// Whether an answer of an operation, a success or not, has a header.
pub(crate) fn lists_header(documents: &[Document], operation: &Place, name: &str) -> bool {
    has(documents, operation, name, |_| true)
}

/// Whether a success of an operation has a header.
pub(crate) fn has_header(documents: &[Document], operation: &Place, name: &str) -> bool {
    has(documents, operation, name, |status| status.starts_with('2') || status == "default")
}

/// The headers that answers of operations have, by name, and where.
pub(crate) fn headers(documents: &[Document], operations: &[Place]) -> Vec<(String, Place)> {
    let mut found: Vec<(String, Place)> = Vec::new();
    for operation in operations {
        let Some((document, node)) = find(documents, operation) else { continue };
        for (_, response) in node.get("responses").iter().flat_map(Node::entries) {
            let headers = document.resolve(response).ok().and_then(|r| r.get("headers"));
            for (name, header) in headers.iter().flat_map(Node::entries) {
                if !found.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) {
                    let place = document.resolve(header).map_or_else(|e| e.place, |h| h.place);
                    found.push((name.to_owned(), place));
                }
            }
        }
    }
    found
}

/// What a document says about the values of a header.
pub(crate) fn values(documents: &[Document], header: &Place) -> Option<HeaderValues> {
    let (document, node) = find(documents, header)?;
    let schema = node.get("schema").and_then(|schema| document.resolve(schema).ok());
    let of = |key: &str| {
        let own = node.get(key).map(|n| n.value.to_value());
        own.or_else(|| Some(schema.as_ref()?.get(key)?.value.to_value()))
    };
    Some(HeaderValues {
        format: schema.as_ref().and_then(|s| s.str("format").map(str::to_owned)),
        kind: schema.as_ref().and_then(|s| s.str("type").map(str::to_owned)),
        example: of("example").or_else(|| of("default")),
    })
}

/// What a document says about the values of a header.
pub(crate) struct HeaderValues {
    /// The `format` of its schema.
    pub(crate) format: Option<String>,
    /// The `type` of its schema.
    pub(crate) kind: Option<String>,
    /// An example.
    pub(crate) example: Option<serde_json::Value>,
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

/// Operations that read, beside another one of the document, whose path is one of those, and that answer with the same
/// schema, written in place or referred to.
pub(crate) fn read_alike(
    documents: &[Document],
    operation: &Place,
    is: impl Fn(&str) -> bool,
) -> Vec<FoundOperation> {
    let Some((document, node)) = find(documents, operation) else { return Vec::new() };
    let Some(answer) = answer(document, &node) else { return Vec::new() };
    let reads = document.operations().filter(|o| o.method == "GET" && is(&o.path));
    reads
        .filter(|other| {
            let other = document.node(&other.place).and_then(|node| self::answer(document, &node));
            other.is_some_and(|other| {
                other.place == answer.place || other.value.to_value() == answer.value.to_value()
            })
        })
        .collect()
}

/// Whether two operations answer with the same schema, written in place or referred to.
pub(crate) fn answer_alike(documents: &[Document], one: &Place, other: &Place) -> bool {
    let of = |place: &Place| {
        let (document, node) = find(documents, place)?;
        answer(document, &node)
    };
    let alike = |one: Node<'_>, other: Node<'_>| {
        one.place == other.place || one.value.to_value() == other.value.to_value()
    };
    of(one).zip(of(other)).is_some_and(|(one, other)| alike(one, other))
}

/// The schema of an operation's JSON, where it succeeds.
fn answer<'d>(document: &'d Document, operation: &Node<'d>) -> Option<Node<'d>> {
    let responses = operation.get("responses")?;
    let (_, success) = responses.entries().find(|(status, _)| status.starts_with('2'))?;
    let content = document.resolve(success).ok()?.get("content")?;
    let (_, json) = content.entries().find(|(media, _)| media.contains("json"))?;
    document.resolve(json.get("schema")?).ok()
}

fn find<'d>(documents: &'d [Document], place: &Place) -> Option<(&'d Document, Node<'d>)> {
    documents.iter().find_map(|document| Some((document, document.node(place)?)))
}
