//! Multipart bodies (RFC 2046, RFC 7578).

use super::part::{Met, Part};
use super::style::{Escape, Style, pairs, plain};
use bytes::Bytes;
use serde_json::Value;
use std::borrow::Cow;
use xxhash_rust::xxh3::Xxh3;

/// How a property of a multipart body is written, where the document says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As a part of that media type; each element of a list is a part.
    Type(&'static str),
    /// In a style, as parts of text (OpenAPI 3.1.2, "Fixed Fields for RFC6570-style Serialization").
    Style(Style),
}

/// The parts of a body that was made JSON: as the document says, else scalars as text, the rest as JSON, and each
/// element of a list as a part of its own (3.1.2, "Encoding Object").
pub(super) fn parts(
    body: &Value,
    met: &Met,
    encodings: &[(&'static str, Encoding)],
) -> Result<Vec<(String, Part)>, String> {
    let Value::Object(members) = body else {
        return Err("a multipart body has members".to_owned());
    };
    let mut parts = Vec::new();
    for (name, value) in members {
        let encoding = encodings.iter().find(|(known, _)| known == name).map(|(_, e)| *e);
        let media = match encoding {
            Some(Encoding::Style(style)) if !has_part(value, met) => {
                let mut styled = Vec::new();
                pairs(Cow::Owned(name.clone()), value, style, Escape::None, &mut styled);
                parts.extend(
                    styled.into_iter().map(|(name, text)| (name.into_owned(), Part::new(text))),
                );
                continue;
            }
            Some(Encoding::Type(media)) => Some(media),
            Some(Encoding::Style(_)) | None => None,
        };
        match value {
            Value::Array(elements) => {
                parts.extend(elements.iter().filter_map(|e| one(name, e, met, media)));
            }
            value => parts.extend(one(name, value, met, media)),
        }
    }
    Ok(parts)
}

fn has_part(value: &Value, met: &Met) -> bool {
    met.part(value).is_some()
        || value.as_array().is_some_and(|list| list.iter().any(|e| met.part(e).is_some()))
}

/// One value as a part; nothing for null.
fn one(
    name: &str,
    value: &Value,
    met: &Met,
    media: Option<&'static str>,
) -> Option<(String, Part)> {
    let part = match (met.part(value), value) {
        (_, Value::Null) => return None,
        (Some(part), _) => {
            let mut part = part.clone();
            part.file_name.get_or_insert_with(|| name.to_owned());
            let media = media.filter(|media| !media.contains(['*', ','])).map(str::to_owned);
            part.content_type =
                part.content_type.or(media).or_else(|| Some("application/octet-stream".to_owned()));
            part
        }
        (None, value) => {
            let json = match media {
                Some(media) => media.contains("json"),
                None => value.is_object() || value.is_array(),
            };
            let text = if json { value.to_string() } else { plain(value).into_owned() };
            let media = media.or_else(|| json.then_some("application/json"));
            Part { content_type: media.map(str::to_owned), ..Part::new(text) }
        }
    };
    Some((name.to_owned(), part))
}

/// The media type with its boundary, and the body.
pub(super) fn write(media: &str, parts: &[(String, Part)]) -> Result<(String, Bytes), String> {
    let heads = parts.iter().map(|(name, part)| head(name, part)).collect::<Result<Vec<_>, _>>()?;
    let boundary = boundary(&heads, parts);
    let size: usize = heads.iter().zip(parts).map(|(h, (_, p))| h.len() + p.bytes.len() + 64).sum();
    let mut body = Vec::with_capacity(size + 64);
    for (head, (_, part)) in heads.iter().zip(parts) {
        body.extend_from_slice(format!("--{boundary}\r\n{head}\r\n").as_bytes());
        body.extend_from_slice(&part.bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Ok((format!("{media}; boundary={boundary}"), body.into()))
}

fn head(name: &str, part: &Part) -> Result<String, String> {
    let mut head = format!("Content-Disposition: form-data; name=\"{}\"", quoted(name));
    if let Some(file_name) = &part.file_name {
        head.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
    }
    head.push_str("\r\n");
    let media = part.content_type.iter().map(|media| ("Content-Type", media.as_str()));
    let own = part.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    for (key, value) in media.chain(own) {
        let fine = |text: &str| !text.contains(|c: char| c.is_control());
        if !fine(value) || !fine(key) || key.is_empty() || key.contains(':') {
            return Err(format!("a header of part `{name}` has characters that no header has"));
        }
        head.push_str(&format!("{key}: {value}\r\n"));
    }
    Ok(head)
}

/// As browsers write names (WHATWG, "multipart/form-data encoding algorithm").
fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// A line that no part has. It follows from the content, so that a body that is sent again is the same.
fn boundary(heads: &[String], parts: &[(String, Part)]) -> String {
    let mut hash = Xxh3::new();
    for (head, (_, part)) in heads.iter().zip(parts) {
        hash.update(head.as_bytes());
        hash.update(&part.bytes);
    }
    let mut number = hash.digest128();
    loop {
        let boundary = format!("gusset-{number:032x}");
        let inside = |bytes: &[u8]| {
            bytes
                .windows(boundary.len())
                .any(|window| window[0] == b'g' && window == boundary.as_bytes())
        };
        if !parts.iter().any(|(_, part)| inside(&part.bytes)) {
            return boundary;
        }
        number = number.wrapping_add(1);
    }
}
