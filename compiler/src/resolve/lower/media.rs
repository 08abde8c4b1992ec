//! Media types, and what can stand in a header.

use super::Out;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::openapi::PARAMETER;
use crate::source::Place;

/// The media type that a document writes, without spaces around it; nothing, with a warning, if no header can hold it.
pub(super) fn sendable<'m>(out: &mut Out<'_>, media: &'m str, place: &Place) -> Option<&'m str> {
    let media = media.trim();
    let text = media.chars().all(|c| c.is_ascii_graphic() || matches!(c, ' ' | '\t'));
    if text && media.contains('/') {
        return Some(media);
    }
    let message = format!("`{}` is no media type", media.escape_debug());
    out.push(Diagnostic::warning(PARAMETER, message).at(place, "it is left out"));
    None
}

/// Whether a text can name a header.
pub(crate) fn is_header(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}

/// A media type without parameters, in lower case.
pub(super) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or(media).trim().to_ascii_lowercase()
}

/// Whether it is JSON.
pub(super) fn is_json(media: &str) -> bool {
    let media = essence(media);
    matches!(media.as_str(), "application/json" | "text/json") || media.ends_with("+json")
}

/// Whether it is XML.
pub(super) fn is_xml(media: &str) -> bool {
    let media = essence(media);
    matches!(media.as_str(), "application/xml" | "text/xml") || media.ends_with("+xml")
}

/// Whether it is JSON, a value a line.
pub(super) fn is_json_lines(media: &str) -> bool {
    let lines = [
        "application/x-ndjson",
        "application/ndjson",
        "application/jsonl",
        "application/jsonlines",
    ];
    lines.contains(&essence(media).as_str()) || essence(media) == "application/x-jsonlines"
}

/// Whether it is text that people read.
pub(super) fn is_text(media: &str) -> bool {
    let more = ["application/yaml", "application/x-yaml", "application/graphql", "application/sql"];
    let media = essence(media);
    media.starts_with("text/") || is_xml(&media) || more.contains(&media.as_str())
}

/// The Rust name of a body of a media type, among others.
pub(super) fn variant(media: &str) -> String {
    match essence(media).as_str() {
        "application/json" => "Json".to_owned(),
        "application/x-www-form-urlencoded" => "Form".to_owned(),
        "multipart/form-data" => "Multipart".to_owned(),
        "text/plain" => "Text".to_owned(),
        "application/octet-stream" | "*/*" => "Bytes".to_owned(),
        "application/xml" | "text/xml" => "Xml".to_owned(),
        media => match media.split_once('/') {
            Some(("application", name)) => name.trim_start_matches("x-").to_owned(),
            _ => media.to_owned(),
        },
    }
}
