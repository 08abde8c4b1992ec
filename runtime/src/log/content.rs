//! Headers and bodies for the request log, without what nobody should see.

use super::is_hidden;
use crate::excerpt;
use bytes::Bytes;
use http::HeaderMap;
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, PROXY_AUTHORIZATION, SET_COOKIE};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::form_urlencoded;

/// Larger JSON is not read, so what is secret in it would not be known.
const READ: usize = 256 * 1024;
/// Shorter texts are no credentials, and stand everywhere.
const SHORTEST_SECRET: usize = 4;
const HIDDEN: &str = "***";

/// What was sent, or answered. Values of headers, parameters and members that are credentials, or look like them by their
/// names, are hidden, and so is what the call carried as a credential, wherever it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Headers, in their order.
    pub headers: Vec<(String, String)>,
    /// The beginning of the body; `None` without one, or where it is no text.
    pub body: Option<String>,
}

/// The headers and the beginning of a body. `secrets` are what the call carried; what the body itself carries is added.
pub(crate) fn content(
    headers: &HeaderMap,
    body: &Bytes,
    most: usize,
    secrets: &mut Vec<String>,
) -> Content {
    let media = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let body = shown(body, media, secrets).filter(|text| !text.is_empty());
    let hide = |text: String| excerpt::without(text, secrets);
    let own = [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE, SET_COOKIE];
    let of = headers.iter().map(|(name, value)| {
        let hidden = value.is_sensitive() || own.contains(name) || is_hidden(name.as_str());
        let text = match (hidden, value.to_str()) {
            (false, Ok(text)) => hide(text.to_owned()),
            _ => HIDDEN.to_owned(),
        };
        (name.as_str().to_owned(), text)
    });
    let headers = of.collect();
    Content { headers, body: body.map(|text| start(hide(text), most)) }
}

fn shown(body: &Bytes, media: &str, secrets: &mut Vec<String>) -> Option<String> {
    let size = || Some(format!("({} bytes)", body.len()));
    if body.is_empty() {
        return None;
    }
    // Not all say what they send: some answer with tokens as plain text.
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
    let like_json = media.contains("json") || matches!(first, Some(b'{' | b'['));
    let like_form = !like_json && body.contains(&b'=') && !body.iter().any(u8::is_ascii_whitespace);
    if media.contains("x-www-form-urlencoded") || like_form {
        let pairs = form_urlencoded::parse(body);
        let mut text = form_urlencoded::Serializer::new(String::new());
        for (name, value) in pairs {
            match is_hidden(&name) {
                true => {
                    keep(&value, secrets);
                    text.append_pair(&name, HIDDEN);
                }
                false => {
                    text.append_pair(&name, &value);
                }
            }
        }
        return Some(text.finish().replace("%2A%2A%2A", HIDDEN));
    }
    if like_json {
        if body.len() > READ {
            return size();
        }
        if let Ok(mut value) = serde_json::from_slice::<Value>(body) {
            mask(&mut value, secrets);
            return Some(value.to_string());
        }
    }
    // What may be sent as parts is for the provider, and what is no text for nobody who reads a log.
    match std::str::from_utf8(body) {
        Ok(text) if !media.contains("multipart") && !text.contains('\0') => Some(text.to_owned()),
        _ => size(),
    }
}

/// Masks members whose names say that they are credentials, and keeps what they were. A `code` may say why: it is one of
/// OAuth in forms only.
fn mask(value: &mut Value, secrets: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let code = name.to_lowercase().ends_with("code");
                if !is_hidden(name) || code || value.is_null() {
                    mask(value, secrets);
                    continue;
                }
                if let Value::String(text) = value {
                    keep(text, secrets);
                }
                *value = Value::String(HIDDEN.to_owned());
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mask(item, secrets)),
        _ => {}
    }
}

fn keep(secret: &str, secrets: &mut Vec<String>) {
    if secret.len() >= SHORTEST_SECRET {
        secrets.push(secret.to_owned());
    }
}

/// The first bytes of a text.
fn start(mut text: String, most: usize) -> String {
    if text.len() > most {
        let end = (0..=most).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text.truncate(end);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use http::HeaderValue;

    fn headers(media: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(media))])
    }

    #[track_caller]
    fn check(media: &'static str, body: &'static str, expected: Option<&str>) {
        let mut secrets = vec!["canary".to_owned()];
        let found =
            content(&headers(media), &Bytes::from_static(body.as_bytes()), 60, &mut secrets);
        assert_eq!(found.body.as_deref(), expected, "{body}");
    }

    #[test]
    fn credentials_are_hidden_and_the_rest_is_short() {
        let json = "application/json; charset=utf-8";
        check(
            json,
            r#"{"name": "Ada", "access_token": "t0ken-1", "why": "t0ken-1?"}"#,
            Some(r#"{"name":"Ada","access_token":"***","why":"***?"}"#),
        );
        check(
            json,
            r#"{"detail": "no canary", "code": "E1"}"#,
            Some(r#"{"detail":"no ***","code":"E1"}"#),
        );
        check(json, "no JSON, canary", Some("no JSON, ***"));
        let form = "application/x-www-form-urlencoded";
        check(
            form,
            "grant_type=x&code=abcdef&client_secret=s3cr3t",
            Some("grant_type=x&code=***&client_secret=***"),
        );
        check("text/plain", "access_token=t0ken-1&scope=a", Some("access_token=***&scope=a"));
        check("text/plain", r#" {"access_token": "t0ken-1"}"#, Some(r#"{"access_token":"***"}"#));
        check("text/plain", "", None);
        check("multipart/form-data", "--x", Some("(3 bytes)"));
        check("application/zip", "PK\0\u{1}", Some("(4 bytes)"));
        let long = "é".repeat(40);
        let found = content(&headers("text/plain"), &Bytes::from(long), 61, &mut Vec::new());
        assert_eq!(found.body.unwrap(), format!("{}…", "é".repeat(30)));
    }

    #[test]
    fn headers_are_hidden_by_name_and_by_mark() {
        let mut all = headers("text/plain");
        let mut marked = HeaderValue::from_static("canary");
        marked.set_sensitive(true);
        all.insert("x-odd", marked);
        all.insert("authorization", HeaderValue::from_static("Bearer other"));
        all.insert("x-api-key", HeaderValue::from_static("other"));
        all.insert("x-request-id", HeaderValue::from_static("for canary"));
        let found = content(&all, &Bytes::new(), 10, &mut vec!["canary".to_owned()]);
        let shown = |name: &str| found.headers.iter().find(|(n, _)| n == name).unwrap().1.as_str();
        assert_eq!(shown("content-type"), "text/plain");
        assert_eq!(shown("x-request-id"), "for ***");
        for hidden in ["x-odd", "authorization", "x-api-key"] {
            assert_eq!(shown(hidden), "***", "{hidden}");
        }
    }
}
