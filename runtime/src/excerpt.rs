//! What a failure's body says, for people: where the spec does not say where the message is, or it is not there.
//!
//! A body may hold what nobody should see. What looks like a credential by its name, and what the call itself carried as
//! one, is left out; the rest is short.

use crate::log::is_hidden;
use crate::request::RESERVED;
use crate::transport::Call;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::Value;
use std::borrow::Cow;
use url::form_urlencoded;

/// Characters that are shown.
const MOST: usize = 200;
/// Bytes of a text that are looked at, and of JSON that is read.
const LOOKED_AT: usize = 4 * 1024;
const READ: usize = 256 * 1024;
/// Shorter texts are no credentials, and stand everywhere.
const SHORTEST_SECRET: usize = 4;
/// The same of members of bodies, of which only the name says that they are some.
const SHORTEST_MEMBER: usize = 8;

/// The beginning of a body. `secrets` are the credentials of the call.
pub(crate) fn of(body: &[u8], secrets: &[String]) -> Option<Box<str>> {
    let mut text = match serde_json::from_slice::<Value>(body.get(..READ).unwrap_or(body)) {
        Ok(Value::Null) => return None,
        Ok(Value::String(text)) => text,
        Ok(mut value) => {
            mask(&mut value, secrets);
            value.to_string()
        }
        Err(_) => {
            let start = body.get(..LOOKED_AT).unwrap_or(body);
            // Bytes that are no text say nothing to people.
            if start.contains(&0) {
                return None;
            }
            let text = String::from_utf8_lossy(start);
            if text.trim_start().starts_with('<') { without_tags(&text) } else { text.into_owned() }
        }
    };
    text = without(text, secrets);
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let mut shown = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = shown.char_indices().nth(MOST) {
        shown.truncate(end);
        shown.push('…');
    }
    (!shown.is_empty()).then(|| shown.into())
}

/// A text without the secrets: neither as they are nor as they stand in JSON, URLs and forms.
pub(crate) fn without(mut text: String, secrets: &[String]) -> String {
    for secret in secrets {
        let form: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        let url = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
        let path = utf8_percent_encode(secret, RESERVED).to_string();
        let json = in_json(secret);
        // A text in JSON that is text in an error.
        let twice = in_json(&json);
        for written in [secret, &twice, &json, &form, &url, &path] {
            if text.contains(written.as_str()) {
                text = text.replace(written.as_str(), "***");
            }
        }
    }
    text
}

/// A text as it stands between the quotes of JSON.
fn in_json(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    let inside = quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inside.unwrap_or(text).to_owned()
}

/// What a call carries that authorises it, kept while it is sent; no header is copied.
pub(crate) struct Carried {
    headers: Vec<HeaderValue>,
    query: Option<String>,
}

impl Carried {
    pub(crate) fn by(call: &Call) -> Self {
        let headers = call.headers.values().filter(|value| value.is_sensitive());
        Carried { headers: headers.cloned().collect(), query: call.url.query().map(str::to_owned) }
    }
}

/// What nobody should see of a call: the values that authorise it, and those whose names say that they are secret. `names` are the
/// query parameters that carry keys, `known` are what the client itself holds, and `call` is the call before it was authorised.
pub(crate) fn secrets(
    carried: &Carried,
    call: &Call,
    names: &[Cow<'static, str>],
    known: Vec<String>,
) -> Vec<String> {
    let mut secrets = known;
    let hidden = call.headers.iter().filter(|(name, _)| is_hidden(name.as_str()));
    secrets.extend(hidden.filter_map(|(_, value)| value.to_str().ok()).map(str::to_owned));
    sent(&call.body, &mut secrets);
    for value in &carried.headers {
        let Ok(value) = value.to_str() else { continue };
        secrets.push(value.to_owned());
        let Some((scheme, rest)) = value.split_once(' ') else { continue };
        secrets.push(rest.to_owned());
        if scheme.eq_ignore_ascii_case("basic")
            && let Ok(decoded) = STANDARD.decode(rest)
            && let Some((_, password)) = String::from_utf8_lossy(&decoded).split_once(':')
        {
            // OAuth encodes them before.
            let plain = percent_decode_str(&password.replace('+', " ")).decode_utf8_lossy().into();
            secrets.extend([password.to_owned(), plain]);
        }
    }
    let query = form_urlencoded::parse(carried.query.as_deref().unwrap_or_default().as_bytes());
    let keys = query.filter(|(name, _)| names.contains(name) || is_hidden(name));
    secrets.extend(keys.map(|(_, value)| value.into_owned()));
    ordered(secrets)
}

/// What is part of another one comes after it; what is too short is none.
pub(crate) fn ordered(mut secrets: Vec<String>) -> Vec<String> {
    secrets.retain(|secret| secret.len() >= SHORTEST_SECRET);
    secrets.sort_unstable_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets
}

/// What a body has under names that say that it is secret.
fn sent(body: &[u8], secrets: &mut Vec<String>) {
    if body.len() > READ {
        return;
    }
    match serde_json::from_slice::<Value>(body) {
        Ok(value) => members(&value, secrets),
        Err(_) => {
            let pairs = form_urlencoded::parse(body).filter(|(name, _)| is_hidden(name));
            let long = pairs.filter(|(_, value)| value.len() >= SHORTEST_MEMBER);
            secrets.extend(long.map(|(_, value)| value.into_owned()));
        }
    }
}

/// A `key` alone names what else stands there, and a `code` says which.
fn members(value: &Value, secrets: &mut Vec<String>) {
    match value {
        Value::Object(all) => {
            for (name, value) in all {
                let lower = name.to_lowercase();
                match value {
                    Value::String(text)
                        if is_hidden(name)
                            && lower != "key"
                            && !lower.ends_with("code")
                            && text.len() >= SHORTEST_MEMBER =>
                    {
                        secrets.push(text.clone());
                    }
                    value => members(value, secrets),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| members(item, secrets)),
        _ => {}
    }
}

/// Masks members whose names say that they are credentials, and credentials in others. A `code` is one of OAuth in requests, and says why in failures.
fn mask(value: &mut Value, secrets: &[String]) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let code = name.to_lowercase().ends_with("code");
                match is_hidden(name) && !code && !value.is_null() {
                    true => *value = Value::String("***".to_owned()),
                    false => mask(value, secrets),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mask(item, secrets)),
        Value::String(text) => *text = without(std::mem::take(text), secrets),
        _ => {}
    }
}

/// The text of a page: its title if it has one.
fn without_tags(page: &str) -> String {
    let lower = page.to_ascii_lowercase();
    let title = lower.find("<title").and_then(|at| {
        let from = at + lower.get(at..)?.find('>')? + 1;
        let to = from + lower.get(from..)?.find("</title")?;
        page.get(from..to).filter(|title| !title.trim().is_empty())
    });
    if let Some(title) = title {
        return title.to_owned();
    }
    let mut text = String::new();
    let mut inside = false;
    for c in page.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::of;

    #[track_caller]
    fn check(body: &str, expected: Option<&str>) {
        let found = of(body.as_bytes(), &["s3cret-value".to_owned()]);
        assert_eq!(found.as_deref(), expected, "{body}");
    }

    #[test]
    fn people_see_why() {
        check(r#"{"errors": ["no such board"]}"#, Some(r#"{"errors":["no such board"]}"#));
        check("\"not today\"", Some("not today"));
        check("upstream\r\n\tis \u{1b}[31mdown", Some("upstream is [31mdown"));
        check("<html><head><TITLE>502 Bad Gateway</TITLE></head><p>x", Some("502 Bad Gateway"));
        check("<p>No <b>entry</b></p>", Some("No entry"));
        check(&"x".repeat(300), Some(&format!("{}…", "x".repeat(200))));
        for nothing in ["", "null", " ", "\u{0}\u{1}binary"] {
            check(nothing, None);
        }
    }

    #[test]
    fn secrets_are_left_out() {
        check(
            r#"{"access_token": "abc", "code": "E1", "error_code": 7, "inner": [{"apiKey": {"a": 1}}]}"#,
            Some(r#"{"access_token":"***","code":"E1","error_code":7,"inner":[{"apiKey":"***"}]}"#),
        );
        check("the key s3cret-value is not known", Some("the key *** is not known"));
        check(r#"{"detail": "s3cret-value?"}"#, Some(r#"{"detail":"***?"}"#));
    }

    #[test]
    fn a_secret_is_left_out_however_it_is_written() {
        let secrets = [r#"a b/"c"#.to_owned()];
        for body in [
            r#"{"detail": "a b/\"c"}"#,
            r#"{"detail": "a b\/\u0022c"}"#,
            r#"{"detail": "a+b%2F%22c"}"#,
            r#"{"detail": "a%20b%2F%22c"}"#,
        ] {
            let found = of(body.as_bytes(), &secrets);
            assert_eq!(found.as_deref(), Some(r#"{"detail":"***"}"#), "{body}");
        }
    }
}
