//! The media types of an answer: what each is read as, and which is taken.

use super::media::essence;
use crate::openapi::{Document, Node};

/// What a body is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// JSON.
    Json,
    /// A line of JSON for each value.
    Lines,
    /// Server-sent events.
    Events,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// A media type of an answer.
#[derive(Clone, Debug)]
pub(super) struct Offer<'a> {
    /// The media type without parameters, in lower case.
    pub(super) essence: String,
    pub(super) kind: Kind,
    pub(super) content: Node<'a>,
    /// Other media types that are bytes by the same schema: whoever gets one of them reads it the same way.
    pub(super) also: Vec<String>,
}

impl<'a> Offer<'a> {
    /// All media types of an answer, in the document's order.
    pub(super) fn all(document: &'a Document, response: &Node<'a>) -> Vec<Offer<'a>> {
        let content = response.get("content").and_then(|content| document.resolve(content).ok());
        let offer = |(media, content): (&str, Node<'a>)| {
            let content = document.resolve(content.clone()).unwrap_or(content);
            let essence = essence(media);
            let kind = kind(document, &essence, &content);
            Offer { essence, kind, content, also: Vec::new() }
        };
        content.iter().flat_map(Node::entries).map(offer).collect()
    }

    /// The one that is taken where nothing is asked for: JSON before all others, events last.
    pub(super) fn preferred(offers: Vec<Offer<'a>>) -> Option<Offer<'a>> {
        let same: Vec<(String, Node<'a>)> = offers
            .iter()
            .filter(|offer| offer.kind == Kind::Bytes && !offer.is_any())
            .map(|offer| (offer.essence.clone(), offer.content.clone()))
            .collect();
        let preferred = offers.into_iter().min_by_key(|offer| match offer.kind {
            Kind::Json if offer.essence == "application/json" => 0,
            Kind::Json if !offer.is_any() => 1,
            Kind::Json => 2,
            Kind::Lines => 3,
            Kind::Text | Kind::Bytes => 4,
            Kind::Events => 5,
        });
        preferred.map(|offer| {
            let bytes = offer.kind == Kind::Bytes;
            let alike = same.into_iter().filter(|(essence, content)| {
                bytes && *essence != offer.essence && is_alike(content, &offer.content)
            });
            Offer { also: alike.map(|(essence, _)| essence).collect(), ..offer }
        })
    }

    /// Whether it stands for any media type.
    pub(super) fn is_any(&self) -> bool {
        matches!(self.essence.as_str(), "*/*" | "application/*" | "*")
    }
}

/// Whether the bodies of two media types have the same schema. Those of Swagger 2.0 have one, and refer to it.
fn is_alike(a: &Node<'_>, b: &Node<'_>) -> bool {
    let refers = |node: &Node<'_>| {
        let target = node.at(&["schema", "$ref"]);
        target.and_then(|t| t.value.as_str()).is_some_and(|target| target.contains("/content/"))
    };
    match (a.get("schema"), b.get("schema")) {
        (Some(x), Some(y)) if x.value == y.value => true,
        (None, None) => true,
        _ => refers(a) || refers(b),
    }
}

fn kind(document: &Document, essence: &str, content: &Node<'_>) -> Kind {
    let schema = content.get("schema").and_then(|schema| document.resolve(schema).ok());
    let schema = schema.as_ref();
    let one_of = |names: &[&str]| names.contains(&essence);
    let json = one_of(&["application/json", "text/json", "text/x-json"])
        || essence.ends_with("+json") && essence != "application/stream+json";
    let any = one_of(&["*/*", "application/*", "*"]);
    if json {
        // Bytes cannot stand in JSON: documents write this for downloads.
        return if schema.is_some_and(is_binary) { Kind::Bytes } else { Kind::Json };
    }
    if any {
        // Whatever one likes, and the schema says what it means.
        return match schema {
            None => Kind::Bytes,
            Some(schema) if is_binary(schema) => Kind::Bytes,
            Some(schema) if is_text(schema) => Kind::Text,
            Some(_) => Kind::Json,
        };
    }
    const LINES: &[&str] = &[
        "application/jsonl",
        "application/jsonlines",
        "application/json-lines",
        "application/json-seq",
        "application/ndjson",
        "application/stream+json",
        "application/x-jsonl",
        "application/x-jsonlines",
        "application/x-json-stream",
        "application/x-ndjson",
        "text/x-ndjson",
    ];
    if LINES.contains(&essence) {
        return Kind::Lines;
    }
    if essence == "text/event-stream" {
        return Kind::Events;
    }
    if essence == "text/plain" && schema.is_some_and(has_parts) {
        // Documents of some frameworks list JSON under this name too.
        return Kind::Json;
    }
    const TEXT: &[&str] = &[
        "application/csv",
        "application/graphql",
        "application/javascript",
        "application/jwt",
        "application/sql",
        "application/toml",
        "application/x-javascript",
        "application/x-www-form-urlencoded",
        "application/x-yaml",
        "application/xml",
        "application/yaml",
    ];
    let text = essence.starts_with("text/")
        || ["+xml", "+yaml", "+text"].iter().any(|suffix| essence.ends_with(suffix))
        || TEXT.contains(&essence);
    let binary = ["image/", "audio/", "video/", "font/", "multipart/"];
    let binary = binary.iter().any(|of| essence.starts_with(of)) && !essence.ends_with("+xml");
    const BYTES: &[&str] = &["application/octet-stream", "application/pdf", "application/zip"];
    if schema.is_some_and(is_binary) || binary || BYTES.contains(&essence) {
        return Kind::Bytes;
    }
    if text || (schema.is_some_and(is_text) && !essence.starts_with("application/vnd.")) {
        return Kind::Text;
    }
    Kind::Bytes
}

fn has_type(schema: &Node<'_>, wanted: &[&str]) -> bool {
    let is = |node: &Node<'_>| node.value.as_str().is_some_and(|ty| wanted.contains(&ty));
    schema.get("type").is_some_and(|ty| is(&ty) || ty.items().any(|ty| is(&ty)))
}

fn is_binary(schema: &Node<'_>) -> bool {
    has_type(schema, &["file"])
        || has_type(schema, &["string"]) && schema.str("format") == Some("binary")
}

fn is_text(schema: &Node<'_>) -> bool {
    has_type(schema, &["string"]) && !is_binary(schema)
}

fn has_parts(schema: &Node<'_>) -> bool {
    has_type(schema, &["object", "array"]) || schema.get("properties").is_some()
}
